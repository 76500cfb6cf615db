"""The page of one project: its facts, and where every value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from esfdata.messages.languages import translated
from esfdata.site import provenance
from esfdata.site.page_names import PROJECTS, axis_page, objective_page, slug
from esfdata.site.page_writer import Pages
from esfdata.site.record_facts import Lookups, Record, differ
from esfdata.site.words import Words

Row = dict[str, Any]
FACTS = ("status", "start_date", "end_date", "authority", "application_type", "priority_axis", "specific_objective")
SITE = ("site_street_address", "site_postal_code", "site_city")
PAIRS = (("granted_eu_state_eur", "realised_eu_state_eur", "eu_state"),
         ("planned_public_eur", "realised_public_eur", "public"),
         ("planned_total_eur", "realised_total_eur", "total"),
         (None, "realised_eu_eur", "eu"))  # fmt: skip
PEOPLE = ("participating_persons", "participating_enterprises")
GROUPS = ("ecological", "economic", "social")


class ProjectPages:
    """Writes project pages of one language."""

    def __init__(self, lookups: Lookups, pages: Pages) -> None:
        self._lookups = lookups
        self._pages = pages
        self._words: Words = pages.words
        self._titles = lookups.titles(pages.language)
        self._names = lookups.names

    def write(self, record: Record) -> None:
        """Write the page of one project."""
        row, codes = record.row, self._lookups.codes
        scores = {(r["indicator"], r["measure"]): r["value"] for r in record.rows["indicators"]}
        self._pages.write(
            f"projects/{slug(record.key)}.html", "project.html",
            code=record.key, row=row, fund=codes.fund(row["programme_period"], row["fund"], self.language),
            status=codes.status(row["status"], self.language), facts=list(self._facts(row)),
            money=list(self._money(row)), organisations=self._organisations(record.rows["participations"]),
            people=[(self.indicator(name), scores.get((name, "planned")), scores.get((name, "realised")))
                    for name in PEOPLE if (name, "planned") in scores or (name, "realised") in scores],
            stated=[(self.indicator(name), value) for (name, measure), value in scores.items() if measure == "stated"],
            sustainability=self._sustainability(scores), places=self._places(record.rows["locations"]),
            figures=self._figures(record.rows["figures"]), findings=record.findings.get(self.language, []),
            cells=self._cells(record), documents=record.rows["documents"],
            own=self._lookups.sections(record, PROJECTS, self._words),
        )  # fmt: skip

    @property
    def language(self) -> str:
        """The language of the pages."""
        return self._words.language

    def indicator(self, name: str) -> str:
        """The title of an indicator."""
        return self._lookups.codes.indicator(name, self.language)

    def _facts(self, row: Row) -> Iterator[tuple[str, str, str | None]]:
        """Label, value, and the page that the value leads to."""
        codes, language = self._lookups.codes, self.language
        period, fund, axis, objective = (row[n] for n in FACTS_OF_PROGRAMME)
        key = (period or "", fund or "", axis or "")
        page = axis_page(key) if key in codes.axes else None
        said: dict[str, tuple[Any, str | None]] = {
            "status": (codes.status(row["status"], language), None),
            "application_type": (codes.type(row["application_type"], language), None),
            "priority_axis": (_joined(axis, codes.axis(key, language)), page),
            "specific_objective": (
                _joined(objective, codes.objective((period or "", objective or ""), language)),
                objective_page((period, objective)) if (period, objective) in codes.objectives else None,
            ),
        }
        for name in FACTS:
            value, link = said.get(name, (row[name], None))
            if value:
                yield self._titles["projects", name], self._shown(value), link
        site = " ".join(str(row[name]) for name in SITE if row.get(name))
        if site:
            yield self._titles["projects", SITE[0]], site, None

    def _shown(self, value: Any) -> str:
        """A value as people read it."""
        if isinstance(value, date):
            return self._words.day(value)
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return self._words.exact(value)
        return str(value)

    def _money(self, row: Row) -> Iterator[tuple[str, Decimal | None, Decimal | None, Decimal]]:
        """Kind of funding, planned, realised, and the top of the scale."""
        amounts = [row[name] for pair in PAIRS for name in pair[:2] if name and row[name] is not None]
        top = max([*amounts, Decimal(0)])
        for planned, realised, kind in PAIRS:
            plan, real = row[planned] if planned else None, row[realised]
            if plan is not None or real is not None:
                yield getattr(self._words, f"money_{kind}"), plan, real, top

    def _organisations(self, rows: Sequence[Row]) -> list[tuple[str, str | None, str]]:
        """Name, page and roles of each organisation."""
        roles: dict[str, list[str]] = {}
        for row in rows:
            roles.setdefault(row["organisation_id"], []).append(self._words.of(f"role_{row['role']}", row["role"]))
        organisations = []
        for key, said in roles.items():
            shown = key in self._names
            name = self._names[key] or key if shown else self._words.person if self._lookups.withheld(key) else key
            organisations.append((name, f"organisations/{slug(key)}.html" if shown else None, ", ".join(said)))
        return organisations

    def _sustainability(self, scores: dict[tuple[str, str], int | None]) -> list[tuple[str, list[Any]]]:
        """The scored items by group: title, direct and indirect score."""
        groups = []
        for group in GROUPS if scores else ():
            names = [name for name, row in self._lookups.codes.indicators.items() if row["group"] == group]
            pairs = [(name, scores.get((name, "direct")), scores.get((name, "indirect"))) for name in names]
            items = [(self.indicator(name), *pair) for name, *pair in pairs if pair != [None, None]]
            if items:
                groups.append((getattr(self._words, f"group_{group}"), items))
        return groups

    def _places(self, rows: Sequence[Row]) -> list[tuple[str, list[tuple[str, str | None, str]]]]:
        """For each level its places: name, page, and where it is named if not declared."""
        places = []
        for level in ("region", "subregion", "municipality"):
            names: dict[str, set[str]] = {}
            for row in rows:
                if row["level"] == level:
                    names.setdefault(row["name"], set()).add(row["section"])
            if names:
                places.append((getattr(self._words, f"level_{level}"), [
                    (self._place(name, level), self._region(name) if level == "region" else None,
                     "" if "6" in sections else ", ".join(self._words.of(f"section_{s}", s) for s in sorted(sections)))
                    for name, sections in names.items()]))  # fmt: skip
        return places

    def _place(self, name: str, level: str) -> str:
        code = self._lookups.codes.names.get(name.casefold()) if level == "region" else None
        return self._lookups.codes.region(code, self.language) if code else name

    def _region(self, name: str) -> str | None:
        code = self._lookups.codes.names.get(name.casefold())
        return f"regions/{slug(code)}.html" if code else None

    def _figures(self, rows: Sequence[Row]) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The numbers out of the narrative: group, document, and each item with its value."""
        groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in rows:
            unit = row["unit"] or ""
            value = self._words.money(row["value"]) if unit == "EUR" else self._words.exact(row["value"])
            value += "\u00a0%" if unit == "%" else ""
            item = self._words.of(f"item_{row['item']}", row["item"].replace("_", " "))
            groups.setdefault((row["group"], row["document_id"]), []).append((item, value))
        return [(self._words.of(f"figures_{group}", group.replace("_", " ")), document, items)
                for (group, document), items in groups.items()]  # fmt: skip

    def _cells(self, record: Record) -> list[tuple[str, list[Markup]]]:
        """The statements by table and cell, as rows of the table of sources."""
        if "cells" not in record.made:
            record.made["cells"] = list(_cells(record, self._lookups))
        tables: dict[str, list[Markup]] = {}
        for table, key, field, value, stated, differs in record.made["cells"]:
            said = ((s["value"], s, 1) for s in stated)
            label = self._label(table, key, field)
            tables.setdefault(table, []).append(provenance.row(label, value, said, self._words, differs=differs))
        return [(self._table(table), rows) for table, rows in tables.items()]

    def _table(self, table: str) -> str:
        return translated(self._lookups.resources[table], self.language) if table in self._lookups.resources else table

    def _label(self, table: str, key: str, field: str) -> str:
        """What a cell is called: its field, and for tables with longer keys what the rest of the key says."""
        rest = key.split("/")[1:]
        if table == "indicators" and len(rest) == 2:
            return f"{self.indicator(rest[0])}: {self._words.of(f'measure_{rest[1]}', rest[1])}"
        if table == "locations" and len(rest) == 3:
            where = self._words.of(f"section_{rest[2]}", rest[2])
            return f"{self._place(rest[1], rest[0])} ({where}): {self._titles.get((table, field), field)}"
        if table == "participations" and len(rest) >= 2:
            name = self._names.get("/".join(rest[:-1])) or "/".join(rest[:-1])
            return f"{name}: {self._words.of(f'role_{rest[-1]}', rest[-1])}"
        if table == "figures" and len(rest) == 3:
            item = self._words.of(f"item_{rest[2]}", rest[2].replace("_", " "))
            return f"{self._words.of(f'figures_{rest[1]}', rest[1].replace('_', ' '))}: {item}"
        return self._titles.get((table, field), field)


FACTS_OF_PROGRAMME = ("programme_period", "fund", "priority_axis", "specific_objective")


def _joined(code: str | None, title: str) -> str:
    return f"{code} {title}".strip() if code else ""


def _cells(record: Record, lookups: Lookups) -> Iterator[tuple[str, str, str, str | None, list[Row], bool]]:
    """Each stated cell in the order of tables: table, key, field, value, its statements, and whether they differ."""
    values = _values(record, lookups)
    cells: dict[tuple[str, str, str], list[Row]] = {}
    for statement in record.statements:
        cells.setdefault((statement["table"], statement["key"], statement["field"]), []).append(statement)
    order = {name: place for place, name in enumerate(lookups.resources)}
    for cell, stated in sorted(cells.items(), key=lambda one: order.get(one[0][0], len(order))):
        yield *cell, values.get(cell) or stated[0]["value"], stated, differ(s["value"] for s in stated)


def _values(record: Record, lookups: Lookups) -> dict[tuple[str, str, str], str]:
    """The value that stands in the tables, by table, key and field."""
    values: dict[tuple[str, str, str], str] = {}
    for table, rows in {"projects": [record.row], **record.rows}.items():
        if table == "documents":
            continue
        names, keys = lookups.fields(table), lookups.key(table)
        for row in rows:
            key = "/".join(str(row[name]) for name in keys)
            values |= {(table, key, name): str(row[name]) for name in names if row.get(name) is not None}
    return values
