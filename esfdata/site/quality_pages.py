"""The pages of quality: every check explained, what it judged and marked, and its findings with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from esfdata.checking.check import Example, load_checks
from esfdata.findings.finding import Finding
from esfdata.findings.rule import Rule
from esfdata.messages.languages import translated
from esfdata.paths import share
from esfdata.release.history import Release
from esfdata.site.finding_text import FindingTexts
from esfdata.site.page_names import slug
from esfdata.site.page_writer import Pages
from esfdata.site.site_model import Model

LISTED = 200
WORST = 8
CONSTRAINTS = "constraints"


def write(model: Model, pages: Pages, texts: FindingTexts, releases: Sequence[Release]) -> None:
    """Write the list of checks with their outcomes, and a page for each check."""
    by_check = model.once("findings by check", lambda: _by_check(model))
    outcomes = {outcome.check: outcome.into(pages.language) for outcome in model.findings.checks}
    examples = model.once("examples", lambda: {check.name: check.examples for check in load_checks(share("checks"))})
    groups: dict[str, list[dict[str, Any]]] = {}
    names = [*outcomes, *(name for name in by_check if name not in outcomes)]
    for name in names:
        rule = model.findings.rules.get(name)
        findings = by_check.get(name, [])
        standing = [finding for finding in findings if finding.waiver is None]
        waived = [finding for finding in findings if finding.waiver is not None]
        entry = {
            "name": name, "title": texts.title(name), "advice": texts.advice(name), "outcome": outcomes.get(name),
            "severity": rule.severity if rule else findings[0].severity if findings else "info",
            "standing": len(standing), "waived": len(waived), "page": f"{slug(name)}.html",
            **_about(rule, pages.language),
        }  # fmt: skip
        groups.setdefault((rule.table if rule and rule.table else CONSTRAINTS), []).append(entry)
        pages.write(
            f"quality/{entry['page']}", "check.html", check=entry, examples=[_shown(e) for e in examples.get(name, ())],
            table=_table(model, pages, rule.table) if rule and rule.table else None,
            findings=[texts.shown(finding) for finding in standing[:LISTED]],
            waived=[texts.shown(finding) for finding in waived[:LISTED]],
        )  # fmt: skip
    order = {name: place for place, name in enumerate(model.package.schemas)}
    tables = sorted(groups, key=lambda table: (table == CONSTRAINTS, order.get(table, len(order))))
    pages.write(
        "quality/index.html", "quality.html", summary=model.findings.summary, releases=releases,
        groups=[(_table(model, pages, table), groups[table]) for table in tables],
        judged=sum(outcome.judged for outcome in outcomes.values()),
        worst=[(texts.shown(group[0]), len(group)) for group in model.once("worst", lambda: _worst(model))],
        waived=[texts.shown(finding) for finding in model.findings if finding.waiver is not None][:LISTED],
    )  # fmt: skip


def _about(rule: Rule | None, language: str) -> dict[str, Any]:
    """Why a rule holds and where it comes from, each with the language in which it is said."""
    names = ("explanation", "reference")
    return {name: {"text": rule.text(name, language) if rule else "",
                   "lang": rule.spoken(name, language) if rule else language} for name in names}  # fmt: skip


def _by_check(model: Model) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in model.findings:
        groups[finding.check].append(finding)
    return groups


def _worst(model: Model) -> list[list[Finding]]:
    """The standing errors and warnings by check, the gravest first."""
    standing: dict[str, list[Finding]] = defaultdict(list)
    for finding in model.findings:
        if finding.waiver is None and finding.severity != "info":
            standing[finding.check].append(finding)
    return sorted(standing.values(), key=lambda group: group[0].severity != "error")[:WORST]


def _table(model: Model, pages: Pages, table: str) -> str:
    """The title of a table, or of the group of declared constraints."""
    if table == CONSTRAINTS:
        return pages.words.constraints
    resource = next((r for r in model.package.descriptor["resources"] if r["name"] == table), None)
    return translated(resource, pages.language) if resource else table


def _shown(example: Example) -> dict[str, Any]:
    """A check's example as a table: its fields, and each row with whether it is marked."""
    return {"table": example.table, "fields": example.fields,
            "rows": list(zip(example.marked, example.rows, strict=True))}  # fmt: skip
