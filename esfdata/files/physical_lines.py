"""Where the rows of a CSV file begin, found in one pass that never holds the file.

A line ends at a line feed; a carriage return alone ends none, and a line without cells is a row, as they are to
Polars.
"""

from __future__ import annotations

import codecs
import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from esfdata.exceptions import PackageError
from esfdata.libraries import np, pl

SMALL = 1 << 20
"""Bytes up to which reading every cell is as fast as counting."""
BLOCK = 1 << 22
FEED, COMMA, QUOTE, RETURN = b'\n,"\r'
OTHER = bytes(set(range(256)) - {FEED, COMMA, QUOTE})


class Shape(NamedTuple):
    """The number of rows below the header, the rows of a wrong width, and where lines run ahead of rows.

    `ragged`: the number of cells by row. `starts` and `ahead`: from each row in `starts` on, a row begins
    so many lines further down than if every row were one line.
    """

    height: int
    ragged: dict[int, int]
    starts: list[int]
    ahead: list[int]

    def line(self, row: int) -> int:
        """The line at which a row begins, counted from 1 with the header; rows are counted from 0."""
        at = bisect_right(self.starts, row)
        return row + 2 + (self.ahead[at - 1] if at else 0)

    @property
    def lines(self) -> list[int]:
        """The line at which each row begins."""
        return [self.line(row) for row in range(self.height)]


def shape(file: BinaryIO, name: str) -> Shape:
    """The shape of a CSV file; PackageError where it is not UTF-8, with the line."""
    try:
        long = len(file.read(SMALL)) == SMALL
        file.seek(0)
        counted = _counted(file) if long else None
        file.seek(0)
        return counted or _read(file)
    except UnicodeDecodeError as error:
        raise _not_utf8(file, name) from error


def utf8(file: BinaryIO, name: str) -> None:
    """PackageError where the file is not UTF-8, with the line."""
    content = file.read()
    try:
        if not content.isascii():
            _decodes(content)
    except UnicodeDecodeError as error:
        raise _not_utf8(file, name) from error


def header(file: BinaryIO, name: str) -> list[str]:
    """The cells of the first row; PackageError where it is not UTF-8."""
    try:
        return next(csv.reader(_texts(file)), [])
    except UnicodeDecodeError as error:
        raise _not_utf8(file, name) from error


def _read(file: BinaryIO) -> Shape:
    """The shape by reading every cell: exact for every quotation mark, and slow."""
    reader = csv.reader(_texts(file))
    width = len(next(reader, []))
    height, ragged, starts, ahead = 0, {}, [], []
    last, passed = reader.line_num, 0
    for cells in reader:
        if len(cells) != width and (cells or width > 1):
            ragged[height] = len(cells)
        if (further := last - height - 1) != passed:
            passed = further
            starts.append(height)
            ahead.append(further)
        height += 1
        last = reader.line_num
    return Shape(height, ragged, starts, ahead)


def _counted(file: BinaryIO) -> Shape | None:
    """The shape by counting commas and line feeds outside quotation marks; None where the marks stand oddly.

    A mark stands oddly where it opens in the middle of a cell, or a cell goes on behind the one that closes it.
    """
    width, height, line, shift = 0, -1, 1, 0  # the header is row -1
    ragged: dict[int, int] = {}
    starts: list[int] = []
    ahead: list[int] = []
    for block in _whole_rows(file):
        if block is None:
            return None
        if not block.isascii():
            _decodes(block)
        if width > 1 and (count := _regular(block, width)):
            if (further := line - height - 2) != shift:
                starts.append(height)
                ahead.append(shift := further)
            height += count
            line += count
            continue
        data = np.frombuffer(block, np.uint8)
        at = np.flatnonzero(data <= COMMA)  # one comparison for all three: the few others do no harm
        kind = data[at]
        marks = kind == QUOTE
        inside = np.cumsum(marks, dtype=np.uint8) & 1
        if _odd(data, at[marks]):
            return None
        outer = inside == 0
        broken = kind == FEED
        feeds = np.flatnonzero(broken & outer)
        between = np.flatnonzero(kind[(broken | (kind == COMMA)) & outer] == FEED)
        cells = np.diff(between, prepend=-1)
        passed = np.cumsum(broken)[feeds] if broken.sum() > len(feeds) else np.arange(1, len(feeds) + 1)
        begins = line + np.concatenate(([0], passed[:-1]))
        ends = at[feeds]
        size = np.diff(ends, prepend=-1) - 1
        blank = (size == 0) | ((size == 1) & (data[ends - 1] == RETURN))
        if height < 0 and blank[0]:
            return None
        width = int(cells[0]) if height < 0 else width
        cells[blank & (width > 1)] = 0
        rows = height + np.arange(len(cells))
        wrong = np.flatnonzero((cells != width) & (rows >= 0))
        ragged.update(zip(rows[wrong].tolist(), cells[wrong].tolist(), strict=True))
        begun = rows >= 0
        shifts = (begins - rows - 2)[begun]
        moved = np.flatnonzero(np.diff(shifts, prepend=shift))
        starts += rows[begun][moved].tolist()
        ahead += shifts[moved].tolist()
        shift = int(shifts[-1]) if len(shifts) else shift
        height += len(cells)
        line += int(passed[-1])
    return Shape(max(height, 0), ragged, starts, ahead)


def _regular(block: bytes, width: int) -> int:
    """The number of rows where each is one line of `width` cells; 0 where it is not so, or not clear."""
    signs = block.translate(None, OTHER)
    rows = signs.count(b"\n")
    if b'"' in signs:
        data = np.frombuffer(block, np.uint8)
        marks = np.flatnonzero(data == QUOTE)
        if _odd(data, marks):
            return 0
        kept = np.frombuffer(signs, np.uint8)
        quotes = kept == QUOTE
        inside = np.cumsum(quotes, dtype=np.uint8) & 1 == 1
        signs = kept[~(inside | quotes)].tobytes()
    return rows if signs == (b"," * (width - 1) + b"\n") * rows else 0


def _decodes(block: bytes) -> None:
    """Raise UnicodeDecodeError where the bytes are not UTF-8; Polars knows several times as fast as Python."""
    try:
        pl.Series([block]).cast(pl.String)
    except pl.exceptions.ComputeError:
        block.decode()


def _whole_rows(file: BinaryIO) -> Iterator[bytes | None]:
    """The file in blocks that end where a row ends; None where a row is longer than any row should be."""
    rest = b""
    first = True
    while block := file.read(BLOCK):
        block = rest + (block.removeprefix(codecs.BOM_UTF8) if first else block)
        first = False
        cut = block.rfind(b"\n") + 1
        while cut and block.count(b'"', 0, cut) % 2:  # that line feed stands inside quotation marks
            cut = block.rfind(b"\n", 0, cut - 1) + 1
            if len(block) - cut > BLOCK:
                cut = 0
        rest = block[cut:]
        if cut:
            yield block[:cut]
        elif len(rest) > 2 * BLOCK:
            yield None
    if rest:
        yield rest + b"\n"


def _odd(data: np.ndarray, marks: np.ndarray) -> bool:
    """Whether a quotation mark opens in the middle of a cell, or a cell goes on behind the one that closes it."""
    first, last = marks[::2], marks[1::2]
    if len(first) != len(last):
        return True
    before, after = data[first - 1], data[last + 1]
    good_before = (before == COMMA) | (before == FEED) | (before == QUOTE) | (first == 0)
    good_after = (after == COMMA) | (after == FEED) | (after == QUOTE) | (after == RETURN)
    return not bool(np.all(good_before) and np.all(good_after))


def _texts(file: BinaryIO) -> Iterator[str]:
    """The lines as text, a carriage return alone being no end of one, as it is none to Polars."""
    file.seek(0)
    first = True
    for line in file:
        text = line.decode("utf-8-sig" if first else "utf-8")
        first = False
        yield re.sub("\r(?!\n)", " ", text) if "\r" in text else text


def _not_utf8(file: BinaryIO, name: str) -> PackageError:
    """The first line with bytes that are not UTF-8."""
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            return PackageError(
                f"{name}:{number}: the byte 0x{line[error.start]:02x} is not UTF-8; "
                "save the file as UTF-8 (it may be Windows-1252 now)"
            )
    raise AssertionError(f"{name} is UTF-8")
