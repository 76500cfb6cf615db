"""`esfdata explain` and the list of checks."""

from datetime import date

import pytest

from esfdata import EsfdataError
from esfdata.checking.check import load_checks
from esfdata.findings.rule import CONSTRAINTS
from esfdata.findings.waivers import read_waivers
from esfdata.paths import share
from esfdata.reports.explanation import explain, listing_markdown
from esfdata.tables.constraints import FURTHER, WORDS

CHECKS = load_checks(share("checks"))
LIST, MARKDOWN = explain(), listing_markdown()
OWN = '''
from esfdata.checks import ERROR, WARNING, check


@check(WARNING, "a rule | of the house")
def too_long(projects, funds):
    """A name is too long.

    Nobody reads it to the end.

    | projects | project_code | name |
    | -------- | ------------ | ---- |
    |          | S20001       | ab   |
    | ✗        | S20002       | abc  |
    """
    return projects.name == "abc"


@check(ERROR, "the law")
def nameless(organisations):
    """An organisation has no name.

    | organisations | name |
    | ------------- | ---- |
    |               | ab   |
    | ✗             |      |
    """
    return organisations.name.is_null()
'''

LISTED = """projects
  warning  too-long          A name is too long.

organisations
  error    nameless          An organisation has no name.
"""

EXPLAINED = """too-long (warning)

A name is too long.

Nobody reads it to the end.

Example (✗ marks the rows found):

  projects  project_code  name
  --------  ------------  ----
            S20001        ab
  ✗         S20002        abc

Judges: projects
Looks into: funds
Reference: a rule | of the house
Written in: own.py:5

To let a finding stand, add a row to waivers.csv beside the checks, with the finding's key, your
reason and the last day of the waiver (no day: for good; an empty key or field stands for any):

  check,table,key,field,reason,until
  too-long,projects,PROJECT_CODE,name,why it may stand,YYYY-MM-DD"""


@pytest.fixture
def own(tmp_path):
    """A folder with two checks."""
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_the_list_is_grouped_by_table_and_aligned(own):
    assert explain(None, own).startswith(LISTED)


def test_a_check_is_explained_in_full(own):
    assert EXPLAINED == explain("too-long", own)
    assert EXPLAINED == explain("too_long", own)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_shipped_check_is_listed_and_explained(check):
    assert check.message in LIST
    assert check.reference in explain(check.name)
    assert f"[{check.name}]" in MARKDOWN


@pytest.mark.parametrize("word", [*WORDS, *FURTHER, "waiver-expired", "waiver-unused"])
def test_every_word_of_a_finding_is_explained(word):
    assert explain(word).startswith(f"{word} (")


def test_the_words_are_those_of_the_constraints():
    assert [*WORDS, *FURTHER] == list(CONSTRAINTS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_row_that_waives_is_a_waiver(check, tmp_path):
    row = explain(check.name).splitlines()[-2:]
    lines = [line.strip().replace("YYYY-MM-DD", "2030-12-31") for line in row]
    (tmp_path / "waivers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (waiver,) = read_waivers(tmp_path / "waivers.csv")
    assert (check.name, False) == (waiver.check, waiver.expired(date(2030, 12, 31)))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("to-long", "the nearest are too-long"),
        ("primary_keys", "the nearest are primary-key"),
        ("zzz", "there is no check 'zzz'; `esfdata explain` lists all 17"),
    ],
)
def test_an_unknown_name_gets_the_nearest(own, name, said):
    with pytest.raises(EsfdataError) as error:
        explain(name, own)
    assert said in str(error.value)


def test_the_markdown_list_escapes_cells(own):
    row = "| [too-long](own.py) | warning | A name is too long. | a rule \\| of the house |"
    assert row in listing_markdown(own).splitlines()


def test_the_readme_of_the_checks_is_the_list():
    readme = share("checks") / "README.md"
    if not readme.is_file():
        pytest.skip("checks/README.md is not written yet")
    assert MARKDOWN == readme.read_text(encoding="utf-8")
