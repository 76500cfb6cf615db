"""The findings as JSON: the contract that scripts read."""

from __future__ import annotations

import json

from esfdata.findings import Findings


def write(findings: Findings, base: str = "", *, colour: bool = False) -> str:
    """Summary, checks and findings as one JSON object; paths are inside the package."""
    return json.dumps(findings.as_dict(), ensure_ascii=False, indent=2) + "\n"
