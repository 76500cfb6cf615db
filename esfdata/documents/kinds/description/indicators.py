"""Sections 7 and 8 of a description: planned and realised participants, and the scored principles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from esfdata.documents.cell_statements import About, state
from esfdata.documents.document import Line, Statement
from esfdata.documents.kinds.description.form import LABELS, Section, items, questions
from esfdata.documents.labels import DEEPEST, Label, Labelled, Labels, labelled, match_label
from esfdata.documents.passage import cells
from esfdata.text import count, fold

PARTICIPATION = {"7.1": "participating_enterprises", "7.2": "participating_persons"}
_SCORES = re.compile(r"(?P<label>.{4,150}?)[\s:]+(?P<scores>[\dOoIl]{1,2}\s{1,9}[\dOoIl]{1,2}|(?!10$)[\dOoIl]{2,4})")
_AS_DIGIT = str.maketrans("OoIl", "0011")
LETTER = "a letter read as a digit; a {} is a number"
_GLUED = re.compile("(10|[0-9])(10|[0-9])")


def labels(number: str) -> Labels:
    """The labels of a section that stand in front of scores or answers."""
    return questions() if number == "8.1" else items() if number == "8.2" else ()


def labels_in(section: Section) -> set[Label | None]:
    """Those of its labels that a section has."""
    if section.number == "8.1":
        return {label for label, _ in answers(section.lines)}
    return {label for label, *_ in scores(section.lines)} if section.number == "8.2" else set()


def statements(
    about: About, sections: dict[str, Section], fields: dict[str, tuple[Labelled, ...]]
) -> Iterator[Statement]:
    """What sections 7, 8.1 and 8.2 state."""
    for number, indicator in PARTICIPATION.items():
        for field in fields.get(number, ()):
            if field.label in LABELS[number] and field.value:
                text = field.value.text
                key = f"{about.project}/{indicator}/{field.label.field}"
                said = re.sub(r"\s*(?:kpl|henkilöä|yritystä)\.?$", "", text)
                digits = said.translate(_AS_DIGIT)
                repair = LETTER.format("count") if digits != said and digits.isdigit() else None
                read = count(digits if repair else said)
                value, line = None if read is None else str(read), field.value.line()
                yield state("indicators", key, "value", value, text, line, repair)
    if section := sections.get("8.1"):
        for label, field in answers(section.lines):
            key = f"{about.project}/{label.field}/stated"
            answer = _answer(field.value.text)
            yield state("indicators", key, "value", answer, field.value.text.split()[0], field.value.line())
    if section := sections.get("8.2"):
        for label, pair, line in scores(section.lines):
            for measure, score in zip(("direct", "indirect"), pair):
                key = f"{about.project}/{label.field}/{measure}"
                yield state("indicators", key, "value", score.value, score.original, line, score.repair)


def answers(lines: Sequence[Line]) -> Iterator[tuple[Label, Labelled]]:
    """The questions of section 8.1 and their answers, each once; the reasons under them are free text."""
    seen = set()
    for field in labelled(lines, questions(), report_unknown=False):
        if field.label and field.label not in seen and field.value and _answer(field.value.text):
            seen.add(field.label)
            yield field.label, field


def _answer(text: str) -> str | None:
    first = fold(text.split()[0]) if text.split() else ""
    return {"kylla": "1", "ei": "0"}.get(first)


class Score(NamedTuple):
    """One score: its value, what stands in the document, and why that was read so."""

    value: str
    original: str
    repair: str | None = None


def scores(lines: Sequence[Line]) -> Iterator[tuple[Label, list[Score], Line]]:
    """The items of section 8.2 with their two scores, each once, and the line the scores stand on."""
    seen = set()
    texts = [" ".join(cells(line.text)) if len(line.text) < 400 else "" for line in lines]
    for at, line in enumerate(lines):
        for depth in range(DEEPEST):  # a label may begin on an earlier line
            if at - depth < 0 or not texts[at - depth]:
                break
            row = _SCORES.fullmatch(" ".join(texts[at - depth : at + 1]))
            label = match_label(row["label"], items()) if row else None
            if row and label and label not in seen and (read := _two(row["scores"])):
                seen.add(label)
                yield label, read, line
                break
            if row is None and depth == 0:
                break


def _two(text: str) -> list[Score]:
    """Two scores; where the space between them was lost, the range of a score must part them."""
    parts, repair = text.split(), None
    if len(parts) == 1:
        glued = _GLUED.fullmatch(text.translate(_AS_DIGIT))
        parts = list(glued.groups()) if glued else []
        repair = f"{text} parted in two; no score is above 10"
    letter = LETTER.format("score")
    digits = [(part, part.translate(_AS_DIGIT)) for part in parts]
    return [Score(str(int(read)), part, repair or (letter if read != part else None)) for part, read in digits]
