"""The files of a release as its site offers them: at a dated address for ever, and at one that stays the newest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from esfdata.files import checksums
from esfdata.files.hard_links import link
from esfdata.release.layout import PACKAGE, RELEASE, SITE
from esfdata.release.writing import write
from esfdata.tables.package import Package

LATEST = "latest"


@dataclass(frozen=True)
class DownloadFile:
    """A file to download: its path in the release, its address under `download/`, size and SHA-256.

    There is no checksum of a file that is another one on every run, nor of the list of checksums.
    """

    path: str
    address: str
    size: int
    sha256: str | None


def write_downloads(package: Package, folder: Path, release: Path | None, before: Path) -> list[DownloadFile]:
    """Put the files of the release under `folder`/<version>/ and `folder`/latest/, and describe them.

    They are those of the published `release`, else the package is written. Files of earlier releases in `before`
    (the same folder of the site that is replaced) are kept under their dated addresses.
    """
    version = package.version
    here = folder / version
    here.mkdir(parents=True)
    files = _written(package, here) if release is None else _linked(release, here)
    link(here, folder / LATEST)
    for path in sorted(here.glob(f"*-{version}.*")):  # also by a name that stays
        link(path, folder / LATEST / path.name.replace(f"-{version}", ""))
    for old in sorted(before.iterdir()) if before.is_dir() else []:
        if old.is_dir() and old.name not in (version, LATEST):
            link(old, folder / old.name)
    paths = sorted(files, key=lambda path: (path.count("/"), path))  # those of all tables first
    return [DownloadFile(path, f"{version}/{path}", (here / path).stat().st_size, files[path]) for path in paths]


def _written(package: Package, here: Path) -> dict[str, str | None]:
    """Write the package itself: the checksum of each file by its path."""
    write(package, here / PACKAGE)
    return {path: checksums.sha256(here / path) for path in _paths(here)}


def _linked(release: Path, here: Path) -> dict[str, str | None]:
    """Link the files of a published release, all but its pages: the stated checksum of each file by its path."""
    for top in sorted({path for pattern in RELEASE for path in release.glob(pattern)} - {release / SITE}):
        link(top, here / top.name)
    stated = checksums.parsed((release / checksums.FILE).read_bytes(), checksums.FILE)
    return {path: stated.get(path) for path in _paths(here)}


def _paths(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
