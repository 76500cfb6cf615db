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

    def moved(self, right: float, down: float) -> Word:
        """The word on a page that its own is a part of."""
        return self._replace(
            left=self.left + right, top=self.top + down, right=self.right + right, bottom=self.bottom + down
        )


class Rule(NamedTuple):
    """A horizontal line drawn on a page."""

    left: float
    right: float
    y: float


class Row(NamedTuple):
    """Words on one line of a page from left to right, the height at which they stand, and how high they are."""

    words: Sequence[Word]
    middle: float
    height: float

    @classmethod
    def of(cls, words: Iterable[Word]) -> Row:
        """The row that words make."""
        ordered = sorted(words, key=lambda word: word.left)
        middle = median([(word.top + word.bottom) / 2 for word in ordered])
        return cls(ordered, middle, median([word.bottom - word.top for word in ordered]))

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join([word.text for word in self.words])


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
    return [Row.of(words) for words in rows]


class Sheet(NamedTuple):
    """One page: its rows and rules, the words that text recognition was not sure of, and its height."""

    rows: Sequence[Row] = ()
    rules: Sequence[Rule] = ()
    doubtful: frozenset[str] = frozenset()
    height: float = 0
