"""The big tables: their rows as one script for all languages, and the page that filters, sorts and shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from esfdata.libraries import pl
from esfdata.messages.languages import translated
from esfdata.site.page_names import ORGANISATIONS, PROJECTS, slug
from esfdata.site.page_writer import Pages, script
from esfdata.site.site_model import AMOUNTS, Model

SIZE = 50


@dataclass(frozen=True)
class Column:
    """A column of a table: key, its field, kind of value (text, code, list, date, money, number), shown at first."""

    key: str
    table: str
    kind: str = "text"
    shown: bool = False


@dataclass(frozen=True)
class Listing:
    """A big table of the site: its columns, what one may choose from, what is searched, its first order."""

    columns: Sequence[Column]
    facets: Sequence[str]
    searched: Sequence[str]
    sort: str


PROJECT_COLUMNS = (
    Column("name", PROJECTS, "name", True),
    Column("project_code", PROJECTS, "code", True),
    Column("programme_period", PROJECTS, "code"),
    Column("fund", PROJECTS, "code", True),
    Column("priority_axis", PROJECTS, "axis"),
    Column("specific_objective", PROJECTS, "code"),
    Column("beneficiaries", "", "list", True),
    Column("regions", "", "region", True),
    Column("municipalities", "", "list"),
    Column("start_date", PROJECTS, "date", True),
    Column("end_date", PROJECTS, "date", True),
    Column("status", PROJECTS, "status"),
    Column("authority", PROJECTS),
    Column("application_type", PROJECTS, "type"),
    *(Column(name, "finance", "money", name in AMOUNTS[:2]) for name in AMOUNTS),
    Column("findings", "", "number"),
)
ORGANISATION_COLUMNS = (
    Column("name", ORGANISATIONS, "name", True),
    Column("organisation_id", ORGANISATIONS, "code"),
    Column("business_id", ORGANISATIONS, "code", True),
    Column("organisation_type", ORGANISATIONS, "text", True),
    Column("city", ORGANISATIONS, "text", True),
    Column("postal_code", ORGANISATIONS, "code"),
    Column("projects", "", "number", True),
    Column("granted", "", "money", True),
)
LISTINGS = {
    PROJECTS: Listing(
        PROJECT_COLUMNS,
        ("fund", "programme_period", "axis", "objective", "regions", "year", "status", "authority", "flag"),
        ("project_code", "name", "beneficiaries", "municipalities"),
        "-start_date",
    ),
    ORGANISATIONS: Listing(
        ORGANISATION_COLUMNS, ("organisation_type", "city"), ("organisation_id", "name", "city"), "-projects"
    ),
}
"""The two, by the folder of their pages."""


def rows_of(model: Model, table: str) -> tuple[pl.DataFrame, Sequence[Column], str]:
    """The rows, columns and key of one of the two tables, in the order in which they are first shown."""
    if table == ORGANISATIONS:
        rows = model.organisations
        rows = rows.with_columns(page=_pages(rows["organisation_id"]))
        order = rows.sort("projects", "organisation_id", descending=[True, False], maintain_order=True)
        return order, ORGANISATION_COLUMNS, "organisation_id"
    rows = model.projects.with_columns(
        page=_pages(model.projects["project_code"]),
        axis=pl.concat_str("programme_period", "fund", "priority_axis", separator="/"),
        objective=pl.concat_str("programme_period", "specific_objective", separator="/"),
    )
    ordered = rows.sort("start_date", "project_code", descending=[True, False], nulls_last=True, maintain_order=True)
    return ordered, PROJECT_COLUMNS, "project_code"


def _pages(keys: pl.Series) -> pl.Series:
    """The names of pages where they are not the keys themselves."""
    return pl.Series([None if (page := slug(key)) == key else page for key in keys], dtype=pl.String())


def write_data(model: Model, table: str, place: Path) -> None:
    """Write the rows of a table as a script: the same for every language, and loaded from a file too."""
    rows, columns, _ = rows_of(model, table)
    names = [column.key for column in columns] + ["page"] + (["axis", "objective"] if table == PROJECTS else [])
    columns_of_rows = {name: _encoded(rows[name].to_list()) for name in names}
    text = json.dumps({"count": rows.height, "columns": columns_of_rows}, ensure_ascii=False, separators=(",", ":"))
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
    """Write the page of a table: its first rows stand in it already, so nothing moves when the script runs."""
    rows, columns, key = rows_of(model, table)
    w, listing = pages.words, LISTINGS[table]
    titles = {column.key: _title(model, column, pages) for column in columns}
    values = _values(model, pages, rows, table)
    config: dict[str, Any] = {
        "table": table, "key": key, "size": SIZE, "sort": listing.sort, "lang": pages.language,
        "columns": [{"key": c.key, "title": titles[c.key], "kind": c.kind, "shown": c.shown} for c in columns],
        "facets": [name for name in listing.facets if name in values], "searched": listing.searched,
        "values": {name: {k: v for k, v in names.items() if k != v} for name, names in values.items()},
        "words": w.with_prefix("js_"),
    }  # fmt: skip
    facets = [(name, getattr(w, f"facet_{name}"), _options(values[name])) for name in config["facets"]]
    pages.write(
        f"{table}/index.html", "table.html", table=table, count=rows.height, facets=facets, titles=titles,
        columns=[(c, titles[c.key]) for c in columns],
        config=script(json.dumps(config, ensure_ascii=False, separators=(",", ":"))),
        rows=[_row(row, columns, key, values, pages) for row in rows.head(SIZE).iter_rows(named=True)],
        sort=listing.sort.lstrip("-"),
    )  # fmt: skip


def _title(model: Model, column: Column, pages: Pages) -> str:
    """What a column is called: its own word of the pages, else the title of its field."""
    own = pages.words.of(f"column_{column.key}", "")
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

    return {"page": row["page"] or row[key], "cells": [(column, text(column)) for column in columns if column.shown]}
