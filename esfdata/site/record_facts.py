"""What the pages of single projects and organisations need beside their record: small, and fit to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from esfdata.messages.languages import translated
from esfdata.site.code_titles import Codes
from esfdata.site.own_tables import Section, section
from esfdata.site.words import Words
from esfdata.text import fold


@dataclass(frozen=True)
class Lookups:
    """The descriptor's resources by name, the code lists, the names of organisations, and who is a natural person.

    `own` are the tables of a user's own that the pages of single records show, by the folder of the pages.
    """

    resources: Mapping[str, Mapping[str, Any]]
    codes: Codes
    names: Mapping[str, str | None]
    persons: frozenset[str]
    own: Mapping[str, tuple[str, ...]]

    def titles(self, language: str) -> dict[tuple[str, str], str]:
        """The title of each field, by table and field."""
        return {
            (table, one["name"]): translated(one, language)
            for table, resource in self.resources.items()
            for one in resource.get("schema", {}).get("fields", [])
        }

    def fields(self, table: str) -> list[str]:
        """The names of the fields of a table."""
        return [one["name"] for one in self.resources[table]["schema"]["fields"]]

    def key(self, table: str) -> list[str]:
        """The names of the fields of the primary key."""
        key = self.resources[table]["schema"].get("primaryKey", [])
        return [key] if isinstance(key, str) else list(key)

    def sections(self, record: Record, folder: str, words: Words) -> list[Section]:
        """The tables of a user's own that have rows about a record."""
        return [section(self.resources[name], rows, self.persons, words)
                for name in self.own[folder] if (rows := record.rows[name])]  # fmt: skip

    def withheld(self, key: str | None) -> bool:
        """Whether a key names a natural person."""
        return bool(key and self.persons and not self.persons.isdisjoint(key.split("/")))


def differ(values: Iterable[str | None]) -> bool:
    """Whether stated values differ in more than case, accents and signs."""
    distinct = set(values)
    return len(distinct) > 1 and len({fold(value or "") for value in distinct}) > 1


@dataclass(frozen=True)
class Record:
    """All that one page is about: the row, the rows of other tables, the statements, the findings by language.

    In `made` the page of one language keeps what those of the others can use.
    """

    key: str
    row: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    statements: list[dict[str, Any]]
    findings: dict[str, list[dict[str, Any]]]
    made: dict[str, Any] = field(default_factory=dict)
