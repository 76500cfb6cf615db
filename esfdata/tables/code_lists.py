"""The rows of code lists: of a package that has its own, else the shipped ones."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from esfdata.exceptions import PackageError
from esfdata.libraries import pl
from esfdata.paths import share
from esfdata.tables.roles import shipped

if TYPE_CHECKING:
    from esfdata.tables.package import Package

Row = dict[str, str]


def rows(name: str, package: Package | None = None) -> tuple[Row, ...]:
    """The rows of a code list as text, an empty cell as empty text; PackageError where there is no such list."""
    if package is None or name in package.borrowed or name not in package:
        return _shipped_rows(name)
    own = package.raw(name).select(pl.all().cast(pl.String).fill_null(""))
    return tuple(own.collect().to_dicts())


@cache
def _shipped_rows(name: str) -> tuple[Row, ...]:
    """The rows of a shipped list, read once."""
    try:
        path = share("datapackage") / shipped()[name]["path"]
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))
    except (KeyError, OSError) as error:
        raise PackageError(f"the code list {name}.csv was expected beside the data package, not found") from error
