"""One pass over large files and small ones: the same findings, and counts that are exact where not all is told."""

import io

import polars as pl
import pytest
import samples

import esfdata
from esfdata.__main__ import main
from esfdata.checking import engine, run
from esfdata.checking.engines import polars_engine
from esfdata.checking.progress import Progress
from esfdata.reports import report
from esfdata.tables import table_file
from esfdata.tables.reading import read

PROJECTS = [
    {**samples.PROJECT, "project_code": "S20001", "end_date": "2020-01-01"},
    {**samples.PROJECT, "project_code": "S20002", "name": 'Silta, "uusi"\nPolku'},
    {**samples.PROJECT, "project_code": "S20002", "fund": "ESF"},
    {**samples.PROJECT, "project_code": "", "start_date": "2020-15-01"},
    {**samples.PROJECT, "project_code": "S20005", "end_date": "2020-01-01", "programme_period": "2021-2027"},
]
FINANCE = [
    {"project_code": "S20001", "granted_eu_state_eur": "10.00", "realised_eu_state_eur": "20.00"},
    {"project_code": "S29999", "granted_eu_state_eur": "1,5", "realised_eu_state_eur": ""},
]


@pytest.fixture
def folder(tmp_path):
    return samples.csv(tmp_path / "tables", projects=PROJECTS, finance=FINANCE)


@pytest.mark.parametrize("engine", ["polars", "pandas", "duckdb"])
def test_a_large_file_gives_the_findings_of_a_small_one(monkeypatch, folder, engine):
    pytest.importorskip(engine)
    small = esfdata.validate(folder, engine=engine).as_dict()
    assert {"ends-before-start", "primary-key", "foreign-key", "type", "enum", "required", "realised-over-granted"} <= {
        finding["check"] for finding in small["findings"]
    }
    monkeypatch.setattr(table_file, "LARGE", 0)
    monkeypatch.setattr("esfdata.checking.typed_tables.LARGE", 0)
    assert small == esfdata.validate(folder, engine=engine).as_dict()


def test_parquet_gives_the_findings_of_csv_but_for_their_lines(folder, tmp_path):
    (tmp_path / "parquet").mkdir()
    for path in folder.iterdir():
        pl.read_csv(path, infer_schema=False, null_values=[""]).write_parquet(
            tmp_path / "parquet" / f"{path.stem}.parquet"
        )
    one, other = (
        [(f.fingerprint, f.check, f.key, f.value) for f in esfdata.validate(place)]
        for place in (folder, tmp_path / "parquet")
    )
    assert one == other


def test_what_is_not_told_is_counted(monkeypatch, tmp_path):
    wrong = [{**samples.PROJECT, "project_code": f"S2{n:04}", "end_date": "2020-01-01"} for n in range(9)]
    folder = samples.csv(tmp_path / "many", projects=wrong)
    for module in (engine, polars_engine, run):
        monkeypatch.setattr(module, "KEPT", 3)
    findings = esfdata.validate(folder)
    assert (9, 9) == next((o.judged, o.marked) for o in findings.checks if o.check == "ends-before-start")
    assert 3 == sum(f.check == "ends-before-start" for f in findings)
    assert {"ends-before-start": 6} == findings.hidden
    assert 9 == findings.summary["error"]
    assert "6 more rows that ends-before-start marks are counted, not told" in report(findings, "text")


def test_a_row_that_no_check_sees_is_not_counted(folder):
    counts = {o.check: (o.judged, o.marked) for o in esfdata.validate(folder).checks}
    assert (2, 2) == counts["ends-before-start"]  # of five rows two have one key and one has none


def test_a_check_whose_expression_cannot_be_run_is_named(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from esfdata.checks import ERROR, check\n"
        "@check(ERROR, 'me')\n"
        "def mine(projects):\n"
        "    '''A message.\n\n    | projects | name |\n    | - | - |\n    | ✗ | a |\n    | | b |\n    '''\n"
        "    return projects.name + 1 > 2\n"
    )
    with pytest.raises(esfdata.EsfdataError, match=r"mine\.py:2: check mine raised"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), tmp_path)


def test_a_run_that_is_interrupted_says_how_far_it_came(monkeypatch, folder, capsys):
    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(polars_engine.PolarsEngine, "_pass", stopped)
    assert 130 == main(["validate", str(folder), "--output", str(folder / "report.txt")])
    assert "interrupted; 0 of about 0 rows read" in capsys.readouterr().err
    assert not (folder / "report.txt").exists()


def test_progress_is_shown_on_a_terminal_alone(monkeypatch):
    monkeypatch.setattr("esfdata.checking.progress.SOON", 0)
    monkeypatch.setattr("esfdata.checking.progress.PAUSE", 0)
    for terminal in (True, False):
        stream = io.StringIO()
        stream.isatty = lambda terminal=terminal: terminal
        shown = Progress(stream)
        shown.expect(4_000_000)
        shown.seen("projects", 1_000_000)
        shown.seen("finance", 500_000)
        shown.done()
        assert terminal == ("1,500,000 of about 4,000,000 rows read" in stream.getvalue())
        assert terminal == (" s left" in stream.getvalue())


def test_shipped_code_lists_are_not_judged_again(folder):
    package = read(folder)
    assert {"funds", "rates", "municipalities"} <= package.borrowed
    assert {"projects", "finance"}.isdisjoint(package.borrowed)
