"""What the pages show, drawn from a package once: its tables joined for the site, and what each finding is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

from esfdata.findings.finding import Finding, Findings
from esfdata.libraries import pl
from esfdata.site.code_titles import Codes
from esfdata.site.own_tables import belonging
from esfdata.site.page_names import ORGANISATIONS, PROJECTS, TABLES
from esfdata.site.record_facts import Lookups
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.fields import dtype
from esfdata.tables.package import Package
from esfdata.tables.roles import DATA, FINDING, SOURCE
from esfdata.text.persons import WITHHELD, given_names, natural_person

Row = dict[str, Any]
T = TypeVar("T")
AMOUNTS = ("granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
           "planned_total_eur", "realised_total_eur", "realised_eu_eur")  # fmt: skip
PART = "participations"
RECIPIENT = "transfer_recipient"


class Model:
    """A package and its findings as the pages need them."""

    def __init__(self, package: Package, findings: Findings) -> None:
        self.package = package
        self.findings = findings
        self.codes = Codes(package)
        self._frames: dict[str, pl.DataFrame] = {}
        self._made: dict[object, Any] = {}

    def once(self, name: object, make: Callable[[], T]) -> T:
        """What `make` gives under a name, made only once: the pages of every language are of the same numbers."""
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The tables of the package and, where it has not all of ours, the shipped ones."""
        shipped = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
        return {**shipped, **self.package.resources}

    def frame(self, table: str) -> pl.DataFrame:
        """The typed rows of a table that have a key, each key once, in the order of the key.

        A table of ours, or a field of it, that the package lacks is empty.
        """
        if table not in self._frames:
            self._frames[table] = self._read(table)
        return self._frames[table]

    def _read(self, table: str) -> pl.DataFrame:
        shipped = next((r["schema"]["fields"] for r in shipped_descriptor()["resources"] if r["name"] == table), ())
        columns = {field["name"]: dtype(field) for field in shipped}
        if table not in self.package:
            return pl.DataFrame(schema=columns)
        rows = self.package.lazy(table)
        if key := self.package.key(table):
            rows = rows.drop_nulls(key).unique(key, keep="first", maintain_order=True).sort(key, maintain_order=True)
        lacking = columns.keys() - rows.collect_schema().keys()
        return rows.with_columns(
            pl.lit(None, columns[name]).alias(name) for name in columns if name in lacking
        ).collect()

    @cached_property
    def projects(self) -> pl.DataFrame:
        """One row a project: its fields, amounts, regions, municipalities, beneficiaries and count of findings."""
        projects = self.frame("projects")
        marks = pl.DataFrame(
            [(code, len(findings)) for code, findings in sorted(self.findings_about["projects"].items())],
            schema={"project_code": pl.String(), "findings": pl.Int64()}, orient="row",
        )  # fmt: skip
        whole = projects.join(self.finance, on="project_code", how="left", maintain_order="left")
        for part in (self.places, self.beneficiaries, marks):
            whole = whole.join(part, on="project_code", how="left", maintain_order="left")
        return whole.with_columns(
            pl.col("regions").fill_null([]), pl.col("municipalities").fill_null([]),
            pl.col("beneficiaries").fill_null([]), pl.col("findings").fill_null(0),
        )  # fmt: skip

    @cached_property
    def finance(self) -> pl.DataFrame:
        """The amounts of each project."""
        return self.frame("finance").select("project_code", *AMOUNTS)

    @cached_property
    def places(self) -> pl.DataFrame:
        """The region codes and the names of municipalities of each project."""
        rows = self.frame("locations")
        text = pl.col("name").str.to_lowercase()
        by_name = text.replace_strict(dict(self.codes.names), default=None, return_dtype=pl.String())
        listed = pl.when(pl.col("code").is_in(list(self.codes.regions))).then(pl.col("code"))
        around = pl.col("code").replace_strict(dict(self.codes.region_of), default=None, return_dtype=pl.String())
        declared, level = pl.col("section") == "6", pl.col("level")
        region = (
            pl.when(level == "region").then(pl.coalesce(listed, by_name))
            .when((level == "municipality") & declared).then(around)
        )  # fmt: skip
        town = pl.when((level == "municipality") & declared).then(pl.col("name"))
        return (
            rows.with_columns(region=region, town=town)
            .group_by("project_code", maintain_order=True)
            .agg(regions=pl.col("region").drop_nulls().unique().sort(),
                 municipalities=pl.col("town").drop_nulls().unique().sort())
        )  # fmt: skip

    @cached_property
    def organisations(self) -> pl.DataFrame:
        """One row an organisation: its fields, its projects and their granted sum; natural persons are not here."""
        rows = self.frame("organisations").filter(~pl.col("organisation_id").is_in(list(self.persons)))
        leads = (pl.col("role") != RECIPIENT).any()
        part = self.frame(PART).group_by("organisation_id", "project_code", maintain_order=True).agg(leads)
        money = part.join(self.finance, on="project_code", how="left", maintain_order="left")
        led = pl.when("role").then(pl.col(AMOUNTS[0]))
        sums = money.group_by("organisation_id", maintain_order=True).agg(
            projects=pl.len(), granted=pl.when(led.count() > 0).then(led.sum())
        )
        whole = rows.join(sums, on="organisation_id", how="left", maintain_order="left")
        return whole.with_columns(pl.col("projects").fill_null(0))

    @cached_property
    def persons(self) -> frozenset[str]:
        """The identifiers of natural persons, who have no page and whose names are shown nowhere."""
        rows = self.frame("organisations").select("organisation_id", "name").iter_rows()
        given = given_names(self.package)
        return frozenset(key for key, name in rows if name == WITHHELD or natural_person(name or key[5:], given))

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each organisation that is shown."""
        return dict(self.organisations.select("organisation_id", "name").iter_rows())

    @cached_property
    def beneficiaries(self) -> pl.DataFrame:
        """The names of the beneficiaries of each project, else of its implementers."""
        rows = self.frame(PART).filter(pl.col("role") != RECIPIENT)
        first = pl.col("role") == "beneficiary"
        rows = rows.filter(first | ~first.any().over("project_code"))
        name = pl.col("organisation_id").replace_strict(self.names, default=None, return_dtype=pl.String())
        named = rows.with_columns(name=name).group_by("project_code", maintain_order=True)
        return named.agg(beneficiaries=pl.col("name").drop_nulls().unique().sort())

    @cached_property
    def findings_about(self) -> dict[str, dict[str, list[Finding]]]:
        """The standing findings by the folder of pages that they are about, and by the record or table there."""
        about: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        for finding in self.findings:
            if finding.waiver is None and (finding.key or finding.table in self.own_pages):
                folder, key = self.subject(finding)
                about[folder][key].append(finding)
        return about

    def subject(self, finding: Finding) -> tuple[str, str]:
        """What a finding is about: the folder of the page, and the record or table that the page is about."""
        table, key = finding.table, finding.key or ""
        if table in self.own_pages:
            return TABLES, table
        if table == ORGANISATIONS:
            return ORGANISATIONS, key
        for folder, tables in self.lookups.own.items():
            if table in tables:
                return folder, self._records(table, self.belonging[folder][table]).get(key, "")
        return PROJECTS, key.split("/")[0]

    def _records(self, table: str, field: str) -> dict[str, str]:
        """The record that each row of a table belongs to, by the key of the row."""

        def made() -> dict[str, str]:
            names = [pl.col(name).cast(pl.String) for name in self.package.key(table) or [field]]
            rows = self.frame(table).select(
                key=pl.concat_str(names, separator="/"), record=pl.col(field).cast(pl.String)
            )
            return dict(rows.drop_nulls().iter_rows())

        return self.once(("records", table), made)

    @cached_property
    def belonging(self) -> dict[str, dict[str, str]]:
        """By folder of records, the tables that its pages show, each with the field that refers to the record."""
        return {folder: belonging(self.resources, folder) for folder in (PROJECTS, ORGANISATIONS)}

    @cached_property
    def own_tables(self) -> list[str]:
        """The tables whose page no module makes: a user's own, and shipped ones without a `page`; no code lists."""
        by_hand = {resource["name"] for resource in shipped_descriptor()["resources"] if "page" in resource}
        return [name for name in self.package.tables_of(DATA, SOURCE, FINDING) if name not in by_hand]

    @cached_property
    def own_pages(self) -> list[str]:
        """Those of `own_tables` that have a page of their own."""
        elsewhere = {name for tables in self.belonging.values() for name in tables}
        return [name for name in self.own_tables if name not in elsewhere]

    @cached_property
    def lookups(self) -> Lookups:
        """What single pages need beside their record."""
        own = {folder: tuple(n for n in tables if n in self.own_tables) for folder, tables in self.belonging.items()}
        return Lookups(self.resources, self.codes, self.names, self.persons, own)
