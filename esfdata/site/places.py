"""Regions on a map of tiles with its table, and the programmes: priority axes and specific objectives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from esfdata.site.model import AMOUNTS, Model
from esfdata.site.names import axis_page, slug
from esfdata.site.pages import Pages

if TYPE_CHECKING:
    import polars as pl

LISTED = 50
SHADES = 5


def by_region(model: Model) -> pl.DataFrame:
    """Projects and amounts by region; a project of several regions counts in each of them."""
    import polars as pl

    rows = model.projects.explode("regions", empty_as_null=True).filter(pl.col("regions").is_not_null())
    return summed(rows, "regions").rename({"regions": "region_code"})


def summed(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The number of projects, and the granted and realised EU and state funding, by some columns."""
    import polars as pl

    return rows.group_by(*by).agg(
        projects=pl.len(), with_money=pl.col(AMOUNTS[0]).count(),
        granted=pl.col(AMOUNTS[0]).sum(), realised=pl.col(AMOUNTS[1]).sum(),
    ).sort(*by, nulls_last=True)  # fmt: skip


def tiles(model: Model, pages: Pages) -> list[dict[str, Any]]:
    """One tile a region, in the order of codes: name, short name, page, projects and shade."""
    counts = {row["region_code"]: row for row in by_region(model).iter_rows(named=True)}
    top = max([row["projects"] for row in counts.values()], default=0)
    found = []
    for code in model.codes.regions:
        row: Mapping[str, Any] = counts.get(code) or {"projects": 0, "granted": None, "realised": None}
        name, projects = model.codes.region(code, pages.language), row["projects"]
        shade = 0 if not projects else 1 + round((SHADES - 1) * (projects / top) ** 0.5)
        found.append({**row, "code": code, "name": name, "short": _short(name), "shade": shade})
    return found


def _short(name: str) -> str:
    """A short form of a region's name for a small tile, such as `E-Savo`."""
    parts = name.replace("-", " ").split()
    return f"{parts[0][0]}-{parts[1][:4]}" if len(parts) > 1 else name[:5]


def write_regions(model: Model, pages: Pages) -> None:
    """Write the map with its table, and a page for each region."""
    import polars as pl

    rows = tiles(model, pages)
    known = list(model.codes.regions)
    named = model.frame("locations").filter(pl.col("level") == "region")
    strange = named.filter(
        ~pl.col("name").str.to_lowercase().is_in(list(model.codes.names))
        & ~pl.col("code").is_in(known).fill_null(value=False)
    )
    unplaced = model.projects.filter(pl.col("regions").list.len() == 0).height
    pages.write(
        "regions/index.html", "regions.html", tiles=rows, unplaced=unplaced,
        top=max([row["granted"] or 0 for row in rows], default=0),
        unknown=strange.select("name", "project_code").unique().sort("name", "project_code").head(100).rows(),
    )  # fmt: skip
    towns = model.frame("locations").filter((pl.col("level") == "municipality") & (pl.col("section") == "6"))
    around = pl.col("code").replace_strict(dict(model.codes.region_of), default=None, return_dtype=pl.String())
    counted = towns.group_by("name", region=around).agg(projects=pl.col("project_code").n_unique())
    for row in rows:
        inside = model.projects.filter(pl.col("regions").list.contains(row["code"]))
        pages.write(
            f"regions/{slug(row['code'])}.html", "group.html", parent="regions", title_text=row["name"],
            code=row["code"], numbers=row, rows=_largest(inside), more=max(0, inside.height - LISTED) and inside.height,
            link=f"regions={row['code']}", lead=pages.words.region_lead, years=_by_year(inside), objectives=[],
            towns=counted.filter(region=row["code"]).sort("projects", "name", descending=[True, False]).rows(),
        )  # fmt: skip


def write_programmes(model: Model, pages: Pages) -> None:
    """Write the list of priority axes, and a page for each with its specific objectives."""
    import polars as pl

    key = ["programme_period", "fund", "priority_axis"]
    counts = {tuple(row[name] for name in key): row for row in summed(model.projects, *key).iter_rows(named=True)}
    objectives = summed(model.projects, *key, "specific_objective")
    listed = []
    for axis in model.codes.axes:
        row = counts.get(axis) or {"projects": 0, "with_money": 0, "granted": None, "realised": None}
        numbers = {**row, "title": model.codes.axis(axis, pages.language), "page": axis_page(axis)}
        listed.append((axis, numbers))
        inside = model.projects.filter(*(pl.col(name) == part for name, part in zip(key, axis, strict=True)))
        own = {r["specific_objective"]: r for r in objectives.filter(
            *(pl.col(name) == part for name, part in zip(key, axis, strict=True))).iter_rows(named=True)}  # fmt: skip
        known = [name for (period, name), o in model.codes.objectives.items()
                 if period == axis[0] and o["priority_axis"] == axis[2] and _of_fund(model, axis)]  # fmt: skip
        names = sorted({*known, *(name for name in own if name)}, key=_numbers)
        pages.write(
            numbers["page"], "group.html", parent="programmes", code=f"{axis[1]} {axis[2]}",
            title_text=numbers["title"], numbers=numbers, rows=_largest(inside), towns=[], years=_by_year(inside),
            more=max(0, inside.height - LISTED) and inside.height, link=f"axis={'/'.join(axis)}".replace("+", "%2B"),
            lead=f"{model.codes.fund(axis[0], axis[1], pages.language)} {axis[0].replace('-', '–')}",
            objectives=[(name, model.codes.objective((axis[0], name), pages.language), own.get(name))
                        for name in names],
        )  # fmt: skip
    pages.write("programmes/index.html", "programmes.html", axes=listed,
                top=max([row["granted"] or 0 for _, row in listed], default=0))  # fmt: skip


def _of_fund(model: Model, axis: tuple[str, str, str]) -> bool:
    """Whether the number of an axis is of one fund alone in its period, so that objectives can be told by it."""
    return sum(period == axis[0] and number == axis[2] for period, _, number in model.codes.axes) == 1


def _numbers(name: str) -> tuple[list[int], str]:
    return [int(part) for part in name.split(".") if part.isdigit()], name


def _largest(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """The projects with the most granted funding first."""
    ordered = rows.sort(AMOUNTS[0], "project_code", descending=[True, False], nulls_last=True, maintain_order=True)
    return ordered.head(LISTED).to_dicts()


def _by_year(rows: pl.DataFrame) -> list[tuple[int, Any, Any, int]]:
    """Granted and realised funding by the year in which projects begin."""
    import polars as pl

    dated = rows.filter(pl.col("start_date").is_not_null()).with_columns(year=pl.col("start_date").dt.year())
    return [(row["year"], row["granted"], row["realised"], row["projects"])
            for row in summed(dated, "year").iter_rows(named=True)]  # fmt: skip
