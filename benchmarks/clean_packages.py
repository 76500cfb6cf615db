"""Clean packages of any size: projects with everything the tables can hold, and no fault in any of it.

A package is made of units, one a project; a fault is put into one unit, so faults do not meet.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl

from esfdata.tables.package import Package
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

Row = dict[str, Any]
Mark = tuple[str, str, str]
"""A check, and the table and key of the row that it marks."""

EXPORT, CORRECTIONS = "list.csv", "corrections.csv"

SERIES = {
    "S2": ("2014-2020", "ESR", date(2014, 9, 1), 2),
    "A7": ("2014-2020", "EAKR", date(2014, 9, 1), 2),
    "S1": ("2007-2013", "ESR", date(2008, 2, 1), 1),
    "S3": ("2021-2027", "ESR+", date(2021, 9, 1), 1),
    "J1": ("2021-2027", "JTF", date(2022, 2, 1), 1),
}
"""Series of codes: period, fund, first start, and how often a series is drawn."""

AXES = {"2014-2020ESR": ("5", "10.1"), "2014-2020EAKR": ("1", "2.1"), "2007-2013ESR": ("2", None),
        "2021-2027ESR+": ("4", "4.2"), "2021-2027JTF": ("7", "7.1")}  # fmt: skip
RATES = {"2014-2020ESR": (17,), "2014-2020EAKR": (24, 15), "2021-2027ESR+": (40,), "2021-2027JTF": (40,)}


@dataclass
class Unit:
    """One project: its rows by table, and the marks that its faults deserve."""

    code: str
    rng: random.Random
    rows: dict[str, list[Row]] = field(default_factory=dict)
    marks: set[Mark] = field(default_factory=set)

    def __getattr__(self, table: str) -> Row:
        """The first row of a table, such as `unit.projects`."""
        if table.startswith("_") or not self.rows.get(table):
            raise AttributeError(table)
        return self.rows[table][0]

    def find(self, table: str, /, **cells: str) -> Row:
        """The row of a table with these cells."""
        return next(row for row in self.rows[table] if cells.items() <= row.items())

    def add(self, table: str, /, **cells: Any) -> Row:
        """A further row of a table."""
        self.rows.setdefault(table, []).append(cells)
        return cells

    def drop(self, table: str, /, **cells: str) -> None:
        """Remove the rows of a table with these cells."""
        self.rows[table] = [row for row in self.rows[table] if not cells.items() <= row.items()]

    def mark(self, table: str, row: Row, *checks: str) -> None:
        """Say that checks must mark a row."""
        key = "/".join(str(row.get(name) or "") for name in keys()[table])
        self.marks |= {(check, table, key) for check in checks}

    def mark_cell(self, statement: Row, *checks: str) -> None:
        """Say that checks must mark the cell that a statement is about."""
        self.marks |= {(check, statement["table"], statement["key"]) for check in checks}

    def state(self, document: str, table: str, row: Row, name: str, **cells: Any) -> Row:
        """A statement of a document on one cell of a row."""
        key = "/".join(str(row[part]) for part in keys()[table])
        said = {"value": row.get(name), "original": row.get(name), "page": 1, "repair": None} | cells
        line = len(self.rows.get("statements", [])) + 1 + 1000 * int(self.code[1:])
        return self.add("statements", document_id=document, table=table, key=key, field=name, line=line, **said)


@cache
def keys() -> dict[str, list[str]]:
    """The primary key of each table."""
    package = blank()
    return {table: package.key(table) for table in package}


@cache
def municipalities() -> list[Row]:
    """The municipalities that were in one sub-region and region from 2013 to 2026."""
    rows = blank().lazy("municipalities").collect().to_dicts()
    spells = [row for row in rows if (row["first_year"], row["last_year"]) == (2013, 2026)]
    return [row for row in spells if row["name_fi"] not in (row["subregion_fi"], row["region_fi"])]


@cache
def scored() -> list[str]:
    """The indicators with a direct and an indirect score."""
    groups = blank().lazy("indicator_types").collect().select("indicator", "group").iter_rows()
    return [name for name, group in groups if group in ("ecological", "economic", "social")]


@cache
def authority() -> str:
    """An authority that may pay both funds."""
    rows = blank().lazy("authorities").collect()["authority"].to_list()
    return next(name for name in rows if name.startswith("Keski-Suomen elinkeino"))


def business_id(number: int) -> str:
    """The y-tunnus of a number, or of the next number that has one."""
    weights = (7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(d) * w for d, w in zip(f"{number:07}", weights, strict=True)) % 11
    return business_id(number + 1) if rest == 1 else f"{number:07}-{(11 - rest) % 11}"


def units(seed: int, count: int) -> list[Unit]:
    """So many clean projects, the same for the same seed."""
    rng = random.Random(seed)
    drawn = rng.choices(list(SERIES), [weight for *_, weight in SERIES.values()], k=count)
    return [
        unit(prefix, number, total=drawn.count(prefix), at=index, rng=random.Random(rng.random()))
        for index, (prefix, number) in enumerate(_numbered(drawn))
    ]


def _numbered(drawn: Iterable[str]) -> Iterator[tuple[str, int]]:
    seen: dict[str, int] = {}
    for prefix in drawn:
        seen[prefix] = seen.get(prefix, 0) + 1
        yield prefix, seen[prefix]


def unit(prefix: str, number: int, total: int, at: int, rng: random.Random) -> Unit:
    """One clean project; those of a series start one after the other, over three years."""
    made = Unit(f"{prefix}{number:04}", rng)
    period, fund, first, _ = SERIES[prefix]
    start = first + timedelta(days=number * 1000 // (total + 1) + rng.randrange(60))
    end = start + timedelta(days=rng.randrange(200, 900))
    axis, objective = AXES[period + fund]
    kind = rng.choice(["single", "joint", "transfer"])
    made.add(
        "projects", project_code=made.code, name=f"Hanke {made.code} – kehittämistä", programme_period=period,
        fund=fund, priority_axis=axis, specific_objective=objective, start_date=start.isoformat(),
        end_date=end.isoformat(), status="Toiminta päättynyt", authority=authority(), application_type=kind,
    )  # fmt: skip
    _organisations(made, at, kind)
    _finance(made)
    _documents(made, end)
    _indicators(made)
    _figures(made, RATES.get(period + fund))
    _locations(made)
    return made


def _organisations(made: Unit, at: int, kind: str) -> None:
    count = {"single": 1, "joint": 2, "transfer": 3}[kind]
    for place in range(count):
        identifier = business_id(1000000 + 40 * at + 12 * place)
        made.add(
            "organisations", organisation_id=identifier, business_id=identifier, name=f"Yhdistys {at}-{place} ry",
            organisation_type="Yhdistys", street_address=f"Kuja {at}", postal_code=f"{10000 + at % 80000}",
            city="Jyväskylä", phone=f"+35815{100000 + at}", website=f"https://www.yhdistys{at}.fi/hanke",
        )  # fmt: skip
        role = "transfer_recipient" if kind == "transfer" and place else "beneficiary"
        made.add("participations", project_code=made.code, organisation_id=identifier, role=role)
        if place < 2:
            made.add("participations", project_code=made.code, organisation_id=identifier, role="implementer")


def _finance(made: Unit) -> None:
    rng = made.rng
    granted = rng.randrange(100_000, 900_000)
    planned = granted * rng.randrange(105, 130) // 100
    total = planned * 13 // 10
    used = rng.randrange(80, 101)
    amounts = {
        "granted_eu_state_eur": granted, "planned_public_eur": planned, "planned_total_eur": total,
        "realised_eu_eur": granted * used // 200, "realised_eu_state_eur": granted * used // 100,
        "realised_public_eur": planned * used // 100, "realised_total_eur": total * used // 100,
    }  # fmt: skip
    made.add("finance", project_code=made.code, **{name: f"{value}.00" for name, value in amounts.items()})


def _documents(made: Unit, end: date) -> None:
    compiled = (end + timedelta(days=made.rng.randrange(30, 300))).isoformat()[:7]
    for kind in ("description", "card"):
        name = f"{made.code}-{kind}.txt"
        made.add(
            "documents", document_id=name, path=name, kind=kind, project_code=made.code, compiled=compiled,
            sha256=hashlib.sha256(name.encode()).hexdigest(), media_type="text/plain", encoding="utf-8",
            damaged="false",
            url=f"https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi={made.code}",
        )  # fmt: skip


def _indicators(made: Unit) -> None:
    rng = made.rng
    persons, companies = rng.randrange(50, 500), rng.randrange(5, 50)
    values = {
        ("participating_persons", "planned"): persons, ("participating_persons", "realised"): persons + 9,
        ("participating_enterprises", "planned"): companies, ("participating_enterprises", "realised"): companies + 1,
        ("gender_analysis", "stated"): rng.randrange(2), ("gender_mainstreaming", "stated"): 1,
        ("gender_main_objective", "stated"): rng.randrange(2),
    }  # fmt: skip
    for name in scored():
        values[name, "direct"] = rng.randrange(1, 10)
        values[name, "indirect"] = values[name, "direct"] + 1
    for (indicator, measure), value in values.items():
        made.add("indicators", project_code=made.code, indicator=indicator, measure=measure, value=str(value))


def _figures(made: Unit, rates: tuple[int, ...] | None) -> None:
    persons = int(made.find("indicators", indicator="participating_persons", measure="realised")["value"])
    companies = int(made.find("indicators", indicator="participating_enterprises", measure="realised")["value"])
    staff = int(made.finance["realised_public_eur"][:-3]) // 250 * 100
    costs = {"staff": staff, "services": staff // 5, "other": staff // 10}
    if rates:
        costs["flat_rate"] = staff * made.rng.choice(rates) // 100
    third = persons // 3
    groups = {
        "costs": costs,
        "participants": {"total": persons, "women": persons * 3 // 5, "men": persons - persons * 3 // 5},
        "participants_by_status": {"employed": third, "students": third, "unemployed": persons - 2 * third},
        "participants_by_education": {"basic": persons - third, "secondary": third},
        "partners_by_kind": {"companies": companies, "associations": 40, "total": companies + 40},
    }
    whole = sum(costs.values())
    costs |= {f"{item}_pct": round(100 * value / whole) for item, value in costs.items()}
    for group, items in groups.items():
        for item, value in items.items():
            made.add(
                "figures", project_code=made.code, document_id=made.documents["document_id"], group=group, item=item,
                value=f"{value}.00", unit="%" if item.endswith("_pct") else "n", section="9", line="200",
            )  # fmt: skip


def _locations(made: Unit) -> None:
    place = made.rng.choice(municipalities())
    for level in ("region", "subregion", "municipality"):
        name = place["name_fi" if level == "municipality" else f"{level}_fi"]
        made.add("locations", project_code=made.code, level=level, name=name, section="6", code=place[f"{level}_code"])
    for section in ("3", "9"):
        made.add(
            "locations", project_code=made.code, level="municipality", name=place["name_fi"], section=section,
            code=place["municipality_code"],
        )  # fmt: skip
    made.projects |= {
        "site_street_address": "Kuja 1",
        "site_postal_code": "40100",
        "site_city": place["name_fi"].upper(),
    }


def stated(made: Unit) -> Unit:
    """The unit with the statements of its documents: all cells in the description, some in the list and the card."""
    description, card = (row["document_id"] for row in made.rows["documents"][:2])
    for table in ("projects", "organisations", "participations", "finance", "indicators", "figures", "locations"):
        for row in made.rows[table]:
            for name, value in row.items():
                if value is not None and name != "line":
                    made.state(description, table, row, name)
    for document in (EXPORT, card):
        for name in ("name", "start_date", "end_date", "status"):
            made.state(document, "projects", made.projects, name)
        made.state(document, "finance", made.finance, "realised_public_eur")
    return made


def package(made: Iterable[Unit]) -> Package:
    """The package of these units."""
    empty = blank()
    rows: dict[str, list[Row]] = {
        "documents": [
            {"document_id": name, "path": name, "kind": kind, "sha256": sha * 64}
            for name, kind, sha in ((EXPORT, "export", "e"), (CORRECTIONS, "correction", "c"))
        ]
    }
    for one in made:
        for table, some in one.rows.items():
            rows.setdefault(table, []).extend(some)
    names = {table: [field["name"] for field in empty.fields(table)] for table in rows}
    frames = {table: frame([_text(row) for row in some], names[table]) for table, some in rows.items()}
    if "rates" in frames:
        frames["rates"] = pl.concat([empty.raw("rates"), frames["rates"]])
    return empty.replace(**frames)


def _text(row: Row) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in row.items()}
