"""Saved web pages as lines: the text that a reader of the page sees, with its true line in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from esfdata.documents.decoding import decode
from esfdata.documents.document import Line
from esfdata.documents.layout.errors import UnreadableError
from esfdata.documents.layout.table_rows import Part, row
from esfdata.libraries import etree
from esfdata.text import collapse

LARGEST = 20_000_000
"""Bytes of a page that are read; the tree of a larger one would take more memory than a document is worth."""
LAST_LINE = 65_535
"""The last line number that the parser keeps; from there on line breaks are counted."""

UNSEEN = ("head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("section", "article", "header", "footer", "nav", "main", "form", "fieldset", "address", "figure")
APART = ("p", "ul", "ol", "dl", "table", "pre", "hr", "blockquote", *_HEADINGS, *_PARTS)
"""Elements that a page sets apart from what stands before and after them."""
_ROWS = ("tr", "td", "th", "caption", "thead", "tbody", "tfoot")
BREAKING = frozenset((*APART, *_ROWS, "html", "body", "div", "li", "dt", "dd", "br", "legend", "option"))
"""Elements that begin a line."""
LAYOUT = ("table", *_HEADINGS)
"""Elements that make the table around them one of layout: its cells are pages, not values."""

_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(rb"<(?:p|div|table|h[1-6]|br|b|ul)\b[^<>]{0,200}>", re.IGNORECASE)


def is_html(content: bytes, suffix: str) -> bool:
    """Whether bytes begin as a web page does; by the suffix of one, an element among the first is enough."""
    head = content[:4000].removeprefix(b"\xef\xbb\xbf")
    named = suffix in (".html", ".htm", ".xhtml")
    return bool(_BEGINS.match(head) or (named and _ELEMENT.search(head)))


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a page: one for each block of text, one for each row of a table.

    No script runs, nothing is fetched, and no entity but HTML's own characters is expanded.
    """
    if len(content) > LARGEST:
        raise UnreadableError(f"is a web page of {len(content):,} bytes, where {LARGEST:,} are read")
    decoded = decode(content)
    if decoded is None:
        raise UnreadableError("is a web page in an encoding that cannot be told")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True)
    text = decoded[0].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        page = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnreadableError("is a web page whose elements are nested too deep to be read")
    walk = _Walk()
    if page is not None:
        walk.through(page, etree.iterwalk(page, events=("start", "end", "comment", "pi")))
    if not any(part.text for part in walk.parts):
        raise UnreadableError("is a web page that holds no text")
    return tuple(Line(1, part.at, part.text) for part in walk.parts)


@dataclass
class _Walk:
    """The state of one walk through a page: the line reached, the text gathered, and the row it is in."""

    line: int = 1
    parts: list[Part] = field(default_factory=list)
    gap: bool = False
    text: list[str] = field(default_factory=list)
    begun: int = 1
    cells: list[list[Part]] | None = None

    def through(self, page: Any, events: Iterator[tuple[str, Any]]) -> None:
        """Walk through the elements of a page in order."""
        unseen = 0
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                unseen -= tag in UNSEEN
                if not unseen:
                    self._ended(tag)
                self._said(element.tail, bool(unseen))
                continue
            if tag and element.sourceline and element.sourceline < LAST_LINE:
                self.line = element.sourceline
            if event != "start":
                self._said(element.text, unseen=True)
                self._said(element.tail, bool(unseen))
                continue
            unseen += tag in UNSEEN
            if not unseen:
                self._started(tag, element)
            self._said(element.text, bool(unseen))
        self._flush()

    def _said(self, text: str | None, unseen: bool) -> None:
        if not text:
            return
        if not unseen and text.strip():
            if not self.text:
                self.begun = self.line + text[: len(text) - len(text.lstrip())].count("\n")
            self.text.append(text)
        elif not unseen and self.text:
            self.text.append(" ")
        self.line += text.count("\n")

    def _started(self, tag: str, element: Any) -> None:
        if tag in BREAKING:
            self._flush()
        if tag in APART:
            self.gap = self.cells is None
        if tag == "tr":
            layout = any(True for _ in element.iterdescendants(*LAYOUT))
            self.cells = None if layout else []
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append([])

    def _ended(self, tag: str) -> None:
        if tag in BREAKING:
            self._flush()
        if tag == "tr" and self.cells is not None:
            cells, self.cells = self.cells, None
            for part in row(cells):
                self._keep(part)
        if tag in APART and self.cells is None:
            self.gap = True

    def _flush(self) -> None:
        """End the block that is being gathered."""
        text = collapse("".join(self.text))
        self.text = []
        if text and self.cells:
            self.cells[-1].append(Part(self.begun, text))
        elif text:
            self._keep(Part(self.begun, text))

    def _keep(self, part: Part) -> None:
        if self.gap and self.parts:
            self.parts.append(Part(part.at, ""))
        self.gap = False
        self.parts.append(part)
