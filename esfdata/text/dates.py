"""Dates, spans of dates and months as Finnish papers write them."""

from __future__ import annotations

import datetime
import re

from rapidfuzz import fuzz, process

from esfdata.text.folding import bare

DATE = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)"
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PERIOD = re.compile(
    rf"(?<![\d.])(?P<start>{DATE}|\d{{1,2}}\.\s?\d{{1,2}}\.)"
    rf"\s*(?:[-\u2010-\u2015\u2212~]|ja p\w{{1,4}}ttyy)\s*(?P<end>{DATE})"
)
_MONTH = re.compile(r"([^\W\d_]{2,14}kuu)(?:ssa|n)?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_HALVES = (
    ("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    ("heinä", "elo", "syys", "loka", "marras", "joulu"),
)
_MONTHS = [f"{stem}kuu" for half in _HALVES for stem in half]

MONTH_ALIKE = 80.0
"""How alike (of 100) a misspelt word and the name of a month must be."""
MONTH_MARGIN = 10.0
"""How much more alike than the next month's name it must be."""


def date(text: str) -> datetime.date | None:
    """The calendar date a text states and nothing else (`1.7.2018` or ISO), else None."""
    if match := _DATE.fullmatch(text.strip()):
        day, month_, year = map(int, match.groups())
    elif match := _ISO.fullmatch(text.strip()):
        year, month_, day = map(int, match.groups())
    else:
        return None
    try:
        return datetime.date(year, month_, day)
    except ValueError:
        return None


def period(text: str) -> re.Match[str] | None:
    """The first span of dates in a text (`1.9.2016 - 30.9.2017`), as a match with groups start and end.

    The start may leave its year to the end's (`15.4.-31.10.2020`).
    """
    return _PERIOD.search(text)


def month(text: str) -> tuple[str, str, bool] | None:
    """The last month with a year in a text, as (`2021-06`, what stands there, whether it is misspelt)."""
    for match in reversed(list(_MONTH.finditer(text))):
        word = bare(match[1])
        names = [bare(name) for name in _MONTHS]
        best = process.extract(word, names, scorer=fuzz.ratio, limit=2)
        if best[0][1] >= MONTH_ALIKE and best[0][1] - best[1][1] >= MONTH_MARGIN:
            number = best[0][2]
            return f"{match[2]}-{number + 1:02d}", match[0], match[1].casefold() != _MONTHS[number]
    return None
