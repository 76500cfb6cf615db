"""The declared constraints and all checks as Great Expectations suites, with Data Docs.

Checks reach Great Expectations as columns of their name that are true where a row is marked: one row is
one finding, also where a check looks into several tables. `columns` computes them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from esfdata.checking.check import ERROR, INFO, WARNING, Check, load_checks
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Finding, Findings
from esfdata.findings.validation import validate as judge
from esfdata.libraries import pd, pl
from esfdata.paths import share
from esfdata.tables.constraints import Resource, Rule, key, listed, required, rules, unique
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.fields import joined
from esfdata.tables.package import Package

Mark = tuple[str, str, str, int]
Suite = dict[str, Any]

SEVERITIES = {ERROR: "critical", WARNING: "warning", INFO: "info"}
TYPES = {
    "required": "expect_column_values_to_not_be_null",
    "enum": "expect_column_values_to_be_in_set",
    "pattern": "expect_column_values_to_match_regex",
    "minimum": "expect_column_values_to_be_between",
    "maximum": "expect_column_values_to_be_between",
    "exclusiveMinimum": "expect_column_values_to_be_between",
    "exclusiveMaximum": "expect_column_values_to_be_between",
    "minLength": "expect_column_value_lengths_to_be_between",
    "maxLength": "expect_column_value_lengths_to_be_between",
    "unique": "expect_column_values_to_be_unique",
    "primary-key": "expect_compound_columns_to_be_unique",
}
ARGUMENTS = {
    "enum": "value_set", "pattern": "regex", "minimum": "min_value", "maximum": "max_value", "minLength": "min_value",
    "maxLength": "max_value", "exclusiveMinimum": "min_value", "exclusiveMaximum": "max_value",
}  # fmt: skip
STRICT = {"exclusiveMinimum": {"strict_min": True}, "exclusiveMaximum": {"strict_max": True}}
NOTES = (
    "An expectation with meta.check is about a column of the check's name that is true where a row is marked; "
    "esfdata.compile.expectation_suites.columns adds these columns to a table."
)


def text(resources: Sequence[Resource]) -> str:
    """The suites of tables as JSON text.

    Args:
        resources: The resources of a descriptor.

    Returns:
        One suite for one table, else a list of suites.
    """
    checks = load_checks(share("checks"))
    suites = [suite(resource, checks) for resource in resources]
    return json.dumps(suites[0] if len(suites) == 1 else suites, ensure_ascii=False, indent=2)


def suite(resource: Resource | str, checks: Sequence[Check] | None = None) -> Suite:
    """The ExpectationSuite of a table.

    Foreign keys and types are not in it: a suite sees one table, and a typed one.

    Args:
        resource: A resource of a descriptor, or the name of a shipped one.
        checks: The checks to include (default: the shipped ones).

    Returns:
        A dict of JSON types, as `ExpectationSuite(**suite)` takes it.
    """
    shipped = {one["name"]: one for one in shipped_descriptor()["resources"]}
    declared: Resource = shipped[resource] if isinstance(resource, str) else resource
    checks = load_checks(share("checks")) if checks is None else checks
    judging = [_check(one) for one in checks if one.table == declared["name"]]
    meta = {"table": declared["name"], "title": declared.get("title")}
    return {
        "name": declared["name"],
        "expectations": [*_constraints(declared), *judging],
        "meta": meta,
        "notes": NOTES,
    }


def _constraints(resource: Resource) -> Iterator[dict[str, Any]]:
    """The expectations that the descriptor declares."""
    for field in resource["schema"]["fields"]:
        name = field["name"]
        if required(resource, field):
            yield _expectation("required", name)
        for rule in rules(field):
            yield _expectation(rule.word, name, **{ARGUMENTS[rule.word]: _plain(rule)}, **STRICT.get(rule.word, {}))
        if unique(resource, field):
            yield _expectation("unique", name)
    if len(key(resource)) == 1:
        yield {**_expectation("primary-key", key(resource)[0]), "type": TYPES["unique"]}
    elif key(resource):
        yield _together("primary-key", key(resource))
    for fields in resource["schema"].get("uniqueKeys", []):
        yield _together("unique", listed(fields))


def _together(word: str, fields: list[str]) -> dict[str, Any]:
    """The expectation that no two rows are alike in some fields."""
    kwargs = {"column_list": fields, "ignore_row_if": "any_value_is_missing"}
    return {**_expectation(word, fields[-1]), "type": TYPES["primary-key"], "kwargs": kwargs}


def _plain(rule: Rule) -> Any:
    """What a rule is held against, as JSON has it; Python's `$` would let a line break at the end pass."""
    if rule.word == "pattern":
        return rule.argument.removesuffix("$") + r"\Z"
    if isinstance(rule.argument, list):
        return [one if isinstance(one, (int, str)) else str(one) for one in rule.argument]
    return rule.argument if isinstance(rule.argument, int) else str(rule.argument)


def _expectation(word: str, column: str, **kwargs: Any) -> dict[str, Any]:
    return {
        "type": TYPES[word],
        "kwargs": {"column": column, **kwargs},
        "meta": {"constraint": word, "field": column},
        "severity": SEVERITIES[ERROR],
    }


def _check(check: Check) -> dict[str, Any]:
    """The expectation that no row is marked by a check."""
    about = {"check": check.name, "severity": check.severity, "message": check.message, "reference": check.reference}
    return {
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": check.name, "value_set": [False]},
        "meta": {**about, "field": check.fields[-1]},
        "severity": SEVERITIES[check.severity],
    }


def columns(package: Package, table: str, findings: Findings, checks: Sequence[Check]) -> pd.DataFrame:
    """A table with one column more for each check that judges it.

    Args:
        package: The package.
        table: The table's name.
        findings: The findings of the package.
        checks: The checks that get a column.

    Returns:
        `package[table]`, and for each check a column of its name that is true where a row is marked.
    """
    frame = package.lazy(table).collect()
    names = ["table", "key", "field"] if table == "statements" else package.key(table)
    keys = [joined(row) for row in frame.select(names).iter_rows()]
    marked: list[pl.Series] = []
    for check in checks:
        if check.table == table:
            faulty = {_key(finding, table) for finding in findings if finding.check == check.name}
            marked.append(pl.Series(check.name, [key in faulty for key in keys], dtype=pl.Boolean))
    return frame.with_columns(marked).to_pandas(use_pyarrow_extension_array=True)


def _key(finding: Finding, table: str) -> str:
    """The key of the row that a finding is about; a finding in statements is about the cell they state."""
    parts = (finding.table, finding.key, finding.field) if table == "statements" else (finding.key,)
    return joined(parts)


def validate(package: Package, docs: str | Path | None = None, checks: str | Path | None = None) -> list[Mark]:
    """Run the suites of a package's tables by Great Expectations, in a context that is not kept.

    Args:
        package: The package.
        docs: A folder for Data Docs: pages that load their styles from a content network.
        checks: A folder of checks (default: the shipped ones).

    Returns:
        The marks, sorted: table, word of the constraint or name of the check, field, and row from 0.

    Raises:
        EsfdataError: Great Expectations is not installed, or could not evaluate an expectation.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when Great Expectations is imported
    try:
        import great_expectations as gx
    except ModuleNotFoundError as error:
        raise EsfdataError(f"this needs {error.name}: pip install 'esfdata[gx]'") from error
    folder = share("checks") if checks is None else checks
    findings = judge(package, folder)
    run = {outcome.check for outcome in findings.checks if outcome.outcome != "not_run"}
    used = [check for check in load_checks(folder) if check.name in run]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    source = context.data_sources.add_pandas("tables")
    marks: set[Mark] = set()
    for table in package:
        batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all rows")
        expected = context.suites.add(gx.ExpectationSuite(**suite(resources[table], used)))
        definition = gx.ValidationDefinition(name=table, data=batch, suite=expected)
        checkpoint = gx.Checkpoint(
            name=table,
            validation_definitions=[context.validation_definitions.add(definition)],
            result_format={"result_format": "COMPLETE"},
        )
        frame = columns(package, table, findings, used)
        result = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
        for validation in result.run_results.values():
            marks.update((table, *mark) for one in validation.results for mark in _marks(one))
    if docs is not None:
        _build(context, Path(docs))
    return sorted(marks)


def _marks(result: Any) -> Iterator[tuple[str, str, int]]:
    """Word, field and row of what one expectation did not meet."""
    meta = result.expectation_config.meta
    if "unexpected_index_list" not in result.result:
        raise EsfdataError(f"Great Expectations could not check {meta}: {result.exception_info}")
    for row in result.result["unexpected_index_list"] or []:
        yield meta.get("check") or meta["constraint"], meta["field"], int(row)


def _build(context: Any, docs: Path) -> None:
    """Write Data Docs into a folder."""
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs.resolve())}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    site = {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": index}
    context.add_data_docs_site(site_name="esfdata", site_config={**site, "show_how_to_buttons": False})
    context.build_data_docs(site_names=["esfdata"])
