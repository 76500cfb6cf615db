"""A difference as text for a person at a terminal: a summary, then every difference in content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from esfdata.diff.difference import Difference
from esfdata.diff.findings_difference import BASES
from esfdata.reports.difference_account import (
    LEVELS,
    by_field,
    counts,
    declared,
    grouped,
    in_form,
    of_projects,
    others,
    repeated,
)
from esfdata.reports.grouped import plain
from esfdata.reports.report import Report

MOST = 20
WIDTH = 200


def render(difference: Difference) -> str:
    """The summary, the structure, keys, status and findings, then project by project what differs in content."""
    lines = [f"What changed from {named(difference, 'old')} to {named(difference, 'new')}", ""]
    if difference.empty:
        return "\n".join([*lines, "Nothing."]) + "\n"
    lines += summary(difference)
    for section in (_schema, _fields, _rekeyed, _moves, _findings):
        lines += section(difference)
    projects = of_projects(difference)
    if projects:
        lines += ["", f"Content that differs, by project ({len(projects)})"]
    for code, items in projects.items():
        lines.append(f"  {plain(code)}")
        for item in items:
            lines += [f"    {plain(item.what)}", f"      - {shown(item.old)}", f"      + {shown(item.new)}"]
    for name, table in others(difference).items():
        for change in table.of("content"):
            lines += [f"  {plain(change.key)}", f"    {name} {change.field}", f"      - {shown(change.old)}"]
            lines.append(f"      + {shown(change.new)}")
        lines += _keys(f"{name} removed", table.removed)
        lines += _keys(f"{name} added", table.added)
    return "\n".join(lines) + "\n"


def summary(difference: Difference) -> Iterator[str]:
    """The level, one line a table that holds rows, the totals of amounts, and what only is counted."""
    levels = [change.level for change in difference.schema]
    yield f"Level: {LEVELS[difference.level]}"
    yield f"Structure: {len(levels)} changes, {levels.count('breaking')} of them breaking"
    content = of_projects(difference)
    form = in_form(difference) - content.keys()
    yield f"Content differs in {len(content)} projects, form alone in {len(form)}"
    if moves := difference.status_moves:
        yield f"Status moved in {sum(len(move.projects) for move in moves)} projects"
    if findings := difference.findings:
        yield (
            f"Findings: {len(findings.new)} new, {len(findings.fixed)} fixed, {len(findings.standing)} standing "
            f"({BASES[findings.basis]})"
        )
    if keys := sum(len(table.rekeyed) for table in difference.tables.values()):
        yield f"Keys are not stable: of the rows removed, {keys} are added again under another key"
    yield from repeated(difference)
    if difference.unread:
        yield f"Rows of exports that could not be read on both sides: {len(difference.unread)}"
    for name, table in difference.tables.items():
        n = counts(table)
        if any(n):
            yield (
                f"  {name}: {n.content} rows differ in content ({n.cells} cells), {n.form} in form alone "
                f"({n.cells_in_form} cells in form), {n.unchanged} unchanged, {n.added} added, {n.removed} removed"
            )
    for name, table in difference.tables.items():
        for field, total in table.totals.items():
            if total["old"] != "0.00" or total["new"] != "0.00":
                yield f"  {name}.{field}: {total['old']} to {total['new']} ({signed(total['delta'])})"
    for name, rows in difference.counts.items():
        yield f"  {name} (counted only): {rows['old']} to {rows['new']} rows"


def _schema(difference: Difference) -> Iterator[str]:
    if difference.schema:
        yield ""
        yield "Structure"
    for change in difference.schema:
        place = ".".join(part for part in (change.table, change.field) if part)
        old, new = declared(change.old), declared(change.new)
        values = f": {shown(old)} to {shown(new)}" if old or new else ""
        yield f"  {change.level}: {change.change}, {plain(place)}{values}"


def _fields(difference: Difference) -> Iterator[str]:
    fields = [field for field in by_field(difference) if field.content or field.form]
    if fields:
        yield ""
        yield "Rows in which a field differs"
    for field in fields:
        delta = f", {signed(field.total['delta'])} in all" if field.total else ""
        yield f"  {field.field}: {field.content} in content, {field.form} in form{delta}"


def _rekeyed(difference: Difference) -> Iterator[str]:
    for name, table in difference.tables.items():
        pairs = [f"{plain(pair.old)} is now {plain(pair.new)} (by {pair.by})" for pair in table.rekeyed]
        yield from _keys(f"{name} under another key", pairs)


def _moves(difference: Difference) -> Iterator[str]:
    if difference.status_moves:
        yield ""
        yield "Status"
    for move in difference.status_moves:
        yield f"  {shown(move.old)} to {shown(move.new)}: {len(move.projects)} ({_some(move.projects)})"


def _findings(difference: Difference) -> Iterator[str]:
    if difference.findings:
        for word, rows in (("new", difference.findings.new), ("fixed", difference.findings.fixed)):
            if rows:
                yield ""
                yield f"Findings, {word} ({len(rows)})"
            for group in grouped(rows):
                yield f"  {plain(group.head)}"
                yield from (f"    {finding(row)}" for row in group.first)
                if group.rest:
                    yield f"    and {group.rest} more"


def _keys(title: str, keys: list[str]) -> Iterator[str]:
    if keys:
        yield ""
        yield f"{title} ({len(keys)})"
    yield from (f"  {plain(key)}" for key in keys[:MOST])
    if len(keys) > MOST:
        yield f"  and {len(keys) - MOST} more (all are in the JSON)"


def _some(codes: list[str]) -> str:
    rest = f" and {len(codes) - MOST} more" if len(codes) > MOST else ""
    return ", ".join(map(plain, codes[:MOST])) + rest


def named(difference: Difference, which: str) -> str:
    """The name of a side, with its version where the two have different ones."""
    name = plain(difference.old if which == "old" else difference.new)
    versions = difference.versions
    version = plain(versions[which] or "")
    return name if versions["old"] == versions["new"] or version in name else f"{name} ({version})"


def finding(row: Mapping[str, Any]) -> str:
    """One finding on a line, without its check and table."""
    place = " ".join(row[name] for name in ("key", "field") if row[name])
    waived = f" (waived: {row['waiver']})" if row["waiver"] else ""
    return plain(f"{place}: {row['message']}{waived}".removeprefix(": "))


def shown(text: str | None) -> str:
    """A value as it is shown: bounded, and an empty one named."""
    if text is None or not text.strip():
        return "(empty)"
    text = plain(" ".join(text.split()))
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}… ({len(text)} characters)"


def signed(amount: str) -> str:
    """An amount that always has a sign, unless it is nought."""
    return amount if amount.startswith("-") or amount == "0.00" else f"+{amount}"


REPORT = Report(".txt", "text/plain", render)
