"""Faults: each function puts one into a clean project and says which marks it deserves.

Here those that break a declared constraint.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from clean_packages import Unit


class Fault(NamedTuple):
    """A way to spoil a project: its name, what it does, which projects it can be put into, and how often."""

    name: str
    spoil: Callable[[Unit], None]
    fits: Callable[[Unit], bool]
    stated: bool


FAULTS: list[Fault] = []


def fault(
    *series: str, kind: str | None = None, stated: bool = False
) -> Callable[[Callable[[Unit], None]], Callable[[Unit], None]]:
    """Mark a function as a fault for projects of some code series and kind of application (default: of all)."""

    def fits(unit: Unit) -> bool:
        return (not series or unit.code[:2] in series) and kind in (None, unit.projects["application_type"])

    def keep(spoil: Callable[[Unit], None]) -> Callable[[Unit], None]:
        FAULTS.append(Fault(spoil.__name__.replace("_", "-"), spoil, fits, stated))
        return spoil

    return keep


def day(text: str) -> date:
    return date.fromisoformat(text)


def moved(text: str, days: int) -> str:
    return (day(text) + timedelta(days=days)).isoformat()


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}" if cents >= 0 else f"-{euros(-cents)}"


def cents(amount: str) -> int:
    return round(float(amount) * 100)


# Declared constraints


@fault()
def type_(u: Unit) -> None:
    table, name, value = u.rng.choice(
        [("projects", "end_date", "31.10.2020"), ("finance", "realised_eu_eur", "1.005"),
         ("documents", "damaged", "ehkä"), ("finance", "planned_total_eur", "1 000"), ("figures", "line", "x")]
    )  # fmt: skip
    getattr(u, table)[name] = value
    u.mark(table, getattr(u, table), "type")


@fault()
def required(u: Unit) -> None:
    u.documents["path"] = None
    u.mark("documents", u.documents, "required")


@fault()
def required_in_a_key(u: Unit) -> None:
    row = u.rows["locations"][-1]
    row["section"] = None
    u.mark("locations", row, "required")


@fault()
def enum(u: Unit) -> None:
    row = u.find("indicators", indicator="gender_analysis")
    row["measure"] = "told"
    u.mark("indicators", row, "enum", "measure-of-another-indicator")


@fault()
def enum_in_a_document(u: Unit) -> None:
    u.documents["kind"] = "letter"
    u.mark("documents", u.documents, "enum")


@fault()
def pattern(u: Unit) -> None:
    table, name, value = u.rng.choice(
        [("organisations", "postal_code", "4010"), ("organisations", "phone", "015 1941"),
         ("documents", "sha256", u.code), ("documents", "compiled", "2099-13"),
         ("projects", "site_postal_code", "FI-40100")]
    )  # fmt: skip
    getattr(u, table)[name] = value
    u.mark(table, getattr(u, table), "pattern")


@fault()
def minimum(u: Unit) -> None:
    u.figures["line"] = "0"
    u.mark("figures", u.figures, "minimum")


@fault()
def maximum(u: Unit) -> None:
    row = u.add("rates", rate="flat_rate", fund="JTF", programme_period="2007-2013", base="staff_costs",
                value_pct=f"{u.rng.randrange(101, 999)}.00", valid_from=f"2007-01-{u.rng.randrange(10, 29)}",
                valid_to="2015-12-31", reference=u.code)  # fmt: skip
    row["valid_from"] = moved("1990-01-01", int(u.code[1:]) % 9000)
    u.mark("rates", row, "maximum")


@fault()
def unique(u: Unit) -> None:
    row = u.add(
        "organisations", **u.organisations | {"organisation_id": f"name:toinen {u.code.lower()}", "name": u.code}
    )
    u.add("participations", project_code=u.code, organisation_id=row["organisation_id"], role="transfer_recipient")
    u.projects["application_type"] = "transfer"
    u.mark("organisations", u.organisations, "unique")
    u.mark("organisations", row, "unique", "identifier-is-not-business-id")


@fault()
def primary_key(u: Unit) -> None:
    table = u.rng.choice(["finance", "locations", "indicators"])
    row = u.rows[table][-1] if table != "indicators" else u.find(table, indicator="gender_analysis")
    u.add(table, **row)
    u.mark(table, row, "primary-key")


@fault()
def foreign_key(u: Unit) -> None:
    row = u.add("participations", project_code=u.code, organisation_id="9999999-9", role="transfer_recipient")
    u.projects["application_type"] = "transfer"
    u.mark("participations", row, "foreign-key")
