"""A difference as JSON, for scripts."""

from __future__ import annotations

import json

from esfdata.diff.difference import Difference
from esfdata.reports.report import Report


def render(difference: Difference) -> str:
    """The difference as one JSON object."""
    return json.dumps(difference.as_dict(), ensure_ascii=False, indent=1) + "\n"


REPORT = Report(".json", "application/json", render, for_machines=True)
