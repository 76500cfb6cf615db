"""Open data that people can trust, from the papers and exports of EU-funded projects in Finland."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"


def share(name: str) -> Path:
    """The folder `name` (`datapackage` or `checks`) of the installed wheel, else of the checkout."""
    here = Path(__file__).resolve().parent
    return here / "share" / name if (here / "share").is_dir() else here.parent / name


from esfdata.checks import Check  # noqa: E402
from esfdata.exceptions import EsfdataError  # noqa: E402
from esfdata.extract import extract  # noqa: E402
from esfdata.findings import Finding, Findings  # noqa: E402
from esfdata.package import Package, read  # noqa: E402
from esfdata.publish import publish  # noqa: E402
from esfdata.releases import load  # noqa: E402
from esfdata.validate import validate  # noqa: E402

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
