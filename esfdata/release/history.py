"""The history of releases: what is kept of each one, and which of them came before another."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from esfdata.checking.check import SEVERITIES
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Findings
from esfdata.release.download_files import DownloadFile
from esfdata.release.layout import DESCRIPTOR, PACKAGE, SITE
from esfdata.tables.package import Package

COUNTED = (*SEVERITIES, "waived")


@dataclass(frozen=True)
class Release:
    """One release: its version, day, counts of rows and findings, changes against the one before, files."""

    version: str
    date: str
    tables: Mapping[str, int]
    findings: Mapping[str, int]
    changes: Mapping[str, Any] | None = None
    files: Sequence[DownloadFile] = ()

    @classmethod
    def of(cls, summary: Mapping[str, Any], files: Sequence[DownloadFile] = ()) -> Release:
        """The release that a summary describes; EsfdataError where the summary lacks something."""
        try:
            return cls(str(summary["version"]), str(summary["date"]), summary["tables"], summary["findings"],
                       summary.get("changes"), files)  # fmt: skip
        except (KeyError, TypeError) as error:
            raise EsfdataError(f"the summary of a release lacks {error}; esfdata.site.summary writes one") from error


def summary(package: Package, findings: Findings, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What later sites need to know of this release: plain values, to be kept as JSON.

    `changes` is the difference to the release before, as `esfdata diff --format json` writes it.
    """
    counts = {name: findings.summary[name] for name in COUNTED}
    kept = {"version": package.version, "date": day(package), "tables": package.heights(), "findings": counts}
    return kept | ({"changes": _counted(changes)} if changes else {})


def _counted(changes: Mapping[str, Any]) -> dict[str, Any]:
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


def read_summaries(file: Path) -> list[dict[str, Any]]:
    """The summaries that a site keeps in a file; none where it cannot be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [one for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []


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


def previous(version: str, folder: Path) -> Path | None:
    """The data package of the newest release before a version, whose files are in the folder of a release.

    One of the same version is passed over, so that a release which is written again has the same one before it.
    """
    descriptors = [*(folder / SITE / "download").glob(f"*/{PACKAGE}/{DESCRIPTOR}"), folder / PACKAGE / DESCRIPTOR]
    packages = {number: place.parent for place in descriptors if (number := _version(place))}
    older = [one for one in packages if order(one) < order(version)]
    return packages[max(older, key=order)] if older else None


def _version(descriptor: Path) -> str | None:
    """The version that a descriptor states; None where it cannot be read."""
    try:
        return str(json.loads(descriptor.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
