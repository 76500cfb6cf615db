"""`esfdata describe`: the tables for people and for other libraries."""

import json
import subprocess
import sys

import pytest

from esfdata import EsfdataError
from esfdata.reports.data_dictionary import describe, dictionary
from esfdata.tables.descriptor import shipped_descriptor

RESOURCES = shipped_descriptor()["resources"]
TABLES = [resource["name"] for resource in RESOURCES]
SMALL = {
    "name": "small",
    "title": "Small",
    "description": "One table.",
    "resources": [
        {
            "name": "pets",
            "title": "Pets",
            "description": "Animals | at home.",
            "translations": {"fi": {"title": "Lemmikit"}, "sv": {"title": "Husdjur"}},
            "schema": {
                "fields": [
                    {"name": "pet", "type": "string", "constraints": {"required": True, "pattern": "cat|dog"}},
                    {"name": "weight", "title": "Weight", "type": "number", "unit": "kg", "description": "Of the pet."},
                ],
                "primaryKey": "pet",
                "foreignKeys": [{"fields": "pet", "reference": {"resource": "", "fields": "pet"}}],
            },
        }
    ],
}
DICTIONARY = """# Small

One table.

- [pets](#pets): Animals | at home.

## pets

*Pets · Lemmikit · Husdjur*

Animals | at home.

| field | title | type | unit | constraints | description |
| --- | --- | --- | --- | --- | --- |
| `pet` |  | string |  | `required; pattern cat\\|dog` |  |
| `weight` | Weight | number | kg |  | Of the pet. |

Primary key: `pet`

Foreign key: `pet` refers to `pet` of `pets`"""


def test_the_dictionary_in_full():
    assert DICTIONARY == dictionary(SMALL, SMALL["resources"])


@pytest.mark.parametrize("resource", RESOURCES, ids=TABLES)
def test_a_table_is_described_with_every_field(resource):
    text = describe(resource["name"])
    assert resource["description"] in text
    assert [f"| `{field['name']}` |" in text for field in resource["schema"]["fields"]].count(False) == 0


def test_all_tables_are_described_without_a_name():
    headings = [line[3:] for line in describe().splitlines() if line.startswith("## ")]
    assert TABLES == headings


def test_the_suites_are_json():
    assert TABLES == [suite["name"] for suite in json.loads(describe(form="great-expectations"))]
    assert "projects" == json.loads(describe("projects", "great-expectations"))["name"]


@pytest.mark.parametrize("form", ["markdown", "pandera", "great-expectations", "sql"])
def test_an_unknown_table_gets_the_list(form):
    with pytest.raises(EsfdataError) as error:
        describe("project", form)
    assert f"there is no table 'project'; the tables are {', '.join(TABLES)}" == str(error.value)


def test_an_unknown_form_gets_the_list():
    with pytest.raises(EsfdataError, match="accepted are markdown, pandera, great-expectations, sql"):
        describe("projects", "yaml")


@pytest.mark.parametrize("form", ["markdown", "pandera", "great-expectations"])
def test_a_description_needs_no_other_library(form):
    code = (
        "import sys; from esfdata.reports.data_dictionary import describe; describe('projects', %r); "
        "print(sorted({'pandera', 'great_expectations', 'pandas', 'duckdb', 'frictionless'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code % form], capture_output=True, text=True, check=True)
    assert "[]" == run.stdout.strip()
