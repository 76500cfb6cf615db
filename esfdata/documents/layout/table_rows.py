"""Tables as rows of text: `| label | value |`, the one shape in which every form hands tables on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of text and where it stands (the line of a web page, the page of a paper); empty is a gap."""

    at: int
    text: str


Cell = Sequence[Part]


def row(cells: Sequence[Cell]) -> Iterator[Part]:
    """A table row as lines: the first holds the whole label and the first line of every other cell.

    The further lines of the cells follow in rows whose first cell is empty. A row stands where its last
    filled cell begins, for that is where its value is.
    """
    filled = [cell for cell in cells if cell]
    if not filled:
        return
    if len(cells) == 1:
        yield from cells[0]
        return
    for depth in range(max(1, *(len(cell) for cell in cells[1:]))):
        parts = [cell[depth] if depth < len(cell) else None for cell in cells[1:]]
        last = next((part for part in reversed(parts) if part), filled[0][0])
        label = joined(part.text for part in cells[0]) if depth == 0 else ""
        texts = [label, *(part.text if part else "" for part in parts)]
        yield Part(last.at, f"| {' | '.join(text.replace('|', '¦') for text in texts)} |")


def joined(texts: Iterable[str]) -> str:
    """Lines of one cell as one text; a word that a hyphen cut at a line's end is joined without a space."""
    whole = ""
    for text in texts:
        cut = whole.endswith("-") and not whole.endswith(" -")
        whole += text if cut or not whole else f" {text}"
    return whole
