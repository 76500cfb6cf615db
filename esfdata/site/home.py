"""The home page, the page about the site, and the one for addresses that do not exist."""

from __future__ import annotations

import json
from typing import Any

from esfdata.site.model import AMOUNTS, Model
from esfdata.site.pages import Pages
from esfdata.site.places import tiles
from esfdata.site.release import Release
from esfdata.site.words import translated

SEVERITIES = ("error", "warning", "info")


def write(model: Model, pages: Pages, release: Release) -> None:
    """Write the home page and the page about the site."""
    import polars as pl

    frame, w = model.projects, pages.words
    sums = {name: frame[name].sum() if frame[name].count() else None for name in AMOUNTS[:2]}
    funds = (
        frame.filter(pl.col("fund").is_not_null())
        .group_by("programme_period", "fund")
        .agg(projects=pl.len(), granted=pl.col(AMOUNTS[0]).sum(), realised=pl.col(AMOUNTS[1]).sum())
        .sort("programme_period", "fund", nulls_last=True)
    )
    outcomes = model.findings.checks
    pages.write(
        "index.html", "home.html", release=release, summary=model.findings.summary, sums=sums,
        counts=[(getattr(w, f"n_{name}"), w.number(count), link) for name, count, link in _counts(model)],
        funds=[{**row, "title": model.codes.fund(row["programme_period"], row["fund"], pages.language)}
               for row in funds.iter_rows(named=True)],
        judged=sum(o.judged for o in outcomes), tiles=tiles(model, pages),
        structured=_structured(model, pages, release),
        newest=frame.filter(pl.col("start_date").is_not_null())
        .sort("start_date", "project_code", descending=[True, False], maintain_order=True).head(5)
        .iter_rows(named=True),
    )  # fmt: skip
    sources = model.package.descriptor.get("sources", [])
    kinds = model.frame("documents")["kind"].fill_null("unknown").value_counts(sort=True, name="n")
    documents = sorted(kinds.iter_rows(), key=lambda pair: (-pair[1], pair[0]))
    pages.write("about.html", "about.html", release=release, sources=sources, documents=documents)


def _counts(model: Model) -> list[tuple[str, int, str | None]]:
    heights = {table: model.frame(table).height for table in ("documents", "statements")}
    return [
        ("projects", model.projects.height, "projects/index.html"),
        ("organisations", model.organisations.height, "organisations/index.html"),
        ("documents", heights["documents"], "about.html"),
        ("statements", heights["statements"], "data/tables/statements.html"),
    ]


def _structured(model: Model, pages: Pages, release: Release) -> Any:
    """The data set as JSON-LD (schema.org Dataset), for search engines of data."""
    from markupsafe import Markup

    descriptor = model.package.descriptor
    told = {
        "@context": "https://schema.org/", "@type": "Dataset", "name": translated(descriptor, pages.language),
        "description": translated(descriptor, pages.language, "description"), "version": release.version,
        "datePublished": release.date, "inLanguage": pages.language, "isAccessibleForFree": True,
        "keywords": descriptor.get("keywords", []), "spatialCoverage": "Finland",
        "license": next((licence.get("path") for licence in descriptor.get("licenses", [])), None),
        "creator": [{"@type": "Organization", "name": person.get("title")}
                    for person in descriptor.get("contributors", [])],
        "distribution": [{"@type": "DataDownload", "name": file.path, "contentUrl": f"../download/{file.address}",
                          "contentSize": f"{file.size} B", "encodingFormat": file.media_type}
                         for file in release.files],
    }  # fmt: skip
    text = json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
