"""The command line: what it prints where, and its exit statuses."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import samples

COMMANDS = ("build", "extract", "validate", "explain", "describe", "publish")


SMALL = ("--checks", samples.CHECKS)


def run(*arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "esfdata", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, **options)


@pytest.fixture(scope="module")
def package(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "package"
    assert 0 == run("extract", root / "datapackage" / "documents", "--to", folder).returncode
    return folder


def test_build_gives_an_account_and_says_where_the_package_lies(root, tmp_path):
    done = run("build", root / "datapackage" / "documents", "--to", tmp_path / "dist")
    assert 0 == done.returncode, done.stderr
    assert "6 documents (3 card, 2 description, 1 correction)" in done.stderr
    assert f"The data package lies in {tmp_path / 'dist' / 'datapackage'}" in done.stderr
    severities = [line.split()[0] for line in done.stdout.splitlines() if line.startswith(("error", "warning", "info"))]
    assert sorted(severities, key=["error", "warning", "info"].index) == severities
    assert (tmp_path / "dist" / "datapackage" / "datapackage.json").is_file()


def test_extract_writes_every_table_also_the_empty_ones(package):
    tables = {path.stem for path in (package / "data").glob("*.csv")}
    assert {"documents", "statements", "projects", "organisations", "participations", "finance", "indicators",
            "figures", "locations", "findings"} == tables  # fmt: skip
    assert 1 == len((package / "data" / "findings.csv").read_text().splitlines())


def test_json_has_the_shape_that_scripts_rely_on(package):
    report = json.loads(run("validate", package, *SMALL, "--format", "json").stdout)
    assert ["summary", "checks", "findings"] == list(report)
    assert ["error", "warning", "info", "waived", "checks_run", "not_run"] == list(report["summary"])
    assert ["check", "outcome", "judged", "marked", "reason"] == list(report["checks"][0])
    keys = "fingerprint severity check table key field value message path line sources waiver"
    assert keys.split() == list(report["findings"][0])
    (address,) = [f for f in report["findings"] if f["field"] == "street_address"]
    assert ("sources-disagree", "warning", "data/organisations.csv", 2) == (
        address["check"], address["severity"], address["path"], address["line"])  # fmt: skip
    assert ["document", "line", "page", "value"] == list(address["sources"][0])


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("never", 0)])
def test_the_exit_status_follows_fail_on(package, fail_on, status):
    assert status == run("validate", package, *SMALL, "--fail-on", fail_on).returncode


def test_an_error_exits_with_1_and_publish_refuses(package, tmp_path):
    folder = tmp_path / "package"
    assert 0 == subprocess.run(["cp", "-r", package, folder], check=True).returncode
    projects = folder / "data" / "projects.csv"
    projects.write_text(projects.read_text().replace("2020-10-31", "2019-10-31"))
    done = run("validate", folder, *SMALL)
    assert 1 == done.returncode
    assert f"{folder}/data/projects.csv:4" in done.stdout
    done = run("publish", folder, *SMALL, "--to", tmp_path / "release")
    assert (1, False) == (done.returncode, (tmp_path / "release").exists())
    assert "not published" in done.stderr


def test_publish_writes_a_release(package, tmp_path):
    assert 0 == run("publish", package, *SMALL, "--to", tmp_path / "release").returncode
    assert (tmp_path / "release" / "SHA256SUMS").is_file()


def test_output_goes_to_a_file(package, tmp_path):
    done = run("validate", package, *SMALL, "--format", "json", "--output", tmp_path / "report.json")
    assert "" == done.stdout
    json.loads((tmp_path / "report.json").read_text())


def test_annotations_are_few_and_escaped(package):
    lines = run("validate", package, *SMALL, "--format", "github").stdout.splitlines()
    annotations = [line for line in lines if line.startswith("::")]
    assert 10 >= len(annotations)
    assert annotations[0].startswith("::warning title=")
    assert any("file=" in line and "line=" in line for line in annotations)


FAULTS = {
    "an empty file": (b"", "is empty"),
    "a binary file": (bytes(range(256)) * 40, "binary"),
    "no known kind": (b"Just a note about nothing in particular.\n", "is no document of a known kind"),
}


@pytest.mark.parametrize(("content", "told"), FAULTS.values(), ids=FAULTS)
def test_a_bad_file_alone_ends_the_run_with_one_sentence(content, told, tmp_path):
    (tmp_path / "paper.txt").write_bytes(content)
    done = run("extract", tmp_path / "paper.txt", "--to", tmp_path / "out")
    assert 2 == done.returncode
    assert told in done.stderr
    assert "paper.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("content", "told"), FAULTS.values(), ids=FAULTS)
def test_a_bad_file_among_good_ones_is_a_finding(content, told, root, tmp_path):
    (tmp_path / "paper.txt").write_bytes(content)
    done = run("build", root / "datapackage" / "documents", tmp_path / "paper.txt", "--to", tmp_path / "out")
    assert 0 == done.returncode, done.stderr
    assert "document-not-read" in done.stdout
    assert told in done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_gives_the_same_tables(encoding, root, tmp_path, package):
    text = (root / "datapackage" / "documents" / "S22016-kuvaus.txt").read_text(encoding="utf-8")
    for name, form in (("plain", "utf-8"), ("other", encoding)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "S22016-kuvaus.txt").write_bytes(text.encode(form, errors="replace"))
        run("extract", tmp_path / name, "--to", tmp_path / f"{name}-out")
    tables = [(tmp_path / f"{name}-out" / "data" / "projects.csv").read_text() for name in ("plain", "other")]
    assert tables[0] == tables[1]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_a_document_cut_in_the_middle_gives_what_it_has(share, root, tmp_path):
    content = (root / "datapackage" / "documents" / "S22016-kuvaus.txt").read_bytes()
    (tmp_path / "S22016-kuvaus.txt").write_bytes(content[: int(len(content) * share)])
    done = run("build", tmp_path, "--to", tmp_path.parent / f"{tmp_path.name}-out")
    assert 0 == done.returncode, done.stderr
    assert "section-missing" in done.stdout
    assert "Traceback" not in done.stderr


WRONG = [
    (("extract", "nowhere", "--to", "out"), "does not exist"),
    (("extract", "empty", "--to", "out"), "holds no file"),
    (("validate", "nowhere"), "there is no such file or folder"),
    (("validate", "empty"), "a file must be named after a table"),
    (("explain", "no-such-check"), "no-such-check"),
    (("describe", "no_such_table"), "no_such_table"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_a_run_that_cannot_go_on_says_why_in_a_sentence(arguments, told, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run(*arguments, cwd=tmp_path)
    assert 2 == done.returncode
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    done = run(command, "--help")
    assert (0, True) == (done.returncode, "usage: esfdata" in done.stdout)


def test_nothing_heavy_is_imported_before_it_is_used():
    code = "import esfdata, sys; print([m for m in ('polars', 'pandas', 'frictionless', 'pandera', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True)
    assert "[]\n" == done.stdout


def test_a_reader_that_stops_reading_is_no_fault(package):
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(package), *map(str, SMALL), "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert b"" == process.stderr.read()
    process.wait()


def test_killed_at_any_moment_the_result_is_the_old_one_or_the_new_one(root, tmp_path):
    sources, target = tmp_path / "papers", tmp_path / "dist"
    sources.mkdir()
    text = (root / "datapackage" / "documents" / "S22016-kuvaus.txt").read_text()
    known = set()
    for version in ("Porukalla!", "Porukassa!"):
        (sources / "S22016-kuvaus.txt").write_text(text.replace("Porukalla!", version))
        assert 0 == run("build", sources, *SMALL, "--to", target).returncode
        known.add((target / "SHA256SUMS").read_bytes())
    for step in range(8):
        (sources / "S22016-kuvaus.txt").write_text(text.replace("Porukalla!", ["Porukalla!", "Porukassa!"][step % 2]))
        command = [sys.executable, "-P", "-m", "esfdata", "build", str(sources), *map(str, SMALL), "--to", str(target)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3 + 0.25 * step)
        process.kill()
        process.wait()
        assert (target / "SHA256SUMS").read_bytes() in known
        check = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=target, env=os.environ)
        assert 0 == check.returncode
