"""The fields of a descriptor: how text becomes typed, and what text stands for a type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.libraries import pl
from esfdata.messages.phrase import Phrase
from esfdata.tables.field_types import STRING_FORMATS, TYPES, UNJUDGED, FieldType

Field = Mapping[str, Any]

LARGEST = 10**12
"""Floating-point numbers from here on have no two exact places: they are no amounts."""
TRUE, FALSE = ("true",), ("false",)
"""The text of a boolean, where the descriptor lists no other; the standard's defaults have more."""


def kind(field: Field) -> str:
    """The type of `field` by name; PackageError where the descriptor names one that Table Schema does not have."""
    name = str(field.get("type", "string"))
    if name not in TYPES and name not in UNJUDGED:
        accepted = ", ".join(sorted((*TYPES, *UNJUDGED)))
        raise PackageError(f"field {field.get('name')!r} has the type {name!r}; accepted are {accepted}")
    return name


def unjudged(field: Field) -> str | None:
    """The property of a field whose text is not looked into, `type` or `format`; None where the text is judged."""
    name, form = kind(field), str(field.get("format") or "default")
    if name in UNJUDGED:
        return "type"
    judged = form == "default" or (name == "string" and form in STRING_FORMATS) or (name == "date" and "%" in form)
    return None if judged else "format"


def type_of(field: Field) -> FieldType:
    """The type of `field`; text where it is not judged."""
    return TYPES["string" if unjudged(field) else kind(field)]


def dtype(field: Field) -> pl.DataType:
    """The Polars type of `field`; PackageError where the descriptor names a type that there is not."""
    return type_of(field).polars()


def form(field: Field) -> str | None:
    """What the text of a field must match; None where any text will do, or its own format says it."""
    if kind(field) == "string":
        return None if unjudged(field) else STRING_FORMATS.get(str(field.get("format")))
    return type_of(field).form


def as_is(field: Field, now: pl.DataType) -> bool:
    """Whether a column of the type `now` needs no reading: it is of its field's type, whatever it holds."""
    return now == dtype(field) and (now != pl.String or form(field) is None)


def typed(field: Field, now: pl.DataType) -> pl.Expr:
    """The column `field` as its type; what cannot be one becomes null.

    `now` is the type the column has now. Text must have the form of its type or format; other types are cast where
    nothing is lost, and NaN is null.
    """
    name, wanted, column = str(field["name"]), dtype(field), pl.col(field["name"])
    if as_is(field, now):
        return column
    if now == pl.Null:
        return column.cast(wanted)
    if now != pl.String:
        return _cast(column, now, wanted)
    if wanted == pl.Boolean:
        true, false = _booleans(field)
        return pl.when(column.is_in(true)).then(True).when(column.is_in(false)).then(False).alias(name)
    if wanted == pl.Date and strptime(field):
        return column.str.to_date(strptime(field), strict=False).alias(name)
    column = _digits(field, column)
    text = pl.when(column.str.contains(form(field) or "")).then(column)
    if wanted == pl.Date:
        return text.str.to_date("%Y-%m-%d", strict=False).alias(name)
    if kind(field) == "datetime":
        day = column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        return pl.when(day.is_not_null()).then(text).alias(name)
    return (text if wanted == pl.String else text.cast(wanted, strict=False)).alias(name)


def strptime(field: Field) -> str | None:
    """The pattern of a field's dates, where they are not written as YYYY-MM-DD."""
    pattern = str(field.get("format") or "default")
    return pattern if kind(field) == "date" and "%" in pattern else None


def _booleans(field: Field) -> tuple[list[str], list[str]]:
    """The texts that are true and those that are false."""
    return list(field.get("trueValues", TRUE)), list(field.get("falseValues", FALSE))


def _digits(field: Field, column: pl.Expr) -> pl.Expr:
    """The text of a number without signs of groups and of units, and with a point before its decimals."""
    if kind(field) not in ("number", "integer"):
        return column
    if field.get("bareNumber") is False:
        column = column.str.strip_chars_start().str.replace(r"^[^0-9+-]+", "").str.replace(r"[^0-9]+$", "")
    if group := field.get("groupChar"):
        column = column.str.replace_all(group, "", literal=True)
    decimal = field.get("decimalChar", ".")
    if kind(field) == "number" and decimal != ".":  # a point is then no sign of decimals
        column = column.str.replace_all(".", " ", literal=True).str.replace(decimal, ".", literal=True)
    return column


def _cast(column: pl.Expr, now: pl.DataType, wanted: pl.DataType) -> pl.Expr:

    if now.is_float():
        column = column.fill_nan(None)
        column = pl.when(column.abs() < LARGEST).then(column).alias(column.meta.output_name())
    if isinstance(now, pl.Datetime) and wanted == pl.Date:  # a time of day would be lost
        local = column.dt.replace_time_zone(None)
        return pl.when(local == local.dt.truncate("1d")).then(local.dt.date()).alias(column.meta.output_name())
    result = column.cast(wanted, strict=False)
    if now.is_numeric() and wanted.is_numeric():  # a cast that loses digits is no reading
        same = (result.cast(pl.Float64) - column.cast(pl.Float64)).abs() < 0.0000001
        result = pl.when(same).then(result)
    return result.alias(column.meta.output_name())


def value(field: Field, declared: Any) -> Any:
    """What a descriptor declares as a limit or a member, as a value of the field's type."""
    wanted = type_of(field)
    if wanted is TYPES["date"]:
        pattern = strptime(field)
        return datetime.strptime(declared, pattern).date() if pattern else date.fromisoformat(str(declared))
    if wanted is TYPES["number"]:
        exact = Decimal(str(declared))
        return int(exact) if exact == int(exact) else exact  # Polars imports NumPy for a Decimal
    if wanted is TYPES["boolean"]:
        return declared if isinstance(declared, bool) else declared in _booleans(field)[0]
    return int(declared) if wanted.sql == "BIGINT" else declared


def accepted_form(field: Field) -> Phrase:
    """What a cell of this field may hold, for the message of a `type` finding."""
    if strptime(field) or form(field) in STRING_FORMATS.values():
        return Phrase("text of the format {format}", format=field["format"])
    if kind(field) == "boolean" and {"trueValues", "falseValues"} & field.keys() and _booleans(field) != (
        list(TRUE), list(FALSE),
    ):  # fmt: skip
        return Phrase("one of {values}", values=", ".join([part for some in _booleans(field) for part in some]))
    return Phrase(type_of(field).accepts)


def is_text_of(field: Field, text: str) -> bool:
    """Whether a text is of the type of its field, as far as its form tells."""
    if kind(field) == "boolean":
        return any(text in some for some in _booleans(field))
    if pattern := strptime(field):
        try:
            return bool(datetime.strptime(text, pattern))
        except ValueError:
            return False
    wanted = form(field)
    return wanted is None or re.search(wanted, text, re.ASCII) is not None


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
