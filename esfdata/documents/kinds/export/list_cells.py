"""What one row of an export states: its cells as statements, a natural person's name withheld."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from esfdata.documents.cell_statements import MOST, organisation_key
from esfdata.documents.code_list_lookup import authority, programme_period, status
from esfdata.documents.document import Line, Statement
from esfdata.documents.kinds.export.list_columns import AMOUNTS
from esfdata.documents.place_names import is_municipality, place, split, years_of
from esfdata.text import Reading, amount, business_id, collapse, date, euros, mask
from esfdata.text.persons import WITHHELD, natural_person, organisation, withheld

PERSONS = ("withheld", "published")

BEYOND = Decimal(10) ** 12
"""The least amount that is too large for a field of amounts."""

_PLAIN = re.compile(r"-?[1-9]\d{0,11}|0")
_POINT = re.compile(r"-?(?:[1-9]\d{0,11}|0)\.\d\d?")
_SPELT_AT = re.compile(r"[(\[{]\s?(?:at|@|ät)\s?[)\]}]")
_SIX_DIGITS = re.compile(r"\d(?:\D{0,5}\d){5}")
_ADDRESS = re.compile(r"@\s?[\w-]+\s?\.\s?\w")
_OBJECTIVE = re.compile(r"\s*(?:ET\s*)?(\d{1,2}\.\d)(?!\d)")
_AXIS = re.compile(r"\s*(?:TL\s*)?([1-9])(?!\d)")


class Owner(NamedTuple):
    """Who carries a project out: the key, the name to state, its original, and whether it is a person."""

    key: str
    name: str | None
    original: str
    person: bool


def statements(cells: Mapping[str | None, str], line: Line, period: str | None, persons: str) -> list[Statement]:
    """The statements of one row, `cells` being its text by column; nothing is stated of an empty cell."""
    page, number, get = line.page, line.number, cells.get
    code = cells["project_code"].strip(' "')
    owner = _implementer(code, get("implementer", ""), get("business_id", ""), persons)
    name = get("name", "")
    if owner.person and persons == "withheld":
        name = withheld(name, get("implementer", ""))
    stated = []
    if name and not name.isspace():
        stated.append(Statement("projects", code, "name", safe(collapse(name)), safe(name), page, number))
    if belongs := _period(code[:2], len(code)) or period:
        stated.append(Statement("projects", code, "programme_period", belongs, cells["project_code"], page, number))
    for field, read in _TYPED:
        if (text := get(field)) and not text.isspace():
            value, repair = read(text)
            stated.append(Statement("projects", code, field, value, text[:MOST], page, number, repair))
    for field in AMOUNTS:
        if (text := get(field)) and not text.isspace():
            stated.append(Statement("finance", code, field, exact(text), text[:MOST], page, number))
    if "location" in cells:
        stated += _places(code, cells, line)
    if owner.key:
        stated += _owner(code, owner, cells, line)
    return stated


def _owner(code: str, owner: Owner, cells: Mapping[str | None, str], line: Line) -> Iterator[Statement]:
    """The organisation and its part in the project; of a person only what may be published."""

    def about(field: str, value: str | None, original: str, repair: str | None = None) -> Statement:
        return Statement("organisations", owner.key, field, value, original, line.page, line.number, repair)

    if owner.person:
        yield about("organisation_type", "person", WITHHELD)
    if owner.name:
        yield about("name", owner.name, owner.original)
    key = f"{code}/{owner.key}/implementer"
    yield Statement("participations", key, "organisation_id", owner.key, owner.original, line.page, line.number)
    if owner.person:
        return
    if "business_id" not in cells:
        return
    if text := cells["business_id"].strip():
        reading = business_id(text)
        yield about("business_id", reading.value, text[:MOST], reading.repair)
    if text := cells.get("postal_code", "").strip():
        value, repair = _postal_code(text)
        yield about("postal_code", value, text[:MOST], repair)
    if text := cells.get("city", "").strip():
        yield about("city", collapse(text)[:MOST], text[:MOST])


def _places(code: str, cells: Mapping[str | None, str], line: Line) -> Iterator[Statement]:
    """Where the project is carried out, if each name is a known place's."""
    dates = [_date(cells.get(field, ""))[0] for field in ("start_date", "end_date")]
    for level, name, number, original in located(cells["location"], *dates):
        key = f"{code}/{level}/{name}/6"
        yield Statement("locations", key, "name", name, original, line.page, line.number)
        if number:
            yield Statement("locations", key, "code", number, original, line.page, line.number)


@lru_cache(maxsize=4096)
def located(text: str, *dates: str | None) -> tuple[tuple[str, str, str | None, str], ...]:
    """The places of a list of names, each (level, name, code, original); none where one name is not known."""
    places: list[tuple[str, str, str | None, str]] = []
    for name in (mention.name for mention in split(text[:MOST])):
        region = place("region", name, None)
        if region.code:
            places.append(("region", region.name, region.code, name))
        elif is_municipality(name):
            municipality = place("municipality", name, years_of(dates))
            places.append(("municipality", municipality.name, municipality.code, name))
        else:
            return ()
    return tuple(places)


def _implementer(code: str, text: str, business: str, persons: str) -> Owner:
    """Who a row names: by y-tunnus, else by name; a natural person by the project's code."""
    owner = _named(text)
    if owner.person:
        shown = persons == "published"
        return Owner(f"person:{code}", owner.name if shown else None, owner.original if shown else WITHHELD, True)
    number = business_id(business).value if business and owner.key else None
    return owner._replace(key=number) if number else owner


@lru_cache(maxsize=65536)
def _named(text: str) -> Owner:
    """Who a name names, before it is known by what key."""
    name = collapse(text[:MOST])
    if not name:
        return Owner("", None, "", False)
    if natural_person(name):
        return Owner("person:", safe(name), safe(text), True)
    company = organisation(name)
    original = safe(text) if company == name else f"{safe(company)} {WITHHELD}"
    return Owner(organisation_key(None, company), safe(company), original, False)


def safe(text: str) -> str:
    """A text bounded, and without what is personal by its form; a lone `@` is an ornament of names."""
    text = text[:MOST]
    suspect = "@" in text and _ADDRESS.search(text)
    return mask(text) if suspect or _SPELT_AT.search(text) or _SIX_DIGITS.search(text) else text


def exact(text: str) -> str | None:
    """An amount to the cent, None where the text is not one."""
    text = text.strip(' "')
    if _PLAIN.fullmatch(text):
        return f"{text}.00"
    if _POINT.fullmatch(text):
        return text if text[-3] == "." else f"{text}0"
    value = amount(text)
    return None if value is None or abs(value) >= BEYOND else euros(value)


@lru_cache(maxsize=4096)
def _period(prefix: str, length: int) -> str | None:
    """The programme period of codes that begin so and are so long."""
    return programme_period(prefix.ljust(length, "0"))


def _fund(text: str) -> Reading:
    return Reading(text.strip(' "').upper())


def _axis(text: str) -> Reading:
    match = _AXIS.match(text)
    return Reading(match[1] if match else None)


def _objective(text: str) -> Reading:
    match = _OBJECTIVE.match(text)
    return Reading(match[1] if match else None)


@lru_cache(maxsize=65536)
def _date(text: str) -> Reading:
    day = date(text.strip(' "'))
    return Reading(day.isoformat() if day else None)


@lru_cache(maxsize=4096)
def _status(text: str) -> Reading:
    return status(safe(text.strip(' "')))


@lru_cache(maxsize=4096)
def _authority(text: str) -> Reading:
    return authority(safe(text.strip(' "')))


def _postal_code(text: str) -> Reading:
    """A postal code; a cell that a workbook holds as a number has lost its leading noughts."""
    digits = text.strip()
    lost = re.fullmatch(r"\d{3,4}", digits)
    repair = "a number cell lost its leading noughts; a postal code has five digits" if lost else None
    return Reading(digits.zfill(5) if re.fullmatch(r"\d{3,5}", digits) else None, repair)


def _city(text: str) -> Reading:
    return Reading(collapse(text[:MOST]))


_TYPED: tuple[tuple[str, Callable[[str], Reading]], ...] = (
    ("fund", _fund),
    ("priority_axis", _axis),
    ("specific_objective", _objective),
    ("start_date", _date),
    ("end_date", _date),
    ("status", _status),
    ("authority", _authority),
    ("site_postal_code", _postal_code),
    ("site_city", _city),
)
