"""Natural persons among beneficiaries: recognised, and withheld from every statement."""

import pytest
from samples import LIST_2014

from esfdata.documents import recognised
from esfdata.documents.kinds import export
from esfdata.documents.source_files import read_file
from esfdata.text.persons import WITHHELD, natural_person, organisation, withheld


@pytest.mark.parametrize(
    "name",
    ["Tmi Esimerkkituote", "ESIMERKKI TMI", "T:mi Mallikas", "Toiminimi Mallikas", "Matti Meikäläinen", "MATTI MEIKÄLÄINEN",
     "Anna-Maija Mallikas", "Meikäläinen Maija", "MALLIKAS, MATTI", "Matti Juhani Meikäläinen", "Konepaja M. Mallikas",
     "Lasiliike M & J Mallikas", "matti meikäläinen"],
)  # fmt: skip
def test_names_of_natural_persons(name):
    assert natural_person(name)


@pytest.mark.parametrize(
    "name",
    ["Lapin Liitto", "Mikkelin kaupunki", "Helmi Säätiö", "Matti Meikäläinen Oy", "Ky M. Mallikas", "Aalto University",
     "Oulun Yliopisto", "Elisa Oyj", "Esko Adventures", "Rytmi-instituutin kannattajayhdistys ry", "Helsingin yliopisto",
     "Nuorten Akatemia", "Pargas stad", "Åbo Akademi", "Aino Active Sport Center Finland", "Esimerkki Oy (toiminimi B)",
     "Opetushallitus", "", "¿"],
)  # fmt: skip
def test_names_of_organisations(name):
    assert not natural_person(name)


def test_a_persons_name_glued_behind_a_company_is_taken_away():
    assert "ESIMERKKI OY" == organisation("ESIMERKKI OYMATTI MEIKÄLÄINEN")
    assert "ESIMERKKI OY" == organisation("ESIMERKKI OYC/O TILITOIMISTO MATTI MEIKÄLÄINEN")
    assert "ESIMERKKI OYTOINEN NIMI" == organisation("ESIMERKKI OYTOINEN NIMI")


def test_a_name_is_withheld_in_either_order():
    assert f"Hanke {WITHHELD}: vienti" == withheld("Hanke MEIKÄLÄINEN MATTI: vienti", "Tmi Matti Meikäläinen")


ROWS = """\
A70001,EAKR,Meikäläinen Matin ja Matti Meikäläinen hanke,1,Lapin liitto,Toiminnassa,1.1.2015,31.12.2015,Matti Meikäläinen,1,2,3,4
A70002,EAKR,Nimi,1,Lapin liitto,Toiminnassa,1.1.2015,31.12.2015,Tmi Matti Meikäläinen,1,2,3
A70003,EAKR,Nimi,1,Lapin liitto,Toiminnassa,1.1.2015,31.12.2015,2,Lapin liitto,Toiminnassa,1.1.2015,31.12.2015,Meikäläinen Matti,1,2,3,4
A70004,EAKR,Nimi,1,Lapin liitto,Toiminnassa,1.1.2015,31.12.2015,ESIMERKKI OYMATTI MEIKÄLÄINEN,1,2,3,4
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text(f"{LIST_2014}\n{ROWS}", encoding="utf-8")
    return recognised(read_file(path, "lista.csv"))


def test_nothing_of_a_persons_name_reaches_a_statement(document):
    found = list(export.statements(document))
    assert not [s for s in found if "meikäläinen" in f"{s.key} {s.value} {s.original}".casefold()]
    of_person = {(s.table, s.field): (s.value, s.original) for s in found if s.key.startswith("person:A70001")}
    assert {("organisations", "organisation_type"): ("person", WITHHELD)} == of_person
    assert [] == [s for s in found if s.value is None]


def test_names_of_persons_are_published_on_demand(document):
    found = {s.key: s.value for s in export.statements(document, persons="published") if s.field == "name"}
    assert "Matti Meikäläinen" == found["person:A70001"]
    with pytest.raises(ValueError, match="withheld, published"):
        list(export.statements(document, persons="all"))
