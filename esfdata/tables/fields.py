"""The types of a descriptor's fields: how text becomes typed, and what text stands for a type.

Every `number` is an exact decimal with two places: money must never pass through a float.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.libraries import pl

Field = Mapping[str, Any]

LARGEST = 10**12
"""Floating-point numbers from here on have no two exact places: they are no amounts."""

FORMS: dict[str, tuple[str, str]] = {
    "string": (r"(?s)^.*$", "text"),
    "integer": (r"^[+-]?[0-9]{1,18}$", "a whole number such as 12"),
    "number": (r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,2})?$", "a decimal with at most two places such as 1490940.00"),
    "date": (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date as YYYY-MM-DD"),
    "boolean": (r"^(?:true|false)$", "true or false"),
}
"""For each type: the text that is one, and how to say so."""


def kind(field: Field) -> str:
    """The type of `field` by name; PackageError where the descriptor names a type that is not known here."""
    name = str(field.get("type", "string"))
    if name not in FORMS:
        raise PackageError(
            f"field {field.get('name')!r} has the type {name!r}; accepted are {', '.join(sorted(FORMS))}"
        )
    return name


def dtype(field: Field) -> pl.DataType:
    """The Polars type of `field`; PackageError where the descriptor names a type that is not known here."""
    types: dict[str, pl.DataType] = {
        "string": pl.String(),
        "integer": pl.Int64(),
        "number": pl.Decimal(14, 2),
        "date": pl.Date(),
        "boolean": pl.Boolean(),
    }
    return types[kind(field)]


def typed(field: Field, found: pl.DataType) -> pl.Expr:
    """The column `field` as its type; what cannot be one becomes null.

    `found` is the type the column has now. Text must have the form of FORMS; other types are cast where
    nothing is lost, and NaN is null.
    """
    wanted, column = dtype(field), pl.col(field["name"])
    if found == wanted:
        return column
    if found == pl.Null:
        return column.cast(wanted)
    if found != pl.String:
        return _cast(column, found, wanted)
    text = pl.when(column.str.contains(FORMS[field["type"]][0])).then(column)
    if wanted == pl.Date:
        return text.str.to_date("%Y-%m-%d", strict=False).alias(field["name"])
    if wanted == pl.Boolean:
        return (text == "true").alias(field["name"])
    return text.cast(wanted, strict=False).alias(field["name"])


def _cast(column: pl.Expr, found: pl.DataType, wanted: pl.DataType) -> pl.Expr:

    if found.is_float():
        column = column.fill_nan(None)
        column = pl.when(column.abs() < LARGEST).then(column).alias(column.meta.output_name())
    if isinstance(found, pl.Datetime) and wanted == pl.Date:  # a time of day would be lost
        local = column.dt.replace_time_zone(None)
        return pl.when(local == local.dt.truncate("1d")).then(local.dt.date()).alias(column.meta.output_name())
    result = column.cast(wanted, strict=False)
    if found.is_numeric() and wanted.is_numeric():  # a cast that loses digits is no reading
        same = (result.cast(pl.Float64) - column.cast(pl.Float64)).abs() < 0.0000001
        result = pl.when(same).then(result)
    return result.alias(column.meta.output_name())


def is_amount(field: Field) -> bool:
    """Whether a field holds amounts of euros, which can be summed: by its unit, or by the end of its name."""
    return kind(field) == "number" and (field.get("unit") == "EUR" or str(field["name"]).endswith("_eur"))


def text(value: object) -> str | None:
    """`value` as it stands in a CSV file: ISO dates, plain decimals, `true` and `false`."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def joined(parts: Iterable[object]) -> str:
    """The parts of a key as one text."""
    return "/".join("" if part is None else str(part) for part in parts)
