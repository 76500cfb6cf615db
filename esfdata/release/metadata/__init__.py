"""The metadata of a release in the forms that catalogues, search engines and citing people read.

A form is a module, found by this folder: its `FILES` say which files it makes, and how. All of them are made from
the descriptor and the measured files alone, so one place is edited and every form follows. The same input gives the
same bytes: nothing is read from a clock, the network or the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esfdata.paths import modules
from esfdata.release.facts import facts

FILES = {file.name: file for module in modules(__name__) for file in module.FILES}
"""The files of metadata by their names."""


def metadata(descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], base_url: str) -> dict[str, str]:
    """The text of each metadata file, by its name.

    `files` gives the size in bytes and the SHA-256 of each file of the release, by its path below `base_url`.
    A file in a format that catalogues list becomes a distribution.
    """
    release = facts(descriptor, files, base_url)
    return {name: file.render(release) for name, file in FILES.items()}


def write_metadata(
    descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], to: Path, base_url: str
) -> list[Path]:
    """Write the metadata files into the folder `to` and return their paths; see `metadata`."""
    paths = []
    for name, text in metadata(descriptor, files, base_url).items():
        paths.append(Path(to) / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths
