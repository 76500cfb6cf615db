"""Tables of two columns found in the rows of a page: by where words begin, never by what they say.

A label may take more lines than its value and stand beside the middle of it; a row may begin on the page
before. What is drawn parts the rows where something is; else the gaps between them do.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from esfdata.documents.layout.table_rows import Part, row
from esfdata.documents.layout.word_rows import Row, Rule, Word, rows_of

LEADING = 1.3
"""How far apart, in heights of a row, two lines of one cell may be."""
GAP = 0.4
"""Space in front of a column, in heights of a row: more than between words."""
NEAR = 0.3
"""How far from a column's edge, in heights of a row, its words may begin."""
FLUSH = 0.15
"""How far from one another, in heights of a row, labels may begin."""
LARGER = 1.3
"""How much higher than a label something may be that is no heading."""

_LETTERS = re.compile(r"[^\W\d_]{3}")
Side = Literal["left", "right", "both", "across"]
Band = tuple[float | None, Sequence[Row]]


def bands(rows: Sequence[Row]) -> Iterator[Band]:
    """The rows of a page in order, those of a table together with the left edge of its second column."""
    owners: list[float | None] = [None] * len(rows)
    for edge in _edges(rows):
        free = [owner is None and _side(row, edge) != "across" for owner, row in zip(owners, rows)]
        for start, stop in _runs(free):
            for first, last in _tables(rows, start, stop, edge):
                owners[first:last] = [edge] * (last - first)
    for owner, group in groupby(zip(owners, rows), key=lambda pair: pair[0]):
        yield owner, [row for _, row in group]


def _edges(rows: Sequence[Row]) -> list[float]:
    """Where a second column may begin, the best supported first."""
    if not rows:
        return []
    margin = min(row.words[0].left for row in rows)
    starts = sorted(start for row in rows for start in _starts(row, margin))
    near = NEAR * median(row.height for row in rows)
    clusters: list[list[float]] = []
    for start in starts:
        if not clusters or start - clusters[-1][0] > near:
            clusters.append([])
        clusters[-1].append(start)
    return [cluster[0] for cluster in sorted(clusters, key=len, reverse=True) if len(cluster) > 1]


def _starts(row: Row, margin: float) -> Iterator[float]:
    """The left edges of words that have more space in front of them than words of a sentence have."""
    if row.words[0].left - margin > 3 * row.height:
        yield row.words[0].left
    for before, word in pairwise(row.words):
        if word.left - before.right >= GAP * row.height:
            yield word.left


def _side(row: Row, edge: float) -> Side:
    """On which side of an edge a row stands; a text that only happens to have a space there goes across."""
    left, right = _halves(row, edge)
    near = NEAR * row.height
    if len(left) + len(right) < len(row.words):
        return "across"
    if left and right:
        apart = right[0].left - left[-1].right >= GAP * row.height
        return "both" if apart and right[0].left - edge <= 2 * near else "across"
    return "left" if left else "right"


def _halves(row: Row, edge: float) -> tuple[list[Word], list[Word]]:
    near = NEAR * row.height
    left = [word for word in row.words if word.right <= edge - near / 3 and word.left < edge - near]
    return left, [word for word in row.words if word.left >= edge - near]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The stretches of flags that are set."""
    at = 0
    for flag, group in groupby(flags):
        size = len(list(group))
        if flag:
            yield at, at + size
        at += size


def _tables(rows: Sequence[Row], start: int, stop: int, edge: float) -> Iterator[tuple[int, int]]:
    """The tables in a stretch of rows: what stands on the left begins where the labels begin."""
    sides = [_side(row, edge) for row in rows[start:stop]]
    both = [row for row, side in zip(rows[start:stop], sides) if side == "both"]
    if not both:
        return
    labels, height = median(row.words[0].left for row in both), median(row.height for row in both)
    fits = [
        side == "right" or (abs(row.words[0].left - labels) <= FLUSH * height and row.height <= LARGER * height)
        for row, side in zip(rows[start:stop], sides)
    ]
    for first, last in _runs(fits):
        held = sides[first:last]
        inside = zip(rows[start + first : start + last], held)
        lefts = [" ".join(word.text for word in _halves(row, edge)[0]) for row, side in inside if side == "both"]
        wordy = [text for text in lefts if _LETTERS.search(text)]
        if len(held) - held.count("left") > 1 and 2 * len(wordy) > len(lefts) > 0:
            yield start + first, start + last


def lines(band: Sequence[Row], edge: float, rules: Sequence[Rule]) -> list[str]:
    """The rows of a table as text."""
    halves = [_halves(row, edge) for row in band]
    labels = rows_of(word for left, _ in halves for word in left)
    values = rows_of(word for _, right in halves for word in right)
    drawn = _drawn(labels, rules)
    parted = _by_rules(labels, values, drawn) if drawn else _by_gaps(labels, values)
    return [
        part.text
        for label, value in parted
        for part in row([[Part(1, line.text) for line in label], [Part(1, line.text) for line in value]])
    ]


Parted = list[tuple[list[Row], list[Row]]]


def _drawn(labels: Sequence[Row], rules: Sequence[Rule]) -> list[float]:
    """The heights of the rules that part labels: an underlined text begins where the text does, they do not."""
    margin = min((label.words[0].left for label in labels), default=0)
    heights = sorted(rule.y for rule in rules if rule.left < margin and rule.right > margin)
    return heights if len({bisect(heights, label.middle) for label in labels}) > 1 else []


def _by_rules(labels: Sequence[Row], values: Sequence[Row], drawn: Sequence[float]) -> Parted:
    parted: dict[int, tuple[list[Row], list[Row]]] = {}
    for column, lines in enumerate((labels, values)):
        for line in lines:
            parted.setdefault(bisect(drawn, line.middle), ([], []))[column].append(line)
    return [parted[at] for at in sorted(parted)]


def _by_gaps(labels: Sequence[Row], values: Sequence[Row]) -> Parted:
    """Rows by the gaps between them; a value belongs to the label beside it, else to the one above.

    Where there are no gaps between rows, every line of a label has its own.
    """
    parted: Parted = [(group, []) for group in _groups(labels)]
    for group in _groups(values):
        beside = [at for at, (label, _) in enumerate(parted) if _beside(label, group)]
        for line in group:
            middle = line.middle + NEAR * line.height
            above = [at for at, (label, _) in enumerate(parted) if label and label[0].middle <= middle]
            at = beside[0] if len(beside) == 1 else above[-1] if above else -1
            if at < 0:
                if parted[0][0]:
                    parted.insert(0, ([], []))
                at = 0
            parted[at][1].append(line)
    return parted


def _groups(lines: Sequence[Row]) -> list[list[Row]]:
    """Lines of one column that stand together; a colon ends a label."""
    groups: list[list[Row]] = []
    for before, line in pairwise([None, *lines]):
        assert line is not None
        apart = before is None or line.middle - before.middle > LEADING * line.height
        if apart or before is None or before.text.endswith(":"):
            groups.append([])
        groups[-1].append(line)
    return groups


def _beside(label: Sequence[Row], value: Sequence[Row]) -> bool:
    """Whether two stretches of lines share some height."""
    if not label:
        return False
    half = label[0].height / 2
    return label[0].middle - half < value[-1].middle and value[0].middle < label[-1].middle + half
