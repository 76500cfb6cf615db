"""Where a project works: the places its form declares and the places its summaries list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from esfdata.documents.cell_statements import About, free, state
from esfdata.documents.document import Line, Statement
from esfdata.documents.labels import Labelled
from esfdata.documents.passage import Passage
from esfdata.documents.place_names import Mention, Years, is_municipality, place, split, years_of
from esfdata.text import fold

LEVELS = ("region", "subregion", "municipality")
FEWEST = 3
"""How many municipalities make a list in free text; fewer may be a mention."""

_SEPARATOR = re.compile(r"\s*,\s*(?:ja\s+|sekä\s+)?|\s+(?:ja|sekä)\s+")
_LAST_WORD = re.compile(r"[\w-]+(?: Tl)?\s*$")
_FIRST_WORD = re.compile(r"[\w-]+(?: Tl\b)?")
_AFTER = re.compile(r"\s*(?:$|[.;:,)!?]|\s[\w(-])")


def years(basics: Iterable[Statement]) -> Years:
    """The years of a project, from the statements of its dates."""
    return years_of(s.value for s in basics if s.field in ("start_date", "end_date"))


def declared(about: About, field: Labelled, years: Years) -> Iterator[Statement]:
    """What a field of section 6 states: its places, or the one address where the project works."""
    if not field.label or not field.value:
        return
    name, value = field.label.field, field.value
    if name in LEVELS:
        for mention in split(value.text):
            yield from _location(about, name, mention, "6", value.line(mention.offset), years)
    elif name == "site_postal_code":
        code = value.text if re.fullmatch(r"\d{5}", value.text, re.ASCII) else None
        yield state("projects", about.project, name, code, value.text, value.line())
    elif name != "site":
        yield state("projects", about.project, name, free(value.text), value.text, value.line())


def listed(about: About, number: str, passage: Passage, years: Years) -> Iterator[Statement]:
    """The municipalities that a text lists, three or more in the nominative, of any year."""
    for names in lists(passage.text):
        for mention in names:
            line = passage.line(mention.offset)
            yield from _location(about, "municipality", mention, number, line, years)


def lists(text: str) -> Iterator[list[Mention]]:
    """The lists of municipalities in a text."""
    run: list[Mention] = []
    start = 0
    ends = [*_SEPARATOR.finditer(text), None]
    for separator in ends:
        end = separator.start() if separator else len(text)
        chunk = text[start:end]
        if run and is_municipality(chunk):
            run.append(Mention(chunk, chunk, start))
        else:
            if run and (first := _FIRST_WORD.match(chunk)) and _ends_list(first[0], chunk[first.end() :]):
                run.append(Mention(first[0], first[0], start))
            yield from _long_enough(run)
            run = []
            last = _LAST_WORD.search(chunk[-60:])
            if last and is_municipality(last[0].strip()):
                name = last[0].strip()
                run = [Mention(name, name, end - len(chunk[-60:]) + last.start())]
        start = separator.end() if separator else end
    yield from _long_enough(run)


def _ends_list(word: str, rest: str) -> bool:
    return is_municipality(word) and bool(_AFTER.match(rest))


def _long_enough(run: list[Mention]) -> Iterator[list[Mention]]:
    if len({fold(mention.name) for mention in run}) >= FEWEST:
        yield run


def _location(
    about: About, level: str, mention: Mention, section: str, line: Line, years: Years
) -> Iterator[Statement]:
    named = place(level, free(mention.name), years)
    key = f"{about.project}/{level}/{named.name}/{section}"
    yield state("locations", key, "name", named.name, mention.original, line, named.repair)
    if named.code:
        yield state("locations", key, "code", named.code, mention.original, line)
