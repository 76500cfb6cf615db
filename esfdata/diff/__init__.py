"""What changed between two packages, releases or exports."""

from __future__ import annotations

from esfdata.diff.difference import Difference, diff

__all__ = ["Difference", "diff"]
