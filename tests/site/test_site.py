"""The site as files: every page stands, every link leads somewhere, and the same data gives the same bytes."""

import csv
import json
import re
import subprocess
import sys
import threading
import urllib.request
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import samples
import site_links as links

import esfdata
from esfdata import site, validate
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Findings
from esfdata.messages.languages import LANGUAGES
from esfdata.messages.texts import texts
from esfdata.site import page_workers
from esfdata.site.data_pages import SNIPPETS
from esfdata.site.page_names import slug, web
from esfdata.site.server import server
from esfdata.site.words import Words
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

NAMES = {
    "S30001": "<script>alert(1)</script>",
    "S30002": "Quotes \" ' & </title><img src=x onerror=alert(1)>",
    "S30003": "مشروع \u202eRTL\u202c שלום",
    "S30004": "Ä" * 300,
    "S30005": None,
    "../../S6": "A code that would leave the folder",
    "s-ä/<b>": "A code of odd signs",
    "index": "A code that is the name of a page",
}
HISTORY = [
    {"version": "2026.9.0", "date": "2026-09-01", "tables": {"projects": 2},
     "findings": {"error": 0, "warning": 9, "info": 1, "waived": 2}},
]  # fmt: skip


def rows(package, table, *made):
    """Rows of text as a table of a package."""
    return frame(made, [field["name"] for field in package.fields(table)])


def hostile():
    """A package whose names, codes and addresses try to break the pages."""
    package = blank()
    tables = {
        "projects": [{"project_code": code, "name": name} for code, name in NAMES.items()],
        "organisations": [
            {"organisation_id": "1234567-1", "name": "<b>Org</b>", "website": "javascript:alert(1)"},
            {"organisation_id": "name:maija meikäläinen", "name": "Maija Meikäläinen"},
        ],
        "participations": [
            {"project_code": "S30001", "organisation_id": "1234567-1", "role": "beneficiary"},
            {"project_code": "S30001", "organisation_id": "name:maija meikäläinen", "role": "implementer"},
        ],
        "locations": [{"project_code": "S30001", "level": "region", "name": "Atlantis <i>", "section": "6"}],
        "documents": [{"document_id": "a.txt", "path": "<a>.txt", "kind": "card", "url": "javascript:alert(2)"}],
        "statements": [
            {"document_id": "a.txt", "table": "projects", "key": "S30001", "field": "name", "line": "1",
             "value": "<script>alert(1)</script>", "original": "<script>alert(3)</script>"},
            {"document_id": "a.txt", "table": "participations", "line": "2", "field": "organisation_id",
             "key": "S30001/name:maija meikäläinen/implementer", "value": "name:maija meikäläinen"},
        ],
    }  # fmt: skip
    return package.replace(**{name: rows(package, name, *made) for name, made in tables.items()})


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The site of the shipped package, with one waived finding and an earlier release."""
    package = esfdata.load()
    findings = validate(package)
    first, *rest = findings.findings
    findings = replace(findings, findings=(first.waived("A reason <b>of weight</b>"), *rest))
    changes = {"schema": [], "tables": {"projects": {"added": ["S22016"], "removed": [], "changed": []}}}
    return site.write(package, findings, tmp_path_factory.mktemp("site") / "site", history=HISTORY, changes=changes)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """The site of the hostile package."""
    package = hostile()
    return site.write(package, validate(package, samples.CHECKS), tmp_path_factory.mktemp("attacked") / "site")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The site of a package without any row."""
    return site.write(blank(), validate(blank(), samples.CHECKS), tmp_path_factory.mktemp("empty") / "site")


@pytest.fixture(params=["shipped", "attacked", "empty"])
def anyone(request):
    """Each of the three sites."""
    return request.getfixturevalue(request.param)


def pages(folder):
    """The pages of a site with their texts."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_every_link_leads_somewhere(anyone):
    assert [] == list(links.broken(anyone))


def test_a_broken_link_is_told(tmp_path):
    (tmp_path / "a.html").write_text('<a href="b.html">b</a><a href="#c">c</a><a href="a.html#d" id="d">d</a>')
    assert [("a.html", "b.html"), ("a.html", "#c")] == list(links.broken(tmp_path))


def test_every_page_has_its_language_and_a_strict_policy(anyone):
    for name, text in pages(anyone).items():
        if name != "404.html":
            assert "content=\"default-src 'self'; base-uri 'none'" in text, name
            assert f'<html lang="{name[:2] if "/" in name else "fi"}">' in text, name
        assert not re.search(r"<[^>]+\sstyle=|<[^>]+\son[a-z]+=\"|<script>|<style", text), name


def test_a_page_is_light_before_its_data(empty):
    sizes = {name: len(text.encode()) for name, text in pages(empty).items() if "/data/tables/" not in name}
    assert {} == {name: size for name, size in sizes.items() if size > 50_000}
    assets = sum(path.stat().st_size for path in (empty / "assets").glob("*.*"))
    assert assets < 50_000


def test_names_are_shown_and_never_obeyed(attacked):
    for code, name in NAMES.items():
        text = (attacked / "en" / "projects" / f"{slug(code)}.html").read_text("utf-8")
        shown = re.search(r"<h1><bdi>(.*?)</bdi></h1>", text, re.DOTALL)
        assert shown and (name or "Name not known") == unescape(shown[1])
    everything = "".join(pages(attacked).values())
    assert "<script>alert" not in everything and "<img" not in everything and "<b>Org" not in everything
    assert 'href="javascript' not in everything


def test_natural_persons_are_nowhere(attacked):
    for path in attacked.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".js", ".xml"):
            assert "eikäläinen" not in path.read_text("utf-8"), path
    assert "[natural person, name withheld]" in (attacked / "en/projects/S30001.html").read_text("utf-8")


def test_a_region_that_does_not_exist_is_told(attacked):
    assert "Atlantis &lt;i&gt;" in (attacked / "sv/regions/index.html").read_text("utf-8")


def test_an_objective_has_a_page_that_its_axis_and_projects_lead_to(shipped):
    text = (shipped / "sv" / "programmes" / "2014-2020-10-1.html").read_text("utf-8")
    assert "Porukalla!" in text and 'href="../programmes/2014-2020-ESR-5.html"' in text
    assert "projects/index.html#objective=2014-2020/10.1" in text
    for page in ("programmes/index.html", "programmes/2014-2020-ESR-5.html", "projects/S22016.html"):
        assert "programmes/2014-2020-10-1.html" in (shipped / "sv" / page).read_text("utf-8"), page
    assert '<option value="2014-2020/10.1">2014–2020 10.1 ' in (shipped / "sv/projects/index.html").read_text("utf-8")


def test_a_page_of_a_check_says_why_in_its_language(shipped):
    text = (shipped / "fi" / "quality" / "sources-disagree.html").read_text("utf-8")
    assert "<p>Kirjainkoko, välit" in text and "<code>end-date-moved</code>" in text
    assert {"a"} == set(re.findall(r'<(\w+)(?: [^>]*)? lang="en"', text)), "only the link to the English page"


def test_what_is_said_in_english_alone_is_marked_so(tmp_path):
    (tmp_path / "own.py").write_text(OWN_CHECK, encoding="utf-8")
    package = samples.package(projects=[samples.PROJECT])
    site.write(package, validate(package, tmp_path), tmp_path / "site", languages=["fi", "en"])
    text = (tmp_path / "site" / "fi" / "quality" / "too-long.html").read_text("utf-8")
    assert '<p lang="en">Nobody reads it to the end.</p>' in text
    assert '<dd lang="en">a rule of the house</dd>' in text
    assert '<p lang="en">' not in (tmp_path / "site" / "en" / "quality" / "too-long.html").read_text("utf-8")


OWN_CHECK = '''
from esfdata.checks import WARNING, check


@check(WARNING, "a rule of the house")
def too_long(projects):
    """A name is too long.

    Nobody reads it to the end.

    | projects | name |
    | -------- | ---- |
    |          | ab   |
    | ✗        | abc  |
    """
    return projects.name == "abc"
'''


def test_what_is_code_in_an_advice_is_shown_as_code(shipped):
    assert "<code>esfdata fix</code>" in (shipped / "en" / "quality" / "type.html").read_text("utf-8")


def test_an_amount_that_is_not_known_is_not_nought(attacked):
    numbers = re.findall(r"<dd>(.*?)</dd>", (attacked / "en" / "regions" / "01.html").read_text("utf-8"))
    assert ["–", "–"] == numbers[1:3]


def test_every_value_has_its_source(shipped):
    text = unescape((shipped / "en" / "organisations" / "0165116-3.html").read_text("utf-8"))
    assert "Maaherrankatu 8-10" in text and "S21386-kuvaus.txt, page 1, line 29" in text
    text = unescape((shipped / "fi" / "projects" / "S21386.html").read_text("utf-8"))
    assert "lähteet eri mieltä" in text and "Meijän Mikkelii" in text


def test_a_waived_finding_shows_its_reason(shipped):
    assert "A reason &lt;b&gt;of weight&lt;/b&gt;" in (shipped / "en" / "quality" / "index.html").read_text("utf-8")


def test_every_check_has_a_page(shipped):
    for outcome in validate(esfdata.load()).checks:
        for language in LANGUAGES:
            assert (shipped / language / "quality" / f"{slug(outcome.check)}.html").is_file()


def test_releases_are_told_newest_first(shipped):
    told = json.loads((shipped / "releases.json").read_text("utf-8"))
    assert ["2026.11.0", "2026.9.0"] == [one["version"] for one in told]
    feed = ElementTree.parse(shipped / "sv" / "feed.xml").getroot()
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert ["Version 2026.11.0", "Version 2026.9.0"] == [e.text for e in feed.findall("a:entry/a:title", names)]


@pytest.mark.parametrize("name", [name for name in SNIPPETS if name != "R"])
def test_a_snippet_runs_as_it_stands(shipped, name):
    text = unescape((shipped / "en" / "data" / "dictionary.html").read_text("utf-8"))
    found = re.search(rf"<h3>{name}</h3>\s*<pre[^>]*><code[^>]*>(.*?)</code>", text, re.DOTALL)
    run = subprocess.run([sys.executable, "-c", found[1]], cwd=shipped, capture_output=True, text=True)
    assert (0, "") == (run.returncode, run.stderr)
    assert "1545989" in run.stdout.replace(",", "").replace("_", "")


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_data_gives_the_same_bytes(tmp_path, attacked, monkeypatch, capfd):
    monkeypatch.setattr(page_workers, "FEW", 0)
    monkeypatch.setattr(page_workers.os, "cpu_count", lambda: 2)
    package = hostile()
    assert content(attacked) == content(site.write(package, validate(package, samples.CHECKS), tmp_path / "elsewhere"))
    assert "" == capfd.readouterr().err


def test_unchanged_pages_keep_their_bytes_between_releases(tmp_path, attacked):
    package = hostile()
    package.descriptor["version"] = "2027.1.0"
    new, old = content(site.write(package, validate(package, samples.CHECKS), tmp_path / "new")), content(attacked)
    pages = [name for name in old if "/projects/" in name or "/organisations/" in name or "/quality/" in name]
    assert [] == [name for name in pages if old[name] != new[name] and name[3:] != "quality/index.html"]


def test_a_language_that_is_not_known_is_refused(tmp_path):
    with pytest.raises(EsfdataError, match="the languages are de; accepted are fi, sv, en"):
        site.write(blank(), Findings(), tmp_path / "site", languages=["de"])
    assert not (tmp_path / "site").exists()


def test_every_text_is_there_in_each_language_with_the_same_holes():
    for key, row in texts("pages").items():
        for language in LANGUAGES:
            assert row[language].strip(), key
            assert set(re.findall(r"{\w+}|[#@]", row["en"])) == set(re.findall(r"{\w+}|[#@]", row[language])), key


@pytest.mark.parametrize(("language", "amount", "day", "short"), [
    ("fi", "−1\xa0295\xa0989,50\xa0€", "1.7.2018", "1,3 milj. €"),
    ("sv", "−1\xa0295\xa0989,50\xa0€", "1.7.2018", "1,3 mn €"),
    ("en", "−€1,295,989.50", "1 July 2018", "€1.3 m"),
])  # fmt: skip
def test_numbers_are_written_as_the_language_does(language, amount, day, short):
    words = Words(language)
    assert (amount, day, short) == (
        words.money(Decimal("-1295989.50")), words.day(date(2018, 7, 1)), words.short(Decimal(1295989)),
    )  # fmt: skip


@pytest.mark.parametrize(("key", "name"), [
    ("S21386", "S21386"), ("0165116-3", "0165116-3"), ("sources-disagree", "sources-disagree"),
    ("../x", "x-f1e1e65a"), ("index", "index-1bc04b52"), ("", "e3b0c442"),
])  # fmt: skip
def test_a_page_has_a_name_that_every_system_takes(key, name):
    assert re.fullmatch(r"[A-Za-z0-9-]{1,60}", slug(key))
    assert name.partition("-")[0] in slug(key)


@pytest.mark.parametrize(("address", "link"), [
    ("https://example.org/a", True), ("http://example.org", True), ("javascript:alert(1)", False),
    ("data:text/html,x", False), ("//example.org", False), (None, False),
])  # fmt: skip
def test_only_addresses_of_the_web_become_links(address, link):
    assert link == bool(web(address))


def test_the_rows_of_the_table_are_those_of_the_package(shipped):
    text = (shipped / "assets" / "data" / "projects.js").read_text("utf-8")
    data = json.loads(text.removeprefix("window.esfdata = ").removesuffix(";\n"))
    with (shipped / "download/latest/datapackage/data/projects.csv").open(encoding="utf-8") as file:
        codes = {row["project_code"] for row in csv.DictReader(file)}
    assert (len(codes), codes) == (data["count"], set(data["columns"]["project_code"]["values"]))


def test_a_folder_is_served_on_this_machine_only(shipped):
    running = server(shipped)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        assert "127.0.0.1" == running.server_address[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}/fi/index.html") as answer:
            assert b'<html lang="fi">' in answer.read()
    finally:
        running.shutdown()
        running.server_close()


def test_a_folder_without_a_site_is_not_served(tmp_path):
    with pytest.raises(EsfdataError, match="there is no index"):
        server(tmp_path)
