"""Counts in a sentence that belong together: participants by status or education, partners by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from esfdata.documents.kinds.description.figure import Figure, item, named, phrases, spare
from esfdata.text import count, fold, number_word
from esfdata.text.numbers import GROUPED


class Group(NamedTuple):
    """A group of counts: its unit, what its parts and the whole are called, and how many parts it takes."""

    unit: str
    items: Mapping[str, re.Pattern[str]]
    whole: re.Pattern[str]
    fewest: int = 3
    open: bool = False
    """Whether a kind that is not known may stand among the known ones."""
    mentioned: bool = False
    """Whether the sentence must name the whole."""


_PEOPLE = re.compile(r"\b(?:henkilo|osallistuj|ihmi|asiak)\w*")
_DONE = r"(?: koulutu(?:s|ksen|sta)| tutkinno[nt])?(?: suorittanei(?:ta|den)| suorittaneet| saaneita| kayneita)?"

GROUPS = {
    "participants": Group(
        "persons",
        phrases(women=r"nai(?:sia|set|sta|nen)", men=r"mie(?:hia|het|sta|s)"),
        _PEOPLE,
        fewest=1,
        mentioned=True,
    ),
    "participants_by_status": Group(
        "persons",
        phrases(
            unemployed=r"tyottom(?:ia|at)|tyoton(?:ta)?",
            students=r"opiskelij(?:oita|at|aa|a)",
            employed=r"tyossa ?(?:kayv|olev|olle)\w+|tyolli(?:sia|set|sta)",
            outside_labour_force=r"tyo(?:elaman|voiman|markkinoiden) ulkopuolella(?: olev\w+| olle\w+)?",
            pensioners=r"elakelai(?:sia|set|sta|nen)|elakkeella olev\w+",
            entrepreneurs=r"yrittaj(?:ia|at|aa|a)",
        ),
        _PEOPLE,
    ),
    "participants_by_education": Group(
        "persons",
        phrases(
            without_basic=r"ilman perus(?:asteen|koulun)?(?: \w*koulutusta| tutkintoa| todistusta)?",
            basic=rf"(?<!ilman )(?:perusaste|perusasteen|peruskoulun){_DONE}",
            secondary=rf"(?:keskiaste|keskiasteen|toisen asteen){_DONE}",
            tertiary=rf"(?:korkea asteen?|korkeakoulu(?:tutkinnon|tuksen)?){_DONE}|korkeakoulutettuja",
        ),
        _PEOPLE,
    ),
    "partners_by_kind": Group(
        "organisations",
        phrases(
            associations=r"yhdisty(?:sta|ksia|s|kset)",
            companies=r"yrity(?:sta|ksia|s|kset)",
            schools=r"oppilaito(?:sta|ksia|s|kset)",
            joint_municipal_authorities=r"kuntayhty(?:maa|mia|ma|mat)",
            municipalities=r"kun(?:ta|taa|tia|nat)",
            cities=r"kaupun(?:ki|kia|keja|git)",
            parishes=r"seurakun(?:ta|taa|tia|nat)",
            organisations=r"jarjesto(?:a|ja|t)?",
            foundations=r"saatio(?:ta|ita|t)?",
            authorities=r"viranomai(?:nen|sta|sia|set)",
            projects=r"hank(?:e|etta|keita|keet)",
            other=r"mu(?:u|uta|ita|ut) (?:toimij\w+|taho\w*|organisaatio\w*|kumppan\w*)",
        ),
        re.compile(r"\b(?:yhteistyo)?kumppan\w*"),
        open=True,
        mentioned=True,
    ),
}

_SEPARATOR = re.compile(r"[,;:](?!\d)\s*|\s(?:ja|sekä)\s")
_BRACKETS = re.compile(r"\([^()]{0,120}\)")
_NUMBER = re.compile(rf"(?<![\w.,/-])(?:{GROUPED})(?![\w/-])(?![.,]\d)(?!\.\s?[a-zåäö])")
_WORD = re.compile(r"[^\W\d_]{4,40}")
_NOT_COUNTED = re.compile(r"\s?(?:%|€|prosent|euro|eur\b|kg\b|km\b|h\b|tunti|vuot|kuukau|viikko|päiv)", re.IGNORECASE)
_PARTED = re.compile(r"(?:joista|josta|heistä|heista|näistä|niistä|joihin kuului)\b", re.IGNORECASE)


class Chunk(NamedTuple):
    """A piece of a list with its one number: the folded words before and after it."""

    before: str
    after: str
    number: int
    words: tuple[list[str], str, list[str]]
    """The words before the number, the number and the words after it, as they stand."""
    offset: int
    parted: bool
    """Whether it begins to divide what stands before it (`joista`, or after a colon)."""

    def original(self, before: int, after: int) -> str:
        """The number with so many words on either side."""
        head, number, tail = self.words
        return " ".join([*head[len(head) - min(before, len(head)) :], number, *tail[:after]])


def counts(sentence: str) -> Iterator[Figure]:
    """The groups of counts that a sentence certainly holds, each with its total where it is stated."""
    text = _BRACKETS.sub(lambda match: " " * len(match[0]), sentence)
    chunks = list(_chunks(text))
    for name, group in GROUPS.items():
        if not group.mentioned or group.whole.search(fold(sentence)):
            yield from _group(name, group, chunks)


def _chunks(text: str) -> Iterator[Chunk | None]:
    """The pieces of a list, None for one that has no number or several."""
    start, colon = 0, False
    for separator in [*_SEPARATOR.finditer(text), None]:
        end = separator.start() if separator else len(text)
        piece = text[start:end]
        yield _chunk(piece, start, colon)
        start, colon = (separator.end(), separator[0].startswith(":")) if separator else (end, False)


def _chunk(piece: str, offset: int, colon: bool) -> Chunk | None:
    numbers = [match for match in _NUMBER.finditer(piece) if not _NOT_COUNTED.match(piece, match.end())]
    numbers = numbers or [match for match in _WORD.finditer(piece) if number_word(match[0]) is not None]
    if len(numbers) > 1:
        return Chunk("several numbers", "several numbers", 0, ([], "", []), offset, False)
    if not numbers:
        return None
    match = numbers[0]
    value = count(match[0])
    if value is None:
        return None
    before, after = piece[: match.start()], piece[match.end() :]
    parted = colon or bool(_PARTED.search(before))
    words = (before.split(), match[0], after.split())
    return Chunk(fold(before), fold(after), value, words, offset + match.start(), parted)


def _group(name: str, group: Group, chunks: list[Chunk | None]) -> Iterator[Figure]:
    """The longest run of pieces that all belong to one group, if nothing puts it in doubt."""
    at = 0
    while at < len(chunks):
        run: list[tuple[str, Chunk]] = []
        while at + len(run) < len(chunks) and (counted := _item(group, chunks[at + len(run)])):
            run.append(counted)
        listed = [part for part, _ in run if part in group.items]
        follower = chunks[at + len(run)] if at + len(run) < len(chunks) else None
        before = chunks[at - 1] if at else None
        total = before if run and before and run[0][1].parted and _is_whole(group, before) else None
        distinct = len({part for part, _ in run}) == len(run)
        enough = len(run) >= group.fewest and len(listed) >= min(2, group.fewest) and 2 * len(listed) > len(run)
        doubt = group.fewest > 1 and (follower is not None or (before is not None and total is None))
        if enough and distinct and not doubt and (total or group.fewest > 1):
            if total:
                original = total.original(0, 1) if group.whole.match(total.after) else total.original(2, 0)
                yield Figure(name, "total", str(total.number), group.unit, original, total.offset)
            for part, chunk in run:
                original = chunk.original(0, 3) if chunk.after else chunk.original(6, 0)
                yield Figure(name, part, str(chunk.number), group.unit, original, chunk.offset)
            return
        at += max(len(run), 1)


def _item(group: Group, chunk: Chunk | None) -> tuple[str, Chunk] | None:
    """What of a group a piece counts: `44 yhdistystä`, or with the number last, `opiskelijoita 149`."""
    if chunk is None:
        return None
    part = None
    if chunk.after and _spare_or_whole(group, chunk.before):
        words = chunk.after.split()
        part = next(
            (name for size in range(len(words), 0, -1) if (name := item(" ".join(words[:size]), group.items))),
            None,
        )
        if part is None and group.open:
            part = named(chunk.after)
    elif spare(chunk.after):
        part = item(chunk.before, group.items)
    return (part, chunk) if part else None


def _spare_or_whole(group: Group, text: str) -> bool:
    return spare(group.whole.sub("", text))


def _is_whole(group: Group, chunk: Chunk) -> bool:
    """Whether a piece counts the whole: `600 henkilöä`, or `yhteistyökumppaneita 78`."""
    if group.whole.match(chunk.after):
        return True
    matches = list(group.whole.finditer(chunk.before))
    return bool(matches) and spare(chunk.after) and spare(chunk.before[matches[-1].end() :])
