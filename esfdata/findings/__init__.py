"""Marks to findings: what was found in a package, where, who says so, and what a person has let stand."""

from __future__ import annotations

from esfdata.findings.finding import Finding, Findings, Outcome, Source

__all__ = ["Finding", "Findings", "Outcome", "Source"]
