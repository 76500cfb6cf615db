"""Word documents (DOCX) as lines: paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from esfdata.documents.document import Line
from esfdata.documents.layout.errors import UnreadableError
from esfdata.documents.layout.table_rows import Part, row
from esfdata.libraries import etree
from esfdata.text import collapse

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = "word/document.xml"
LARGEST = 20_000_000
"""Bytes of text that a document may unpack to."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RENDERED = f"{_W}lastRenderedPageBreak"
_SIGNS = {f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_INLINE = (f"{_W}t", f"{_W}br", f"{_W}cr", _RENDERED, *_SIGNS)
_AROUND = tuple(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def is_docx(content: bytes) -> bool:
    """Whether bytes are a zip file, whole or cut off, with the text of a Word document in it."""
    return content.startswith(b"PK\x03\x04") and BODY.encode() in content


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a document: one for each line of a paragraph, one or more for each row of a table."""
    body = _body(_unpacked(content))
    parts = list(_Reading(next(body.iter(_RENDERED), None) is not None).blocks(body))
    if not any(part.text for part in parts):
        raise UnreadableError("is a Word document that holds no text")
    return tuple(Line(part.at, number, part.text) for number, part in enumerate(parts, start=1))


def _unpacked(content: bytes) -> bytes:
    """The XML of the text; the sizes that the archive states are not trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(BODY) as file:
            xml = file.read(LARGEST + 1)
    except _BROKEN:
        raise UnreadableError("is a Word document (DOCX) that is cut off or damaged") from None
    if len(xml) > LARGEST:
        raise UnreadableError(f"is a Word document whose text unpacks to more than {LARGEST:,} bytes")
    return xml


def _body(xml: bytes) -> Any:
    """The body of a text; a document type, which could name entities outside the file, is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        text = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("is a Word document (DOCX) whose text is no well-formed XML") from None
    if text.getroottree().docinfo.doctype:
        raise UnreadableError("is a Word document that declares a document type with entities, which none needs")
    body = text.find(f"{_W}body")
    if body is None:
        raise UnreadableError("is a Word document (DOCX) without a body")
    return body


@dataclass
class _Reading:
    """A walk through a body that counts its pages: as last laid out where that is kept, else forced ones."""

    laid_out: bool
    page: int = 1

    def blocks(self, parent: Any) -> Iterator[Part]:
        """The lines of the paragraphs and tables in an element; a gap stands between paragraphs."""
        for block in parent:
            if block.tag == f"{_W}p":
                yield from self._paragraph(block)
                yield Part(self.page, "")
            elif block.tag == f"{_W}tbl":
                for line in block.iterchildren(f"{_W}tr"):
                    cells = line.iterdescendants(f"{_W}tc")
                    yield from row([self._cell(cell) for cell in cells if _row(cell) is line])
                yield Part(self.page, "")
            elif block.tag in _AROUND:
                yield from self.blocks(block)

    def _cell(self, cell: Any) -> list[Part]:
        """The lines of a cell, also those of a table within it."""
        parts = (part for paragraph in cell.iterdescendants(f"{_W}p") for part in self._paragraph(paragraph))
        return [part for part in parts if part.text]

    def _paragraph(self, paragraph: Any) -> Iterator[Part]:
        """The lines of a paragraph, parted where it breaks them."""
        page, text = self.page, ""
        for element in paragraph.iterdescendants(*_INLINE):
            if next(element.iterancestors(_FALLBACK), None) is not None:
                continue
            if element.tag == f"{_W}t":
                page = page if text.strip() else self.page
                text += element.text or ""
            elif element.tag in _SIGNS:
                text += _SIGNS[element.tag]
            elif element.tag == _RENDERED or element.get(f"{_W}type") == "page":
                self.page += (element.tag == _RENDERED) == self.laid_out
            else:
                yield Part(page, collapse(text))
                page, text = self.page, ""
        yield Part(page, collapse(text))


def _row(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"))
