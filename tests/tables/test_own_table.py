"""A table of a user's own, in a user's own descriptor: compared, gated, summed, repaired, released and shown like ours."""

import json
import sqlite3

import frictionless
import polars as pl
import pytest
import samples

import esfdata
from esfdata.__main__ import main
from esfdata.diff.difference import diff
from esfdata.diff.gate import gate
from esfdata.exceptions import PackageError
from esfdata.release.writing import write
from esfdata.repair.sheets import fix

VOUCHERS = {
    "name": "vouchers",
    "type": "table",
    "path": "data/vouchers.csv",
    "title": "Vouchers",
    "schema": {
        "fields": [
            {"name": "voucher_id", "type": "string"},
            {"name": "project_code", "type": "string", "title": "Project"},
            {"name": "paid_eur", "type": "number"},
            {"name": "paid_on", "type": "date"},
        ],
        "missingValues": [""],
        "primaryKey": ["voucher_id"],
        "foreignKeys": [{"fields": "project_code", "reference": {"resource": "projects", "fields": "project_code"}}],
    },
}
ROWS = [(f"V{number}", "S21386" if number % 2 else "S22016", f"{number}.50", "2020-05-01") for number in range(1, 9)]


def own(folder, rows=ROWS, **declared):
    """A package of the shipped documents with the table of vouchers beside ours."""
    package = esfdata.load()
    write(package, folder)
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"].append({**VOUCHERS, **declared})
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    lines = ["voucher_id,project_code,paid_eur,paid_on", *(",".join(row) for row in rows)]
    (folder / "data" / "vouchers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_its_rows_are_compared_and_summed(tmp_path):
    other = [("V1", "S21386", "9.50", "2020-05-01"), *ROWS[1:7], ("V9", "S21386", "1.00", "2020-06-01")]
    found = diff(own(tmp_path / "old"), own(tmp_path / "new", other), findings=False)
    vouchers = found.tables["vouchers"]
    assert (["V9"], ["V8"], 6) == (vouchers.added, vouchers.removed, vouchers.unchanged)
    assert [("V1", "paid_eur", "1.50", "9.50", "content")] == [tuple(vars(one).values()) for one in vouchers.changed]
    assert {"paid_eur": {"old": "40.00", "new": "40.50", "delta": "0.50"}} == vouchers.totals


def test_a_voucher_under_another_key_is_told(tmp_path):
    other = [("W1", *ROWS[0][1:]), *ROWS[1:]]
    found = diff(own(tmp_path / "old"), own(tmp_path / "new", other), findings=False)
    assert [("V1", "W1", "all other fields")] == found.tables["vouchers"].rekeyed


def test_the_gate_refuses_the_loss_of_half_its_rows(tmp_path, capsys):
    old, new = own(tmp_path / "old"), own(tmp_path / "new", ROWS[:4])
    assert [
        "vouchers drops from 8 to 4 rows, 50.0 % fewer (the first key gone is V5); accepted are 5 %, or --max-drop "
        "with the share that is meant."
    ] == gate(diff(old, new, findings=False))
    assert 1 == main(["diff", str(old), str(new), "--gate", "--no-findings"])
    assert "vouchers drops from 8 to 4 rows" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_what_differs_is_in_every_report(tmp_path, form, capsys):
    other = [("V1", "S21386", "9.50", "2020-05-01"), *ROWS[1:]]
    main(["diff", str(own(tmp_path / "old")), str(own(tmp_path / "new", other)), "--format", form, "--no-findings"])
    text = capsys.readouterr().out
    assert "V1" in text
    assert "9.50" in text


def test_its_cells_are_repaired(tmp_path):
    rows = [("V1", "S21386", "9.50", "1.5.2020"), *ROWS[1:]]
    sheets = fix(own(tmp_path / "p", rows))
    assert {"vouchers": {(0, "paid_on"): "2020-05-01"}} == {sheet.table: sheet.new for sheet in sheets}


def test_cells_that_stand_word_for_word_are_not_repaired(tmp_path):
    rows = [("V1", "S21386", "9.50", "1.5.2020"), *ROWS[1:]]
    assert [] == fix(own(tmp_path / "p", rows, verbatim=True))


def test_its_faults_are_findings(tmp_path):
    rows = [("V1", "S21386", "9.505", "2020-05-01"), ("V1", "S99999", "1.00", "2020-13-01"), *ROWS[2:]]
    found = {
        (f.check, f.key, f.field)
        for f in esfdata.validate(own(tmp_path / "p", rows), samples.CHECKS)
        if f.table == "vouchers"
    }
    assert {
        ("type", "V1", "paid_eur"), ("type", "V1", "paid_on"), ("primary-key", "V1", "voucher_id"),
        ("foreign-key", "V1", "project_code"),
    } == found  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A release with the vouchers on a page of their own, and one with them on the pages of projects."""
    folders = {}
    for name, declared in (("itself", {}), ("projects", {"page": "projects"})):
        package = esfdata.read(own(tmp_path_factory.mktemp(name) / "package", **declared))
        findings = esfdata.validate(package, samples.CHECKS)
        folders[name] = esfdata.publish(package, findings, tmp_path_factory.mktemp(name) / "dist")
    return folders


def test_it_is_released_in_every_format(published):
    dist = published["itself"]
    data = dist / "datapackage" / "data"
    assert 8 == pl.read_csv(data / "vouchers.csv").height == pl.read_parquet(data / "vouchers.parquet").height
    assert 8 == len(json.loads((dist / "data" / "vouchers.json").read_text(encoding="utf-8")))
    (sqlite,) = dist.glob("*.sqlite")
    with sqlite3.connect(sqlite) as connection:
        assert (8,) == connection.execute("SELECT count(*) FROM vouchers").fetchone()
    assert 8 == json.loads((dist / "site" / "releases.json").read_text(encoding="utf-8"))[0]["tables"]["vouchers"]


def test_its_rows_stand_on_a_page_of_its_own(published):
    page = (published["itself"] / "site" / "en" / "data" / "tables" / "vouchers.html").read_text(encoding="utf-8")
    assert "Rows of the table" in page
    assert all(f">{cell}</td>" in page for cell in ("V1", "S21386", "€1.50", "1 May 2020"))
    assert "Vouchers</h2>" not in (published["itself"] / "site" / "en" / "projects" / "S21386.html").read_text("utf-8")


def test_its_rows_stand_on_the_pages_of_projects_where_the_descriptor_says_so(published):
    site = published["projects"] / "site" / "en"
    page = (site / "projects" / "S21386.html").read_text(encoding="utf-8")
    assert "Vouchers</h2>" in page
    assert "<td>V1</td>" in page
    assert "<td>V2</td>" not in page
    assert "Rows of the table" not in (site / "data" / "tables" / "vouchers.html").read_text(encoding="utf-8")


def test_a_list_of_values_of_a_users_own_is_a_code_list(tmp_path):
    old, new = own(tmp_path / "old", role="code list"), own(tmp_path / "new", ROWS[:4], role="code list")
    found = diff(old, new, findings=False)
    assert "vouchers" not in found.tables
    changes = [(one.level, one.change, one.old) for one in found.schema]
    assert [("data", "rows of the code list changed", "4 rows gone")] == changes
    assert "vouchers" not in esfdata.read(old).heights()
    assert write(esfdata.read(old), tmp_path / "out") and (tmp_path / "out" / "codelists" / "vouchers.csv").is_file()


def test_a_role_that_there_is_not_is_refused(tmp_path):
    folder = own(tmp_path / "p", role="dta")
    with pytest.raises(PackageError, match="its role is 'dta'; accepted are data, source, finding, code list"):
        esfdata.read(folder)


def test_frictionless_accepts_the_descriptor_and_the_rows(tmp_path):
    report = frictionless.Package(str(own(tmp_path / "p", page="projects") / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_a_package_older_than_roles_has_those_of_the_shipped_tables(tmp_path):
    folder = own(tmp_path / "old")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for name in ("role", "page", "verbatim"):
            resource.pop(name, None)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    package, shipped = esfdata.read(folder), esfdata.load()
    assert {name: shipped.role(name) for name in shipped} | {"vouchers": "data"} == {
        name: package.role(name) for name in package
    }
