"""The description of a project (hankkeen kuvaus) as the information service prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from esfdata.documents.cell_statements import About, about_document, doubtful, free, money, state, time_span
from esfdata.documents.code_list_lookup import authority, programme_period, project_code, status
from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kind import Kind
from esfdata.documents.kinds.description import applicant, indicators, locations, narrative
from esfdata.documents.kinds.description.form import FREE, LABELS, TITLES, Section, fund, sections, unknown
from esfdata.documents.labels import Labelled, labelled
from esfdata.documents.passage import cells
from esfdata.messages.phrase import Phrase
from esfdata.text import MASK, date, fold, squeeze

TITLE = "rahoittaman hankkeen kuvaus"
TITLE_ALIKE = 88.0
"""How alike (of 100) a part of a line and the title must be."""
TOP = 40
"""Lines in which the title, the fund and the first labels are sought."""
FEWEST = 4
"""How many labels of a project make a text without the title and the sections a description."""
LONGEST = 2000
"""Lines under one heading in which labels are sought; a form has a few dozen."""


def recognises(document: Document) -> bool:
    """Whether a document has the description's title, two of its numbered headings, or its first labels."""
    headed = sections(document.lines)
    top = [line for line in document.lines[:TOP] if len(line.text) < 200]
    titled = any(
        fuzz.partial_ratio(squeeze(TITLE), squeeze(" ".join(cells(line.text)))) >= TITLE_ALIKE
        for line in top
        if len(line.text.strip()) > len(TITLE)
    )
    return len(headed) >= 2 or titled or _begins(top)


def _begins(top: Sequence[Line]) -> bool:
    """Whether the labels of a project stand at the top, whatever the sections of its programme period are."""
    names = {_name(field) for field in labelled(top, LABELS["1"], report_unknown=False)}
    return "project_code" in names and len(names) >= FEWEST


def statements(document: Document) -> Iterator[Statement]:
    """What the labelled fields, the lists and the enumerations of a description state."""
    headed = sections(document.lines)
    fields = {number: tuple(_fields(document, headed, number)) for number in ("0", *headed)}
    every = [field for of_section in fields.values() for field in of_section]
    coded = [field.value for field in every if _name(field) == "project_code" and field.value]
    codes = (project_code(value.text).value for value in coded if not doubtful(value.text, value.line()))
    about = About.of(document, next((code for code in codes if code), None))
    yield from _heading(document, about, headed)
    basics = [statement for field in every if field.label in LABELS["1"] for statement in _project(about, field)]
    yield from basics
    years = locations.years(basics)
    yield from applicant.statements(about, [field for field in every if field.label in LABELS["2"]])
    for field in every:
        if field.label in LABELS["5"] and field.value:
            yield money("finance", about.project, _name(field), field.value.text, field.value.line())
        elif field.label in LABELS["6"]:
            yield from locations.declared(about, field, years)
    yield from indicators.statements(about, headed, fields)
    yield from narrative.statements(about, headed, years)
    yield from _gaps(document, about, headed, fields)


def _name(field: Labelled) -> str:
    return field.label.field if field.label else ""


def _fields(document: Document, headed: dict[str, Section], number: str) -> Iterator[Labelled]:
    """The labelled fields under one heading, also those of following sections whose heading is not there."""
    labels = list(LABELS.get(number, ()))
    order = ["0", *TITLES]
    for following in order[order.index(number) + 1 :]:
        if following in headed:
            break
        if not following.startswith("7."):  # their labels say nothing without their heading
            labels += LABELS.get(following, ())
    if labels:
        lines = headed[number].lines if number in headed else _above(document, headed)
        yield from labelled(lines[:LONGEST], tuple(labels), report_unknown=number in headed and number not in FREE)


def _above(document: Document, headed: dict[str, Section]) -> Sequence[Line]:
    """The lines above the first heading."""
    headings = [section.heading for section in headed.values()]
    return list(takewhile(lambda line: not any(line is heading for heading in headings), document.lines))


def _heading(document: Document, about: About, headed: dict[str, Section]) -> Iterator[Statement]:
    """The fund, from the title above the first section."""
    for line in _above(document, headed)[:TOP]:
        text = " ".join(cells(line.text))
        if len(text) < 200 and (named := fund(text)):
            yield state("projects", about.project, "fund", named, text, line)
            return


def _project(about: About, field: Labelled) -> Iterator[Statement]:
    """What one field of section 1 states."""
    if not field.value:
        return
    name, text, line, key = _name(field), field.value.text, field.value.line(), about.project
    if name == "project_code":
        reading = project_code(text)
        yield state("projects", key, name, reading, text, line)
        if reading.value and (programme := programme_period(reading.value)):
            yield state("projects", key, "programme_period", programme, text, line)
    elif name == "period":
        yield from time_span(about, field.value)
    elif name in ("start_date", "end_date"):
        day = date(text)
        yield state("projects", key, name, day.isoformat() if day else None, text, line)
    elif name in _NUMBERED:
        number = _NUMBERED[name].match(text)
        yield state("projects", key, name, number[1] if number else None, free(text), line)
    elif name in _LISTED:
        yield state("projects", key, name, _LISTED[name](text), text, line)
    else:
        yield state("projects", key, name, free(text), text, line)


_NUMBERED = {
    "priority_axis": re.compile(r"(\d{1,2})(?:\.(?!\d)|\s|$)"),
    "specific_objective": re.compile(r"(\d{1,2}\.\d{1,2})(?:\.(?!\d)|\s|$)"),
}
_LISTED = {"status": status, "authority": authority}


def _gaps(
    document: Document, about: About, headed: dict[str, Section], fields: dict[str, tuple[Labelled, ...]]
) -> Iterator[Statement]:
    """What a whole description has and this one has not, and labels that the form does not know.

    Several that are missing at one place are one statement, joined by `; `. A project that still runs has
    no final report, so section 9 is not missed there.
    """
    last = document.lines[-1]
    missing: dict[Line, list[str]] = {}
    before = document.lines[0]
    running = any(_name(field) == "status" and fold(field.value.text) == "toiminnassa" for field in fields.get("1", ()))
    for number, title in TITLES.items():
        parent = number.partition(".")[0]
        if number in headed:
            before = headed[number].heading
        elif (parent == number or parent in headed) and not (number == "9" and running):
            later = any(other in headed for other in list(TITLES)[list(TITLES).index(number) :])
            missing.setdefault(before if later else last, []).append(f"{number} {title}")
    for line, titles in missing.items():
        yield about_document(about, "missing_section", "; ".join(titles), "", line)
    for line in unknown(document.lines, headed):
        yield about_document(about, "unknown_section", " ".join(cells(line.text)), line.text, line)
    seen = {field.label for of_section in fields.values() for field in of_section}
    for number, section in headed.items():
        here = {field.label for field in fields[number]} if number.startswith("7.") else seen
        labels = (*LABELS.get(number, ()), *indicators.labels(number))
        scored = indicators.labels_in(section)
        lacking = [label.text for label in labels if label.required and label not in here | scored]
        if lacking:
            heading = section.heading
            yield about_document(about, "missing_label", "; ".join(lacking), heading.text, heading)
        for field in fields[number]:
            if field.label is None:
                name = number in ("1", "2") and _PERSON.fullmatch(field.text)
                text = MASK if name else field.text
                yield about_document(about, "unknown_label", text, text, field.line)


_PERSON = re.compile(r"(?:[A-ZÅÄÖ][\w-]+\s){1,3}[A-ZÅÄÖ][\w-]+")
"""What could be a person's name in front of a colon."""


KIND = Kind(
    name="description",
    title=Phrase("project description"),
    rank=10,
    narrative=True,
    recognises=recognises,
    statements=statements,
)
