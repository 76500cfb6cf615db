"""The summaries of a description (sections 3 and 9): figures whose parts belong together, and place lists.

Only structures that are certain are read; a sentence that leaves a doubt gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from esfdata.documents.cell_statements import About, state
from esfdata.documents.document import Line, Statement
from esfdata.documents.kinds.description import locations
from esfdata.documents.kinds.description.costs import costs
from esfdata.documents.kinds.description.counts import counts
from esfdata.documents.kinds.description.form import NARRATIVE, Section
from esfdata.documents.passage import Passage, cells
from esfdata.documents.place_names import Years

LONGEST = 3000
"""Characters of a sentence that are read; a longer one is no sentence."""

_END = re.compile(r"(?<![ .(]n)(?<![ .(]mm)(?<!esim)[.!?]\s+(?=[A-ZÅÄÖ0-9])|\s(?=- )")


def statements(about: About, sections: Mapping[str, Section], years: Years) -> Iterator[Statement]:
    """The figures and lists of municipalities of the summaries; what was reported goes before the plan."""
    seen: set[str] = set()
    for number in reversed(NARRATIVE):
        if number in sections:
            for passage in paragraphs(sections[number].lines):
                yield from locations.listed(about, number, passage, years)
                yield from _figures(about, number, passage, seen)


def paragraphs(lines: Sequence[Line]) -> Iterator[Passage]:
    """The paragraphs of a text: lines with no blank one between them."""
    parts: list[tuple[Line, str]] = []
    for line in lines:
        if text := " ".join(cells(line.text)):
            parts.append((line, text))
        else:
            yield Passage.of(parts)
            parts = []
    yield Passage.of(parts)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets."""
    start = 0
    for match in _END.finditer(text):
        yield start, text[start : match.end()]
        start = match.end()
    yield start, text[start:]


def _figures(about: About, number: str, passage: Passage, seen: set[str]) -> Iterator[Statement]:
    """The figures of one paragraph; a group that a document has given already is not given again."""
    for start, sentence in sentences(passage.text):
        if len(sentence) > LONGEST or not re.search(r"\d", sentence):
            continue
        figures = [*costs(sentence), *counts(sentence)]
        groups = {figure.group for figure in figures} - seen
        seen |= groups
        for figure in figures:
            if figure.group in groups:
                key = f"{about.project}/{about.document_id}/{figure.group}/{figure.item}"
                line = passage.line(start + figure.offset)
                yield state("figures", key, "value", figure.value, figure.original, line)
                yield state("figures", key, "unit", figure.unit, figure.original, line)
                yield state("figures", key, "section", number, figure.original, line)
