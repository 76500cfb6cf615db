"""Words with their places on a page as rows of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple


class Word(NamedTuple):
    """A word and its box on the page; y grows downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A horizontal line drawn on a page."""

    left: float
    right: float
    y: float


class Row(NamedTuple):
    """Words that stand on one line of a page, from left to right."""

    words: Sequence[Word]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """The height on the page at which it stands."""
        return median((word.top + word.bottom) / 2 for word in self.words)

    @property
    def height(self) -> float:
        """The height of its letters."""
        return median(word.bottom - word.top for word in self.words)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The words of a page as rows from top to bottom."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        centre = (word.top + word.bottom) / 2
        if not rows or centre - middle > 0.3 * min(height, word.bottom - word.top):
            rows.append([])
            middle, height = centre, word.bottom - word.top
        rows[-1].append(word)
    return [Row(sorted(words, key=lambda word: word.left)) for words in rows]


class Sheet(NamedTuple):
    """One page: its rows and rules, the words that text recognition was not sure of, and its height."""

    rows: Sequence[Row] = ()
    rules: Sequence[Rule] = ()
    doubtful: frozenset[str] = frozenset()
    height: float = 0
