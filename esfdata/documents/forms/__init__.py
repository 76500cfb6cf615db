"""Forms in which papers come: one module a form, from bytes to the lines of its pages."""

from __future__ import annotations

from collections.abc import Callable

from esfdata.documents.forms import docx, html, pdf
from esfdata.documents.model import Line

READERS: dict[str, Callable[[bytes], tuple[Line, ...]]] = {
    "text/html": html.read,
    "application/pdf": pdf.read,
    docx.MEDIA_TYPE: docx.read,
}
"""The reader of each media type; it raises UnreadableError with what was found instead."""
