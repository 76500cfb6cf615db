"""A breakdown of costs in a sentence: amounts in euros, each with its kind of cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from esfdata.documents.kinds.description.figure import Figure, item, named, phrases
from esfdata.text import amount, euros, fold
from esfdata.text.numbers import AMOUNT

GROUP = "costs"
ITEMS = phrases(
    staff=r"henkilosto(?:kulu|kustannu|meno)\w*|palkka(?:kulu|kustannu|meno)\w*|palka[nt]|palkkoihin|palkkoja",
    services=r"(?:ulkopuolis\w+ )?ostopalvelu\w*",
    travel=r"matka(?:kulu|kustannu)\w*|matkat|matkoihin",
    equipment=r"(?:kone|laite|kalusto)(?:hankin|kulu|kustannu)\w*|laitteet|koneet ja laitteet",
    premises=r"(?:toimitila|vuokra)(?:kulu|kustannu|meno)\w*|vuokrat",
    materials=r"(?:materiaali|tarvike)(?:kulu|kustannu)\w*",
    investments=r"investoin\w+",
    other=r"muu(?:t|hun|ta|ita|ihin)? (?:kulu|kustannu|meno)\w*",
    flat_rate=r"flat ?rate\w*(?: (?:kulu|kustannu|osuu)\w*)?"
    r"|prosenttimaarai\w+ korvau\w+|kiintea\w* prosentt\w+",
    total=r"(?:(?:kokonais)?(?:kulut|kustannukset|kustannus|menot) (?:olivat |oli )?)?yhteensa"
    r"|kokonais(?:kustannu|kulu|budjet|meno)\w*",
)
FEWEST = 2
"""How many kinds of cost make a breakdown."""

_AMOUNT = re.compile(rf"(?<![\d.,])(?<!\d[ \u00a0])({AMOUNT})\s*(?:€|euroa?\b|eur\b)", re.IGNORECASE)
_PERCENT = re.compile(r"\s*\(?\s*(?:(?:n\.|noin)\s)?(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|prosenttia)\s*\)?")


class _Part(NamedTuple):
    before: str
    after: str
    amount: re.Match[str]
    percent: re.Match[str] | None


def costs(sentence: str) -> Iterator[Figure]:
    """The costs that a sentence breaks down; nothing where the kind of one amount is in doubt."""
    parts = list(_parts(sentence))
    if len(parts) < FEWEST:
        return
    before, after = [part.before for part in parts], [part.after for part in parts]
    items = _items(before) if _cost(before[0]) else _items(after) if _cost(after[-1]) else []
    for name, part in zip(items, parts):
        value = amount(part.amount[1])
        if value is None:
            return
        yield Figure(GROUP, name, euros(value), "EUR", part.amount[0], part.amount.start())
        if part.percent:
            share = part.percent[1].replace(",", ".")
            yield Figure(GROUP, f"{name}_pct", share, "%", part.percent[0].strip(), part.percent.start(1))


def _parts(sentence: str) -> Iterator[_Part]:
    matches = list(_AMOUNT.finditer(sentence))
    ends = []
    for match in matches:
        percent = _PERCENT.match(sentence, match.end())
        ends.append((percent.end() if percent else match.end(), percent))
    for position, match in enumerate(matches):
        begin = ends[position - 1][0] if position else 0
        stop = matches[position + 1].start() if position + 1 < len(matches) else len(sentence)
        end, percent = ends[position]
        yield _Part(sentence[begin : match.start()], sentence[end:stop], match, percent)


def _items(labels: list[str]) -> list[str]:
    """The kinds of cost that labels say, all different and mostly known, else nothing."""
    stated = [_cost(label) for label in labels]
    names = [name or named(label) for name, label in zip(stated, labels)]
    parts = [name for name in stated if name not in (None, "total")]
    certain = len(parts) >= FEWEST and 2 * stated.count(None) <= len(parts)
    complete = [name for name in names if name]
    return complete if certain and len(complete) == len(labels) == len(set(complete)) else []


def _cost(label: str) -> str | None:
    """The kind of cost that a label says by itself, or a longer text with its end (`Raha riitti, palkat`)."""
    if name := item(fold(label), ITEMS):
        return name
    text = fold(re.split(r"[,;:.]\s|\s(?:ja|sekä)\s", label.strip(" ,;."))[-1])
    ends = {
        name
        for name, phrase in ITEMS.items()
        for match in phrase.finditer(text)
        if item(text[match.start() :], {name: phrase})
    }
    return ends.pop() if len(ends) == 1 else None
