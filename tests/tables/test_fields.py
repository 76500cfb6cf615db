"""Fields: what text and what other types become a value of a field's type, on either side of each bound."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from esfdata.checking.typed_tables import ROW, TypedTables
from esfdata.tables.fields import LARGEST, dtype, is_text_of, typed
from esfdata.tables.package import Package
from esfdata.tables.reading import blank


def read(kind, values, now=None):
    """The values as a column of a field of this type."""
    frame = pl.DataFrame({"cell": pl.Series(values, dtype=now)})
    return frame.select(typed({"name": "cell", "type": kind}, frame.schema["cell"]))["cell"].to_list()


def test_a_whole_number_has_at_most_eighteen_digits():
    most = 10**18 - 1
    assert [most, -most, None, None] == read("integer", [str(most), str(-most), str(most + 1), "1" * 19])


def test_an_amount_has_at_most_twelve_digits_before_the_point():
    assert [Decimal("999999999999.99"), None] == read("number", ["999999999999.99", "1000000000000.00"])
    assert not is_text_of({"name": "cell", "type": "number"}, "1000000000000.00")


def test_a_floating_point_number_is_an_amount_below_the_bound():
    assert LARGEST == 10**12
    below = [1e11, 123456789012.25, float(LARGEST - 1)]
    assert [Decimal("100000000000.00"), Decimal("123456789012.25"), Decimal("999999999999.00")] == read("number", below)
    assert [None, None, None, None] == read("number", [float(LARGEST), -float(LARGEST), float("nan"), float("inf")])


def test_a_cast_that_loses_digits_is_no_reading():
    assert [Decimal("1.25"), None] == read("number", [1.25, 1.255])
    assert [2, None] == read("integer", [2.0, 2.5])


def test_a_time_of_day_is_not_lost():
    assert [date(2018, 7, 1), None] == read("date", [datetime(2018, 7, 1), datetime(2018, 7, 1, 12)])


@pytest.mark.parametrize("kind", ["string", "integer", "number", "date", "boolean"])
def test_a_column_of_nothing_is_of_any_type(kind):
    assert [None] == read(kind, [None], pl.Null)


def test_fields_that_a_file_lacks_are_unknown_and_of_their_type():
    package = blank().replace(projects=pl.LazyFrame({"project_code": ["S20001"]}))
    rows = package.lazy("projects").collect()
    assert {field["name"]: dtype(field) for field in package.fields("projects")} == dict(rows.schema)
    assert {"project_code"} == {name for name in rows.columns if rows[name].null_count() == 0}


def test_fields_of_ours_that_a_package_lacks_are_unknown_to_checks():
    shipped = blank()
    resources = [dict(resource) for resource in shipped.descriptor["resources"]]
    (projects,) = [resource for resource in resources if resource["name"] == "projects"]
    code = projects["schema"]["fields"][:1]
    projects["schema"] = {**projects["schema"], "fields": [*code, {"name": "colour", "type": "string"}]}
    rows = pl.LazyFrame({"project_code": ["S20001"], "colour": ["red"]})
    package = Package({**shipped.descriptor, "resources": resources}, {"projects": rows})
    with TypedTables(package) as stage:
        (row,) = stage.rows("projects").collect().iter_rows(named=True)
        assert stage.schema("projects") == stage.rows("projects").collect_schema()
    ours = {field["name"]: None for field in shipped.fields("projects")}
    assert {ROW: 0, **ours, "project_code": "S20001", "colour": "red"} == row
