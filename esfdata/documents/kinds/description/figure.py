"""A number read from running text, and the words that a label may have beside what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from esfdata.text import fold


class Figure(NamedTuple):
    """A number of a group: its item, value and unit, what stands in the text, and where."""

    group: str
    item: str
    value: str
    unit: str
    original: str
    offset: int


AROUND = frozenset(
    "joista josta heistä näistä niistä osallistujista kaikista oli olivat on ovat yhteensä yht noin n eli "
    "kaikkiaan mukaan lukien hankkeessa mukana sekä ja yhteensä".replace("ä", "a").split()
)
"""Words that say nothing of what is counted."""


def spare(text: str) -> bool:
    """Whether a text holds only words that say nothing of what is counted."""
    return set(fold(text).split()) <= AROUND


def item(text: str, phrases: Mapping[str, re.Pattern[str]]) -> str | None:
    """The one item that a folded text says, with nothing beside it but spare words, else None."""
    names = [
        name
        for name, phrase in phrases.items()
        if (match := phrase.search(text)) and spare(text[: match.start()]) and spare(text[match.end() :])
    ]
    return names[0] if len(names) == 1 else None


def phrases(**forms: str) -> dict[str, re.Pattern[str]]:
    """Patterns over folded text, each a whole word or several."""
    return {name: re.compile(rf"\b(?:{form})\b") for name, form in forms.items()}


def named(text: str) -> str | None:
    """A name made of a label's own words, when it has at most three."""
    words = [word for word in fold(text).split() if word not in AROUND]
    return "_".join(words) if 1 <= len(words) <= 3 and all(map(str.isalpha, words)) else None
