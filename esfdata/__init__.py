"""Open data that people can trust, from the papers and exports of EU-funded projects in Finland."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"


from esfdata.checking.check import Check
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Finding, Findings
from esfdata.release.loading import load
from esfdata.release.writing import publish
from esfdata.resolve.extraction import extract
from esfdata.tables.package import Package, read
from esfdata.validate import validate

if TYPE_CHECKING:
    from esfdata.documents import Document

__all__ = [
    "Check", "Document", "EsfdataError", "Finding", "Findings", "Package",
    "extract", "load", "publish", "read", "validate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`Document` is imported on use: the kinds of documents take a tenth of a second to prepare."""
    if name == "Document":
        from esfdata.documents import Document

        return Document
    raise AttributeError(f"module 'esfdata' has no attribute {name!r}")
