"""PDF files as lines, by the places of their words; pages that are only pictures go to text recognition."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from esfdata.documents.forms.errors import UnreadableError
from esfdata.documents.forms.layout import texts
from esfdata.documents.forms.words import Row, Rule, Word, rows_of
from esfdata.documents.model import Line

MOST_PAGES = 2000
MOST_SIGNS = 200_000
"""Characters of one page that are read."""
MARGIN = 2
"""How many rows at the top and at the bottom of a page may be a running head or foot."""

_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
_CUT = str.maketrans({"\ufffe": "-", "\x02": "-"})
"""How the library marks a hyphen at a line's end."""


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a PDF; each knows its page, and is numbered in the text of the whole document."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_why(str(error))) from None
    with document:
        if count > MOST_PAGES:
            raise UnreadableError(f"is a PDF file of {count:,} pages, where {MOST_PAGES:,} are read")
        pages = [_page(document, number) for number in range(count)]
    if not any(rows for rows, _ in pages):
        raise UnreadableError("is a PDF file without text")
    return tuple(_lines(pages))


def _why(error: str) -> str:
    if "password" in error.casefold() or "security" in error.casefold():
        return "is an encrypted PDF file, which only opens with its password"
    return "is a PDF file that is cut off or damaged"


Page = tuple[list[Row], list[Rule]]


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of all pages; what runs along every page stands once, in front of them."""
    running, bodies = _running([rows for rows, _ in pages])
    found = [(1, text) for text in running]
    for number, (body, (_, rules)) in enumerate(zip(bodies, pages, strict=True), start=1):
        found += [(number, text) for text in texts(body, rules)]
    for number, (page, text) in enumerate(found, start=1):
        yield Line(page, number, text)


def _running(pages: Sequence[list[Row]]) -> tuple[list[str], list[list[Row]]]:
    """The heads and feet that pages repeat but for their numbers, and the pages without them."""
    if len(pages) < 2:
        return [], list(pages)
    edges = [[*rows[:MARGIN], *rows[MARGIN:][-MARGIN:]] for rows in pages]
    times = Counter(key for rows in edges for key in {_place(row) for row in rows})
    repeated = {key for key, count in times.items() if count > max(1, len(pages) / 2)}
    running = dict.fromkeys(row.text for row in edges[0] if _place(row) in repeated)
    bodies = [
        [row for row in rows if not (_place(row) in repeated and any(row is edge for edge in at))]
        for rows, at in zip(pages, edges, strict=True)
    ]
    return list(running), bodies


def _place(row: Row) -> tuple[str, int, int]:
    """What is the same of a running head on every page: its words but for numbers, and its height."""
    return re.sub(r"\d+", "0", row.text), round(row.middle / 3), round(row.words[0].left / 20)


def _page(document: Any, number: int) -> Page:
    """The rows and rules of one page."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return [], []
    height = page.get_height()
    text = page.get_textpage()
    rows = rows_of(_words(text, height))
    rules = list(_rules(page, height)) if rows else []
    text.close()
    page.close()
    return rows, rules


def _words(page: Any, height: float) -> Iterator[Word]:
    """The words of a page by the boxes of their first and last sign."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    at = ctypes.byref(box)
    for found in _WORD.finditer(page.get_text_range(0, min(page.count_chars(), MOST_SIGNS))):
        pdfium.FPDFText_GetLooseCharBox(page, found.start(), at)
        left, top, bottom = box.left, box.top, box.bottom
        pdfium.FPDFText_GetLooseCharBox(page, found.end() - 1, at)
        yield Word(found[0].translate(_CUT), left, height - top, max(box.right, left), height - bottom)


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """The horizontal lines and the upper and lower sides of the boxes that are drawn on a page."""
    import pypdfium2.raw as pdfium

    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        if right - left > 20:
            yield Rule(left, right, height - top)
            if top - bottom > 3:
                yield Rule(left, right, height - bottom)
