"""A difference as Markdown, for a change log or a comment; the service that shows it takes 65,536 characters."""

from __future__ import annotations

from esfdata.diff.difference import Difference
from esfdata.reports.diff_text import finding, named, shown, signed, summary
from esfdata.reports.difference_account import by_field, counts, declared, grouped, of_all
from esfdata.reports.report import Report

MOST = 100
SOME = 20
LONGEST = 60_000


def render(difference: Difference) -> str:
    """The verdict and the summary, then tables: structure, rows, fields, keys, status, findings, and content."""
    title = f"## What changed from {_cell(named(difference, 'old'))} to {_cell(named(difference, 'new'))}"
    lines = [title, "", *_verdict(difference)]
    if difference.empty:
        return "\n".join([*lines, "Nothing."]) + "\n"
    lines += [f"- {_cell(line)}" for line in summary(difference) if not line.startswith("  ")]
    schema = [
        [c.level, c.change, c.table, c.field or "", shown(declared(c.old)), shown(declared(c.new))]
        for c in difference.schema
    ]
    lines += _table(["level", "structure", "table", "field", "old", "new"], schema)
    rows = [[name, *map(str, counts(table)[:5])] for name, table in difference.tables.items() if any(counts(table))]
    lines += _table(["table", "content", "form alone", "unchanged", "added", "removed"], rows)
    lines += _table(["field", "content", "form", "old sum", "new sum", "change"], _fields(difference))
    keys = [[name, pair.old, pair.new, pair.by] for name, table in difference.tables.items() for pair in table.rekeyed]
    lines += _table(["table", "old key", "new key", "told by"], keys, SOME)
    moves = [
        [shown(move.old), shown(move.new), str(len(move.projects)), ", ".join(move.projects[:SOME])]
        for move in difference.status_moves
    ]
    lines += _table(["old status", "new status", "projects", f"the first {SOME}"], moves)
    if findings := difference.findings:
        marked = [
            [word, group.head, finding(group.first[0])]
            for word, rows in (("new", findings.new), ("fixed", findings.fixed))
            for group in grouped(rows)
        ]
        lines += _table(["findings", "check and table", "the first"], marked)
    items = [[key, item.what, shown(item.old), shown(item.new)] for key, item in of_all(difference)]
    lines += _table(["project or organisation", "content", "old", "new"], items, MOST)
    return _bounded(lines)


def _verdict(difference: Difference) -> list[str]:
    """What the gate says, where it was asked."""
    if difference.refused is None:
        return []
    if not difference.refused:
        return ["The gate lets it pass.", ""]
    return ["**The gate refuses it:**", "", *(f"- {_cell(reason)}" for reason in difference.refused), ""]


def _fields(difference: Difference) -> list[list[str]]:
    rows = []
    for field in by_field(difference):
        total = field.total or {"old": "", "new": "", "delta": ""}
        delta = signed(total["delta"]) if total["delta"] else ""
        rows.append([field.field, str(field.content), str(field.form), total["old"], total["new"], delta])
    return rows


def _bounded(lines: list[str]) -> str:
    """The lines, as many as a comment takes."""
    length = 0
    for number, line in enumerate(lines):
        length += len(line) + 1
        if length > LONGEST:
            return "\n".join([*lines[:number], "", f"{len(lines) - number} more lines; all is in the JSON."]) + "\n"
    return "\n".join(lines) + "\n"


def _table(head: list[str], rows: list[list[str]], most: int | None = None) -> list[str]:
    if not rows:
        return []
    shown = rows[:most]
    more = ["", f"{len(rows) - len(shown)} more are in the JSON."] if len(shown) < len(rows) else []
    return ["", _row(head), _row(["---"] * len(head)), *map(_row, shown), *more]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A text that cannot break out of its cell, become mark-up or call a user by name."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.replace("@", "@\u2060").split())


REPORT = Report(".md", "text/markdown", render)
