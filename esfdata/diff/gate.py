"""The gate of a difference: what may not be released as it is, a sentence each.

A breaking change needs a version step. Of calendar versions (`2026.11.0`) that is a new month or year, of semantic
ones a new first number, or the second while the first is 0; the last number alone is for changes of data. A key that
many rows lost to another one is breaking too. A table may not lose more than a share of its rows, whatever the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from esfdata.diff.difference import Difference, TableDifference
from esfdata.diff.schema_changes import BREAKING, SchemaChange
from esfdata.exceptions import EsfdataError

MAX_DROP = 5.0
"""The share of a table's rows, in per cent, that may be lost, or may come back under another key."""
CALENDAR = 1900
NAMED = 3


def gate(difference: Difference, max_drop: float = MAX_DROP) -> list[str]:
    """The reasons why the new side may not be released as it is; none where it may.

    `max_drop` is in per cent. EsfdataError where it is no share.
    """
    if not 0 <= max_drop <= 100:
        raise EsfdataError(f"the largest drop is {max_drop:g} %; accepted is a share from 0 to 100")
    return [*_version(difference, max_drop), *_drops(difference, max_drop)]


def is_step(old: str, new: str) -> bool:
    """Whether a version is a step that announces a breaking change."""
    before, after = _numbers(old), _numbers(new)
    if not before or not after:
        return old != new
    heads = 2 if before[0] >= CALENDAR or before[0] == 0 else 1
    return after[:heads] > before[:heads]


def _version(difference: Difference, max_drop: float) -> Iterator[str]:
    old, new = difference.versions["old"], difference.versions["new"]
    if old is None or new is None:
        return
    numbers = _numbers(old), _numbers(new)
    if all(numbers) and numbers[1] < numbers[0]:
        yield f"The version goes back from {old} to {new}; accepted is {old} or a later one."
    elif not is_step(old, new):
        breaking = [*map(_sentence, filter(lambda c: c.level == BREAKING, difference.schema))]
        breaking += _unstable(difference, max_drop)
        if breaking:
            more = f" and {len(breaking) - NAMED} more" if len(breaking) > NAMED else ""
            yield (
                f"A breaking change needs a version step, and {new} is none from {old}: "
                f"{'; '.join(breaking[:NAMED])}{more}. Accepted is {_next(old)}."
            )


def _unstable(difference: Difference, max_drop: float) -> Iterator[str]:
    for name, table in difference.tables.items():
        share = _share(len(table.rekeyed), table.rows["old"])
        if share > max_drop:
            yield f"{len(table.rekeyed)} of {table.rows['old']} rows of {name} have another key ({share:.1f} %)"


def _drops(difference: Difference, max_drop: float) -> Iterator[str]:
    rows = {name: table.rows for name, table in difference.tables.items()} | difference.counts
    for name, count in rows.items():
        share = _share(count["old"] - count["new"], count["old"])
        if share > max_drop:
            table = difference.tables.get(name, TableDifference())
            keys = f" (the first key gone is {table.removed[0]})" if table.removed else ""
            yield (
                f"{name} drops from {count['old']} to {count['new']} rows, {share:.1f} % fewer{keys}; "
                f"accepted are {max_drop:g} %, or --max-drop with the share that is meant."
            )


def _sentence(change: SchemaChange) -> str:
    return f"{'.'.join(part for part in (change.table, change.field) if part)}: {change.change}"


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version; none where it is no version of this form."""
    if not re.fullmatch(r"v?[0-9]+(\.[0-9]+){1,2}", version):
        return ()
    return tuple(int(part) for part in (version.removeprefix("v") + ".0").split(".")[:3])


def _next(version: str) -> str:
    """What a version step may look like."""
    numbers = _numbers(version)
    if not numbers:
        return "any other version"
    first, second, _ = numbers
    if first >= CALENDAR:
        return f"a new month, {first}.{second + 1}.0 or later" if second < 12 else f"{first + 1}.1.0 or later"
    return f"{first}.{second + 1}.0 or later" if first == 0 else f"{first + 1}.0.0 or later"
