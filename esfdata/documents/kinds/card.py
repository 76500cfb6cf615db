"""The project card (hankekortti) of a coordination project: one page, a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from rapidfuzz import fuzz

from esfdata.documents.cell_statements import (
    About,
    about_document,
    doubtful,
    free,
    money,
    organisation_key,
    state,
    time_span,
)
from esfdata.documents.code_list_lookup import authority, is_authority, programme_period, project_code
from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kind import Kind
from esfdata.documents.kinds.description.form import fund
from esfdata.documents.label_table import Field, fields
from esfdata.documents.labels import Label, match_label, unknown
from esfdata.documents.organisation_names import implementers
from esfdata.documents.passage import Passage, cells
from esfdata.messages.phrase import Phrase
from esfdata.text import collapse, month, period, squeeze
from esfdata.text.numbers import AMOUNT

LABELS = tuple(
    Label(field, text)
    for field, text in (
        ("project", "Hankkeen nimi, S-numero ja toteutusaika"),
        ("funding", "Rahoittaja ja toteutunut julkinen rahoitus"),
        ("implementers", "Toteuttajat"),
        ("target_groups", "Varsinaiset kohderyhmät"),
        ("background", "Hankkeen tausta"),
        ("aims", "Tavoitteet"),
        ("approach", "Toimintatapa"),
        ("outputs", "Tuotokset"),
        ("practices", "Lupaavat osallisuuden käytännöt ja palaset"),
        ("results", "Muut tulokset ja vaikutukset"),
        ("spreading", "Levittäminen ja juurrutus"),
        ("remarks", "Erityishuomioita, kehittämistyön ongelmia"),
    )
)
FEWEST = 3
"""How many of its labels make a text without the title a card."""
TITLE_ALIKE = 90.0
"""How alike (of 100) the first word of a card and the word `hankekortti` must be."""
TOP = 15
"""Filled or blank lines in which a title is sought."""
LONGEST = 5000
"""Lines in which labels are sought; a card has two pages."""

_CODE = r"[A-Za-z$§]\s?[\dOoIlQDZSB$]{4,9}"
_HEADER = re.compile(rf"({_CODE})\s*[,:.]\s*(\S.{{0,200}})")
_ROW = re.compile(rf"\s*({_CODE})\s*[,;.:]\s*")
_LINK = re.compile(r"\(\s*hanke\s+RR.{0,40}$", re.IGNORECASE)
_TITLE_AXIS = re.compile(r"toimintalinja\w{0,2}\s+(\d)(?!\d)", re.IGNORECASE)
_AMOUNT_AT_END = re.compile(rf"[,;]?\s*(-?{AMOUNT})\s*(?:€|euroa|e)?\s*\.?$")
_OWN_PAGE = re.compile(r"https?://\S{1,200}?[?&]projektikoodi=([\w$]{4,12})\S{0,200}")


def recognises(document: Document) -> bool:
    """Whether a document has the card's title, or several of its labels."""
    if any(_is_title(line) for line in document.lines[:TOP]):
        return True
    names = {field.label.field for field in fields(document.lines[:LONGEST], LABELS)}
    return len(names) >= FEWEST and "project" in names


def _is_title(line: Line) -> bool:
    """Whether a line begins with the word that a card is titled with."""
    words = " ".join(cells(line.text[:200])).split()
    return bool(words) and fuzz.ratio(squeeze(words[0]), "hankekortti") >= TITLE_ALIKE


def statements(document: Document) -> Iterator[Statement]:
    """What a card states: title, compilation, project, funding, implementers and its page in the service."""
    labelled = fields(document.lines[:LONGEST], LABELS)
    top = _top(document, labelled)
    named = [(line, match) for line, text in top if (match := _HEADER.fullmatch(text))]
    headers = [(line, match) for line, match in named if not period(match[2])]
    rows = [field.value for field in labelled if field.label.field == "project" and field.value]
    rows += [Passage.of([(line, match[0])]) for line, match in named if period(match[2])]
    row = rows[0] if rows else Passage()
    links = [
        (line, match[1], match[0])
        for line in document.lines
        if "projektikoodi=" in line.text[:2000]
        for match in _OWN_PAGE.finditer(line.text[:2000])
    ]
    in_row = _ROW.match(row.text)
    coded = [(row.line(), in_row[1])] if in_row else []
    coded += [(line, match[1]) for line, match in headers] + [(line, code) for line, code, _ in links]
    said = [code for line, code in coded if not doubtful(code, line)]
    readings = sorted(map(project_code, said), key=lambda reading: reading.repair is not None)
    about = About.of(document, next((reading.value for reading in readings if reading.value), None))
    yield from _title(about, top)
    for line, match in headers:
        yield from _code(about, match[1], line)
        yield state("projects", about.project, "name", free(match[2].rstrip(" .")), match[2], line)
    if row:
        yield from _project(about, row)
    for field in labelled:
        if field.label.field == "funding" and field.value:
            yield from _funding(about, field.value)
        elif field.label.field == "implementers" and field.value:
            yield from _implementers(about, field.value)
    others = {project_code(code).value for _, code, _ in links}
    for line, code, url in links:
        reading = project_code(code)
        if reading.value == about.project or len(others) == 1:
            yield state("projects", about.project, "project_code", reading, code, line)
            yield about_document(about, "url", url, url, line)
    yield from _gaps(document, about, labelled)


def _top(document: Document, labelled: list[Field]) -> list[tuple[Line, str]]:
    """The lines above the first label, without decoration."""
    labels = [field.line for field in labelled]
    above = takewhile(lambda line: not any(line is label for label in labels), document.lines[:TOP])
    lines = [line for line in above if line.text.strip()]
    return [(line, collapse(" ".join(cells(line.text)))) for line in lines]


def _title(about: About, top: list[tuple[Line, str]]) -> Iterator[Statement]:
    """The fund and the priority axis of the title, and the month in which the card was compiled."""
    for position, (line, text) in enumerate(top):
        if _is_title(line):
            title = Passage.of(top[position : position + 2])
            if named := fund(title.text):
                yield state("projects", about.project, "fund", named, text, line)
            if axis := _TITLE_AXIS.search(title.text):
                at = title.line(axis.start(1))
                yield state("projects", about.project, "priority_axis", axis[1], text, at)
            break
    whole = Passage.of(top)
    begin = whole.text.casefold().find("koonnut")
    if begin >= 0 and (when := month(whole.text[begin : begin + 300])):
        value, original, misspelt = when
        repair = "letters restored; the names of the months prove it" if misspelt else None
        line = whole.line(whole.text.index(original))
        yield state("documents", about.document_id, "compiled", value, original, line, repair)


def _code(about: About, text: str, line: Line) -> Iterator[Statement]:
    reading = project_code(text)
    yield state("projects", about.project, "project_code", reading, text, line)
    if reading.value and (programme := programme_period(reading.value)):
        yield state("projects", about.project, "programme_period", programme, text, line)


def _project(about: About, row: Passage) -> Iterator[Statement]:
    """Code, name and dates from `S20731, Name, 1.9.2016 - 30.9.2017 (hanke RR-tietopalvelussa)`."""
    start = 0
    if code := _ROW.match(row.text):
        yield from _code(about, code[1], row.line(code.start(1)))
        start = code.end()
    elif row.text:
        first = row.text.partition(",")[0]
        yield state("projects", about.project, "project_code", None, first, row.line())
        start = len(first) + 1
    link = _LINK.search(row.text)
    end = link.start() if link else len(row.text)
    dates = period(row.text)
    name = row.text[start : dates.start() if dates else end].strip(" ,;")
    if not dates and (rest := re.search(r",\s*([^,]*\d[^,]*)$", row.text[start:end])):
        yield state("projects", about.project, "start_date", None, rest[1], row.line(start + rest.start(1)))
        name = row.text[start : start + rest.start()].strip(" ,;")
    if name:
        yield state("projects", about.project, "name", free(name), name, row.line(start))
    if dates:
        yield from time_span(about, row)


def _funding(about: About, value: Passage) -> Iterator[Statement]:
    """The authority and the realised public funding from `Etelä-Savon ELY-keskus, 47 126 €`."""
    paid = _AMOUNT_AT_END.search(value.text[-60:])
    offset = max(len(value.text) - 60, 0)
    funder = value.text[: offset + paid.start()] if paid else value.text
    if paid and (paid[0].startswith((",", ";")) or is_authority(funder)):
        line = value.line(offset + paid.start(1))
        yield money("finance", about.project, "realised_public_eur", paid[1], line)
    elif rest := re.search(r",\s*([^,]*\d[^,]*)$", value.text[-60:]):
        line = value.line(offset + rest.start(1))
        yield money("finance", about.project, "realised_public_eur", rest[1], line)
        funder = value.text[: offset + rest.start()]
    if funder := funder.strip(" ,;"):
        yield state("projects", about.project, "authority", authority(funder), funder, value.line())


def _implementers(about: About, value: Passage) -> Iterator[Statement]:
    names, transfers = implementers(value)
    for offset, name in names:
        key, line = organisation_key(None, name), value.line(offset)
        yield state("organisations", key, "organisation_id", key, name, line)
        yield state("organisations", key, "name", free(name), name, line)
        yield state("participations", f"{about.project}/{key}/implementer", "organisation_id", key, name, line)
    if transfers is not None:
        line = value.line(transfers)
        yield state("projects", about.project, "application_type", "transfer", value.text[transfers:], line)


def _gaps(document: Document, about: About, labelled: list[Field]) -> Iterator[Statement]:
    """Labels that every card has and this one has not, and rows of a table that no card has."""
    here = {field.label.field for field in labelled}
    lacking = [label.text for label in LABELS if label.field not in here]
    if lacking:
        line = next(document.filled(), document.lines[0])
        yield about_document(about, "missing_label", "; ".join(lacking), line.text, line)
    for at, line in enumerate(document.lines):
        if line.text.lstrip().startswith("|"):
            text = unknown(document.lines, at)
            if text and match_label(text, LABELS) is None:
                yield about_document(about, "unknown_label", text, text, line)


KIND = Kind(
    name="card",
    title=Phrase("project card"),
    rank=30,
    narrative=True,
    recognises=recognises,
    statements=statements,
)
