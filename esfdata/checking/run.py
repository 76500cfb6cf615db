"""One run over tables: declared constraints and checks, judged on one engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from esfdata.checking.check import Check
from esfdata.checking.engine import KEPT, Dangling, Double, Engine, Judged, Rule
from esfdata.checking.engines import POLARS, enter
from esfdata.checking.marks import Fault, Marked, Marks
from esfdata.checking.table import Table
from esfdata.checking.typed_tables import RAW, ROW, TypedTables
from esfdata.libraries import nw, pl
from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import Constraint, of_field, words
from esfdata.tables.fields import accepted_form, joined, text
from esfdata.tables.package import Package


def run(tables: TypedTables, checks: Sequence[Check], engine: str = POLARS) -> Marks:
    """Judge tables by the constraints that their descriptor declares, and by checks.

    A row whose key is unknown or double is shown to no check.

    Args:
        tables: The tables, entered.
        checks: The checks; one that needs what the tables do not have is not run.
        engine: What runs the constraints and the checks: one of ENGINES.

    Returns:
        What was marked, with exact numbers, and of each rule the first KEPT rows.

    Raises:
        EsfdataError: There is no such engine, a table cannot be read (PackageError), or a check cannot be run
            (CheckError).
    """
    left_out = not_run(checks, tables.package)
    checks = [check for check in checks if check.name not in left_out]
    with enter(tables, engine) as held:
        try:
            return held.bring(_marks(held, checks, left_out))
        except KeyboardInterrupt:
            raise KeyboardInterrupt(str(held.progress)) from None
        finally:
            held.progress.done()


def not_run(checks: Sequence[Check], package: Package) -> dict[str, Phrase]:
    """Why checks cannot be run, by name: a table that is not there, or a field that the descriptor does not have."""
    fields = {name: {field["name"] for field in package.fields(name)} for name in package}
    reasons = {}
    for check in checks:
        lacking = [f"{one.table}.{name}" for one in check.examples for name in one.fields if one.table in fields
                   and name not in fields[one.table]]  # fmt: skip
        if names := [name for name in check.tables if name not in package]:
            reasons[check.name] = Phrase("no table {tables}", tables=", ".join(names))
        elif lacking:
            reasons[check.name] = Phrase("no field {fields}", fields=", ".join(lacking))
    return reasons


def _marks(held: Engine, checks: Sequence[Check], left_out: Mapping[str, Phrase]) -> Marks:
    """What an engine marks: table by table what one row breaks by itself, then what takes several rows."""
    own = [name for name in held.package if name not in held.package.borrowed]
    constraints = {table: list(_constraints(held, table)) for table in own}
    rules = {table: [rule for rule, _ in some] for table, some in constraints.items()}
    for check in checks:
        rules.setdefault(check.table, [])
    single = list(_of_one_row(checks, held.tables))
    for rule in single:
        rules[rule.check.table].append(rule)  # type: ignore[union-attr]
    alone = {rule.check.name for rule in single if rule.check}
    several = [check for check in checks if check.name not in alone]

    faults: dict[str, list[Fault]] = {}
    counts = dict.fromkeys(words(held.package, own), 0)
    marked: dict[str, Marked] = {}
    of_table: dict[str, Judged] = {}
    with closing(held.judge(rules, several)) as judgements:  # type: ignore[type-var]
        for table, judged in judgements:
            of_table[table] = judged
            for rule, broken in zip(rules[table], judged.broken, strict=True):
                if rule.check:
                    marked[rule.check.name] = Marked(rule.check, judged.shown, *broken)
            if table in own:
                faults[table] = list(_faults(held.package, table, constraints[table], judged, counts))
    for name, rows in held.mark(several).items():
        check = next(check for check in several if check.name == name)
        marked[name] = Marked(check, of_table[check.table].shown, len(rows), rows[:KEPT])
    in_order = {check.name: marked[check.name] for check in checks}
    heights = {table: of_table[table].height for table in rules}
    return Marks(held.tables, faults, counts, in_order, left_out, heights)


def _of_one_row(checks: Sequence[Check], tables: TypedTables) -> Iterator[Rule]:
    """The checks that one row can break by itself, as rules."""
    empty: dict[str, Table] = {}
    for check in checks:
        if len(check.tables) > 1:
            continue
        name = check.table
        if name not in empty:
            empty[name] = Table(name, nw.from_native(pl.LazyFrame(schema=tables.schema(name))))
        result = check.run(empty)
        if isinstance(result, nw.Expr):
            _require_boolean(check, empty[name], result)
            yield Rule(result, check.fields, check)


def _require_boolean(check: Check, table: Table, result: nw.Expr) -> None:
    """Refuse an expression that is not true or false of a row."""
    try:
        kind = table.rows().select(_=result).collect_schema()["_"]
    except Exception as error:
        raise check.fault(f"raised {type(error).__name__}: {error}") from error
    if kind not in (nw.Boolean, nw.Unknown):
        raise check.fault(f"returned an expression of type {kind}; accepted is one that is true or false of each row")


def _constraints(held: Engine, table: str) -> Iterator[tuple[Rule, Constraint]]:
    """What one row of a table can break of the declared constraints; a cell of another type breaks `type` alone."""
    names = held.rows(table).collect_schema().names()
    for field in held.package.fields(table):
        name = field["name"]
        raw = RAW + name if RAW + name in names else None
        shown = [raw or name]
        if raw:
            breaks = nw.col(name).is_null() & ~nw.col(raw).is_null()
            yield Rule(breaks, shown), Constraint("type", name, accepted_form(field), breaks)
        for one in of_field(field, held.package.key(table)):
            breaks = one.breaks & nw.col(raw).is_null() if one.word == "required" and raw else one.breaks
            yield Rule(breaks, shown), one


def _faults(
    package: Package,
    table: str,
    constraints: Sequence[tuple[Rule, Constraint]],
    judged: Judged,
    counts: dict[str, int],
) -> Iterator[Fault]:
    """The faults of one table; their numbers are added to the counts."""
    for (rule, one), broken in zip(constraints, judged.broken, strict=False):
        counts[one.word] += broken.total
        (column,) = rule.columns
        for row in broken.rows:
            yield Fault(one.word, row[ROW], one.field, text(row[column]), one.accepts)
    file = package.files.get(table)
    if file and file.is_csv:
        ragged = file.shape.ragged
        counts["type"] += len(ragged)
        for number, cells in islice(ragged.items(), KEPT):
            accepts = Phrase("{n} cells as in the header", n=len(file.header()))
            yield Fault("type", number, "", Phrase("{n} cells", n=cells), accepts)
    for double in judged.doubles:
        counts[double.word] += double.rows.height
        yield from _of_double(double)
    for dangling in judged.dangling:
        counts["foreign-key"] += dangling.total
        yield from _of_dangling(dangling)


def _of_double(double: Double) -> Iterator[Fault]:
    """A fault for each row whose key stands in others too."""
    for row in double.rows.head(KEPT).iter_rows(named=True):
        accepts = Phrase("each {key} once, not {n} times", key="/".join(double.fields), n=row["_n"])
        value = joined(row[name] for name in double.fields)
        yield Fault(double.word, row[ROW], double.fields[-1], value, accepts)


def _of_dangling(dangling: Dangling) -> Iterator[Fault]:
    """A fault for each row that refers to nothing."""
    one: Any = dangling.reference
    accepts = Phrase("a {field} that is in {table}", field=joined(one.others), table=one.table)
    for number, *values in dangling.rows.select(ROW, *one.fields).iter_rows():
        yield Fault("foreign-key", number, one.fields[-1], joined(values), accepts)
