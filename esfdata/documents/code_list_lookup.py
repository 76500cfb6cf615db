"""What the code lists make of a text that stands in a document."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from esfdata.tables.code_lists import Row, rows
from esfdata.text import Reading, bare, collapse, fold
from esfdata.text import project_code as read_code

TYPE_ALIKE = 88.0
"""How alike (of 100) a text and the form's words for an application type must be."""
TYPE_MARGIN = 5.0
"""How much more alike than the next type's words."""

RESTORED = "letters restored from the code list of {}"


@cache
def code_forms() -> dict[re.Pattern[str], Row]:
    """The forms of project codes: a letter and a number of digits that begins with the prefix's."""
    return {
        re.compile(row["prefix"] + "[0-9]" * (int(row["digits"]) + 1 - len(row["prefix"]))): row
        for row in rows("project_codes")
    }


def programme_period(code: str) -> str | None:
    """The programme period that a project code belongs to, if exactly one."""
    periods = {row["programme_period"] for form, row in code_forms().items() if form.fullmatch(code)}
    return periods.pop() if len(periods) == 1 else None


def authority(text: str) -> Reading:
    """An authority by its long form, from any legal alias; one that is not known stays as written."""
    reading = lookup(text, _authorities(), "authorities")
    return reading if reading.value else Reading(collapse(text))


def is_authority(text: str) -> bool:
    """Whether a text is an authority of the code list, by its long form or an alias."""
    return lookup(text, _authorities(), "authorities").value is not None


def status(text: str) -> Reading:
    """The state of a project in the service's words; one that is not known stays as written."""
    reading = lookup(text, {row["status"]: row["status"] for row in rows("statuses")}, "statuses")
    return reading if reading.value else Reading(collapse(text))


def application_type(text: str) -> Reading:
    """The application type that the form's long text means, also where its end is cut off."""
    labels = {row["label_fi"]: row["application_type"] for row in rows("application_types") if row["label_fi"]}
    folded = {label: fold(label) for label in labels}
    likest = process.extract(fold(text)[:400], folded, scorer=fuzz.ratio, score_cutoff=TYPE_ALIKE, limit=2)
    if likest and (len(likest) == 1 or likest[0][1] - likest[1][1] >= TYPE_MARGIN):
        return Reading(labels[likest[0][2]])
    return Reading(None)


def lookup(text: str, values_by_spelling: dict[str, str], what: str) -> Reading:
    """The value of a spelling in `values_by_spelling`; where only letters' accents differ, that is a repair."""
    text = collapse(text).strip(" .,;")
    if text in values_by_spelling:
        return Reading(values_by_spelling[text])
    values = {value for spelling, value in values_by_spelling.items() if fold(spelling) == fold(text)}
    if len(values) != 1:
        return Reading(None)
    same = any(spelling.casefold() == text.casefold() for spelling in values_by_spelling)
    lost = not same and bare(text) == text.casefold()
    return Reading(values.pop(), RESTORED.format(what) if lost else None)


@cache
def _authorities() -> dict[str, str]:
    long = {row["authority"]: row["authority"] for row in rows("authorities")}
    return {row["alias"]: row["authority"] for row in rows("authority_aliases")} | long


def project_code(text: str) -> Reading:
    """A project code by the code list's forms; one of another form stays as written."""
    reading = read_code(text, code_forms())
    text = collapse(text).strip(" .,;:*|").upper()
    return Reading(text) if reading.value is None and re.fullmatch(r"[A-Z][0-9]{4,9}", text) else reading
