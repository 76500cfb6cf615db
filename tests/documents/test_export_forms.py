"""Exports in other forms: the list as XML and the EURA 2021 workbook, whole and damaged."""

import zipfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from esfdata.documents import recognised, statements
from esfdata.documents.kinds.export import Account, account
from esfdata.documents.source_files import read_file

LABELS = (  # noqa: SIM905
    "Hankekoodi |Ryhmähanketunnus|Rahasto|EAKR-/JTF-alatyyppi|Tl|Et|Hankkeen nimi|Toteuttajan nimi|Toteuttajan Y-tunnus|"
    "Rahoittava viranomainen|Toiminnan tila|Aloituspvm|Päättymispvm|Suunniteltu EU- ja valtion rahoitus|"
    "Suunniteltu julkinen rahoitus|Suunniteltu rahoitus yhteensä|Toteutunut EU- ja valtion rahoitus|"
    "Toteutunut julkinen rahoitus|Toteutunut rahoitus yhteensä|Toteutunut EU-rahoituksen määrä|Tukitoimen ala|Sijainti|"
    "Toteutuspaikan postinumero|Toteutuspaikan postitoimipaikka|Tuensaajan postinumero|Tuensaajan postitoimipaikka|"
    "Tukimuoto|Alueellinen täytäntöönpanomekanismi ja alueellinen painopiste|Taloudellinen toiminta|"
    "Toissijainen teema, vain ESR+|Sukupuolten tasa-arvo|Itämeren alueen strategia|"
    "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta|Hankekuvauksen osoite|Hankkeen kotisivun osoite"
).split("|")
ROW = {
    "Hankekoodi ": "S30001",
    "Ryhmähanketunnus": "R-00001",
    "Rahasto": "ESR+",
    "Tl": "4",
    "Et": "4.3",
    "Hankkeen nimi": "Nimi,\tjossa\nmerkkejä",
    "Toteuttajan nimi": "Mikkelin kaupunki",
    "Toteuttajan Y-tunnus": "0165116-3",
    "Rahoittava viranomainen": "Etelä-Savon ELY-keskus",
    "Toiminnan tila": "Toiminnassa",
    "Aloituspvm": 45292,
    "Päättymispvm": "31.12.2026",
    "Suunniteltu EU- ja valtion rahoitus": 100000.1,
    "Suunniteltu julkinen rahoitus": "120000.25",
    "Suunniteltu rahoitus yhteensä": Decimal("1.5E+5"),
    "Toteutunut EU- ja valtion rahoitus": 0,
    "Toteutunut EU-rahoituksen määrä": 40196.990000000005,
    "Sijainti": "Etelä-Savo, Mikkeli",
    "Tuensaajan postinumero": 50100,
    "Toteutuspaikan postinumero": 530,
}


def letters(number: int) -> str:
    return letters((number - 1) // 26) + chr(65 + (number - 1) % 26) if number else ""


def cell(value: object, place: str) -> str:
    if isinstance(value, str) and value.startswith("="):
        return f'<c r="{place}"><f>{escape(value[1:])}</f><v>7</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def workbook(
    path: Path, *rows: list[object], after: str = "", prolog: str = "", parts: dict[str, str] | None = None
) -> Path:
    sheet = "".join(
        f'<row r="{y}">{"".join(cell(v, f"{letters(x)}{y}") for x, v in enumerate(row, 1) if v is not None)}</row>'
        for y, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inside = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="urn:r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData>{after}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (inside | (parts or {})).items():
            archive.writestr(name, text)
    return path


def read(path: Path):
    return recognised(read_file(path, path.name))


def stated(document, table: str, key: str) -> dict[str, str | None]:
    return {s.field: s.value for s in statements(document) if (s.table, s.key) == (table, key)}


def row(**changed: object) -> list[object]:
    return [(ROW | changed).get(label) for label in LABELS]


def test_the_workbook_of_2021(tmp_path):
    second = row(**{"Hankekoodi ": "S30002", "Toteuttajan nimi": "Savon koulu ry", "Toteuttajan Y-tunnus": None})
    footer = [["Hankkeita 2 kpl"], ["Tiedot haettu 10.5.2024"]]
    document = read(workbook(tmp_path / "eura.xlsx", LABELS, row(), second, *footer))
    assert ("export", Account(2, 2, 0, 0)) == (document.kind, account(document))
    assert {"compiled": "2024-05-10"} == stated(document, "documents", "eura.xlsx")
    assert {
        "name": "Nimi, jossa merkkejä",
        "programme_period": "2021-2027",
        "fund": "ESR+",
        "priority_axis": "4",
        "specific_objective": "4.3",
        "start_date": "2024-01-01",
        "end_date": "2026-12-31",
        "status": "Toiminnassa",
        "authority": "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus",
        "site_postal_code": "00530",
    } == stated(document, "projects", "S30001")
    assert {
        "granted_eu_state_eur": "100000.10",
        "realised_eu_state_eur": "0.00",
        "planned_public_eur": "120000.25",
        "planned_total_eur": "150000.00",
        "realised_eu_eur": "40196.99",
    } == stated(document, "finance", "S30001")
    assert {"name": "Mikkelin kaupunki", "business_id": "0165116-3", "postal_code": "50100"} == stated(
        document, "organisations", "0165116-3"
    )
    assert {"organisation_id": "name:savon koulu ry"} == stated(
        document, "participations", "S30002/name:savon koulu ry/implementer"
    )
    assert {"name": "Mikkeli", "code": "491"} == stated(document, "locations", "S30001/municipality/Mikkeli/6")
    assert {2, 3} == {s.line for s in statements(document) if s.table == "projects"}


def test_a_formula_is_reported_and_its_value_not_taken(tmp_path):
    document = read(workbook(tmp_path / "a.xlsx", LABELS, row(**{"Suunniteltu julkinen rahoitus": "=A1*2"})))
    assert {"formula_cell": "Suunniteltu julkinen rahoitus"} == stated(document, "documents", "a.xlsx")
    assert "planned_public_eur" not in stated(document, "finance", "S30001")


def test_a_merged_header_is_reported_and_its_columns_not_read(tmp_path):
    place = letters(LABELS.index("Aloituspvm") + 1), letters(LABELS.index("Päättymispvm") + 1)
    labels = [None if label == "Päättymispvm" else label for label in LABELS]
    merged = f'<mergeCells><mergeCell ref="{place[0]}1:{place[1]}1"/></mergeCells>'
    document = read(workbook(tmp_path / "a.xlsx", labels, row(), after=merged))
    assert {"double_label": "Aloituspvm", "missing_label": "Päättymispvm"} == stated(document, "documents", "a.xlsx")
    assert not {"start_date", "end_date"} & stated(document, "projects", "S30001").keys()


@pytest.mark.parametrize(
    ("parts", "prolog", "says"),
    [
        ({}, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "entities"),
        ({}, '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "entities"),
        ({"xl/workbook.xml": "<workbook>"}, "", "broken XML"),
        ({"xl/_rels/workbook.xml.rels": "<a/>"}, "", "no document of a known kind"),
        ({"xl/sharedStrings.xml": "<sst>" + " " * 200_000_001 + "</sst>"}, "", "larger than"),
    ],
)
def test_a_damaged_workbook_is_one_clear_sentence(tmp_path, parts, prolog, says):
    document = read(workbook(tmp_path / "a.xlsx", LABELS, row(), prolog=prolog, parts=parts))
    assert says in document.problem


def test_a_cut_off_workbook_is_no_exception(tmp_path):
    whole = workbook(tmp_path / "a.xlsx", LABELS, row()).read_bytes()
    for cut in range(1, len(whole), 97):
        (tmp_path / "b.xlsx").write_bytes(whole[:cut])
        assert read(tmp_path / "b.xlsx").problem


RECORD = (
    "<projekti><projektikoodi>S10001</projektikoodi><rahasto>ESR</rahasto><projektinnimi>Työ & koti, osa 1</projektinnimi>"
    "<ohjelmaosio>Etelä-Suomen suuralueosio</ohjelmaosio><toimintalinjanumero>2</toimintalinjanumero>"
    "<viranomainen>Lapin liitto</viranomainen><toiminnantila>Toiminta päättynyt</toiminnantila>"
    "<aloituspvm>1.4.2008</aloituspvm><paattymispvm>31.12.2010</paattymispvm><toteuttajannimi>Koulu ry</toteuttajannimi>"
    "<euvaltionrahoitusmyonnetty>100</euvaltionrahoitusmyonnetty><euvaltionrahoitustoteutunut>90.5</euvaltionrahoitustoteutunut>"
    "<julkinenrahoitussuunniteltu>120</julkinenrahoitussuunniteltu><julkinenrahoitustoteutunut>110</julkinenrahoitustoteutunut>"
    "</projekti>"
)


def xml(path: Path, text: str):
    path.write_text(f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{text}', encoding="cp1252")
    return read(path)


def test_the_list_as_xml(tmp_path):
    second = RECORD.replace("S10001", "S10002").replace("<rahasto>", "\n<rahasto>")
    document = xml(tmp_path / "lista.xml", f"<projektilista>\n{RECORD}\n{second}\n</projektilista>")
    assert ("export", Account(2, 2, 0, 0)) == (document.kind, account(document))
    assert ("Työ & koti, osa 1", "2007-2013", "2008-04-01") == tuple(
        stated(document, "projects", "S10001")[field] for field in ("name", "programme_period", "start_date")
    )
    assert {"granted_eu_state_eur": "100.00", "realised_eu_state_eur": "90.50", "planned_public_eur": "120.00",
            "realised_public_eur": "110.00"} == stated(document, "finance", "S10002")  # fmt: skip
    assert {3, 4} == {s.line for s in statements(document)}


@pytest.mark.parametrize(
    ("text", "resolved", "says"),
    [
        (f"<projektilista>{RECORD}<projekti><projektikoodi>S1", 1, "cannot be read from line 2"),
        (
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><projektilista>{RECORD}</projektilista>',
            0,
            "entities",
        ),
        (f"<projektilista>{RECORD}{RECORD.replace('S10001', '')}</projektilista>", 1, "Lapin liitto"),
    ],
)
def test_damaged_xml_gives_what_it_has_and_says_where_it_ends(tmp_path, text, resolved, says):
    document = xml(tmp_path / "lista.xml", text)
    assert Account(resolved + 1, resolved, 0, 1) == account(document)
    assert says in stated(document, "documents", "lista.xml")["unread_row"]
