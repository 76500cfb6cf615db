"""Text gathered from several lines that still knows the line of every character; and cells of a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from esfdata.documents.document import Line
from esfdata.text import collapse

WIDEST = 20_000
"""Characters of one line that are looked at when labels are sought; what follows is text, not a form."""

_RULE = re.compile(r"[\s|:+=_-]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\S)[*_](?=\S)|(?<=\S)[*_](?!\S)|^\s{0,3}#{1,6}\s+|`")
_DECORATION = re.compile(r"[*_#`]")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,300}\)")
_HANGING = ("ja", "tai", "sekä", "seka", "och", "eli")


def cells(line: str) -> list[str]:
    """The cells of a line without Markdown or HTML decoration; a line outside tables is one cell.

    A row that only draws a rule has no cells.
    """
    text = line[:WIDEST].strip()
    row = text.startswith("|") and text.endswith("|") and len(text) > 1
    if row and _RULE.fullmatch(text):
        return []
    parts = text[1:-1].split("|") if row else [line]
    return [plain(part) for part in parts]


def plain(text: str) -> str:
    """The text without `**`, `#`, backquotes, tags and the targets of links, and with single spaces."""
    text = text[:WIDEST]
    if "<" in text:
        text = _TAG.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if _DECORATION.search(text):
        text = _EMPHASIS.sub("", text)
    return collapse(text)


@dataclass(frozen=True)
class Passage:
    """A piece of text and where each part of it came from."""

    text: str = ""
    starts: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[tuple[Line, str]]) -> Passage:
        """Parts of lines joined by spaces; a word that a hyphen cut at a line's end is joined without."""
        text: list[str] = []
        starts: list[int] = []
        lines: list[Line] = []
        length, last = 0, ""
        for line, part in parts:
            part = part.strip()
            if not part:
                continue
            cut = last.endswith("-") and not last.endswith(" -") and part.split()[0] not in _HANGING
            joint = "" if not text or cut else " "
            starts.append(length + len(joint))
            lines.append(line)
            text.append(joint + part)
            length, last = length + len(joint) + len(part), part
        return cls("".join(text), tuple(starts), tuple(lines))

    def line(self, offset: int = 0) -> Line:
        """The line that the character at `offset` stands on."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]

    def __bool__(self) -> bool:
        return bool(self.text)
