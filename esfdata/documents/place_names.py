"""Regions, sub-regions and municipalities by name, with the code that was valid in a project's years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from esfdata.documents.code_list_lookup import RESTORED
from esfdata.tables.code_lists import Row, rows
from esfdata.text import Reading, bare, collapse, fold

Years = tuple[int, int] | None


class Place(NamedTuple):
    """A place: its name in the nominative, its code where the years decide it, and what was repaired."""

    name: str
    code: str | None = None
    repair: str | None = None


class Mention(NamedTuple):
    """A name in a list: how it is read, what stands there, and where."""

    name: str
    original: str
    offset: int


def split(text: str) -> list[Mention]:
    """The names of a comma list; the older spelling `Koski, Tl` is one name."""
    names: list[Mention] = []
    for match in re.finditer(r"[^,;/]+", text):
        name = collapse(match[0]).rstrip(".")
        if fold(name) == "tl" and names and fold(names[-1].name) == "koski":
            offset = names[-1].offset
            names[-1] = Mention("Koski Tl", text[offset : match.end()], offset)
        elif name:
            offset = match.start() + len(match[0]) - len(match[0].lstrip())
            names.append(Mention(name, match[0].strip(), offset))
    return names


def place(level: str, text: str, years: Years) -> Place:
    """The place of a level that a text names; one that is not known keeps its name and has no code."""
    rows_of_name = _by_name(level).get(fold(text), ())
    names = {row["name_fi"] for row in rows_of_name}
    if len(names) != 1:
        return Place(collapse(text))
    codes = {row[f"{level}_code"] for row in rows_of_name if _valid(row, years)}
    spellings = {row.get(field, "").casefold() for row in rows_of_name for field in _SPELLINGS}
    text = collapse(text).casefold()
    lost = text not in spellings and text == bare(text) and any(bare(name) != name for name in spellings)
    return Place(names.pop(), codes.pop() if len(codes) == 1 else None, RESTORED.format(f"{level}s") if lost else None)


def town(text: str) -> Reading:
    """A town as it is written; where only accents are lost or misread, the name that the code list has."""
    text = collapse(text)
    rows_of_name = _by_name("municipality").get(fold(text), ())
    names = {row[field] for row in rows_of_name for field in _SPELLINGS[:2] if fold(row[field]) == fold(text)}
    written = any(name.casefold() == text.casefold() for name in names)
    return Reading(text) if written or len(names) != 1 else Reading(names.pop(), RESTORED.format("municipalities"))


def is_municipality(text: str) -> bool:
    """Whether a text is a municipality's name in the nominative, of any year."""
    return text[:1].isupper() and fold(text) in _by_name("municipality")


_SPELLINGS = ("name_fi", "name_sv", "genitive_fi")
_LISTS = {"region": "regions", "subregion": "subregions", "municipality": "municipalities"}


@cache
def _by_name(level: str) -> dict[str, tuple[Row, ...]]:
    by_name: dict[str, list[Row]] = {}
    for spelling in _SPELLINGS:  # a Finnish name comes before another place's Swedish or genitive one
        taken = set(by_name)
        for row in rows(_LISTS[level]):
            name = fold(row.get(spelling) or "")
            if name and name not in taken:
                by_name.setdefault(name, []).append(row)
    return {name: tuple(of_name) for name, of_name in by_name.items()}


def _valid(row: Row, years: Years) -> bool:
    """Whether a row was valid in any of the years; the lists begin in 2013 and stand for earlier years."""
    if years is None or not row.get("first_year"):
        return True
    first, last = int(row["first_year"]), int(row.get("last_year") or 9999)
    begin, end = (max(year, _first_year()) for year in years)
    return first <= end and begin <= last


@cache
def _first_year() -> int:
    return min(int(row["first_year"]) for row in rows("municipalities"))


def years_of(dates: Iterable[str | None]) -> Years:
    """The first and last year of some ISO dates, or None where there is none."""
    years = sorted(int(date[:4]) for date in dates if date)
    return (years[0], years[-1]) if years else None
