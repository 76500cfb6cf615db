"""The descriptor and the code lists say what the tables are; these tests say what the two must be."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package, Resource

from esfdata.messages.languages import LANGUAGES
from esfdata.paths import share

FOLDER = share("datapackage")
TEXT = (FOLDER / "datapackage.json").read_text(encoding="utf-8")
DESCRIPTOR: dict[str, Any] = json.loads(TEXT)
RESOURCES: dict[str, dict[str, Any]] = {resource["name"]: resource for resource in DESCRIPTOR["resources"]}
LISTS = [name for name, resource in RESOURCES.items() if not resource["path"].startswith("data/")]
WORDS = ("title", "description")

CONTRACT = {
    "documents": "*document_id path kind project_code sha256 media_type compiled url encoding damaged",
    "statements": "*document_id *table *key *field value original page *line repair",
    "projects": "*project_code name programme_period fund priority_axis specific_objective start_date "
    "end_date status authority application_type site_street_address site_postal_code site_city",
    "organisations": "*organisation_id business_id name organisation_type street_address postal_code city "
    "phone website",
    "participations": "*project_code *organisation_id *role",
    "finance": "*project_code granted_eu_state_eur realised_eu_state_eur planned_public_eur "
    "realised_public_eur planned_total_eur realised_total_eur realised_eu_eur",
    "indicators": "*project_code *indicator *measure value",
    "figures": "*project_code *document_id *group *item value unit section line",
    "locations": "*project_code *level *name *section code",
    "findings": "*fingerprint severity check table key field value message path line sources waiver",
}
"""The fields that others rely on, in order; the primary key's are starred."""


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field with its address, such as `projects.name`."""
    for name, resource in RESOURCES.items():
        for field in resource["schema"]["fields"]:
            yield f"{name}.{field['name']}", field


FIELDS = dict(fields())
PATTERNS = {
    address: field["constraints"]["pattern"]
    for address, field in FIELDS.items()
    if "pattern" in field.get("constraints", {})
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a code list, as text."""
    with (FOLDER / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, *columns: str) -> set[tuple[str, ...]]:
    """The distinct values of some columns of a code list."""
    return {tuple(row[c] for c in columns) for row in rows(name)}


def wording(described: dict[str, Any], language: str, word: str) -> str:
    """The title or description of a package, resource or field in one language."""
    source = described if language == "en" else described["translations"][language]
    return str(source[word])


# The descriptor


def test_descriptor_is_written_one_way() -> None:
    assert json.dumps(DESCRIPTOR, ensure_ascii=False, indent=2) + "\n" == TEXT


def test_frictionless_accepts_the_descriptor() -> None:
    assert not Package.validate_descriptor(DESCRIPTOR).errors


def test_old_and_new_clients_know_a_table() -> None:
    assert DESCRIPTOR["$schema"].endswith("/profiles/2.0/datapackage.json")
    expected = ("table", "tabular-data-resource", [""])
    for resource in RESOURCES.values():
        assert expected == (resource["type"], resource["profile"], resource["schema"]["missingValues"])


@pytest.mark.parametrize("table", CONTRACT)
def test_contract_is_kept(table: str) -> None:
    schema, agreed = RESOURCES[table]["schema"], CONTRACT[table].split()
    assert [name.strip("*") for name in agreed] == [field["name"] for field in schema["fields"]]
    assert [name.strip("*") for name in agreed if name.startswith("*")] == schema["primaryKey"]
    assert f"data/{table}.csv" == RESOURCES[table]["path"]


@pytest.mark.parametrize("name", RESOURCES)
def test_key_fields_are_required(name: str) -> None:
    schema = RESOURCES[name]["schema"]
    required = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")}
    assert set() == set(schema["primaryKey"]) - required


def test_tables_refer_to_each_other_as_agreed() -> None:
    expected = {
        ("documents", "project_code", "projects"),
        ("statements", "document_id", "documents"),
        ("participations", "project_code", "projects"),
        ("participations", "organisation_id", "organisations"),
        ("finance", "project_code", "projects"),
        ("indicators", "project_code", "projects"),
        ("figures", "project_code", "projects"),
        ("figures", "document_id", "documents"),
        ("locations", "project_code", "projects"),
    }
    found = {
        (table, foreign["fields"][0], foreign["reference"]["resource"])
        for table in CONTRACT
        for foreign in RESOURCES[table]["schema"].get("foreignKeys", [])
    }
    assert expected == found


@pytest.mark.parametrize("name", RESOURCES)
def test_foreign_keys_point_to_primary_keys(name: str) -> None:
    for foreign in RESOURCES[name]["schema"].get("foreignKeys", []):
        target = RESOURCES[foreign["reference"]["resource"]]["schema"]
        assert target["primaryKey"] == foreign["reference"]["fields"]
        assert set(foreign["fields"]) <= {field["name"] for field in RESOURCES[name]["schema"]["fields"]}


@pytest.mark.parametrize("described", [DESCRIPTOR, *RESOURCES.values(), *FIELDS.values()], ids=lambda d: d["name"])
def test_everything_has_words_in_three_languages(described: dict[str, Any]) -> None:
    titles, descriptions = ([wording(described, lang, word) for lang in LANGUAGES] for word in WORDS)
    assert all(text and text == text.strip() for text in titles + descriptions)
    assert len(LANGUAGES) == len(set(descriptions))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
def test_no_two_tables_share_their_words(language: str, word: str) -> None:
    assert len(RESOURCES) == len({wording(resource, language, word) for resource in RESOURCES.values()})


@pytest.mark.parametrize("address", PATTERNS)
def test_patterns_are_anchored_and_in_the_re2_subset(address: str) -> None:
    pattern = PATTERNS[address]
    assert re.fullmatch(r"\^\(\?:.+\)\$", pattern)
    assert not re.search(r"\(\?(?!:)|\\[1-9]", pattern)
    pl.Series([""]).str.contains(pattern, strict=True)


@pytest.mark.parametrize("address", [a for a, f in FIELDS.items() if "example" in f and a in PATTERNS])
def test_examples_match_their_pattern(address: str) -> None:
    assert re.match(PATTERNS[address], FIELDS[address]["example"])


@pytest.mark.parametrize("address", FIELDS)
def test_categories_are_also_an_enum(address: str) -> None:
    field = FIELDS[address]
    values = [category["value"] for category in field.get("categories", [])]
    assert values == field.get("constraints", {}).get("enum", [])
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("projects.programme_period", "programme_periods"),
        ("projects.fund", "funds"),
        ("projects.application_type", "application_types"),
        ("indicators.indicator", "indicator_types"),
    ],
)
def test_enums_are_the_code_lists(address: str, name: str) -> None:
    field = FIELDS[address]
    assert {(value,) for value in field["constraints"]["enum"]} == column(name, field["name"])


def test_money_is_a_number_in_euros_that_may_be_negative() -> None:
    expected = ("number", "EUR", None)
    for field in (field for address, field in FIELDS.items() if address.endswith("_eur")):
        assert expected == (field["type"], field["unit"], field.get("constraints"))


# The code lists


@pytest.mark.parametrize("name", LISTS)
def test_frictionless_accepts_the_code_list(name: str) -> None:
    package = Package(str(FOLDER / "datapackage.json"))
    resource = package.get_resource(name)
    assert isinstance(resource, Resource)
    assert not [error.message for task in resource.validate().tasks for error in task.errors]


@pytest.mark.parametrize("name", LISTS)
def test_code_list_file_is_plain_and_sorted(name: str) -> None:
    schema = RESOURCES[name]["schema"]
    text = (FOLDER / RESOURCES[name]["path"]).read_bytes().decode("utf-8")
    assert "\r" not in text and text.endswith("\n") and not text.startswith("\ufeff")
    assert [field["name"] for field in schema["fields"]] == next(csv.reader(text.splitlines()))
    keys = [tuple(row[key] for key in schema["primaryKey"]) for row in rows(name)]
    assert sorted(set(keys)) == keys


@pytest.mark.parametrize("name", LISTS)
def test_code_list_cells_have_no_white_space_around(name: str) -> None:
    assert not [cell for row in rows(name) for cell in row.values() if cell != cell.strip()]


def test_every_code_list_file_is_described() -> None:
    described = {RESOURCES[name]["path"] for name in LISTS}
    assert {f"codelists/{path.name}" for path in (FOLDER / "codelists").iterdir()} | {"rates.csv"} == described


@pytest.mark.parametrize("name", ["project_codes", "priority_axes", "rates"])
def test_funds_exist_in_their_period(name: str) -> None:
    assert set() == column(name, "programme_period", "fund") - column("funds", "programme_period", "fund")


def test_axes_of_objectives_exist() -> None:
    key = ("programme_period", "priority_axis")
    assert set() == column("specific_objectives", *key) - column("priority_axes", *key)


def test_an_axis_number_means_one_fund_since_2014() -> None:
    axes = [(r["programme_period"], r["priority_axis"]) for r in rows("priority_axes")]
    recent = [axis for axis in axes if axis[0] != "2007-2013"]
    assert sorted(set(recent)) == sorted(recent)


def test_codes_of_every_series_match_the_project_code() -> None:
    for row in rows("project_codes"):
        shortest = row["prefix"].ljust(int(row["digits"]) + 1, "0")
        assert re.match(PATTERNS["projects.project_code"], shortest)


def test_rates_hold_within_their_period() -> None:
    periods = {row["programme_period"]: row for row in rows("programme_periods")}
    for row in rows("rates"):
        period = periods[row["programme_period"]]
        assert period["first_date"] <= row["valid_from"] < row["valid_to"] <= period["last_date"]


def test_short_forms_are_not_long_forms() -> None:
    assert set() == column("authority_aliases", "alias") & column("authorities", "authority")


def test_every_ely_centre_has_its_short_form() -> None:
    suffix = " elinkeino-, liikenne- ja ympäristökeskus"
    names = {a.removesuffix(suffix) for (a,) in column("authorities", "authority") if a.endswith(suffix)}
    expected = {(f"{name} ELY-keskus", name + suffix) for name in names}
    assert set() == expected - column("authority_aliases", "alias", "authority")


def test_a_genitive_means_one_subregion() -> None:
    genitives = [row["genitive_fi"] for row in rows("subregions")]
    assert len(set(genitives)) == len(genitives)


def test_municipalities_lie_in_a_subregion_and_region_of_every_year() -> None:
    regions = {row["region_code"]: row["name_fi"] for row in rows("regions")}
    known = {
        (row["subregion_code"], row["name_fi"], row["region_code"], year)
        for row in rows("subregions")
        for year in range(int(row["first_year"]), int(row["last_year"]) + 1)
    }
    for row in rows("municipalities"):
        assert row["region_fi"].startswith(regions[row["region_code"]])  # Åland was "Ahvenanmaa - Åland"
        for year in range(int(row["first_year"]), int(row["last_year"]) + 1):
            assert (row["subregion_code"], row["subregion_fi"], row["region_code"], year) in known


def test_municipalities_are_those_of_the_reference(shared: Path) -> None:
    with (shared / "reference" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        expected = [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]
    assert sorted(map(str, expected)) == sorted(map(str, rows("municipalities")))


def test_corrections_have_their_header() -> None:
    expected = "table,key,field,value,reason,date"
    assert expected == (FOLDER / "corrections.csv").read_text(encoding="utf-8").splitlines()[0]
