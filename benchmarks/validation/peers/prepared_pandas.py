"""What the schema libraries on pandas are given: typed tables with their lines, and what the text and joins tell.

As on Polars, what a cell's text, several columns, another table or a group tell reaches them as columns of truth
values that are named after the rule.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from pandas import DataFrame, Series

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
CENT = 0.005
"""What floating point may be off by, well below a cent."""


def tables(folder: Path) -> dict[str, DataFrame]:
    """The tables, with a column of truth values for each rule that one column cannot tell."""
    read = {
        name: pd.read_csv(
            folder / f"data/{name}.csv", usecols=columns, dtype=str, keep_default_na=False, na_values=[""]
        )
        for name, columns in USED.items()
    }
    projects, organisations, participations, finance = read.values()
    typed(projects, {name: pd.to_datetime(projects[name], format="%Y-%m-%d", errors="coerce") for name in DATES})
    typed(finance, {name: pd.to_numeric(finance[name], errors="coerce") for name in MONEY})
    counts = participations.loc[participations["role"] == "beneficiary", "project_code"].value_counts()
    several = projects["project_code"].isin(counts.index[counts > 1])
    projects["single-applicant-with-several"] = ~((projects["application_type"] == "single") & several)
    projects["ends-before-start"] = ~(projects["end_date"] < projects["start_date"])
    organisations["business-id-check-digit"] = check_digit_holds(organisations["business_id"])
    known = projects["project_code"]
    participations["foreign-key"] = participations["project_code"].isin(known) & participations["organisation_id"].isin(
        organisations["organisation_id"]
    )
    finance["foreign-key"] = finance["project_code"].isin(known)
    over = finance["realised_eu_state_eur"] - finance["granted_eu_state_eur"]
    finance["realised-over-granted"] = ~(over > 1 + CENT)
    coming = finance["project_code"].isin(known[projects["start_date"] > "2026-01-31"])
    finance["money-before-start"] = ~(coming & (finance["realised_public_eur"] > 0))
    for rows in read.values():
        rows["line"] = range(2, len(rows) + 2)
    return read


def typed(rows: DataFrame, columns: dict[str, Series]) -> None:
    """Put typed columns in the place of text, with a column that says whether every cell could be read."""
    rows["type"] = ~pd.concat([read.isna() & rows[name].notna() for name, read in columns.items()], axis=1).any(axis=1)
    for name, read in columns.items():
        rows[name] = read


def check_digit_holds(ids: Series) -> Series:
    """Whether the weighted sum of the digits of each business id is divisible by eleven."""
    digits = pd.to_numeric(ids.str.replace("-", "", regex=False), errors="coerce")
    weights = (7, 9, 10, 5, 8, 4, 2, 1)
    total = sum(digits // 10 ** (7 - place) % 10 * weight for place, weight in enumerate(weights))
    return (total % 11 == 0) | ids.isna()


def findings(table: str, rows: DataFrame, rule: Series | str) -> DataFrame:
    """The findings of rows that break a rule."""
    parts = [rows[name].fillna("") for name in KEYS[table]]
    key = parts[0].str.cat(parts[1:], sep="/") if len(parts) > 1 else parts[0]
    return DataFrame({"table": table, "rule": rule, "key": key, "line": rows["line"]})


def write(found: list[DataFrame], output: Path) -> None:
    """Write every finding, once."""
    pd.concat(found).drop_duplicates().to_csv(output, index=False)
