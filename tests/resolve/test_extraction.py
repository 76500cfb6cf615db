"""From sources to a package: what is left out where a row, a column or a cell cannot be read, and what is kept."""

from pathlib import Path

import pytest
from samples import LIST_2014

import esfdata
from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kinds import KINDS
from esfdata.resolve.extraction import corrections, stated
from esfdata.tables.reading import blank

ROW = "{code},ESR,Nimi,5,Lapin liitto,Toiminnassa,1.1.2016,31.12.2017,Esimerkin kunta,4,3,2,1"
CELLS = {"name": "Nimi", "start_date": "2016-01-01", "granted_eu_state_eur": "4.00"}
NOTHING: dict[str, str] = dict.fromkeys(CELLS, "")


def tabbed(text: str) -> str:
    return text.replace(",", "\t")


SOURCES = {
    "unread_row": ("S20001,ESR,Nimi,5", NOTHING),
    "ambiguous_row": (
        ROW.format(code="S20002").replace("Esimerkin kunta", "2,Lapin liitto,Toiminnassa,1.1.2016,31.12.2017,Kunta"),
        NOTHING,
    ),
    "no_rows": ("", NOTHING),
    "double_label": (ROW.format(code="S20004"), CELLS | {"start_date": ""}),
    "formula_cell": (
        tabbed(ROW.format(code="S20005")).replace("\t4\t", "\t=A1\t"),
        CELLS | {"granted_eu_state_eur": ""},
    ),
}
HEADERS = {
    "double_label": LIST_2014.replace("Päättymispvm", "Aloituspvm"),
    "formula_cell": tabbed(LIST_2014),
}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    for number, (cause, (row, _)) in enumerate(SOURCES.items(), start=1):
        further = ROW.format(code=f"A7000{number}").replace("ESR", "EAKR") if cause.endswith("_row") else ""
        text = f"{HEADERS.get(cause, LIST_2014)}\n{row}\n{further}\n"
        (folder / f"{cause}.csv").write_text(text, encoding="utf-8")
    return esfdata.extract(folder)


@pytest.fixture(scope="module")
def findings(package):
    return [finding for finding in esfdata.validate(package) if finding.check == "row-not-read"]


@pytest.mark.parametrize("cause", SOURCES)
def test_what_is_not_read_is_told_once_for_each_cause(findings, cause):
    (finding,) = [one for one in findings if one.field == cause]
    assert f"{cause}.csv" == finding.key
    assert "A source is read but for a row, a column or a cell, or its list has no rows: " in finding.message


@pytest.mark.parametrize(("number", "cause"), list(enumerate(SOURCES, start=1)))
def test_what_is_in_doubt_is_in_no_table_and_the_rest_is(package, number, cause):
    cells = dict.fromkeys(CELLS, "")
    for table in ("projects", "finance"):
        rows = package.raw(table).collect().to_dicts()
        cells |= {
            k: v or "" for row in rows if row["project_code"] == f"S2000{number}" for k, v in row.items() if k in cells
        }
    assert SOURCES[cause][1] == cells


def test_the_other_rows_of_a_list_are_read(package):
    assert {"S20004", "S20005", "A70001", "A70002"} == set(package["projects"]["project_code"])


@pytest.mark.parametrize(
    ("table", "field", "expected"),
    [
        ("projects", "name", ("projects", "S20001", "name", "x")),
        ("projects", "colour", ("documents", "a", "unread_row", "there is no field colour in projects")),
        ("planets", "name", ("documents", "a", "unread_row", "there is no field name in planets")),
        ("documents", "remark", ("documents", "S20001", "remark", "x")),
    ],
)
def test_what_is_about_no_field_is_stated_of_the_document(monkeypatch, table, field, expected):
    paper = Document("a", Path("a"), "", "text/plain", (Line(1, 7, "x"),), kind="export", encoding="cp1252")
    said = Statement(table, "S20001", field, "x", "original", 1, 7)
    monkeypatch.setitem(KINDS, "export", type("", (), {"narrative": False, "statements": lambda document: [said]}))
    encoding, read = stated(paper, blank())
    assert (expected, "original", 1, 7) == (read[:4], *read[4:7])
    assert ("encoding", "cp1252", 1, 1) == (encoding.field, encoding.value, encoding.page, encoding.line)


def test_corrections_lie_beside_a_folder_and_are_read_once(tmp_path):
    folder, file = tmp_path / "papers", tmp_path / "corrections.csv"
    folder.mkdir()
    (folder / "a.txt").touch()
    assert [] == corrections([folder])
    file.touch()
    assert [file] == corrections([folder])
    assert [] == corrections([folder, file])
    (folder / "corrections.csv").touch()
    assert [] == corrections([folder / "a.txt"])
