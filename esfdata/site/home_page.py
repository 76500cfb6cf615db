"""The home page, the page about the site, and the one for addresses that do not exist."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from esfdata.release.facts import facts
from esfdata.release.history import Release
from esfdata.release.metadata import schema_org
from esfdata.site.page_names import table_page
from esfdata.site.page_writer import Pages, script
from esfdata.site.project_groups import highest, summed
from esfdata.site.region_pages import tiles
from esfdata.site.site_model import AMOUNTS, Model
from esfdata.tables.package import Package

NEWEST = 5
STATEMENTS = "statements"
NOWHERE = "https://release.invalid/"


def write(model: Model, pages: Pages, release: Release, described: Any) -> None:
    """Write the home page and the page about the site."""
    frame, w, language = model.projects, pages.words, pages.language
    sums = {name: frame[name].sum() if frame[name].count() else None for name in AMOUNTS[:2]}
    funds = model.once("home", lambda: summed(frame.drop_nulls("fund"), "programme_period", "fund").to_dicts())
    pages.write(
        "index.html", "home.html", release=release, summary=model.findings.summary, sums=sums, top=highest(funds),
        counts=[(w.of(f"n_{name}", pages.context["own_titles"].get(name, name)), w.number(count), link)
                for name, count, link in _counts(model)],
        funds=[{**row, "title": model.codes.fund(row["programme_period"], row["fund"], language)} for row in funds],
        judged=sum(outcome.judged for outcome in model.findings.checks), tiles=tiles(model, pages),
        structured=described, newest=model.once("newest", lambda: _newest(model)),
    )  # fmt: skip
    sources = model.package.descriptor.get("sources", [])
    kinds = model.once("kinds", lambda: Counter(row[0] for row in
                                                model.frame("documents").select("kind").iter_rows()))  # fmt: skip
    documents = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    pages.write("about.html", "about.html", release=release, sources=sources, documents=documents)


def _newest(model: Model) -> list[dict[str, Any]]:
    """The projects that began last."""
    dated = model.projects.select("project_code", "name", "start_date").drop_nulls("start_date")
    order = dated.sort("start_date", "project_code", descending=[True, False], maintain_order=True)
    return order.head(NEWEST).to_dicts()


def _counts(model: Model) -> list[tuple[str, int, str | None]]:
    return [
        ("projects", model.projects.height, "projects/index.html"),
        ("organisations", model.organisations.height, "organisations/index.html"),
        ("documents", model.frame("documents").height, "about.html"),
        (STATEMENTS, model.frame(STATEMENTS).height, table_page(STATEMENTS) if STATEMENTS in model.package else None),
        *((name, model.frame(name).height, table_page(name)) for name in model.own_pages),
    ]


def structured(package: Package, release: Release, address: str | None) -> Any:
    """The data set as JSON-LD (schema.org Dataset), for search engines of data: a script that nobody runs.

    Without an `address` of the release its files have the addresses that they have from the page.
    """
    files = {file.path: (file.size, file.sha256) for file in release.files if file.sha256}
    document = schema_org.dataset(facts(package.descriptor, files, address or NOWHERE))
    if address is None:
        document = {key: value for key, value in document.items() if key not in ("@id", "url", "identifier")}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return script(text.replace(NOWHERE, f"../download/{release.version}/"))
