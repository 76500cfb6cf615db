"""pandera schemas of the tables for Polars: `esfdata.schemas.polars.projects` is the one of projects.

A LazyFrame is checked as a DataFrame is, values too; pandera by itself would look at its columns only.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from esfdata.tables.descriptor import shipped_descriptor


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module("esfdata.compile.pandera_schemas").shipped(name, "polars")


def __dir__() -> list[str]:

    return sorted(resource["name"] for resource in shipped_descriptor()["resources"])
