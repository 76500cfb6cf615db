"""The list of operations: the template, what is filled from a package, and what is told to be missing."""

import json
import re

import polars as pl
import pytest
import samples

import esfdata
from esfdata import kohesio
from esfdata.kohesio import nuts
from esfdata.kohesio.template import fields, required, rules, template
from esfdata.messages.languages import ENGLISH, LANGUAGES

LATER = {**samples.PROJECT, "project_code": "S30001", "programme_period": "2021-2027", "fund": "ESR+",
         "start_date": "2023-01-01", "end_date": "2025-12-31", "status": "Toiminnassa"}  # fmt: skip


def only(package) -> dict[str, str]:
    """The filled fields of a package's only operation."""
    frame = kohesio.operations(package)
    assert 1 == len(frame)
    return {name: value for name, value in frame.row(0, named=True).items() if value is not None}


# The template


def test_the_template_is_the_official_one_in_our_words(shared):
    """Names, order, types and limits are the same; the one pattern is written anew, so as not to blow up."""
    official = json.loads((shared / "reference" / "kohesio" / "schema.json").read_text(encoding="utf-8"))["fields"]
    keys = ("name", "type", "format", "bareNumber", "constraints")
    rows = [[{key: field.get(key) for key in keys} for field in kind] for kind in (official, fields().values())]
    for row in rows:
        row[-1]["constraints"] = None
    assert rows[0] == rows[1]
    same = [
        f["name"] for f in official if f.get("description") and f["description"] == fields()[f["name"]]["description"]
    ]
    assert [] == same


def test_the_template_speaks_three_languages():
    others = {language for language in LANGUAGES if language != ENGLISH}
    assert [] == [f["name"] for f in fields().values() if not (f["title"] and others == set(f["translations"]))]
    assert (33, 11, 3) == (len(fields()), len(required()), len(rules()))


def test_the_template_is_a_table_schema():
    from frictionless import Schema

    schema = {key: template()[key] for key in ("fields", "missingValues")}
    assert 33 == len(Schema.from_descriptor(schema).fields)


# The list


def test_the_sample_package_fills_what_its_sources_state(root):
    frame = kohesio.operations(esfdata.read(root / "datapackage"))
    assert list(fields()) == frame.columns
    row = {name: value for name, value in frame.row(by_predicate=pl.col("Operation_Unique_Identifier") == "S22016",
                                                    named=True).items() if value is not None}  # fmt: skip
    row.pop("Date_Of_Last_Update", None)
    assert {
        "Operation_Unique_Identifier": "S22016",
        "Operation_Name_Programme_Language": "Porukalla!",
        "Country": "Finland",
        "Operation_Start_Date": "15/04/2020",
        "Operation_End_Date": "31/10/2020",
        "Total_Eligible_Expenditure_Currency": "EUR",
        "Location_Indicator_NUTS_code": "FI1D1",
        "Beneficiary_Name": "Mikkelin kaupunki",
        "Fund_Code": "ESF",
        "Programme_Code": "2014FI16M2OP001",
        "Programming_Period": "2014-2020",
        "Programme_Name": "Kestävää kasvua ja työtä 2014–2020, Suomen rakennerahasto-ohjelma",
        "Program_Priority_Axis_Code": "5",
        "Program_Priority_Axis_Name": "Sosiaalinen osallisuus ja köyhyyden torjunta",
        "Program_Specific_Objective_Code": "10.1",
        "Program_Specific_Objective_Name": "Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen",
        "Fund_Name": "European Social Fund",
        "Beneficiary_Unique_Identifier": "0165116-3",
    } == row


def test_public_and_state_money_is_never_a_total_or_a_rate():
    money = {"project_code": "S22016", "granted_eu_state_eur": "80.00", "realised_eu_state_eur": "80.00",
             "planned_public_eur": "100.00", "realised_public_eur": "100.00", "planned_total_eur": "100.00",
             "realised_total_eur": "100.00", "realised_eu_eur": "50.00"}  # fmt: skip
    row = only(samples.package(projects=[samples.PROJECT], finance=[money]))
    assert set() == {"CoFinancing_Rate", "Total_Eligible_Expenditure_amount"} & set(row)


@pytest.mark.parametrize(
    ("eu", "total", "rate"),
    [
        ("50.00", "100.00", "50.00"),
        ("1.00", "3.00", "33.33"),
        ("2.00", "3.00", "66.67"),
        ("0.01", "200.00", "0.01"),
        ("0.00", "100.00", "0.00"),
        ("999999999999.99", "999999999999.99", "100.00"),
        ("101.00", "100.00", None),
        ("-1.00", "100.00", None),
        ("0.00", "0.00", None),
        (None, "100.00", None),
        ("50.00", None, None),
    ],
)
def test_the_rate_of_a_later_project_is_exact_or_absent(eu, total, rate):
    money = {
        "project_code": "S30001",
        "planned_total_eur": "120.00",
        "realised_total_eur": total,
        "realised_eu_eur": eu,
    }
    row = only(samples.package(projects=[LATER], finance=[money]))
    assert (rate, "120.00") == (row.get("CoFinancing_Rate"), row["Total_Eligible_Expenditure_amount"])


def test_funds_and_programmes_that_the_template_does_not_know_are_not_guessed():
    row = only(samples.package(projects=[LATER]))
    assert set() == {"Fund_Code", "Programme_Code"} & set(row)
    assert ("European Social Fund Plus", "31/12/2025") == (row["Fund_Name"], row["Operation_Expected_End_Date"])


def test_projects_of_2007_have_no_place_in_the_template():
    old = {**samples.PROJECT, "project_code": "S10001", "programme_period": "2007-2013"}
    assert "S22016" == only(samples.package(projects=[samples.PROJECT, old]))["Operation_Unique_Identifier"]


@pytest.mark.parametrize(
    ("organisations", "roles", "expected"),
    [
        ([("0165116-3", "Mikkelin kaupunki", "Kunta")], ["beneficiary"], ("Mikkelin kaupunki", "0165116-3")),
        ([("0165116-3", "Mikkelin kaupunki", None)], ["implementer"], ("Mikkelin kaupunki", "0165116-3")),
        ([("0165116-3", "Tmi Erkki Esimerkki", None)], ["beneficiary"], ("[natural person]", None)),
        ([("0165116-3", "Esimerkki", "Yksityinen elinkeinonharjoittaja")], ["beneficiary"], ("[natural person]", None)),
        ([("person:1", "[natural person]", None)], ["implementer"], ("[natural person]", None)),
        ([("0165116-3", "A ry", None), ("2678219-4", "B ry", None)], ["beneficiary"] * 2, ("A ry; B ry", "0165116-3; 2678219-4")),
        ([("0165116-3", "A ry", None), ("name:b ry", "B ry", None)], ["beneficiary"] * 2, ("A ry; B ry", None)),
        ([("0165116-3", "A ry", None), ("2678219-4", "B ry", None)], ["implementer"] * 2, (None, None)),
        ([("0165116-3", "A ry", None), ("2678219-4", "B ry", None)], ["beneficiary", "implementer"], ("A ry", "0165116-3")),
        ([("0165116-3", "A ry", None)], ["transfer_recipient"], (None, None)),
    ],
)  # fmt: skip
def test_the_beneficiary_is_the_stated_one_and_no_person(organisations, roles, expected):
    rows = [{"organisation_id": key, "business_id": None if ":" in key else key, "name": name, "organisation_type": kind}
            for key, name, kind in organisations]  # fmt: skip
    parts = [{"project_code": "S22016", "organisation_id": row["organisation_id"], "role": role}
             for row, role in zip(rows, roles, strict=True)]  # fmt: skip
    row = only(samples.package(projects=[samples.PROJECT], organisations=rows, participations=parts))
    assert expected == (row.get("Beneficiary_Name"), row.get("Beneficiary_Unique_Identifier"))


def place(code: str, level: str = "municipality", section: str = "6") -> dict[str, str]:
    return {"project_code": "S22016", "level": level, "name": code, "section": section, "code": code}


@pytest.mark.parametrize(
    ("start", "places", "code"),
    [
        ("2020-04-15", [place("491")], "FI1D1"),
        ("2024-01-01", [place("491")], "FI1DA"),  # Etelä-Savo has another code since 2024
        ("2017-12-31", [place("205")], "FI1D4"),  # Kajaani, Kainuu
        ("2018-01-01", [place("205")], "FI1D8"),
        ("2017-12-31", [place("785")], "FI1D4"),  # Vaala moved in 2016; the EU followed in 2018
        ("2018-01-01", [place("785")], "FI1D9"),
        ("2022-01-01", [place("090")], "FI1D1"),  # Heinävesi moved in 2021; the EU followed in 2024
        ("2024-01-01", [place("090")], "FI1DC"),
        ("2014-06-01", [place("413")], "FI196"),  # Lavia, merged in 2015
        ("2020-04-15", [place("588")], "FI1D1"),  # Pertunmaa, merged in 2025
        ("2020-04-15", [place("491"), place("297")], "FI1D"),  # Mikkeli and Kuopio
        ("2020-04-15", [place("491"), place("091")], "FI1"),  # Mikkeli and Helsinki
        ("2020-04-15", [place("491"), place("478")], "FI"),  # Mikkeli and Maarianhamina
        ("2020-04-15", [place("491"), place("01", "region")], "FI1D1"),  # municipalities come first
        ("2020-04-15", [place("10", "region")], "FI1D1"),
        ("2020-04-15", [place("999"), place("10", "region")], "FI1D1"),  # no list has it
        ("2020-04-15", [place("999"), place("491")], None),
        ("2020-04-15", [place("491", section="3")], None),  # named in the narrative only
        (None, [place("491")], None),
    ],
)
def test_the_nuts_code_is_that_of_the_places_in_the_years_of_the_project(start, places, code):
    project = {**samples.PROJECT, "start_date": start}
    row = only(samples.package(projects=[project], locations=places))
    assert code == row.get("Location_Indicator_NUTS_code")


def test_the_programme_of_aland_is_its_own():
    row = only(samples.package(projects=[samples.PROJECT], locations=[place("478")]))
    assert ("FI200", "2014FI05M2OP001") == (row["Location_Indicator_NUTS_code"], row["Programme_Code"])
    assert "Programme_Name" not in row


def test_each_region_has_one_nuts_code_in_each_year():
    known = nuts.versions(esfdata.load())
    regions = esfdata.load().lazy("regions").collect()["region_code"]
    assert set(regions) == set(known["region_code"])
    for year in range(2013, 2031):
        held = known.filter(
            (pl.col("first_year") <= year) & (pl.col("last_year").is_null() | (pl.col("last_year") >= year))
        )
        assert sorted(regions) == sorted(held["region_code"])
        assert 19 == held["nuts_code"].n_unique()
        assert [] == [code for code in held["nuts_code"] if not re.fullmatch("FI(?:1[BCD9]|20)[0-9A-Z]", code)]


def test_the_gaps_are_told_field_by_field(root):
    found = {row["field"]: (row["filled"], row["missing"]) for row in
             kohesio.gaps(kohesio.operations(esfdata.read(root / "datapackage"))).rows(named=True)}  # fmt: skip
    never = {"CoFinancing_Rate", "Total_Eligible_Expenditure_amount", "Category_Of_Intervention",
             "Operation_Summary_Programme_Language"}  # fmt: skip
    assert never == {name for name, (filled, _) in found.items() if not filled}
    assert set(required()) < set(found)
    assert (2, 1) == found[" or ".join(rules()["no-location"])]


def test_what_is_written_is_rfc_4180_and_lacks_only_what_its_gaps_say(root, tmp_path):
    paths = kohesio.write(esfdata.read(root / "datapackage"), tmp_path / "new" / "operations.csv")
    assert ["operations.csv", "operations-gaps.csv"] == [path.name for path in paths]
    for path in paths:
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n") > 0
    gaps = pl.read_csv(paths[1]).filter(pl.col("missing") > 0)
    findings = kohesio.check(paths[0])
    assert gaps["missing"].sum() == len(findings)
    assert {"required", "no-location"} == {finding.check for finding in findings}


def test_an_empty_package_gives_an_empty_list():
    frame = kohesio.operations(samples.package())
    assert (0, list(fields())) == (len(frame), frame.columns)
