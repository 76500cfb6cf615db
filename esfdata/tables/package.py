"""A data package: a descriptor and its tables, read from a folder, a descriptor, a zip or loose files."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.files import archive
from esfdata.libraries import pd, pl
from esfdata.paths import share
from esfdata.tables import roles, table_file
from esfdata.tables.fields import dtype, kind, typed

FORMATS = (".csv", ".parquet", ".xlsx")
TWIN = "-parquet"
"""A resource `projects-parquet` has the rows of `projects` in another form: it is no table of its own."""


class Package:
    """A descriptor and its tables.

    `package["projects"]` is a pandas DataFrame backed by pyarrow; `package.lazy("projects")` is the same as a Polars
    LazyFrame. Both have one column for each field of the descriptor, in its order: amounts are exact decimals in euros
    with two places, dates are dates, codes are strings that keep their zeros. A cell that is not of its field's type is
    null there; `package.raw("projects")` has every cell as it stands in the file. Iteration gives the tables' names.

    Attributes:
        descriptor: The Data Package descriptor, as a dict of JSON types.
        files: The files that tables were read from, by table.
        borrowed: The code lists that are not the package's own but the shipped ones.
        written: Whether its rows are, or will be, in files; findings in frames of others have no line.

    Examples:
        >>> import esfdata
        >>> package = esfdata.load()
        >>> package["finance"].dtypes["granted_eu_state_eur"]
        decimal128(14, 2)[pyarrow]
        >>> package.key("participations")
        ['project_code', 'organisation_id', 'role']
    """

    def __init__(
        self,
        descriptor: Mapping[str, Any],
        tables: Mapping[str, pl.LazyFrame | table_file.File],
        files: Mapping[str, table_file.File] | None = None,
        borrowed: Collection[str] = (),
        *,
        written: bool = True,
    ) -> None:
        self.descriptor = dict(descriptor)
        self._tables = dict(tables)
        self.files = dict(files or {})
        self.borrowed = frozenset(borrowed)
        """The code lists that are not the package's own but the shipped ones."""
        self.written = written
        """Whether its rows are, or will be, in files: frames of others are not, and findings in them have no line."""

    def __repr__(self) -> str:
        return f"<Package {self.name} {self.version}: {', '.join(self._tables)}>"

    @property
    def name(self) -> str:
        """The package's name."""
        return str(self.descriptor.get("name", "esfdata"))

    @property
    def version(self) -> str:
        """The version of the data (calendar version)."""
        return str(self.descriptor.get("version", "0"))

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The resource of each table, by table name."""
        return {resource["name"]: resource for resource in self.descriptor["resources"]}

    @cached_property
    def schemas(self) -> dict[str, dict[str, Any]]:
        """The table schema of each resource, by table name."""
        return {name: resource.get("schema", {}) for name, resource in self.resources.items()}

    def __contains__(self, table: object) -> bool:
        return table in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def role(self, table: str) -> str:
        """The role of `table`: one of `roles.ROLES`."""
        return roles.role(self.resources[table])

    def tables_of(self, *wanted: str) -> list[str]:
        """The names of the tables of some roles, in the order of the descriptor."""
        return [name for name, one in self.resources.items() if name in self and roles.role(one) in wanted]

    def fields(self, table: str) -> list[dict[str, Any]]:
        """The fields of a table, as the descriptor lists them.

        Args:
            table: The table's name.

        Returns:
            One dict a field, with `name`, `type`, `constraints` and the rest of Table Schema.

        Raises:
            PackageError: The package has no such table.
        """
        self._known(table)
        return list(self.schemas[table].get("fields", []))

    def key(self, table: str) -> list[str]:
        """The names of the primary key's fields in their order; none where no key is declared."""
        key = self.schemas[table].get("primaryKey", [])
        return [key] if isinstance(key, str) else list(key)

    def path(self, table: str) -> str:
        """The path of `table` inside the package, or of the file it was read from."""
        if table in self.files:
            return self.files[table].path
        return str(self.resources[table]["path"])

    def raw(self, table: str) -> pl.LazyFrame:
        """The rows of a table as they stand in the file.

        Args:
            table: The table's name.

        Returns:
            The columns that the file has, in its order; text where the file holds text.

        Raises:
            PackageError: The package has no such table.
        """
        self._known(table)
        found = self._tables[table]
        if isinstance(found, table_file.File):
            self._tables[table] = found = found.scan()
        return found

    def lazy(self, table: str) -> pl.LazyFrame:
        """The rows of a table, typed by the descriptor.

        Args:
            table: The table's name.

        Returns:
            One column for each field of the descriptor, in its order; null where a cell is not of its field's type,
            and in the whole column where the file lacks it. Amounts are `Decimal(14, 2)` in euros.

        Raises:
            PackageError: The package has no such table.
        """
        raw = self.raw(table)
        found = raw.collect_schema()
        return raw.select(
            typed(field, found[field["name"]])
            if field["name"] in found
            else pl.lit(None).cast(dtype(field)).alias(field["name"])
            for field in self.fields(table)
        )

    def __getitem__(self, table: str) -> pd.DataFrame:

        found = self._tables.get(table)
        if isinstance(found, table_file.File):  # a verified Parquet file needs no other reader
            found.verify()
            names = [field["name"] for field in self.fields(table)]
            return pd.read_parquet(found.place, columns=names, dtype_backend="pyarrow")
        frame: pd.DataFrame = self.lazy(table).collect().to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def heights(self) -> dict[str, int]:
        """The number of rows of each table that is no code list, in the order of the descriptor."""
        names = self.tables_of(roles.DATA, roles.SOURCE, roles.FINDING)
        counted = pl.collect_all([self.raw(name).select(pl.len()) for name in names])
        return {name: height.item() for name, height in zip(names, counted, strict=True)}

    def replace(self, **tables: pl.LazyFrame) -> Package:
        """The same package with other rows in some tables.

        Args:
            **tables: The new rows by table, as Polars LazyFrames of text or of the fields' types.

        Returns:
            A new package; this one is unchanged.
        """
        kept = {name: file for name, file in self.files.items() if name not in tables}
        return Package(
            self.descriptor, {**self._tables, **tables}, kept, self.borrowed - tables.keys(), written=self.written
        )

    def _known(self, table: str) -> None:
        if table not in self._tables or table not in self.schemas:
            raise PackageError(f"no table {table!r} in this package; it has {', '.join(self._tables)}")


def shipped_descriptor() -> dict[str, Any]:
    """The descriptor that says what the tables are."""
    return _descriptor((share("datapackage") / "datapackage.json").read_bytes(), "datapackage.json")


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


def read_files(*paths: Path) -> Package:
    """A package of loose files named after tables, under the shipped descriptor and code lists."""
    descriptor = shipped_descriptor()
    names = [resource["name"] for resource in descriptor["resources"]]
    files = {path.stem: table_file.File(path.name, path) for path in paths if path.stem in names}
    if not files:
        found = ", ".join(path.name for path in paths) or "no CSV, Parquet or XLSX file"
        accepted = [r["name"] for r in descriptor["resources"] if roles.role(r) != roles.CODE_LIST]
        raise PackageError(f"found {found}; a file must be named after a table: {', '.join(accepted)}")
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
    descriptor = _descriptor(descriptor_path.read_bytes(), where)
    files, double = {}, _twins(descriptor)
    for name, inside, sha256 in _paths(descriptor, where):
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
        descriptor = _descriptor(zipped.read(inside[top]), f"{path}!{top}")
        files, double = {}, _twins(descriptor)
        for name, member, sha256 in _paths(descriptor, str(path)):
            whole = top.parent / member
            if whole not in inside:
                raise PackageError(f"{path}: the table {name!r} names {member}, which is not in the zip")
            if name not in double:
                files[name] = table_file.File(member, io.BytesIO(zipped.read(inside[whole])), sha256)
    return _package(descriptor, files, exact=True)


def _paths(descriptor: Mapping[str, Any], where: str) -> Iterator[tuple[str, str, str | None]]:
    """The tables of a descriptor with the path of each, checked to be relative and inside, and its SHA-256."""
    for resource in descriptor["resources"]:
        path = resource.get("path")
        if not isinstance(path, str) or "://" in path:
            raise PackageError(f"{where}: the table {resource['name']!r} has the path {path!r}; "
                               "accepted is one relative path inside the package")  # fmt: skip
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            raise PackageError(f"{where}: the path {path!r} leaves the package's folder")
        if parts.suffix not in FORMATS:
            raise PackageError(f"{where}: {path} is not a table; accepted are {', '.join(FORMATS)}")
        declared = str(resource.get("hash", ""))
        yield resource["name"], path, declared.removeprefix("sha256:") if declared.startswith("sha256:") else None


def _descriptor(content: bytes, where: str) -> dict[str, Any]:
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PackageError(f"{where}: not a descriptor in JSON ({error})") from error
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not resources:
        raise PackageError(f"{where}: a descriptor has a list `resources`, one for each table")
    for resource in resources:
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise PackageError(f"{where}: every resource has a name")
        fields = resource.get("schema", {}).get("fields")
        if not isinstance(fields, list) or not all(isinstance(f, dict) and f.get("name") for f in fields):
            raise PackageError(f"{where}: the table {resource['name']!r} has no list of named fields")
        for field in fields:
            try:
                kind(field)
            except PackageError as error:
                raise PackageError(f"{where}: table {resource['name']!r}: {error}") from error
    return dict(descriptor)


def _twins(descriptor: Mapping[str, Any]) -> set[str]:
    """The names of the resources that have the rows of another one in Parquet."""
    names = {resource["name"] for resource in descriptor["resources"]}
    return {name for name in names if name.endswith(TWIN) and name.removesuffix(TWIN) in names}


def _package(
    descriptor: Mapping[str, Any], files: Mapping[str, table_file.File], *, twins: bool = False, exact: bool = False
) -> Package:
    """A package of the given files, and of shipped code lists; if `exact`, a column that is no field is refused."""
    double = _twins(descriptor)
    resources = [resource for resource in descriptor["resources"] if resource["name"] not in double]
    lists = [r for r in shipped_descriptor()["resources"] if roles.role(r) == roles.CODE_LIST]
    lists = [r for r in lists if r["name"] not in files]
    own = {name: file for name, file in files.items() if name not in double}
    tables: dict[str, pl.LazyFrame | table_file.File] = {}
    for name, file in own.items():
        tables[name] = files[name + TWIN] if twins and name + TWIN in double else file.scan()
    known = {resource["name"] for resource in resources}
    further = [resource for resource in lists if resource["name"] not in known]
    shown = {resource["name"]: resource for resource in (*resources, *further)}
    for name, found in tables.items() if exact else ():
        if not isinstance(found, table_file.File):
            _no_further_column(own[name].path, found, shown[name])
    tables |= {r["name"]: table_file.File(r["path"], share("datapackage") / r["path"]).scan() for r in lists}
    return Package({**descriptor, "resources": list(shown.values())}, tables, own, {r["name"] for r in lists})


def _no_further_column(path: str, found: pl.LazyFrame, resource: Mapping[str, Any]) -> None:
    names = [field["name"] for field in resource["schema"]["fields"]]
    further = [name for name in found.collect_schema().names() if name not in names]
    if further:
        raise PackageError(f"{path}: the column {further[0]!r} is no field of {resource['name']}; take it out, "
                           f"or name it in the descriptor beside {', '.join(names)}")  # fmt: skip
