"""The lines drawn on a picture of a page: found for what they part, and removed before letters are read.

A recogniser takes the lines of two columns for one where a label stands beside the middle of its value, so
the columns that are drawn are read one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata.documents.layout.word_rows import Rule
from esfdata.libraries import np

if TYPE_CHECKING:
    from PIL.Image import Image

DARK = 205
"""Shade of grey (of 255) below which a pixel is drawn."""
LONG = 100
"""Pixels in a row, at 300 dots per inch, that no letter has."""
TALL = 78
WIDE = 3
"""Pixels around a line that its blurred edge takes."""


NARROW = 40
"""Pixels that a column with words is wider than."""
BROKEN = 60
"""Pixels that may lie between two pieces of one upright line."""


class Box(NamedTuple):
    """A part of a picture: left, top, right, bottom, as pictures are cropped."""

    left: int
    top: int
    right: int
    bottom: int


def removed(picture: Image) -> tuple[Image, list[Rule], list[Box]]:
    """A grey picture without its straight lines, the horizontal ones, and the columns right of an upright one."""
    from PIL import Image

    shades = np.array(picture)
    dark = shades < DARK
    across, down = _runs(dark, LONG), _runs(dark.T, TALL).T
    if not across.any() and not down.any():
        return picture, [], []
    shades[_around(across) | _around(down.T).T] = 255
    return Image.fromarray(shades), list(_rules(across)), list(_columns(_bars(down)))


def _runs(dark: Any, length: int) -> Any:
    """The pixels that belong to runs of dark ones, along rows, of at least a length."""
    if dark.shape[1] < length:
        return np.zeros_like(dark)
    sums = np.cumsum(dark, axis=1, dtype=np.int32)
    sums = np.pad(sums, ((0, 0), (1, 0)))
    full = sums[:, length:] - sums[:, :-length] == length  # a run of this length begins here
    begins = np.cumsum(np.pad(full, ((0, 0), (length, length - 1))), axis=1, dtype=np.int32)
    covered: Any = begins[:, length:] - begins[:, :-length] > 0
    return covered


def _around(lines: Any) -> Any:
    """Lines along rows with the rows beside them."""
    wide = np.pad(lines, ((WIDE, WIDE), (0, 0)))
    return np.logical_or.reduce([wide[at : at + len(lines)] for at in range(2 * WIDE + 1)])


def _rules(across: Any) -> Iterator[Rule]:
    """The runs of each row of pixels as rules; the lower edge of a thick line is one more at its place."""
    for y in np.flatnonzero(across.any(axis=1)):
        at = np.flatnonzero(across[y])
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
            yield Rule(float(run[0]), float(run[-1]), float(y))


def _bars(down: Any) -> list[Rule]:
    """The upright lines, each as a rule that lies on its side, with its pieces put together."""
    bars: list[Rule] = []
    for piece in sorted(_rules(down.T), key=lambda rule: rule.left):
        for at, bar in enumerate(bars):
            if abs(bar.y - piece.y) <= 2 * WIDE + 2 and piece.left <= bar.right + BROKEN:
                bars[at] = bar._replace(right=max(bar.right, piece.right), y=piece.y)  # it may be askew
                break
        else:
            bars.append(piece)
    return bars


def _columns(bars: Sequence[Rule]) -> Iterator[Box]:
    """The columns between upright lines that stand beside one another, but for the first of each table."""
    tables: list[list[Rule]] = []
    for bar in sorted(bars, key=lambda bar: bar.y):
        beside = (table for table in tables if _overlap(table[-1], bar) > 0.8)
        table = next(beside, None)
        if table is None:
            tables.append([bar])
        else:
            table.append(bar)
    given: list[Box] = []
    for table in sorted(tables, key=lambda table: table[0].left - table[0].right):
        wide = [(left, right) for left, right in pairwise(table) if right.y - left.y > NARROW]
        for left, right in wide[1:]:
            top, bottom = min(left.left, right.left), max(left.right, right.right)
            box = Box(int(left.y) + WIDE, int(top), int(right.y) - WIDE, int(bottom))
            if not any(_meet(box, other) for other in given):
                given.append(box)
                yield box


def _meet(one: Box, other: Box) -> bool:
    """Whether two parts of a picture share anything."""
    beside = one.left < other.right and other.left < one.right
    return beside and one.top < other.bottom and other.top < one.bottom


def _overlap(one: Rule, other: Rule) -> float:
    """How much of the longer of two lines stands beside the other."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared / max(one.right - one.left, other.right - other.left, 1)
