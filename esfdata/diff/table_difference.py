"""How the rows of one table differ, by their primary key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from esfdata.diff.moved_keys import Rekeyed, identifiers, rekeyed
from esfdata.diff.side import KEY, Side
from esfdata.libraries import pl

NEW = "_new"
FORM = r"[\s\p{P}\p{Sk}|]+"
"""What may differ in form: white space, punctuation, free-standing accents used as quotes, and `|`."""


@dataclass(frozen=True)
class Change:
    """One cell that differs.

    Attributes:
        key: The row's primary key, its parts joined with `/`.
        field: The field that differs.
        old: The earlier value as text.
        new: The later value as text.
        kind: `form` where only white space, punctuation or case differ, else `content`.
    """

    key: str
    field: str
    old: str | None
    new: str | None
    kind: str


@dataclass(frozen=True)
class TableDifference:
    """How the rows of one table differ; changes of rows are of the level `data`.

    Attributes:
        added: The keys that the later side alone has.
        removed: The keys that the earlier side alone has.
        changed: The cells that differ.
        unchanged: The number of rows that are the same.
        totals: By field of amounts, the sums `old` and `new` and their `delta`: exact euros as text.
        rekeyed: The pairs of keys of `removed` and `added` that name one row.
        rows: The number of all rows, `old` and `new`.
        repeated: The number of rows left out because their key stands on an earlier row, `old` and `new`.
    """

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    totals: dict[str, dict[str, str]] = field(default_factory=dict)
    rekeyed: list[Rekeyed] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=lambda: {"old": 0, "new": 0})
    repeated: dict[str, int] = field(default_factory=lambda: {"old": 0, "new": 0})

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind, `content` or `form`."""
        return [change for change in self.changed if change.kind == kind]

    @property
    def fields(self) -> dict[str, dict[str, int]]:
        """By field, in how many rows it differs in content and in form alone."""
        counts = Counter((change.field, change.kind) for change in self.changed)
        names = sorted({name for name, _ in counts})
        return {name: {"content": counts[name, "content"], "form": counts[name, "form"]} for name in names}

    @property
    def differs(self) -> bool:
        """Whether any row differs, came or went."""
        return bool(self.added or self.removed or self.changed) or self.repeated["old"] != self.repeated["new"]


def compare(name: str, before: Side, after: Side, moved: Mapping[str, Mapping[str, str]]) -> TableDifference:
    """The difference of one table; `moved` tells by table which keys others now have."""
    key = _key(name, before, after)
    old, new = before.frame(name, key), after.frame(name, key)
    rows = {"old": before.height(name), "new": after.height(name)}
    fields = [column for column in old.columns if column in new.columns and column not in (*key, KEY)]
    both = old.join(new, on=KEY, how="inner", suffix=NEW)
    gone, came = old.join(new, on=KEY, how="anti"), new.join(old, on=KEY, how="anti")
    none = pl.DataFrame(
        schema={KEY: pl.String, **dict.fromkeys(("field", "old", "new", "kind"), pl.String), "order": pl.Int64}
    )
    changes = [none, *(_changed(both, column) for column in fields)]
    if before.documents and after.documents:
        changes.append(_rewritten(name, fields, before, after, both, pl.concat(changes)))
    changed = pl.concat(changes).sort(KEY, "order", maintain_order=True)
    return TableDifference(
        added=came[KEY].sort().to_list(),
        removed=gone[KEY].sort().to_list(),
        changed=[Change(*row) for row in changed.select(KEY, "field", "old", "new", "kind").iter_rows()],
        unchanged=both.height - changed[KEY].n_unique(),
        totals=_totals(name, before, after),
        rekeyed=rekeyed(name, key, gone, came, moved, identifiers(before.package)),
        rows=rows,
        repeated={"old": rows["old"] - old.height, "new": rows["new"] - new.height},
    )


def _key(name: str, before: Side, after: Side) -> list[str]:
    """The key that both sides can be compared by: the declared one, the finer of two, else all common columns."""
    have = [column for column in before.columns(name) if column in after.columns(name)]
    declared = [before.package.key(name), after.package.key(name)]
    usable = [key for key in declared if key and set(key) <= set(have)]
    return max(usable, key=len) if usable else have


def _changed(both: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows in which one field differs."""
    differs = both.filter(pl.col(column).ne_missing(pl.col(column + NEW)))
    return differs.select(
        KEY, field=pl.lit(column), old=pl.col(column), new=pl.col(column + NEW),
        kind=_kind(pl.col(column), pl.col(column + NEW)), order=pl.lit(both.columns.index(column), pl.Int64),
    )  # fmt: skip


def _kind(old: pl.Expr, new: pl.Expr) -> pl.Expr:
    """Whether two texts differ in form alone; numbers, days and codes never do."""
    exact = r"^[0-9.+:-]+$"
    same = old.str.replace_all(FORM, "").str.to_lowercase() == new.str.replace_all(FORM, "").str.to_lowercase()
    form = same & ~(old.str.contains(exact) & new.str.contains(exact))
    return pl.when(form.fill_null(False)).then(pl.lit("form")).otherwise(pl.lit("content"))


def _rewritten(
    name: str, fields: list[str], before: Side, after: Side, both: pl.DataFrame, changed: pl.DataFrame
) -> pl.DataFrame:
    """The cells whose values agree while their originals differ in form; names by the project that has them."""
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
