"""Loading: a release by its version, `latest`, a URL or a path; verified, and kept for the next time."""

from __future__ import annotations

import os
import re
import tempfile
import warnings
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from esfdata.exceptions import PackageError
from esfdata.files import archive, atomic, checksums
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.package import Package
from esfdata.tables.reading import read, read_folder, shipped

LATEST = "latest"
VERSION = re.compile(r"\d{4}\.\d{1,2}\.\d+")
PLACE = "ESFDATA_RELEASES"
LARGEST = 4 << 30
GITHUB = "/releases/download"
REPOSITORY = r"https://github\.com/[^/]+/[^/]+"
DOWNLOADS = "/site/download"
"""Where the pages of a release keep the files of each version, below the `homepage` of the descriptor."""


def load(release: str | Path | None = None) -> Package:
    """Load a release, verified by its checksums.

    A version is downloaded once, from `ESFDATA_RELEASES` or else the `homepage` of the descriptor, and kept under
    `XDG_CACHE_HOME`. Where the network does not answer, `latest` is the newest version kept, with a warning.

    Args:
        release: A version (`"2026.11.0"`), `"latest"`, a URL or a path; without one, the package that ships.

    Returns:
        The package; each file is verified when it is read.

    Raises:
        PackageError: There is no such release, or it is not whole.

    Examples:
        >>> import esfdata
        >>> "projects" in esfdata.load()
        True
    """
    if release is None:
        return shipped()
    text = str(release)
    if re.match(r"https?://", text):
        return _of_url(text)
    if text == LATEST or VERSION.fullmatch(text):
        return _of_version(text)
    return _of_path(Path(release))


def _of_path(path: Path) -> Package:
    """The package at a path; where it is a release, only as its checksums say."""
    if path.is_file() and path.suffix == ".zip" and (path.parent / checksums.FILE).is_file():
        _verify(path.parent, path.name)
    root = path.parent if path.name == "datapackage.json" else path
    for top in (root, root.parent):
        folder = top / "datapackage"
        if (top / checksums.FILE).is_file() and folder.is_dir() and root in (top, folder):
            return _of_release(top)
    return read(path)


def _of_release(folder: Path) -> Package:
    """The package of a release's folder, its rows from Parquet; a file is verified when it is read."""
    _verify(folder, "datapackage/datapackage.json")
    return read_folder(folder / "datapackage", folder / "datapackage" / "datapackage.json", twins=True)


def _verify(folder: Path, name: str) -> None:
    """Refuse a file of a release that is not there, or not as SHA256SUMS says."""
    where = folder / checksums.FILE
    digests = checksums.parsed(where.read_bytes(), str(where))
    if name not in digests:
        raise PackageError(f"{where}: {name} is not in this list; it is no whole release")
    if not (folder / name).is_file():
        raise PackageError(f"{folder / name}: the release names this file, which is not there")
    digest = checksums.sha256(folder / name)
    if digest != digests[name]:
        raise checksums.differs(str(folder / name), digests[name], digest)


def _of_version(version: str) -> Package:
    place = _place()
    kept = _cache() / _folder_name(place)
    if version != LATEST:
        if not (kept / version).is_dir():
            try:
                _download(f"{place}/{version}", kept)
            except NoAnswerError as error:
                raise PackageError(f"version {version}: {error}; {_kept(kept)}") from error
        if not (kept / version).is_dir():
            raise PackageError(f"{place}/{version} holds another version; {_kept(kept)}")
        return _of_release(kept / version)
    latest = f"{place.removesuffix(GITHUB)}/releases/latest/download" if place.endswith(GITHUB) else f"{place}/{LATEST}"
    try:
        return _of_release(_download(latest, kept))
    except NoAnswerError as error:
        versions = _versions(kept)
        if not versions:
            kind = NoReleaseError if isinstance(error, NotThereError) else PackageError
            raise kind(f"latest: {error}; {_kept(kept)}") from error
        warnings.warn(f"{error}; this is {versions[-1]}, the newest version kept here", stacklevel=3)
        return _of_release(kept / versions[-1])


def _of_url(url: str) -> Package:
    """The release in the folder of a URL: of the folder itself, its zip, its checksums or its descriptor."""
    folder = re.sub(r"/(datapackage/datapackage\.json|[^/]+\.zip|SHA256SUMS)$", "", url).rstrip("/")
    kept = _cache() / _folder_name(folder)
    try:
        return _of_release(_download(folder, kept))
    except NoAnswerError as error:
        versions = _versions(kept)
        if not versions:
            raise PackageError(f"{error}; {_kept(kept)}") from error
        warnings.warn(f"{error}; this is {versions[-1]}, kept from an earlier time", stacklevel=3)
        return _of_release(kept / versions[-1])


def _download(url: str, kept: Path) -> Path:
    """The folder of the release at `url`, downloaded unless its very bytes are there already."""
    content = _fetched(f"{url}/{checksums.FILE}")
    digests = checksums.parsed(content, f"{url}/{checksums.FILE}")
    zips = [name for name in digests if name.endswith(".zip") and "/" not in name]
    version = VERSION.search(zips[0]) if len(zips) == 1 else None
    if version is None:
        raise PackageError(f"{url}/{checksums.FILE}: a release has one zip, named after its version; found {zips}")
    folder = kept / version[0]
    if (folder / checksums.FILE).is_file() and (folder / checksums.FILE).read_bytes() == content:
        return folder
    kept.mkdir(parents=True, exist_ok=True)

    with tempfile.TemporaryDirectory(dir=kept, prefix=".") as scratch:
        zipped = Path(scratch, zips[0])
        zipped.write_bytes(_fetched(f"{url}/{zips[0]}"))
        digest = checksums.sha256(zipped)
        if digest != digests[zips[0]]:
            raise checksums.differs(f"{url}/{zips[0]}", digests[zips[0]], digest)
        with atomic.folder(folder, ("*",)) as new:
            with archive.opened(zipped) as members:
                members.extractall(new / "datapackage")
            (new / checksums.FILE).write_bytes(content)
    return folder


class NoAnswerError(PackageError):
    """A server did not answer, or does not have the file."""


class NotThereError(NoAnswerError):
    """A server answered that it does not have the file."""


class NoReleaseError(PackageError):
    """There is no release yet."""


def _fetched(url: str) -> bytes:
    """What lies at a URL; NoAnswerError where nothing comes."""
    try:
        with urlopen(url, timeout=30) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        kind = NotThereError if error.code in (404, 410) else NoAnswerError
        raise kind(f"{url} answers {error.code} {error.reason}") from error
    except (URLError, OSError, HTTPException) as error:
        raise NoAnswerError(f"{url} does not answer ({getattr(error, 'reason', error)})") from error
    if len(content) > LARGEST:
        raise PackageError(f"{url}: larger than {LARGEST >> 30} GiB; refused")
    return content


def _place() -> str:
    """The URL under which the releases lie, a folder a version."""
    place = os.environ.get(PLACE) or shipped_descriptor().get("homepage")
    if not place or not re.match(r"https?://", str(place)):
        raise PackageError(f"nothing says where releases lie: set {PLACE} to the URL of a folder that has one folder "
                           f"a version (found {place!r}); accepted without it are a URL and a path")  # fmt: skip
    top = str(place).rstrip("/")
    if os.environ.get(PLACE):
        return top
    return f"{top}{GITHUB}" if re.fullmatch(REPOSITORY, top) else f"{top}{DOWNLOADS}"


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "esfdata"


def _folder_name(url: str) -> str:
    """A name for the cache of a URL: legible, and no two alike."""
    import hashlib

    return f"{re.sub(r'[^A-Za-z0-9.]+', '-', url)[-40:].strip('-.')}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _versions(kept: Path) -> list[str]:
    """The versions that are kept, the oldest first."""
    versions = [path.name for path in kept.iterdir() if VERSION.fullmatch(path.name)] if kept.is_dir() else []
    return sorted(versions, key=lambda version: [int(part) for part in version.split(".")])


def _kept(kept: Path) -> str:
    """A sentence on what is kept here."""
    return f"kept in {kept} is {', '.join(_versions(kept)) or 'no version'}"
