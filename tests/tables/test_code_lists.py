"""Code lists: a package that has its own is read by it, everywhere; another by the shipped ones."""

import pytest
import samples

import esfdata
from esfdata import kohesio
from esfdata.exceptions import PackageError
from esfdata.findings import Findings
from esfdata.kohesio import nuts
from esfdata.release.writing import write
from esfdata.repair.sheets import fix
from esfdata.site.site_model import Model
from esfdata.tables.code_lists import rows
from esfdata.tables.reading import blank

NAMES = ["region_code", "first_year", "last_year", "nuts_version", "division_year", "nuts_code"]


def changed(folder, name, text, **tables):
    """A package written to a folder, with the text of one of its code lists put in the place of the shipped one."""
    write(samples.package(**tables), folder)
    (folder / "codelists" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_list_is_the_shipped_one_without_a_package_and_where_it_has_none():
    assert rows("regions") == rows("regions", blank())
    assert {"region_code": "01", "name_fi": "Uusimaa"}.items() <= rows("regions")[0].items()


def test_a_list_that_nobody_has_is_told():
    with pytest.raises(PackageError, match=r"the code list nothing\.csv was expected"):
        rows("nothing")


def test_an_empty_cell_is_empty_text_in_either():
    assert "" in {row["successor"] for row in rows("authorities")}
    own = samples.package(authorities=[{"authority": "Virasto", "successor": None}])
    assert ({"authority": "Virasto", "first_year": "", "last_year": "", "successor": ""},) == rows("authorities", own)


def test_towns_are_repaired_by_the_list_of_the_package(tmp_path):
    text = (
        "municipality_code,name_fi,name_sv,subregion_code,subregion_fi,region_code,region_fi,first_year,last_year\n"
        "999,Keksilä,Keksilä,101,Mikkeli,10,Etelä-Savo,2013,2026\n"
    )
    organisation = {"organisation_id": "name:koulu ry", "name": "Koulu ry", "city": "KEKSILÄ"}
    assert [] == fix(write(samples.package(organisations=[organisation]), tmp_path / "shipped"))
    (sheet,) = fix(changed(tmp_path / "own", "municipalities", text, organisations=[organisation]))
    assert {(0, "city"): "Keksilä"} == sheet.new


def test_persons_are_withheld_by_the_given_names_of_the_package(tmp_path):
    organisations = [{"organisation_id": "name:kekso keksijä", "name": "Kekso Keksijä"}]
    shipped = write(samples.package(organisations=organisations), tmp_path / "shipped")
    own = changed(tmp_path / "own", "given_names", "given_name\nKekso\n", organisations=organisations)
    assert frozenset() == Model(esfdata.read(shipped), Findings()).persons
    assert {"name:kekso keksijä"} == Model(esfdata.read(own), Findings()).persons


def test_the_nuts_code_is_that_of_the_list_of_the_package():
    place = {"project_code": "S22016", "level": "region", "name": "Uusimaa", "section": "6", "code": "01"}
    own = [dict(zip(NAMES, ("01", "2013", None, "2013", "2013", "FI999"), strict=True))]
    package = samples.package(projects=[samples.PROJECT], locations=[place], nuts=own)
    assert ["FI999"] == nuts.codes(package).collect()["nuts_code"].to_list()
    assert ["FI999"] == kohesio.operations(package)["Location_Indicator_NUTS_code"].to_list()
