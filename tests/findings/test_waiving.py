"""Letting a finding stand, from the command line to the next run."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import samples

import esfdata
from esfdata import EsfdataError
from esfdata.findings.finding import Finding
from esfdata.findings.waivers import read_waivers
from esfdata.findings.waiving import folder_of_checks, pick, waive

CHECK = '''
from esfdata.checks import ERROR, check


@check(ERROR, "a rule of the house")
def nameless(projects):
    """A project is called nothing.

    | projects | name    |
    | -------- | ------- |
    |          | ab      |
    | ✗        | nothing |
    """
    return projects.name == "nothing"
'''
ROWS = [{**samples.PROJECT, "project_code": code, "name": "nothing"} for code in ("S20001", "S20002")]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a package and checks of one's own."""
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "own.py").write_text(CHECK)
    samples.csv(tmp_path / "package", projects=ROWS)
    return tmp_path


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "esfdata", "waive", *arguments, "--package", "package"]
    return subprocess.run(command, capture_output=True, text=True, cwd=place)


def findings(place: Path) -> esfdata.Findings:
    return esfdata.validate(place / "package", place / "checks")


def test_the_row_is_written_and_the_next_run_knows_it(place):
    finding, other = findings(place)
    done = run(place, finding.fingerprint[:8], "--reason", "Known, and\n told of", "--until", "2999-12-31")
    assert (0, "") == (done.returncode, done.stderr)
    assert f"  {finding.fingerprint}  nameless  projects S20001 name: A project is called nothing" in done.stdout
    text = 'check,table,key,field,reason,until\nnameless,projects,S20001,name,"Known, and told of",2999-12-31\n'
    assert text == (place / "checks" / "waivers.csv").read_text()
    assert {"S20001": "Known, and told of", "S20002": None} == {f.key: f.waiver for f in findings(place)}
    assert 0 == run(place, other.fingerprint, "--reason", "also").returncode
    assert [None, None] != [f.waiver for f in findings(place)]
    assert 2 == len(read_waivers(place / "checks" / "waivers.csv"))


@pytest.mark.parametrize("content", ["{header}\r\na,b,c,d,e,\r\n", "{header}\r\na,b,c,d,e,"])
def test_a_row_is_put_after_what_is_there_with_its_line_ends(place, content):
    path = place / "checks" / "waivers.csv"
    path.write_bytes(content.format(header="check,table,key,field,reason,until").encode())
    waive(next(iter(findings(place))), "why", None, place / "checks")
    assert path.read_bytes().endswith(b"a,b,c,d,e,\r\nnameless,projects,S20001,name,why,\r\n")


def finding(fingerprint: str, **about: str) -> Finding:
    values = {
        "severity": "error",
        "check": "c",
        "table": "t",
        "key": "k",
        "field": None,
        "value": None,
        "message": "Wrong.",
    }
    return Finding(**{**values, **about}, fingerprint=fingerprint)


FOUND = [
    finding("abcdef01"), finding("abcdef02", key="l"), finding("123456aa"), finding("123456aa-2"),
    finding("fedcba", waiver="known"), finding("999999", table="waivers"),
]  # fmt: skip


@pytest.mark.parametrize("given", ["abcdef01", "ABCDEF01", "abcdef01 ", "123456aa", "123456aa-2"])
def test_a_finding_is_known_by_its_fingerprint(given):
    assert given.strip().lower() == pick(FOUND, given).fingerprint


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("abcde", "accepted are 6 characters or more"),
        (
            "abcdef",
            "2 findings have a fingerprint that begins with 'abcdef':\n  abcdef01  c  t k: Wrong.\n  abcdef02  c  t l",
        ),
        ("000000", "`esfdata validate` shows them"),
        ("fedcba", "has a waiver already: known"),
        ("999999", "mend the row in waivers.csv"),
    ],
)
def test_what_is_no_single_finding_is_told(given, told):
    with pytest.raises(EsfdataError) as error:
        pick(FOUND, given)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("reason", "until", "told"),
    [
        (" ", None, "needs a reason"),
        ("why", "31.12.2999", "accepted is a date YYYY-MM-DD"),
        ("why", str(date.today() - timedelta(days=1)), "has passed"),
    ],
)
def test_a_waiver_has_a_reason_and_a_day_to_come(tmp_path, reason, until, told):
    with pytest.raises(EsfdataError, match=told):
        waive(FOUND[0], reason, until, tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_the_installed_checks_are_never_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EsfdataError, match="name yours with --checks"):
        folder_of_checks(None)
    with pytest.raises(EsfdataError, match="belongs to the installed library"):
        folder_of_checks(str(Path(esfdata.__file__).parent / "engines"))
