"""Forms in which papers come: one module a form, from bytes to the lines of its pages."""

from __future__ import annotations

from collections.abc import Callable

from esfdata.documents.document import Line
from esfdata.documents.layout import docx_paragraphs, html_page, ocr, pdf_pages
from esfdata.documents.layout.errors import UnreadableError

__all__ = ["READERS", "UnreadableError", "form"]

READERS: dict[str, Callable[[bytes], tuple[Line, ...]]] = {
    "text/html": html_page.read,
    docx_paragraphs.MEDIA_TYPE: docx_paragraphs.read,
    "application/pdf": pdf_pages.read,
    "image/png": ocr.read,
    "image/jpeg": ocr.read,
    "image/tiff": ocr.read,
    "image/gif": ocr.read,
    "image/bmp": ocr.read,
    "image/webp": ocr.read,
}
"""The reader of each media type; it raises UnreadableError with what was found instead."""

_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"GIF8": "image/gif",
}


def form(content: bytes, suffix: str) -> str | None:
    """The media type of bytes that a reader here takes, by what they are; None for plain text and the rest."""
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    if b"%PDF-" in content[:1024] and suffix == ".pdf":
        return "application/pdf"
    if content.startswith(b"BM") and suffix == ".bmp":
        return "image/bmp"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if docx_paragraphs.is_docx(content):
        return docx_paragraphs.MEDIA_TYPE
    return "text/html" if html_page.is_html(content, suffix) else None
