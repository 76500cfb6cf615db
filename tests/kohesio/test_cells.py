"""The reading of one cell of a list of operations: numbers, days, and no text that takes long."""

import pytest

from esfdata.kohesio.cell_judge import day, judge, number
from esfdata.kohesio.template import fields


@pytest.mark.parametrize(
    ("said", "value"),
    [("50", "50"), ("50 %", "50"), ("€ 1.5", "1.5"), ("-0.5", "-0.5"), (".5", "0.5"), ("", None), ("%", None), ("1,5", None)],
)  # fmt: skip
def test_a_number_need_not_stand_bare(said, value):
    found = number(said, bare=False)
    assert value == (None if found is None else str(found))


def test_a_cell_that_is_no_number_is_told_fast():
    assert number("1" + "a" * 100_000 + "1", bare=False) is None


@pytest.mark.parametrize("said", ["", "29/02/2019", "1/1/2019", "01/13/2019", "01/01/0000", "01/01/2019 "])
def test_what_is_no_day(said):
    assert day(said) is None


def test_the_pattern_of_addresses_does_not_blow_up():
    broken = judge(fields()["Social_Media_Links"])("a." + "a-" * 20000 + " ")
    assert "pattern" == broken[0]
