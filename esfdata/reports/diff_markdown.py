"""A difference as Markdown, for a change log or a comment."""

from __future__ import annotations

from esfdata.diff import Difference
from esfdata.reports.diff_account import counts, of_projects
from esfdata.reports.diff_text import shown, signed, summary

MOST = 100


def write(difference: Difference) -> str:
    """The summary, then tables: rows, amounts, structure, and content by project."""
    lines = [f"## What changed from {_cell(difference.old)} to {_cell(difference.new)}", ""]
    if difference.empty:
        return "\n".join([*lines, "Nothing."]) + "\n"
    lines += [f"- {line}" for line in summary(difference) if not line.startswith("  ")]
    rows = [[name, *map(str, counts(table)[:5])] for name, table in difference.tables.items() if any(counts(table))]
    lines += _table(["table", "content", "form alone", "unchanged", "added", "removed"], rows)
    totals = [
        [field, total["old"], total["new"], signed(total["delta"])]
        for table in difference.tables.values()
        for field, total in table.totals.items()
        if total["delta"] != "0.00"
    ]
    lines += _table(["amount", "old", "new", "change"], totals)
    schema = [
        [c.level, c.change, c.table, c.field or "", str(c.old or ""), str(c.new or "")] for c in difference.schema
    ]
    lines += _table(["level", "structure", "table", "field", "old", "new"], schema)
    items = [
        [code, item.what, shown(item.old), shown(item.new)]
        for code, found in of_projects(difference).items()
        for item in found
    ]
    lines += _table(["project", "content", "old", "new"], items[:MOST])
    if len(items) > MOST:
        lines += ["", f"{len(items) - MOST} more are in the JSON."]
    return "\n".join(lines) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    if not rows:
        return []
    return ["", _row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A text that cannot break out of its cell or become mark-up."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
