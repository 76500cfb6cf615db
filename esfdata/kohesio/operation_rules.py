"""The checks of a list of operations: what each is about, how grave it is and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from esfdata.checking.check import ERROR, INFO, WARNING
from esfdata.findings.rule import Rule
from esfdata.messages.languages import LANGUAGES
from esfdata.messages.phrase import Phrase

TEMPLATE = "the EU's template for a list of operations (Kohesio)"
CSV = "RFC 4180"
ANNEX = "Regulation (EU) No 1303/2013, Annex XII, point 1"

CHECKS: dict[str, tuple[str, str, str]] = {
    "encoding": (WARNING, "The file is not in UTF-8.", TEMPLATE),
    "delimiter": (INFO, "The cells are not separated by commas.", CSV),
    "quoting": (ERROR, "A row cannot be read as CSV.", CSV),
    "row-width": (ERROR, "A row has not as many cells as the header.", CSV),
    "no-rows": (WARNING, "The file has no rows.", TEMPLATE),
    "missing-column": (ERROR, "A column of the template is missing.", TEMPLATE),
    "unknown-column": (INFO, "A column is not in the template.", TEMPLATE),
    "double-column": (ERROR, "More than one column is read as the same field.", TEMPLATE),
    "column-case": (INFO, "A column is spelt with other capitals than in the template.", TEMPLATE),
    "column-order": (INFO, "The columns are in another order than in the template.", TEMPLATE),
    "rule-skipped": (WARNING, "The official validator skips a rule without a word.", TEMPLATE),
    "required": (ERROR, "A required field is empty.", TEMPLATE),
    "type": (ERROR, "A value is not of its field's type.", TEMPLATE),
    "enum": (ERROR, "A value is not in its field's list.", TEMPLATE),
    "minimum": (ERROR, "A number is too small.", TEMPLATE),
    "maximum": (ERROR, "A number is too large.", TEMPLATE),
    "pattern": (ERROR, "A text has not the form of its field.", TEMPLATE),
    "start-after-end": (ERROR, "An operation starts after its end.", TEMPLATE),
    "no-location": (ERROR, "An operation has no place.", TEMPLATE),
    "no-exchange-rate": (ERROR, "An amount in another currency has no exchange rate.", TEMPLATE),
    "rate-as-share": (WARNING, "A co-financing rate is at most 1, as if it were a share.", TEMPLATE),
    "person-named": (WARNING, "A natural person is named as beneficiary.", ANNEX),
}
"""Severity, sentence and source of each check."""


class Fault(NamedTuple):
    """What is wrong: the check, the field, the value, and what to say, with what fills it.

    The message is made of the last two where a finding is kept; most faults of a long list are only counted.
    """

    check: str
    field: str | None
    value: str | None
    template: str
    values: Mapping[str, Any] = {}
    severity: str | None = None


def rules() -> dict[str, Rule]:
    """The checks as reports tell of them."""
    return {
        name: Rule(name, severity, "kohesio", {
            language: {"message": Phrase(title, language), "reference": Phrase(reference, language)}
            for language in LANGUAGES
        })
        for name, (severity, title, reference) in CHECKS.items()
    }  # fmt: skip
