"""The formats of a release: what each holds is what the tables say, to the cent, the day and the leading zero."""

import datetime
import json
import sqlite3
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

import esfdata
from esfdata.release import contents
from esfdata.release.contents import Contents, Table, tables
from esfdata.release.formats import xlsx_workbook
from esfdata.release.writing import release as write_release
from esfdata.tables.descriptor import TWIN
from esfdata.tables.reading import blank

PROJECTS = [
    {**samples.PROJECT, "name": '=HYPERLINK("http://example.org")'},
    {**samples.PROJECT, "project_code": "S22017", "name": 'Kaksi "riviä"\nja, pilkku', "end_date": None},
]
FINANCE = [
    {"project_code": "S22016", "realised_public_eur": "0.10", "planned_public_eur": "999999999999.99"},
    {"project_code": "S22017", "realised_public_eur": "0.20", "planned_public_eur": None},
]
PLACE = {"level": "municipality", "name": "Mikkeli", "section": "6", "code": "097"}


@pytest.fixture(scope="module")
def package() -> esfdata.Package:
    return samples.package(
        projects=PROJECTS, finance=FINANCE, locations=[{"project_code": "S22016", **PLACE}],
        documents=[{"document_id": "a", "path": "a.txt", "damaged": "true"}],
    )  # fmt: skip


@pytest.fixture(scope="module")
def release(package, tmp_path_factory) -> Path:
    return write_release(package, tmp_path_factory.mktemp("formats") / "dist", gated=True)


@pytest.fixture
def database(release):
    connection = sqlite3.connect(release / "esfdata-2026.11.0.sqlite")
    yield connection
    connection.close()


def test_rows_are_sorted_by_key_and_empty_text_is_unknown():
    rows = [{"project_code": code, "name": ""} for code in ("S3", "S1", "S2")]
    table = next(t for t in tables(samples.package(projects=rows)) if t.name == "projects")
    assert {"project_code": ["S1", "S2", "S3"], "name": [None] * 3} == (
        table.rows.select("project_code", "name").collect().to_dict(as_series=False))  # fmt: skip


PART = st.sampled_from([None, "a", "b"])


@given(st.lists(st.tuples(PART, PART, st.integers(0, 1)), max_size=6))
def test_rows_are_in_the_order_of_the_whole_key_and_left_alone_where_they_are(rows):
    frame = pl.LazyFrame(rows, {"first": pl.String, "second": pl.String, "other": pl.Int64}, orient="row")
    expected = sorted(rows, key=lambda row: [(part is not None, part or "") for part in row[:2]])
    done = contents._sorted(frame, ["first", "second"])
    assert expected == done.collect().rows()
    assert (rows == expected) == (done is frame)


@pytest.mark.parametrize("table", blank().heights())
def test_parquet_and_csv_hold_the_same_typed_rows(table, package, release):
    parquet = pl.read_parquet(release / "datapackage" / "data" / f"{table}.parquet")
    assert package.lazy(table).collect().to_dicts() == parquet.to_dicts()
    assert esfdata.read(release).lazy(table).collect().equals(parquet)
    assert package.lazy(table).collect_schema() == parquet.schema


def test_a_parquet_twin_has_the_schema_but_no_foreign_keys_and_no_size(release):
    descriptor = json.loads((release / "datapackage" / "datapackage.json").read_text())
    by_name = {resource["name"]: resource for resource in descriptor["resources"]}
    for name in blank().heights():
        own, twin = by_name[name], by_name[name + TWIN]
        assert [f["name"] for f in own["schema"]["fields"]] == [f["name"] for f in twin["schema"]["fields"]]
        assert ("parquet", False, False) == (twin["format"], "bytes" in twin, "foreignKeys" in twin["schema"])


def test_a_release_is_read_with_each_table_once(release):
    package = esfdata.read(release)
    assert not [name for name in package if name.endswith(TWIN)]
    assert not [r["name"] for r in package.descriptor["resources"] if r["name"].endswith(TWIN)]


def test_json_is_a_list_of_rows_with_numbers_and_iso_days(release):
    rows = json.loads((release / "data" / "finance.json").read_text(), parse_float=Decimal)
    assert [Decimal("0.1"), Decimal("999999999999.99")] == [
        rows[0]["realised_public_eur"],
        rows[0]["planned_public_eur"],
    ]
    assert "2020-04-15" == json.loads((release / "data" / "projects.json").read_text())[0]["start_date"]
    assert [] == json.loads((release / "data" / "indicators.json").read_text())


def test_sums_in_sqlite_are_right_to_the_cent(database):
    (cents,) = database.execute("SELECT sum(realised_public_eur_cents) FROM finance").fetchone()
    assert 30 == cents
    largest = database.execute(
        "SELECT max(planned_public_eur_cents), max(planned_public_eur) FROM finance_decimal, finance"
    )
    assert (99999999999999, 999999999999.99) == largest.fetchone()


def test_sqlite_has_keys_checks_and_codes_as_text(database):
    assert [] == database.execute("PRAGMA foreign_key_check").fetchall()
    assert ("097",) == database.execute("SELECT code FROM locations").fetchone()
    assert (1,) == database.execute("SELECT damaged FROM documents").fetchone()
    assert "projects" in {row[2] for row in database.execute("PRAGMA foreign_key_list(finance)")}
    for wrong in (
        "INSERT INTO projects (project_code, fund) VALUES ('S9', 'XYZ')",
        "INSERT INTO projects (project_code) VALUES ('S22016')",
        "INSERT INTO projects (project_code) VALUES (NULL)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(wrong)
    (sql,) = database.execute("SELECT group_concat(sql) FROM sqlite_master").fetchone()
    assert "REGEXP" not in sql


def cells(release: Path, table: str) -> dict[str, ElementTree.Element]:
    """The cells of a sheet by their address, as the file itself has them."""
    with zipfile.ZipFile(release / "esfdata-2026.11.0.xlsx") as book:
        place = list(esfdata.read(release)).index(table) + 1
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{place}.xml"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.find(".//m:pane[@state='frozen']", space) is not None
    assert [] == sheet.findall(".//m:f", space)
    return {cell.attrib["r"]: cell for cell in sheet.findall(".//m:c", space)}


def test_in_xlsx_text_is_text_and_a_formula_none(release):
    projects = cells(release, "projects")
    assert ('=HYPERLINK("http://example.org")', "inlineStr") == (
        "".join(projects["B2"].itertext()),
        projects["B2"].get("t"),
    )
    assert "inlineStr" == cells(release, "locations")["E2"].get("t")


def test_xlsx_reads_back_with_dates_amounts_and_zeros(release):
    pytest.importorskip("fastexcel")
    book = pl.read_excel(release / "esfdata-2026.11.0.xlsx", sheet_id=0)
    assert set(esfdata.read(release)) == set(book)
    assert datetime.date(2020, 4, 15) == book["projects"]["start_date"][0]
    assert ["097"] == book["locations"]["code"].to_list()
    assert [0.1, 0.2] == book["finance"]["realised_public_eur"].to_list()


def test_a_table_too_long_for_a_sheet_is_left_out_and_named(monkeypatch, tmp_path):
    monkeypatch.setattr(xlsx_workbook, "ROWS", 1)
    resource = {"name": "a", "schema": {"fields": [{"name": "x", "type": "integer"}]}}
    short, long = (Table({**resource, "name": name}, pl.LazyFrame({"x": [1] * n})) for name, n in (("a", 1), ("b", 2)))
    created = datetime.datetime(2026, 11, 1)
    with pytest.warns(UserWarning, match=r"a\.xlsx is without b: too long for a sheet"):
        xlsx_workbook.write(Contents([short, long], {"title": "T"}, created), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert "b" in book.read("docProps/core.xml").decode()


def test_a_sheet_holds_as_many_rows_as_excel_opens(tmp_path):
    """2^20 with the header; a row further down would be lost in silence."""
    resource = {"schema": {"fields": [{"name": "x", "type": "integer"}]}}
    n = 2**20 - 1
    full = pl.LazyFrame({"x": pl.Series([None] * (n - 1) + [7], dtype=pl.Int64)})
    long = pl.LazyFrame({"x": pl.Series([None] * (n + 1), dtype=pl.Int64)})
    both = [Table({**resource, "name": "full"}, full), Table({**resource, "name": "long"}, long)]
    with pytest.warns(UserWarning, match="is without long: too long for a sheet"):
        xlsx_workbook.write(Contents(both, {}, datetime.datetime(2026, 11, 1)), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert b'<c r="A1048576"><v>7</v></c>' in book.read("xl/worksheets/sheet1.xml")


def cell(kind: str, value: object, folder: Path) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The cell in which a workbook has a value, and its style."""
    table = Table({"name": "a", "schema": {"fields": [{"name": "x", "type": kind}]}}, pl.LazyFrame({"x": [value]}))
    xlsx_workbook.write(Contents([table], {}, datetime.datetime(2026, 11, 1)), folder / "a.xlsx")
    with zipfile.ZipFile(folder / "a.xlsx") as book:
        sheet, styles = (
            ElementTree.fromstring(book.read(f"xl/{name}.xml")) for name in ("worksheets/sheet1", "styles")
        )
    (found,) = [c for c in sheet.iter() if c.get("r") == "A2"]
    return found, styles.findall("{*}cellXfs/{*}xf")[int(found.get("s", 0))]


CORNERS = [
    ("date", datetime.date(1899, 12, 31), "inlineStr"),
    ("date", datetime.date(1900, 2, 28), "inlineStr"),
    ("date", datetime.date(1900, 3, 1), None),
    ("date", datetime.date(2026, 11, 1), None),
    ("integer", 10**15 - 1, None),
    ("integer", 10**15, "inlineStr"),
    ("integer", 10**18 - 1, "inlineStr"),
    ("number", Decimal("123456789012.25"), None),
    ("string", "x" * 40_000, "inlineStr"),
    ("boolean", False, "b"),
]


@pytest.mark.parametrize(("kind", "value", "stored"), CORNERS)
def test_what_a_spreadsheet_cannot_hold_is_text(kind, value, stored, tmp_path):
    assert stored == cell(kind, value, tmp_path)[0].get("t")


@pytest.mark.parametrize(("letters", "expected"), [(32_767, "x" * 32_767), (32_768, "x" * 32_766 + "…")])
def test_a_text_too_long_for_a_cell_is_cut_where_one_sees_it(letters, expected, tmp_path):
    assert expected == "".join(cell("string", "x" * letters, tmp_path)[0].itertext())


@pytest.mark.parametrize("text", ["=1+1", "+358", "-1", "@A1", "\t=1+1", "\r=1+1"])
def test_text_that_a_spreadsheet_would_take_for_a_formula_is_marked_as_text(text, tmp_path):
    assert "1" == cell("string", text, tmp_path)[1].get("quotePrefix")


@pytest.mark.parametrize("text", ["a=1", "S22016", " =1+1", "097"])
def test_other_text_is_not_marked(text, tmp_path):
    assert None is cell("string", text, tmp_path)[1].get("quotePrefix")


def test_duckdb_holds_all_tables_typed(release):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is an extra: pip install 'esfdata[duckdb]'")
    with duckdb.connect(str(release / "esfdata-2026.11.0.duckdb"), read_only=True) as database:
        assert set(esfdata.read(release)) == {name for (name,) in database.execute("SHOW TABLES").fetchall()}
        row = database.execute("SELECT sum(realised_public_eur), typeof(any_value(realised_public_eur)) FROM finance")
        assert (Decimal("0.30"), "DECIMAL(14,2)") == row.fetchone()
