"""What the pages show, drawn from a package once: a listing of all projects, and records in portions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeVar, cast

from esfdata.findings.finding import Finding, Findings
from esfdata.libraries import pl
from esfdata.site.code_titles import Codes
from esfdata.site.page_names import ORGANISATIONS, PROJECTS
from esfdata.site.record_facts import Lookups, Record
from esfdata.tables.fields import dtype
from esfdata.tables.package import Package, shipped_descriptor
from esfdata.tables.roles import DATA, page, role
from esfdata.text.persons import WITHHELD, natural_person

Row = dict[str, Any]
T = TypeVar("T")
AMOUNTS = ("granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
           "planned_total_eur", "realised_total_eur", "realised_eu_eur")  # fmt: skip
PORTION = 500


class Model:
    """A package and its findings as the pages need them."""

    def __init__(self, package: Package, findings: Findings) -> None:
        self.package = package
        self.findings = findings
        self.codes = Codes.of(package)
        self._frames: dict[str, pl.DataFrame] = {}
        self._made: dict[object, Any] = {}

    def once(self, name: object, make: Callable[[], T]) -> T:
        """What `make` gives under a name, made only once: the pages of every language are of the same numbers."""
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    def frame(self, table: str) -> pl.DataFrame:
        """The typed rows of a table that have a key, each key once, in the order of the key."""
        if table not in self._frames:
            self._frames[table] = self._read(table)
        return self._frames[table]

    def _read(self, table: str) -> pl.DataFrame:

        if table not in self.package:
            schema = next(r["schema"] for r in shipped_descriptor()["resources"] if r["name"] == table)
            return pl.DataFrame(schema={field["name"]: dtype(field) for field in schema["fields"]})
        key = self.package.key(table)
        rows = self.package.lazy(table).drop_nulls(key).unique(key, keep="first", maintain_order=True)
        return rows.sort(key, maintain_order=True).collect()

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
        leads = (pl.col("role") != "transfer_recipient").any()
        part = self.frame("participations").group_by("organisation_id", "project_code", maintain_order=True).agg(leads)
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
        return frozenset(key for key, name in rows if name == WITHHELD or natural_person(name or key[5:]))

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each organisation that is shown."""
        return dict(self.organisations.select("organisation_id", "name").iter_rows())

    @cached_property
    def beneficiaries(self) -> pl.DataFrame:
        """The names of the beneficiaries of each project, else of its implementers."""
        rows = self.frame("participations").filter(pl.col("role") != "transfer_recipient")
        first = pl.col("role") == "beneficiary"
        rows = rows.filter(first | ~first.any().over("project_code"))
        name = pl.col("organisation_id").replace_strict(self.names, default=None, return_dtype=pl.String())
        named = rows.with_columns(name=name).group_by("project_code", maintain_order=True)
        return named.agg(beneficiaries=pl.col("name").drop_nulls().unique().sort())

    @cached_property
    def findings_about(self) -> dict[str, dict[str, list[Finding]]]:
        """The standing findings by what they are about: `projects` by code, `organisations` by identifier."""
        about: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        for finding in self.findings:
            if finding.waiver is None and finding.key:
                about[ORGANISATIONS if finding.table == ORGANISATIONS else PROJECTS][subject(finding)].append(finding)
        return about

    @cached_property
    def lookups(self) -> Lookups:
        """What single pages need beside their record."""
        shipped = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
        own = tuple(name for name in self.of_projects if name not in shipped)
        return Lookups({**shipped, **self.package.resources}, self.codes, self.names, self.persons, own)

    @cached_property
    def of_projects(self) -> list[str]:
        """The tables whose rows are shown on the pages of projects, beside that of projects."""
        resources = {r["name"]: r for r in (*shipped_descriptor()["resources"], *self.package.descriptor["resources"])}
        return [
            name for name, resource in resources.items()
            if role(resource) == DATA and page(resource) == PROJECTS and name != PROJECTS
        ]  # fmt: skip

    def project_records(self, size: int = PORTION) -> Iterator[list[Record]]:
        """The projects in portions, each with its rows, statements and findings."""
        tables = {table: self.frame(table) for table in self.of_projects}
        statements = self.frame("statements").filter(pl.col("table").is_in([PROJECTS, *tables]))
        statements = statements.with_columns(subject=pl.col("key").str.split("/").list.first())
        documents = self.frame("documents")
        for start in range(0, self.projects.height, size):
            portion = self.projects.slice(start, size)
            codes = portion["project_code"].implode()
            parts = {name: _by(rows, "project_code", codes) for name, rows in tables.items()}
            stated = _by(statements, "subject", codes)
            ids = {row["document_id"] for rows in stated.values() for row in rows}
            papers = {row["document_id"]: row for row in documents.filter(
                pl.col("document_id").is_in(list(ids))).iter_rows(named=True)}  # fmt: skip
            records = []
            for row in portion.iter_rows(named=True):
                code = row["project_code"]
                rows = {name: part.get(code, []) for name, part in parts.items()}
                own = [s for s in stated.get(code, []) if not self.lookups.withheld(s["key"])]
                used = sorted({s["document_id"] for s in own})
                rows["documents"] = [papers[name] for name in used if name in papers]
                records.append(Record(code, row, rows, own, {}))
            yield records

    def organisation_records(self, size: int = PORTION) -> Iterator[list[Record]]:
        """The organisations in portions, each with its participations, statements and findings."""
        part = self.frame("participations")
        about = self.projects.select("project_code", "name", "start_date", AMOUNTS[0])
        part = part.join(about, on="project_code", how="left", maintain_order="left")
        statements = self.frame("statements").filter(pl.col("table") == "organisations")
        for start in range(0, self.organisations.height, size):
            portion = self.organisations.slice(start, size)
            keys = portion["organisation_id"].implode()
            parts, stated = _by(part, "organisation_id", keys), _by(statements, "key", keys)
            yield [
                Record(row["organisation_id"], row, {"participations": parts.get(row["organisation_id"], [])},
                       stated.get(row["organisation_id"], []), {})
                for row in portion.iter_rows(named=True)
            ]  # fmt: skip


def subject(finding: Finding) -> str:
    """What a finding is about: the first part of its key."""
    return (finding.key or "").split("/")[0] if finding.table != "organisations" else finding.key or ""


def _by(rows: pl.DataFrame, column: str, keys: pl.Series) -> dict[str, list[Row]]:
    """The rows of these keys, by key."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows.filter(pl.col(column).is_in(keys)).iter_rows(named=True):
        groups[row[column]].append(row)
    return groups
