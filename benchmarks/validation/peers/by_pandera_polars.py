"""The rules in pandera on Polars: a schema a table, validated lazily, so that every failure case is told.

Run as `python by_pandera_polars.py FOLDER OUTPUT`. A rule on several columns hangs on the column at fault, for as a
check of the whole frame each of its failure cases would be the row as JSON.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pandera.polars as pa
import polars as pl
from prepared import AMOUNT, FUNDS, KEYS, MONEY, check_digit_holds, findings, tables, write

col = pl.col
NAMES = {"not_nullable": "required", "multiple_fields_uniqueness": "primary-key"}


def rule(name: str, holds: pl.Expr) -> pa.Check:
    """A rule of any columns, as a check."""
    check: Callable[[pa.PolarsData], pl.LazyFrame] = lambda data: data.lazyframe.select(holds)  # noqa: E731
    return pa.Check(check, name=name)


def text(*checks: pa.Check, nullable: bool = True) -> pa.Column:
    """A column of text."""
    return pa.Column(pl.String, list(checks), nullable=nullable)


def truth(name: str, column: str) -> pa.Column:
    """A column of truth values that are all true."""
    return pa.Column(pl.Boolean, rule(name, col(column)))


COLUMNS = {
    "projects": {
        "project_code": text(nullable=False),
        "name": text(nullable=False),
        "fund": text(rule("enum", col("fund").is_in(FUNDS))),  # the name of Check.isin is not kept in failure cases
        "application_type": text(),
        "start_date": pa.Column(pl.Date, nullable=True),
        "end_date": pa.Column(pl.Date, rule("ends-before-start", col("end_date") >= col("start_date")), nullable=True),
        "readable": truth("type", "readable"),
        "several": pa.Column(pl.Boolean, rule(
            "single-applicant-with-several", (col("application_type") != "single") | ~col("several"))),
    },
    "organisations": {
        "organisation_id": text(nullable=False),
        "business_id": text(rule("business-id-check-digit", check_digit_holds())),
        "postal_code": text(rule("pattern", col("postal_code").str.contains(r"^[0-9]{5}$"))),
    },
    "participations": {
        **{name: text(nullable=False) for name in KEYS["participations"]},
        "project_known": truth("foreign-key", "project_known"),
        "organisation_known": truth("foreign-key", "organisation_known"),
    },
    "finance": {
        "project_code": text(nullable=False),
        **{name: pa.Column(AMOUNT, nullable=True) for name in MONEY},
        "granted_eu_state_eur": pa.Column(
            AMOUNT, rule("minimum", col("granted_eu_state_eur") >= 0), nullable=True),
        "realised_eu_state_eur": pa.Column(AMOUNT, rule(
            "realised-over-granted", col("realised_eu_state_eur") <= col("granted_eu_state_eur") + 1), nullable=True),
        "readable": truth("type", "readable"),
        "project_known": truth("foreign-key", "project_known"),
        "coming": pa.Column(pl.Boolean, rule(
            "money-before-start", ~col("coming") | (col("realised_public_eur") <= 0))),
    },
}  # fmt: skip


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    found = []
    for table, rows in tables(folder).items():
        schema = pa.DataFrameSchema(COLUMNS[table], unique=KEYS[table])
        try:
            schema.validate(rows, lazy=True)
        except pa.errors.SchemaErrors as error:
            cases = error.failure_cases.select(rule=col("check").replace(NAMES), line=col("index").cast(pl.UInt32) + 2)
            found.append(findings(table, col("rule"), cases.join(rows.select("line", *KEYS[table]), on="line")))
    write(found, output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
