"""pandera schemas compiled from the descriptor, for pandas and for Polars."""

import subprocess
import sys
from importlib import import_module

import pandera.pandas as pa
import pandera.polars
import polars as pl
import pytest
from pandera.errors import SchemaError, SchemaErrors, SchemaWarning

import esfdata
from esfdata import schemas
from esfdata.checking.check import load_checks
from esfdata.compile import pandera_schemas
from esfdata.paths import share
from esfdata.reports.data_dictionary import describe
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.text_rows import frame

RESOURCES = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
CHECKS = load_checks(share("checks"))
PROJECTS = [
    {"project_code": "S20001", "fund": "ESR", "start_date": "2018-07-01", "end_date": "2018-07-01"},
    {"project_code": "S20002", "fund": "JTF", "start_date": "2018-07-01", "end_date": "2018-06-30"},
    {"project_code": "S20003", "fund": "XXX"},
    {"project_code": "S20004"},
    {"project_code": "S20004"},
    {"fund": "ESR"},
    {"fund": "ESR"},
]
MARKS = [
    ("projects", "ends-before-start", "end_date", 1),
    ("projects", "enum", "fund", 2),
    ("projects", "primary-key", "project_code", 3),
    ("projects", "primary-key", "project_code", 4),
    ("projects", "required", "project_code", 5),
    ("projects", "required", "project_code", 6),
]


def package(**tables) -> esfdata.Package:
    """A package of rows in memory."""
    fields = {name: [field["name"] for field in RESOURCES[name]["schema"]["fields"]] for name in tables}
    frames = {name: frame(rows, fields[name]) for name, rows in tables.items()}
    return esfdata.Package(shipped_descriptor(), frames)


def rows(backend, *some, table="projects"):
    """Rows of a table as frame of a backend, without checking them."""
    held = package(**{table: list(some)})
    return held[table] if backend == "pandas" else held.lazy(table).collect()


def schema(backend, table="projects"):
    return getattr(schemas if backend == "pandas" else schemas.polars, table)


both = pytest.mark.parametrize("backend", pandera_schemas.BACKENDS)


@both
def test_marks_are_those_of_the_rows(backend):
    assert MARKS == pandera_schemas.validate(package(projects=PROJECTS), backend, CHECKS)


@both
@pytest.mark.parametrize("table", RESOURCES)
def test_every_table_has_a_schema_that_takes_an_empty_frame(backend, table):
    schema(backend, table).validate(rows(backend, table=table), lazy=True)


@pytest.mark.filterwarnings("ignore::pandera.errors.SchemaWarning")
@both
def test_shipped_tables_are_valid(backend):
    shipped = esfdata.load()
    for table in shipped:
        held = shipped[table] if backend == "pandas" else shipped.lazy(table)
        schema(backend, table).validate(held, lazy=True)


@both
def test_a_failed_check_is_one_case_a_row_named_after_the_check(backend):
    with pytest.raises(SchemaErrors) as error:
        schema(backend).validate(rows(backend, *PROJECTS[:2]), lazy=True)
    cases = error.value.failure_cases
    found = [(case["check"], case["index"], case["failure_case"], case["column"]) for case in records(cases)]
    assert [("ends-before-start", 1, "S20002", "project_code")] == found


def records(cases):
    return cases.to_dicts() if isinstance(cases, pl.DataFrame) else cases.to_dict("records")


@both
def test_the_first_error_names_the_check(backend):
    with pytest.raises(SchemaError, match="ends-before-start"):
        schema(backend).validate(rows(backend, PROJECTS[1]))


@both
def test_a_check_that_is_no_error_warns(backend):
    row = {"project_code": "S20001", "granted_eu_state_eur": "1.00", "realised_eu_state_eur": "-1.00"}
    with pytest.warns(SchemaWarning, match="negative-amount"):
        schema(backend, "finance").validate(rows(backend, row, table="finance"))


@both
def test_unknown_values_of_a_unique_field_are_not_alike(backend):
    alone = [{"organisation_id": "name:a"}, {"organisation_id": "name:b"}]
    schema(backend, "organisations").validate(rows(backend, *alone, table="organisations"))
    same = [{**row, "business_id": "0165116-3"} for row in alone]
    with pytest.raises(SchemaErrors, match="unique"):
        schema(backend, "organisations").validate(rows(backend, *same, table="organisations"), lazy=True)


@both
def test_columns_may_be_absent_or_more_and_in_any_order(backend):
    held = rows(backend, PROJECTS[0])
    held = held[["end_date", "project_code"]]
    held = held.assign(mine=1) if backend == "pandas" else held.with_columns(mine=1)
    assert ["end_date", "project_code", "mine"] == list(schema(backend).validate(held, lazy=True).columns)


@both
def test_a_required_column_must_be_there(backend):
    with pytest.raises(SchemaErrors, match="project_code"):
        schema(backend).validate(rows(backend, PROJECTS[0])[["fund"]], lazy=True)


@both
def test_a_column_of_another_type_is_an_error(backend):
    held = rows(backend, {"project_code": "S20001", "granted_eu_state_eur": "1.00"}, table="finance")
    if backend == "pandas":
        held = held.astype({"granted_eu_state_eur": "float64"})
    else:
        held = held.with_columns(pl.col("granted_eu_state_eur").cast(pl.Float64))
    with pytest.raises(SchemaErrors, match="granted_eu_state_eur"):
        schema(backend, "finance").validate(held, lazy=True)


def test_an_index_that_is_no_range_changes_nothing():
    held = rows("pandas", *PROJECTS[:2]).set_index(pl.Series([7, 7]).to_pandas())
    with pytest.raises(SchemaErrors) as error:
        schemas.projects.validate(held, lazy=True)
    assert ["ends-before-start"] == list(error.value.failure_cases["check"])


def test_the_values_of_a_lazy_frame_are_checked():
    with pytest.raises(SchemaErrors, match="ends-before-start"):
        schemas.polars.projects.validate(package(projects=PROJECTS).lazy("projects"), lazy=True).collect()


@both
def test_a_function_takes_only_what_keeps_the_schema(backend):
    decorator = pa.check_input if backend == "pandas" else pandera.polars.check_input

    @decorator(schema(backend))
    def count(projects):
        return len(projects)

    assert 1 == count(rows(backend, PROJECTS[0]))
    with pytest.raises(SchemaError):
        count(rows(backend, PROJECTS[2]))


def test_the_written_module_marks_the_constraints():
    names: dict = {}
    exec(describe(form="pandera"), names)
    assert list(RESOURCES) == [name for name in names if name in RESOURCES]
    with pytest.raises(SchemaErrors) as error:
        names["projects"].validate(rows("pandas", *PROJECTS), lazy=True)
    rows_found = {int(row) for row in error.value.failure_cases["index"]}
    assert {row for *_, word, _, row in MARKS if word != "ends-before-start"} == rows_found


def test_the_written_module_is_lenient_where_a_unique_value_is_unknown():
    names: dict = {}
    exec(describe("organisations", "pandera"), names)
    names["organisations"].validate(rows("pandas", {"organisation_id": "name:a"}, {"organisation_id": "name:b"},
                                         table="organisations"))  # fmt: skip


@pytest.mark.parametrize("module", ["esfdata.schemas", "esfdata.schemas.polars"])
def test_a_schema_that_is_not_there_is_an_attribute_error(module):
    with pytest.raises(AttributeError, match="there is no table 'nope'; the tables are documents"):
        getattr(import_module(module), "nope")  # noqa: B009


def test_the_schemas_are_listed():
    assert sorted([*RESOURCES, "polars"]) == dir(schemas)
    assert sorted(RESOURCES) == dir(schemas.polars)


def test_importing_esfdata_imports_no_pandera():
    code = "import sys, esfdata, esfdata.schemas; print('pandera' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == run.stdout.strip()
