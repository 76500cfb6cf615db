"""The pages of tables that one can search: their rows as a script for all languages, and the first as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from esfdata.libraries import pl
from esfdata.messages.languages import translated
from esfdata.site.listings import LISTINGS, Column, listed_rows, listing
from esfdata.site.page_names import ORGANISATIONS, table_file
from esfdata.site.page_writer import Pages, script
from esfdata.site.site_model import Model

SIZE = 50


def write_data(model: Model, table: str, place: Path) -> None:
    """Write the rows of a table as a script: the same for every language, and loaded from a file too."""
    rows, shown = listed_rows(model, table), listing(model, table)
    columns = {name: _encoded(rows[name].to_list()) for name in (*(c.key for c in shown.columns), *shown.further)}
    text = json.dumps({"count": rows.height, "columns": columns}, ensure_ascii=False, separators=(",", ":"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"window.esfdata = {text};\n", encoding="utf-8", newline="\n")


def _encoded(values: list[Any]) -> dict[str, Any]:
    """A column as its values, or as the distinct ones and places among them where that is shorter."""
    plain = [_plain(value) for value in values]
    distinct: dict[Any, int] = {}
    places = [distinct.setdefault(value, len(distinct)) for value in plain]
    if len(distinct) * 2 > len(plain) and len(distinct) > 1:
        return {"values": plain}
    return {"distinct": list(distinct), "places": places if len(distinct) > 1 else 0}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return tuple(value) or None if isinstance(value, list) else value


def write_page(model: Model, pages: Pages, table: str) -> None:
    """Write the page of the projects or the organisations."""
    pages.write(f"{table}/index.html", "table.html", table=table, listing=listing_context(model, pages, table))


def listing_context(model: Model, pages: Pages, table: str) -> dict[str, Any]:
    """What the template of a listing shows: its first rows stand in it, so that nothing moves when the script runs."""
    rows, shown, w = listed_rows(model, table), listing(model, table), pages.words
    titles = {column.key: _title(model, column, pages) for column in shown.columns}
    values = _values(model, pages, rows, table) if table in LISTINGS else {}
    facets = [name for name in shown.facets if name in values]
    config: dict[str, Any] = {
        "table": table, "key": shown.key, "size": SIZE, "sort": shown.sort, "lang": pages.language,
        "columns": [{"key": c.key, "title": titles[c.key], "kind": c.kind, "shown": c.shown} for c in shown.columns],
        "facets": facets, "searched": shown.searched,
        "values": {name: {k: v for k, v in names.items() if k != v} for name, names in values.items()},
        "words": w.with_prefix("js_"),
    }  # fmt: skip
    return {
        "file": table_file(table), "page": "index.html" if table in LISTINGS else f"{table_file(table)}.html",
        "count": rows.height, "titles": titles, "sort": shown.sort,
        "placeholder": w.of(f"search_{table}", ""), "columns": [(c, titles[c.key]) for c in shown.columns],
        "facets": [(name, getattr(w, f"facet_{name}"), _options(values[name])) for name in facets],
        "config": script(json.dumps(config, ensure_ascii=False, separators=(",", ":"))),
        "rows": [_row(row, shown.columns, shown.key, values, pages) for row in rows.head(SIZE).iter_rows(named=True)],
    }  # fmt: skip


def _title(model: Model, column: Column, pages: Pages) -> str:
    """What a column is called: its own word of the pages, else the title of its field."""
    own = pages.words.of(f"column_{column.key}", "") if column.table not in model.own_pages else ""
    if own:
        return own
    field = next((f for f in model.package.fields(column.table) if f["name"] == column.key), {"name": column.key})
    return translated(field, pages.language)


def _values(model: Model, pages: Pages, rows: pl.DataFrame, table: str) -> dict[str, dict[str, str]]:
    """The values of each column that are shown by other words, and those that one may choose from."""
    codes, language, w = model.codes, pages.language, pages.words
    if table == ORGANISATIONS:
        counted = {name: rows[name].drop_nulls().unique().sort().to_list() for name in LISTINGS[table].facets}
        return {name: {value: value for value in present} for name, present in counted.items() if present}

    def present(name: str) -> list[str]:
        return [str(value) for value in rows[name].drop_nulls().unique().sort().to_list()]

    axes = (tuple(value.split("/", 2)) for value in present("axis"))
    objectives = (value.partition("/")[::2] for value in present("objective"))
    texts = {
        "fund": {name: name for name in present("fund")},
        "programme_period": {name: name.replace("-", "–") for name in present("programme_period")},
        "axis": {"/".join(axis): f"{axis[0].replace('-', '–')} {axis[1]} {axis[2]} "
                 f"{codes.axis((axis[0], axis[1], axis[2]), language)}" for axis in axes if len(axis) == 3},
        "objective": {"/".join(key): f"{key[0].replace('-', '–')} {key[1]} {codes.objective(key, language)}".strip()
                      for key in objectives},
        "regions": {code: codes.region(code, language) for code in
                    rows["regions"].explode(empty_as_null=True).drop_nulls().unique().sort().to_list()},
        "year": {str(year): str(year) for year in _years(rows)},
        "status": {name: codes.status(name, language) for name in present("status")},
        "authority": {name: name for name in present("authority")},
        "application_type": {name: codes.type(name, language) for name in present("application_type")},
        "flag": {"findings": w.flag_findings, "clean": w.flag_clean},
    }  # fmt: skip
    return {name: values for name, values in texts.items() if values}


def _years(rows: pl.DataFrame) -> range:
    """The years in which a project runs."""
    first, last = rows["start_date"].min(), rows["end_date"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        return range(0)
    return range(max(first.year, 1995), min(last.year, 2040) + 1)


def _options(values: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(values.items(), key=lambda item: item[1].casefold())


def _row(row: Mapping[str, Any], columns: Sequence[Column], key: str, values: Mapping[str, Mapping[str, str]],
         pages: Pages) -> dict[str, Any]:  # fmt: skip
    """A row as the template shows it: the page, and for each column its text."""
    w = pages.words

    def text(column: Column) -> str:
        value, names = row[column.key], values.get(column.key, {})
        if value is None or value == []:
            return ""
        if isinstance(value, list):
            return ", ".join(names.get(part, part) for part in value)
        if isinstance(value, date):
            return w.day(value)
        if column.kind == "money":
            return w.money(value)
        return w.number(value) if column.kind == "number" else names.get(value, str(value))

    return {
        "page": row["page"] or row[key] if key else "",
        "cells": [(column, text(column)) for column in columns if column.shown],
    }
