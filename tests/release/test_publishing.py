"""Publishing: the gate, the same bytes, the checksums, and that nothing is ever half there."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import samples

import esfdata
from esfdata.exceptions import PublishError
from esfdata.files import atomic
from esfdata.findings.finding import Findings


@pytest.fixture(scope="module")
def made(root):
    package = esfdata.extract(root / "datapackage" / "documents")
    return package, esfdata.validate(package, samples.CHECKS)


@pytest.fixture(scope="module")
def release(made, tmp_path_factory) -> Path:
    return esfdata.publish(*made, tmp_path_factory.mktemp("release") / "dist")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def steady(folder: Path) -> dict[str, bytes]:
    """The files that are the same on every run: all but the DuckDB file."""
    return {name: content for name, content in tree(folder).items() if not name.endswith(".duckdb")}


def test_a_release_is_a_package_every_format_and_checksums(release):
    names = {name for name in tree(release) if not name.startswith("site/")}
    whole = {f"esfdata-2026.11.0.{form}" for form in ("zip", "sqlite", "xlsx")}
    package = {"datapackage/datapackage.json", "datapackage/data/projects.csv", "datapackage/data/projects.parquet"}
    assert {"SHA256SUMS", "CONTENT-SHA256", "data/projects.json", *whole, *package} <= names
    for line in (release / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256((release / name).read_bytes()).hexdigest()
        names.remove(name)
    assert {"SHA256SUMS"} == names - {"esfdata-2026.11.0.duckdb"}


def test_the_descriptor_lists_every_file_of_the_release(release):
    descriptor = json.loads((release / "datapackage" / "datapackage.json").read_text())
    named = {f"datapackage/{resource['path']}" for resource in descriptor["resources"]}
    named |= {file["name"] for file in descriptor["distributions"]}
    names = {name for name in tree(release) if not name.startswith("site/")}
    assert names == named | {"datapackage/datapackage.json", "SHA256SUMS", "CONTENT-SHA256"}


def test_the_content_hash_of_a_table_is_that_of_its_csv_in_the_standard_librarys_hand(release):
    """An upgrade of Polars that quotes in another way must not pass unseen."""
    lines = (release / "CONTENT-SHA256").read_text().splitlines()
    for digest, name in (line.split("  ") for line in lines):
        path = next((release / "datapackage").rglob(f"{name}.csv"))
        rows = csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        assert digest == hashlib.sha256(text.getvalue().encode()).hexdigest(), name


def test_source_date_epoch_is_the_only_clock(tmp_path, monkeypatch):
    package = samples.package(projects=[samples.PROJECT])
    created = []
    for epoch in ("", "1793491200"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        folder = esfdata.publish(package, Findings(), tmp_path / "dist")
        created.append(json.loads((folder / "datapackage" / "datapackage.json").read_text()).get("created"))
    assert [None, "2026-11-01T00:00:00Z"] == created
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(PublishError, match="accepted are whole seconds since 1970"):
        esfdata.publish(package, Findings(), tmp_path / "dist")


def test_tables_are_utf8_with_lf_sorted_by_key(release):
    for file in (release / "datapackage" / "data").glob("*.csv"):
        content = file.read_bytes()
        assert b"\r" not in content
        content.decode("utf-8")
    package = esfdata.read(release)
    for table in package:
        rows = package.lazy(table).select(package.key(table)).collect().rows()
        assert sorted(rows) == rows


def test_findings_are_a_table_of_the_release(release, made):
    published = esfdata.read(release)["findings"]
    assert {f.fingerprint for f in made[1]} == set(published["fingerprint"])


def test_the_release_reads_back_and_finds_the_same(release, made):
    again = esfdata.validate(release, samples.CHECKS)
    assert [f.fingerprint for f in made[1]] == [f.fingerprint for f in again]
    assert [f.line for f in made[1]] == [f.line for f in again]


def test_two_runs_give_the_same_bytes(release, root, tmp_path):
    code = f"import sys, esfdata; p = esfdata.extract({str(root / 'datapackage' / 'documents')!r}); " \
           f"esfdata.publish(p, esfdata.validate(p, {str(samples.CHECKS)!r}), sys.argv[1])"  # fmt: skip
    world = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}
    subprocess.run([sys.executable, "-P", "-c", code, str(tmp_path / "other")], check=True, env=world, umask=0o077)
    assert steady(release) == steady(tmp_path / "other")


def large(target: Path, threads: str) -> str:
    """The checksums of a release with enough rows for several batches and row groups, in and out of order."""
    code = (
        "import sys, polars as pl; from esfdata.tables.reading import blank; from esfdata.release.writing import release; "
        "n = pl.int_range(300_000); mixed = pl.format('S{}', 100_000_000 + n * 7919 % 300_000); "
        "rows = pl.LazyFrame().select(project_code=mixed, name=pl.format('{} {}', n % 977, n)); "
        "codes = pl.format('S{}', 100_000_000 + n); "
        "euro = pl.LazyFrame().select(project_code=codes, realised_public_eur=n.cast(pl.Decimal(14, 2))); "
        "release(blank().replace(projects=rows, finance=euro), sys.argv[1], formats=('sqlite', 'json'))"
    )
    world = {**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads}
    subprocess.run([sys.executable, "-P", "-c", code, str(target)], check=True, env=world)
    return (target / "SHA256SUMS").read_text()


@pytest.fixture(scope="module")
def on_one_core(tmp_path_factory) -> str:
    return large(tmp_path_factory.mktemp("cores") / "dist", "1")


@pytest.mark.parametrize("threads", ["2", "5"])
def test_the_number_of_cores_does_not_show_in_the_bytes(threads, on_one_core, tmp_path):
    assert on_one_core == large(tmp_path / "other", threads)


def test_an_error_without_a_waiver_refuses_and_leaves_the_old_release(release, tmp_path):
    esfdata.publish(samples.package(projects=[samples.PROJECT]), Findings(), tmp_path / "dist")
    before = tree(tmp_path / "dist")
    wrong = samples.package(projects=[{**samples.PROJECT, "end_date": "2019-01-01"}])
    with pytest.raises(PublishError, match="not published: 1 error without a waiver stand"):
        esfdata.publish(wrong, esfdata.validate(wrong, samples.CHECKS), tmp_path / "dist")
    assert before == tree(tmp_path / "dist")


def test_an_error_with_a_waiver_is_published(tmp_path):
    wrong = samples.package(projects=[{**samples.PROJECT, "end_date": "2019-01-01"}])
    findings = esfdata.validate(wrong, samples.CHECKS)
    waived = Findings(tuple(finding.waived("why") for finding in findings), findings.checks, findings.tables)
    esfdata.publish(wrong, waived, tmp_path / "dist", site=False)
    with (tmp_path / "dist" / "datapackage" / "data" / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert {"why"} == {row["waiver"] for row in csv.DictReader(file)}


def test_frictionless_is_the_last_gate(tmp_path):
    wrong = samples.package(projects=[{**samples.PROJECT, "fund": "XYZ"}])
    with pytest.raises(PublishError, match="frictionless does not accept the package"):
        esfdata.publish(wrong, Findings(), tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_an_interrupted_write_leaves_the_old_result_and_no_litter(tmp_path):
    target = tmp_path / "dist"
    with atomic.folder(target, ("*.txt",)) as new:
        (new / "a.txt").write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic.folder(target, ("*.txt",)) as new:
        (new / "a.txt").write_text("new")
        raise KeyboardInterrupt
    assert {"dist/a.txt": b"old"} == tree(tmp_path)


def test_a_new_result_replaces_all_that_is_ours_and_nothing_else(tmp_path):
    target = tmp_path / "dist"
    target.mkdir()
    (target / "mine.md").write_text("kept")
    (target / "old.txt").write_text("from an earlier run")
    with atomic.folder(target, ("*.txt",)) as new:
        (new / "a.txt").write_text("new")
    assert {"dist/mine.md": b"kept", "dist/a.txt": b"new"} == tree(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "dist").write_text("")
    with (
        pytest.raises(PublishError, match="is a file; the place to write to is a folder"),
        atomic.folder(tmp_path / "dist", ()),
    ):
        pass
