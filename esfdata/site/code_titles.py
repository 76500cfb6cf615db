"""What the code lists call the values of the tables, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from esfdata.tables.package import Package

Row = Mapping[str, Any]


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
            {row[name].casefold(): code for code, row in regions.items() for name in ("name_fi", "name_sv", "name_en")},
        )

    def region(self, code: str, language: str) -> str:
        """The name of a region."""
        row = self.regions.get(code)
        return str(row[f"name_{language}"]) if row else code

    def fund(self, period: str | None, fund: str | None, language: str) -> str:
        """The full name of a fund."""
        return _title(self.funds.get((period or "", fund or "")), language) or fund or ""

    def axis(self, key: tuple[str, str, str], language: str) -> str:
        """The title of a priority axis."""
        return _title(self.axes.get(key), language)

    def objective(self, key: tuple[str, str], language: str) -> str:
        """The title of a specific objective."""
        return _title(self.objectives.get(key), language)

    def status(self, status: str | None, language: str) -> str:
        """The status in a language; as the source has it where the list does not know it."""
        row = self.statuses.get(status or "")
        return str(row[f"title_{language}"]) if row and language != "fi" else status or ""

    def type(self, value: str | None, language: str) -> str:
        """The title of a type of application."""
        return _title(self.types.get(value or ""), language) or value or ""

    def indicator(self, value: str, language: str) -> str:
        """The title of an indicator."""
        row = self.indicators.get(value)
        return str(row["label_fi"] if language == "fi" else row[f"title_{language}"]) if row else value


def _title(row: Row | None, language: str) -> str:
    return str(row.get(f"title_{language}") or "") if row else ""
