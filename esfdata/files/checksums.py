"""Checksums: SHA256SUMS as `sha256sum --check` reads it, written and verified."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from esfdata.exceptions import PackageError

FILE = "SHA256SUMS"
CONTENT = "CONTENT-SHA256"
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class Digest(NamedTuple):
    """The size of a file in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


def digest(path: Path) -> Digest:
    """The size of a file and its SHA-256."""
    return Digest(path.stat().st_size, sha256(path))


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def text(digests: Mapping[str, str]) -> str:
    """The lines of a file of checksums: digest, two spaces, name; sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def parsed(content: bytes, where: str) -> dict[str, str]:
    """The checksums in a file, by name; PackageError where a line is none or a name leaves the folder."""
    listed = {}
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
        match = LINE.fullmatch(line)
        if not match:
            raise PackageError(f"{where}:{number}: not a line of checksums: a SHA-256, two spaces, a file name")
        name = PurePosixPath(match[2])
        if name.is_absolute() or ".." in name.parts:
            raise PackageError(f"{where}:{number}: the name {match[2]!r} leaves the folder")
        listed[match[2]] = match[1]
    if not listed:
        raise PackageError(f"{where}: the file is empty; it must name the files of the release")
    return listed


def differs(where: str, expected: str, actual: str) -> PackageError:
    """The fault of a file that is not the published one."""
    return PackageError(
        f"{where}: the checksum is {actual[:12]}…, the release says {expected[:12]}…; the file was changed or cut: "
        "take the release anew (or drop `hash` from the descriptor if the change is meant)"
    )
