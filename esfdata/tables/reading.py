"""A data package read from a folder, a descriptor, a zip or loose files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.files import archive
from esfdata.libraries import pl
from esfdata.paths import share
from esfdata.tables import roles, table_file
from esfdata.tables.descriptor import FORMATS, TWIN, parsed, paths, shipped_descriptor
from esfdata.tables.descriptor import twins as twins_of
from esfdata.tables.dialect import missing, plain
from esfdata.tables.package import Package


def shipped() -> Package:
    """The data package that ships with the installed library."""
    return read(share("datapackage"))


def blank() -> Package:
    """The shipped descriptor and code lists, with no rows in the tables made from sources."""
    package = _package(shipped_descriptor(), {})
    empty = {}
    for table, resource in package.resources.items():
        if roles.role(resource) != roles.CODE_LIST:
            names = [field["name"] for field in resource["schema"]["fields"]]
            empty[table] = pl.LazyFrame(schema=dict.fromkeys(names, pl.String()))
    return package.replace(**empty)


def read(path: str | Path) -> Package:
    """Read the package at a path.

    Args:
        path: A folder, a `datapackage.json`, a release zip, or a file named after a table. A folder without a
            descriptor is read as files named after tables: `projects.csv`, `finance.parquet`, `locations.xlsx`.

    Returns:
        The package; its tables are read when they are used. Code lists that it lacks are the shipped ones.

    Raises:
        PackageError: There is nothing to read, a file is missing, a path leaves the folder, a column is no field of
            its table, or the descriptor is not usable.
    """
    path = Path(path)
    if not path.exists():
        raise PackageError(
            f"{path}: there is no such file or folder; a package is a folder, a datapackage.json, "
            "a release zip, or CSV, Parquet or XLSX files named after tables"
        )
    if path.suffix == ".zip":
        return _read_zip(path)
    if path.is_file() and path.suffix == ".json":
        return read_folder(path.parent, path)
    if path.is_dir():
        for candidate in (path / "datapackage.json", path / "datapackage" / "datapackage.json"):
            if candidate.is_file():
                return read_folder(candidate.parent, candidate)
        return read_files(*sorted(p for p in path.iterdir() if p.suffix in FORMATS))
    return read_files(path)


def read_files(*places: Path) -> Package:
    """A package of loose files named after tables, under the shipped descriptor and code lists."""
    descriptor = shipped_descriptor()
    names = [resource["name"] for resource in descriptor["resources"]]
    files = {path.stem: table_file.File(path.name, path) for path in places if path.stem in names}
    if not files:
        given = ", ".join(path.name for path in places) or "no CSV, Parquet or XLSX file"
        accepted = [r["name"] for r in descriptor["resources"] if roles.role(r) != roles.CODE_LIST]
        raise PackageError(f"found {given}; a file must be named after a table: {', '.join(accepted)}")
    return _package(descriptor, files)


def read_folder(folder: Path, descriptor_path: Path, *, twins: bool = False) -> Package:
    """Read the package of a folder.

    Args:
        folder: The folder.
        descriptor_path: Its descriptor.
        twins: Whether it is a release: its files must be the declared ones, and rows come from Parquet where a table
            has them in both forms. Else it is a folder that is worked on.

    Returns:
        The package.

    Raises:
        PackageError: The descriptor is not usable, or a file that it names is missing.
    """
    where = str(descriptor_path)
    descriptor = parsed(descriptor_path.read_bytes(), where)
    files, double = {}, twins_of(descriptor)
    for name, inside, sha256 in paths(descriptor, where):
        place = folder / inside
        if not place.resolve().is_relative_to(folder.resolve()):
            raise PackageError(f"{where}: the path {inside!r} leaves the package's folder")
        if not place.is_file() and (twins or name not in double):
            raise PackageError(f"{where}: the table {name!r} names {inside}, which is not there")
        files[name] = table_file.File(inside, place, sha256, sealed=twins)
    return _package(descriptor, files, twins=twins, exact=True)


def _read_zip(path: Path) -> Package:

    with archive.opened(path) as zipped:
        inside = {PurePosixPath(name): name for name in zipped.namelist()}
        top = next((p for p in sorted(inside, key=lambda p: len(p.parts)) if p.name == "datapackage.json"), None)
        if top is None:
            raise PackageError(f"{path}: there is no datapackage.json in this zip")
        descriptor = parsed(zipped.read(inside[top]), f"{path}!{top}")
        files, double = {}, twins_of(descriptor)
        for name, member, sha256 in paths(descriptor, str(path)):
            whole = top.parent / member
            if whole not in inside:
                raise PackageError(f"{path}: the table {name!r} names {member}, which is not in the zip")
            if name not in double:
                files[name] = table_file.File(member, io.BytesIO(zipped.read(inside[whole])), sha256)
    return _package(descriptor, files, exact=True)


def _package(
    descriptor: Mapping[str, Any], files: Mapping[str, table_file.File], *, twins: bool = False, exact: bool = False
) -> Package:
    """A package of the given files, and of shipped code lists; if `exact`, a column that is no field is refused."""
    double = twins_of(descriptor)
    resources = [resource for resource in descriptor["resources"] if resource["name"] not in double]
    declared = {resource["name"]: resource for resource in resources}
    lists = [r for r in shipped_descriptor()["resources"] if roles.role(r) == roles.CODE_LIST]
    lists = [r for r in lists if r["name"] not in files]
    own = {name: plain(file, declared[name].get("dialect")) for name, file in files.items() if name not in double}
    tables: dict[str, pl.LazyFrame | table_file.File] = {}
    for name, file in own.items():
        twin = twins and name + TWIN in double
        tables[name] = files[name + TWIN] if twin else missing(file, declared[name]["schema"])
    further = [resource for resource in lists if resource["name"] not in declared]
    shown = {resource["name"]: resource for resource in (*resources, *further)}
    for name, rows in tables.items() if exact else ():
        if not isinstance(rows, table_file.File):
            _no_further_column(own[name].path, rows, shown[name])
    tables |= {r["name"]: table_file.File(r["path"], share("datapackage") / r["path"]).scan() for r in lists}
    return Package({**descriptor, "resources": list(shown.values())}, tables, own, {r["name"] for r in lists})


def _no_further_column(path: str, rows: pl.LazyFrame, resource: Mapping[str, Any]) -> None:
    names = [field["name"] for field in resource["schema"]["fields"]]
    further = [name for name in rows.collect_schema().names() if name not in names]
    if further:
        raise PackageError(f"{path}: the column {further[0]!r} is no field of {resource['name']}; take it out, "
                           f"or name it in the descriptor beside {', '.join(names)}")  # fmt: skip
