"""All of Table Schema (version 2): each rule is judged, in agreement with frictionless, or said to be not judged.

Every row of RULES is a field or a schema with a good and a bad cell; UNJUDGED is what is said to be not judged.
"""

import json
from typing import Any, NamedTuple

import frictionless
import pytest

import esfdata
from esfdata.exceptions import PackageError
from esfdata.messages.languages import LANGUAGES
from esfdata.release.writing import release
from esfdata.reports import FORMATS, report
from esfdata.tables.not_judged import not_judged
from esfdata.tables.reading import blank

GOOD, BAD = "good", "bad"
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


class Rule(NamedTuple):
    """What is declared, a good and a bad cell, the word of the finding, and whether frictionless finds it too."""

    name: str
    field: dict[str, Any]
    good: str
    bad: str
    word: str
    theirs: bool = True


def field(kind: str, **declared: Any) -> dict[str, Any]:
    return {"name": "cell", "type": kind, **declared}


def constrained(kind: str, **constraints: Any) -> dict[str, Any]:
    return field(kind, constraints=constraints)


RULES = [
    Rule("required", constrained("string", required=True), "a", "", "required"),
    *(
        Rule(f"required-{kind}", constrained(kind, required=True), good, "", "required")
        for kind, good in (("integer", "1"), ("number", "1.5"), ("date", "2018-07-01"), ("boolean", "true"),
                           ("year", "2018"), ("yearmonth", "2018-07"), ("time", "10:00:00"),
                           ("datetime", "2018-07-01T10:00:00"), ("any", "x"))
    ),
    Rule("integer", field("integer"), "12", "1.5", "type"),
    Rule("number", field("number"), "12.50", "twelve", "type"),
    Rule("date", field("date"), "2018-02-28", "2018-02-30", "type"),
    Rule("boolean", field("boolean"), "true", "yes", "type"),
    Rule("year", field("year"), "2018", "18", "type"),
    Rule("yearmonth", field("yearmonth"), "2018-07", "2018-13", "type"),
    Rule("time", field("time"), "23:59:59", "24:00:01", "type"),
    Rule("datetime", field("datetime"), "2018-07-01T10:00:00", "2018-02-30T10:00:00", "type"),
    Rule("datetime-in-words", field("datetime"), "2018-07-01T10:00:00Z", "yesterday", "type"),
    Rule("email", field("string", format="email"), "a@example.org", "a at example.org", "type"),
    Rule("uri", field("string", format="uri"), "https://example.org/a", "example", "type"),
    Rule("uuid", field("string", format="uuid"), "123e4567-e89b-12d3-a456-426614174000", "123e4567", "type"),
    Rule("binary", field("string", format="binary"), "ZXNm", "ZXNmZ", "type"),
    Rule("date-pattern", field("date", format="%d.%m.%Y"), "28.2.2018", "2018-02-28", "type"),
    Rule("date-pattern-day", field("date", format="%d/%m/%y"), "28/02/18", "30/02/18", "type"),
    Rule("decimalChar", field("number", decimalChar=","), "12,50", "12x50", "type"),
    Rule("decimalChar-point", field("number", decimalChar=","), "12,50", "1.2.3", "type"),
    Rule("groupChar", field("number", groupChar=" "), "1 200.50", "1;200", "type"),
    Rule("groupChar-decimalChar", field("number", groupChar=".", decimalChar=","), "1.200,50", "1.200;50", "type"),
    Rule("bareNumber", field("number", bareNumber=False), "€ 12.50", "€", "type"),
    Rule("bareNumber-integer", field("integer", bareNumber=False), "95 %", "%", "type"),
    Rule("bareNumber-true", field("number", bareNumber=True), "95", "95 %", "type"),
    Rule("trueValues", field("boolean", trueValues=["yes"], falseValues=["no"]), "yes", "true", "type"),
    Rule("falseValues", field("boolean", trueValues=["x"], falseValues=["-"]), "-", "no", "type"),
    Rule("enum", constrained("string", enum=["a", "b"]), "b", "c", "enum"),
    Rule("enum-integer", constrained("integer", enum=[1, 2]), "2", "3", "enum"),
    Rule("enum-text-of-integers", constrained("integer", enum=["1", "2"]), "2", "3", "enum"),
    Rule("enum-number", constrained("number", enum=["1.50", "2"]), "1.5", "1.51", "enum"),
    Rule("enum-date", constrained("date", enum=["2018-07-01"]), "2018-07-01", "2018-07-02", "enum"),
    Rule("enum-boolean", constrained("boolean", enum=["true"]), "true", "false", "enum", False),
    Rule("enum-year", constrained("year", enum=[2018]), "2018", "2019", "enum"),
    Rule("categories", field("string", categories=["a", "b"]), "a", "c", "enum", False),
    Rule("categories-labels", field("integer", categories=[{"value": 1, "label": "one"}]), "1", "2", "enum", False),
    Rule("pattern", constrained("string", pattern="[a-z]+1"), "x1", "x12", "pattern"),
    Rule("minLength", constrained("string", minLength=3), "åäö", "åä", "minLength"),
    Rule("maxLength", constrained("string", maxLength=3), "åäö", "åäöå", "maxLength"),
    *(
        rule
        for kind, low, high in (("integer", "1", "2"), ("number", "1.50", "1.51"), ("date", "2018-07-01", "2018-07-02"),
                                ("year", "2018", "2019"), ("yearmonth", "2018-07", "2018-08"),
                                ("time", "10:00:00", "10:00:01"),
                                ("datetime", "2018-07-01T10:00:00", "2018-07-01T10:00:01"))
        for rule in (
            Rule(f"minimum-{kind}", constrained(kind, minimum=high), high, low, "minimum"),
            Rule(f"maximum-{kind}", constrained(kind, maximum=low), low, high, "maximum"),
            Rule(f"exclusiveMinimum-{kind}", constrained(kind, exclusiveMinimum=low), high, low, "exclusiveMinimum"),
            Rule(f"exclusiveMaximum-{kind}", constrained(kind, exclusiveMaximum=high), low, high, "exclusiveMaximum"),
        )
    ),
    Rule("minimum-of-pattern", field("date", format="%d.%m.%Y", constraints={"minimum": "01.07.2018"}), "01.07.2018",
         "30.06.2018", "minimum"),
    Rule("missingValues-field", field("integer", missingValues=["-"], constraints={"required": True}), "1", "-",
         "required", False),
    Rule("missingValues-is-value", field("integer", missingValues=["", "-"]), "-", "n/a", "type", False),
]  # fmt: skip


def package(folder, fields, rows, dialect=None, **schema):
    """A package of one table with a key and these fields, and no checks."""
    folder.mkdir(exist_ok=True)
    names = [one["name"] for one in fields]
    resource: dict[str, Any] = {
        "name": "cells", "type": "table", "path": "cells.csv", "profile": "tabular-data-resource",
        "schema": {"fields": [{"name": "id", "type": "string"}, *fields], "primaryKey": "id", **schema},
    }  # fmt: skip
    resource |= {"dialect": dialect} if dialect else {}
    (folder / "datapackage.json").write_text(
        json.dumps({"$schema": V2, "name": "p", "resources": [resource]}), encoding="utf-8"
    )
    lines = [["id", *names], *rows]
    text = "\n".join(",".join(f'"{cell}"' if cell else "" for cell in row) for row in lines)
    (folder / "cells.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "checks").mkdir(exist_ok=True)
    return folder


def ours(folder):
    findings = esfdata.validate(folder, folder / "checks")
    return findings, {(f.key, f.check) for f in findings if f.table == "cells"}


def theirs(folder):
    """The lines on which frictionless finds an error."""
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert not report.errors, report.errors
    return {error.row_number for error in report.tasks[0].errors}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_judged_and_frictionless_agrees(rule, tmp_path):
    folder = package(tmp_path / "p", [rule.field], [[GOOD, rule.good], [BAD, rule.bad]])
    findings, found = ours(folder)
    assert {(BAD, rule.word)} == found
    assert {} == {one.check: one.reason for one in findings.checks if one.outcome == "not_run"}
    if rule.theirs:
        assert {3} == theirs(folder)


SCHEMAS = {
    "unique": ([constrained("string", unique=True)], {}, [["1", "a"], ["2", "b"], ["3", "b"]],
               {("2", "unique"), ("3", "unique")}),
    "uniqueKeys": ([{"name": "a", "type": "string"}, {"name": "b", "type": "string"}], {"uniqueKeys": [["a", "b"]]},
                   [["1", "x", "y"], ["2", "x", "z"], ["3", "x", "y"], ["4", "x", ""], ["5", "x", ""]],
                   {("1", "unique"), ("3", "unique")}),
    "primaryKey": ([field("string")], {}, [["1", "a"], ["1", "b"], ["2", "a"]], {("1", "primary-key")}),
    "primaryKey-list": ([field("string")], {"primaryKey": ["id", "cell"]}, [["1", "a"], ["1", "b"], ["1", "b"]],
                        {("1/b", "primary-key")}),
    "missingValues": ([constrained("integer", required=True)], {"missingValues": ["", "n/a"]},
                      [["1", "5"], ["2", "n/a"], ["3", ""]], {("2", "required"), ("3", "required")}),
    "missingValues-labels": ([constrained("integer", required=True)],
                             {"missingValues": ["", {"value": "-9", "label": "asked"}]}, [["1", "5"], ["2", "-9"]],
                             {("2", "required")}),
    "missingValues-none-empty": ([field("integer")], {"missingValues": ["-"]}, [["1", "5"], ["2", "-"], ["3", ""]],
                                 {("3", "type")}),
    "foreignKeys-to-self": ([field("string")], {"foreignKeys": [
        {"fields": "cell", "reference": {"resource": "", "fields": "id"}}]},
        [["1", ""], ["2", "1"], ["3", "9"]], {("3", "foreign-key")}),
    "foreignKeys-to-self-absent": ([field("string")], {"foreignKeys": [
        {"fields": ["cell"], "reference": {"fields": ["id"]}}]},
        [["1", ""], ["2", "1"], ["3", "9"]], {("3", "foreign-key")}),
    "foreignKeys-of-two": (
        [{"name": name, "type": "string"} for name in ("a", "b", "x", "y")],
        {"foreignKeys": [{"fields": ["x", "y"], "reference": {"resource": "", "fields": ["a", "b"]}}]},
        [["1", "p", "q", "", ""], ["2", "r", "s", "p", "q"], ["3", "t", "u", "p", "s"], ["4", "v", "w", "p", ""]],
        {("3", "foreign-key")}),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_rule_of_several_rows_is_judged(name, tmp_path):
    fields, schema, rows, expected = SCHEMAS[name]
    folder = package(tmp_path / "p", fields, rows, **schema)
    _, found = ours(folder)
    assert expected == found
    if name.startswith(("missingValues", "foreignKeys")) and name not in UNLIKE:
        keys = [row[0] for row in rows]
        assert {keys.index(key) + 2 for key, _ in expected} == theirs(folder)


UNLIKE = {
    "missingValues-labels": "frictionless takes texts only",
    "foreignKeys-of-two": "frictionless takes a key with one empty part for one that refers to something",
}
"""Where frictionless does not agree, and why."""


def test_a_key_of_two_fields_that_refers_to_nothing_is_told_with_both(tmp_path):
    fields, schema, rows, _ = SCHEMAS["foreignKeys-of-two"]
    findings, _ = ours(package(tmp_path / "p", fields, rows, **schema))
    (finding,) = [f for f in findings if f.check == "foreign-key"]
    assert ("y", "p/s") == (finding.field, finding.value)
    assert "The field y is 'p/s'; accepted: a a/b that is in cells." == finding.message


UNJUDGED = {
    **{f"cells.cell.{'type'} {kind}": (field(kind), {}, "cells.cell.type")
       for kind in ("duration", "list", "object", "array", "geopoint", "geojson")},
    "date any": (field("date", format="any"), {}, "cells.cell.format"),
    "time pattern": (field("time", format="%H.%M"), {}, "cells.cell.format"),
    "datetime any": (field("datetime", format="any"), {}, "cells.cell.format"),
    "string format": (field("string", format="fax"), {}, "cells.cell.format"),
    "jsonSchema": (constrained("string", jsonSchema={}), {}, "cells.cell.jsonSchema"),
    "pattern of integers": (constrained("integer", pattern="[0-9]"), {}, "cells.cell.pattern"),
    "minLength of lists": (constrained("string", minimum="a"), {}, "cells.cell.minimum"),
    "a word of nobody": (constrained("string", minimun=1), {}, "cells.cell.minimun"),
    "fieldsMatch": (field("string"), {"fieldsMatch": ["subset"]}, "cells.fieldsMatch"),
    "reference to no table": (field("string"), {"foreignKeys": [
        {"fields": "cell", "reference": {"resource": "nowhere", "fields": "id"}}]}, "cells.cell.foreignKeys"),
    "reference to no field": (field("string"), {"foreignKeys": [
        {"fields": "cell", "reference": {"resource": "", "fields": "nothing"}}]}, "cells.cell.foreignKeys"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNJUDGED)
def test_what_is_not_judged_is_said(name, tmp_path):
    declared, schema, place = UNJUDGED[name]
    findings, found = ours(package(tmp_path / "p", [declared], [["1", "1"]], **schema))
    assert set() == found
    (outcome,) = [one for one in findings.checks if one.outcome == "not_run"]
    assert place == outcome.check
    reasons = [str(findings.into(language).checks[-1].reason) for language in LANGUAGES]
    assert ["ei arvioitu: ", "inte bedömt: ", "not judged: "] == [reason[: reason.index(":") + 2] for reason in reasons]
    assert 3 == len(set(reasons))


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_says_what_is_not_judged(form, tmp_path):
    findings, _ = ours(package(tmp_path / "p", [field("geopoint")], [["1", "60,25"]]))
    text = report(findings, form)
    assert "cells.cell.type" in text
    assert "the type geopoint is kept as text" in text


def test_the_shipped_descriptor_declares_only_what_is_judged():
    package = blank()
    assert {} == not_judged(package, list(package))


DIALECTS = {
    "delimiter": ({"delimiter": ";"}, 'id;cell\n1;"a;b"\n2;"c\nd"\n3;\n'),
    "quoteChar": ({"quoteChar": "'"}, "id,cell\n1,'a;b'\n2,'c\nd'\n3,\n"),
    "escapeChar": ({"escapeChar": "\\", "doubleQuote": False}, 'id,cell\n1,a\\;b\n2,"c\nd"\n3,\n'),
    "skipInitialSpace": ({"skipInitialSpace": True}, 'id, cell\n1, "a;b"\n2, "c\nd"\n3, \n'),
    "lineTerminator": ({"lineTerminator": "\n"}, 'id,cell\n1,"a;b"\n2,"c\nd"\n3,\n'),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_read_and_lines_stay_true(name, tmp_path):
    dialect, text = DIALECTS[name]
    folder = package(tmp_path / "p", [constrained("string", required=True)], [], dialect=dialect)
    (folder / "cells.csv").write_text(text, encoding="utf-8")
    assert ["a;b", "c\nd", None] == esfdata.read(folder).lazy("cells").collect()["cell"].to_list()
    findings, _ = ours(folder)
    assert [("3", "required", 5)] == [(f.key, f.check, f.line) for f in findings]


@pytest.mark.parametrize("dialect", [{"header": False}, {"commentChar": "#"}, {"headerRows": [1, 2]}, "dialect.json"])
def test_a_dialect_that_is_not_read_is_refused(dialect, tmp_path):
    folder = package(tmp_path / "p", [field("string")], [["1", "a"]], dialect=dialect)
    with pytest.raises(PackageError, match="accepted"):
        esfdata.read(folder)


def test_a_limit_that_is_none_of_its_type_is_refused(tmp_path):
    folder = package(tmp_path / "p", [constrained("date", minimum="summer")], [["1", "2018-07-01"]])
    with pytest.raises(PackageError, match="its minimum is 'summer'"):
        ours(folder)


@pytest.mark.parametrize("schema", [{"primaryKey": "nothing"}, {"uniqueKeys": [["id", "nothing"]]},
                                    {"foreignKeys": [{"fields": "nothing", "reference": {"fields": "id"}}]}])  # fmt: skip
def test_a_key_of_what_is_no_field_is_refused(schema, tmp_path):
    folder = package(tmp_path / "p", [field("string")], [["1", "a"]], **schema)
    with pytest.raises(PackageError, match="names 'nothing'; accepted are its fields: id, cell"):
        esfdata.read(folder)


@pytest.mark.parametrize(("declared", "schema"), [
    (field("string", constraints=["required"]), {}), (field("string", categories=[{"label": "one"}]), {}),
    (constrained("string", enum=5), {}), (field("string"), {"foreignKeys": [{"fields": "cell"}]}),
    (field("string"), {"uniqueKeys": 5}),
])  # fmt: skip
def test_a_schema_of_another_form_is_refused(declared, schema, tmp_path):
    folder = package(tmp_path / "p", [declared], [["1", "a"]], **schema)
    with pytest.raises(PackageError, match="cells"):
        esfdata.read(folder)


def test_what_is_released_is_written_in_one_way_and_frictionless_accepts_it(tmp_path):
    fields = [
        {"name": "paid", "type": "number", "decimalChar": ",", "groupChar": "."},
        {"name": "on", "type": "date", "format": "%d.%m.%Y", "constraints": {"minimum": "01.01.2018"}},
        {"name": "final", "type": "boolean", "trueValues": ["x"], "falseValues": ["-"]},
        {"name": "note", "type": "string", "missingValues": ["?"]},
    ]
    folder = package(tmp_path / "p", fields, [["1", "1.200,50", "28.2.2018", "x", "?"], ["2", "3", "", "-", "n"]])
    read = esfdata.read(folder)
    to = release(read, tmp_path / "dist", gated=True)
    text = (to / "datapackage" / "data" / "cells.csv").read_text(encoding="utf-8")
    assert "id,paid,on,final,note\n1,1200.50,2018-02-28,true,\n2,3.00,,false,n\n" == text
    assert frictionless.Package(str(to / "datapackage" / "datapackage.json")).get_resource("cells").validate().valid
    again = esfdata.read(to / "datapackage")
    assert again.lazy("cells").collect().equals(read.lazy("cells").collect())
