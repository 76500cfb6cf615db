"""The rows of a list export, each resolved by anchoring on its typed fields.

The lists quote nothing, so a comma inside a name looks like one between fields. What is typed holds a row
in place: code and fund at its head, an axis, an authority, a status and two dates in its middle, and four
amounts at its end. All readings are enumerated. Exactly one resolves the row; several or none leave it
whole. Joining the fields of a reading with the separator gives the line back, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from esfdata.documents.document import Line
from esfdata.documents.kinds.export.list_columns import LIST_2007, Header
from esfdata.tables.code_lists import rows as codelist
from esfdata.text import date, fold

Fields = tuple[str, ...]
Test = Callable[[str], bool]

MOST_LINES = 20
"""The physical lines that one row may take, where a name holds line breaks."""
MOST_READINGS = 10
MOST_FIELDS = 200
MOST_OF_AUTHORITY = 12
"""The pieces that an authority's name may be cut into, which bounds what there is to enumerate."""
QUOTED = 0.9
"""The share of the rows with quotes, or with more separators than columns, that quotes must explain."""

_CODE = re.compile(r'\s*"?[A-Z]\d{4,9}"?\s*')
_AMOUNT = re.compile(r'\s*"?[-\u2212]?\d{1,15}(?:[.,]\d+)?"?\s*')
_PROGRAMMES = re.compile(
    r"\s*(?:valtakunnallinen osio|(?:etelä|länsi|itä|pohjois)-(?:suomi|suomen (?:suuralueosio|eakr\S*( ohjelma)?)))\s*",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """A row of a list: its line and text, and every reading of it as fields."""

    line: Line
    original: str
    readings: tuple[Fields, ...]

    @property
    def fields(self) -> Fields:
        """The fields of a row with one reading; any other row is one field, itself."""
        return self.readings[0] if len(self.readings) == 1 else (self.original,)


def joined(row: Row, separator: str = ",") -> str:
    """The row as it stood, from its fields."""
    return separator.join(row.fields)


def rows(lines: Sequence[Line], header: Header) -> Iterator[Row]:
    """Each filled line below the header as a row, or as a part of the row above whose name it breaks."""
    quoted = is_quoted(lines, header)
    begins = re.compile(rf"{_CODE.pattern}{re.escape(header.separator)}").match
    pending: list[Line] = []
    for line in lines:
        if not line.text.strip():
            continue
        if pending and (len(pending) == MOST_LINES or begins(line.text)):
            yield from _rows(pending, header, quoted)
            pending = []
        pending.append(line)
    if pending:
        yield from _rows(pending, header, quoted)


def _rows(lines: list[Line], header: Header, quoted: bool) -> Iterator[Row]:
    """The first line as a row, else all lines as one row, else each as a row that has no reading."""
    first = readings(lines[0].text, header, quoted)
    if not first and len(lines) > 1:
        whole = "\n".join(line.text for line in lines)
        if whole_readings := readings(whole, header, quoted):
            yield Row(lines[0], whole, whole_readings)
            return
    yield Row(lines[0], lines[0].text, first)
    yield from (Row(line, line.text, ()) for line in lines[1:])


def readings(text: str, header: Header, quoted: bool = False) -> tuple[Fields, ...]:
    """Every reading of a row under the strictest rules that give one.

    First all that is typed must be in its vocabulary; then an authority, then a status may be one that the
    code lists do not have; then a date or an amount may be empty. A row of exactly as many fields as there
    are columns, whose code, fund, axis and status stand in their places, is last read as it stands: what
    its other fields hold is for the types to judge.
    """
    pieces = text.split(header.separator)
    cells = _unquoted(text, header.separator) if quoted and '"' in text else None
    width = len(header.labels)
    if not header.anchored:
        cells = cells or tuple(pieces)
        place = header.keys.index("project_code") if "project_code" in header.keys else 0
        return (cells,) if len(cells) == width and _CODE.fullmatch(cells[place]) else ()
    if len(pieces) > MOST_FIELDS or not (len(pieces) > 1 and _CODE.fullmatch(pieces[0]) and _is_fund(pieces[1])):
        return ()
    programme = header.keys == LIST_2007
    if cells and len(cells) == width and _in_place(cells, programme) and all(map(_is_amount, cells[-4:])):
        return (cells,)
    for tests in _TIERS:
        if anchored := list(_anchored(pieces, programme, header.separator, *tests)):
            return tuple(dict.fromkeys(anchored))
    cells = cells or tuple(pieces)
    return (cells,) if len(cells) == width and _in_place(cells, programme) else ()


def _anchored(
    pieces: list[str], programme: bool, separator: str,
    is_date: Test, is_amount: Test, is_programme: Test, is_authority: Test, is_status: Test,
) -> Iterator[Fields]:  # fmt: skip
    """The readings that pass the tests: a split for the axis and one for the status settle all others."""
    end = len(pieces) - 4
    if end < 9 + programme or not all(map(is_amount, pieces[end:])):
        return
    axes = [at for at in range(3 + programme, end - 5) if _is_axis(pieces[at])]
    count = 0
    for status in range(5 + programme, end - 3):
        if not (is_date(pieces[status + 1]) and is_date(pieces[status + 2]) and is_status(pieces[status])):
            continue
        for axis in (at for at in axes if status - MOST_OF_AUTHORITY - 1 <= at < status - 1):
            authority = separator.join(pieces[axis + 1 : status])
            if is_authority(authority) and (not programme or is_programme(pieces[axis - 1])):
                yield (
                    pieces[0],
                    pieces[1],
                    separator.join(pieces[2 : axis - programme]),
                    *pieces[axis - programme : axis + 1],
                    authority,
                    *pieces[status : status + 3],
                    separator.join(pieces[status + 3 : end]),
                    *pieces[end:],
                )
                count += 1
                if count == MOST_READINGS:
                    return


def _in_place(cells: Fields, programme: bool) -> bool:
    """Whether axis and status stand where a row of exactly the columns has them."""
    return _is_axis(cells[3 + programme].strip('"')) and _is_status(cells[5 + programme].strip('"'))


@lru_cache(maxsize=4096)
def _is_fund(text: str) -> bool:
    return text.strip(' \t"').upper() in {row["fund"] for row in codelist("funds")}


def _is_axis(text: str) -> bool:
    text = text.strip()
    return len(text) == 1 and text in "123456789"


@cache
def _statuses() -> frozenset[str]:
    return frozenset(fold(row["status"]) for row in codelist("statuses"))


@cache
def _authorities() -> frozenset[str]:
    aliases = {fold(row["alias"]) for row in codelist("authority_aliases")}
    return frozenset(aliases | {fold(row["authority"]) for row in codelist("authorities")})


@lru_cache(maxsize=4096)
def _is_status(text: str) -> bool:
    return len(text) < 100 and fold(text) in _statuses()


@lru_cache(maxsize=4096)
def _is_authority(text: str) -> bool:
    return len(text) < 300 and fold(text) in _authorities()


@lru_cache(maxsize=65536)
def _is_date(text: str) -> bool:
    return date(text.strip(' \t"')) is not None


def _is_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None


def _is_programme(text: str) -> bool:
    return _PROGRAMMES.fullmatch(text) is not None


def _or_empty(test: Test) -> Test:
    return lambda text: not text.strip() or test(text)


def _any(text: str) -> bool:
    return bool(text.strip())


_date_or_none, _amount_or_none = _or_empty(_is_date), _or_empty(_is_amount)
_TIERS: tuple[tuple[Test, Test, Test, Test, Test], ...] = (
    (_is_date, _is_amount, _is_programme, _is_authority, _is_status),
    (_is_date, _is_amount, _any, _is_authority, _is_status),
    (_is_date, _is_amount, _any, _any, _is_status),
    (_is_date, _is_amount, _any, _is_authority, _any),
    (_date_or_none, _amount_or_none, _any, _is_authority, _is_status),
    (_date_or_none, _amount_or_none, _any, _any, _is_status),
)


@cache
def _cells(separator: str) -> re.Pattern[str]:
    return re.compile(rf'("(?:[^"]|"")*"|[^"{re.escape(separator)}]*)(?:{re.escape(separator)}|$)')


def _unquoted(text: str, separator: str) -> Fields | None:
    """The fields of a row in which quotes part fields from separators, quotes kept; None where they do not."""
    cells, at, pattern = [], 0, _cells(separator)
    while match := pattern.match(text, at):
        cells.append(match[1])
        at = match.end()
        if at == len(text):
            return (*cells, "") if text.endswith(separator) else tuple(cells)
    return None


def is_quoted(lines: Iterable[Line], header: Header) -> bool:
    """Whether quotes are signs of the format, as in a list that was saved again, and not of the names."""
    if header.quoted:
        return True
    separator, width = header.separator, len(header.labels)
    evidence = [line.text for line in lines if '"' in line.text or line.text.count(separator) >= width]
    quoted = [text for text in evidence if '"' in text and len(_unquoted(text, separator) or ()) == width]
    return len(quoted) >= QUOTED * len(evidence) > 0


def plain(field: str, header: Header) -> str:
    """A field of a quoted list without the quotes that the format put around it."""
    inner = field[1:-1]
    needed = header.quoted or header.separator in inner or '""' in inner or "\n" in inner
    if needed and len(field) > 1 and field[0] == field[-1] == '"':
        return inner.replace('""', '"')
    return field
