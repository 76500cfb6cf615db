"""Forms in which papers come: one module a form, from bytes to the lines of its pages."""

from __future__ import annotations

from collections.abc import Callable

from esfdata.documents.forms import docx, html, ocr, pdf
from esfdata.documents.forms.errors import UnreadableError
from esfdata.documents.model import Line

__all__ = ["READERS", "UnreadableError", "form"]

READERS: dict[str, Callable[[bytes], tuple[Line, ...]]] = {
    "text/html": html.read,
    docx.MEDIA_TYPE: docx.read,
    "application/pdf": pdf.read,
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
    if docx.is_docx(content):
        return docx.MEDIA_TYPE
    return "text/html" if html.is_html(content, suffix) else None
