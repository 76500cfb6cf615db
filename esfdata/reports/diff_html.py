"""A difference as one HTML page that opens offline, with nothing beside it and no script; every value is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from esfdata.diff.difference import Difference
from esfdata.diff.findings_difference import BASES
from esfdata.reports.diff_text import finding, named, shown, signed
from esfdata.reports.difference_account import DEFINITION, LEVELS, by_field, counts, declared, grouped, of_all, repeated
from esfdata.reports.findings_html import STYLE as FINDINGS_STYLE
from esfdata.reports.grouped import plain
from esfdata.reports.report import Report

MOST = 2_000
STYLE = (
    FINDINGS_STYLE
    + """
section.breaking, section.refused { border-color: var(--error); }
section.additive, section.passed { border-color: var(--info); } caption { position: absolute; left: -100vw; }
h2 { margin-bottom: .4rem; } th, td { overflow-wrap: break-word; } summary { cursor: pointer; }
del { color: var(--error); text-decoration: none; } ins { color: var(--info); text-decoration: none; }
"""
)
NUMBER = "#"
"""The head of a column of numbers begins with it."""


def render(difference: Difference) -> str:
    """The page: the level and the verdict, then what differs in the order of its weight."""
    title = f"What changed from {named(difference, 'old')} to {named(difference, 'new')}"
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    body = [f"<header><h1>{_text(title)}</h1>", f"<p>Level {_text(LEVELS[difference.level])}.</p></header>", "<main>"]
    sections = (_verdict, _structure, _rows, _fields, _keys, _moves, _findings, _content)
    for section in sections:
        body += section(difference)
    body += [f'<p class="soft">{_text(DEFINITION)}</p>', "</main>"]
    head = [
        '<meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    return "\n".join(["<!DOCTYPE html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", *body,
                      "</body>", "</html>", ""])  # fmt: skip


def _verdict(difference: Difference) -> Iterator[str]:
    if difference.refused is not None:
        yield f'<section class="{"refused" if difference.refused else "passed"}">'
        yield f"<h2>The gate {'refuses it' if difference.refused else 'lets it pass'}</h2>"
        yield from (f"<p>{_text(reason)}</p>" for reason in difference.refused)
        yield "</section>"


def _structure(difference: Difference) -> Iterator[str]:
    rows = [
        (c.level, c.change, ".".join(part for part in (c.table, c.field) if part),
         _change(declared(c.old), declared(c.new)))
        for c in difference.schema
    ]  # fmt: skip
    worst = difference.level if rows else ""
    yield from _section("Structure", ("level", "change", "where", "old and new"), rows, worst)


def _rows(difference: Difference) -> Iterator[str]:
    heads = ("table", "#content", "#form alone", "#unchanged", "#added", "#removed", "#under another key")
    rows = [
        (name, *counts(table)[:5], len(table.rekeyed))
        for name, table in difference.tables.items()
        if any(counts(table))
    ]
    counted = [f"{name}: {n['old']} to {n['new']} rows (counted only)." for name, n in difference.counts.items()]
    yield from _section("Rows", heads, rows, notes=[*counted, *(f"{text}." for text in repeated(difference))])


def _fields(difference: Difference) -> Iterator[str]:
    heads = ("field", "#content", "#form", "#old sum", "#new sum", "#change")
    rows = []
    for field in by_field(difference):
        total = field.total
        sums = (total["old"], total["new"], signed(total["delta"])) if total else ("", "", "")
        rows.append((field.field, field.content, field.form, *sums))
    yield from _section("Fields", heads, rows)


def _keys(difference: Difference) -> Iterator[str]:
    rows = [
        (name, _change(pair.old, pair.new), pair.by)
        for name, table in difference.tables.items()
        for pair in table.rekeyed
    ]
    yield from _section("Rows under another key", ("table", "old and new key", "told by"), rows)


def _moves(difference: Difference) -> Iterator[str]:
    rows = [
        (_change(move.old, move.new), len(move.projects), ", ".join(move.projects)) for move in difference.status_moves
    ]
    yield from _section("Status", ("old and new", "#projects", "codes"), rows)


def _findings(difference: Difference) -> Iterator[str]:
    findings = difference.findings
    if findings is None or not (findings.new or findings.fixed or findings.standing):
        return
    new, fixed, standing = (len(some) for some in (findings.new, findings.fixed, findings.standing))
    yield f"<section><h2>Findings: {new} new, {fixed} fixed, {standing} standing</h2>"
    yield f'<p class="soft">{_text(BASES[findings.basis].capitalize())}.</p>'
    for word, rows in (("New", findings.new), ("Fixed", findings.fixed)):
        if rows:
            yield f"<details{' open' if word == 'New' else ''}><summary>{word} ({len(rows)})</summary><ul>"
            for group in grouped(rows):
                first = "".join(f"<li>{_text(finding(row))}</li>" for row in group.first)
                rest = f"<li>and {group.rest} more</li>" if group.rest else ""
                yield f"<li><strong>{_text(group.head)}</strong><ul>{first}{rest}</ul></li>"
            yield "</ul></details>"
    yield "</section>"


def _content(difference: Difference) -> Iterator[str]:
    rows = [(key, item.what, _change(item.old, item.new)) for key, item in of_all(difference)]
    yield from _section("Content", ("project or organisation", "what", "old and new"), rows)


def _section(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], kind: str = "", notes: Sequence[str] = ()
) -> Iterator[str]:
    """A titled table; nothing where there is nothing to show."""
    if not rows:
        return
    yield f'<section class="{kind}"><h2>{_text(title)}</h2>'
    yield f'<div class="wide" role="region" aria-label="{_text(title)}" tabindex="0">'
    yield f"<table><caption>{_text(title)}</caption><thead><tr>"
    yield "".join(f'<th scope="col"{_class(head)}>{_text(head.removeprefix(NUMBER))}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for row in rows[:MOST]:
        cells = "".join(f"<td{_class(head)}>{_cell(cell)}</td>" for head, cell in zip(heads, row, strict=True))
        yield f"<tr>{cells}</tr>"
    yield f"</tbody></table></div>{_more(len(rows))}"
    yield from (f'<p class="soft">{_text(note)}</p>' for note in notes)
    yield "</section>"


class _Markup(str):
    """A text that is HTML already."""


def _change(old: str | None, new: str | None) -> _Markup:
    return _Markup(f"<del>− {_text(shown(old))}</del><br><ins>+ {_text(shown(new))}</ins>")


def _cell(value: object) -> str:
    return value if isinstance(value, _Markup) else _text(str(value))


def _class(head: str) -> str:
    return ' class="number"' if head.startswith(NUMBER) else ""


def _more(rows: int) -> str:
    return f"<p>and {rows - MOST} more; all are in the JSON</p>" if rows > MOST else ""


def _text(text: str) -> str:
    return escape(plain(text), quote=True)


REPORT = Report(".html", "text/html", render)
