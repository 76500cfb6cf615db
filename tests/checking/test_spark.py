"""Spark: the same findings as Polars, from files and from frames that lie on Spark, and nothing else comes back."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import esfdata
from esfdata import testing
from esfdata.checking.check import load_checks
from esfdata.exceptions import PackageError
from esfdata.paths import share
from esfdata.tables.reading import blank

pytest.importorskip("pyspark", reason="PySpark is not here: .ci/spark makes an environment for it")
if not shutil.which("java"):
    pytest.skip("Java is not here: .ci/spark installs it", allow_module_level=True)

from esfdata.checking.engines import spark_session

ROOT = Path(__file__).resolve().parents[2]
CHECKS = load_checks(share("checks"))
NAMES = [check.name for check in CHECKS]
SMALL = {
    "spark.master": "local[2]",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",  # a plan for ten rows is not worth compiling
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": f"{spark_session.LOCAL['spark.driver.extraJavaOptions']} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@pytest.fixture(scope="module", autouse=True)
def session():
    for name, value in SMALL.items():
        spark_session.LOCAL[name] = value
    session = spark_session.session()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def faulty():
    """A package in which each fault without statements is once, and one with statements."""
    if not (ROOT / "benchmarks" / "seeded_faults.py").is_file():
        pytest.skip("the benchmarks are not beside the tests")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import seeded_faults
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    kinds = [[fault for fault in seeded_faults.FAULTS if fault.stated == stated] for stated in (False, True)]
    return [seeded_faults.package(seeded_faults.spoilt(7, 1, faults)) for faults in kinds]


def own(package):
    """The rows of a package's tables, without the shipped code lists."""
    return {name: package.raw(name).collect() for name in package if name not in package.borrowed}


def without_place(findings):
    """The findings without path and line, which frames have not."""
    return sorted(str(replace(finding, path=None, line=None)) for finding in findings)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A folder with some of the checks, for what is not about checks."""
    folder = tmp_path_factory.mktemp("checks")
    for name in ("dates.py", "money.py"):
        shutil.copy(share("checks") / name, folder)
    return folder


@pytest.fixture(scope="module")
def marked(session):
    """For each check the rows of its example that it marks on Spark; several at a time, for most of it is planning."""
    package = blank()
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(NAMES, pool.map(lambda check: testing.run(check, package, "spark"), CHECKS), strict=True))


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_the_example_marks_the_same_rows(check, marked):
    assert testing.expected(check) == marked[check.name]


def test_files(faulty, tmp_path):
    for name, rows in own(faulty[0]).items():
        rows.write_csv(tmp_path / f"{name}.csv")
    assert esfdata.validate(tmp_path) == esfdata.validate(tmp_path, engine="spark")


@pytest.mark.parametrize(("form", "stated"), [("csv", False), ("parquet", True)])
def test_frames_on_spark(form, stated, faulty, session, tmp_path):
    tables = own(faulty[stated])
    for name, rows in tables.items():
        rows.write_csv(tmp_path / f"{name}.csv") if form == "csv" else rows.write_parquet(tmp_path / f"{name}.parquet")
    if form == "csv":
        read = session.read.options(header=True, escape='"', multiLine=True)
        frames = {name: read.csv(str(tmp_path / f"{name}.csv")) for name in tables}
    else:
        frames = {name: session.read.parquet(str(tmp_path / f"{name}.parquet")) for name in tables}
    near, far = esfdata.validate(**tables), esfdata.validate(**frames)
    assert without_place(near) == without_place(far)
    assert near.checks == far.checks
    assert near.tables == far.tables
    assert {None} >= {finding.line for finding in far}


TYPES = {
    "text": ["12.50", "1.005", "x", "", None, "-3.00", "1e3", " 1"],
    "float": [12.5, 1.005, float("nan"), None, -3.0],
    "decimal": [Decimal("12.500"), Decimal("1.005"), None],
    "integer": [12, None, -3],
}


@pytest.mark.parametrize("cells", TYPES.values(), ids=TYPES.keys())
def test_a_type_is_read_as_polars_reads_it(cells, session, few):
    rows = {"project_code": [f"S{20000 + number}" for number in range(len(cells))], "planned_public_eur": cells}
    near = esfdata.validate(checks=few, finance=pl.DataFrame(rows))
    far = esfdata.validate(checks=few, finance=session.createDataFrame(pl.DataFrame(rows).to_arrow()))
    assert without_place(near) == without_place(far)


DATES = [["2018-07-01", "2018-02-30", "x", "2018-07-01\n", None], [date(2018, 7, 1), None]]


@pytest.mark.parametrize("cells", DATES, ids=["text", "date"])
def test_a_date_is_read_as_polars_reads_it(cells, session, few):
    rows = {"project_code": [f"S{20000 + number}" for number in range(len(cells))], "start_date": cells}
    rows["end_date"] = [date(2018, 6, 30)] * len(cells)
    near = esfdata.validate(checks=few, projects=pl.DataFrame(rows))
    far = esfdata.validate(checks=few, projects=session.createDataFrame(pl.DataFrame(rows).to_arrow()))
    assert without_place(near) == without_place(far)


def test_a_frame_of_polars_may_stand_beside_those_of_spark(session, few):
    projects = pl.DataFrame({"project_code": ["S20001"]})
    finance = pl.DataFrame({"project_code": ["S20001", "S20002"]})
    near = esfdata.validate(checks=few, projects=projects, finance=finance)
    far = esfdata.validate(checks=few, projects=projects, finance=session.createDataFrame(finance.to_arrow()))
    assert ["foreign-key"] == [finding.check for finding in far if finding.severity == "error"]
    assert (without_place(near), near.checks) == (without_place(far), far.checks)


FRAMES = {
    "there is no table 'project'": ("project", "SELECT 1 AS project_code"),
    "projects: two columns have the name 'name'": (
        "projects",
        "SELECT 'S20001' AS project_code, 'a' AS name, 'b' AS name",
    ),
    "projects has no column 'project_code'": ("projects", "SELECT 'a' AS name"),
}


@pytest.mark.parametrize(("message", "name", "query"), [(m, n, q) for m, (n, q) in FRAMES.items()], ids=FRAMES.keys())
def test_a_frame_that_is_no_table_is_refused(message, name, query, session):
    with pytest.raises(PackageError, match=re.escape(message)):
        esfdata.validate(**{name: session.sql(query)})


def test_a_frame_whose_source_vanished_is_told_in_one_sentence(session, tmp_path):
    pl.DataFrame({"project_code": ["S20001"]}).write_parquet(tmp_path / "projects.parquet")
    frame = session.read.parquet(str(tmp_path / "projects.parquet"))
    (tmp_path / "projects.parquet").unlink()
    with pytest.raises(PackageError, match=r"^projects cannot be read: [^\n]+$"):
        esfdata.validate(projects=frame)


def test_an_empty_frame(session, few):
    assert [] == list(esfdata.validate(checks=few, projects=session.sql("SELECT 'S20001' AS project_code WHERE 1 = 0")))


def test_what_was_kept_for_the_checks_is_let_go(session, few):
    frame = session.sql("SELECT 'S20001' AS project_code")
    esfdata.validate(checks=few, projects=frame)
    assert 0 == session.sparkContext._jsc.sc().getPersistentRDDs().size()


def test_the_command_line_is_quiet(few):
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(share("datapackage"))]
    command += ["--format", "json", "--checks", str(few)]
    near, far = (subprocess.run([*command, *more], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
                 for more in ((), ("--engine", "spark")))  # fmt: skip
    assert near.stdout == far.stdout
    assert near.returncode == far.returncode
    assert [] == [line for line in far.stderr.splitlines() if "incubator modules" not in line]


def test_without_java_there_is_one_sentence(tmp_path):
    (tmp_path / "projects.csv").write_text("project_code\nS20001\n", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(tmp_path), "--engine", "spark"]
    without = {name: value for name, value in os.environ.items() if name not in ("PATH", "JAVA_HOME")}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=without | {"PATH": str(tmp_path)}
    )
    assert 2 == done.returncode
    assert re.fullmatch(r"esfdata: Spark needs Java 17 or later[^\n]*\n", done.stderr), done.stderr


def test_the_job_of_the_page_runs(tmp_path):
    """The script that `.github/SPARK.md` shows, run as it stands there."""
    page = ROOT / ".github" / "SPARK.md"
    if not page.is_file():
        pytest.skip("the page is not beside the tests")
    script = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)[0]
    (tmp_path / "job.py").write_text(script, encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    for name, rows in {"projects": {"project_code": ["S20001"], "start_date": [date(2018, 7, 1)], "end_date": [date(2018, 6, 30)]},
                       "finance": {"project_code": ["S20001"]}}.items():  # fmt: skip
        pl.DataFrame(rows).write_parquet(data / f"{name}.parquet")
    done = subprocess.run(
        [sys.executable, "-P", "job.py", str(data), "findings.csv"], cwd=tmp_path, capture_output=True, text=True
    )
    assert 1 == done.returncode, done.stderr
    assert "ends-before-start" in (tmp_path / "findings.csv").read_text(encoding="utf-8")
