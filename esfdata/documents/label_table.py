"""Labels and values of a table of two columns that text recognition may have run into one another.

A label may stand alone, over several lines, in front of its value, or with its lines and the value's lines
taking turns: `Varsinaiset First half of the value` / `kohderyhmät second half of the value`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from esfdata.documents.document import Line
from esfdata.documents.labels import Label, Labels, match_label
from esfdata.documents.passage import Passage, cells
from esfdata.text import fold

ALIKE = 75.0
"""How alike (of 100) a word and a label's word must be."""
_WORD = re.compile(r"[^\s-]+-?|-")

LONGEST = 5000
DEEPEST = 6
"""How many lines, with blank ones, a label may be spread over."""


class Field(NamedTuple):
    """A label of the card, the line it begins on, and its value."""

    label: Label
    line: Line
    value: Passage


def fields(lines: Sequence[Line], labels: Labels) -> list[Field]:
    """The labels found, in the order of the form, each with what stands up to the next one.

    Addresses printed below the table are no value.
    """
    placed: list[tuple[Label, int, int, list[tuple[Line, str]]]] = []
    at, rest = 0, labels
    while at < len(lines):
        start = _label(lines, at, rest)
        if start is None:
            at += 1
            continue
        label, values, after = start
        rest = rest[rest.index(label) + 1 :]
        placed.append((label, at, after, values))
        at = after
    ends = [at for _, at, _, _ in placed[1:]] + [len(lines)]
    return [
        Field(label, lines[at], Passage.of([*values, *_texts(lines[after:end], bool(values))]))
        for (label, at, after, values), end in zip(placed, ends)
    ]


def _texts(lines: Sequence[Line], table: bool) -> list[tuple[Line, str]]:
    """The lines under a label that are value."""
    texts: list[tuple[Line, str]] = []
    for line in lines:
        parts = cells(line.text)
        text = " ".join(parts)
        row = line.text.lstrip().startswith("|") and table
        if re.match(r"\s*https?://", text) or (row and parts and parts[0]):
            break
        texts.append((line, text))
    return texts


Start = tuple[Label, list[tuple[Line, str]], int]


def _label(lines: Sequence[Line], at: int, labels: Labels) -> Start | None:
    """The label that begins on a line: what of its lines is value, and the line after it."""
    parts = cells(lines[at].text[:LONGEST])
    if not parts or not parts[0]:
        return None
    if len(parts) > 1:
        return _in_row(lines, at, labels)
    beginning = _WORD.match(parts[0])
    first = fold(beginning[0]) if beginning else ""
    for label in labels:
        words = _words(label.text)
        likely = first[:1] == words[0][:1] or len(words) > 1
        likely = likely and fuzz.ratio(first, words[0][: len(first)]) >= ALIKE
        if likely and (start := _spread(lines, at, label, words)):
            return start
    return None


def _in_row(lines: Sequence[Line], at: int, labels: Labels) -> Start | None:
    """The label of a table's row, which a page's end may have cut: then its rest is in the next row."""
    label_text, values = "", []
    for after, line in enumerate(lines[at : at + DEEPEST], start=at + 1):
        parts = cells(line.text[:LONGEST])
        if len(parts) < 2 and line.text.strip():
            break
        label_text = f"{label_text} {parts[0]}".strip() if parts else label_text
        values.append((line, " ".join(parts[1:]) or " "))
        if parts and parts[0] and (label := match_label(label_text.rstrip(":"), labels)):
            return label, values, after
    return None


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def _spread(lines: Sequence[Line], at: int, label: Label, words: Sequence[str]) -> Start | None:
    """One label whose words begin successive lines, each followed or not by a part of the value."""
    wanted = words
    values: list[tuple[Line, str]] = []
    for after, line in enumerate(lines[at : at + DEEPEST], start=at + 1):
        text = " ".join(cells(line.text[:LONGEST]))
        if not text:
            if values:
                return None
            continue
        wanted, taken = _consume(text, wanted)
        if not taken:
            return None
        if rest := text[taken:].lstrip(":., "):
            if len(words) == 1 and not rest[:1].isupper() and not rest[:1].isdigit():
                return None  # a sentence that begins with the label's word
            values.append((line, rest))
        if not wanted:
            return label, values, after
    return None


def _consume(text: str, wanted: Sequence[str]) -> tuple[Sequence[str], int]:
    """What of a label is left after the words that a line begins with, and where in the line they end.

    A word that a hyphen cuts at the line's end leaves its second half.
    """
    taken = 0
    for match in _WORD.finditer(text):
        word = fold(match[0])
        if not word and wanted:
            continue
        if not wanted:
            break
        half = wanted[0][: len(word)]
        cut = match.end() == len(text) and text.endswith("-") and 2 <= len(word) < len(wanted[0]) - 1
        if cut and fuzz.ratio(word, half) >= ALIKE:
            return [wanted[0][len(word) :], *wanted[1:]], len(text)
        if word != wanted[0] and (len(wanted[0]) < 4 or fuzz.ratio(word, wanted[0]) < ALIKE):
            break
        wanted, taken = wanted[1:], match.end()
    return wanted, taken
