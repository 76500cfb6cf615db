"""The whole site: one model, the files to download, and the pages of each language."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.files import atomic
from esfdata.files.hard_links import link
from esfdata.findings.finding import Findings
from esfdata.messages.languages import CONVENTIONS, LANGUAGES, translated
from esfdata.release.download_files import write_downloads
from esfdata.release.history import Release, read_summaries, summary
from esfdata.site import data_pages, home_page, money_page, programme_pages, quality_pages, region_pages, table_pages
from esfdata.site.finding_text import FindingTexts
from esfdata.site.listings import LISTINGS
from esfdata.site.page_names import ORGANISATIONS, PROJECTS, table_file, table_page
from esfdata.site.page_workers import workers
from esfdata.site.page_writer import HERE, Pages
from esfdata.site.record_portions import organisation_records, project_records
from esfdata.site.site_model import Model
from esfdata.tables.package import Package

HISTORY = "releases.json"
OWNED = (*LANGUAGES, "assets", "download", "index.html", "404.html", HISTORY, ".nojekyll")
"""What the site owns in its folder; whatever else is there stays."""


def write(
    package: Package,
    findings: Findings,
    to: str | Path,
    languages: Sequence[str] = LANGUAGES,
    history: Sequence[Mapping[str, Any]] = (),
    *,
    release: Path | None = None,
    changes: Mapping[str, Any] | None = None,
    before: Path | None = None,
    address: str | None = None,
) -> Path:
    """Write the site of a package and its findings into the folder `to`, whole or not at all.

    `history` are summaries of earlier releases, newest first (default: those that the site at `to` tells of);
    `release` is the folder of the published release whose files are offered (default: the package is written);
    `changes` is the difference to the release before as `esfdata diff --format json` tells it; `before` is the site
    that this one follows (default: the one at `to`), whose files of earlier releases are kept; `address` is the one
    that the release will have. The same input gives the same bytes. EsfdataError where a language is none of ours, or
    there is none.
    """
    to, chosen = Path(to), tuple(dict.fromkeys(languages))
    before = to if before is None else before
    if not chosen or not set(chosen) <= set(LANGUAGES):
        raise EsfdataError(f"the languages are {', '.join(chosen) or 'none'}; accepted are {', '.join(LANGUAGES)}")
    model = Model(package, findings)
    current = summary(package, findings, changes)
    past = [one for one in (history or read_summaries(before / HISTORY)) if one.get("version") != package.version]
    with atomic.folder(to, OWNED) as new:
        files = write_downloads(package, new / "download", release, before / "download")
        releases = [Release.of(current, files), *map(Release.of, past)]
        shutil.copytree(HERE / "assets", new / "assets", copy_function=shutil.copyfile)
        for table in (*LISTINGS, *model.own_pages):
            table_pages.write_data(model, table, new / "assets" / "data" / f"{table_file(table)}.js")
        everyone = [Pages(new, language, context(model, language, chosen)) for language in chosen]
        all_texts = [FindingTexts(model, pages.words, package.descriptor.get("issues")) for pages in everyone]
        described = home_page.structured(package, releases[0], address)
        for pages, texts in zip(everyone, all_texts, strict=True):
            home_page.write(model, pages, releases[0], described)
            _language(model, pages, texts, releases)
        _records(model, new, everyone, all_texts)
        (new / ".nojekyll").write_bytes(b"")
        for name, template in (("index.html", "start.html"), ("404.html", "missing.html")):
            everyone[0].write_top(name, template)
        text = json.dumps([current, *past], ensure_ascii=False, indent=1, default=str) + "\n"
        (new / HISTORY).write_text(text, encoding="utf-8", newline="\n")
        if before != to:
            _keep_of_others(before, new)
    return to


def _keep_of_others(before: Path, new: Path) -> None:
    """Keep what others put into the site that is followed."""
    for path in sorted(before.iterdir()) if before.is_dir() else []:
        if path.name not in OWNED:
            link(path, new / path.name)


def context(model: Model, language: str, languages: Sequence[str]) -> dict[str, Any]:
    """What every template of a language may use."""
    package = model.package
    licences = package.descriptor.get("licenses", [])
    titles = {name: translated(model.resources[name], language) for name in model.own_tables}
    own = [(table_page(name), titles[name]) for name in model.own_pages]
    return {
        "title": translated(package.descriptor, language), "licence": licences[0] if licences else None,
        "about": translated(package.descriptor, language, "description"), "issues": package.descriptor.get("issues"),
        "lang": language, "own": own, "own_titles": titles,
        "languages": [(name, CONVENTIONS[name]["name"]) for name in languages],
    }  # fmt: skip


def _language(model: Model, pages: Pages, texts: FindingTexts, releases: Sequence[Release]) -> None:
    """Every page of a language but the home page and those of single projects and organisations."""
    for table in LISTINGS:
        table_pages.write_page(model, pages, table)
    region_pages.write(model, pages)
    programme_pages.write(model, pages)
    money_page.write(model, pages)
    quality_pages.write(model, pages, texts, releases)
    data_pages.write(model, pages, texts, releases)


def _records(model: Model, folder: Path, everyone: Sequence[Pages], all_texts: Sequence[FindingTexts]) -> None:
    """The pages of projects and organisations, in portions so that memory stays small."""
    whole = model.projects.height + model.organisations.height
    contexts = [(pages.language, pages.context) for pages in everyone]
    with workers(folder, model.lookups, contexts, whole) as send:
        for kind, portions in ((PROJECTS, project_records(model)), (ORGANISATIONS, organisation_records(model))):
            for portion in portions:
                for record in portion:
                    findings = model.findings_about[kind].get(record.key, ())
                    record.findings.update(
                        {t.language: [t.shown(f) for f in findings] for t in all_texts} if findings else {}
                    )
                send(kind, portion)
