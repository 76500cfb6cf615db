"""A difference as text for a person at a terminal: a summary, then every difference in content."""

from __future__ import annotations

from collections.abc import Iterator

from esfdata.diff import Difference
from esfdata.reports.diff_account import counts, in_form, of_projects

MOST = 20
WIDTH = 200


def write(difference: Difference) -> str:
    """The summary, the changes of the structure, and project by project what differs in content."""
    lines = [f"What changed from {difference.old} to {difference.new}", ""]
    if difference.empty:
        return "\n".join([*lines, "Nothing."]) + "\n"
    lines += summary(difference)
    lines += _schema(difference)
    projects = of_projects(difference)
    if projects:
        lines += ["", f"Content that differs, by project ({len(projects)})"]
    for code, items in projects.items():
        lines.append(f"  {code}")
        for item in items:
            lines += [f"    {item.what}", f"      - {shown(item.old)}", f"      + {shown(item.new)}"]
    organisations = difference.tables.get("organisations")
    if organisations:
        for change in organisations.of("content"):
            lines += [f"  {change.key}", f"    organisations {change.field}", f"      - {shown(change.old)}"]
            lines.append(f"      + {shown(change.new)}")
        lines += _keys("organisations removed", organisations.removed)
        lines += _keys("organisations added", organisations.added)
    return "\n".join(lines) + "\n"


def summary(difference: Difference) -> Iterator[str]:
    """One line a table that holds rows, then the totals of amounts and what only is counted."""
    breaking = sum(change.level == "breaking" for change in difference.schema)
    yield f"Structure: {len(difference.schema)} changes, {breaking} of them breaking"
    content = of_projects(difference)
    form = in_form(difference) - content.keys()
    yield f"Content differs in {len(content)} projects, form alone in {len(form)}"
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
        values = (
            f": {shown(str(change.old))} to {shown(str(change.new))}"
            if (change.old, change.new) != (None, None)
            else ""
        )
        yield f"  {change.level}: {change.change}, {place}{values}"


def _keys(title: str, keys: list[str]) -> Iterator[str]:
    if keys:
        yield ""
        yield f"{title} ({len(keys)})"
    yield from (f"  {key}" for key in keys[:MOST])
    if len(keys) > MOST:
        yield f"  and {len(keys) - MOST} more (all are in the JSON)"


def shown(text: str | None) -> str:
    """A value as it is shown: bounded, and an empty one named."""
    if text is None or not text.strip():
        return "(empty)"
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}… ({len(text)} characters)"


def signed(amount: str) -> str:
    """An amount that always has a sign, unless it is nought."""
    return amount if amount.startswith("-") or amount == "0.00" else f"+{amount}"
