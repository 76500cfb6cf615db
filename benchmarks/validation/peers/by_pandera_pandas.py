"""The rules in pandera on pandas: a schema a table, validated lazily, so that every failure case is told.

Run as `python by_pandera_pandas.py FOLDER OUTPUT`. A rule on several columns is a column of truth values, for as a
check of the whole frame it would give a failure case for every column.
"""

import sys
from pathlib import Path

import pandera.pandas as pa
from prepared_pandas import FUNDS, KEYS, findings, tables, write

NAMES = {"not_nullable": "required", "multiple_fields_uniqueness": "primary-key"}
TESTS = {
    ("projects", "fund"): pa.Check(lambda fund: fund.isin(FUNDS), name="enum"),
    ("organisations", "postal_code"): pa.Check(lambda code: code.str.fullmatch("[0-9]{5}"), name="pattern"),
    ("finance", "granted_eu_state_eur"): pa.Check(lambda amount: amount >= 0, name="minimum"),
}


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    found = []
    for table, rows in tables(folder).items():
        columns = {}
        for name in rows.columns.drop("line"):
            if rows[name].dtype == bool:
                columns[name] = pa.Column(bool, pa.Check(lambda truth: truth, name=name))
            else:
                needed = name in KEYS[table] or (table, name) == ("projects", "name")
                columns[name] = pa.Column(None, TESTS.get((table, name)), nullable=not needed)
        try:
            pa.DataFrameSchema(columns, unique=KEYS[table]).validate(rows, lazy=True)
        except pa.errors.SchemaErrors as error:
            cases = error.failure_cases[["check", "index"]].drop_duplicates()
            broken = rows.loc[cases["index"].astype(int)]
            found.append(findings(table, broken, cases["check"].replace(NAMES).array))
    write(found, output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
