"""What a file of checks imports: `from esfdata.checks import ERROR, check`."""

from __future__ import annotations

from esfdata.checking.check import ERROR, INFO, SEVERITIES, WARNING, Check, Example, check, load_checks
from esfdata.checking.table import Table

__all__ = ["ERROR", "INFO", "SEVERITIES", "WARNING", "Check", "Example", "Table", "check", "load_checks"]
