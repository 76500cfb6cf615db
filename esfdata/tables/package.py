"""A data package: a descriptor and its tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.libraries import pd, pl
from esfdata.tables import roles, table_file
from esfdata.tables.fields import dtype, typed


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
        self._require(table)
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
        self._require(table)
        rows = self._tables[table]
        if isinstance(rows, table_file.File):
            self._tables[table] = rows = rows.scan()
        return rows

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
        types = raw.collect_schema()
        return raw.select(
            typed(field, types[field["name"]])
            if field["name"] in types
            else pl.lit(None).cast(dtype(field)).alias(field["name"])
            for field in self.fields(table)
        )

    def __getitem__(self, table: str) -> pd.DataFrame:

        file = self._tables.get(table)
        if isinstance(file, table_file.File):  # a verified Parquet file needs no other reader
            file.verify()
            names = [field["name"] for field in self.fields(table)]
            return pd.read_parquet(file.place, columns=names, dtype_backend="pyarrow")
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

    def _require(self, table: str) -> None:
        if table not in self._tables or table not in self.schemas:
            raise PackageError(f"no table {table!r} in this package; it has {', '.join(self._tables)}")
