"""Names of natural persons among beneficiaries: told from names of organisations, and withheld.

A sole trader is a natural person in law, so a name with `Tmi` is a person's, and so is one of two or
three bare words of which one is a common given name and none is a word that organisations use. The
given names are a code list; whoever is not sure that a name is an organisation's withholds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from esfdata.tables.code_lists import Row, rows
from esfdata.text.folding import collapse, fold

if TYPE_CHECKING:
    from esfdata.tables.package import Package

WITHHELD = "[natural person]"
"""What stands in the place of a person's name."""

_TRADER = re.compile(r"(?<!\w)(?:tmi|t:mi|t\. ?mi|toiminimi)(?!\w)\.?:?", re.IGNORECASE)
_LEGAL = (
    "oy oyj ab abp ky kb ay ry rf rs sr sa se osk ltd inc gmbh llc plc as lkv kommandiittiyhtiö osakeyhtiö "
    "osuuskunta rekisteröity yhdistys avoin yhtiö"
)
_WORDS = (
    f"{_LEGAL} ja och and seka co company companies group holding finland suomi suomen nordic baltic international "
    "adventure adventures action activities akademi akademia akatemia arctic art arts asema asiakas avustus "
    "business cafe catering center centre city club coaching communications concept consult consulting dance data "
    "design development digital engineering energia energy events expert experience export factory farm farmi "
    "fashion film films finance fitness food foods galleria gallery game games garage garden global golf halli "
    "helsinki hoiva hostel hotel hotelli huolto hytti ideas industries info innovation instituutti institute kahvila "
    "kauppa kiinteistö kirja kirjat kone koru korut koti lab laboratorio labs lapland lapin leipomo lodge logistics "
    "lukio luonto maa mainos management marketing matkat media metalli metsa museo music musiikki ohjelma "
    "online palvelu partners paino pharma photography pizza power productions project projekti puoti radio "
    "rakennus ranch resort restaurant ravintola robotics safari safarit salonki seikkailu sali school services "
    "shop snow software solutions spa sport sports store studio studios sukellus systems talo team tech technologies "
    "technology teatteri theatre tila tours toimisto toiminta trade trading training travel turku tuote tuotanto "
    "tukku university vene verkko verstas villa village wellness wood works world yritys"
)
_ENDINGS = (
    "liitto saatio kunta kaupunki yhtyma yhdistys koulu opisto keskus virasto laitos toimisto seura "
    "palvelu palvelut tuote tuotteet tuotanto museo teatteri akatemia kirjasto sairaala kauppa kauppakamari verstas "
    "konepaja paja pajat metalli rakennus kuljetus koneistus hoitola liike verkosto ministerio hallitus instituutti "
    "ryhma kerho neuvosto kartano hotelli ravintola leipomo kahvila kylpyla matkailu lomat mokit"
)
_ORGANISATION = frozenset(fold(_WORDS).split())
_ENDING = re.compile(rf"(?:{'|'.join(_ENDINGS.split())})$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'´’][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?|[^\W\d_]\s?&\s?[^\W\d_]\s)([^\W\d_]{3,}(?:-[^\W\d_]+)?)$")
_GLUED = re.compile(r"(?<=\w )(?:oy|ky|ab|ay)(?:(?=[A-ZÅÄÖ])|\s*c/o\s+)", re.IGNORECASE)
_COMPANIES = frozenset(("oy", "oyj", "ry"))


@lru_cache(maxsize=65536)
def natural_person(name: str, given: frozenset[str] | None = None) -> bool:
    """Whether a beneficiary's name is a natural person's: a sole trader, or what looks like a person's name.

    `given` are the common given names (default: the shipped ones).
    """
    name = collapse(name)
    if _TRADER.search(name):
        return _COMPANIES.isdisjoint(fold(name).split())
    return _looks_like_person(name, _given_names() if given is None else given)


def _looks_like_person(name: str, given: frozenset[str]) -> bool:
    """Two or three bare words, one of them a given name; or a trade name that ends in initials and a surname."""
    folded = fold(name).split()
    if not folded or len(name) > 60 or any(word in _LEGAL_FORMS for word in folded):
        return False
    if (initials := _INITIALS.search(name)) and not _of_organisations(initials[1]):
        return True
    surname_first = re.fullmatch(r"([^,]+),\s*([^,]+)", name)
    words = (f"{surname_first[2]} {surname_first[1]}" if surname_first else name).split()
    if not 2 <= len(words) <= 3 or not all(map(_WORD.fullmatch, words)):
        return False
    if any(map(_of_organisations, words)) or not (name.islower() or all(word[:1].isupper() for word in words)):
        return False
    return _is_given(words[0], given) or all(_is_given(word, given) for word in words[1:])


def _of_organisations(word: str) -> bool:
    """Whether organisations use a word in their names and persons do not."""
    parts = fold(word).split()
    return any(part in _ORGANISATION or _ENDING.search(part) for part in parts)


def _is_given(word: str, given: frozenset[str]) -> bool:
    """Whether a word is a common given name, or two of them with a hyphen."""
    parts = fold(word).split()
    return bool(parts) and all(part in given for part in parts)


def given_names(package: Package) -> frozenset[str]:
    """The common given names of a package's code list."""
    return _folded(rows("given_names", package))


@cache
def _given_names() -> frozenset[str]:
    return _folded(rows("given_names"))


def _folded(names: Iterable[Row]) -> frozenset[str]:
    return frozenset(fold(row.get("given_name", "")) for row in names)


_LEGAL_FORMS = frozenset(fold(_LEGAL).split())


def organisation(name: str) -> str:
    """The name of a company without the person's name that stands glued behind its legal form, if one does.

    Lists have such names from a second line of the address (`ESIMERKKI OYMATTI MEIKÄLÄINEN`).
    """
    for glued in _GLUED.finditer(name):
        if _names_person(name[glued.end() :]):
            return name[: glued.start() + 2]
    return name


def _names_person(text: str) -> bool:
    """Whether a text ends in a person's name: `Matti Meikäläinen`, also behind the name of an office."""
    words = collapse(text).split()
    return any(natural_person(" ".join(words[-count:])) for count in (2, 3) if len(words) >= count)


def withheld(text: str, name: str) -> str:
    """The text with a person's `name` replaced, in either order of its words and in any case."""
    words = [re.escape(word) for word in _TRADER.sub(" ", name).replace(",", " ").split() if len(word) > 1]
    if not words:
        return text
    either = "|".join(words)
    return re.sub(rf"(?<!\w)(?:{either})(?:[\s,]+(?:{either}))*(?!\w)", WITHHELD, text, flags=re.IGNORECASE)
