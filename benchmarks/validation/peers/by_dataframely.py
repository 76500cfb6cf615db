"""The rules in dataframely: a schema a table, and `filter`, which keeps what broke each rule.

Run as `python by_dataframely.py FOLDER OUTPUT`.
"""

import sys
from pathlib import Path

import dataframely as dy
import polars as pl
from prepared import FUNDS, KEYS, check_digit_holds, findings, tables, write

col = pl.col


def amount(minimum: int | None = None) -> dy.Decimal:
    """A column of exact euros."""
    return dy.Decimal(14, 2, nullable=True, min=minimum)


class Projects(dy.Schema):
    """The projects."""

    line = dy.UInt32()
    project_code = dy.String(primary_key=True)
    name = dy.String(nullable=False)
    fund = dy.String(nullable=True, check={"enum": lambda column: column.is_in(FUNDS)})
    application_type = dy.String(nullable=True)
    start_date = dy.Date(nullable=True)
    end_date = dy.Date(nullable=True)
    readable = dy.Bool(check={"type": lambda column: column})
    several = dy.Bool()

    @dy.rule()
    def ends_before_start(cls) -> pl.Expr:  # noqa: N805
        """A project ends on its first day or later."""
        return col("end_date") >= col("start_date")

    @dy.rule()
    def single_applicant_with_several(cls) -> pl.Expr:  # noqa: N805
        """A single applicant is one."""
        return (col("application_type") != "single") | ~col("several")


class Organisations(dy.Schema):
    """The organisations."""

    line = dy.UInt32()
    organisation_id = dy.String(primary_key=True)
    business_id = dy.String(nullable=True, check={"business-id-check-digit": lambda _: check_digit_holds()})
    postal_code = dy.String(nullable=True, regex=r"^[0-9]{5}$")


class Participations(dy.Schema):
    """The participations."""

    line = dy.UInt32()
    project_code = dy.String(primary_key=True)
    organisation_id = dy.String(primary_key=True)
    role = dy.String(primary_key=True)
    project_known = dy.Bool()
    organisation_known = dy.Bool()

    @dy.rule()
    def foreign_key(cls) -> pl.Expr:  # noqa: N805
        """The project and the organisation are there."""
        return col("project_known") & col("organisation_known")


class Finance(dy.Schema):
    """The funding."""

    line = dy.UInt32()
    project_code = dy.String(primary_key=True)
    granted_eu_state_eur = amount(minimum=0)
    realised_eu_state_eur = amount()
    planned_public_eur = amount()
    realised_public_eur = amount()
    planned_total_eur = amount()
    realised_total_eur = amount()
    realised_eu_eur = amount()
    readable = dy.Bool(check={"type": lambda column: column})
    project_known = dy.Bool()
    coming = dy.Bool()

    @dy.rule()
    def realised_over_granted(cls) -> pl.Expr:  # noqa: N805
        """No more is realised than was granted, but for a euro."""
        return col("realised_eu_state_eur") <= col("granted_eu_state_eur") + 1

    @dy.rule()
    def money_before_start(cls) -> pl.Expr:  # noqa: N805
        """Nothing is realised before a project begins."""
        return ~col("coming") | (col("realised_public_eur") <= 0)

    @dy.rule()
    def foreign_key(cls) -> pl.Expr:  # noqa: N805
        """The project is there."""
        return col("project_known")


SCHEMAS = {"projects": Projects, "organisations": Organisations, "participations": Participations, "finance": Finance}
NAMES = {"nullability": "required", "regex": "pattern", "min": "minimum", "primary_key": "primary-key"}


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    found = []
    for table, rows in tables(folder).items():
        _, failure = SCHEMAS[table].filter(rows)
        details = failure.details()
        keep = ["line", *KEYS[table]]
        marks = [name for name in details.columns if name not in rows.columns]
        broken = details.unpivot(marks, index=keep, variable_name="rule").filter(col("value") == "invalid")
        last = col("rule").str.split("|").list.last()
        found.append(findings(table, last.replace(NAMES).str.strip_prefix("check__").str.replace_all("_", "-"), broken))
    write(found, output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
