"""The page of one organisation: its facts, its projects, and where every value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from esfdata.site import provenance
from esfdata.site.page_names import ORGANISATIONS, slug
from esfdata.site.page_writer import Pages
from esfdata.site.record_facts import Lookups, Record, differ

Row = dict[str, Any]
LISTED = 100
FACTS = ("business_id", "organisation_type", "phone", "website")


class OrganisationPages:
    """Writes organisation pages of one language."""

    def __init__(self, lookups: Lookups, pages: Pages) -> None:
        self._lookups = lookups
        self._pages = pages
        titles = lookups.titles(pages.language)
        self._titles = {field: titles["organisations", field] for field in lookups.fields("organisations")}

    def write(self, record: Record) -> None:
        """Write the page of one organisation."""
        row, words = record.row, self._pages.words
        roles: dict[str, tuple[Row, list[str]]] = {}
        for part in record.rows["participations"]:
            said = words.of(f"role_{part['role']}", part["role"])
            roles.setdefault(part["project_code"], (part, []))[1].append(said)
        projects = sorted(roles.values(), key=lambda one: (one[0]["start_date"] is None, str(one[0]["start_date"]),
                                                           one[0]["project_code"]))  # fmt: skip
        self._pages.write(
            f"organisations/{slug(record.key)}.html", "organisation.html", key=record.key, row=row,
            facts=list(self._facts(row)), count=len(projects), listed=LISTED,
            projects=[(part, ", ".join(said)) for part, said in projects[:LISTED]],
            findings=record.findings.get(self._pages.language, []),
            cells=self._cells(record), own=self._lookups.sections(record, ORGANISATIONS, words),
        )  # fmt: skip

    def _facts(self, row: Row) -> Iterator[tuple[str, str]]:
        for name in FACTS:
            if row[name]:
                yield self._titles[name], row[name]
        address = ", ".join(part for part in (
            row["street_address"], f"{row['postal_code'] or ''} {row['city'] or ''}".strip()) if part)  # fmt: skip
        if address:
            yield self._titles["street_address"], address

    def _cells(self, record: Record) -> list[Markup]:
        """Each field with its value and the different things that documents say of it, counted."""
        cells: dict[str, dict[str, list[Row]]] = {}
        for statement in record.statements:
            cells.setdefault(statement["field"], {}).setdefault(statement["value"] or "–", []).append(statement)
        return [
            provenance.row(
                self._titles.get(field, field), record.row.get(field) or next(iter(said)),
                ((value, stated[0], len(stated)) for value, stated in said.items()), self._pages.words,
                differs=differ(said),
            ) for field, said in cells.items()
        ]  # fmt: skip
