"""Releases: what is told of one, the files to download, and the feed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.findings import Findings
from esfdata.package import Package

LATEST = "latest"
MEDIA = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip", ".md": "text/markdown",
         ".parquet": "application/vnd.apache.parquet", ".sqlite": "application/vnd.sqlite3", ".xml": "application/xml",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file to download: its path in the release, its address under `download/`, size and SHA-256."""

    path: str
    address: str
    size: int
    sha256: str
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
    from esfdata.publish import summary as heights

    counts = {name: findings.summary[name] for name in ("error", "warning", "info", "waived")}
    told = {"version": package.version, "date": day(package), "tables": heights(package), "findings": counts}
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
    """The day of a release: of the descriptor, else the first of the month of its version."""
    created = str(package.descriptor.get("created") or "")[:10]
    if created:
        return created
    year, _, rest = package.version.partition(".")
    month = rest.partition(".")[0]
    return f"{year}-{month:0>2}-01" if year.isdigit() and len(year) == 4 and month.isdigit() else "1970-01-01"


def write_downloads(package: Package, folder: Path, source: Path | None, before: Path | None) -> list[File]:
    """Put the files of the release under `folder`/<version>/ and, at an address that stays, under `folder`/latest/.

    They are those of the published release `source`, else the package is written. Files of earlier releases
    in `before` (the same folder of the site that is replaced) are kept under their dated addresses.
    """
    from esfdata.publish import PACKAGE, RELEASE, write

    here = folder / package.version
    here.mkdir(parents=True)
    if source is None:
        write(package, here / PACKAGE)
    else:
        for top in sorted({path for pattern in RELEASE for path in source.glob(pattern)}):
            _link_all(top, here / top.name)
    files = []
    for path in sorted(p for p in here.rglob("*") if p.is_file()):
        inside = path.relative_to(here).as_posix()
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        media = MEDIA.get(path.suffix, "text/plain")
        files.append(File(inside, f"{package.version}/{inside}", path.stat().st_size, digest, media))
    _link_all(here, folder / LATEST)
    for path in sorted(here.glob(f"*-{package.version}.*")):  # also by a name that stays
        _link(path, folder / LATEST / path.name.replace(f"-{package.version}", ""))
    for old in sorted(before.iterdir()) if before and before.is_dir() else []:
        if old.is_dir() and old.name not in (package.version, LATEST):
            _link_all(old, folder / old.name)
    return files


def _link_all(source: Path, target: Path) -> None:
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
