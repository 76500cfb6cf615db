"""Every check is proved by its own docstring: nothing here is written for one check."""

import csv
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
import samples

from esfdata import testing
from esfdata.checking.check import load_checks
from esfdata.checking.engines import ENGINES, enter
from esfdata.checking.typed_tables import TypedTables
from esfdata.exceptions import EsfdataError
from esfdata.paths import share
from esfdata.tables.reading import blank

CHECKS = load_checks(share("checks"))
NAMES = [check.name for check in CHECKS]
FILES = {file: [*some] for file, some in groupby(CHECKS, lambda check: Path(check.place.rpartition(":")[0]).stem)}

with Path(__file__).with_name("equivalent_mutants.csv").open(encoding="utf-8", newline="") as file:
    EQUIVALENT = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def package():
    return blank()


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_example_marks_exactly_its_rows(check, package):
    assert testing.expected(check) == testing.run(check, package)


@pytest.mark.parametrize("file", FILES)
def test_the_examples_notice_every_mutant_that_differs(file, package):
    """A function that several checks call is proved by any of them; `equivalent_mutants.csv` says what cannot be seen."""
    unnoticed = {text for check in FILES[file] for text, _ in testing.mutants(check)}
    for check in FILES[file]:
        noticed = {text for text, _ in testing.mutants(check)} - {*testing.survivors(check, package)}
        unnoticed -= noticed
    assert {row["mutant"] for row in EQUIVALENT if row["file"] == file} == unnoticed


def test_an_equivalent_mutant_is_listed_with_its_reason():
    assert [] == [row for row in EQUIVALENT if not row["why"] or row["file"] not in FILES]


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_unknown_is_not_a_fault(check, package):
    judged, *further = check.examples
    known = [field for field in check.fields if field not in package.key(check.table)]
    if not known:
        pytest.skip("the check looks at keys alone, which are never unknown")
    for field in known:
        judged = testing.without(judged, field)
    assert set() == testing.run(check, package, examples=[judged, *further])


@pytest.mark.parametrize("name", ["project-without-organisation", "organisation-in-no-project",
                                  "project-without-source", "organisation-without-source"])  # fmt: skip
def test_what_no_row_speaks_of_is_not_judged(name, package):
    check = CHECKS[NAMES.index(name)]
    assert testing.expected(check)
    assert set() == testing.run(check, package, examples=check.examples[:1])


def test_personal_data_in_a_key_is_found(package):
    check = CHECKS[NAMES.index("personal-data-in-statement")]
    (example,) = check.examples
    cells = {"document_id": "a.txt", "table": "organisations", "field": "name", "line": "3"}
    rows = tuple(tuple((cells | {"key": key}).get(f) for f in example.fields) for key in ("0165116-3", "name:x@a.fi"))
    assert {1} == testing.run(check, package, examples=[replace(example, rows=rows)])


@pytest.mark.parametrize("engine", sorted({*ENGINES} - {"polars", "spark"}))
@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_engine_marks_the_same_rows(check, engine, package):
    """Spark is asked in an environment of its own, see test_spark.py."""
    try:
        enter(TypedTables(package), engine).close()
    except EsfdataError as error:
        pytest.skip(str(error))
    assert testing.run(check, package) == testing.run(check, package, engine)


@pytest.mark.parametrize("check", load_checks(samples.CHECKS), ids=lambda check: check.name)
def test_the_small_checks_of_other_tests_mark_their_examples(check, package):
    assert testing.expected(check) == testing.run(check, package)
