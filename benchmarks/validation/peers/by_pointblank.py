"""The rules in pointblank: a validation a table, and the extracts of the rows that failed each step.

Run as `python by_pointblank.py FOLDER OUTPUT`.
"""

import sys
from pathlib import Path

import pointblank as pb
import polars as pl
from prepared import FUNDS, KEYS, check_digit_holds, findings, tables, write

col = pl.col
RULES = {
    "projects": {
        "type": col("readable"),
        "single-applicant-with-several": (col("application_type") != "single") | ~col("several"),
    },
    "organisations": {"business-id-check-digit": check_digit_holds()},
    "participations": {"foreign-key": col("project_known") & col("organisation_known")},
    "finance": {
        "type": col("readable"),
        "foreign-key": col("project_known"),
        "minimum": col("granted_eu_state_eur") >= 0,  # col_vals_ge asks for NaN, which a decimal does not know
        "realised-over-granted": col("realised_eu_state_eur") <= col("granted_eu_state_eur") + 1,
        "money-before-start": ~col("coming") | (col("realised_public_eur") <= 0),
    },
}


def plan(table: str, rows: pl.DataFrame) -> tuple[pb.Validate, list[str]]:
    """The steps of a table, with the rule of each."""
    steps, rules = pb.Validate(data=rows), []
    for name in KEYS[table]:
        steps, rules = steps.col_vals_not_null(name), [*rules, "required"]
    steps, rules = steps.rows_distinct(KEYS[table]), [*rules, "primary-key"]
    if table == "projects":
        steps = steps.col_vals_not_null("name").col_vals_in_set("fund", FUNDS)
        steps = steps.col_vals_ge("end_date", pb.col("start_date"), na_pass=True)
        rules += ["required", "enum", "ends-before-start"]
    if table == "organisations":
        steps, rules = steps.col_vals_regex("postal_code", r"^[0-9]{5}$", na_pass=True), [*rules, "pattern"]
    for rule, holds in RULES[table].items():
        steps, rules = steps.col_vals_expr(holds.fill_null(True)), [*rules, rule]
    return steps, rules


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    found = []
    for table, rows in tables(folder).items():
        steps, rules = plan(table, rows)
        steps.interrogate(collect_tbl_checked=False, extract_limit=rows.height)
        placed = rows.select("line", *KEYS[table])
        for number, rule in enumerate(rules, 1):
            extract = steps.get_data_extracts(i=number, frame=True)
            if extract is not None and extract.height:  # of double keys the extract holds the number and the key alone
                lines = extract.select(line=pl.col("_row_num_").cast(pl.UInt32) + 1)
                found.append(findings(table, rule, placed.join(lines, on="line", how="semi")))
    write(found, output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
