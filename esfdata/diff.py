"""What changed between two packages, releases, or files of documents and exports.

Rows are the same where their primary key is. A cell changed where its text differs: in *form* where only
white space, punctuation (also `|` put for a comma) or case differ, else in *content*. Amounts are compared
to the cent and dates as days. Of two sources that were read first, cells with one value but differently
written originals count as changed in form. The tables of documents and statements differ by nature and
are only counted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfdata.diff_schema import SchemaChange, schema_changes
from esfdata.diff_side import Side, side
from esfdata.exceptions import EsfdataError
from esfdata.package import Package

if TYPE_CHECKING:
    import polars as pl

TABLES = ("projects", "organisations", "participations", "finance", "indicators", "figures", "locations")
FORMATS = ("text", "markdown", "json")
FORM = r"[\s\p{P}\p{Sk}|]+"
"""What may differ in form: white space, punctuation, free-standing accents used as quotes, and `|`."""


@dataclass(frozen=True)
class Change:
    """One cell that differs."""

    key: str
    field: str
    old: str | None
    new: str | None
    kind: str


@dataclass(frozen=True)
class TableDifference:
    """How the rows of one table differ; totals by field of amounts, exact decimals as text."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    totals: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind, `content` or `form`."""
        return [change for change in self.changed if change.kind == kind]


@dataclass(frozen=True)
class UnreadRow:
    """A row of an export that could not be read on one side, with its text on both."""

    key: str
    reason: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Difference:
    """The whole difference: of the schema, of each table, and the rows that could not be compared."""

    old: str
    new: str
    schema: list[SchemaChange]
    tables: dict[str, TableDifference]
    unread: list[UnreadRow]
    counts: dict[str, dict[str, int]]

    @property
    def empty(self) -> bool:
        """Whether nothing differs, not even in form."""
        return (
            not self.schema
            and not self.unread
            and not any(t.added or t.removed or t.changed for t in self.tables.values())
        )

    def as_dict(self) -> dict[str, Any]:
        """The difference as plain values, for JSON."""
        whole = asdict(self)
        return {name: whole[name] for name in ("schema", "tables", "unread", "counts")}


def diff(old: Package | str | Path, new: Package | str | Path) -> Difference:
    """What changed from `old` to `new`: packages, folders, zips, descriptors, or files to be read first.

    SourceError or PackageError where one of them cannot be opened.
    """
    before, after = side(old), side(new)
    names = [name for name in TABLES if name in before.package and name in after.package]
    counts = {name: {"old": before.height(name), "new": after.height(name)} for name in ("documents", "statements")}
    tables = {name: _table(name, before, after) for name in names}
    return Difference(before.name, after.name, schema_changes(before.package, after.package), tables,
                      _unread(before, after), counts)  # fmt: skip


def render(difference: Difference, format: str = "text") -> str:
    """The difference in one of FORMATS, the text with a summary first."""
    if format not in FORMATS:
        raise EsfdataError(f"no format {format!r} of a difference; accepted: {', '.join(FORMATS)}")
    return str(import_module(f"esfdata.reports.diff_{format}").write(difference))


def diff_command(old: str, new: str, format: str = "text") -> str:
    """What changed from `old` to `new`, ready to be printed."""
    return render(diff(old, new), format)


def _table(name: str, before: Side, after: Side) -> TableDifference:
    """The difference of one table, by its primary key."""
    import polars as pl

    old, new = before.frame(name), after.frame(name)
    key = before.package.key(name)
    fields = [column for column in old.columns if column in new.columns and column not in (*key, KEY)]
    both = old.join(new, on=KEY, how="inner", suffix=NEW)
    none = pl.DataFrame(
        schema={KEY: pl.String, **dict.fromkeys(("field", "old", "new", "kind"), pl.String), "order": pl.Int64}
    )
    changes = [none, *(_changed(both, column) for column in fields)]
    if before.documents and after.documents:
        changes.append(_rewritten(name, fields, before, after, both, pl.concat(changes)))
    changed = pl.concat(changes).sort(KEY, "order", maintain_order=True)
    return TableDifference(
        added=new.join(old, on=KEY, how="anti")[KEY].sort().to_list(),
        removed=old.join(new, on=KEY, how="anti")[KEY].sort().to_list(),
        changed=[Change(*row) for row in changed.select(KEY, "field", "old", "new", "kind").iter_rows()],
        unchanged=both.height - changed[KEY].n_unique(),
        totals=_totals(name, before, after),
    )


KEY, NEW = "_key", "_new"


def _changed(both: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows in which one field differs."""
    import polars as pl

    differs = both.filter(pl.col(column).ne_missing(pl.col(column + NEW)))
    return differs.select(
        KEY, field=pl.lit(column), old=pl.col(column), new=pl.col(column + NEW),
        kind=_kind(pl.col(column), pl.col(column + NEW)), order=pl.lit(both.columns.index(column), pl.Int64),
    )  # fmt: skip


def _kind(old: pl.Expr, new: pl.Expr) -> pl.Expr:
    """Whether two texts differ in form alone; numbers, days and codes never do."""
    import polars as pl

    exact = r"^[0-9.+:-]+$"
    same = old.str.replace_all(FORM, "").str.to_lowercase() == new.str.replace_all(FORM, "").str.to_lowercase()
    form = same & ~(old.str.contains(exact) & new.str.contains(exact))
    return pl.when(form.fill_null(False)).then(pl.lit("form")).otherwise(pl.lit("content"))


def _rewritten(
    name: str, fields: list[str], before: Side, after: Side, both: pl.DataFrame, changed: pl.DataFrame
) -> pl.DataFrame:
    """The cells whose values agree while their originals differ in form; names by the project that has them."""
    import polars as pl

    place = ["key", "field"]
    old, new = before.originals(name, fields), after.originals(name, fields)
    pairs = old.join(new, on=place, suffix=NEW).filter(pl.col("original") != pl.col("original" + NEW))
    pairs = pairs.join(both.select(key=KEY), on="key", how="semi")
    pairs = pairs.join(changed.select(key=KEY, field="field"), on=place, how="anti")
    kind = _kind(pl.col("original"), pl.col("original" + NEW))
    return pairs.filter(kind == "form").select(
        pl.col("key").alias(KEY), "field", old=pl.col("original"), new=pl.col("original" + NEW),
        kind=pl.lit("form"), order=pl.lit(len(both.columns), pl.Int64),
    )  # fmt: skip


def _totals(name: str, before: Side, after: Side) -> dict[str, dict[str, str]]:
    """The sum of each field of amounts on both sides, and what it changed by."""
    old, new = before.sums(name), after.sums(name)
    return {
        column: {"old": f"{old[column]:.2f}", "new": f"{new[column]:.2f}", "delta": f"{new[column] - old[column]:.2f}"}
        for column in old
        if column in new
    }


def _unread(before: Side, after: Side) -> list[UnreadRow]:
    """The rows of exports that have no reading, or several, on one side or both, with both texts."""
    found: dict[str, UnreadRow] = {}
    for code, reason, _ in [*before.unread, *after.unread]:
        found[code] = UnreadRow(code, reason, before.text(code), after.text(code))
    return [found[code] for code in sorted(found)]
