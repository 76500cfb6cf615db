"""A page of words as lines of text: reading order, gaps between paragraphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from esfdata.documents.forms import tables
from esfdata.documents.forms.words import Row, Rule

APART = 1.55
"""Distance of two rows, in heights of a row, from which on a gap stands between them."""


def texts(rows: Sequence[Row], rules: Sequence[Rule] = ()) -> list[str]:
    """The lines of a page; rows of a table as `| label | value |`, an empty line where a gap stands.

    The horizontal lines drawn on a page, its rules, part the rows of tables; without them gaps do.
    """
    found: list[str] = []
    last: Row | None = None
    for edge, band in tables.bands(rows):
        if last and (edge is not None or _apart(last, band[0])):
            found.append("")
        if edge is None:
            for before, after in pairwise([band[0], *band]):
                found += ["", after.text] if _apart(before, after) else [after.text]
        else:
            found += tables.lines(band, edge, rules)
        last = band[-1]
    return found


def _apart(before: Row, after: Row) -> bool:
    return after.middle - before.middle > APART * max(before.height, after.height)
