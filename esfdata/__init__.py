"""Open data that people can trust, from the papers and exports of EU-funded projects in Finland."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from esfdata.__about__ import __version__

if TYPE_CHECKING:
    from esfdata.checking.check import Check
    from esfdata.documents.document import Document
    from esfdata.exceptions import EsfdataError
    from esfdata.findings.finding import Finding, Findings
    from esfdata.findings.validation import validate
    from esfdata.publishing import publish
    from esfdata.release.loading import load
    from esfdata.resolve.extraction import extract
    from esfdata.tables.package import Package
    from esfdata.tables.reading import read

__all__ = [
    "Check", "Document", "EsfdataError", "Finding", "Findings", "Package", "__version__",
    "extract", "load", "publish", "read", "validate",
]  # fmt: skip

HOMES = {
    "Check": "checking.check",
    "Document": "documents.document",
    "EsfdataError": "exceptions",
    "Finding": "findings.finding",
    "Findings": "findings.finding",
    "Package": "tables.package",
    "extract": "resolve.extraction",
    "load": "release.loading",
    "publish": "publishing",
    "read": "tables.reading",
    "validate": "findings.validation",
}
"""Where each public name is made; it is imported when it is first used, so that `import esfdata` costs little."""


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'esfdata' has no attribute {name!r}")
    return globals().setdefault(name, getattr(import_module(f"esfdata.{HOMES[name]}"), name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
