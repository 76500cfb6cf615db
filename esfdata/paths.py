"""Where what ships beside the code lies: the data package and the checks."""

from __future__ import annotations

from pathlib import Path

LIBRARY = Path(__file__).resolve().parent
"""The folder of the installed library."""


def share(name: str) -> Path:
    """The folder `name` (`datapackage` or `checks`) of the installed wheel, else of the checkout."""
    return LIBRARY / "share" / name if (LIBRARY / "share").is_dir() else LIBRARY.parent / name
