"""Great Expectations suites, and their run with Data Docs."""

import json

import pytest

import esfdata
from esfdata.checking.check import load_checks
from esfdata.compile import expectation_suites
from esfdata.paths import share
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.text_rows import frame

RESOURCES = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
CHECKS = load_checks(share("checks"))
ROWS = {
    "projects": [
        {"project_code": "S20001", "fund": "ESR", "start_date": "2018-07-01", "end_date": "2018-06-30"},
        {"project_code": "S20002", "fund": "XXX", "application_type": "transfer"},
        {"project_code": "S20003"},
        {"project_code": "S20003"},
        {"fund": "ESR"},
    ],
    "participations": [
        {"project_code": "S20001", "organisation_id": "name:a", "role": "beneficiary"},
        {"project_code": "S20001", "organisation_id": "name:a", "role": "beneficiary"},
        {"project_code": "S20001", "organisation_id": "name:a", "role": "implementer"},
    ],
    "statements": [
        {
            "document_id": document,
            "table": "organisations",
            "key": "name:a",
            "field": "city",
            "value": city,
            "line": "1",
        }
        for document, city in (("one", "Mikkeli"), ("two", "Oulu"))
    ],
    "documents": [{"document_id": "one", "path": "one.txt"}, {"document_id": "two", "path": "two.txt"}],
    "organisations": [{"organisation_id": "name:a", "city": "Mikkeli"}],
}
MARKS = [
    ("participations", "primary-key", "role", 0),
    ("participations", "primary-key", "role", 1),
    ("projects", "ends-before-start", "end_date", 0),
    ("projects", "enum", "fund", 1),
    ("projects", "primary-key", "project_code", 2),
    ("projects", "primary-key", "project_code", 3),
    ("projects", "required", "project_code", 4),
    ("projects", "transfer-without-recipients", "application_type", 1),
    ("statements", "sources-disagree", "value", 0),
    ("statements", "sources-disagree", "value", 1),
]


@pytest.fixture(scope="module")
def package():
    """A package with faults of single rows, of keys and between tables."""
    fields = {name: [field["name"] for field in RESOURCES[name]["schema"]["fields"]] for name in ROWS}
    return esfdata.Package(shipped_descriptor(), {name: frame(rows, fields[name]) for name, rows in ROWS.items()})


@pytest.mark.parametrize("table", RESOURCES)
def test_a_suite_is_json_and_has_every_constraint_and_check(table):
    suite = json.loads(json.dumps(expectation_suites.suite(table)))
    metas = [expectation["meta"] for expectation in suite["expectations"]]
    declared = RESOURCES[table]["schema"]["fields"]
    wanted = {(word, field["name"]) for field in declared for word in field.get("constraints", {})}
    key = RESOURCES[table]["schema"]["primaryKey"]
    wanted = {(word, name) for word, name in wanted if (word, [name]) != ("unique", key)} | {("primary-key", key[-1])}
    assert wanted == {(meta["constraint"], meta["field"]) for meta in metas if "constraint" in meta}
    checks = [(check.name, check.severity, check.reference) for check in CHECKS if check.table == table]
    assert checks == [(meta["check"], meta["severity"], meta["reference"]) for meta in metas if "check" in meta]


def test_an_expectation_in_full():
    suite = expectation_suites.suite("projects", [])
    expected = {
        "type": "expect_column_values_to_match_regex",
        "kwargs": {"column": "site_postal_code", "regex": r"^(?:[0-9]{5})\Z"},
        "meta": {"constraint": "pattern", "field": "site_postal_code"},
        "severity": "critical",
    }
    assert expected in suite["expectations"]


def test_a_check_is_a_column_that_is_true_where_a_row_is_marked(package):
    findings = esfdata.validate(package)
    frame = expectation_suites.columns(package, "projects", findings, CHECKS)
    assert [True, False, False, False, False] == list(frame["ends-before-start"])
    assert list(package["projects"].columns) == list(frame.columns)[: len(RESOURCES["projects"]["schema"]["fields"])]
    stated = expectation_suites.columns(package, "statements", findings, CHECKS)
    assert [True, True] == list(stated["sources-disagree"])


def test_great_expectations_marks_the_same_and_builds_data_docs(package, tmp_path):
    pytest.importorskip("great_expectations", reason="Great Expectations is an extra: pip install 'esfdata[gx]'")
    docs = tmp_path / "docs"
    marks = expectation_suites.validate(package, docs)
    assert MARKS == [mark for mark in marks if mark[0] in ("projects", "participations", "statements")]
    pages = {path.name for path in docs.rglob("*.html")}
    assert {"index.html", "projects.html", "statements.html"} <= pages


def test_without_the_extra_the_error_says_what_to_install(package, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "great_expectations", None)
    with pytest.raises(esfdata.EsfdataError, match=r"pip install 'esfdata\[gx\]'"):
        expectation_suites.validate(package)
