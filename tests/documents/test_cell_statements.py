"""What is written down of a cell: originals masked, and figures that text recognition was not sure of left open."""

import pytest

from esfdata.documents.cell_statements import FIGURES, money, state
from esfdata.documents.document import Line

UNSURE = Line(1, 1, "50100 Mikkeli", ("50100",))


@pytest.mark.parametrize("field", ["postal_code", "site_postal_code", "value", "project_code", "start_date", "phone"])
def test_a_figure_that_recognition_was_not_sure_of_has_no_value(field):
    assert field in FIGURES
    assert (None, "50100") == state("table", "key", field, "50100", "50100", UNSURE)[3:5]
    assert "50100" == state("table", "key", field, "50100", "50100", UNSURE._replace(doubtful=())).value


@pytest.mark.parametrize(("field", "doubtful"), [("name", "50100"), ("postal_code", "Mikkeli"), ("postal_code", "999")])
def test_a_name_or_a_figure_that_is_sure_has_one(field, doubtful):
    assert "50100" == state("table", "key", field, "50100", "50100", UNSURE._replace(doubtful=(doubtful,))).value


@pytest.mark.parametrize(
    ("text", "value", "repaired"),
    [("1 021 094", "1021094.00", False), ("1021 094", "1021094.00", True), ("0021 094", None, False)],
)
def test_an_amount_that_lost_a_space(text, value, repaired):
    statement = money("finance", "S22016", "realised_public_eur", text, Line(1, 1, text))
    assert (value, repaired) == (statement.value, statement.repair is not None)
