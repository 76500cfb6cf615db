"""The difference of two packages or exports: content apart from form, exact sums, nothing lost."""

import json
from decimal import Decimal

import polars as pl
import pytest
from samples import CHECKS, ELY, LIST_2014

from esfdata.diff.difference import Difference, diff
from esfdata.exceptions import EsfdataError
from esfdata.reports import render
from esfdata.tables.reading import blank

OLD = f"""\
S20001,ESR,Osaamista, iloa,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Koulu ry,100,20.5,300,40
S20002,ESR,Toinen,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Koulu ry,1,2,3,4
S20003,ESR,Kolmas,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Tyhjä ry,1,2,3,4
S20004,ESR,Neljäs,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Koulu ry,1,2,3,4
S20005,ESR,Viides,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Koulu ry,1,2,3,4
"""
NEW = f"""\
S20001,ESR,Osaamista |ILOA,3, {ELY.replace(",", " ")},Toiminnassa,1.2.2015,31.12.2017,Koulu Ry,100,20.50,300,40
S20002,ESR,Toinen,3,{ELY},Toiminnassa,,31.12.2017,Koulu ry,1,4,3,2
S20003,ESR,Kolmas,3,{ELY.replace(",", " ")},Toiminnassa,7560,31.12.2017,,1,2,3,4
S20004,ESR,Neljäs,3,{ELY},Toiminnassa,1.2.2015
S20006,ESR,Kuudes,3,{ELY},Toiminnassa,1.2.2015,31.12.2017,Koulu ry,1,2,3,4
"""


@pytest.fixture
def difference(tmp_path) -> Difference:
    paths = tmp_path / "raaka.csv", tmp_path / "korjattu.csv"
    paths[0].write_bytes(f"{LIST_2014}\n{OLD}".encode("cp1252"))
    paths[1].write_bytes(f"{LIST_2014}\n{NEW}".encode())
    return diff(*paths, findings=False)


def test_changes_in_content_and_in_form(difference):
    projects = difference.as_dict()["tables"]["projects"]
    assert [
        ("S20001", "name", "Osaamista, iloa", "Osaamista |ILOA", "form"),
        ("S20001", "authority", ELY, f" {ELY.replace(',', ' ')}", "form"),
        ("S20002", "start_date", "2015-02-01", None, "content"),
        ("S20003", "start_date", "2015-02-01", "7560", "content"),
        ("S20003", "authority", ELY, ELY.replace(",", " "), "form"),
    ] == [tuple(change.values()) for change in projects["changed"]]
    assert (["S20006"], ["S20004", "S20005"], 0) == (projects["added"], projects["removed"], projects["unchanged"])


def test_amounts_are_exact_and_sum_up(difference):
    finance = difference.as_dict()["tables"]["finance"]
    assert [("S20002", "realised_eu_state_eur", "2.00", "4.00"), ("S20002", "realised_public_eur", "4.00", "2.00")] == [
        (change["key"], change["field"], change["old"], change["new"]) for change in finance["changed"]
    ]
    assert {"old": "28.50", "new": "28.50", "delta": "0.00"} == finance["totals"]["realised_eu_state_eur"]
    assert {"old": "56.00", "new": "50.00", "delta": "-6.00"} == finance["totals"]["realised_public_eur"]


def test_an_emptied_beneficiary_and_a_name_in_other_case(difference):
    participations = difference.as_dict()["tables"]["participations"]
    assert "S20003/name:tyhja ry/implementer" in participations["removed"]
    assert [("S20001/name:koulu ry/implementer", "Koulu ry", "Koulu Ry", "form")] == [
        (change["key"], change["old"], change["new"], change["kind"]) for change in participations["changed"]
    ]


def test_a_row_that_cannot_be_read_is_shown_with_both_texts(difference):
    (row,) = difference.as_dict()["unread"]
    assert ("S20004", "unread row", OLD.splitlines()[3], NEW.splitlines()[3]) == tuple(row.values())


def test_a_reading_of_the_whole_in_every_format(difference):
    text = render(difference)
    assert text.splitlines()[0] == "What changed from raaka.csv to korjattu.csv"
    assert text.index("Structure") < text.index("Content that differs") < text.index("\n  S20002\n")
    told = json.loads(render(difference, "json"))
    assert {
        "schema",
        "tables",
        "unread",
        "counts",
        "level",
        "versions",
        "status_moves",
        "findings",
        "gate",
    } == told.keys()
    assert {"added", "removed", "changed", "unchanged", "totals", "rekeyed", "rows", "repeated", "fields", "level"} == (
        told["tables"]["finance"].keys()
    )
    assert "| S20002 | projects start\\_date | 2015-02-01 | (empty) |" in render(difference, "markdown")
    assert "<del>− 2015-02-01</del><br><ins>+ (empty)</ins>" in render(difference, "html")
    with pytest.raises(EsfdataError, match="text, html, json, markdown"):
        render(difference, "pdf")


def test_the_same_file_has_no_difference(tmp_path):
    path = tmp_path / "raaka.csv"
    path.write_bytes(f"{LIST_2014}\n{OLD}".encode("cp1252"))
    assert "Nothing." in render(diff(str(path), str(path), CHECKS))


def table(**columns):
    return pl.LazyFrame(columns, schema=dict.fromkeys(columns, pl.String))


def test_packages_and_their_structure():
    old = blank().replace(
        finance=table(project_code=["S20001"], granted_eu_state_eur=["0.1"]),
        projects=table(project_code=["S20001", "S20002"], name=["A", "B"]),
    )
    new = blank().replace(
        finance=table(project_code=["S20001"], granted_eu_state_eur=["0.10"], planned_public_eur=["1"]),
        projects=table(project_code=["S20002"], name=["B"]),
    )
    found = diff(old, new, findings=False).as_dict()
    assert [("additive", "column added", "finance", "planned_public_eur")] == [
        (change["level"], change["change"], change["table"], change["field"]) for change in found["schema"]
    ]
    assert (1, [], ["S20001"]) == (
        found["tables"]["finance"]["unchanged"], found["tables"]["finance"]["changed"], found["tables"]["projects"]["removed"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("constraint", "old", "new", "expected"),
    [
        ("enum", ["a"], ["a", "b"], ("additive", "enum widened")),
        ("enum", ["a", "b"], ["a"], ("breaking", "enum narrowed")),
        ("minimum", 0, -1, ("additive", "minimum widened")),
        ("maximum", 9, 8, ("breaking", "maximum narrowed")),
        ("required", None, True, ("breaking", "required narrowed")),
        ("pattern", "^a$", "^b$", ("breaking", "pattern narrowed")),
        ("pattern", "^a$", None, ("additive", "pattern widened")),
    ],
)
def test_constraints_that_widened_or_narrowed(constraint, old, new, expected):
    def package(value):
        whole = blank()
        resources = json.loads(json.dumps(whole.descriptor["resources"]))
        field = next(r for r in resources if r["name"] == "projects")["schema"]["fields"][1]
        field["constraints"] = {} if value is None else {constraint: value}
        return type(whole)({**whole.descriptor, "resources": resources}, {name: whole.raw(name) for name in whole})

    (change,) = diff(package(old), package(new), findings=False).schema
    assert expected == (change.level, change.change)


def test_the_real_pair_differs_in_eighteen_projects(shared):
    folder = shared / "exports"
    found = diff(folder / "eura2014-raw.csv", folder / "eura2014-hand-repaired.csv", findings=False).as_dict()
    tables = found["tables"]
    content = {
        (change["key"], change["field"])
        for table in tables.values()
        for change in table["changed"]
        if change["kind"] == "content"
    }
    assert (17, 52) == (len({key for key, _ in content}), len(content))
    assert ["A70305/name:tty saatio/implementer"] == tables["participations"]["removed"]
    assert [] == found["unread"] == tables["participations"]["added"] == tables["projects"]["removed"]
    assert {"old": "164099528.76", "new": "164451634.76", "delta": "352106.00"} == tables["finance"]["totals"][
        "realised_public_eur"
    ]
    assert Decimal("-7560.00") == Decimal(tables["finance"]["totals"]["granted_eu_state_eur"]["delta"])
