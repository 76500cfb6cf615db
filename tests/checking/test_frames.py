"""Frames in memory: the same findings from every library, or one clear error."""

import datetime as dt

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import esfdata
from esfdata.exceptions import EsfdataError, PackageError

duckdb = pytest.importorskip("duckdb")

ROWS = {
    "project_code": ["S20001", "S20002", "S20003"],
    "name": ["Silta", "Polku", None],
    "programme_period": ["2014-2020"] * 3,
    "fund": ["ESR", "EAKR", None],
    "start_date": ["2018-07-01", "2018-07-01", "soon"],
    "end_date": ["2018-06-30", "2018-07-30", None],
}
MONEY = {"project_code": ["S20001", "S29999"], "granted_eu_state_eur": ["1.005", "10.00"]}
EXPECTED = [
    ("code-of-another-fund", "S20002", "fund", "EAKR"),
    ("ends-before-start", "S20001", "end_date", "2018-06-30"),
    ("foreign-key", "S29999", "project_code", "S29999"),
    ("type", "S20003", "start_date", "soon"),
    ("type", "S20001", "granted_eu_state_eur", "1.005"),
]
KINDS = {
    "pandas": pd.DataFrame,
    "Polars": pl.DataFrame,
    "Polars, lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "DuckDB": lambda rows: duckdb.connect().from_arrow(pa.table(rows)),
    "pandas, its key as index": lambda rows: pd.DataFrame(rows).set_index("project_code"),
    "pandas, an index that is no range": lambda rows: pd.DataFrame(
        rows, index=list(range(7, 7 + len(rows["project_code"])))
    ),
    "pandas, backed by pyarrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "a column more": lambda rows: pd.DataFrame(rows).assign(mine=1),
}


def told(findings):
    return [(f.check, f.key, f.field, f.value) for f in findings if f.severity == "error"]


@pytest.mark.parametrize("kind", KINDS)
def test_frames_of_every_library_give_the_same_findings(kind):
    findings = esfdata.validate(projects=KINDS[kind](ROWS), finance=KINDS[kind](MONEY))
    assert sorted(EXPECTED) == sorted(told(findings))
    assert {(None, None)} == {(f.path, f.line) for f in findings}


def test_what_is_in_frames_is_counted_and_code_lists_are_not():
    findings = esfdata.validate(projects=pd.DataFrame(ROWS))
    assert {3} == {o.judged for o in findings.checks if o.check == "enum"}
    assert "sources-disagree" in findings.summary["not_run"]


def test_unknown_in_pandas_is_unknown():
    frame = pd.DataFrame({**ROWS, "start_date": [float("nan"), None, pd.NaT]}).head(1)
    assert [] == told(esfdata.validate(projects=frame))


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        ("start_date", pd.to_datetime(["2018-07-01 00:00"] * 3), ["ends-before-start"]),
        ("start_date", pd.to_datetime(["2018-07-01 12:00"] * 3), ["type"] * 3),
        ("start_date", pd.to_datetime(["2018-07-01"] * 3).tz_localize("Europe/Helsinki"), ["ends-before-start"]),
        ("start_date", [dt.date(2018, 7, 1)] * 3, ["ends-before-start"]),
        ("name", ["Silta", 1, float("nan")], ["ends-before-start"]),
        ("end_date", [dt.date(2018, 6, 30), "2018-07-30", 5], ["ends-before-start", "type"]),
    ],
    ids=["midnight", "noon", "time zone", "dates", "mixed", "mixed dates"],
)
def test_columns_of_other_types_are_read_or_told(column, cells, expected):
    rows = {**ROWS, "fund": ["ESR"] * 3, "start_date": ["2018-07-01"] * 3, column: cells}
    found = [finding.check for finding in esfdata.validate(projects=pd.DataFrame(rows)) if finding.severity == "error"]
    assert expected == found


def test_a_number_too_large_to_be_exact_is_told():
    money = pd.DataFrame({"project_code": ["S20001"], "granted_eu_state_eur": [1e13]})
    assert [("type", "S20001", "granted_eu_state_eur", "10000000000000.0")] == told(
        esfdata.validate(projects=pd.DataFrame(ROWS).assign(start_date=None, fund="ESR"), finance=money)
    )


def test_an_empty_frame_has_no_findings():
    assert [] == told(esfdata.validate(projects=pd.DataFrame(ROWS).head(0)))


WRONG = {
    "a list": ({"projects": [1]}, "projects is a list; accepted are pandas and Polars frames"),
    "a series": ({"projects": pd.Series([1])}, "projects is a Series; accepted are"),
    "no such table": ({"project": pd.DataFrame(ROWS)}, "there is no table 'project'; accepted are"),
    "no key": (
        {"projects": pd.DataFrame(ROWS).drop(columns="project_code")},
        "projects has no column 'project_code', which is its key",
    ),
    "no column": ({"projects": pd.DataFrame()}, "projects has no column 'project_code'"),
    "a column twice": (
        {"projects": pd.DataFrame([[1, 2]], columns=["name", "name"])},
        "two columns have the name 'name'",
    ),
    "pyarrow, a column twice": (
        {"projects": pa.table([[1], [2]], names=["name", "name"])},
        "two columns have the name 'name'",
    ),
    "a source that vanished": ({"projects": pl.scan_csv("nowhere.csv")}, "projects cannot be read: No such file"),
    "nothing": ({}, "give one package, or frames named after tables"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_table_is_refused_in_a_sentence(case):
    frames, sentence = WRONG[case]
    with pytest.raises(EsfdataError, match=sentence):
        esfdata.validate(**frames)


def test_a_source_that_vanishes_later_is_told(tmp_path):
    path = tmp_path / "projects.parquet"
    pl.DataFrame(ROWS).write_parquet(path)
    frame = pl.scan_parquet(path)
    frame.collect_schema()
    path.unlink()
    with pytest.raises(PackageError, match="projects cannot be read"):
        esfdata.validate(projects=frame)
