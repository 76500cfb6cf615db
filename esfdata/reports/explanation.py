"""Every check in words: what it marks, an example, where its rule comes from, and how to waive it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from esfdata.checking.check import MARK, Check, Example, load_checks
from esfdata.exceptions import EsfdataError
from esfdata.findings.waivers import FIELDS
from esfdata.findings.words import CONSTRAINTS, WAIVERS, Word
from esfdata.paths import share
from esfdata.tables.constraints import listed
from esfdata.tables.descriptor import shipped_descriptor


def explain(name: str | None = None, folder: str | Path | None = None) -> str:
    """The list of all checks, or one of them with its example, reference and a row to waive it.

    `folder` holds the checks (default: the shipped ones). EsfdataError where no check has the name.
    """
    checks = load_checks(folder if folder is not None else share("checks"))
    if name is None:
        return _listing(checks)
    for check in checks:
        if name in (check.name, check.name.replace("-", "_")):
            return _check(check)
    for word in (*CONSTRAINTS, *WAIVERS):
        if name == word.name:
            return _word(word)
    raise EsfdataError(_unknown(name, checks))


def listing_markdown(folder: str | Path | None = None) -> str:
    """The list of the checks in `folder` as Markdown: the content of its README.md."""
    groups = _by_table(load_checks(folder if folder is not None else share("checks")))
    lines = ["# Checks", "", "Written from the code; `esfdata explain NAME` shows a check with its example.", ""]
    for table, checks in groups:
        lines += [f"## {table}", "", "| check | severity | message | reference |"]
        lines += ["| --- | --- | --- | --- |"]
        for check in checks:
            module = check.place.partition(":")[0]
            link = f"[{check.name}]({module})"
            lines.append(f"| {link} | {check.severity} | {_cell(check.message)} | {_cell(check.reference)} |")
        lines.append("")
    lines += ["## Declared constraints", "", "They stand in the descriptor and run before the checks.", ""]
    lines += ["| constraint | severity | message |", "| --- | --- | --- |"]
    lines += [f"| {word.name} | {word.severity} | {_cell(word.message)} |" for word in CONSTRAINTS]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _by_table(checks: Sequence[Check]) -> list[tuple[str, list[Check]]]:
    """The checks grouped by the table they judge, tables in the order of the descriptor."""
    judged = {check.table for check in checks}
    known = [resource["name"] for resource in shipped_descriptor()["resources"] if resource["name"] in judged]
    tables = [*known, *sorted(judged - set(known))]
    return [(table, [check for check in checks if check.table == table]) for table in tables]


def _listing(checks: Sequence[Check]) -> str:
    """All names, aligned, under the tables that they judge."""
    groups: list[tuple[str, Sequence[Check | Word]]] = [*_by_table(checks)]
    groups += [("any table: declared constraints", CONSTRAINTS), ("waivers.csv", WAIVERS)]
    width = max(len(one.name) for _, group in groups for one in group)
    blocks = []
    for title, group in groups:
        rows = [f"  {one.severity:<7}  {one.name:<{width}}  {one.message}" for one in group]
        blocks.append("\n".join([title, *rows]))
    return "\n\n".join(blocks)


def _check(check: Check) -> str:
    """One check in full."""
    parts = [f"{check.name} ({check.severity})", check.message, check.explanation]
    parts.append(f"Example ({MARK} marks the rows found):")
    parts += ["\n".join(_example(example)) for example in check.examples]
    facts = [f"Judges: {check.table}"]
    facts += [f"Looks into: {', '.join(check.tables[1:])}"] if len(check.tables) > 1 else []
    facts += ["The value is personal data and never shown."] if check.masked else []
    parts.append("\n".join([*facts, f"Reference: {check.reference}", f"Written in: {check.place}"]))
    return "\n\n".join(part for part in [*parts, _waiving(check)] if part)


def _example(example: Example) -> Iterator[str]:
    """The lines of an example, its columns aligned."""
    body = [[MARK if marked else "", *(cell or "" for cell in row)]
            for marked, row in zip(example.marked, example.rows, strict=True)]  # fmt: skip
    rows = [[example.table, *example.fields], *body]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in [rows[0], ["-" * width for width in widths], *body]:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _waiving(check: Check) -> str:
    """How to let a finding of the check stand."""
    keys = {r["name"]: r.get("schema", {}).get("primaryKey", []) for r in shipped_descriptor()["resources"]}
    table, names, field = check.table, listed(keys.get(check.table, [])), check.fields[-1]
    if table == "statements":  # its findings are about the cells that are stated, in any table
        table, names, field = "TABLE", ["key"], "FIELD"
    key = "/".join(name.upper() for name in names)
    row = [check.name, table, key, field, "why it may stand", "YYYY-MM-DD"]
    return (
        "To let a finding stand, add a row to waivers.csv beside the checks, with the finding's key, your\n"
        "reason and the last day of the waiver (no day: for good; an empty key or field stands for any):\n\n"
        f"  {','.join(FIELDS)}\n  {','.join(row)}"
    )


def _word(word: Word) -> str:
    return f"{word.name} ({word.severity})\n\n{word.message}\n\n{word.explanation}"


def _unknown(name: str, checks: Sequence[Check]) -> str:
    known = [*(check.name for check in checks), *(word.name for word in (*CONSTRAINTS, *WAIVERS))]
    near = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=3, cutoff=0.4)
    meant = f"; the nearest are {', '.join(near)}" if near else ""
    return f"there is no check {name!r}{meant}; `esfdata explain` lists all {len(known)}"
