"""The checks as a check of frictionless, found by it through the name of a module that the wheel has."""

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from frictionless import Checklist, Package, Report, Resource, system

from esfdata.paths import share

WHEEL = importlib.util.find_spec("frictionless_esfdata")
frictionless_esfdata = importlib.import_module(
    "frictionless_esfdata" if WHEEL else "esfdata.compile.frictionless_esfdata"
)
MODULE = Path(frictionless_esfdata.__file__)
PROJECTS = "project_code,start_date,end_date\nS20001,2018-07-01,2018-07-01\n\nS20002,2018-07-01,2018-06-30\n"
PARTICIPATIONS = "project_code,organisation_id,role\nS20001,0165116-3,beneficiary\n"


@pytest.fixture(autouse=True)
def plugin():
    system.register("esfdata", frictionless_esfdata.EsfdataPlugin())
    yield
    system.deregister("esfdata")


def written(folder, **tables):
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    (folder / "datapackage.json").write_text(json.dumps({"name": "mine", "resources": resources}), encoding="utf-8")
    return folder / "datapackage.json"


def marks(report, kind="esfdata"):
    found = [(task.name, error) for task in report.tasks for error in task.errors if error.type == kind]
    return [(table, error.row_number, error.note.split(" ")[0]) for table, error in found]


def checklist(**options):
    return Checklist.from_descriptor({"checks": [{"type": "esfdata", **options}]})


def test_a_row_has_the_number_that_frictionless_gives_it(tmp_path):
    report = Package(str(written(tmp_path, projects=PROJECTS))).validate(checklist())
    assert [("projects", 4, "ends-before-start")] == marks(report)
    error = next(error for error in report.tasks[0].errors if error.type == "esfdata")
    assert ["S20002", "2018-07-01", "2018-06-30"] == error.cells
    assert "A project ends before it starts: start_date 2018-07-01, end_date 2018-06-30." in error.message


def test_a_table_alone():
    report = Resource(name="projects", data=[line.split(",") for line in PROJECTS.split()]).validate(checklist())
    assert [("projects", 3, "ends-before-start")] == marks(report)


@pytest.mark.parametrize("tables", [{}, {"participations": PARTICIPATIONS}])
def test_a_check_of_several_tables_is_run_where_they_are(tmp_path, tables):
    package = Package(str(written(tmp_path, projects=PROJECTS, **tables)))
    found = ("projects", 4, "project-without-organisation") in marks(package.validate(checklist(severity="warning")))
    assert bool(tables) == found


def test_severity_and_language(tmp_path):
    path = str(written(tmp_path, projects=PROJECTS, participations=PARTICIPATIONS))
    report = Package(path).validate(checklist(severity="info", lang="fi"))
    assert any("Hanke päättyy" in error.message for task in report.tasks for error in task.errors)
    assert len(marks(Package(path).validate(checklist()))) < len(marks(report))


@pytest.mark.parametrize("options", [{"severity": "fatal"}, {"lang": "de"}])
def test_an_unknown_option_is_told(tmp_path, options):
    report = Package(str(written(tmp_path, projects=PROJECTS))).validate(checklist(**options))
    message = next(error.message for error in report.tasks[0].errors if error.type == "check-error")
    assert "accepted are severity error, warning, info; lang fi, sv, en" in message


def test_a_mark_on_no_row(tmp_path):
    documents = "document_id,path,kind\ncorrections.csv,corrections.csv,correction\n"
    statements = "document_id,table,key,field,line,value\ncorrections.csv,projects,S29999,name,2,Uusi\n"
    path = written(tmp_path, projects=PROJECTS, documents=documents, statements=statements)
    report = Package(str(path)).validate(checklist(severity="warning"))
    notes = [error.note for task in report.tasks for error in task.errors if error.type == "esfdata-table"]
    assert ["correction-of-no-row"] == [note.split(" ")[0] for note in notes]


def test_the_sample_package_has_no_error():
    package = Package(str(share("datapackage") / "datapackage.json"))
    assert [] == marks(package.validate(checklist()))


def test_what_is_not_ours_is_passed_over_and_what_cannot_be_read_is_left_to_frictionless(tmp_path):
    path = written(tmp_path, other="a,b\n1,2\n", projects=PROJECTS, finance="project_code\nS20001\n")
    (tmp_path / "finance.csv").unlink()
    report = Package(str(path)).validate(checklist())
    assert [("projects", 4, "ends-before-start")] == marks(report)
    assert ["scheme-error"] == [error.type for task in report.tasks if task.name == "finance" for error in task.errors]


def test_a_report_can_be_read_again(tmp_path):
    report = Package(str(written(tmp_path, projects=PROJECTS))).validate(checklist())
    assert marks(report) == marks(Report.from_descriptor(report.to_descriptor()))


def test_frictionless_finds_it_by_its_name(tmp_path):
    """Run as the wheel has it: a module beside the packages, and nothing else."""
    packages, work = tmp_path / "packages", tmp_path / "work"
    packages.mkdir(), work.mkdir()
    shutil.copy(MODULE, packages)
    path = written(work, projects=PROJECTS)
    code = "import sys; sys.path.append(sys.argv.pop(1)); from frictionless.console import console; console()"
    command = [sys.executable, "-P", "-c", code, str(packages), "validate", path.name, "--checks", "esfdata", "--json"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, encoding="utf-8")
    errors = json.loads(done.stdout)["tasks"][0]["errors"]
    assert [4] == [error["rowNumber"] for error in errors if error["type"] == "esfdata"]


def test_its_import_costs_nothing_and_needs_nothing(tmp_path):
    shutil.copy(MODULE, tmp_path)
    code = "import sys; import frictionless_esfdata; print(sorted({'frictionless', 'polars', 'esfdata'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert ("[]", "") == (done.stdout.strip(), done.stderr)


def test_the_wheel_has_it():
    project = MODULE.parent.parent.parent / "pyproject.toml"
    assert WHEEL or project.is_file()
    if not WHEEL:
        included = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
        assert "frictionless_esfdata.py" == included["force-include"]["esfdata/compile/frictionless_esfdata.py"]
