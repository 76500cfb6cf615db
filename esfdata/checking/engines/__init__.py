"""The libraries that run the checks: each module `NAME_engine.py` of this folder has one class of the base `Engine`.

Engines are found by their files; nothing is registered.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from esfdata.checking.engine import Engine
from esfdata.checking.typed_tables import TypedTables
from esfdata.exceptions import EsfdataError

POLARS = "polars"
SUFFIX = "_engine"
ENGINES = tuple(module.name.removesuffix(SUFFIX) for module in iter_modules(__path__) if module.name.endswith(SUFFIX))
"""The names of the engines; what is not installed is needed only by who uses it."""


def enter(tables: TypedTables, engine: str) -> Engine:
    """The tables in one engine; EsfdataError where it is not one of ENGINES or not installed."""
    if engine not in ENGINES:
        raise EsfdataError(f"the engine {engine!r} is not known; accepted are {', '.join(ENGINES)}")
    module = import_module(f"{__name__}.{engine}{SUFFIX}")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__]
    (made,) = (kind for kind in kinds if issubclass(kind, Engine))
    try:
        return made(tables)
    except ModuleNotFoundError as error:
        raise EsfdataError(f"the engine {engine} needs {error.name}: pip install 'esfdata[{engine}]'") from error
