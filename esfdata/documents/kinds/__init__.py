"""The kinds of papers: each module or package in this folder declares one as `KIND`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from esfdata.documents.kind import Kind

_DECLARED: list[Kind] = [import_module(f"{__name__}.{module.name}").KIND for module in iter_modules(__path__)]
KINDS = {kind.name: kind for kind in sorted(_DECLARED, key=lambda kind: kind.rank)}
"""The kinds by name, the one whose statements are preferred first."""
