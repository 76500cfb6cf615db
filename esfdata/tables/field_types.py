"""The types of fields, a row each: the text that is one, how to say so, and what other libraries call it.

Every `number` is an exact decimal with two places: money must never pass through a float. A type that is not judged
is kept as text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from esfdata.libraries import pl

CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"


class FieldType(NamedTuple):
    """One type: the form of its text (None: any text), how to say so, and its name elsewhere.

    `alias` is its name in the text of a module of pandera schemas, where `arrow` defines it. Croissant has no exact
    decimal; what must be exact is read from the CSV file as the descriptor says.
    """

    form: str | None
    accepts: str
    polars: Callable[[], pl.DataType]
    sql: str
    sqlite: str
    spark: str
    alias: str
    arrow: str
    croissant: str


def _text(form: str | None, accepts: str, croissant: str = "sc:Text") -> FieldType:
    """A type whose values stay text."""
    return FieldType(
        form, accepts, lambda: pl.String(), "VARCHAR", "TEXT", "string", "TEXT", "pyarrow.large_string()", croissant
    )


def _whole(form: str, accepts: str) -> FieldType:
    """A type whose values are whole numbers."""
    return FieldType(
        form, accepts, lambda: pl.Int64(), "BIGINT", "INTEGER", "bigint", "INTEGER", "pyarrow.int64()", "sc:Integer"
    )


TYPES = {
    "string": _text(None, "text"),
    "integer": _whole(r"^[+-]?[0-9]{1,18}$", "a whole number such as 12"),
    "number": FieldType(
        r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,2})?$", "a decimal with at most two places such as 1490940.00",
        lambda: pl.Decimal(14, 2), "DECIMAL(14,2)", "INTEGER", "decimal(14,2)",
        "AMOUNT", "pyarrow.decimal128(14, 2)", "sc:Float",
    ),
    "date": FieldType(
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date as YYYY-MM-DD",
        lambda: pl.Date(), "DATE", "TEXT", "date", "DATE", "pyarrow.date32()", "sc:Date",
    ),
    "boolean": FieldType(
        r"^(?:true|false)$", "true or false",
        lambda: pl.Boolean(), "BOOLEAN", "INTEGER", "boolean", "BOOLEAN", "pyarrow.bool_()", "sc:Boolean",
    ),
    "year": _whole(r"^-?[0-9]{4}$", "a year as YYYY"),
    "yearmonth": _text(r"^-?[0-9]{4}-(?:0[1-9]|1[0-2])$", "a month as YYYY-MM"),
    "time": _text(f"^{CLOCK}$", "a time as hh:mm:ss"),
    "datetime": _text(
        rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{CLOCK}(?:\.[0-9]+)?Z?$", "a date and time as YYYY-MM-DDThh:mm:ss",
        "sc:DateTime",
    ),
    "any": _text(None, "text"),
}  # fmt: skip
"""The types that are judged."""

UNJUDGED = ("duration", "list", "object", "array", "geopoint", "geojson")
"""The types of Table Schema whose text is not looked into: not judged, and said to be so."""

ORDERED = ("integer", "number", "date", "year", "yearmonth", "time", "datetime")
"""The types whose values have an order, so that they have limits. Text of the last four sorts as its values do."""

STRING_FORMATS = {
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "uri": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$",
    "uuid": r"^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$",
    "binary": r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
}
"""The formats of text, and the form that each must have."""
