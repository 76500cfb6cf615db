"""Reports of findings: one module a format, each with `write(findings, base) -> str`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Findings

if TYPE_CHECKING:
    from esfdata.diff.difference import Difference

FORMATS = ("text", "json", "markdown", "github", "sarif", "junit", "html")
DIFFERENCES = ("text", "markdown", "json", "html")
FOR_MACHINES = ("json", "sarif")
"""The formats that are in English unless a language is asked for, so that no environment changes them."""


def report(findings: Findings, format: str, base: str = "", *, colour: bool = False) -> str:
    """The findings in one of FORMATS; `base` is the package's path, put before the paths of findings."""
    module = import_module(f"esfdata.reports.findings_{format}")
    return str(module.write(findings, base, colour=colour))


def render(difference: Difference, format: str = "text") -> str:
    """The difference in one of DIFFERENCES, the text with a summary first."""
    if format not in DIFFERENCES:
        raise EsfdataError(f"no format {format!r} of a difference; accepted: {', '.join(DIFFERENCES)}")
    return str(import_module(f"esfdata.reports.diff_{format}").write(difference))


def place(path: str | None, line: int | None, base: str) -> str:
    """Where a finding is, as `path:line`, so that editors and terminals can open it."""
    if path is None:
        return ""
    whole = f"{base.rstrip('/')}/{path}" if base else path
    return f"{whole}:{line}" if line else whole
