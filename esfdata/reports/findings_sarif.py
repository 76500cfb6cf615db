"""The findings as SARIF 2.1.0, for services that show the results of analyses in the code.

Paths are relative to the folder the command runs in (`%SRCROOT%`), so that a service finds the files. A
service takes 25,000 results of a run and refuses more: the worst are kept, and a notification tells the rest.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from esfdata.__about__ import __version__
from esfdata.checking.check import ERROR, INFO, WARNING
from esfdata.findings.finding import Finding, Findings, Source
from esfdata.findings.rule import Rule
from esfdata.messages.phrase import Phrase
from esfdata.reports.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 25_000
LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
ROOT, DOCUMENTS = "%SRCROOT%", "DOCUMENTS"


def render(findings: Findings, base: str = "") -> str:
    """One run: the rules with their help, the results with their sources, and what was not run or not shown."""
    language = findings.language
    numbers = {name: number for number, name in enumerate(findings.rules)}
    shown = sorted(findings, key=lambda finding: finding.waiver is not None)[:MOST]
    notes = [
        _note(Phrase("not run: {check} ({reason})", language, check=o.check, reason=o.reason))
        for o in findings.checks
        if o.outcome == "not_run"
    ]
    if len(findings) > MOST:
        left_out = "Shortened: {n} findings are not shown here; all are in the JSON report."
        notes.append(_note(Phrase(left_out, language, n=len(findings) - MOST)))
    driver = {
        "name": "esfdata",
        "semanticVersion": __version__,
        "language": language,
        "rules": [_rule(rule, language) for rule in findings.rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder that the command ran in."}},
            DOCUMENTS: {"description": {"text": "The folder of the source documents."}},
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers, base) for finding in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    """A rule with its help: what it marks, what to do, and where it comes from."""
    reference = Phrase("Reference: {reference}", language, reference=rule.reference(language))
    parts = [rule.title(language), rule.explanation(language), rule.advice(language), reference]
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title(language)},
        "fullDescription": {"text": " ".join(part for part in parts[:2] if part)},
        "help": {"text": "\n\n".join(part for part in parts if part)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, numbers: dict[str, int], base: str) -> dict[str, Any]:
    """A finding: its place in the package, and the documents that state its cell as related places."""
    result: dict[str, Any] = {"ruleId": finding.check}
    if finding.check in numbers:
        result["ruleIndex"] = numbers[finding.check]
    parts = [part for part in (finding.table, finding.key, finding.field) if part]
    place: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": "/".join(parts), "kind": "member"}]}
    if finding.path is not None:
        place["physicalLocation"] = _physical(_relative(finding.path, base), ROOT, finding.line)
    result |= {
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [place],
        "partialFingerprints": {"esfdata/v1": finding.fingerprint},
    }
    if finding.sources:
        result["relatedLocations"] = [_related(number, source) for number, source in enumerate(finding.sources)]
    if finding.waiver is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.waiver}]
    return result


def _related(number: int, source: Source) -> dict[str, Any]:
    return {
        "id": number,
        "message": {"text": source.value or "-"},
        "physicalLocation": _physical(source.document, DOCUMENTS, source.line),
    }


def _physical(path: str, base: str, line: int | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": base}}
    return {**place, "region": {"startLine": line}} if line else place


def _relative(path: str, base: str) -> str:
    """The path from the folder of the run; inside the package, where that lies elsewhere."""
    folder = PurePath(base)
    return path if folder.is_absolute() or ".." in folder.parts else (folder / path).as_posix()


def _note(text: str) -> dict[str, Any]:
    return {"level": "note", "message": {"text": text}}


REPORT = Report(".sarif", "application/sarif+json", render, for_machines=True)
