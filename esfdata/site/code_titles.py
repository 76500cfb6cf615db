"""What the code lists call the values of the tables, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.messages.languages import ENGLISH, ORIGINAL
from esfdata.tables.package import Package

Row = Mapping[str, Any]

KINDS = ("title", "label", "name")
"""The columns of a code list that say what a code is called, each followed by `_` and a language."""


class Codes:
    """The rows of the code lists that pages need, by key; a list that the package lacks is empty."""

    def __init__(self, package: Package) -> None:
        def rows(table: str, *key: str) -> dict[Any, Row]:
            listed = package.lazy(table).collect().rows(named=True) if table in package else []
            return {row[key[0]] if len(key) == 1 else tuple(row[name] for name in key): row for row in listed}

        self.funds = rows("funds", "programme_period", "fund")
        self.axes = rows("priority_axes", "programme_period", "fund", "priority_axis")
        self.objectives = rows("specific_objectives", "programme_period", "specific_objective")
        self.regions = rows("regions", "region_code")
        self.statuses = rows("statuses", "status")
        self.types = rows("application_types", "application_type")
        self.indicators = rows("indicator_types", "indicator")
        self.region_of = {code: row["region_code"] for code, row in rows("municipalities", "municipality_code").items()}
        names = [(row[name], code) for code, row in self.regions.items() for name in row if name.startswith("name_")]
        self.names = {name.casefold(): code for name, code in names}

    def region(self, code: str, language: str) -> str:
        """The name of a region."""
        return _title(self.regions.get(code), language, code)

    def fund(self, period: str | None, fund: str | None, language: str) -> str:
        """The full name of a fund."""
        return _title(self.funds.get((period or "", fund or "")), language, fund or "")

    def axis(self, key: tuple[str, str, str], language: str) -> str:
        """The title of a priority axis."""
        return _title(self.axes.get(key), language)

    def objective(self, key: tuple[str, str], language: str) -> str:
        """The title of a specific objective."""
        return _title(self.objectives.get(key), language)

    def status(self, status: str | None, language: str) -> str:
        """The status in a language; as the source has it where the list does not know it."""
        return _title(self.statuses.get(status or ""), language, status or "")

    def type(self, value: str | None, language: str) -> str:
        """The title of a type of application."""
        return _title(self.types.get(value or ""), language, value or "")

    def indicator(self, value: str, language: str) -> str:
        """The title of an indicator."""
        return _title(self.indicators.get(value), language, value)


def _title(row: Row | None, language: str, code: str = "") -> str:
    """What a row of a code list is called in a language, else in English; in the language of the documents the code."""
    spoken = (language,) if language == ORIGINAL else (language, ENGLISH)
    titles = (row.get(f"{kind}_{name}") for name in spoken for kind in KINDS) if row else ()
    return str(next(filter(None, titles), code))
