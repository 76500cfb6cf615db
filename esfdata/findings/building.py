"""Findings made of the marks of a run, with their addresses, and what came of each constraint and check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esfdata.checking.check import ERROR, WARNING, Check
from esfdata.checking.marks import Fault, Marks
from esfdata.findings.address import Locator
from esfdata.findings.finding import Finding, Outcome
from esfdata.messages.phrase import Phrase
from esfdata.tables.fields import accepted_form
from esfdata.tables.not_judged import not_judged


def findings_of(marks: Marks, checks: Sequence[Check]) -> tuple[list[Finding], list[Outcome]]:
    """What a run marked as findings with their addresses, and what came of each constraint and check."""
    locator = Locator(marks)
    findings = [_finding(fault, name, locator) for name, faults in marks.faults.items() for fault in faults]
    unread = list(_unread(locator))
    findings += unread
    counts = {**marks.counts, "type": marks.counts["type"] + len(unread)}
    judged = sum(marks.heights[name] for name in marks.faults)
    outcomes = [Outcome(word, "marked" if n else "passed", judged, n) for word, n in counts.items()]
    reasons = not_judged(marks.tables.package, marks.faults)
    outcomes += [Outcome(place, "not_run", reason=reason) for place, reason in reasons.items()]
    for check in checks:
        if check.name in marks.not_run:
            outcomes.append(Outcome(check.name, "not_run", reason=marks.not_run[check.name]))
            continue
        _, shown, count, rows = marks.checks[check.name]
        outcomes.append(Outcome(check.name, "marked" if count else "passed", shown, count))
        findings += [locator.finding(check, row) for row in rows]
    return findings, outcomes


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
