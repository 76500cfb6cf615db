"""The rows that checks of several rows mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esfdata.checking.check import Check
from esfdata.checking.table import Table
from esfdata.checking.typed_tables import ROW
from esfdata.libraries import nw, pl

Rows = list[dict[str, Any]]
CELL = ("table", "key", "field")
"""The columns of a mark on statements: the cell that they state."""


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
    """What a check marks: columns of the judged table with the row's number, or cells that statements are about."""
    result, judged = check.run(tables), tables[check.table].rows()
    if isinstance(result, nw.Expr):
        return judged.filter(result)
    try:
        names, fields = result.collect_schema().names(), judged.collect_schema().names()
    except Exception as error:
        raise check.fault(f"raised {type(error).__name__}: {error}") from error
    if check.table == "statements":
        if not {*CELL} <= {*names}:
            raise check.fault(f"returned a frame of {', '.join(names)}; accepted is one with {', '.join(CELL)}")
        return result
    if ROW not in names:
        shared = [name for name in names if name in fields]
        if not shared:
            raise check.fault(
                f"returned a frame of {', '.join(names)}; accepted is one with columns of {check.table}, "
                f"by which its rows can be told apart"
            )
        result = judged.join(result, on=shared, how="inner")
        names = [*fields, *(name for name in names if name not in fields)]
    return result.select(name for name in names if name in (ROW, *check.fields) or name not in fields)


def _ordered(frame: pl.DataFrame | None, query: nw.LazyFrame[Any], check: Check) -> Rows:
    """The marked rows, each once, in the order of their numbers or else of all columns."""
    try:
        rows = (query.collect(backend="polars").to_native() if frame is None else frame).unique()
    except Exception as error:
        raise check.fault(f"raised {type(error).__name__}: {error}") from error
    return rows.sort([ROW] if ROW in rows.columns else rows.columns).to_dicts()
