"""Keys that are not stable: one row that has another key on each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from esfdata.diff.side import KEY, Side
from esfdata.libraries import pl
from esfdata.tables.constraints import foreign_keys
from esfdata.tables.package import Package
from esfdata.tables.roles import DATA, SOURCE
from esfdata.text import fold

FROM_KEY = ("business_id",)
"""Fields that a key is made from: they differ with it."""
LEAST = 2


class Rekeyed(NamedTuple):
    """A row under another key, and what tells that it is one: `all other fields`, `name`, `sha256` or a table."""

    old: str
    new: str
    by: str


def moved(before: Side, after: Side) -> dict[str, dict[str, str]]:
    """By table of `identifiers`, the new key of each row that now has another one."""
    moves = {}
    for name, key in identifiers(before.package).items():
        sides = [side for side in (before, after) if name in side.package]
        if len(sides) == 2 and all(side.package.key(name) == [key] and key in side.columns(name) for side in sides):
            old, new = before.frame(name, [key]), after.frame(name, [key])
            pairs = _pairs(name, key, old.join(new, on=KEY, how="anti"), new.join(old, on=KEY, how="anti"))
            moves[name] = {pair.old: pair.new for pair in pairs}
    return moves


def identifiers(package: Package) -> dict[str, str]:
    """The tables whose key is a name for one thing: one field that refers to no other table."""
    fields = {}
    for name in package.tables_of(DATA, SOURCE):
        key, references = package.key(name), {field for one in foreign_keys(package, name) for field in one.fields}
        if len(key) == 1 and key[0] not in references:
            fields[name] = key[0]
    return fields


def rekeyed(
    name: str,
    key: list[str],
    gone: pl.DataFrame,
    came: pl.DataFrame,
    moved: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str],
) -> list[Rekeyed]:
    """The rows of one table that went and came back under another key; `names` are the `identifiers`."""
    if gone.is_empty() or came.is_empty():
        return []
    return _pairs(name, names[name], gone, came) if name in names else _following(key, gone, came, moved, names)


def _pairs(name: str, key: str, gone: pl.DataFrame, came: pl.DataFrame) -> list[Rekeyed]:
    """The pairs that agree in all other fields, or that only one name or one content tells apart on both sides."""
    others = [c for c in gone.columns if c in came.columns and c not in (KEY, key, *FROM_KEY)]
    pairs: dict[str, Rekeyed] = {}
    ways = {"all other fields": others, "sha256": ["sha256"]}
    if name == "organisations":
        ways["name"] = ["name"]
    for by, fields in ways.items():
        if not set(fields) <= set(others) or (len(fields) < LEAST and by == "all other fields"):
            continue
        olds, news = _alone(gone, fields), _alone(came, fields)
        taken = {pair.new for pair in pairs.values()}
        for what, old in olds.items():
            new = news.get(what)
            if new is not None and old not in pairs and new not in taken:
                pairs[old] = Rekeyed(old, new, by)
    return sorted(pairs.values())


def _alone(rows: pl.DataFrame, fields: list[str]) -> dict[tuple[str | None, ...], str]:
    """The key of each row by what it says in some fields, where no other row says the same and enough is said."""
    seen: dict[tuple[str | None, ...], list[str]] = {}
    for key, *cells in rows.select(KEY, *fields).iter_rows():
        if sum(cell is not None for cell in cells) >= min(LEAST, len(fields)):
            seen.setdefault(tuple(cell and fold(cell) for cell in cells), []).append(key)
    return {what: keys[0] for what, keys in seen.items() if len(keys) == 1 and any(what)}


def _following(
    key: list[str],
    gone: pl.DataFrame,
    came: pl.DataFrame,
    moved: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str],
) -> list[Rekeyed]:
    """The rows whose key changed because what they point to has another key."""
    parts, by = [], []
    for part in key:
        table = next((name for name, field in names.items() if field == part and moved.get(name)), None)
        parts.append(pl.col(part).replace(dict(moved[table])) if table else pl.col(part))
        by += [table] if table else []
    if not by:
        return []
    to = pl.concat_str([part.fill_null("") for part in parts], separator="/")
    pairs = gone.select(pl.col(KEY).alias("old"), to.alias(KEY)).join(came, on=KEY, how="semi")
    return sorted(Rekeyed(old, new, " and ".join(by)) for old, new in pairs.iter_rows())
