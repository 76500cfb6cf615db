"""Every engine marks the same rows of one table with the product of corner values.

What an engine cannot say, or says otherwise, stands in `UNSAID` and `OTHERWISE` with the reason: each
entry must be met, and nothing else may differ.
"""

import csv
import json
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

import esfdata
from esfdata.compile import expectation_suites, pandera_schemas
from esfdata.tables.constraints import FURTHER, WORDS

TEXTS = ("50100", "", "5010", "501000", "x50100", "50100x", "٥٠١٠٠", "50100\n", " 50100")
KINDS = ("left", "right", "", "leftover", "Left")
AMOUNTS = ("0.00", "100.00", "", "-0.01", "100.01", "50.001", "1e1", "NaN", "ten", "٥")
DAYS = ("2018-01-01", "2018-12-31", "", "2017-12-31", "2019-01-01", "2018-02-30", "31.12.2018", "2018-1-1")
COUNTS = ("1", "10", "", "0", "11", "1.5")
FLAGS = ("true", "false", "", "yes", "True")

Mark = tuple[str, str, int]

FIELDS = (
    ("id", "string", {"required": True}),
    ("text", "string", {"pattern": "[0-9]{5}"}),
    ("kind", "string", {"enum": ["left", "right"]}),
    ("choice", "string", {"pattern": "left|right"}),
    ("amount", "number", {"minimum": 0, "maximum": 100}),
    ("day", "date", {"minimum": "2018-01-01", "maximum": "2018-12-31"}),
    ("count", "integer", {"required": True, "minimum": 1, "maximum": 10}),
    ("flag", "boolean", {}),
    ("code", "string", {"unique": True}),
    ("parent", "string", {}),
    ("label", "string", {"minLength": 5, "maxLength": 5}),
    ("share", "number", {"exclusiveMinimum": 0, "exclusiveMaximum": 100}),
)


def field_of(name: str, kind: str, constraints: dict) -> dict:
    return {"name": name, "type": kind, **({"constraints": constraints} if constraints else {})}


DESCRIPTOR = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "corners",
    "resources": [
        {
            "name": "parents",
            "path": "parents.csv",
            "schema": {"fields": [field_of("parent", "string", {"required": True})], "primaryKey": ["parent"]},
        },
        {
            "name": "corners",
            "path": "corners.csv",
            "schema": {
                "fields": [field_of(*one) for one in FIELDS],
                "primaryKey": ["id"],
                "foreignKeys": [{"fields": ["parent"], "reference": {"resource": "parents", "fields": ["parent"]}}],
            },
        },
    ],
}


@cache
def corner_rows() -> list[list[str]]:
    """Rows with all texts, kinds, amounts and days together; the other columns take their turns."""
    rows = []
    for number, (text, kind, amount, day) in enumerate(product(TEXTS, KINDS, AMOUNTS, DAYS)):
        key = {7: "", 8: "", 17: "double", 18: "double", 19: "double"}.get(number, f"k{number}")
        code = {27: "same", 28: "same"}.get(number, f"c{number}" if number % 3 else "")
        parent = ("first", "second", "", "nobody")[number % 4]
        count, flag = COUNTS[number % len(COUNTS)], FLAGS[number % len(FLAGS)]
        rows.append([key, text, kind, kind, amount, day, count, flag, code, parent, kind, amount])
    return rows


def written(folder: Path, quoting: int) -> esfdata.Package:
    """The corner values, written as CSV and read back."""
    (folder / "datapackage.json").write_text(json.dumps(DESCRIPTOR), encoding="utf-8")
    (folder / "parents.csv").write_text("parent\nfirst\nsecond\n", encoding="utf-8")
    with (folder / "corners.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        writer.writerows([[name for name, *_ in FIELDS], *corner_rows()])
    (folder / "checks").mkdir()
    return esfdata.read(folder)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> esfdata.Package:
    return written(tmp_path_factory.mktemp("corners"), csv.QUOTE_MINIMAL)


def rows_in_file(package: esfdata.Package) -> dict[int, int]:
    """The row that starts at each line."""
    return {line: row for row, line in enumerate(package.files["corners"].shape.lines)}


def of_corners(marks: list[tuple[str, str, str, int]]) -> set[Mark]:
    return {(word, field, row) for table, word, field, row in marks if table == "corners"}


def by_polars(package: esfdata.Package, folder: Path) -> set[Mark]:
    rows = rows_in_file(package)
    findings = esfdata.validate(package, folder / "checks")
    return {(f.check, f.field, rows[f.line]) for f in findings if f.table == "corners"}


def by_pandera(package: esfdata.Package, folder: Path) -> set[Mark]:
    return of_corners(pandera_schemas.validate(package, "polars"))


def by_pandera_on_pandas(package: esfdata.Package, folder: Path) -> set[Mark]:
    return of_corners(pandera_schemas.validate(package, "pandas"))


def by_great_expectations(package: esfdata.Package, folder: Path) -> set[Mark]:
    pytest.importorskip("great_expectations", reason="Great Expectations is an extra: pip install 'esfdata[gx]'")
    return of_corners(expectation_suites.validate(package, checks=folder / "checks"))


def by_frictionless(package: esfdata.Package, folder: Path) -> set[Mark]:
    from frictionless import Package

    report = Package(str(folder / "datapackage.json")).validate(limit_errors=10**9)
    words = {"type-error": "type", "unique-error": "unique", "primary-key": "primary-key", "foreign-key": "foreign-key"}
    marks = set()
    for error in next(task for task in report.tasks if task.name == "corners").errors:
        word = words.get(error.type) or error.note.split('"')[1]
        field = getattr(error, "field_name", None) or {"primary-key": "id", "foreign-key": "parent"}[word]
        marks.add((word, field, error.row_number - 2))
    return marks


class Difference(NamedTuple):
    """Marks in which an engine differs from Polars, and why."""

    reason: str
    of: Callable[[Mark], bool]


def cell(mark: Mark) -> str:
    return corner_rows()[mark[2]][[name for name, *_ in FIELDS].index(mark[1])]


def marked(*words: str, values: tuple[str, ...] = ()) -> Callable[[Mark], bool]:
    return lambda mark: mark[0] in words and (not values or cell(mark) in values)


ONE_TABLE = Difference("a schema or suite sees one table", marked("foreign-key"))
TYPED = Difference("it is given typed columns, where a cell of another type is null", marked("type"))
TYPED_REQUIRED = Difference(
    "it is given typed columns: a cell of another type is null, and so required", marked("required", values=("1.5",))
)

FRICTIONLESS_UNSAID = [
    Difference("Python's $ lets a line break pass at the end", marked("pattern", values=("50100\n",))),
    Difference("a pattern is not grouped before it is anchored", marked("pattern", values=("leftover",))),
    Difference("the first row of a double key is not marked", marked("primary-key", values=("double",))),
    Difference("the first row of a double value is not marked", marked("unique", values=("same",))),
    Difference(
        "any text that Python's Decimal takes is a number", marked("type", values=("50.001", "1e1", "NaN", "٥"))
    ),
    Difference("Python's %m and %d take one digit", marked("type", values=("2018-1-1",))),
    Difference("True and 1 are boolean too, unless the descriptor says otherwise", marked("type", values=("True",))),
]
FRICTIONLESS_OTHERWISE = [
    Difference(
        "NaN is a number and on neither side of a limit",
        marked("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", values=("NaN",)),
    ),
    Difference("a key that is empty is told as primary-key beside required", marked("primary-key", values=("",))),
]

UNSAID = {
    by_pandera: [ONE_TABLE, TYPED],
    by_pandera_on_pandas: [ONE_TABLE, TYPED],
    by_great_expectations: [ONE_TABLE, TYPED],
    by_frictionless: FRICTIONLESS_UNSAID,
}
"""What Polars marks and the engine does not."""

OTHERWISE = {
    by_pandera: [TYPED_REQUIRED],
    by_pandera_on_pandas: [TYPED_REQUIRED],
    by_great_expectations: [TYPED_REQUIRED],
    by_frictionless: FRICTIONLESS_OTHERWISE,
}
"""What the engine marks and Polars does not."""


@pytest.fixture(scope="module")
def folder(package: esfdata.Package):
    return package.files["corners"].place.parent


@pytest.fixture(scope="module")
def expected(package: esfdata.Package, folder: Path) -> set[Mark]:
    return by_polars(package, folder)


@pytest.mark.parametrize("word", [*WORDS, *FURTHER])
def test_each_constraint_fires(expected, word):
    assert any(mark[0] == word for mark in expected)


def test_quoting_changes_nothing(expected, tmp_path):
    assert expected == by_polars(written(tmp_path, csv.QUOTE_ALL), tmp_path)


@pytest.mark.parametrize("engine", UNSAID)
def test_an_engine_marks_the_same_rows(package, folder, expected, engine):
    found = engine(package, folder)
    unsaid, otherwise = expected - found, found - expected
    assert [] == sorted(m for m in unsaid if not any(d.of(m) for d in UNSAID[engine]))
    assert [] == sorted(m for m in otherwise if not any(d.of(m) for d in OTHERWISE[engine]))
    assert [] == [d.reason for d in UNSAID[engine] if not any(d.of(m) for m in unsaid)]
    assert [] == [d.reason for d in OTHERWISE[engine] if not any(d.of(m) for m in otherwise)]
