"""Regions on a map of tiles with its table, and a page for each of them."""

from __future__ import annotations

from typing import Any

from esfdata.libraries import pl
from esfdata.site.page_names import slug
from esfdata.site.page_writer import Pages
from esfdata.site.project_groups import NONE, by_region, group, highest
from esfdata.site.site_model import Model

Row = dict[str, Any]
SHADES = 5
LISTED = 100


def tiles(model: Model, pages: Pages) -> list[Row]:
    """One tile a region, in the order of codes: name, short name, page, projects and shade."""
    counts = by_region(model)
    top = max([row["projects"] for row in counts.values()], default=0)
    rows = []
    for code in model.codes.regions:
        row = counts.get(code) or NONE
        name, projects = model.codes.region(code, pages.language), row["projects"]
        shade = 0 if not projects else 1 + round((SHADES - 1) * (projects / top) ** 0.5)
        rows.append({**row, "code": code, "name": name, "short": _short(name), "shade": shade})
    return rows


def _short(name: str) -> str:
    """A short form of a region's name for a small tile, such as `E-Savo`."""
    parts = name.replace("-", " ").split()
    return f"{parts[0][0]}-{parts[1][:4]}" if len(parts) > 1 else name[:5]


def write(model: Model, pages: Pages) -> None:
    """Write the map with its table, and a page for each region."""
    rows = tiles(model, pages)
    pages.write(
        "regions/index.html", "regions.html", tiles=rows, top=highest(rows),
        unplaced=model.projects.height - model.projects["regions"].list.len().cast(bool).sum(),
        unknown=model.once("unknown regions", lambda: _unknown(model)),
    )  # fmt: skip
    groups, towns = model.once("regions", lambda: _groups(model)), model.once("towns", lambda: _towns(model))
    for row in rows:
        code = row["code"]
        pages.write(
            f"regions/{slug(code)}.html", "group.html", **groups.get(code, group(None)), parent="regions", up=[],
            title_text=row["name"], code=code, link=f"regions={code}", lead=pages.words.region_lead, objectives=[],
            towns=towns.get(code, []),
        )  # fmt: skip


def _groups(model: Model) -> dict[str, Row]:
    rows = model.projects.with_columns(region="regions").explode("region", empty_as_null=True)
    parts = rows.partition_by("region", as_dict=True)
    return {code: group(part) for (code,), part in parts.items() if code is not None}


def _towns(model: Model) -> dict[str, list[tuple[str, int]]]:
    """The declared municipalities of each region with their number of projects, the most first."""
    named = model.frame("locations").filter((pl.col("level") == "municipality") & (pl.col("section") == "6"))
    around = pl.col("code").replace_strict(dict(model.codes.region_of), default=None, return_dtype=pl.String())
    counted = named.group_by("name", region=around).agg(projects=pl.col("project_code").n_unique())
    towns: dict[str, list[tuple[str, int]]] = {}
    for name, region, projects in counted.sort("projects", "name", descending=[True, False]).iter_rows():
        towns.setdefault(region, []).append((name, projects))
    return towns


def _unknown(model: Model) -> list[tuple[str, str]]:
    """The names of regions that are not in the list, with a project that has each."""
    named = model.frame("locations").filter(pl.col("level") == "region")
    listed = pl.col("code").is_in(list(model.codes.regions)).fill_null(value=False)
    unlisted = named.filter(~pl.col("name").str.to_lowercase().is_in(list(model.codes.names)) & ~listed)
    return unlisted.select("name", "project_code").unique().sort("name", "project_code").head(LISTED).rows()
