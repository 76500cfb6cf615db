"""Every check is proved by its own docstring: nothing here is written for one check."""

import pytest

from esfdata import testing
from esfdata.checking.check import load_checks
from esfdata.checking.engines import ENGINES, enter
from esfdata.exceptions import EsfdataError
from esfdata.paths import share
from esfdata.tables.reading import blank

CHECKS = load_checks(share("checks"))
NAMES = [check.name for check in CHECKS]
MUTANTS = [(check, text, mutant) for check in CHECKS for text, mutant in testing.mutants(check)]


@pytest.fixture(scope="module")
def package():
    return blank()


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_example_marks_exactly_its_rows(check, package):
    assert testing.expected(check) == testing.run(check, package)


@pytest.mark.parametrize(("check", "text", "mutant"), MUTANTS, ids=[f"{c.name}: {t}" for c, t, _ in MUTANTS])
def test_example_notices_a_flipped_comparison(check, text, mutant, package):
    assert testing.expected(check) != testing.run(mutant, package)


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_unknown_is_not_a_fault(check, package):
    judged, *further = check.examples
    known = [field for field in check.fields if field not in package.key(check.table)]
    if not known:
        pytest.skip("the check looks at keys alone, which are never unknown")
    for field in known:
        judged = testing.without(judged, field)
    assert set() == testing.run(check, package, examples=[judged, *further])


@pytest.mark.parametrize("engine", sorted({*ENGINES} - {"polars", "spark"}))
@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_engine_marks_the_same_rows(check, engine, package):
    """Spark is asked in an environment of its own, see test_spark.py."""
    try:
        enter({}, engine)
    except EsfdataError as error:
        pytest.skip(str(error))
    assert testing.run(check, package) == testing.run(check, package, engine)
