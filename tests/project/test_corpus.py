"""What a change to checks, constraints or code lists would newly find in facts that stay as they are."""

import json
from pathlib import Path

import pytest

import esfdata
from esfdata.findings.finding import Findings

KEPT = ("severity", "check", "table", "key", "field", "value", "message")
CORPUS = Path(__file__).parents[1] / "corpus"


def told(finding: dict[str, str | None]) -> str:
    """A finding in one line."""
    place = " ".join(part for name in ("table", "key", "field") if (part := finding[name]))
    return f"{finding['severity']} {finding['check']}  {place}: {finding['message']}"


def changes(old: dict[str, dict], new: dict[str, dict]) -> list[str]:
    """The findings that come, go or are told otherwise, in the order of their text."""
    gone = [f"- {told(old[name])}" for name in old.keys() - new.keys()]
    come = [f"+ {told(new[name])}" for name in new.keys() - old.keys()]
    both = [name for name in old.keys() & new.keys() if old[name] != new[name]]
    otherwise = [f"~ {told(old[name])}\n  {told(new[name])}" for name in both]
    return sorted([*gone, *come, *otherwise], key=lambda line: (line[2:], line[0]))


def plain(findings: Findings) -> dict[str, dict]:
    """The findings by fingerprint, as far as they are kept."""
    return {finding.fingerprint: {name: getattr(finding, name) for name in KEPT} for finding in findings}


def test_the_findings_in_the_frozen_facts_are_those_accepted(request):
    path = CORPUS / "findings.json"
    found = plain(esfdata.validate(CORPUS))
    if request.config.getoption("--accept"):
        lines = ",\n".join(f" {json.dumps(n)}: {json.dumps(f, ensure_ascii=False)}" for n, f in sorted(found.items()))
        path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    differences = changes(json.loads(path.read_text(encoding="utf-8")), found)
    if differences:
        pytest.fail(
            "\n".join(["the findings differ; look at each, then run pytest --accept:", *differences]), pytrace=False
        )


def test_a_change_is_told_in_lines_that_read_well():
    finding = dict.fromkeys(KEPT) | {"severity": "error", "check": "c", "table": "t", "key": "k", "message": "Wrong."}
    old = {"1": finding, "2": finding | {"key": "l"}}
    new = {"1": finding | {"message": "Quite wrong."}, "3": finding | {"key": "m"}}
    assert [
        "~ error c  t k: Wrong.\n  error c  t k: Quite wrong.",
        "- error c  t l: Wrong.",
        "+ error c  t m: Wrong.",
    ] == changes(old, new)
