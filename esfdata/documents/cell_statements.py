"""How the kinds write down what they read: one statement a cell, with its line and its original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.passage import Passage
from esfdata.text import Reading, amount, collapse, date, euros, fold, mask, period
from esfdata.text.dates import DATE
from esfdata.text.numbers import regrouped

MOST = 1000
"""Characters of an original that are kept."""


FIGURES = (
    "value",
    "granted_eu_state_eur",
    "realised_eu_state_eur",
    "planned_public_eur",
    "realised_public_eur",
    "start_date",
    "end_date",
    "project_code",
    "priority_axis",
    "specific_objective",
    "postal_code",
    "site_postal_code",
    "phone",
    "compiled",
)
"""Fields of which one wrong digit makes another fact, and that no check digit proves."""


def doubtful(text: str, line: Line) -> bool:
    """Whether text recognition was not sure of a figure in a text."""
    return any(word in text for word in line.doubtful if any(map(str.isdigit, word)))


def state(
    table: str,
    key: str,
    field: str,
    value: str | Reading | None,
    original: str,
    line: Line,
    repair: str | None = None,
) -> Statement:
    """A statement on a line; its original is masked and bounded, and a reading brings its own repair.

    A figure that text recognition was not sure of has no value: a name can be misspelt, an amount is wrong.
    """
    if isinstance(value, Reading):
        repair = value.repair or repair
        value = value.value
    if field in FIGURES and doubtful(original, line):
        value = repair = None
    return Statement(table, key, field, value, mask(original.strip()[:MOST]), line.page, line.number, repair)


class About(NamedTuple):
    """What a document is about: the key of its project, and of itself."""

    document_id: str
    project: str

    @classmethod
    def of(cls, document: Document, code: str | None) -> About:
        """The keys of a document; a project whose code could not be read is `?` and the document's id."""
        return cls(document.document_id, code or f"?{document.document_id}")


def organisation_key(business_id: str | None, name: str) -> str:
    """The key of an organisation: its business id where that is known, else its folded name."""
    return business_id or f"name:{fold(free(name))}"


def free(text: str) -> str:
    """A name or another free text as it is stated: single spaces, nothing personal, bounded."""
    return mask(collapse(text[:MOST]))


def about_document(about: About, field: str, value: str, original: str, line: Line) -> Statement:
    """A statement of a document about itself."""
    return state("documents", about.document_id, field, free(value), original, line)


def money(table: str, key: str, field: str, text: str, line: Line) -> Statement:
    """A statement of an amount in euros."""
    value, repair = amount(text), None
    if value is None and (value := regrouped(text)) is not None:
        repair = "a space between thousands restored; the groups of three digits prove it"
    return state(table, key, field, None if value is None else euros(value), text, line, repair)


def time_span(about: About, passage: Passage) -> Iterator[Statement]:
    """The start and end date of a project, from `Alkaa 1.7.2018 ja päättyy 30.6.2021` or with a dash."""
    if span := period(passage.text):
        start, end = span["start"], span["end"]
        whole = start if date(start) or re.fullmatch(DATE, start) else f"{start}{end.strip()[-4:]}"
        places = [
            ("start_date", whole, start, span.start("start")),
            ("end_date", end, end, span.start("end")),
        ]
    else:
        dates = list(re.finditer(DATE, passage.text))
        ends = "ttyy" in passage.text
        field = "end_date" if ends and len(dates) == 1 else "start_date"
        places = [(field, day[0], day[0], day.start()) for day in dates[:1]]
        places = places or [("start_date", "", passage.text, 0)]
    for field, text, original, offset in places:
        day = date(text)
        value = day.isoformat() if day else None
        yield state("projects", about.project, field, value, original, passage.line(offset))
