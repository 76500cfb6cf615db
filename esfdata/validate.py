"""Validation: declared constraints first, then the checks, on the rows whose keys can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata import share
from esfdata.checks import ERROR, WARNING, Check, Table, load_checks
from esfdata.constraints import WORDS, accepted_form, foreign_keys, of_field, unique_keys
from esfdata.engines import enter
from esfdata.exceptions import CheckError, EsfdataError
from esfdata.findings import Finding, Findings, Outcome
from esfdata.locate import Locator, joined
from esfdata.package import Package, read
from esfdata.phrases import ENGLISH, LANGUAGES, Phrase
from esfdata.rules import rules
from esfdata.waivers import apply_waivers, read_waivers

if TYPE_CHECKING:
    import polars as pl

ROW = "_row"
RAW = "_raw "


class Fault(NamedTuple):
    """A marked row: its place, the field at fault, the value found there and what would be accepted."""

    word: str
    row: int
    field: str
    value: str | None
    accepts: Phrase


def validate(
    package: Package | str | Path, checks: str | Path | None = None, engine: str = "polars", lang: str = ENGLISH
) -> Findings:
    """All findings of a package, worst first, and what was checked.

    `checks` is a folder of checks with its `waivers.csv` (default: the shipped ones); `engine` runs the
    checks: polars, pandas, duckdb or spark; `lang` is the language of the messages: fi, sv or en. Data
    faults are findings; an EsfdataError is raised where the package cannot be opened or a check is written
    wrongly.
    """
    if lang not in LANGUAGES:
        raise EsfdataError(f"the language is {lang!r}; accepted are {', '.join(LANGUAGES)}")
    package = package if isinstance(package, Package) else read(package)
    folder = Path(checks) if checks is not None else share("checks")
    found = load_checks(folder)
    locator = Locator(package)
    findings: list[Finding] = []
    marked = dict.fromkeys(WORDS, 0)
    judged, bad = 0, {}
    for table in package:
        faults = list(_faults(package, table))
        judged += locator.height(table)
        bad[table] = sorted({fault.row for fault in faults if _spoils_key(fault, package, table)})
        for fault in faults:
            marked[fault.word] += 1
            findings.append(_declared(fault, table, locator))
    unread = list(_unread(locator))
    marked["type"] += len(unread)
    findings += unread
    outcomes = [Outcome(word, "marked" if n else "passed", judged, n) for word, n in marked.items()]
    frames = enter({name: _shown(package, name, bad[name]) for name in package}, engine)
    tables = {name: Table(name, frame) for name, frame in frames.items()}
    for outcome, some in _run_checks(found, tables, locator):
        outcomes.append(outcome)
        findings += some
    heights = {name: locator.height(name) for name in package}
    result = apply_waivers(findings, read_waivers(folder / "waivers.csv"), tuple(outcomes), heights)
    result = replace(result, rules=rules(found, folder))
    return result if lang == ENGLISH else result.into(lang)


def _faults(package: Package, table: str) -> Iterator[Fault]:
    """Every break of a declared constraint in one table."""
    import narwhals.stable.v2 as nw
    import polars as pl

    raw, fields = package.raw(table), package.fields(table)
    names = [n for n in raw.collect_schema().names() if n in {field["name"] for field in fields}]
    file = package.files.get(table)
    if file and file.is_csv:
        for number, cells in file.shape.ragged.items():
            accepts = Phrase("{n} cells as in the header", n=len(file.header()))
            yield Fault("type", number, "", Phrase("{n} cells", n=cells), accepts)
    whole = pl.concat(
        [package.lazy(table), raw.select(pl.col(n).cast(pl.String).alias(RAW + n) for n in names)], how="horizontal"
    ).with_row_index(ROW)
    rules = [rule for field in fields for rule in of_field(field, package.key(table))]
    types = {n: pl.col(n).is_null() & pl.col(RAW + n).is_not_null() for n in names}
    marks = [expr.alias(f"{i} type") for i, expr in enumerate(types.values())]
    frame = whole.with_columns(marks)
    frame = nw.from_native(frame).with_columns(**{f"{i} rule": r.breaks for i, r in enumerate(rules)}).to_native()
    flags = [f"{i} type" for i in range(len(types))] + [f"{i} rule" for i in range(len(rules))]
    by_name = {field["name"]: field for field in fields}
    for row in frame.filter(pl.any_horizontal(pl.col(flags)) if flags else False).collect().iter_rows(named=True):
        unread = {name for i, name in enumerate(types) if row[f"{i} type"]}
        for name in unread:
            yield Fault("type", row[ROW], name, row[RAW + name], accepted_form(by_name[name]))
        for i, rule in enumerate(rules):
            if row[f"{i} rule"] and rule.field not in unread:
                yield Fault(rule.word, row[ROW], rule.field, row.get(RAW + rule.field), rule.accepts)
    yield from _key_faults(package, table, whole)


def _key_faults(package: Package, table: str, whole: pl.LazyFrame) -> Iterator[Fault]:
    """Keys that stand in several rows, and references to rows that are not there."""
    import polars as pl

    for word, key in unique_keys(package, table):
        complete = whole.filter(pl.all_horizontal(pl.col(key).is_not_null()))
        double = complete.group_by(key).agg(pl.len().alias("n")).filter(pl.col("n") > 1)
        for row in complete.join(double, on=key).sort(ROW).collect().iter_rows(named=True):
            value = joined(row[name] for name in key)
            accepts = Phrase("each {key} once, not {n} times", key="/".join(key), n=row["n"])
            yield Fault(word, row[ROW], key[-1], value, accepts)
    for field, target, other in foreign_keys(package, table):
        if target not in package:
            continue
        there = package.lazy(target).select(pl.col(other).alias(field)).drop_nulls().unique()
        lost = whole.filter(pl.col(field).is_not_null()).join(there, on=field, how="anti")
        for row in lost.sort(ROW).collect().iter_rows(named=True):
            accepts = Phrase("a {field} that is in {table}", field=other, table=target)
            yield Fault("foreign-key", row[ROW], field, str(row[field]), accepts)


def _spoils_key(fault: Fault, package: Package, table: str) -> bool:
    """Whether a row of this fault has a null or double key, so that no check may see it."""
    return fault.word == "primary-key" or (fault.word in ("required", "type") and fault.field in package.key(table))


def _shown(package: Package, table: str, bad: Sequence[int]) -> pl.LazyFrame:
    """The rows that checks see."""
    import polars as pl

    frame = package.lazy(table).with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))
    return frame.filter(~pl.col(ROW).is_in(list(bad))) if bad else frame


def _declared(fault: Fault, table: str, locator: Locator) -> Finding:
    """The finding of a broken constraint."""
    if not fault.field:
        template = "The row has {value}; accepted: {accepts}."
    elif fault.value is None:
        template = "The field {field} is empty; accepted: {accepts}."
    else:
        template = "The field {field} is {value!r}; accepted: {accepts}."
    message = Phrase(template, field=fault.field, value=fault.value, accepts=fault.accepts)
    key = locator.key(table, fault.row)
    return Finding(
        ERROR, fault.word, table, key, fault.field or None, fault.value, message,
        locator.package.path(table), locator.line(table, fault.row), locator.sources(table, key, fault.field),
    )  # fmt: skip


def _unread(locator: Locator) -> Iterator[Finding]:
    """The cells whose text in a document could not be read: the table has no value from there."""
    import polars as pl

    package = locator.package
    if "statements" not in package:
        return
    rows = package.lazy("statements").filter(
        pl.col("value").is_null(), pl.col("original").is_not_null(), pl.col("table") != "documents"
    )
    for row in rows.sort(package.key("statements")).collect().iter_rows(named=True):
        table, key, field = row["table"], row["key"], row["field"]
        types = {f["name"]: accepted_form(f) for f in package.fields(table)} if table in package else {}
        accepts = types.get(field, Phrase("a field of a table"))
        template = "The text {text!r} cannot be read; accepted: {accepts}."
        message = Phrase(template, text=row["original"], accepts=accepts)
        sources = tuple(s for s in locator.sources(table, key, field) if s.document == row["document_id"])
        path, line = locator.place(table, key)
        yield Finding(WARNING, "type", table, key, field, row["original"], message, path, line, sources)


def _run_checks(
    checks: Sequence[Check], tables: dict[str, Table], locator: Locator
) -> Iterator[tuple[Outcome, list[Finding]]]:
    """Run every check whose tables are there."""
    for check in checks:
        missing = [name for name in check.tables if name not in tables]
        if missing:
            yield Outcome(check.name, "not_run", reason=Phrase("no table {tables}", tables=", ".join(missing))), []
            continue
        rows = marked(check, tables)
        count = locator.shown(tables[check.table])
        yield (
            Outcome(check.name, "marked" if rows else "passed", count, len(rows)),
            [locator.finding(check, row) for row in rows],
        )


def marked(check: Check, tables: dict[str, Table]) -> list[dict[str, Any]]:
    """The rows that a check marks, once each and in a fixed order.

    A row of the judged table carries its number as `_row`. A check of `statements` may instead mark cells:
    rows of `table`, `key` and `field`.
    """
    import narwhals.stable.v2 as nw

    result, judged = check.run(tables), tables[check.table].rows()
    if isinstance(result, nw.Expr):
        rows = judged.filter(result)
    elif ROW in (names := result.collect_schema().names()) or check.table == "statements":
        rows = result
    else:
        key = [name for name in names if name in judged.collect_schema().names()]
        rows = judged.join(result, on=key, how="inner")
    try:
        found = rows.collect(backend="polars").to_native().unique()
    except Exception as error:
        raise CheckError(f"{check.place}: check {check.name} raised {type(error).__name__}: {error}") from error
    return found.sort([ROW] if ROW in found.columns else found.columns).to_dicts()  # type: ignore[no-any-return]
