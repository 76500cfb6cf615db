"""Constraints and checks on every engine: the same findings, exact numbers, and no row whose key cannot be trusted."""

import json

import pytest
import samples

import esfdata
from esfdata.checking import engine as engines_base
from esfdata.checking import run
from esfdata.checking.engines import ENGINES, POLARS, polars_engine
from esfdata.exceptions import EsfdataError

HERE = sorted({*ENGINES} - {"spark"})
"""Spark is asked in an environment of its own, see test_spark.py."""
LATE = {"start_date": "2018-07-01", "end_date": "2018-06-30"}

CHECK = '''from esfdata.checks import ERROR, check


@check(ERROR, "a rule of one row")
def late(projects):
    """A project ends before it starts.

    | projects | start_date | end_date   |
    | -------- | ---------- | ---------- |
    |          | 2018-07-01 | 2018-07-01 |
    | ✗        | 2018-07-01 | 2018-06-30 |
    """
    return projects.end_date < projects.start_date


@check(ERROR, "a rule of several rows")
def named_alike(projects):
    """Two projects have one name.

    | projects | name |
    | -------- | ---- |
    | ✗        | a    |
    | ✗        | a    |
    |          | b    |
    """
    import narwhals as nw

    return projects.join(projects.group_by("name", n=nw.len()).filter(nw.col("n") > 1), "name", how="semi")
'''


@pytest.fixture
def checks(tmp_path):
    folder = tmp_path / "two_checks"
    folder.mkdir()
    (folder / "two.py").write_text(CHECK, encoding="utf-8")
    return folder


def project(code, name="a", **further):
    return {**samples.PROJECT, "project_code": code, "name": name, **LATE, **further}


def outcomes(folder, checks, engine):
    pytest.importorskip(engine)
    findings = esfdata.validate(folder, checks, engine=engine)
    return findings, {one.check: (one.judged, one.marked) for one in findings.checks}


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ([], 3),
        ([""], 3),  # no key at all
        (["S20001"], 2),  # the key of another row: neither is shown
        (["", "S20001", "S20001"], 2),
    ],
    ids=["none", "no-key", "double", "both"],
)
def test_a_row_whose_key_cannot_be_trusted_is_shown_to_no_check(hidden, shown, engine, checks, tmp_path):
    codes = ["S20001", "S20002", "S20003", *hidden]
    folder = samples.csv(tmp_path / "tables", projects=[project(code) for code in codes])
    _, counts = outcomes(folder, checks, engine)
    assert {"late": (shown, shown), "named-alike": (shown, shown)} == {
        name: counts[name] for name in ("late", "named-alike")
    }


YEARS = """from esfdata.checks import ERROR, check


@check(ERROR, "a rule of one row")
def without_genitive(subregions):
    '''A sub-region has no genitive.

    | subregions | genitive_fi |
    | ---------- | ----------- |
    | ✗          |             |
    |            | a           |
    '''
    return subregions.genitive_fi.is_null()
"""


@pytest.mark.parametrize("engine", HERE)
def test_a_row_whose_key_did_not_parse_is_shown_to_no_check(engine, tmp_path):
    (tmp_path / "years").mkdir()
    (tmp_path / "years" / "years.py").write_text(YEARS, encoding="utf-8")
    rows = [{"subregion_code": "011", "first_year": year} for year in ("2014", "2O14", "")]
    findings, counts = outcomes(samples.csv(tmp_path / "tables", subregions=rows), tmp_path / "years", engine)
    assert (1, 1) == counts["without-genitive"]
    assert {("type", 3), ("required", 4)} == {(f.check, f.line) for f in findings if f.field == "first_year"}


@pytest.mark.parametrize("engine", HERE)
def test_numbers_are_exact_where_not_all_rows_become_findings(monkeypatch, engine, checks, tmp_path):
    for module in (engines_base, polars_engine, run):
        monkeypatch.setattr(module, "KEPT", 3)
    rows = [project(f"S2{n:04}", fund="?") for n in range(9)] + [project("S20000"), project("")]
    folder = samples.csv(tmp_path / "tables", projects=rows)
    findings, counts = outcomes(folder, checks, engine)
    assert {"late": (8, 8), "named-alike": (8, 8)} == {name: counts[name] for name in ("late", "named-alike")}
    assert 9 == counts["enum"][1]
    assert 2 == counts["primary-key"][1]
    of_enum = [finding.line for finding in findings if finding.check == "enum"]
    assert [2, 3, 4] == of_enum


@pytest.mark.parametrize("engine", sorted({*HERE} - {POLARS}))
def test_every_engine_has_the_findings_of_polars(engine, checks, tmp_path):
    rows = [
        project("S20001", programme_period="2021-2027"),
        project("S20002", start_date="2020-15-01"),
        project("S20002", fund="ESF"),
        project("", name=""),
        project("S20005", name='Silta, "uusi"\nPolku'),
    ]
    money = [
        {"project_code": "S20001", "granted_eu_state_eur": "10.00", "realised_eu_state_eur": "-1.00"},
        {"project_code": "S29999", "granted_eu_state_eur": "1,5"},
    ]
    folder = samples.csv(tmp_path / "tables", projects=rows, finance=money)
    findings, counts = outcomes(folder, checks, engine)
    assert {"type", "required", "enum", "primary-key", "foreign-key"} <= {finding.check for finding in findings}
    ours, of_ours = outcomes(folder, checks, POLARS)
    assert (findings, counts) == (ours, of_ours)
    assert json.dumps(findings.as_dict()) == json.dumps(ours.as_dict())  # a library's own number is not one of JSON


def test_an_engine_that_there_is_not_is_refused_with_those_there_are(checks):
    with pytest.raises(EsfdataError, match="'abacus' is not known; accepted are duckdb, pandas, polars, spark"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), checks, engine="abacus")
