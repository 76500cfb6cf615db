"""The libraries that run the checks: each module `NAME_engine.py` of this folder is one, with `enter(frames)`.

`enter` takes the rows of the tables as Polars LazyFrames, by table, and gives them as frames of its library that
narwhals knows. Engines are found by their files; nothing is registered.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.libraries import nw, pl

POLARS = "polars"
SUFFIX = "_engine"
ENGINES = tuple(module.name.removesuffix(SUFFIX) for module in iter_modules(__path__) if module.name.endswith(SUFFIX))
"""The names of the engines; what is not installed is needed only by who uses it."""


def enter(frames: Mapping[str, pl.LazyFrame], engine: str) -> dict[str, nw.LazyFrame[Any]]:
    """The frames as narwhals LazyFrames of one engine; EsfdataError where it is not one of ENGINES or not installed."""
    if engine not in ENGINES:
        raise EsfdataError(f"the engine {engine!r} is not known; accepted are {', '.join(ENGINES)}")
    try:
        native = import_module(f"{__name__}.{engine}{SUFFIX}").enter(frames)
    except ModuleNotFoundError as error:
        raise EsfdataError(f"the engine {engine} needs {error.name}: pip install 'esfdata[{engine}]'") from error
    return {name: nw.from_native(frame).lazy() for name, frame in native.items()}
