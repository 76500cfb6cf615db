"""The lines drawn on a picture of a page: found for what they part, and removed before letters are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from esfdata.documents.forms.words import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

DARK = 205
"""Shade of grey (of 255) below which a pixel is drawn."""
LONG = 100
"""Pixels in a row, at 300 dots per inch, that no letter has."""
TALL = 78
WIDE = 3
"""Pixels around a line that its blurred edge takes."""


def removed(picture: Image) -> tuple[Image, list[Rule]]:
    """A grey picture without its straight lines, and the horizontal ones."""
    import numpy
    from PIL import Image

    shades = numpy.array(picture)
    dark = shades < DARK
    across, down = _runs(dark, LONG), _runs(dark.T, TALL).T
    if not across.any() and not down.any():
        return picture, []
    shades[_around(across) | _around(down.T).T] = 255
    return Image.fromarray(shades), list(_rules(across))


def _runs(dark: Any, length: int) -> Any:
    """The pixels that belong to runs of dark ones, along rows, of at least a length."""
    import numpy

    if dark.shape[1] < length:
        return numpy.zeros_like(dark)
    sums = numpy.cumsum(dark, axis=1, dtype=numpy.int32)
    sums = numpy.pad(sums, ((0, 0), (1, 0)))
    full = sums[:, length:] - sums[:, :-length] == length  # a run of this length begins here
    begins = numpy.cumsum(numpy.pad(full, ((0, 0), (length, length - 1))), axis=1, dtype=numpy.int32)
    covered: Any = begins[:, length:] - begins[:, :-length] > 0
    return covered


def _around(lines: Any) -> Any:
    """Lines along rows with the rows beside them."""
    import numpy

    wide = numpy.pad(lines, ((WIDE, WIDE), (0, 0)))
    return numpy.logical_or.reduce([wide[at : at + len(lines)] for at in range(2 * WIDE + 1)])


def _rules(across: Any) -> Iterator[Rule]:
    """The runs of each row of pixels as rules; the lower edge of a thick line is one more at its place."""
    import numpy

    for y in numpy.flatnonzero(across.any(axis=1)):
        at = numpy.flatnonzero(across[y])
        for run in numpy.split(at, numpy.flatnonzero(numpy.diff(at) > 1) + 1):
            yield Rule(float(run[0]), float(run[-1]), float(y))
