"""Names of organisations in running text: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable

from esfdata.documents.passage import Passage
from esfdata.text import squeeze

_COMPLETE = re.compile(
    r"(?:\b(?:ry|rf|oy|oyj|ab|osk|sr|rs|ky|tmi|kunta|liitto|yhdistys|yliopisto|opisto|amk)"
    r"|kaupunki|kuntayhtymä|seurakunta|säätiö|ammattikorkeakoulu|yliopisto|opisto|liitto|yhdistys|keskus"
    r"|kauppakamari|laitos|instituutti|kuntayhtyma|saatio)\.?",
    re.IGNORECASE,
)
_TRANSFERS = re.compile(
    r"(?:,|\bja\b|\bsekä\b|\bseka\b)?\s*\(?((?:muut\s+)?tuen\s?-?siirron\s?-?saajat)\)?\.?$", re.IGNORECASE
)
Named = tuple[int, str]


def implementers(value: Passage) -> tuple[list[Named], int | None]:
    """The organisations of a list with their offsets, and where it says that grant is passed on, if it does.

    When it is not certain that a comma or `ja` parts two organisations, the name stays whole.
    """
    text = value.text
    transfers = _TRANSFERS.search(text[-80:])
    shift = max(len(text) - 80, 0)
    end = shift + transfers.start() if transfers else len(text)
    starts = [start for start in value.starts if start < end]
    lines = [(start, text[start:stop]) for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    if not all(_complete(part) for _, part in lines):
        lines = [(0, text[:end])]
    names = [named for offset, part in lines for named in _split(offset, part)]
    return [(offset, name) for offset, name in names if squeeze(name)], (
        shift + transfers.start(1) if transfers else None
    )


def _split(offset: int, text: str) -> list[Named]:
    parts = _at(r"\s*;\s*", offset, text)
    parts = [named for part in parts for named in _certain(_at(r"\s*,\s*", *part), part, _begins)]
    return [named for part in parts for named in _certain(_at(r"\s+(?:ja|sekä)\s+", *part), part, _complete)]


def _at(separator: str, offset: int, text: str) -> list[Named]:
    parts, start = [], 0
    for match in [*re.finditer(separator, text), None]:
        end = match.start() if match else len(text)
        part = text[start:end]
        parts.append((offset + start + len(part) - len(part.lstrip(" -\u2013\u2022")), part.strip(" -\u2013\u2022,")))
        start = match.end() if match else end
    return [(at, part) for at, part in parts if part]


def _certain(parts: list[Named], whole: Named, test: Callable[[str], bool]) -> list[Named]:
    return parts if len(parts) > 1 and all(test(part) for _, part in parts) else [whole]


def _begins(text: str) -> bool:
    """Whether a part between commas could be an organisation by itself."""
    return text[:1].isupper() and not text.endswith("-")


def _complete(text: str) -> bool:
    """Whether a text ends in a word that ends the names of organisations."""
    words = text.strip(" ,.").split()
    return len(words) > 1 and bool(_COMPLETE.search(words[-1])) and text[:1].isupper()
