"""Invented projects and organisations: names, codes, dates and amounts that nobody has; one seed, one project."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from stdnum.fi import ytunnus

from esfdata.documents.place_names import place
from esfdata.tables.code_lists import rows

Fact = tuple[str, str, str, str]
"""Table, key, field and value; `@` in a key stands for the document."""


@dataclass(frozen=True)
class Block:
    """A piece of a document: title, heading, field, list, score, text or row, and what it says."""

    kind: str
    text: str
    parts: tuple[str, ...] = ()


@dataclass
class Paper:
    """An invented document: its kind, its blocks in order, and every fact that they state."""

    kind: str
    code: str
    blocks: list[Block] = field(default_factory=list)
    facts: set[Fact] = field(default_factory=set)

    def say(self, kind: str, text: str, *parts: str) -> None:
        """Add a block."""
        self.blocks.append(Block(kind, text, parts))

    def state(self, table: str, key: str, **values: str) -> None:
        """Add facts of one row."""
        self.facts |= {(table, key, name, value) for name, value in values.items()}


WORDS = [
    "Kuusi",
    "Honka",
    "Järvi",
    "Kivi",
    "Lehto",
    "Mäki",
    "Niemi",
    "Pelto",
    "Ranta",
    "Salo",
    "Suvi",
    "Talvi",
    "Tähti",
    "Väylä",
    "Ääni",
    "Yö",
    "Loimu",
    "Säde",
]
ENDS = ["harju", "lahti", "koski", "portti", "silta", "polku", "piha", "kartano", "mylly", "pirtti", "satama", "tori"]
_FORMS = ("ry", "Oy", "kehitysyhtiö Oy", "seudun kehitys ry", "opiston säätiö", "osuuskunta Osk")
_AIMS = ("työn äärellä", "uutta osaamista", "yhteinen pöytä", "kohti työtä", "nuoret mukaan", "digi haltuun")


class Invention:
    """Random facts of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        pick = self.random.choice
        self.form = pick([row for row in rows("project_codes") if row["programme_period"] == "2014-2020"])
        self.fund = self.form["fund"]
        self.code = self.form["prefix"] + f"{self.random.randrange(10_000):04d}"
        objectives = [row for row in rows("specific_objectives") if row["programme_period"] == "2014-2020"]
        axes = {
            row["priority_axis"]: row
            for row in rows("priority_axes")
            if (row["programme_period"], row["fund"]) == ("2014-2020", self.fund)
        }
        self.objective = pick([row for row in objectives if row["priority_axis"] in axes])
        self.axis = axes[self.objective["priority_axis"]]
        self.name = pick(
            [
                f"{pick(WORDS)}{pick(ENDS)} – {pick(_AIMS)}",
                f"{pick(WORDS)}{pick(ENDS)}!",
                f"{pick(WORDS)} ja {pick(WORDS).lower()} {self.random.randint(2, 9)}.0",
                f"{pick(_AIMS).capitalize()} {self.random.randint(2015, 2022)}",
                f"{pick(WORDS)}{pick(ENDS)}, {pick(_AIMS)} ja {pick(_AIMS)}",
            ]
        )
        self.start = datetime.date(2014, 9, 1) + datetime.timedelta(self.random.randrange(2200))
        self.end = self.start + datetime.timedelta(self.random.randrange(90, 1100))
        self.authority = pick([row for row in rows("authority_aliases") if row["alias"].endswith("keskus")])
        granted = self.random.randrange(8_000, 2_900_000)
        realised = int(granted * self.random.uniform(0.5, 1))
        self.money = {
            "granted_eu_state_eur": granted,
            "realised_eu_state_eur": realised,
            "planned_public_eur": granted + self.random.randrange(0, 400_000),
            "realised_public_eur": realised + self.random.randrange(0, 90_000),
        }

    def organisation(self) -> tuple[str, str]:
        """A name and a business id that no one need have."""
        pick = self.random.choice
        name = f"{pick(WORDS)}{pick(ENDS)}n {pick(_FORMS)}"
        while True:
            number = f"{self.random.randrange(100_000, 3_400_000):07d}"
            for check in "0123456789":
                if ytunnus.is_valid(number + check):
                    return name, f"{number}-{check}"

    def municipalities(self) -> list[dict[str, str]]:
        """Municipalities of one region, as the code list has them in all of the project's years."""
        years = (self.start.year, self.end.year)
        valid = [
            row
            for row in rows("municipalities")
            if int(row["first_year"]) <= years[0] and years[1] <= int(row["last_year"])
            and place("municipality", row["name_fi"], years).code == row["municipality_code"]
        ]  # fmt: skip
        region = self.random.choice(sorted({row["region_fi"] for row in valid}))
        of_region = [row for row in valid if row["region_fi"] == region]
        return self.random.sample(of_region, min(len(of_region), self.random.randint(1, 6)))


def amount(value: int) -> str:
    """An amount as the service writes it."""
    return f"{value:,}".replace(",", " ")


def day(date: datetime.date) -> str:
    """A date as the service writes it."""
    return f"{date.day}.{date.month}.{date.year}"


def euros(value: int) -> str:
    """An amount as it is stated."""
    return f"{value}.00"
