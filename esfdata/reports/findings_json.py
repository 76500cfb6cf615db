"""The findings as JSON: the contract that scripts read."""

from __future__ import annotations

import json
from typing import Any

from esfdata.findings.finding import Findings
from esfdata.reports.report import Report


def render(findings: Findings) -> str:
    """Summary, checks and findings as one JSON object, a check and a finding a line; paths are inside the package."""
    parts = findings.as_dict()
    said = [f'  "{name}": {_lines(part) if isinstance(part, list) else _text(part)}' for name, part in parts.items()]
    return "{\n" + ",\n".join(said) + "\n}\n"


def _lines(rows: list[Any]) -> str:
    return "[\n" + ",\n".join(f"    {_text(row)}" for row in rows) + "\n  ]" if rows else "[]"


_text = json.JSONEncoder(ensure_ascii=False).encode


REPORT = Report(".json", "application/json", render, for_machines=True)
