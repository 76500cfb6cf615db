"""What a difference tells beside rows: findings, status, keys that are not stable, and the verdict of the gate."""

import functools
import http.server
import json
import threading
from dataclasses import replace

import polars as pl
import pytest
import samples

from esfdata.__main__ import main
from esfdata.diff.difference import diff
from esfdata.diff.gate import gate, is_step
from esfdata.diff.side import nothing_before
from esfdata.exceptions import EsfdataError
from esfdata.reports import render
from esfdata.tables.package import Package

LATE = {**samples.PROJECT, "end_date": "2019-01-01"}
EVIL = "<script>alert(1)</script>"
SIX = [f"S2201{n}" for n in range(6)]


def organisation(key, name, **more):
    return {"organisation_id": key, "name": name, **more}


def finding(mark, **more):
    known = {"fingerprint": mark, "severity": "warning", "check": "far", "table": "projects", "key": "S22016",
             "field": "name", "value": "a", "message": f"It is {mark}", "waiver": None}  # fmt: skip
    return {**known, **more}


def of_version(version, **tables):
    package = samples.package(**tables)
    return Package({**package.descriptor, "version": version}, {name: package.raw(name) for name in package})


def with_fields(package, table, change):
    resources = json.loads(json.dumps(package.descriptor["resources"]))
    schema = next(r for r in resources if r["name"] == table)["schema"]
    change(schema)
    return Package(
        {**package.descriptor, "resources": resources}, {name: package.raw(name) for name in package}, package.files
    )


def test_findings_that_were_published_are_compared_by_fingerprint():
    old = samples.package(projects=[samples.PROJECT], findings=[finding("1"), finding("2", severity="error")])
    new = samples.package(projects=[samples.PROJECT], findings=[finding("2", severity="error"), finding("3")])
    found = diff(old, new).findings
    assert ("published", ["3"], ["1"], ["2"]) == (
        found.basis, [row["fingerprint"] for row in found.new], [row["fingerprint"] for row in found.fixed], found.standing
    )  # fmt: skip
    assert {"new": 1, "fixed": 1} == found.counts["warning"]


def test_without_published_findings_on_both_sides_both_are_validated():
    old = samples.package(projects=[LATE], findings=[finding("1")])
    found = diff(old, samples.package(projects=[samples.PROJECT]), samples.CHECKS).findings
    assert "validated" == found.basis
    assert "ends-before-start" in {row["check"] for row in found.fixed}
    assert [] == found.new
    assert diff(old, old, findings=False).findings is None


def test_a_side_that_lacks_a_field_that_checks_look_into_is_validated():
    old = samples.package(projects=[samples.PROJECT])
    new = with_fields(old, "projects", lambda s: s["fields"].__setitem__(slice(1, None), s["fields"][1:-4]))
    assert "validated" == diff(old, new).findings.basis


def test_status_moves_are_counted_with_their_projects():
    rows = [{**samples.PROJECT, "project_code": code, "status": "Toiminnassa"} for code in ("S1", "S2", "S3")]
    moved = [{**row, "status": "Päättynyt"} for row in rows[:2]] + [{**rows[2], "status": None}]
    found = diff(samples.package(projects=rows), samples.package(projects=moved), findings=False)
    assert [("Toiminnassa", "Päättynyt", ["S1", "S2"]), ("Toiminnassa", None, ["S3"])] == found.status_moves
    assert {"status": {"content": 3, "form": 0}} == found.tables["projects"].fields
    assert "Toiminnassa to Päättynyt: 2 (S1, S2)" in render(found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("name:koulu ry", "Koulu ry", "Mikkeli"), ("0165116-3", "Koulu Ry", "Helsinki"), "name"),
        (("0165116-3", "Koulu ry", "Mikkeli"), ("2253658-6", "Koulu ry", "Mikkeli"), "all other fields"),
        (("name:koulu ry", "Koulu ry", "Mikkeli"), ("0165116-3", "Opisto ry", "Mikkeli"), None),
        (("name:koulu ry", None, None), ("0165116-3", None, None), None),
    ],
)
def test_an_organisation_under_another_key_is_named_as_one(old, new, expected):
    def side(key, name, city):
        return samples.package(
            organisations=[organisation("1", "Muu ry", city="Oulu"), organisation(key, name, city=city)],
            participations=[{"project_code": "S22016", "organisation_id": key, "role": "implementer"}],
        )

    tables = diff(side(*old), side(*new), findings=False).tables
    pairs = [(old[0], new[0], expected)] if expected else []
    assert pairs == tables["organisations"].rekeyed
    assert ([old[0]], [new[0]]) == (tables["organisations"].removed, tables["organisations"].added)
    parts = [(f"S22016/{old[0]}/implementer", f"S22016/{new[0]}/implementer", "organisations")] if expected else []
    assert parts == tables["participations"].rekeyed


def test_two_of_one_name_are_no_pair():
    old = samples.package(organisations=[organisation("name:a", "A ry"), organisation("name:b", "A ry")])
    new = samples.package(organisations=[organisation("0165116-3", "A ry")])
    assert [] == diff(old, new, findings=False).tables["organisations"].rekeyed


def test_rows_that_repeat_a_key_are_told_and_not_lost():
    found = diff(samples.package(projects=[LATE]), samples.package(projects=[LATE, samples.PROJECT]), findings=False)
    assert {"old": 0, "new": 1} == found.tables["projects"].repeated
    assert "repeat a key" in render(found)


def test_a_changed_primary_key_is_breaking_and_rows_are_compared_by_the_finer_one():
    rows = [{"project_code": "S1", "organisation_id": "1", "role": role} for role in ("implementer", "beneficiary")]
    old = samples.package(participations=rows)
    new = with_fields(old, "participations", lambda s: s.update(primaryKey=["project_code", "organisation_id"]))
    found = diff(old, new, findings=False)
    assert [("breaking", "primary key changed")] == [(c.level, c.change) for c in found.schema]
    assert (2, "breaking") == (found.tables["participations"].unchanged, found.level)


@pytest.mark.parametrize(
    ("change", "level", "told"),
    [
        (lambda s: s.update(fields=s["fields"][:-1]), "breaking", "column removed"),
        (lambda s: s["fields"].append({"name": "colour", "type": "string"}), "additive", "column added"),
        (lambda s: s["fields"][-1].update(type="integer"), "breaking", "column retyped"),
        (lambda s: s["fields"][-1].update(format="uri"), "breaking", "column retyped"),
        (lambda s: s.update(foreignKeys=[{"fields": "project_code", "reference": {"resource": "projects", "fields": "project_code"}}]),
         "breaking", "foreign key narrowed"),
    ],
)  # fmt: skip
def test_each_change_of_the_structure_has_a_level(change, level, told):
    old = with_fields(samples.package(), "projects", lambda s: s.update(foreignKeys=[]))
    old = old.replace(projects=old.raw("projects").with_columns(colour=pl.lit(None, pl.String)))
    found = diff(old, with_fields(old, "projects", change), findings=False)
    assert [(level, told)] == [(c.level, c.change) for c in found.schema]
    assert level == found.level


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2026.11.0", "2026.11.0", False),
        ("2026.11.0", "2026.11.1", False),
        ("2026.11.3", "2026.12.0", True),
        ("2026.12.0", "2027.1.0", True),
        ("1.2.0", "1.3.0", False),
        ("1.2.0", "2.0.0", True),
        ("0.1.0", "0.2.0", True),
        ("v1", "v1", False),
        ("spring", "autumn", True),
    ],
)
def test_what_a_version_step_is(old, new, expected):
    assert expected is is_step(old, new)


def drop(schema):
    schema["fields"].pop(1)


@pytest.mark.parametrize(
    ("version", "change", "rows", "share", "expected"),
    [
        ("2026.11.1", drop, 6, 5, ["A breaking change needs a version step, and 2026.11.1 is none from 2026.11.0: "
                                   "projects.name: column removed. Accepted is a new month, 2026.12.0 or later."]),
        ("2026.12.0", drop, 6, 5, []),
        ("2026.11.1", lambda schema: None, 5, 5, ["projects drops from 6 to 5 rows, 16.7 % fewer (the first key gone is S22015); "
                                                  "accepted are 5 %, or --max-drop with the share that is meant."]),
        ("2026.12.0", lambda schema: None, 5, 20, []),
        ("2026.10.0", lambda schema: None, 6, 5, ["The version goes back from 2026.11.0 to 2026.10.0; accepted is 2026.11.0 or a later one."]),
        ("2026.11.0", lambda schema: None, 6, 5, []),
    ],
)  # fmt: skip
def test_the_gate_says_in_a_sentence_what_it_refuses_and_what_it_would_accept(version, change, rows, share, expected):
    old = of_version("2026.11.0", projects=[{**samples.PROJECT, "project_code": code} for code in SIX])
    new = of_version(version, projects=[{**samples.PROJECT, "project_code": code} for code in SIX[:rows]])
    assert expected == gate(diff(old, with_fields(new, "projects", change), findings=False), share)


def test_keys_that_many_rows_lost_are_breaking():
    old = of_version("2026.11.0", organisations=[organisation("name:a ry", "A ry"), organisation("name:b ry", "B ry")])
    new = of_version("2026.11.1", organisations=[organisation("0165116-3", "A ry"), organisation("name:b ry", "B ry")])
    (reason,) = gate(diff(old, new, findings=False))
    assert "1 of 2 rows of organisations have another key (50.0 %)" in reason


@pytest.mark.parametrize("share", [-1, 101, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    same = samples.package()
    with pytest.raises(EsfdataError, match="from 0 to 100"):
        gate(diff(same, same, findings=False), share)


def test_a_first_release_is_compared_with_nothing():
    new = samples.package(projects=[samples.PROJECT])
    found = diff(nothing_before(new), new, findings=False)
    assert (["S22016"], [], []) == (found.tables["projects"].added, found.schema, gate(found))


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_values_cannot_become_mark_up(format):
    old = samples.package(projects=[samples.PROJECT])
    new = samples.package(projects=[{**samples.PROJECT, "name": f"{EVIL} | @someone [a](http://b)"}])
    text = render(replace(diff(old, new, samples.CHECKS), old=EVIL, refused=[EVIL]), format)
    assert EVIL not in text
    assert ("@someone" not in text) == (format == "markdown")
    assert "alert(1)" in text


def test_markdown_fits_into_a_comment():
    rows = [{**samples.PROJECT, "project_code": f"S{n:05}", "name": "|" * 90} for n in range(500)]
    found = diff(
        samples.package(projects=rows),
        samples.package(projects=[{**r, "name": "<" * 90} for r in rows]),
        findings=False,
    )
    text = render(found, "markdown")
    assert len(text) < 65_536
    assert "400 more are in the JSON." in text
    assert "more lines; all is in the JSON." in render(replace(found, refused=["x" * 700] * 100), "markdown")


@pytest.mark.parametrize(("rows", "options", "status"), [(1, [], 1), (1, ["--max-drop", "50"], 0), (2, [], 0)])
def test_the_command_writes_the_report_and_has_the_status_of_the_gate(tmp_path, capsys, rows, options, status):
    projects = [{**samples.PROJECT, "project_code": code} for code in SIX[:2]]
    old, new = samples.csv(tmp_path / "old", projects=projects), samples.csv(tmp_path / "new", projects=projects[:rows])
    file = tmp_path / "difference.json"
    command = ["diff", str(old), str(new), "--no-findings", "--format", "json", "--output", str(file)]
    assert 0 == main(command)
    assert json.loads(file.read_text())["gate"] is None
    assert status == main([*command, "--gate", *options])
    said = capsys.readouterr()
    assert status == len(json.loads(file.read_text())["gate"])
    assert ("drops from 2 to 1 rows" if status else "lets it pass") in said.err
    assert "" == said.out


@pytest.fixture
def empty_server(tmp_path):
    """The address of a server that has no release."""
    (tmp_path / "served").mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path / "served")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("options", "status"), [([], 2), (["--allow-first"], 0)])
def test_where_no_release_is_there_yet(tmp_path, monkeypatch, capsys, empty_server, options, status):
    monkeypatch.setenv("ESFDATA_RELEASES", empty_server)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    new = samples.csv(tmp_path / "new", projects=[samples.PROJECT])
    assert status == main(["diff", "latest", str(new), "--gate", "--no-findings", *options])
    said = capsys.readouterr()
    assert "answers 404" in said.err
    assert ("What changed from nothing to new (2026." in said.out) is (status == 0)


@pytest.mark.parametrize(
    ("field", "old", "new", "kind"),
    [
        ("specific_objective", "10.1", "101", "content"),
        ("specific_objective", "10.1", "10 1", "form"),
        ("name", "2015-02-01", "20150201", "content"),
        ("name", "A 15", "A15", "form"),
        ("name", "´Uusi´", "`uusi", "form"),
        ("name", "A.B", "ab", "form"),
        ("name", "AB", "AC", "content"),
        ("name", "AB", None, "content"),
    ],
)
def test_numbers_days_and_codes_never_differ_in_form_alone(field, old, new, kind):
    rows = [{**samples.PROJECT, field: value} for value in (old, new)]
    (change,) = diff(*(samples.package(projects=[row]) for row in rows), findings=False).tables["projects"].changed
    assert (field, kind) == (change.field, change.kind)


@pytest.mark.parametrize(("share", "refused"), [(50, 0), (49.9, 1)])
def test_keys_that_are_just_the_share_may_be_lost(share, refused):
    old = of_version("2026.11.0", organisations=[organisation("name:a ry", "A ry"), organisation("name:b ry", "B ry")])
    new = of_version("2026.11.1", organisations=[organisation("0165116-3", "A ry"), organisation("name:b ry", "B ry")])
    assert refused == len(gate(diff(old, new, findings=False), share))


@pytest.mark.parametrize(
    ("old", "new", "accepted"),
    [
        ("2026.11.0", "2026.11.1", "a new month, 2026.12.0 or later"),
        ("2026.12.0", "2026.12.1", "2027.1.0 or later"),
        ("0.9.0", "0.9.1", "0.10.0 or later"),
        ("1.2.0", "1.3.0", "2.0.0 or later"),
        ("spring", "spring", "any other version"),
    ],
)
def test_the_gate_names_the_next_version_and_three_of_many_changes(old, new, accepted):
    def drop_four(schema):
        schema["fields"] = schema["fields"][:-4]

    before, after = of_version(old), with_fields(of_version(new), "projects", drop_four)
    (reason,) = gate(diff(before, after, findings=False))
    assert reason.endswith(f" and 1 more. Accepted is {accepted}.")
    assert 3 == reason.count("column removed")


@pytest.mark.parametrize("share", [0, 100])
def test_the_ends_of_the_scale_are_shares(share):
    same = samples.package()
    assert [] == gate(diff(same, same, findings=False), share)


def test_what_is_only_counted_is_gated_too():
    papers = [{"document_id": name, "path": name} for name in ("a.txt", "b.txt")]
    (reason,) = gate(diff(samples.package(documents=papers), samples.package(documents=papers[:1]), findings=False))
    assert reason.startswith("documents drops from 2 to 1 rows, 50.0 % fewer; accepted are 5 %")


def test_a_row_of_one_field_beside_its_key_is_not_paired():
    old, new = (samples.package(projects=[{"project_code": code, "name": "A"}]) for code in ("S20001", "S20002"))
    assert [] == diff(old, new, findings=False).tables["projects"].rekeyed


def test_the_number_that_a_key_is_made_from_differs_with_it():
    old = samples.package(organisations=[organisation("name:a ry", "A ry", city="Oulu")])
    new = samples.package(organisations=[organisation("0165116-3", "A ry", city="Oulu", business_id="0165116-3")])
    assert [("name:a ry", "0165116-3", "all other fields")] == diff(old, new, findings=False).tables[
        "organisations"
    ].rekeyed


def test_the_first_of_rows_that_repeat_a_key_is_compared():
    old = samples.package(projects=[samples.PROJECT])
    new = samples.package(projects=[samples.PROJECT, {**samples.PROJECT, "name": "Another"}])
    assert [] == diff(old, new, findings=False).tables["projects"].changed


@pytest.mark.parametrize(("rows", "told"), [
    ([], ("1 rows gone", "0 rows new")), (["Suomi", "Ruotsi"], ("0 rows gone", "1 rows new")),
])  # fmt: skip
def test_rows_of_a_code_list_that_came_or_went_are_data(rows, told):
    old = samples.package()
    lists = [
        old.replace(statuses=pl.LazyFrame({"status": names}, schema={"status": pl.String}))
        for names in (["Suomi"], rows)
    ]
    found = diff(*lists, findings=False)
    assert [("data", "rows of the code list changed", *told)] == [
        (c.level, c.change, c.old, c.new) for c in found.schema
    ]


def test_the_level_is_that_of_the_worst_change():
    def swap(schema):
        schema["fields"][-1] = {"name": "colour", "type": "string"}

    old = samples.package().replace(
        projects=samples.package().raw("projects").with_columns(colour=pl.lit(None, pl.String))
    )
    found = diff(old, with_fields(old, "projects", swap), findings=False)
    assert (["breaking", "additive"], "breaking") == ([change.level for change in found.schema], found.level)


def test_findings_stand_where_both_sides_have_them_and_the_worst_come_first():
    def side(*findings):
        return samples.package(projects=[samples.PROJECT], findings=findings)

    new = [
        finding("2"),
        finding("3", check="b"),
        finding("4", severity="error", check="c"),
        finding("5", severity="info", check="a"),
    ]
    found = diff(side(finding("2")), side(*new)).findings
    assert (["2"], ["4", "3", "5"]) == (found.standing, [row["fingerprint"] for row in found.new])


def test_a_table_that_lacks_its_key_on_one_side_is_compared_by_what_both_have():
    old = samples.package(projects=[samples.PROJECT])
    new = old.replace(projects=old.raw("projects").drop("project_code"))
    found = diff(old, new, findings=False)
    assert ([], [], 1) == (
        found.tables["projects"].added,
        found.tables["projects"].removed,
        found.tables["projects"].unchanged,
    )
    assert ("breaking", "column removed", "project_code") in [(c.level, c.change, c.field) for c in found.schema]


def test_a_field_without_a_type_is_text():
    old = samples.package()
    new = with_fields(old, "projects", lambda schema: schema["fields"][1].pop("type"))
    assert [] == diff(old, new, findings=False).schema
