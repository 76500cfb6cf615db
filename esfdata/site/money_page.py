"""Money by year, fund, priority axis and region: each a chart that is also a table."""

from __future__ import annotations

from typing import Any

from esfdata.site import drawings
from esfdata.site.page_names import axis_page, slug
from esfdata.site.page_writer import Pages
from esfdata.site.project_groups import by_region, by_year, highest, summed
from esfdata.site.site_model import AMOUNTS, Model

Row = dict[str, Any]
YEARS = 24
AXIS = ("programme_period", "fund", "priority_axis")


def write(model: Model, pages: Pages) -> None:
    """Write the page of money."""
    projects, language, codes, w = model.projects, pages.language, model.codes, pages.words
    years = model.once("money by year", lambda: by_year(projects))
    funds = model.once("money by fund", lambda: summed(projects.drop_nulls("fund"), *AXIS[:2]).to_dicts())
    axes = model.once("money by axis", lambda: summed(projects.drop_nulls("priority_axis"), *AXIS).to_dicts())
    sections = [
        ("fund", [_line(f"{codes.fund(row['programme_period'], row['fund'], language)} {_span(row)}", None, row)
                  for row in funds]),
        ("axis", [_axis(model, row, language) for row in axes]),
        ("region", [_line(codes.region(code, language), f"regions/{slug(code)}.html", row)
                    for code, row in by_region(model).items()]),
    ]  # fmt: skip
    amounts = {row["year"]: (row["granted"] or 0, row["realised"] or 0) for row in years[-YEARS:]}
    span = range(max(min(amounts), max(amounts) - YEARS + 1), max(amounts) + 1) if amounts else range(0)
    bars = [(str(year), *amounts.get(year, (0, 0))) for year in span]
    pages.write(
        "money/index.html", "money.html", years=[_line(str(row["year"]), None, row) for row in years],
        chart=drawings.columns(bars, w, w.money_by_year) if bars else "",
        sections=[(name, rows, highest(rows)) for name, rows in sections if rows],
        totals=[(name, projects[name].sum(), projects[name].count()) for name in AMOUNTS if projects[name].count()],
        titles={name: title for (table, name), title in model.lookups.titles(language).items() if table == "finance"},
        count=projects.height,
    )  # fmt: skip


def _line(name: str, page: str | None, row: Row) -> Row:
    return {**row, "name": name, "page": page}


def _span(row: Row) -> str:
    return (row["programme_period"] or "?").replace("-", "–")


def _axis(model: Model, row: Row, language: str) -> Row:
    key = (row["programme_period"] or "", row["fund"] or "", row["priority_axis"])
    name = f"{_span(row)} {row['fund'] or ''} {key[2]} {model.codes.axis(key, language)}".strip()
    return _line(name, axis_page(key) if key in model.codes.axes else None, row)
