"""Clean rows of the four tables, each value a function of the row's number, so that every run makes the same.

A project has two, three or four participations, as it is single, joint or a transfer of aid. Cells are text, as a
CSV file holds them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

sys.path.append(str(Path(__file__).resolve().parent.parent))

from release import PLACES, WORDS

FUNDS = {"EAKR": ("A8", "1", "1.1"), "ESR+": ("S3", "4", "4.2"), "JTF": ("J1", "7", None)}
"""The funds of 2021-27: how codes begin, a priority axis, and one of its specific objectives."""

AUTHORITIES = (
    "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
    "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus",
    "Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus",
)
TYPES = ("single", "joint", "transfer")
ROLES = {
    "single": ("beneficiary", "implementer"),
    "joint": ("beneficiary", "beneficiary", "beneficiary"),
    "transfer": ("beneficiary", "transfer_recipient", "transfer_recipient", "implementer"),
}
BEFORE = tuple(sum(len(ROLES[kind]) for kind in TYPES[:place]) for place in range(len(TYPES)))
"""Participations before those of the first, second and third of three projects."""

N = pl.col("n")
NOTHING = pl.lit(None, pl.String)


def organisations_of(projects: int) -> int:
    """How many organisations take part in so many projects."""
    return max(projects // 5, 3)


def mixed(salt: int, below: int, number: pl.Expr = N) -> pl.Expr:
    """A whole number from 0 that looks drawn at random."""
    return (number * 2654435761 + salt * 40503) // 65536 % below


def pick(values: tuple[str | None, ...], index: pl.Expr) -> pl.Expr:
    """The value at an index."""
    return index.replace_strict(dict(enumerate(values)), return_dtype=pl.String)


def euros(cents: pl.Expr) -> pl.Expr:
    """An amount with two decimals."""
    return (cents // 100).cast(pl.String) + "." + (cents % 100).cast(pl.String).str.zfill(2)


def business_id(organisation: pl.Expr) -> pl.Expr:
    """The y-tunnus of an organisation's number, with the check digit that holds."""
    even = organisation * 2 + 1_000_000
    number = even + (_rest(even) == 1).cast(pl.Int64)  # the remainder 1 has no digit; the next number has 3
    return number.cast(pl.String) + "-" + ((11 - _rest(number)) % 11).cast(pl.String)


def _rest(number: pl.Expr) -> pl.Expr:
    return sum((number // 10 ** (6 - place) % 10 * weight for place, weight in enumerate((7, 9, 10, 5, 8, 4, 2))),
               pl.lit(0)) % 11  # fmt: skip


_FUND = N // 10 % len(FUNDS)
_CODE = pick(tuple(prefix for prefix, _, _ in FUNDS.values()), _FUND) + N.cast(pl.String).str.zfill(8)
_BEGUN = mixed(1, 20, N // 10) > 0
_START = (
    pl.when(_BEGUN).then(pl.date(2021, 9, 2)).otherwise(pl.date(2026, 2, 2))
    + pl.duration(days=pl.when(_BEGUN).then(mixed(2, 1000, N // 10)).otherwise(0) + mixed(3, 180))
)  # fmt: skip


def projects(numbers: pl.DataFrame) -> pl.DataFrame:
    """The projects of these numbers `n`."""
    return numbers.with_columns(
        line=N + 2,
        project_code=_CODE,
        name=pick(WORDS, mixed(4, len(WORDS))) + " " + pick(PLACES, mixed(5, len(PLACES))) + " " + N.cast(pl.String),
        programme_period=pl.lit("2021-2027"),
        fund=pick(tuple(FUNDS), _FUND),
        priority_axis=pick(tuple(axis for _, axis, _ in FUNDS.values()), _FUND),
        specific_objective=pick(tuple(objective for _, _, objective in FUNDS.values()), _FUND),
        start_date=_START.cast(pl.String),
        end_date=(_START + pl.duration(days=mixed(6, 1000))).cast(pl.String),
        status=pick(("Toiminnassa", "Toiminta päättynyt"), mixed(7, 2)),
        authority=pick(AUTHORITIES, mixed(8, len(AUTHORITIES))),
        application_type=pick(TYPES, N % 3),
        **dict.fromkeys(("site_street_address", "site_postal_code", "site_city"), NOTHING),
    )


def organisations(numbers: pl.DataFrame) -> pl.DataFrame:
    """The organisations of these numbers `n`."""
    town = pick(PLACES, mixed(2, len(PLACES)))
    return numbers.with_columns(
        line=N + 2,
        organisation_id=business_id(N),
        business_id=business_id(N),
        name=pick(WORDS, mixed(1, len(WORDS))) + " Oy " + N.cast(pl.String),
        organisation_type=pick(("Kunta", "Säätiö", "Yliopisto", "Mikroyritys"), mixed(3, 4)),
        street_address="Kuusikatu " + (mixed(4, 99) + 1).cast(pl.String) + ", " + town,
        postal_code=(mixed(5, 99_000) + 100).cast(pl.String).str.zfill(5),
        city=town,
        phone=pl.lit("+35815") + (mixed(6, 90_000) + 10_000).cast(pl.String),
        website=pl.lit("https://www.example.fi/") + N.cast(pl.String),
    )


def participations(numbers: pl.DataFrame, among: int) -> pl.DataFrame:
    """The participations of the projects of these numbers `n`, among so many organisations."""
    kind, slot = N % 3, pl.col("slot")
    roles = {3 * slot + place: role for place, kind in enumerate(TYPES) for slot, role in enumerate(ROLES[kind])}
    first = N * 2654435761 % among
    other = pl.when(pl.col("role") == "implementer").then(0).otherwise(slot)
    return (
        numbers.with_columns(slot=pl.int_ranges(0, kind + 2))
        .explode("slot")
        .with_columns(role=(3 * slot + kind).replace_strict(roles, return_dtype=pl.String))
        .select(
            "n",
            "slot",
            line=N // 3 * sum(map(len, ROLES.values()))
            + kind.replace_strict(dict(enumerate(BEFORE)), return_dtype=pl.Int64)
            + slot
            + 2,
            project_code=_CODE,
            organisation_id=business_id((first + other) % among),
            role="role",
        )
    )


def finance(numbers: pl.DataFrame) -> pl.DataFrame:
    """The funding of the projects of these numbers `n`; what has not begun has realised nothing."""
    granted = mixed(9, 50_000_000) + 100_000
    share = pl.when(_BEGUN).then(mixed(10, 101)).otherwise(0)
    realised = granted * share // 100
    planned = granted * (101 + mixed(11, 50)) // 100
    return numbers.with_columns(
        line=N + 2,
        project_code=_CODE,
        granted_eu_state_eur=euros(granted),
        realised_eu_state_eur=euros(realised),
        planned_public_eur=euros(planned),
        realised_public_eur=euros(planned * share // 100),
        planned_total_eur=euros(planned * 2),
        realised_total_eur=euros(planned * share // 50),
        realised_eu_eur=euros(realised // 2),
    )
