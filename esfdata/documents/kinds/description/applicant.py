"""Section 2 of a description: the applicant and those it passes grant on to; never the contact person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from esfdata.documents.cell_statements import About, about_document, free, organisation_key, state
from esfdata.documents.code_list_lookup import application_type
from esfdata.documents.document import Line, Statement
from esfdata.documents.labels import Labelled
from esfdata.documents.place_names import town
from esfdata.text import MASK, Reading, business_id, collapse, is_mobile, phone
from esfdata.text.identifiers import is_business_id

_ENDS = re.compile(r"[,;]?\s*\(?(?:y-tunnus:?\s*)?((?:FI)?\s?[\dOIl]{6,8}\s?[-\u2010-\u2015]\s?[\dOIl])\)?[.,;]?(?!\w)")
_LEGAL_FORM = re.compile(
    r"(?:\b(?:ry|rf|oy|oyj|ab|osk|sr|rs|ky|tmi|kunta)"
    r"|säätiö|kuntayhtymä|yhdistys|kaupunki|seurakunta|yliopisto|ammattikorkeakoulu)\.?$",
    re.IGNORECASE,
)
_WEBSITE = re.compile(r"(?:https?://)?[\w-]{1,63}(?:\.[\w-]{1,63})+(?:[/?#]\S*)?", re.IGNORECASE)


def statements(about: About, fields: list[Labelled]) -> Iterator[Statement]:
    """What section 2 states of organisations and of the kind of application.

    A telephone number is stated only where it is no mobile one: those reach persons.
    """
    given = {field.label.field: field for field in reversed(fields) if field.label and field.value}
    name, identifier = given.get("applicant"), given.get("business_id")
    reading = business_id(identifier.value.text) if identifier else Reading(None)
    valid_id = reading.value if reading.value and is_business_id(reading.value) else None
    if name or valid_id:
        key = organisation_key(valid_id, name.value.text if name else "")
        source = identifier if identifier and valid_id else name
        assert source is not None
        line, original = source.value.line(), source.value.text
        yield state("organisations", key, "organisation_id", key, original, line, reading.repair)
        participation = f"{about.project}/{key}/beneficiary"
        named = name or source
        yield state("participations", participation, "organisation_id", key, named.value.text, named.value.line())
        if identifier:
            yield state("organisations", key, "business_id", reading, original_of(identifier), identifier.value.line())
        for field in _ORDER:
            if field in given:
                yield from _stated(key, given[field])
    if kind := given.get("application_type"):
        text = kind.value.text
        yield state("projects", about.project, "application_type", application_type(text), text, kind.value.line())
    for role in ("transfer_recipient", "implementer"):
        if role in given:
            value = given[role].value
            parts = zip(value.lines, _parts(value.text, value.starts), strict=True)
            yield from _organisations(about, role, parts)


def original_of(field: Labelled) -> str:
    """The original of a field that should hold an identifier: letters in it could be a name."""
    return _signs_only(field.value.text)


def _signs_only(text: str) -> str:
    return text if not re.search(r"[^\W\d_]{3,}", text) else MASK


def _stated(key: str, field: Labelled) -> Iterator[Statement]:
    assert field.label is not None
    name, text, line = field.label.field, field.value.text, field.value.line()
    if name == "applicant":
        yield state("organisations", key, "name", free(text), text, line)
        return
    if name == "phone":
        value = phone(text)
        if value is None or not is_mobile(value):
            stated = state("organisations", key, name, value, "", line)
            yield stated._replace(original=text if value else MASK)
        return
    yield state("organisations", key, name, _READINGS[name](text), text, line)


def _postal_code(text: str) -> str | None:
    return text if re.fullmatch(r"\d{5}", text, re.ASCII) else None


def _website(text: str) -> str | None:
    return text if _WEBSITE.fullmatch(text) else None


_ORDER = ("applicant", "organisation_type", "street_address", "postal_code", "city", "phone", "website")
_READINGS: dict[str, Callable[[str], str | Reading | None]] = {
    "organisation_type": free,
    "street_address": free,
    "postal_code": _postal_code,
    "city": lambda text: town(free(text)),
    "website": _website,
}


def _parts(text: str, starts: tuple[int, ...]) -> Iterator[str]:
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        yield text[start:end].strip()


def _organisations(about: About, role: str, parts: Iterable[tuple[Line, str]]) -> Iterator[Statement]:
    """The organisations of a list, one a line with its business id; a long name may begin a line earlier.

    What has neither a business id nor a legal form could be a person: the line is reported, not its text.
    """
    name: list[str] = []
    first: Line | None = None
    for line, text in parts:
        at = 0
        for match in _ENDS.finditer(text):
            name.append(text[at : match.start()])
            yield from _organisation(about, role, " ".join(name), match[1], first or line)
            name, first, at = [], None, match.end()
        if rest := text[at:].strip(" ,;."):
            name.append(rest)
            first = first or line
            if _LEGAL_FORM.search(rest):
                yield from _organisation(about, role, " ".join(name), "", first)
                name, first = [], None
    if first:
        yield about_document(about, "unread_row", "no organisation in a list of organisations", MASK, first)


def _organisation(about: About, role: str, name: str, identifier: str, line: Line) -> Iterator[Statement]:
    name = collapse(name).strip(" ,;-\u2013\u2022")
    reading = business_id(identifier)
    valid_id = reading.value if reading.value and is_business_id(reading.value) else None
    key = organisation_key(valid_id, name)
    if not valid_id and not name:
        return
    yield state("organisations", key, "organisation_id", key, identifier or name, line, reading.repair)
    if identifier:
        yield state("organisations", key, "business_id", reading, identifier, line)
    if name:
        yield state("organisations", key, "name", free(name), name, line)
    participation = f"{about.project}/{key}/{role}"
    yield state("participations", participation, "organisation_id", key, name or identifier, line)
