"""The rules in Polars, written by hand: streaming plans that share their scans, a few at a time to spare memory.

Run as `python by_polars.py FOLDER OUTPUT`.
"""

import sys
from datetime import date
from pathlib import Path

import polars as pl

KEYS = {
    "projects": ["project_code"],
    "organisations": ["organisation_id"],
    "participations": ["project_code", "organisation_id", "role"],
    "finance": ["project_code"],
}
MONEY = ["granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
         "planned_total_eur", "realised_total_eur", "realised_eu_eur"]  # fmt: skip
DATES = ["start_date", "end_date"]
FUNDS = ["EAKR", "ESR", "ESR+", "JTF"]
TODAY = date(2026, 1, 31)
col = pl.col


def check_digit_off() -> pl.Expr:
    """Whether the weighted sum of the digits is not divisible by eleven."""
    digits = col("business_id").str.replace("-", "", literal=True).cast(pl.Int64, strict=False)
    weights = (7, 9, 10, 5, 8, 4, 2, 1)
    return pl.sum_horizontal(digits // 10 ** (7 - n) % 10 * weight for n, weight in enumerate(weights)) % 11 != 0


def unreadable(names: list[str]) -> pl.Expr:
    """Whether a cell holds text that is not of its column's type."""
    return pl.any_horizontal(col(name).is_null() & col(f"{name} text").is_not_null() for name in names)


def finding(table: str, rule: pl.Expr, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The findings of rows that break a rule."""
    key = pl.concat_str(KEYS[table], separator="/", ignore_nulls=True)
    return rows.select(table=pl.lit(table), rule=rule, key=key, line="line")


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    tables = {
        name: pl.scan_csv(folder / f"data/{name}.csv", infer_schema=False, row_index_name="line", row_index_offset=2)
        for name in KEYS
    }
    projects, organisations, participations, finance = tables.values()
    dates = [col(name).str.to_date("%Y-%m-%d", strict=False) for name in DATES]
    amounts = [col(name).cast(pl.Decimal(14, 2), strict=False) for name in MONEY]
    typed = {
        "projects": projects.with_columns(*(col(name).alias(f"{name} text") for name in DATES), *dates),
        "organisations": organisations,
        "participations": participations,
        "finance": finance.with_columns(*(col(name).alias(f"{name} text") for name in MONEY), *amounts),
    }
    rules = {
        "projects": {
            "type": unreadable(DATES),
            "required": col("name").is_null(),
            "enum": ~col("fund").is_in(FUNDS),
            "ends-before-start": col("end_date") < col("start_date"),
        },
        "organisations": {
            "pattern": ~col("postal_code").str.contains(r"^[0-9]{5}$"),
            "business-id-check-digit": check_digit_off(),
        },
        "participations": {},
        "finance": {
            "type": unreadable(MONEY),
            "minimum": col("granted_eu_state_eur") < 0,
            "realised-over-granted": col("realised_eu_state_eur") > col("granted_eu_state_eur") + 1,
        },
    }
    found = []

    def add(*plans: pl.LazyFrame) -> None:
        found.extend(pl.collect_all(plans, engine="streaming"))

    for table, marks in rules.items():
        keys = KEYS[table]
        marks["required"] = marks.get("required", pl.lit(False)) | pl.any_horizontal(col(*keys).is_null())
        marked = typed[table].select("line", *keys, **marks).filter(pl.any_horizontal(*marks))
        broken = marked.unpivot(list(marks), index=["line", *keys], variable_name="rule").filter("value")
        hashed = tables[table].with_columns(hash=pl.struct(keys).hash())
        alike = hashed.join(hashed.group_by("hash").len().filter(col("len") > 1), on="hash", how="semi")
        double = alike.filter(pl.len().over(keys) > 1)
        add(finding(table, col("rule"), broken), finding(table, pl.lit("primary-key"), double))
    lost = [
        participations.join(projects, on="project_code", how="anti"),
        participations.join(organisations, on="organisation_id", how="anti"),
    ]
    add(finding("participations", pl.lit("foreign-key"), pl.concat(lost)))
    beneficiaries = participations.filter(role="beneficiary").group_by("project_code").len().filter(col("len") > 1)
    several = projects.filter(application_type="single").join(beneficiaries, on="project_code", how="semi")
    coming = typed["projects"].filter(col("start_date") > TODAY)
    early = typed["finance"].filter(col("realised_public_eur") > 0).join(coming, on="project_code", how="semi")
    unknown = finance.join(projects, on="project_code", how="anti")
    add(
        finding("projects", pl.lit("single-applicant-with-several"), several),
        finding("finance", pl.lit("money-before-start"), early),
        finding("finance", pl.lit("foreign-key"), unknown),
    )
    pl.concat(found).unique().write_csv(output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
