"""What a finding's check says of itself, in each language: the fault, what to do, and where the rule comes from."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from esfdata.checking.check import ERROR, WARNING, Check
from esfdata.exceptions import CheckError
from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.paths import share
from esfdata.tables.constraints import FURTHER, WORDS

FILE = "translations.csv"
FIELDS = ("check", "lang", "message", "advice")
OPTIONAL = ("explanation", "reference")
"""Columns that the file may have besides."""

CONSTRAINTS = dict.fromkeys((*WORDS, *FURTHER), ERROR)
"""The severity of each declared constraint; they run before all checks."""

WAIVERS = {"waiver-expired": ERROR, "waiver-unused": WARNING}
"""The severity of what is found in `waivers.csv` itself."""

Texts = dict[str, dict[str, str]]
"""The texts of a rule by language and column."""


class Rule(NamedTuple):
    """A check, a declared constraint or a check of waivers, as reports tell of it."""

    name: str
    severity: str
    table: str | None
    texts: Mapping[str, Mapping[str, str]]

    def spoken(self, column: str, language: str) -> str:
        """The language in which there is a text: the one asked for, else English."""
        return language if self.texts.get(language, {}).get(column) else ENGLISH

    def text(self, column: str, language: str) -> str:
        """A text in a language, else in English; empty where nobody wrote it."""
        return self.texts.get(self.spoken(column, language), {}).get(column, "")

    def title(self, language: str) -> str:
        """The sentence that says the fault."""
        return self.text("message", language)

    def advice(self, language: str) -> str:
        """What to do, in one sentence."""
        return self.text("advice", language)

    def explanation(self, language: str) -> str:
        """What one should know of the rule besides."""
        return self.text("explanation", language)

    def reference(self, language: str) -> str:
        """Where the rule comes from."""
        return self.text("reference", language)


def rules(checks: Sequence[Check], folder: Path) -> dict[str, Rule]:
    """The rules of `checks`, of the declared constraints and of waivers, by name.

    What a check says in English stands in its code; the rest in `translations.csv` in `folder`, and what is missing
    there in the shipped one. CheckError where that file is not of its form.
    """
    texts: dict[str, Texts] = {}
    for path in (share("checks") / FILE, folder / FILE):
        for (name, language), row in _translations(path).items():
            texts.setdefault(name, {}).setdefault(language, {}).update(row)
    by_name = {}
    for check in checks:
        said = {"message": check.message, "explanation": check.explanation, "reference": check.reference}
        own = texts.setdefault(check.name, {})
        own[ENGLISH] = own.get(ENGLISH, {}) | said
        by_name[check.name] = Rule(check.name, check.severity, check.table, own)
    for severities, table in ((CONSTRAINTS, None), (WAIVERS, "waivers")):
        by_name.update({name: Rule(name, severity, table, texts[name]) for name, severity in severities.items()})
    return by_name


def _translations(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The texts by check and language; none where there is no file."""
    if not path.is_file():
        return {}
    texts: dict[tuple[str, str], dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = tuple(reader.fieldnames or ())
        if header[: len(FIELDS)] != FIELDS or not set(header[len(FIELDS) :]) <= set(OPTIONAL):
            accepted = f"{','.join(FIELDS)}, and then {' and '.join(OPTIONAL)} if you like"
            raise CheckError(f"{path.name}:1: the header is {','.join(header)}; accepted is {accepted}")
        for row in reader:
            place, check, language = f"{path.name}:{reader.line_num}", row["check"], row["lang"]
            if language not in LANGUAGES:
                raise CheckError(f"{place}: the language is {language!r}; accepted are {', '.join(LANGUAGES)}")
            if (check, language) in texts:
                raise CheckError(f"{place}: {check} has two rows for {language}")
            texts[check, language] = {column: row[column] for column in header[2:] if row[column]}
    return texts
