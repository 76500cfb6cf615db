"""Pages of words as lines of text: reading order, gaps between paragraphs, tables, no running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from esfdata.documents.document import Line
from esfdata.documents.layout import two_columns
from esfdata.documents.layout.word_rows import Row, Sheet

APART = 1.55
"""Distance of two rows, in heights of a row, from which on a gap stands between them."""
MARGIN = 0.1
"""How much of a page, at its top and at its bottom, running heads and feet stand in."""


def lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """The lines of pages, numbered through all of them; what runs along every page stands once, in front."""
    running = _running(sheets)
    number = 0
    for text in dict.fromkeys(row.text for row in _edges(sheets[0]) if _place(row) in running):
        number += 1
        yield Line(1, number, text)
    for page, sheet in enumerate(sheets, start=1):
        outside = {id(row) for row in _edges(sheet) if _place(row) in running}
        inside = [row for row in sheet.rows if id(row) not in outside]
        for text in texts(sheet._replace(rows=inside)):
            number += 1
            yield Line(page, number, text, tuple(word for word in text.split() if word in sheet.doubtful))


def texts(sheet: Sheet) -> Iterator[str]:
    """The lines of a page; rows of a table as `| label | value |`, an empty line where a gap stands."""
    last: Row | None = None
    for edge, band in two_columns.bands(sheet.rows):
        if last and (edge is not None or _apart(last, band[0])):
            yield ""
        if edge is None:
            for before, after in pairwise([band[0], *band]):
                if _apart(before, after):
                    yield ""
                yield after.text
        else:
            yield from two_columns.lines(band, edge, sheet.rules)
        last = band[-1]


def _apart(before: Row, after: Row) -> bool:
    return after.middle - before.middle > APART * max(before.height, after.height)


Place = tuple[str, int, int]


def _running(sheets: Sequence[Sheet]) -> set[Place]:
    """The heads and feet that most pages repeat but for their numbers."""
    times = Counter(place for sheet in sheets for place in {_place(row) for row in _edges(sheet)})
    return {place for place, count in times.items() if count > max(1, len(sheets) / 2)}


def _edges(sheet: Sheet) -> list[Row]:
    margin = MARGIN * sheet.height
    return [row for row in sheet.rows if not margin < row.middle < sheet.height - margin]


def _place(row: Row) -> Place:
    """What is the same of a running head on every page: its words but for numbers, and where it stands."""
    height = max(row.height, 1)
    return re.sub(r"\d+", "0", row.text), round(row.middle / height), round(row.words[0].left / height)
