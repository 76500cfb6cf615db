"""Releases: what is told of one, the files to download, and the feed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.files import checksums
from esfdata.findings.finding import Findings
from esfdata.release.layout import PACKAGE, RELEASE, SITE
from esfdata.release.writing import write
from esfdata.tables.package import Package

LATEST = "latest"
MEDIA = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip", ".md": "text/markdown",
         ".parquet": "application/vnd.apache.parquet", ".sqlite": "application/vnd.sqlite3",
         ".duckdb": "application/vnd.duckdb", ".xml": "application/xml",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file to download: its path in the release, its address under `download/`, size and SHA-256.

    There is no checksum of a file that is another one on every run, nor of the list of checksums.
    """

    path: str
    address: str
    size: int
    sha256: str | None
    media_type: str


@dataclass(frozen=True)
class Release:
    """One release: its version, day, counts of rows and findings, changes against the one before, files."""

    version: str
    date: str
    tables: Mapping[str, int]
    findings: Mapping[str, int]
    changes: Mapping[str, Any] | None = None
    files: Sequence[File] = ()


def summary(package: Package, findings: Findings, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What later sites need to know of this release: plain values, to be kept as JSON.

    `changes` is the difference to the release before, as `esfdata diff --format json` tells it.
    """
    counts = {name: findings.summary[name] for name in ("error", "warning", "info", "waived")}
    told = {"version": package.version, "date": day(package), "tables": package.heights(), "findings": counts}
    return told | ({"changes": _shortened(changes)} if changes else {})


def _shortened(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a difference: schema changes whole, of each table how many rows and cells, and the totals."""
    tables = {}
    for name, table in changes.get("tables", {}).items():
        changed = table.get("changed", [])
        tables[name] = {
            "added": len(table.get("added", [])), "removed": len(table.get("removed", [])),
            "changed": sum(one.get("kind") != "form" for one in changed),
            "form": sum(one.get("kind") == "form" for one in changed), "totals": table.get("totals", {}),
        }  # fmt: skip
    return {"schema": list(changes.get("schema", [])), "tables": tables}


def told(release: Mapping[str, Any], files: Sequence[File] = ()) -> Release:
    """A release from its summary; EsfdataError where that lacks something."""
    try:
        return Release(str(release["version"]), str(release["date"]), release["tables"], release["findings"],
                       release.get("changes"), files)  # fmt: skip
    except (KeyError, TypeError) as error:
        raise EsfdataError(f"the summary of a release lacks {error}; esfdata.site.summary writes one") from error


def day(package: Package) -> str:
    """The day of a release: of the descriptor or SOURCE_DATE_EPOCH, else the first of the month of its version."""
    created = str(package.descriptor.get("created") or "")[:10]
    if created:
        return created
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    year, _, rest = package.version.partition(".")
    month = rest.partition(".")[0]
    return f"{year}-{month:0>2}-01" if year.isdigit() and len(year) == 4 and month.isdigit() else "1970-01-01"


def order(version: str) -> list[tuple[int, str]]:
    """What versions are sorted by: `2026.9.0` stands before `2026.11.0`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in version.split(".")]


def write_downloads(package: Package, folder: Path, source: Path | None, before: Path | None) -> list[File]:
    """Put the files of the release under `folder`/<version>/ and, at an address that stays, under `folder`/latest/.

    They are those of the published release `source`, else the package is written. Files of earlier releases
    in `before` (the same folder of the site that is replaced) are kept under their dated addresses.
    """
    here = folder / package.version
    here.mkdir(parents=True)
    if source is None:
        write(package, here / PACKAGE)
        known = {}
    else:
        for top in sorted({path for pattern in RELEASE for path in source.glob(pattern)} - {source / SITE}):
            link_all(top, here / top.name)
        known = checksums.parsed((source / checksums.FILE).read_bytes(), checksums.FILE)
    files = []
    found = {path.relative_to(here).as_posix(): path for path in here.rglob("*") if path.is_file()}
    for inside, path in sorted(
        found.items(), key=lambda pair: (pair[0].count("/"), pair[0])
    ):  # those of all tables first
        digest = checksums.sha256(path) if source is None else known.get(inside)
        media = MEDIA.get(path.suffix, "text/plain")
        files.append(File(inside, f"{package.version}/{inside}", path.stat().st_size, digest, media))
    link_all(here, folder / LATEST)
    for path in sorted(here.glob(f"*-{package.version}.*")):  # also by a name that stays
        _link(path, folder / LATEST / path.name.replace(f"-{package.version}", ""))
    for old in sorted(before.iterdir()) if before and before.is_dir() else []:
        if old.is_dir() and old.name not in (package.version, LATEST):
            link_all(old, folder / old.name)
    return files


def link_all(source: Path, target: Path) -> None:
    """The same files under further names: a file, or all below a folder."""
    if source.is_file():
        _link(source, target)
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        _link(path, target / path.relative_to(source))


def _link(source: Path, target: Path) -> None:
    """The same file under a further name; a copy where the system cannot link."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
