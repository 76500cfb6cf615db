"""Declared constraints, checks, addresses of findings, and what a report counts."""

from pathlib import Path

import pytest
import samples

import esfdata
from esfdata.exceptions import CheckError, EsfdataError


def found(findings, check):
    return [(f.table, f.key, f.field, f.value) for f in findings if f.check == check]


def marks(findings):
    return sorted({f.check for f in findings})


def test_a_clean_package_has_no_findings():
    assert [] == list(esfdata.validate(samples.package(projects=[samples.PROJECT]), samples.CHECKS))


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("start_date", "15.4.2020", "type"),
        ("start_date", "2020-02-30", "type"),
        ("programme_period", "2014", "enum"),
        ("project_code", "22016", "pattern"),
        ("project_code", "S22016\n", "pattern"),
        ("specific_objective", "10,1", "pattern"),
        ("project_code", None, "required"),
    ],
)
def test_each_constraint_marks_its_cell(field, value, word):
    findings = esfdata.validate(samples.package(projects=[{**samples.PROJECT, field: value}]), samples.CHECKS)
    key = value if field == "project_code" else "S22016"
    assert [("projects", key, field, value)] == found(findings, word)


def test_an_amount_with_three_places_is_no_amount():
    tables = {"projects": [samples.PROJECT], "finance": [{"project_code": "S22016", "realised_public_eur": "1.005"}]}
    findings = esfdata.validate(samples.package(**tables), samples.CHECKS)
    assert [("finance", "S22016", "realised_public_eur", "1.005")] == found(findings, "type")


def test_an_unread_cell_is_null_and_not_also_missing():
    package = samples.package(projects=[{**samples.PROJECT, "start_date": "soon"}])
    assert ["type"] == marks(esfdata.validate(package, samples.CHECKS))
    assert package["projects"]["start_date"].isna().all()


def test_a_double_key_is_a_finding_on_every_row_and_hides_the_rows_from_checks():
    wrong = {**samples.PROJECT, "end_date": "2020-01-01"}
    findings = esfdata.validate(samples.package(projects=[samples.PROJECT, wrong]), samples.CHECKS)
    assert ["primary-key"] == marks(findings)
    assert [2, 3] == [f.line for f in findings]
    assert 2 == len({f.fingerprint for f in findings})


def test_a_reference_to_nothing_is_a_finding():
    findings = esfdata.validate(samples.package(finance=[{"project_code": "S20000"}]), samples.CHECKS)
    assert [("finance", "S20000", "project_code", "S20000")] == found(findings, "foreign-key")


def test_unknown_is_no_fault_of_a_constraint_but_required():
    row = dict.fromkeys(samples.PROJECT) | {"project_code": "S22016"}
    findings = esfdata.validate(samples.package(projects=[row]), samples.CHECKS)
    assert {"required"} >= set(marks(findings))


def test_the_line_is_the_true_line_after_a_quoted_line_break(tmp_path: Path):
    text = 'project_code,name,start_date,end_date\nS20001,"two\nlines",,\nS20002,x,2018-07-01,2018-06-30\n'
    (tmp_path / "projects.csv").write_text(text)
    findings = [f for f in esfdata.validate(tmp_path, samples.CHECKS) if f.check == "ends-before-start"]
    assert [("projects.csv", 4)] == [(f.path, f.line) for f in findings]


def test_a_row_with_too_many_cells_is_a_finding_with_its_line(tmp_path: Path):
    (tmp_path / "projects.csv").write_text("project_code,name\nS20001,a\nS20002,a, with a comma\n")
    findings = [f for f in esfdata.validate(tmp_path, samples.CHECKS) if f.check == "type"]
    assert [("projects", "S20002", 3, "3 cells")] == [(f.table, f.key, f.line, f.value) for f in findings]


def test_a_blank_line_is_a_row_without_cells(tmp_path: Path):
    (tmp_path / "projects.csv").write_text("project_code,name\nS20001,a\n\nS20001,b\n")
    findings = esfdata.validate(tmp_path, samples.CHECKS)
    assert [("type", "0 cells", 3)] == [(f.check, f.value, f.line) for f in findings if f.check == "type"]
    assert [2, 4] == [f.line for f in findings if f.check == "primary-key"]


def test_a_finding_tells_the_evidence_and_who_says_so(root: Path):
    package = esfdata.extract(root / "datapackage" / "documents")
    (finding,) = [f for f in esfdata.validate(package, samples.CHECKS) if f.field == "street_address"]
    assert "organisations 0165116-3" == f"{finding.table} {finding.key}"
    assert [
        ("S21386-kuvaus.txt", 29, "Maaherrankatu 8-10"),
        ("S22016-kuvaus.txt", 29, "Maaherrankatu 9-11"),
    ] == [(s.document, s.line, s.value) for s in finding.sources]


def test_fingerprints_do_not_depend_on_the_order_of_rows():
    rows = [{**samples.PROJECT, "project_code": code, "end_date": "2019-01-01"} for code in ("S20001", "S20002")]
    one, other = (esfdata.validate(samples.package(projects=order), samples.CHECKS) for order in (rows, rows[::-1]))
    assert {f.fingerprint for f in one} == {f.fingerprint for f in other}


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_every_engine_finds_the_same_in_a_whole_package(root: Path, engine: str):
    pytest.importorskip(engine)
    package = esfdata.extract(root / "datapackage" / "documents")
    expected, actual = (esfdata.validate(package, engine=name).as_dict() for name in ("polars", engine))
    assert expected == actual


def test_personal_data_is_an_error_that_does_not_show_the_value():
    package = samples.package(projects=[{**samples.PROJECT, "name": "Erkki Esimerkki, erkki@example.fi"}])
    (finding,) = esfdata.validate(package)
    assert ("error", "personal-data-in-project") == (finding.severity, finding.check)
    assert "erkki@example.fi" not in str(finding.as_dict())


def test_a_check_without_its_table_is_not_run(tmp_path: Path):
    (tmp_path / "mine.py").write_text(
        "from esfdata.checks import ERROR, check\n"
        "@check(ERROR, 'mine')\n"
        "def lost(nowhere):\n"
        "    '''Nothing.\n\n    | nowhere | a |\n    | --- | --- |\n    | ✗ | 1 |\n    | | 2 |\n    '''\n"
        "    return nowhere.a == '1'\n"
    )
    findings = esfdata.validate(samples.package(projects=[samples.PROJECT]), tmp_path)
    assert ["lost"] == findings.summary["not_run"]
    assert ["no table nowhere"] == [o.reason for o in findings.checks if o.outcome == "not_run"]


BROKEN = {
    "no sentence": ("'''no sentence'''", "the docstring's first line is the message"),
    "no example": ("'''A message.'''", "the first table of the docstring shows rows of"),
    "no bad row": (
        "'''A message.\n\n    | projects | name |\n    | - | - |\n    | | a |\n    '''",
        "no row of the example",
    ),
    "no good row": (
        "'''A message.\n\n    | projects | name |\n    | - | - |\n    | ✗ | a |\n    '''",
        "every row of the",
    ),
}


@pytest.mark.parametrize(("docstring", "told"), BROKEN.values(), ids=BROKEN)
def test_the_author_of_a_check_is_told_what_to_write(tmp_path: Path, docstring: str, told: str):
    code = f"from esfdata.checks import ERROR, check\n@check(ERROR, 'mine')\ndef mine(projects):\n    {docstring}\n"
    (tmp_path / "mine.py").write_text(code)
    with pytest.raises(CheckError, match=told):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), tmp_path)


EXAMPLE = "'''A message.\n\n    | projects | name |\n    | - | - |\n    | ✗ | a |\n    | | b |\n    '''"


@pytest.mark.parametrize(
    ("body", "told"),
    [("return projects.nam == 'a'", "has no field 'nam'"), ("return 1 / 0", "mine raised ZeroDivisionError")],
)
def test_a_check_that_raises_stops_the_run_with_its_name(tmp_path: Path, body: str, told: str):
    code = f"from esfdata.checks import ERROR, check\n@check(ERROR, 'me')\ndef mine(projects):\n    {EXAMPLE}\n    {body}\n"
    (tmp_path / "mine.py").write_text(code)
    with pytest.raises(CheckError, match=told):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), tmp_path)


def test_two_checks_of_one_name_are_an_error(tmp_path: Path):
    code = f"from esfdata.checks import ERROR, check\n@check(ERROR, 'me')\ndef mine(projects):\n    {EXAMPLE}\n    return projects.name == 'a'\n"
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(code)
    with pytest.raises(CheckError, match=r"the check mine is also at one\.py:2"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), tmp_path)


def test_an_unknown_engine_is_told_what_is_accepted():
    with pytest.raises(EsfdataError, match="accepted are duckdb, pandas, polars, spark"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), samples.CHECKS, engine="abacus")


def test_a_carriage_return_alone_is_no_end_of_a_line(tmp_path: Path):
    (tmp_path / "projects.csv").write_bytes(b"project_code,name\nS20001,a\rb\nS20001,c\n")
    findings = [f for f in esfdata.validate(tmp_path, samples.CHECKS) if f.check == "primary-key"]
    assert [2, 3] == [f.line for f in findings]
