"""Finding the labels of a form in lines of text, and the values that belong to them.

A label is known by what it says, not by its exact bytes: case, accents, OCR's confusions, a break of the
line, a lost colon and decoration do not matter, as long as one label is clearly nearer than any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from esfdata.documents.document import Line
from esfdata.documents.passage import Passage, cells
from esfdata.text import fold, squeeze

ENOUGH = 86.0
"""How alike (of 100) a text and a label must be."""
CLEARLY = 3.0
"""How much nearer than the next label it must be."""
LONGEST = 120
"""How many characters a label has at most."""
LONGEST_VALUE = 50
"""How many lines a value goes on over at most, below that of its label."""
DEEPEST = 3
"""How many lines a label may be broken over."""
GAP = 4
"""How many lines are looked at for a value that has not begun."""

_UNKNOWN = re.compile(r"([A-ZÅÄÖ][^:]{1,79}):(?:\s|$)")


class Label(NamedTuple):
    """A label of a form: the field it stands for, its text, and whether every form has it."""

    field: str
    text: str
    required: bool = True
    also: tuple[str, ...] = ()
    wraps: bool = True
    """Whether a value may go on over the next lines."""
    stem: str = ""
    """Letters that give the label away in whatever else a line holds."""
    listed: bool = False
    """Whether the value is a list, whose items may have gaps between them."""


class Labelled(NamedTuple):
    """A label that was found and its value; `label` is None for one that the form does not have."""

    label: Label | None
    text: str
    line: Line
    value: Passage


Labels = tuple[Label, ...]


@cache
def _squeezed(labels: Labels) -> dict[str, Label]:
    """The labels by their squeezed texts; of two that say the same the first counts."""
    return {squeeze(text): label for label in reversed(labels) for text in (label.text, *label.also)}


def match_label(text: str, labels: Labels, enough: float = ENOUGH, clearly: float = CLEARLY) -> Label | None:
    """The one label that a text says, or None."""
    if len(text) > LONGEST:
        return None
    texts = _squeezed(labels)
    wanted = squeeze(text)
    if wanted in texts:
        return texts[wanted]
    likest = process.extract(wanted, texts.keys(), scorer=fuzz.ratio, score_cutoff=enough, limit=4)
    if not likest:
        return None
    best = texts[likest[0][0]]
    rivals = [score for spelling, score, _ in likest if texts[spelling] is not best]
    return best if not rivals or likest[0][1] - rivals[0] >= clearly else None


def labelled(lines: Sequence[Line], labels: Labels, report_unknown: bool = True) -> Iterator[Labelled]:
    """The labels found in lines, in order, each with the value that stands after or under it."""
    at = 0
    while at < len(lines):
        if start_of_label := _label(lines, at, labels):
            label, parts, after, text = start_of_label
            start, at = at, after
            while (follows := _following(lines, at, label, parts)) is not None:
                if _label(lines, follows, labels) or unknown(lines, follows):
                    break
                parts.append((lines[follows], _joined(lines[follows])))
                at = follows + 1
            yield Labelled(label, text, lines[start], Passage.of(parts))
            continue
        if report_unknown and (text_ := unknown(lines, at)):
            yield Labelled(None, text_, lines[at], Passage())
        at += 1


def unknown(lines: Sequence[Line], at: int) -> str | None:
    """The text of what looks like a label: before a colon, or in the first cell of a row with a value."""
    parts = cells(lines[at].text)
    if len(parts) < 2:
        match = _UNKNOWN.match(parts[0]) if parts else None
        return match[1].strip() if match else None
    above_rule = at + 1 < len(lines) and lines[at + 1].text.strip() and not cells(lines[at + 1].text)
    return None if above_rule or not any(parts[1:]) else parts[0].rstrip(": ")[:LONGEST] or None


def _following(lines: Sequence[Line], at: int, label: Label, parts: list[tuple[Line, str]]) -> int | None:
    """The line a value may go on in: the next one, or past a gap if it has not begun or is broken off."""
    last = next((part.strip() for _, part in reversed(parts) if part.strip()), "")
    if (last and not label.wraps) or len(parts) > LONGEST_VALUE:
        return None
    open_end = label.listed or not last or last.endswith((",", "-"))
    for follows in range(at, min(at + (GAP if open_end else 1), len(lines))):
        if lines[follows].text.strip():
            return follows
    return None


def _joined(line: Line) -> str:
    return " ".join(cells(line.text))


Match = tuple[Label, list[tuple[Line, str]], int, str]


def _label(lines: Sequence[Line], at: int, labels: Labels) -> Match | None:
    """The label that begins on a line: what of its lines is value, and the line after it."""
    parts = cells(lines[at].text)
    if not parts or not parts[0]:
        return None
    if len(parts) > 1:
        label = match_label(parts[0].rstrip(": "), labels)
        return (label, [(lines[at], " ".join(parts[1:]))], at + 1, parts[0]) if label else None
    best: Match | None = None
    head = ""
    for after, line in enumerate(lines[at : at + DEEPEST], start=at + 1):
        before, colon, rest = _joined(line).partition(":")
        head = f"{head} {before}".strip()
        if not before or len(head) > LONGEST:
            break
        label = match_label(head, labels)
        if label and (best is None or (label is best[0] and colon)):
            best = label, [(line, rest)], after, head
        if colon or not (label or _begins(head, labels)):
            break
    return best or _uncoloned(lines, at, parts[0], labels) or _by_stem(lines, at, parts[0], labels)


def _begins(head: str, labels: Labels) -> bool:
    """Whether a text could be the beginning of a label that goes on in the next line."""
    text = squeeze(head)
    return len(text) >= 3 and any(
        len(text) < len(label) and fuzz.ratio(text, label[: len(text)]) >= ENOUGH for label in _squeezed(labels)
    )


def _uncoloned(lines: Sequence[Line], at: int, text: str, labels: Labels) -> Match | None:
    """A label without its colon, followed by its value on the same line."""
    words = text.split()
    best: tuple[int, Label, int] | None = None
    for spelling, label in _spellings(labels):
        size = len(spelling)
        begin = words[:size]
        if len(words) > size and all(
            fuzz.ratio(fold(word), other) >= ENOUGH for word, other in zip(begin, spelling, strict=True)
        ):
            length = sum(len(word) + 1 for word in begin)
            if best is None or size > best[2]:
                best = (length, label, size)
    if best is None:
        return None
    length, label, _ = best
    return label, [(lines[at], text[length:].lstrip(" :.-\u2013"))], at + 1, text[:length].strip()


@cache
def _spellings(labels: Labels) -> tuple[tuple[tuple[str, ...], Label], ...]:
    return tuple(
        (tuple(fold(word) for word in text.split()), label) for label in labels for text in (label.text, *label.also)
    )


def _by_stem(lines: Sequence[Line], at: int, text: str, labels: Labels) -> Match | None:
    """A label that only its stem betrays; what of the line is value cannot be told, so all of it is."""
    for label in labels:
        if label.stem and fuzz.partial_ratio(label.stem, squeeze(text[:LONGEST])) >= ENOUGH:
            return label, [(lines[at], text)], at + 1, label.text
    return None
