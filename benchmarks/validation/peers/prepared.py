"""What the schema libraries on Polars are given: typed tables with their lines, and what the text and joins tell.

None of them tells which cells of a text column are no dates without giving up on the column, and none looks into a
second table row by row. So a cell that is not of its type, a reference, a group and a join reach them as columns of
truth values.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

KEYS = {
    "projects": ["project_code"],
    "organisations": ["organisation_id"],
    "participations": ["project_code", "organisation_id", "role"],
    "finance": ["project_code"],
}
DATES = ["start_date", "end_date"]
MONEY = ["granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
         "planned_total_eur", "realised_total_eur", "realised_eu_eur"]  # fmt: skip
USED = {
    "projects": ["project_code", "name", "fund", "application_type", *DATES],
    "organisations": ["organisation_id", "business_id", "postal_code"],
    "participations": KEYS["participations"],
    "finance": ["project_code", *MONEY],
}
FUNDS = ["EAKR", "ESR", "ESR+", "JTF"]
AMOUNT = pl.Decimal(14, 2)


def tables(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables with the columns that a rule is about, `line`, and the truth values."""
    lazy = {
        name: pl.scan_csv(folder / f"data/{name}.csv", infer_schema=False, row_index_name="line", row_index_offset=2)
        .select("line", *columns)
        for name, columns in USED.items()
    }  # fmt: skip
    projects, organisations, participations, finance = lazy.values()
    beneficiaries = participations.filter(role="beneficiary").group_by("project_code").len().filter(pl.col("len") > 1)
    projects = typed(projects, {name: pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in DATES})
    finance = typed(finance, {name: pl.col(name).cast(AMOUNT, strict=False) for name in MONEY})
    coming = projects.filter(pl.col("start_date") > pl.date(2026, 1, 31)).select("project_code").unique()
    ready = {
        "projects": told(projects, "several", beneficiaries, ["project_code"]),
        "organisations": organisations,
        "participations": told(
            told(participations, "project_known", projects, ["project_code"]),
            "organisation_known", organisations, ["organisation_id"],
        ),
        "finance": told(told(finance, "project_known", projects, ["project_code"]), "coming", coming, ["project_code"]),
    }  # fmt: skip
    return dict(zip(ready, pl.collect_all(ready.values()), strict=True))


def typed(rows: pl.LazyFrame, columns: dict[str, pl.Expr]) -> pl.LazyFrame:
    """The rows with typed columns, and a column that says whether every cell could be read."""
    unread = [read.is_null() & pl.col(name).is_not_null() for name, read in columns.items()]
    return rows.with_columns(~pl.any_horizontal(unread).alias("readable"), **columns)


def told(rows: pl.LazyFrame, name: str, others: pl.LazyFrame, on: list[str]) -> pl.LazyFrame:
    """The rows with a column that says whether the other table has their key."""
    there = others.select(on).unique().with_columns(pl.lit(True).alias(name))
    return rows.join(there, on=on, how="left", maintain_order="left").with_columns(pl.col(name).fill_null(False))


def check_digit_holds() -> pl.Expr:
    """Whether the weighted sum of the digits of a business id is divisible by eleven."""
    digits = pl.col("business_id").str.replace("-", "", literal=True).cast(pl.Int64, strict=False)
    weights = (7, 9, 10, 5, 8, 4, 2, 1)
    return pl.sum_horizontal(digits // 10 ** (7 - n) % 10 * weight for n, weight in enumerate(weights)) % 11 == 0


def findings(table: str, rule: str | pl.Expr, rows: pl.DataFrame) -> pl.DataFrame:
    """The findings of rows that break a rule."""
    key = pl.concat_str(KEYS[table], separator="/", ignore_nulls=True)
    return rows.select(
        table=pl.lit(table),
        rule=pl.lit(rule) if isinstance(rule, str) else rule,
        key=key,
        line=pl.col("line").cast(pl.Int64),
    )


def write(found: list[pl.DataFrame], output: Path) -> None:
    """Write every finding, once."""
    pl.concat(found).unique().write_csv(output)
