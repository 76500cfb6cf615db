"""The links of a written site, checked without a browser: every one leads to a file and a place in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESSES = {"href", "src", "action"}


class _Page(HTMLParser):
    """The addresses that a page leads to, and the places in it that have a name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses and names of an element."""
        for name, value in attrs:
            if name in ADDRESSES and value:
                self.addresses.append(value)
            elif name == "id" and value:
                self.names.add(value)


def broken(folder: Path) -> Iterator[tuple[str, str]]:
    """The links inside a site that lead nowhere: the page, and the address as it stands there.

    The state of a table (`index.html#fund=ESR`) is no place in a page and not checked.
    """
    pages = {path.relative_to(folder).as_posix(): _Page(path.read_text(encoding="utf-8"))
             for path in sorted(folder.rglob("*.html"))}  # fmt: skip
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            inside = posixpath.join(posixpath.dirname(name), unquote(parts.path))
            target = posixpath.normpath(inside) if parts.path else name
            place = unquote(parts.fragment)
            known = target not in pages or not place or "=" in place or place in pages[target].names
            if target not in files or not known:
                yield name, address
