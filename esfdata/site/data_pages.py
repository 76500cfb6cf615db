"""Releases and downloads, the data dictionary with ways to load each table, and the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from esfdata.libraries import pl
from esfdata.messages.languages import translated
from esfdata.release.download_files import LATEST
from esfdata.release.history import Release
from esfdata.site.finding_text import FindingTexts
from esfdata.site.page_names import TABLES, table_page
from esfdata.site.page_writer import HERE, Pages
from esfdata.site.site_model import Model
from esfdata.site.table_pages import listing_context
from esfdata.tables.constraints import described
from esfdata.tables.roles import CODE_LIST, role

LISTED = 500
FINDINGS = 200
SNIPPETS = ("pandas", "Polars", "DuckDB", "R")
"""Ways to load the tables, which stand in `snippets/`: the tests run those in Python as they stand on the page."""
BASE = f"download/{LATEST}/datapackage"


def write(model: Model, pages: Pages, texts: FindingTexts, releases: Sequence[Release]) -> None:
    """Write the pages of releases and downloads, the dictionary and the feed."""
    newest = releases[0]
    titles = {name: translated(resource, pages.language) for name, resource in model.resources.items()}
    pages.write("data/index.html", "data.html", releases=releases, release=newest, latest=LATEST)
    resources = [r for r in model.package.descriptor["resources"] if r["name"] in model.package]
    tables = [
        (r["name"], translated(r, pages.language), translated(r, pages.language, "description")) for r in resources
    ]
    snippets = [(name, _snippet(name)) for name in SNIPPETS]
    pages.write("data/dictionary.html", "dictionary.html", tables=tables, snippets=snippets)
    for resource in resources:
        pages.write(table_page(resource["name"]), "columns.html", **_table(model, pages, texts, resource))
    pages.write("feed.xml", "feed.xml", releases=releases, titles=titles)


def _table(model: Model, pages: Pages, texts: FindingTexts, resource: dict[str, Any]) -> dict[str, Any]:
    """A table for the dictionary: its fields, keys, and its rows where no other page shows them."""
    language, name, schema = pages.language, resource["name"], resource["schema"]
    fields = [
        {"name": field["name"], "title": translated(field, language), "type": field.get("type", "string"),
         "unit": field.get("unit"), "description": translated(field, language, "description"),
         "example": field.get("example"),
         "constraints": described({k: v for k, v in field.get("constraints", {}).items() if k != "enum"}),
         "values": [(one["value"], one["label"]) if isinstance(one, dict) else (one, "")
                    for one in field.get("categories") or field.get("constraints", {}).get("enum", [])]}
        for field in schema["fields"]
    ]  # fmt: skip
    path = model.package.path(name)
    rows = model.frame(name) if role(resource) == CODE_LIST else None
    findings = model.findings_about[TABLES].get(name, [])
    keys = [{"fields": _names(foreign["fields"]), "table": foreign["reference"].get("resource") or name,
             "to": _names(foreign["reference"]["fields"])} for foreign in schema.get("foreignKeys", [])]  # fmt: skip
    return {
        "name": name, "title_text": translated(resource, language), "fields": fields, "foreign": keys,
        "lead": translated(resource, language, "description"), "key": model.package.key(name),
        "count": model.once(("rows", name), lambda: _height(model, name)), "file": f"{BASE}/{path}",
        "listing": listing_context(model, pages, name) if name in model.own_pages else None,
        "findings": [{**texts.shown(finding), "subject": None} for finding in findings[:FINDINGS]],
        "marked": len(findings),
        "columns": rows.columns if rows is not None else [],
        "rows": [["" if cell is None else str(cell) for cell in row] for row in rows.head(LISTED).rows()]
        if rows is not None else [],
    }  # fmt: skip


def _snippet(name: str) -> str:
    return (HERE / "snippets" / f"{name}.txt").read_text(encoding="utf-8").format(base=BASE)


def _height(model: Model, table: str) -> int:
    """The rows of a table, also those without a key."""
    return int(model.package.raw(table).select(pl.len()).collect().item())


def _names(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else ", ".join(names)
