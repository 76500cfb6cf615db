"""Projects that belong together (a region, an axis, an objective): their numbers, years and largest projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.libraries import pl
from esfdata.site.site_model import AMOUNTS, Model

Row = dict[str, Any]
LISTED = 50
SHOWN = ("project_code", "name", "fund", "start_date", "end_date", AMOUNTS[0])
NONE: Mapping[str, Any] = {"projects": 0, "granted": None, "realised": None, "planned": None}


def total(name: str) -> pl.Expr:
    """The sum of an amount; null where no row has one."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum())


def summed(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The number of projects by some columns, with their granted and realised EU and state, and planned public sums."""
    return rows.group_by(*by).agg(
        projects=pl.len(), granted=total(AMOUNTS[0]), realised=total(AMOUNTS[1]), planned=total(AMOUNTS[2]),
    ).sort(*by, nulls_last=True)  # fmt: skip


def by_year(rows: pl.DataFrame) -> list[Row]:
    """The sums of projects by the year in which they begin."""
    dated = rows.filter(pl.col("start_date").is_not_null()).with_columns(year=pl.col("start_date").dt.year())
    return summed(dated, "year").to_dicts()


def by_region(model: Model) -> dict[str, Row]:
    """The sums of projects by region; a project of several regions counts in each of them."""

    def made() -> dict[str, Row]:

        rows = model.projects.explode("regions", empty_as_null=True).filter(pl.col("regions").is_not_null())
        return {row["regions"]: row for row in summed(rows, "regions").iter_rows(named=True)}

    return model.once("by region", made)


def group(rows: pl.DataFrame | None) -> Row:
    """What the page of a group shows of its projects, in words of the template."""
    if rows is None or rows.is_empty():
        return {"numbers": NONE, "years": [], "rows": [], "top": 0, "more": 0}
    numbers = summed(rows.with_columns(all=True), "all").to_dicts()[0]
    years = by_year(rows)
    ordered = rows.sort(AMOUNTS[0], "project_code", descending=[True, False], nulls_last=True, maintain_order=True)
    return {
        "numbers": numbers, "years": years, "top": highest(years), "more": rows.height if rows.height > LISTED else 0,
        "rows": ordered.select(SHOWN).head(LISTED).to_dicts(),
    }  # fmt: skip


def highest(rows: list[Row]) -> Any:
    """The largest granted amount: the scale of the bars."""
    return max((row["granted"] or 0 for row in rows), default=0)
