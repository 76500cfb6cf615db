"""Publishing: the gate, the written data package, the zip with the same bytes on every run, the checksums."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfdata import atomic
from esfdata.exceptions import PublishError
from esfdata.findings import Findings
from esfdata.package import DERIVED, Package

if TYPE_CHECKING:
    import polars as pl

PACKAGE = "datapackage"
CHECKSUMS = "SHA256SUMS"
RELEASE = (PACKAGE, "*.zip", CHECKSUMS)
FOLDER = ("datapackage.json", "data", "codelists", "rates.csv")
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of a zip: a clock would make two runs differ."""


def write(package: Package, to: str | Path) -> Path:
    """Write `package` as a folder: `datapackage.json`, `data/<table>.csv` and the code lists.

    UTF-8, LF, rows sorted by primary key, only the fields of the descriptor. The folder appears whole or
    not at all; what else is in `to` stays.
    """
    to = Path(to)
    with atomic.folder(to, FOLDER) as new:
        _write(package, new, hashed=False)
    return to


def publish(package: Package, findings: Findings, to: str | Path) -> Path:
    """Publish a release under `to`: `datapackage/`, a zip of it, and SHA256SUMS.

    The findings become the table `findings`. PublishError, with the previous release left as it was,
    while an error stands that no waiver covers, and where frictionless does not accept the written package.
    """
    errors = [finding for finding in findings if finding.severity == "error" and not finding.waiver]
    if errors:
        raise PublishError(f"not published: {len(errors)} error{'s' * (len(errors) > 1)} without a waiver stand")
    to = Path(to)
    from esfdata.statements import frame

    fields = [field["name"] for field in package.fields("findings")]
    rows = [{name: None if row[name] is None else str(row[name]) for name in fields} for row in findings.rows()]
    package = package.replace(findings=frame(rows, fields))
    with atomic.folder(to, RELEASE) as new:
        folder = new / PACKAGE
        folder.mkdir()
        _write(package, folder, hashed=True)
        gate(folder)
        _zip(folder, new / f"{package.name}-{package.version}.zip")
        _checksums(new)
    return to


def gate(folder: Path) -> None:
    """Refuse a written package that frictionless, as any consumer would run it, does not accept."""
    from esfdata.engines.frictionless import problems

    found = problems(folder)
    if found:
        raise PublishError("not published: frictionless does not accept the package:\n  " + "\n  ".join(found[:20]))


def _write(package: Package, folder: Path, *, hashed: bool) -> None:
    """The descriptor and the tables; `hashed` adds the size and checksum of each file to the descriptor."""
    descriptor = json.loads(json.dumps(package.descriptor))
    present = [resource for resource in descriptor["resources"] if resource["name"] in package]
    for resource in present:
        name = resource["name"]
        resource["path"] = path = f"data/{name}.csv" if name in DERIVED else _list_path(resource["path"], name)
        content = _csv(package, name)
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
        if hashed:
            resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    descriptor["resources"] = present
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _list_path(path: str, name: str) -> str:
    return path if path == f"{name}.csv" else f"codelists/{name}.csv"


def _csv(package: Package, table: str) -> bytes:
    """The rows of a table as CSV bytes, sorted by primary key."""
    rows: pl.DataFrame = package.lazy(table).collect()
    if package.key(table):
        rows = rows.sort(package.key(table), maintain_order=True)
    return rows.write_csv(line_terminator="\n").encode()


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(file.relative_to(folder).as_posix(), ZIP_TIME)
            info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, file.read_bytes(), compresslevel=9)


def _checksums(folder: Path) -> None:
    lines = []
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def summary(package: Package) -> dict[str, Any]:
    """The number of rows of each table made from sources, in the order of the descriptor."""
    import polars as pl

    names = [name for name in DERIVED if name in package]
    heights = pl.collect_all([package.raw(name).select(pl.len()) for name in names])
    return {name: height.item() for name, height in zip(names, heights, strict=True)}
