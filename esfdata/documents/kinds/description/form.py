"""The official form of a project description (programme period 2014-2020): its sections and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from esfdata.documents.document import Line
from esfdata.documents.labels import Label, Labels
from esfdata.documents.passage import cells
from esfdata.tables.code_lists import rows
from esfdata.text import fold, squeeze

TITLES = {
    "1": "Hanke",
    "2": "Hakijan perustiedot",
    "3": "Suunnitelman mukainen tiivistelmä toteutuksesta",
    "4": "Hankkeen kohderyhmät",
    "4.1": "Varsinaiset kohderyhmät",
    "4.2": "Välilliset kohderyhmät",
    "5": "Projektin julkinen rahoitus, euroa",
    "6": "Maantieteellinen kohdealue",
    "7": "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
    "7.1": "Osallistuvien yritysten lukumäärä",
    "7.2": "Osallistuvien henkilöiden lukumäärä",
    "8": "Horisontaaliset periaatteet",
    "8.1": "Sukupuolten tasa-arvo",
    "8.2": "Kestävä kehitys",
    "9": "Loppuraportin tiivistelmä",
}
NARRATIVE = ("3", "9")
FREE = ("3", "4", "4.1", "4.2", "8", "8.1", "8.2", "9")
"""Sections with free text, where a word before a colon need not be a label."""

HEADING_ALIKE = 80.0
"""How alike (of 100) the words behind a section's number and its title must be."""

_PLANNED = Label("planned", "Suunniteltu", wraps=False)
_REALISED = Label("realised", "Toteutunut seurantatietojen mukaan", required=False, wraps=False)
_SITE = (
    Label("site", "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa", required=False),
    Label("site_street_address", "Jakeluosoite", required=False, wraps=False),
    Label("site_postal_code", "Postinumero", required=False, wraps=False),
    Label("site_city", "Postitoimipaikka", required=False, wraps=False),
)

LABELS: dict[str, Labels] = {
    "1": (
        Label("project_code", "Hankekoodi", also=("Projektikoodi",), wraps=False),
        Label("name", "Hankkeen nimi", also=("Projektin nimi",)),
        Label("priority_axis", "Toimintalinja"),
        Label("specific_objective", "Erityistavoite"),
        Label("period", "Suunnitelman mukainen toteutusaika"),
        Label("status", "Toiminnan tila"),
        Label("authority", "Vastuuviranomainen", also=("Rahoittava viranomainen",)),
        Label("start_date", "Aloituspäivämäärä", False, ("Aloituspvm",), wraps=False),
        Label("end_date", "Päättymispäivämäärä", False, ("Päättymispvm",), wraps=False),
    ),
    "2": (
        Label("applicant", "Hakijan virallinen nimi"),
        Label("organisation_type", "Organisaatiotyyppi", wraps=False),
        Label("business_id", "Y-tunnus", wraps=False),
        Label("street_address", "Jakeluosoite", wraps=False),
        Label("phone", "Puhelinnumero", wraps=False),
        Label("postal_code", "Postinumero", wraps=False),
        Label("city", "Postitoimipaikka", wraps=False),
        Label("website", "WWW-osoite", required=False, wraps=False),
        Label("contact", "Hankkeen yhteyshenkilön nimi", required=False),
        Label("contact", "Yhteyshenkilön asema hakijaorganisaatiossa", required=False),
        Label("contact", "Yhteyshenkilön sähköpostisoite", False, ("Yhteyshenkilön sähköpostiosoite",)),
        Label("contact", "Yhteyshenkilön puhelinnumero", required=False, stem="yhteyshenkilo"),
        Label("application_type", "Hakijoiden lukumäärä tai tuen siirto -menettely"),
        Label("transfer_recipient", "Tuen siirronsaajat", False, ("Tuensiirron saajat",), listed=True),
        Label("implementer", "Osatoteuttajat", required=False, listed=True),
    ),
    "5": (
        Label("granted_eu_state_eur", "Myönnetty EU- ja valtion rahoitus", wraps=False),
        Label("realised_eu_state_eur", "Toteutunut EU- ja valtion rahoitus", wraps=False),
        Label("planned_public_eur", "Suunniteltu julkinen rahoitus yhteensä", wraps=False),
        Label("realised_public_eur", "Toteutunut julkinen rahoitus yhteensä", wraps=False),
    ),
    "6": (
        Label("region", "Maakunnat"),
        Label("subregion", "Seutukunnat"),
        Label("municipality", "Kunnat"),
        *_SITE,
    ),
    "7.1": (_PLANNED, _REALISED),
    "7.2": (_PLANNED, _REALISED),
}


class Section(NamedTuple):
    """A section: its number, the line of its heading, and the lines under it up to the next heading."""

    number: str
    heading: Line
    lines: Sequence[Line]


@cache
def questions() -> Labels:
    """The three questions of section 8.1."""
    return tuple(
        Label(row["indicator"], row["label_fi"], wraps=False)
        for row in rows("indicator_types")
        if row["group"] == "equality"
    )


@cache
def items() -> Labels:
    """The fifteen scored items of section 8.2."""
    return tuple(
        Label(row["indicator"], row["label_fi"], wraps=False)
        for row in rows("indicator_types")
        if row["group"] in ("ecological", "economic", "social")
    )


def sections(lines: Sequence[Line]) -> dict[str, Section]:
    """The sections that a text has, by number; their headings come in the form's order."""
    placed: list[tuple[int, int]] = []  # the position of a title in the form, the position of its line
    numbers = list(TITLES)
    for at, line in enumerate(lines):
        number = heading(line)
        if number is not None and (not placed or numbers.index(number) > placed[-1][0]):
            placed.append((numbers.index(number), at))
    places = {at: numbers[position] for position, at in placed}
    strange = [at for at, _ in _unknown(lines, places)]
    ends = [at for _, at in placed[1:]] + [len(lines)]
    return {
        number: Section(number, lines[at], lines[at + 1 : _end(number, at, end, strange)])
        for (at, number), end in zip(places.items(), ends)
    }


def _end(number: str, at: int, end: int, strange: Sequence[int]) -> int:
    """Where a section ends: free text before any heading, labels go on to the next known one."""
    return min((other for other in strange if at < other < end and number in FREE), default=end)


def unknown(lines: Sequence[Line], headed: dict[str, Section]) -> list[Line]:
    """The headings of sections that the form does not have, such as those of another programme period."""
    at = {id(line): position for position, line in enumerate(lines)}
    places = {at[id(section.heading)]: number for number, section in headed.items()}
    return [line for _, line in _unknown(lines, places)]


def _unknown(lines: Sequence[Line], places: dict[int, str]) -> Iterator[tuple[int, Line]]:
    """Numbered titles that stand apart and whose number fits between those of the known sections."""
    for at, line in enumerate(lines):
        if at in places or not 6 < len(line.text) <= 120 or not _apart(lines, at):
            continue
        match = _STRANGE.fullmatch(" ".join(cells(line.text)))
        before = max((_order(number) for place, number in places.items() if place < at), default=(0,))
        after = min((_order(number) for place, number in places.items() if place > at), default=(99,))
        if match and before < _order(match[1]) < after:
            yield at, line


def _apart(lines: Sequence[Line], at: int) -> bool:
    around = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    return not any(line.text.strip() for line in around)


def _order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


_STRANGE = re.compile(r"(\d{1,2}(?:\.\d)?)\.?\s+[A-ZÅÄÖ][^\W\d_]{2}[^.:;!?]{1,80}")
_HEADING = re.compile(r"([1-9IlSB](?:\s?\.\s?[12Il])?)\s?\.?\s+(\S.{3,90})")
_AS_NUMBER = str.maketrans({"I": "1", "l": "1", "S": "5", "B": "8", " ": ""})


def heading(line: Line) -> str | None:
    """The number of the section that a line is the heading of, by its number and its title."""
    if len(line.text) > 200 or not (parts := cells(line.text)):
        return None
    match = _HEADING.fullmatch(" ".join(parts).strip())
    if match is None:
        return None
    number = match[1].translate(_AS_NUMBER)
    title = TITLES.get(number)
    alike = title and fuzz.ratio(squeeze(match[2]), squeeze(title))
    return number if alike and alike >= HEADING_ALIKE else None


FUNDS = {"aluekehitysrahasto": "EAKR", "sosiaalirahasto": "ESR", "siirtymanrahasto": "JTF"}


def fund(text: str) -> str | None:
    """The fund that a heading names, by its abbreviation in brackets or by its name."""
    if match := re.search(r"\((ESR\+?|EAKR|JTF)\)", text):
        return match[1]
    named = {short for long, short in FUNDS.items() if long in fold(text).replace(" ", "")}
    plus = re.search(r"sosiaalirahasto\w* ?(?:\+|plus)", text, re.IGNORECASE)
    return "ESR+" if plus else named.pop() if len(named) == 1 else None
