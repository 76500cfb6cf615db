"""The rules in Great Expectations on pandas: a suite a table, and the rows that each expectation did not expect.

Run as `python by_great_expectations.py FOLDER OUTPUT`.
"""

import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from prepared_pandas import FUNDS, KEYS, findings, tables, write

FORMAT = {"result_format": "COMPLETE", "unexpected_index_column_names": ["line"], "include_unexpected_rows": False}


def expectations(table: str, rows: pd.DataFrame) -> list[gxe.Expectation]:
    """The expectations of a table, each with the name of its rule."""
    key = KEYS[table]
    made = [gxe.ExpectColumnValuesToNotBeNull(column=name, meta={"rule": "required"}) for name in key]
    named = {"rule": "primary-key"}
    if len(key) > 1:
        made.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=key, meta=named))
    else:
        made.append(gxe.ExpectColumnValuesToBeUnique(column=key[0], meta=named))
    if table == "projects":
        made.append(gxe.ExpectColumnValuesToNotBeNull(column="name", meta={"rule": "required"}))
        made.append(gxe.ExpectColumnValuesToBeInSet(column="fund", value_set=FUNDS, meta={"rule": "enum"}))
    if table == "organisations":
        made.append(
            gxe.ExpectColumnValuesToMatchRegex(column="postal_code", regex=r"^[0-9]{5}$", meta={"rule": "pattern"})
        )
    if table == "finance":
        made.append(
            gxe.ExpectColumnValuesToBeBetween(column="granted_eu_state_eur", min_value=0, meta={"rule": "minimum"})
        )
    for name in rows.select_dtypes(bool).columns:  # what several columns or tables tell
        made.append(gxe.ExpectColumnValuesToBeInSet(column=name, value_set=[True], meta={"rule": name}))
    return made


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("benchmark")
    found = []
    for table, rows in tables(folder).items():
        batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
        suite = context.suites.add(gx.ExpectationSuite(name=table, expectations=expectations(table, rows)))
        judged = context.validation_definitions.add(gx.ValidationDefinition(name=table, data=batch, suite=suite))
        result = judged.run(batch_parameters={"dataframe": rows}, result_format=FORMAT)
        for one in result.results:
            if one.exception_info.get("raised_exception"):
                raise SystemExit(str(one.exception_info))
            lines = [place["line"] for place in one.result.get("unexpected_index_list") or []]
            found.append(findings(table, rows.iloc[[line - 2 for line in lines]], one.expectation_config.meta["rule"]))
    write(found, output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
