"""Waivers: what they cover, until when, and how a row is written from the command line to the next run."""

import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import samples

import esfdata
from esfdata import EsfdataError
from esfdata.__main__ import main
from esfdata.findings.finding import Finding
from esfdata.findings.waivers import Waiver, apply_waivers, folder_of_checks, pick, read_waivers, waive

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
    done = run(place, finding.fingerprint[:8], "--reason", "Known, and\n said of", "--until", "2999-12-31")
    assert (0, "") == (done.returncode, done.stderr)
    assert f"  {finding.fingerprint}  nameless  projects S20001 name: A project is called nothing" in done.stdout
    text = 'check,table,key,field,reason,until\nnameless,projects,S20001,name,"Known, and said of",2999-12-31\n'
    assert text == (place / "checks" / "waivers.csv").read_text()
    assert {"S20001": "Known, and said of", "S20002": None} == {f.key: f.waiver for f in findings(place)}
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


FINDINGS = [
    finding("abcdef01"), finding("abcdef02", key="l"), finding("123456aa"), finding("123456aa-2"),
    finding("fedcba", waiver="known"), finding("999999", table="waivers"),
]  # fmt: skip


@pytest.mark.parametrize("given", ["abcdef01", "ABCDEF01", "abcdef01 ", "123456aa", "123456aa-2"])
def test_a_finding_is_known_by_its_fingerprint(given):
    assert given.strip().lower() == pick(FINDINGS, given).fingerprint


@pytest.mark.parametrize(
    ("given", "said"),
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
def test_what_is_no_single_finding_is_said(given, said):
    with pytest.raises(EsfdataError) as error:
        pick(FINDINGS, given)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [
        (" ", None, "needs a reason"),
        ("why", "31.12.2999", "accepted is a date YYYY-MM-DD"),
        ("why", str(date.today() - timedelta(days=1)), "has passed"),
    ],
)
def test_a_waiver_has_a_reason_and_a_day_to_come(tmp_path, reason, until, said):
    with pytest.raises(EsfdataError, match=said):
        waive(FINDINGS[0], reason, until, tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_waiver_may_end_today(tmp_path):
    assert str(date.today()) == waive(FINDINGS[0], "why", str(date.today()), tmp_path).until


def test_the_installed_checks_are_never_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EsfdataError, match="name yours with --checks"):
        folder_of_checks(None)
    with pytest.raises(EsfdataError, match="belongs to the installed library"):
        folder_of_checks(str(Path(esfdata.__file__).parent / "engines"))


def test_waivers_cover_expire_and_go_unused(tmp_path: Path):
    shutil.copy(samples.CHECKS / "small.py", tmp_path)
    (tmp_path / "waivers.csv").write_text(
        "check,table,key,field,reason,until\n"
        "ends-before-start,projects,S20001,,known,2999-12-31\n"
        "ends-before-start,projects,S20002,,known,2001-01-01\n"
        "ends-before-start,projects,S20009,,gone,\n"
    )
    rows = [{**samples.PROJECT, "project_code": code, "end_date": "2019-01-01"} for code in ("S20001", "S20002")]
    findings = esfdata.validate(samples.package(projects=rows), tmp_path)
    assert {"error": 2, "warning": 1, "info": 0, "waived": 1} == {
        name: findings.summary[name] for name in ("error", "warning", "info", "waived")
    }
    assert ["ends-before-start", "waiver-expired", "waiver-unused"] == [f.check for f in findings if not f.waiver]
    assert ["known"] == [f.waiver for f in findings if f.waiver]


DAY = date(2026, 6, 30)
COVERED = Finding("error", "nameless", "projects", "S20001", "name", None, "A project is called nothing.")


@pytest.mark.parametrize(("today", "checks"), [
    (DAY - timedelta(days=1), []), (DAY, []), (DAY + timedelta(days=1), ["nameless", "waiver-expired"]),
])  # fmt: skip
def test_the_last_day_of_a_waiver_belongs_to_it(today, checks):
    waiver = Waiver("nameless", "projects", "S20001", "name", "why", DAY.isoformat(), 2)
    after = apply_waivers([COVERED], [waiver], (), {}, today)
    assert checks == [finding.check for finding in after if not finding.waiver]


@pytest.mark.parametrize(("place", "covers"), [
    (("", "", ""), True), (("projects", "S20001", "name"), True), (("projects", "S20001", ""), True),
    (("projects", "S20001", "fund"), False), (("projects", "S20002", "name"), False), (("finance", "", ""), False),
])  # fmt: skip
def test_a_waiver_covers_its_table_key_and_field(place, covers):
    assert covers == Waiver("nameless", *place, reason="why", until="", line=2).covers(COVERED)
    assert not Waiver("other", *place, reason="why", until="", line=2).covers(COVERED)


@pytest.mark.parametrize(("fail_on", "waived", "status"), [
    ("error", 2, 0), ("error", 1, 1), ("warning", 2, 0), ("never", 0, 0),
])  # fmt: skip
def test_a_waived_finding_does_not_fail_a_run(place, fail_on, waived, status, capsys):
    for finding in list(findings(place))[:waived]:
        waive(finding, "why", None, place / "checks")
    arguments = ["validate", str(place / "package"), "--checks", str(place / "checks"), "--fail-on", fail_on]
    assert status == main(arguments)
