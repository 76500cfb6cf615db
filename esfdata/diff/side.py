"""One side of a comparison: a package, and the documents that it was just read from, if it was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from esfdata.documents import Document, read
from esfdata.documents.kinds import export
from esfdata.files import checksums
from esfdata.libraries import pl
from esfdata.release.loading import LATEST, VERSION, load
from esfdata.resolve.extraction import extract
from esfdata.tables.descriptor import FORMATS, shipped_descriptor
from esfdata.tables.fields import is_amount
from esfdata.tables.package import Package
from esfdata.tables.reading import read as read_package
from esfdata.tables.roles import CODE_LIST

KEY = "_key"
UNRESOLVED = ("unread_row", "ambiguous_row")
Unread = tuple[str, str, int]


def side(source: Package | str | Path) -> Side:
    """The package that a source is, or becomes when its documents are read."""
    if isinstance(source, Package):
        return Side(source, source.name)
    if _is_release(str(source)):
        package = load(source)
        return Side(package, f"{package.name} {package.version}")
    path = Path(source)
    if _is_package(path):
        package = read_package(path)
        released = (path / checksums.FILE).is_file()
        return Side(package, f"{package.name} {package.version}" if released else path.name or str(path))
    return Side(extract(path), path.name, tuple(read(path)))


def nothing_before(source: str | Path) -> Package:
    """A package of the structure of `source` with no row but those of code lists: what a first one replaces."""
    package = side(source).package
    return package.replace(**{name: package.raw(name).head(0) for name in package if package.role(name) != CODE_LIST})


def _is_release(name: str) -> bool:
    """Whether a text names a release that is not a path here: its version, `latest`, or a URL."""
    if name.startswith(("http://", "https://")):
        return True
    return (name == LATEST or VERSION.fullmatch(name) is not None) and not Path(name).exists()


def _is_package(path: Path) -> bool:
    """Whether a path is a package, or a file named after a table, and not documents or exports."""
    if path.is_dir():
        inside = ("datapackage.json", "datapackage/datapackage.json")
        return any((path / name).is_file() for name in inside) or any(map(_is_table, path.iterdir()))
    return path.suffix in (".zip", ".json") or _is_table(path) or not path.exists()


def _is_table(path: Path) -> bool:
    return path.suffix in FORMATS and path.stem in {r["name"] for r in shipped_descriptor()["resources"]}


@dataclass(frozen=True)
class Side:
    """A package, the name of what it came from, and the documents if they were read for this."""

    package: Package
    name: str
    documents: tuple[Document, ...] = ()

    def height(self, table: str) -> int:
        """The rows of a table."""
        return int(self.package.raw(table).select(pl.len()).collect().item()) if table in self.package else 0

    def columns(self, table: str) -> list[str]:
        """The columns of a table that its descriptor names and its file has."""
        names = self.package.raw(table).collect_schema().names()
        return [field["name"] for field in self.package.fields(table) if field["name"] in names]

    def frame(self, table: str, key: list[str]) -> pl.DataFrame:
        """The rows of a table as text, amounts to the cent and days as ISO dates, with their key; each key once.

        A cell that is not of its type, or that a source states and nobody could read, shows what stands there.
        """
        raw, fields = self.package.raw(table).collect(), self.columns(table)
        typed = self.package.lazy(table).select(pl.col(name).cast(pl.String) for name in fields).collect()
        text = raw.select(pl.col(name).cast(pl.String) for name in fields)
        whole = typed.with_columns(pl.col(name).fill_null(text[name]) for name in fields)
        whole = whole.with_columns(
            pl.concat_str([pl.col(name).fill_null("") for name in key], separator="/").alias(KEY)
        )
        for name, unreadable in self._unreadable(table).items():
            whole = whole.join(unreadable, on=KEY, how="left")
            whole = whole.with_columns(pl.col(name).fill_null(pl.col("original"))).drop("original")
        return whole.unique(KEY, keep="first", maintain_order=True)

    def _unreadable(self, table: str) -> dict[str, pl.DataFrame]:
        """By field, the originals of cells that have no value."""
        stated = self._stated.filter(
            pl.col("table") == table, pl.col("value").is_null(), pl.col("original").is_not_null()
        )
        first = stated.unique(["key", "field"], keep="first", maintain_order=True)
        return {
            str(name): rows.select(pl.col("key").alias(KEY), "original")
            for (name,), rows in first.partition_by("field", as_dict=True).items()
            if name in {f["name"] for f in self.package.fields(table)}
        }

    def originals(self, table: str, fields: list[str]) -> pl.DataFrame:
        """What stands in the sources for each cell; an implementer's name belongs to the participation."""
        if table == "organisations":
            fields = []
        elif table == "participations":
            fields = ["organisation_id"]
        stated = self._stated.filter(pl.col("table") == table, pl.col("field").is_in(fields))
        return stated.unique(["key", "field"], keep="first", maintain_order=True).select("key", "field", "original")

    def sums(self, table: str) -> dict[str, Decimal]:
        """The exact sum of every field of amounts."""
        names = [field["name"] for field in self.package.fields(table) if is_amount(field)]
        if not names:
            return {}
        sums = self.package.lazy(table).select(pl.col(name).sum() for name in names).collect()
        return {name: sums[name][0] or Decimal(0) for name in names}

    @cached_property
    def _stated(self) -> pl.DataFrame:

        if "statements" not in self.package:
            return pl.DataFrame(
                schema=dict.fromkeys(("table", "key", "field", "value", "original", "line"), pl.String())
            )
        return self.package.lazy("statements").sort("line", maintain_order=True).collect()

    @cached_property
    def unread(self) -> list[Unread]:
        """The rows of exports that could not be read: their code, why, and their line."""
        rows = self._stated.filter(pl.col("table") == "documents", pl.col("field").is_in(UNRESOLVED))
        return [
            (_code(original) or f"line {line}", reason.replace("_", " "), int(line))
            for original, reason, line in rows.select("original", "field", "line").iter_rows()
        ]

    def text(self, code: str) -> str | None:
        """The row of a project as its export has it, natural persons withheld."""
        for document in self.documents:
            for line in document.lines if document.kind == export.KIND.name else ():
                if _code(line.text) == code or code == f"line {line.number}":
                    return export.shown_line(document, line.text)
        return None


def _code(text: str | None) -> str | None:
    """The project code that a row begins with."""
    first = (text or "").replace(";", ",").replace("\t", ",").partition(",")[0].strip(' "')
    return first if first[:1].isalpha() and first[1:].isdigit() else None
