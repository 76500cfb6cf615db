"""What the code lists call the values of the tables, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from esfdata.messages.languages import ENGLISH, ORIGINAL
from esfdata.tables.package import Package

Row = Mapping[str, Any]

KINDS = ("title", "label", "name")
"""The columns of a code list that say what a code is called, each followed by `_` and a language."""


@dataclass(frozen=True)
class Codes:
    """The rows of the code lists that pages need, by key."""

    funds: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    axes: Mapping[tuple[str, str, str], Row] = field(default_factory=dict)
    objectives: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    regions: Mapping[str, Row] = field(default_factory=dict)
    statuses: Mapping[str, Row] = field(default_factory=dict)
    types: Mapping[str, Row] = field(default_factory=dict)
    indicators: Mapping[str, Row] = field(default_factory=dict)
    region_of: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Codes:
        """The code lists of a package; a list that it lacks is empty."""

        def rows(table: str) -> Iterator[dict[str, Any]]:
            if table in package:
                yield from package.lazy(table).collect().iter_rows(named=True)

        regions = {row["region_code"]: row for row in rows("regions")}
        return cls(
            {(row["programme_period"], row["fund"]): row for row in rows("funds")},
            {(row["programme_period"], row["fund"], row["priority_axis"]): row for row in rows("priority_axes")},
            {(row["programme_period"], row["specific_objective"]): row for row in rows("specific_objectives")},
            regions,
            {row["status"]: row for row in rows("statuses")},
            {row["application_type"]: row for row in rows("application_types")},
            {row["indicator"]: row for row in rows("indicator_types")},
            {row["municipality_code"]: row["region_code"] for row in rows("municipalities")},
            {
                text.casefold(): code
                for code, row in regions.items()
                for name, text in row.items()
                if name.startswith("name_")
            },
        )

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
