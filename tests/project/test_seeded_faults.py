"""Every check finds the faults that are put into clean packages, and nothing else: a small run of the benchmark."""

import sys
from pathlib import Path

import pytest

from esfdata.checking.check import load_checks
from esfdata.paths import share
from esfdata.tables.constraints import WORDS

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
NAMES = [*WORDS, *(check.name for check in load_checks(share("checks")))]


@pytest.fixture(scope="module")
def benchmark():
    if not (BENCHMARKS / "seeded_faults.py").is_file():
        pytest.skip("the benchmarks are not beside the tests")
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import seeded_faults
    finally:
        sys.path.remove(str(BENCHMARKS))
    return seeded_faults


@pytest.fixture(scope="module")
def run(benchmark):
    """The marks due and those made, with each fault put in once."""
    return benchmark.marks(seed=7, times=1)


@pytest.mark.parametrize("name", NAMES)
def test_each_check_marks_what_is_due_and_nothing_else(name, run):
    due, made = ({mark for mark in marks if mark[0] == name} for marks in run)
    assert due, f"benchmarks/faults*.py has no fault for {name}: write one"
    assert due == made


def test_no_mark_is_of_a_check_that_is_not_there(run):
    due, made = run
    assert set(NAMES) == {name for name, *_ in due | made}


def test_the_same_seed_makes_the_same_package(benchmark):
    assert [unit.rows for unit in benchmark.units(3, 20)] == [unit.rows for unit in benchmark.units(3, 20)]
    assert benchmark.units(3, 20)[0].rows != benchmark.units(4, 20)[0].rows


def test_recall_and_precision(benchmark):
    due = {("a", "projects", str(number)) for number in range(4)}
    made = {("a", "projects", str(number)) for number in range(1, 6)}
    assert {"a": (4, 3, 2)} == benchmark.scores(due, made)
    assert (0.75, 0.6) == (benchmark.Score(4, 3, 2).recall, benchmark.Score(4, 3, 2).precision)
    assert (1.0, 1.0) == (benchmark.Score(0, 0, 0).recall, benchmark.Score(0, 0, 0).precision)
