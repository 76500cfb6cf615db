"""Cells and rows of list exports: amounts at their bounds, quotes of the format, and authorities."""

import pytest
from samples import ELY, LIST_2014

from esfdata.documents.document import Line
from esfdata.documents.kinds.export.list_cells import exact
from esfdata.documents.kinds.export.list_columns import header
from esfdata.documents.kinds.export.list_rows import is_quoted, readings

HEADER = header(LIST_2014)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("0.00", "0"),
        ("12.00", "0012"),
        ("12.50", "012.5"),
        ("0.50", "00.5"),
        ("1234.00", "001 234"),
        (None, "0012 345"),
        ("999999999999.99", "999999999999.99"),
        ("999999999999.00", "999999999999"),
        ("999999999999.00", "999 999 999 999"),
        ("-999999999999.00", "-999999999999"),
        (None, "1000000000000"),
        (None, "1000000000000.00"),
        (None, "1 000 000 000 000"),
        (None, "-1000000000000"),
        (None, "-1 000 000 000 000,00"),
        (None, "4e5"),
    ],
)
def test_an_amount_to_the_cent_and_below_its_bound(expected, text):
    assert expected == exact(text)


@pytest.mark.parametrize(("quoted", "expected"), [(9, True), (8, False)])
def test_nine_of_ten_rows_must_have_the_quotes_of_the_format(quoted, expected):
    row = f'S20001,ESR,"Nimi, osa",3,"{ELY}",Toiminnassa,1.2.2015,31.12.2017,"Esimerkki, Oy",1,2,3,4'
    other = row.replace('"', "")
    lines = [Line(1, at, row if at < quoted else other) for at in range(10)]
    assert expected == is_quoted(lines, HEADER)
    assert not is_quoted([], HEADER)


@pytest.mark.parametrize(("authority", "count"), [("Uusi virasto", 1), ("", 0), (" ", 0)])
def test_a_name_with_a_comma_is_not_told_from_an_empty_authority(authority, count):
    row = f"S20001,ESR,Nimi, osa,3,{authority},Toiminnassa,1.1.2015,31.12.2015,X Oy,1,2,3,4"
    assert count == len(readings(row, HEADER))
