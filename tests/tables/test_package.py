"""Packages: every form they are read in, and every way in which they are refused."""

import datetime
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import samples

import esfdata
from esfdata.exceptions import PackageError
from esfdata.release.writing import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory, root) -> Path:
    return write(esfdata.extract(root / "datapackage" / "documents"), tmp_path_factory.mktemp("p") / "package")


def test_the_package_that_ships_is_the_one_made_from_the_shipped_documents(folder):
    shipped, made = esfdata.load(), esfdata.read(folder)
    for table in shipped.heights():
        assert made.raw(table).collect().to_dicts() == shipped.raw(table).collect().to_dicts()


def test_amounts_are_exact_and_dates_are_dates():
    finance = esfdata.load()["finance"].set_index("project_code")
    assert Decimal("1490940.00") == finance.loc["S21386", "realised_public_eur"]
    assert Decimal("1736874.00") == finance["realised_public_eur"].sum()
    assert datetime.date(2018, 7, 1) == esfdata.load()["projects"].set_index("project_code").loc["S21386", "start_date"]


def test_codes_keep_their_zeros():
    assert "097" in esfdata.load()["locations"]["code"].to_list()


@pytest.mark.parametrize("what", ["folder", "descriptor", "zip"])
def test_every_form_of_a_package_reads_the_same(folder, what, tmp_path):
    if what == "zip":
        target = tmp_path / "release.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for file in folder.rglob("*.*"):
                archive.write(file, f"inside/{file.relative_to(folder)}")
    else:
        target = folder if what == "folder" else folder / "datapackage.json"
    expected = esfdata.read(folder)["finance"].to_dict()
    assert expected == esfdata.read(target)["finance"].to_dict()


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_loose_files_named_after_tables_are_a_package(form, tmp_path):
    typed = esfdata.load().lazy("finance").collect()
    path = tmp_path / f"finance.{form}"
    if form == "xlsx":
        pytest.importorskip("fastexcel")
        pytest.importorskip("xlsxwriter")
    {"csv": typed.write_csv, "parquet": typed.write_parquet, "xlsx": typed.write_excel}[form](path)
    assert typed.to_dicts() == esfdata.read(path).lazy("finance").collect().to_dicts()


def test_only_the_fields_of_the_descriptor_leave(tmp_path):
    samples.csv(tmp_path, projects=[{"project_code": "S22016", "contact_name": "Erkki Esimerkki"}])
    assert "contact_name" not in esfdata.read(tmp_path)["projects"].columns


def broken(descriptor: dict, change) -> bytes:
    copy = json.loads(json.dumps(descriptor))
    change(copy)
    return json.dumps(copy).encode()


def change_type(d):
    d["resources"][0]["schema"]["fields"][0]["type"] = "colour"


def change_path(path):
    def change(d):
        d["resources"][0]["path"] = path

    return change


REFUSED = {
    "an unknown type": (change_type, "the type 'colour'; accepted are any, array, boolean, date, datetime"),
    "a path that leaves": (change_path("../secret.csv"), "leaves the package's folder"),
    "an absolute path": (change_path("/etc/passwd.csv"), "leaves the package's folder"),
    "a remote path": (change_path("https://example.org/a.csv"), "accepted is one relative path"),
    "a missing file": (change_path("data/none.csv"), "names data/none.csv, which is not there"),
    "no resources": (lambda d: d.pop("resources"), "a descriptor has a list `resources`"),
}


@pytest.mark.parametrize(("change", "told"), REFUSED.values(), ids=REFUSED)
def test_a_descriptor_that_cannot_be_used_is_refused_in_a_sentence(change, told, tmp_path):
    (tmp_path / "datapackage.json").write_bytes(broken(esfdata.load().descriptor, change))
    with pytest.raises(PackageError, match=told):
        esfdata.read(tmp_path)


NOT_PACKAGES = {
    "nowhere": (None, "there is no such file or folder"),
    "a.zip": (b"PK not really", "not a whole zip file"),
    "datapackage.json": (b"{", "not a descriptor in JSON"),
    "notes.csv": (b"a,b\n1,2\n", "a file must be named after a table: documents"),
    "projects.csv": (b"", "the file is empty"),
    "finance.csv": (b"project_code,project_code\n", "two columns have the name 'project_code'"),
    "locations.csv": (
        "project_code,name\nS22016,Mänty\n".encode("cp1252"),
        "locations.csv:2: the byte 0xe4 is not UTF-8",
    ),
}


@pytest.mark.parametrize("name", NOT_PACKAGES)
def test_what_is_no_package_is_refused_in_a_sentence(name, tmp_path):
    content, told = NOT_PACKAGES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PackageError, match=told):
        esfdata.read(tmp_path / name)


def test_a_zip_without_a_descriptor_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("projects.csv", "project_code\n")
    with pytest.raises(PackageError, match=r"no datapackage\.json in this zip"):
        esfdata.read(tmp_path / "a.zip")


def test_a_table_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(PackageError, match="no table 'budgets' in this package; it has documents"):
        esfdata.load()["budgets"]


def test_typed_frames_enter_and_floats_that_are_not_numbers_are_unknown():
    frame = pl.DataFrame({"project_code": ["S22016", "S22017"], "realised_public_eur": [1.5, float("nan")]})
    package = samples.package(finance=[]).replace(finance=frame.lazy())
    assert [Decimal("1.50"), None] == package.lazy("finance").collect()["realised_public_eur"].to_list()


def test_parquet_in_memory_reads(tmp_path):
    buffer = io.BytesIO()
    esfdata.load().lazy("projects").collect().write_parquet(buffer)
    (tmp_path / "projects.parquet").write_bytes(buffer.getvalue())
    assert 3 == len(esfdata.read(tmp_path)["projects"])
