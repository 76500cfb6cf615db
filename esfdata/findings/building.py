"""What a run found, told: findings with their addresses, and what came of each constraint and check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from esfdata.checking.check import ERROR, WARNING, Check
from esfdata.findings.address import Locator
from esfdata.findings.finding import Finding, Outcome
from esfdata.messages.phrase import Phrase
from esfdata.tables.fields import accepted_form
from esfdata.tables.not_judged import not_judged

if TYPE_CHECKING:
    from esfdata.checking.run import Fault, Run


def told(run: Run, checks: Sequence[Check]) -> tuple[list[Finding], list[Outcome]]:
    """What a run found as findings with their addresses, and what came of each constraint and check."""
    locator = Locator(run.stage, run)
    findings = list(_declared(run, locator))
    unread = list(_unread(locator))
    findings += unread
    run.counts["type"] += len(unread)
    judged = sum(run.heights[name] for name in run.faults)
    outcomes = [Outcome(word, "marked" if n else "passed", judged, n) for word, n in run.counts.items()]
    reasons = not_judged(run.package, run.faults)
    outcomes += [Outcome(place, "not_run", reason=reason) for place, reason in reasons.items()]
    for check in checks:
        if check.name in run.not_run:
            outcomes.append(Outcome(check.name, "not_run", reason=run.not_run[check.name]))
            continue
        count, rows = run.marks[check.name]
        outcomes.append(Outcome(check.name, "marked" if count else "passed", run.judged(check), count))
        findings += [locator.finding(check, row) for row in rows]
    return findings, outcomes


def _declared(run: Run, locator: Locator) -> Iterator[Finding]:
    """The findings of broken constraints."""
    for name, faults in run.faults.items():
        for fault in faults:
            yield _finding(fault, name, locator)


def _finding(fault: Fault, table: str, locator: Locator) -> Finding:
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
        locator.path(table), locator.line(table, fault.row), locator.sources(table, key, fault.field),
    )  # fmt: skip


def _unread(locator: Locator) -> Iterator[Finding]:
    """The cells whose text in a document could not be read: the table has no value from there."""
    package = locator.package
    for row in locator.unread:
        table, key, field = row["table"], row["key"], row["field"]
        types = {f["name"]: accepted_form(f) for f in package.fields(table)} if table in package else {}
        accepts = types.get(field, Phrase("a field of a table"))
        template = "The text {text!r} cannot be read; accepted: {accepts}."
        message = Phrase(template, text=row["original"], accepts=accepts)
        sources = tuple(s for s in locator.sources(table, key, field) if s.document == row["document_id"])
        path, line = locator.place(table, key)
        yield Finding(WARNING, "type", table, key, field, row["original"], message, path, line, sources)
