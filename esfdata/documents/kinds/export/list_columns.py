"""The columns of exports: what each label means, and in which order the list exports have them."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from esfdata.text import collapse, squeeze

SEPARATORS = ("\t", ";", ",")
UNUSED = ""
"""The key of a column that is known and states nothing that a table holds."""

AMOUNTS = (
    "granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
    "planned_total_eur", "realised_total_eur", "realised_eu_eur",
)  # fmt: skip
HEAD = ("project_code", "fund", "name")
TAIL = ("priority_axis", "authority", "status", "start_date", "end_date", "implementer", *AMOUNTS[:4])
LIST_2014 = (*HEAD, *TAIL)
LIST_2007 = (*HEAD, "programme", *TAIL)
PERIODS: dict[tuple[str | None, ...], str] = {LIST_2007: "2007-2013", LIST_2014: "2014-2020"}
FEWEST = 6
"""How many known labels make a line the header of an export."""

_LABELS = {
    "project_code": ("Koodi", "Hankekoodi", "Projektikoodi"),
    "fund": ("Rahasto",),
    "name": ("Hankkeen nimi", "Projektin nimi"),
    "programme": ("Ohjelma / osio",),
    "priority_axis": ("Tl", "Toimintalinja", "Toimintalinjanumero"),
    "specific_objective": ("Et", "Erityistavoite"),
    "authority": ("Viranomainen", "Rahoittava viranomainen"),
    "status": ("Tila", "Toiminnan tila"),
    "start_date": ("Aloituspvm",),
    "end_date": ("Päättymispvm",),
    "implementer": ("Toteuttajan nimi",),
    "business_id": ("Toteuttajan Y-tunnus",),
    "granted_eu_state_eur": (
        "Myönnetty EU- ja valtion rahoitus",
        "Suunniteltu EU- ja valtion rahoitus",
        "EU-valtion rahoitus myönnetty",
        "Valtion rahoitus myönnetty",
    ),
    "realised_eu_state_eur": ("Toteutunut EU- ja valtion rahoitus", "EU-valtion rahoitus toteutunut"),
    "planned_public_eur": (
        "Suunniteltu julkinen rahoitus yhteensä",
        "Suunniteltu julkinen rahoitus",
        "Julkinen rahoitus suunniteltu",
    ),
    "realised_public_eur": (
        "Toteutunut julkinen rahoitus yhteensä",
        "Toteutunut julkinen rahoitus",
        "Julkinen rahoitus toteutunut",
    ),
    "planned_total_eur": ("Suunniteltu rahoitus yhteensä",),
    "realised_total_eur": ("Toteutunut rahoitus yhteensä",),
    "realised_eu_eur": ("Toteutunut EU-rahoituksen määrä",),
    "location": ("Sijainti",),
    "site_postal_code": ("Toteutuspaikan postinumero",),
    "site_city": ("Toteutuspaikan postitoimipaikka",),
    "postal_code": ("Tuensaajan postinumero",),
    "city": ("Tuensaajan postitoimipaikka",),
    UNUSED: (
        "Ryhmähanketunnus",
        "EAKR-/JTF-alatyyppi",
        "Tukitoimen ala",
        "Tukimuoto",
        "Alueellinen täytäntöönpanomekanismi ja alueellinen painopiste",
        "Taloudellinen toiminta",
        "Toissijainen teema, vain ESR+",
        "Sukupuolten tasa-arvo",
        "Itämeren alueen strategia",
        "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta",
        "Hankekuvauksen osoite",
        "Hankkeen kotisivun osoite",
    ),
}
"""The labels of each column; the EURA 2021 workbook calls planned what the older lists call granted."""

_KEYS = {squeeze(label): key for key, labels in _LABELS.items() for label in labels}


def column(label: str) -> str | None:
    """The key of the column that a label names, in any case and spacing; None where it is not known."""
    return _KEYS.get(squeeze(label)) if len(label) < 200 else None


@dataclass(frozen=True)
class Header:
    """The columns of an export in their order, and what parts its fields."""

    labels: tuple[str, ...]
    separator: str
    quoted: bool = False

    @cached_property
    def keys(self) -> tuple[str | None, ...]:
        """The key of each column: None where its label is not known, or stands twice."""
        keys = [column(label) for label in self.labels]
        times = Counter(keys)
        return tuple(None if key and times[key] > 1 else key for key in keys)

    @property
    def double(self) -> list[str]:
        """The labels that name one column twice, such as those under a merged cell."""
        keys = [column(label) for label in self.labels]
        return [label for label, key in zip(self.labels, keys) if key and keys.count(key) > 1]

    @property
    def unknown(self) -> list[str]:
        """The labels that no export is known to have."""
        return [label for label in self.labels if label and column(label) is None]

    @property
    def missing(self) -> list[str]:
        """The labels of columns that every export has and this one lacks."""
        there = {column(label) for label in self.labels}
        return [_LABELS[key][0] for key in LIST_2014 if key not in there]

    @property
    def anchored(self) -> bool:
        """Whether the columns are those of a list export, whose rows must be read by their anchors."""
        return self.keys in PERIODS

    @property
    def period(self) -> str | None:
        """The programme period of all projects of the export, where its columns tell."""
        return "2021-2027" if "business_id" in self.keys else PERIODS.get(self.keys)


def header(line: str) -> Header | None:
    """The header that a line is, or None."""
    line = line[:5000]
    for separator in SEPARATORS:
        try:
            labels = tuple(map(collapse, next(csv.reader([line], delimiter=separator), [])))
        except csv.Error:
            continue
        keys = {column(label) for label in labels} - {None, UNUSED}
        if len(keys) >= FEWEST and "project_code" in keys:
            return Header(labels, separator, line.startswith('"'))
    return None
