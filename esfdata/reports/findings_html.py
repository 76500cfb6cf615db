"""The findings as one HTML page that opens offline, with nothing beside it.

Its policy lets only its own style and script run, each named by its hash; every value is escaped. Without the
script all is shown, and the form that filters stays hidden.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from esfdata.checking.check import SEVERITIES
from esfdata.findings.finding import Finding, Findings
from esfdata.messages.phrase import Phrase
from esfdata.reports.findings_text import account
from esfdata.reports.grouped import Group, place, plain, standing, subject, waived
from esfdata.reports.report import Report

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #555e69; --line: #c9ced6; --tint: #f3f5f8;
  --error: #a4161a; --warning: #7a4b00; --info: #0b4f8a; --waived: #4a5560; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #14171b; --soft: #aab2bd; --line: #3c434c;
  --tint: #1d2127; --error: #ff9a94; --warning: #f2c063; --info: #8fc7ff; --waived: #b4bcc6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 64rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; } h2 { margin: 0; font-size: 1.15rem; }
p { margin: .4rem 0; } code, .place { font-family: ui-monospace, monospace; font-size: .9em; }
fieldset { margin: 1rem 0; border: 1px solid var(--line); border-radius: .4rem; }
label { display: inline-block; margin-right: 1rem; padding: .3rem 0; } select { max-width: 100%; font: inherit; }
:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
section { margin: 1rem 0; padding: .8rem 1rem; background: var(--tint); border-left: .4rem solid var(--waived); }
section.error { border-color: var(--error); } section.warning { border-color: var(--warning); }
section.info { border-color: var(--info); } .badge { font-weight: 700; color: var(--waived); }
.error .badge { color: var(--error); } .warning .badge { color: var(--warning); } .info .badge { color: var(--info); }
.soft, .place { color: var(--soft); } ul { padding-left: 1.2rem; } li { margin: .6rem 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 700; padding: .4rem 0; }
th, td { padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { form { display: none; } section { break-inside: avoid; } }
"""

SCRIPT = """
const form = document.querySelector('form'), sections = [...document.querySelectorAll('section[data-check]')];
const show = () => {
  const kinds = new Set([...form.querySelectorAll('input:checked')].map(box => box.value));
  let shown = 0;
  for (const section of sections) {
    const { kind, check, count } = section.dataset;
    section.hidden = !kinds.has(kind) || (form.check.value && form.check.value !== check);
    shown += section.hidden ? 0 : Number(count);
  }
  const output = form.querySelector('output');
  output.textContent = output.dataset.text.replace('#', shown);
};
form.addEventListener('input', show);
form.addEventListener('submit', event => event.preventDefault());
form.hidden = false;
show();
"""


def render(findings: Findings, base: str = "") -> str:
    """The page: the account, a filter, the findings by check, and what was checked."""
    language = findings.language
    title = Phrase("Findings of esfdata", language)
    groups = [*standing(findings), *waived(findings)]
    policy = f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; form-action 'none'"
    body = [f"<header><h1>{_text(title)}</h1>", f"<p>{_text(account(findings))}</p></header>", "<main>"]
    body += _form(groups, language) if groups else [f"<p>{_text(Phrase('No findings.', language))}</p>"]
    for group in groups:
        body += _section(group, findings, base)
    body += [*_checked(findings), "</main>"]
    body += [f"<script>{SCRIPT}</script>"] if groups else []
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    lines = ["<!DOCTYPE html>", f'<html lang="{language}">', "<head>", *head, "</head>", "<body>", *body, "</body>"]
    return "\n".join([*lines, "</html>", ""])


def _form(groups: list[Group], language: str) -> Iterator[str]:
    """The filter by severity and check."""
    kinds = [kind for kind in (*SEVERITIES, "waived") if any(_kind(group) == kind for group in groups)]
    yield f"<form hidden><fieldset><legend>{_text(Phrase('Show', language))}</legend>"
    for kind in kinds:
        box = f'<input type="checkbox" value="{kind}" checked>'
        yield f"<label>{box} {_text(Phrase(kind, language))}</label>"
    yield f'<label>{_text(Phrase("check", language))} <select name="check">'
    yield f'<option value="">{_text(Phrase("all checks", language))}</option>'
    for check in sorted({group.check for group in groups}):
        yield f"<option>{_text(check)}</option>"
    counted = _text(Phrase("{n} findings shown", language, n="#"))
    yield f'</select></label> <output data-text="{counted}"></output></fieldset></form>'


def _section(group: Group, findings: Findings, base: str) -> Iterator[str]:
    """One check in one table."""
    language, rule, kind = findings.language, findings.rules.get(group.check), _kind(group)
    count = len(group.findings)
    yield f'<section class="{kind}" data-kind="{kind}" data-check="{_text(group.check)}" data-count="{count}">'
    badge = f'<span class="badge">{_text(Phrase(kind, language))}</span>'
    yield f"<h2>{badge} {_text(group.check)} · {_text(group.table)} ({count})</h2>"
    if rule:
        yield f"<p>{_text(rule.title(language))}</p>"
        if advice := rule.advice(language):
            yield f"<p><strong>{_text(Phrase('What to do: {advice}', language, advice=advice))}</strong></p>"
        reference = Phrase("Reference: {reference}", language, reference=rule.reference(language))
        yield f'<p class="soft">{_text(reference)}</p>'
    yield "<ul>"
    for finding in group.shown:
        yield from _finding(finding, language, base)
    yield "</ul>"
    if group.rest:
        yield f"<p>{_text(Phrase('and {n} more; all are in the JSON report', language, n=group.rest))}</p>"
    yield "</section>"


def _finding(finding: Finding, language: str, base: str) -> Iterator[str]:
    """One finding: what it is about, the message, who states what, and where it is."""
    yield f"<li><strong>{_text(subject(finding))}</strong><br>{_text(finding.message)}"
    if finding.waiver is not None:
        yield f"<br>{_text(Phrase('waived: {reason}', language, reason=finding.waiver))}"
    for source in finding.sources:
        where = [source.document]
        where += [Phrase("page {page}", language, page=source.page)] if (source.page or 1) > 1 else []
        where += [Phrase("line {line}", language, line=source.line)] if source.line else []
        yield f'<br>{_text(source.value or "–")} <span class="soft">({_text(", ".join(where))})</span>'
    address = f"{place(finding.path, finding.line, base)}  {finding.fingerprint}".strip()
    yield f'<br><span class="place">{_text(address)}</span></li>'


def _checked(findings: Findings) -> Iterator[str]:
    """What was checked, apart from what was found."""
    language = findings.language
    heads = ("check", "outcome", "rows judged", "rows marked", "reason")
    yield f'<div class="wide"><table><caption>{_text(Phrase("What was checked", language))}</caption>'
    yield f"<thead><tr>{''.join(f'<th scope=col>{_text(Phrase(head, language))}</th>' for head in heads)}</tr></thead>"
    yield "<tbody>"
    for o in findings.checks:
        numbers = "".join(f'<td class="number">{n}</td>' for n in (o.judged, o.marked))
        outcome = _text(Phrase(o.outcome, language))
        yield f"<tr><th scope=row>{_text(o.check)}</th><td>{outcome}</td>{numbers}<td>{_text(o.reason or '')}</td></tr>"
    yield "</tbody></table></div>"


def _kind(group: Group) -> str:
    return "waived" if group.findings[0].waiver is not None else group.severity


def _text(text: str) -> str:
    return escape("\n".join(map(plain, text.split("\n"))), quote=True)


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


REPORT = Report(".html", "text/html", render)
