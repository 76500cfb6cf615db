"""The checks that can be run, and the rows that checks of several rows mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from esfdata.checking.check import Check, Table
from esfdata.checking.typed_tables import ROW
from esfdata.exceptions import CheckError
from esfdata.libraries import nw, pl
from esfdata.messages.phrase import Phrase

if TYPE_CHECKING:
    from esfdata.tables.package import Package

Rows = list[dict[str, Any]]


def not_run(checks: Sequence[Check], package: Package, there: Collection[str]) -> dict[str, Phrase]:
    """Why checks cannot be run, by name: a table that is not there, or a field that the descriptor does not have."""
    fields = {name: {field["name"] for field in package.fields(name)} for name in package}
    found = {}
    for check in checks:
        shown = [f"{one.table}.{name}" for one in check.examples for name in one.fields if one.table in fields
                 and name not in fields[one.table]]  # fmt: skip
        if tables := [name for name in check.tables if name not in there]:
            found[check.name] = Phrase("no table {tables}", tables=", ".join(tables))
        elif shown:
            found[check.name] = Phrase("no field {fields}", fields=", ".join(shown))
    return found


def results(checks: Sequence[Check], tables: Mapping[str, Table]) -> dict[str, Rows]:
    """The rows that each check marks, once each and in a fixed order.

    A row of the judged table carries its number as `_row`. A check of `statements` may instead mark cells:
    rows of `table`, `key` and `field`.
    """
    queries = {check.name: _query(check, dict(tables)) for check in checks}
    natives = {name: native for name, query in queries.items() if isinstance(native := query.to_native(), pl.LazyFrame)}
    frames: dict[str, pl.DataFrame] = {}
    try:
        frames = dict(zip(natives, pl.collect_all(list(natives.values())), strict=True)) if natives else {}
    except Exception:  # one of them is wrong: run them one by one, so that its check can be named
        frames = {}
    return {check.name: _ordered(frames.get(check.name), queries[check.name], check) for check in checks}


def _query(check: Check, tables: dict[str, Table]) -> nw.LazyFrame[Any]:

    result, judged = check.run(tables), tables[check.table].rows()
    if isinstance(result, nw.Expr):
        return judged.filter(result)
    names = result.collect_schema().names()
    if check.table == "statements":
        return result
    known = judged.collect_schema().names()
    if ROW not in names:
        result = judged.join(result, on=[name for name in names if name in known], how="inner")
        names = [*known, *(name for name in names if name not in known)]
    return result.select(name for name in names if name in (ROW, *check.fields) or name not in known)


def _ordered(frame: pl.DataFrame | None, query: nw.LazyFrame[Any], check: Check) -> Rows:
    try:
        found = (query.collect(backend="polars").to_native() if frame is None else frame).unique()
    except Exception as error:
        raise CheckError(f"{check.place}: check {check.name} raised {type(error).__name__}: {error}") from error
    return found.sort([ROW] if ROW in found.columns else found.columns).to_dicts()
