"""The site: pages from a package and its findings, as files that need no server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfdata.release import history as releases
from esfdata.site import publishing, server, site_writer

if TYPE_CHECKING:
    from esfdata.findings.finding import Findings
    from esfdata.tables.package import Package

__all__ = ["beside", "keep", "serve", "summary", "write"]


def write(
    package: Package,
    findings: Findings,
    to: str | Path,
    languages: Sequence[str] = ("fi", "sv", "en"),
    history: Sequence[Mapping[str, Any]] = (),
    *,
    release: Path | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Path:
    """Write the site of a package and its findings into the folder `to`; see `esfdata.site.site_writer.write`."""
    return site_writer.write(package, findings, to, languages, history, release=release, changes=changes)


def beside(package: Package, findings: Findings, release: Path, before: Path, address: str | None = None) -> None:
    """Write the site of a release into its folder; see `esfdata.site.publishing.beside`."""
    publishing.beside(package, findings, release, before, address)


def keep(before: Path, new: Path) -> None:
    """Keep a site that stands, as it is; see `esfdata.site.publishing.keep`."""
    publishing.keep(before, new)


def summary(package: Package, findings: Findings, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the sites of later releases need to know of this one; see `esfdata.release.history.summary`."""
    return releases.summary(package, findings, changes)


def serve(folder: str | Path, port: int = 8000, *, show: bool = False) -> None:
    """Serve a folder on this machine only, until Ctrl-C; `show` opens a browser."""
    server.serve(Path(folder), port, show=show)
