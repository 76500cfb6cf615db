"""Money by year, fund, priority axis and region: each a chart that is also a table."""

from __future__ import annotations

from typing import Any

from esfdata.site import draw
from esfdata.site.model import AMOUNTS, Model
from esfdata.site.names import axis_page, slug
from esfdata.site.pages import Pages
from esfdata.site.places import by_region, summed

YEARS = 24


def write(model: Model, pages: Pages) -> None:
    """Write the page of money."""
    import polars as pl

    projects, language, codes, w = model.projects, pages.language, model.codes, pages.words
    dated = projects.filter(pl.col("start_date").is_not_null()).with_columns(year=pl.col("start_date").dt.year())
    years = list(summed(dated, "year").iter_rows(named=True))
    funds = summed(projects.filter(pl.col("fund").is_not_null()), "programme_period", "fund")
    axes = summed(projects.filter(pl.col("priority_axis").is_not_null()), "programme_period", "fund", "priority_axis")
    sections = [
        ("fund", [_line(" ".join((_span(row["programme_period"]),
                                  codes.fund(row["programme_period"], row["fund"], language))), None, row)
                  for row in funds.iter_rows(named=True)]),
        ("axis", [_line(_axis(model, row, language), _axis_page(model, row), row)
                  for row in axes.iter_rows(named=True)]),
        ("region", [_line(codes.region(row["region_code"], language), f"regions/{slug(row['region_code'])}.html", row)
                    for row in by_region(model).iter_rows(named=True)]),
    ]  # fmt: skip
    by_year = {row["year"]: (row["granted"] or 0, row["realised"] or 0) for row in years[-YEARS:]}
    span = range(max(min(by_year), max(by_year) - YEARS + 1), max(by_year) + 1) if by_year else range(0)
    bars = [(str(year), *by_year.get(year, (0, 0))) for year in span]
    pages.write(
        "money/index.html", "money.html", years=[_line(str(row["year"]), None, row) for row in years],
        chart=draw.columns(bars, w, w.money_by_year) if bars else "",
        sections=[(name, rows, max(row["granted"] or 0 for row in rows)) for name, rows in sections if rows],
        totals=[(name, projects[name].sum(), projects[name].count()) for name in AMOUNTS if projects[name].count()],
        titles={name: title for (table, name), title in model.known.titles(language).items() if table == "finance"},
        count=projects.height, with_money=projects[AMOUNTS[0]].count(),
    )  # fmt: skip


def _line(name: str, page: str | None, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "name": name, "page": page}


def _span(period: str | None) -> str:
    return (period or "?").replace("-", "–")


def _axis(model: Model, row: dict[str, Any], language: str) -> str:
    key = (row["programme_period"] or "", row["fund"] or "", row["priority_axis"])
    return f"{_span(row['programme_period'])} {row['fund'] or ''} {key[2]} {model.codes.axis(key, language)}".strip()


def _axis_page(model: Model, row: dict[str, Any]) -> str | None:
    key = (row["programme_period"] or "", row["fund"] or "", row["priority_axis"])
    return axis_page(key) if key in model.codes.axes else None
