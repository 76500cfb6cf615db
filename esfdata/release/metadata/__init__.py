"""The metadata of a release in the forms that catalogues, search engines and citing people read.

All of it is made from the descriptor and the measured files alone, so one place is edited and every form
follows. The same input gives the same bytes: nothing is read from a clock, the network or the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esfdata.release.metadata import citation, ckan, croissant, dcat, graph, schema_org
from esfdata.release.metadata.facts import Stored, facts

FILES = ("dcat.ttl", "dcat.jsonld", "schema-org.jsonld", "croissant.json", "ckan_package.json", "CITATION.cff")
"""The files that `write_metadata` writes."""


def metadata(descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], base_url: str) -> dict[str, str]:
    """The text of each metadata file, by its name.

    `files` gives the size in bytes and the SHA-256 of each file of the release, by its path below `base_url`.
    A file whose form is known (CSV, Parquet, XLSX, SQLite, DuckDB, zip) becomes a distribution.
    """
    known = facts(descriptor, files, base_url)
    nodes = dcat.nodes(known)
    texts = (
        graph.turtle(nodes),
        graph.json_text(graph.jsonld(nodes)),
        graph.json_text(schema_org.dataset(known)),
        graph.json_text(croissant.dataset(known, descriptor)),
        graph.json_text(ckan.payload(known)),
        citation.text(known),
    )
    return dict(zip(FILES, texts, strict=True))


def write_metadata(
    descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], to: Path, base_url: str
) -> list[Path]:
    """Write the metadata files into the folder `to` and return their paths; see `metadata`."""
    paths = []
    for name, text in metadata(descriptor, files, base_url).items():
        paths.append(Path(to) / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


def measured(folder: Path) -> dict[str, Stored]:
    """How every file below `folder` is stored, by its path in it; sorted.

    Without the DuckDB file, whose bytes differ from run to run.
    """
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file() and path.suffix != ".duckdb")
    return {path.relative_to(folder).as_posix(): stored_as(path) for path in files}


def stored_as(path: Path) -> Stored:
    """The size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Stored(path.stat().st_size, digest)
