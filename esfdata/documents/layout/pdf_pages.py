"""PDF files as lines, by the places of their words; pages that are only pictures go to text recognition."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from esfdata.documents.document import Line
from esfdata.documents.layout import ocr
from esfdata.documents.layout.errors import UnreadableError
from esfdata.documents.layout.page_lines import lines
from esfdata.documents.layout.word_rows import Rule, Sheet, Word, rows_of
from esfdata.libraries import pdfium, pdfium_raw

MOST_PAGES = 2000
MOST_SIGNS = 200_000
"""Characters of one page that are read."""
_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
_CUT = "\ufffe\x02"
"""How the library marks a hyphen at a line's end."""


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a PDF; each knows its page, and is numbered in the text of the whole document."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableError(_why(str(error))) from None
    with document:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise UnreadableError(f"is a PDF file of {count:,} pages, where 1 to {MOST_PAGES:,} are read")
        sheets = [_sheet(document, number) for number in range(count)]
        _recognise(document, sheets)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableError("is a PDF file in which no text could be found or recognised")
    return tuple(lines(sheets))


def _why(error: str) -> str:
    if "password" in error.casefold() or "security" in error.casefold():
        return "is an encrypted PDF file, which only opens with its password"
    return "is a PDF file that is cut off or damaged"


def _sheet(document: Any, number: int) -> Sheet:
    """The rows and rules of one page by its text layer; nothing where the page is damaged."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Sheet()
    height = page.get_height()
    text = page.get_textpage()
    rows = rows_of(_words(text, height))
    rules = list(_rules(page, height)) if rows else []
    text.close()
    page.close()
    return Sheet(rows, rules, height=height)


def _recognise(document: Any, sheets: list[Sheet]) -> None:
    """Put what text recognition reads in the place of pages that hold pictures and no text."""
    bare = [number for number, sheet in enumerate(sheets) if not sheet.rows][: ocr.MOST_PAGES]
    pictured = [number for number in bare if _drawn(document, number)]
    if pictured and not ocr.available():
        if not any(sheet.rows for sheet in sheets):
            raise UnreadableError(f"is a PDF file of pictures without text, which {ocr.MISSING}")
        return
    pictures = (_picture(document, number) for number in pictured)
    for number, sheet in zip(pictured, ocr.sheets(pictures)):
        sheets[number] = sheet


def _drawn(document: Any, number: int) -> bool:
    """Whether there is anything at all on a page."""
    try:
        return next(document[number].get_objects(max_depth=1), None) is not None
    except pdfium.PdfiumError:
        return False


def _picture(document: Any, number: int) -> Any:
    """A page as a picture, of at most the pixels that are looked at."""
    page = document[number]
    width, height = page.get_size()
    scale = min(ocr.DPI / 72, (ocr.MOST_PIXELS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    picture.info["dpi"] = (scale * 72, scale * 72)
    return picture


def _words(page: Any, height: float) -> Iterator[Word]:
    """The words of a page by the boxes of their first and last sign."""
    box = pdfium_raw.FS_RECTF()
    at = ctypes.byref(box)
    for match in _WORD.finditer(page.get_text_range(0, min(page.count_chars(), MOST_SIGNS))):
        pdfium_raw.FPDFText_GetLooseCharBox(page, match.start(), at)
        left, top, bottom = box.left, box.top, box.bottom
        pdfium_raw.FPDFText_GetLooseCharBox(page, match.end() - 1, at)
        word = match[0] if match[0][-1] not in _CUT else f"{match[0][:-1]}-"
        yield Word(word, left, height - top, max(box.right, left), height - bottom)


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """The horizontal lines and the upper and lower sides of the boxes that are drawn on a page."""
    for shape in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        if right - left > 20:
            yield Rule(left, right, height - top)
            if top - bottom > 3:
                yield Rule(left, right, height - bottom)
