"""Finding the labels of a form in lines of text, and the values that belong to them.

A label is known by what it says, not by its exact bytes: case, accents, OCR's confusions, a break of the
line, a lost colon and decoration do not matter, as long as one label is clearly nearer than any other.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Iterator, NamedTuple, Sequence

from rapidfuzz import fuzz, process

from esfdata.documents.model import Line
from esfdata.documents.passage import Passage, cells
from esfdata.text import fold, squeeze

ENOUGH = 86.0
"""How alike (of 100) a text and a label must be."""
CLEARLY = 3.0
"""How much nearer than the next label it must be."""
LONGEST = 120
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


class Labelled(NamedTuple):
    """A label that was found and its value; `label` is None for one that the form does not have."""

    label: Label | None
    text: str
    line: Line
    value: Passage


Labels = tuple[Label, ...]


@cache
def _squeezed(labels: Labels) -> dict[str, Label]:
    return {squeeze(text): label for label in labels for text in (label.text, *label.also)}


def known(text: str, labels: Labels, enough: float = ENOUGH) -> Label | None:
    """The one label that a text says, or None."""
    if len(text) > LONGEST:
        return None
    texts = _squeezed(labels)
    wanted = squeeze(text)
    if wanted in texts:
        return texts[wanted]
    found = process.extract(wanted, texts.keys(), scorer=fuzz.ratio, score_cutoff=enough, limit=4)
    if not found:
        return None
    best = texts[found[0][0]]
    rivals = [score for spelling, score, _ in found if texts[spelling] is not best]
    return best if not rivals or found[0][1] - rivals[0] >= CLEARLY else None


def labelled(lines: Sequence[Line], labels: Labels, report_unknown: bool = True) -> Iterator[Labelled]:
    """The labels found in lines, in order, each with the value that stands after or under it."""
    at = 0
    while at < len(lines):
        found = _label(lines, at, labels)
        unknown = None if found else _UNKNOWN.match(_joined(lines[at]))
        if found:
            label, parts, after, text = found
            start, at = at, after
            while (follows := _following(lines, at, label, parts)) is not None:
                if _label(lines, follows, labels) or _UNKNOWN.match(_joined(lines[follows])):
                    break
                parts.append((lines[follows], _joined(lines[follows])))
                at = follows + 1
            yield Labelled(label, text, lines[start], Passage.of(parts))
            continue
        if unknown and report_unknown:
            rest = _joined(lines[at])[unknown.end() :]
            yield Labelled(None, unknown[1].strip(), lines[at], Passage.of([(lines[at], rest)]))
        at += 1


def _following(lines: Sequence[Line], at: int, label: Label, parts: list[tuple[Line, str]]) -> int | None:
    """The line that a value may go on in: the next one, or past a gap if it has not begun or is broken off."""
    value = " ".join(part for _, part in parts).strip()
    if value and not label.wraps:
        return None
    open_end = not value or value.endswith((",", "-"))
    for follows in range(at, min(at + (GAP if open_end else 1), len(lines))):
        if lines[follows].text.strip():
            return follows
    return None


def _joined(line: Line) -> str:
    return " ".join(cells(line.text))


Found = tuple[Label, list[tuple[Line, str]], int, str]


def _label(lines: Sequence[Line], at: int, labels: Labels) -> Found | None:
    """The label that begins on a line: what of its lines is value, and the line after it."""
    parts = cells(lines[at].text)
    if not parts or not parts[0]:
        return None
    if len(parts) > 1:
        label = known(parts[0].rstrip(": "), labels)
        return (label, [(lines[at], " ".join(parts[1:]))], at + 1, parts[0]) if label else None
    head, line = "", parts[0]
    for depth in range(DEEPEST):
        if at + depth >= len(lines):
            break
        text = _joined(lines[at + depth])
        before, colon, after = text.partition(":")
        head = f"{head} {before}".strip()
        if not text or len(head) > LONGEST:
            break
        label = known(head, labels)
        if label and (colon or len(squeeze(head)) > 5):
            return label, [(lines[at + depth], after)], at + depth + 1, head
        if colon or not _begins(head, labels):
            break
    return _uncoloned(lines, at, line, labels) or _by_stem(lines, at, line, labels)


def _begins(head: str, labels: Labels) -> bool:
    """Whether a text could be the beginning of a label that goes on in the next line."""
    text = squeeze(head)
    return len(text) >= 3 and any(
        len(text) < len(label) and fuzz.ratio(text, label[: len(text)]) >= ENOUGH for label in _squeezed(labels)
    )


def _uncoloned(lines: Sequence[Line], at: int, text: str, labels: Labels) -> Found | None:
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
        (tuple(fold(word) for word in text.split()), label)
        for label in labels
        for text in (label.text, *label.also)
    )


def _by_stem(lines: Sequence[Line], at: int, text: str, labels: Labels) -> Found | None:
    """A label that only its stem betrays; what of the line is value cannot be told, so all of it is."""
    for label in labels:
        if label.stem and fuzz.partial_ratio(label.stem, squeeze(text[:LONGEST])) >= ENOUGH:
            return label, [(lines[at], text)], at + 1, label.text
    return None
