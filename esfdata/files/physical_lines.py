"""Where the rows of a CSV file begin, found in one pass that never holds the file.

The rules are those of Polars: a line ends at a line feed, before which a carriage return is no part of it; any other
carriage return is text, unless it is the last byte of the file. An empty line is a row without cells.
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
    """How many rows stand below the header, which have too few or too many cells, and at which line each begins.

    A row is a number counted from 0. `ragged` has the number of cells of each row that has not as many as the header.
    The lines are kept as the number of line breaks inside cells above a row, which is the same for most: `breaks[i]`
    above row `starts[i]` and those that follow it, up to row `starts[i + 1]`; none above rows before `starts[0]`.
    """

    height: int
    ragged: dict[int, int]
    starts: list[int]
    breaks: list[int]

    def line(self, row: int) -> int:
        """The line at which a row begins; the header begins at line 1."""
        at = bisect_right(self.starts, row)
        return row + 2 + (self.breaks[at - 1] if at else 0)

    @property
    def lines(self) -> list[int]:
        """The line at which each row begins."""
        return [self.line(row) for row in range(self.height)]


def shape(file: BinaryIO, name: str, small: int = SMALL) -> Shape:
    """The shape of a CSV file; PackageError where it is not UTF-8, with the line."""
    try:
        long = len(file.read(small)) == small
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
    shape = Shape(0, {}, [], [])
    height, above, line = 0, 0, reader.line_num
    for cells in reader:
        if len(cells) != width and (cells or width > 1):
            shape.ragged[height] = len(cells)
        if (breaks := line - height - 1) != above:
            above = breaks
            shape.starts.append(height)
            shape.breaks.append(breaks)
        height += 1
        line = reader.line_num
    return shape._replace(height=height)


def _counted(file: BinaryIO, block_size: int = BLOCK) -> Shape | None:
    """The shape by counting commas and line feeds outside quotation marks; None where only reading tells.

    Reading is needed where a quotation mark opens in the middle of a cell, where a cell goes on behind the mark that
    closes it, where the header is an empty line, and where a row is longer than two blocks.
    """
    shape = Shape(0, {}, [], [])
    width, row, line, above = 0, -1, 1, 0  # the next row (the header is -1), its line, the breaks in cells above it
    for block in _whole_rows(file, block_size):
        if block is None:
            return None
        if not block.isascii():
            _decodes(block)
        if width > 1 and (count := _regular(block, width)):
            if (breaks := line - row - 2) != above:
                shape.starts.append(row)
                shape.breaks.append(above := breaks)
            row += count
            line += count
            continue
        data = np.frombuffer(block, np.uint8)
        at = np.flatnonzero(data <= COMMA)  # one comparison for all three: the few others do no harm
        kind = data[at]
        marks, feeds = kind == QUOTE, kind == FEED
        if _odd(data, at[marks]):
            return None
        outside = np.cumsum(marks, dtype=np.uint8) & 1 == 0
        ends = np.flatnonzero(feeds & outside)
        cells = np.diff(np.flatnonzero(kind[(feeds | (kind == COMMA)) & outside] == FEED), prepend=-1)
        lines = np.cumsum(feeds)[ends]  # of the block, up to the end of each row
        size = np.diff(at[ends], prepend=-1) - 1
        empty = (size == 0) | ((size == 1) & (data[at[ends] - 1] == RETURN))
        if row < 0:
            if empty[0]:
                return None
            width = int(cells[0])
        cells[empty & (width > 1)] = 0
        rows = row + np.arange(len(cells))
        further = line + np.concatenate(([0], lines[:-1])) - rows - 2  # the breaks in cells above each row
        below = slice(1 if row < 0 else 0, None)  # the rows below the header
        rows, cells, further = rows[below], cells[below], further[below]
        wrong = cells != width
        shape.ragged.update(zip(rows[wrong].tolist(), cells[wrong].tolist(), strict=True))
        changed = np.diff(further, prepend=above) != 0
        shape.starts.extend(rows[changed].tolist())
        shape.breaks.extend(further[changed].tolist())
        above = int(further[-1]) if len(further) else above
        row += len(ends)
        line += int(lines[-1])
    return shape._replace(height=max(row, 0))


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


def _whole_rows(file: BinaryIO, block_size: int) -> Iterator[bytes | None]:
    """The file in blocks that end where a row ends; None where a row is longer than any row should be."""
    rest = b""
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    while block := file.read(block_size):
        block = rest + block
        cut = block.rfind(b"\n") + 1
        while cut and block.count(b'"', 0, cut) % 2:  # that line feed stands inside quotation marks
            cut = block.rfind(b"\n", 0, cut - 1) + 1
            if len(block) - cut > block_size:
                cut = 0
        rest = block[cut:]
        if cut:
            yield block[:cut]
        elif len(rest) > 2 * block_size:
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
    """The lines as text; a carriage return that ends none becomes a space, because `csv` would end a row there."""
    first = True
    for line in file:
        text = line.decode("utf-8-sig" if first else "utf-8")
        first = False
        yield re.sub(r"\r(?!\n|\Z)", " ", text) if "\r" in text else text


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
