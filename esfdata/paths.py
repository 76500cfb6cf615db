"""Where what belongs to the library lies: the data package and the checks beside the code, the modules of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

LIBRARY = Path(__file__).resolve().parent
"""The folder of the installed library."""


def share(name: str) -> Path:
    """The folder `name` (`datapackage` or `checks`) of the installed wheel, else of the checkout."""
    return LIBRARY / "share" / name if (LIBRARY / "share").is_dir() else LIBRARY.parent / name


def modules(package: str) -> Iterator[ModuleType]:
    """The modules of a folder of the library (`esfdata.release.formats`), in the order of their names."""
    folder = LIBRARY.joinpath(*package.split(".")[1:])
    return (import_module(f"{package}.{module.name}") for module in iter_modules([str(folder)]))
