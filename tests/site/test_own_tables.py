"""Tables of a user's own on the site: their pages, their findings, and packages that lack what ours have."""

import json
import re

import pytest
import samples
import site_links

from esfdata import site, validate
from esfdata.findings.finding import Findings
from esfdata.site.page_names import table_file
from esfdata.tables.package import Package
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

PERSON = "name:maija meikäläinen"
OURS = {
    "projects": [samples.PROJECT, {**samples.PROJECT, "project_code": "S22017", "name": "Another"}],
    "organisations": [
        {"organisation_id": "0165116-3", "name": "Koulu ry"},
        {"organisation_id": PERSON, "name": "Maija Meikäläinen"},
    ],
}
FIELDS = [
    {"name": "voucher_id", "title": "Voucher", "translations": {"fi": {"title": "Seteli"}}},
    {"name": "project", "type": "string"},
    {"name": "organisation_id", "type": "string"},
    {"name": "paid_eur", "type": "number", "constraints": {"minimum": 0}},
    {"name": "paid_on", "type": "date"},
    {"name": "shares", "type": "number"},
]
ROWS = [
    {"voucher_id": "V2", "project": "S22016", "organisation_id": "0165116-3", "paid_eur": "-2.5", "shares": "1250.75"},
    {"voucher_id": "V1", "project": "S22017", "organisation_id": PERSON, "paid_eur": "1.00", "paid_on": "2020-05-01"},
]
SCHEMA = {
    "fields": FIELDS,
    "primaryKey": "voucher_id",
    "foreignKeys": [{"fields": "project", "reference": {"resource": "projects", "fields": "project_code"}}],
}
VOUCHERS = {"name": "vouchers", "title": "Vouchers", "path": "data/vouchers.csv", "schema": SCHEMA,
            "translations": {"fi": {"title": "Setelit"}}}  # fmt: skip


def package(rows=ROWS, schema=SCHEMA, **declared):
    """Two projects and two organisations with a table of vouchers."""
    ours = samples.package(**OURS)
    resources = [*ours.descriptor["resources"], {**VOUCHERS, "schema": schema, **declared}]
    tables = {name: ours.raw(name) for name in ours}
    own = frame(rows, [field["name"] for field in schema["fields"]])
    return Package({**ours.descriptor, "resources": resources}, {**tables, "vouchers": own})


def written(package, to, languages=("en",)):
    return site.write(package, validate(package, samples.CHECKS), to / "site", languages=languages)


def cells(text):
    """The texts of the cells of a page, row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text)
    return [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The site of a package whose vouchers have a page of their own."""
    return written(package(), tmp_path_factory.mktemp("own"), ("fi", "en"))


def test_a_table_without_a_page_has_its_own_with_rows_fields_and_findings(own):
    text = (own / "en" / "data" / "tables" / "vouchers.html").read_text("utf-8")
    assert ["V1", "S22017", "[natural person]", "€1", "1 May 2020", ""] in cells(text)
    assert ["V2", "S22016", "0165116-3", "−€2.50", "", "1250.75"] in cells(text)
    assert text.index(">V1<") < text.index(">V2<")
    assert "<code>paid_eur</code>" in text and '<h2 id="findings">' in text and "quality/minimum.html" in text
    assert 'aria-sort="ascending"><button type="button" data-key="voucher_id">Voucher<' in text
    assert "To its page" not in text and "<br>paid_on" not in text
    assert [] == list(site_links.broken(own))


def test_its_rows_can_be_searched_and_taken_away(own):
    text = (own / "en" / "data" / "tables" / "vouchers.html").read_text("utf-8")
    config = json.loads(re.search(r'id="config">(.*?)</script>', text)[1])
    assert ([field["name"] for field in FIELDS], "voucher_id") == (config["searched"], config["sort"])
    assert 'src="../../../assets/data/vouchers.js"' in text and 'id="xlsx"' in text
    data = (own / "assets" / "data" / "vouchers.js").read_text("utf-8")
    columns = json.loads(data.removeprefix("window.esfdata = ").removesuffix(";\n"))["columns"]
    assert (["V1", "V2"], [1, -2.5]) == (columns["voucher_id"]["values"], columns["paid_eur"]["values"])
    assert "eikäläinen" not in data + text


def test_it_is_in_the_navigation_the_dictionary_and_the_counts(own):
    for page in ("index.html", "projects/S22016.html", "quality/index.html"):
        assert re.search(r'href="(\.\./)?data/tables/vouchers.html">Setelit<', (own / "fi" / page).read_text("utf-8"))
    assert 'href="tables/vouchers.html">Setelit<' in (own / "fi/data/dictionary.html").read_text("utf-8")
    home = (own / "fi" / "index.html").read_text("utf-8")
    assert '<dt>Setelit</dt><dd><a href="data/tables/vouchers.html">2</a>' in home
    assert "Setelit 2" in (own / "fi" / "data" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("folder", "shown", "other", "cell"), [
    ("projects", "S22016", "S22017", "−€2.50"), ("organisations", "0165116-3", None, "−€2.50"),
])  # fmt: skip
def test_it_is_on_the_pages_of_the_records_that_it_belongs_to(folder, shown, other, cell, tmp_path):
    to = written(package(page=folder), tmp_path)
    text = (to / "en" / folder / f"{shown}.html").read_text("utf-8")
    assert "Vouchers</h2>" in text and cell in text and ">V1<" not in text
    assert "quality/minimum.html" in text
    assert f'href="../{folder}/{shown}.html">' in (to / "en" / "quality" / "minimum.html").read_text("utf-8")
    if other:
        text = (to / "en" / folder / f"{other}.html").read_text("utf-8")
        assert ">V1<" in text and "[natural person]" in text and "quality/minimum.html" not in text
    assert 'class="data"' not in (to / "en" / "data" / "tables" / "vouchers.html").read_text("utf-8")
    assert not (to / "assets" / "data" / "vouchers.js").exists()


def test_a_table_that_cannot_be_shown_where_it_says_has_its_own_page(tmp_path):
    schema = {"fields": [{"name": "colour"}]}
    to = written(package([{"colour": "red"}, {"colour": "red"}, {"colour": None}], schema, page="projects"), tmp_path)
    text = (to / "en" / "data" / "tables" / "vouchers.html").read_text("utf-8")
    assert [["red"], ["red"], [""]] == [row for row in cells(text) if len(row) == 1]


def test_a_table_without_rows_has_a_page(tmp_path):
    text = (written(package([]), tmp_path) / "en" / "data" / "tables" / "vouchers.html").read_text("utf-8")
    assert "0 rows" in text and 'id="config"' not in text


@pytest.mark.parametrize(
    ("name", "file"), [("funding_2", "funding_2"), ("../../x", None), ("CON.", None), ("a/b", None)]
)
def test_a_page_of_a_table_stays_in_its_folder(name, file):
    assert re.fullmatch("[a-z0-9][a-z0-9_-]*", table_file(name))
    assert (file is None) == (table_file(name) != name)


def test_tables_and_fields_that_a_package_lacks_are_empty(tmp_path):
    ours = samples.package(**OURS, finance=[{"project_code": "S22016", "granted_eu_state_eur": "5.00"}])
    kept = {"projects": ("project_code", "name"), "organisations": ("organisation_id", "name"),
            "finance": ("project_code", "granted_eu_state_eur")}  # fmt: skip
    resources = []
    for resource in ours.descriptor["resources"]:
        if resource["name"] in kept:
            fields = [field for field in resource["schema"]["fields"] if field["name"] in kept[resource["name"]]]
            resources.append({**resource, "schema": {**resource["schema"], "fields": fields, "foreignKeys": []}})
    few = Package({**ours.descriptor, "resources": resources}, {n: ours.raw(n).select(kept[n]) for n in kept})
    to = site.write(few, Findings(), tmp_path / "site", languages=["en"])
    page = (to / "en" / "projects" / "S22016.html").read_text("utf-8")
    assert samples.PROJECT["name"] in page and "€5" in page
    assert [] == list(site_links.broken(to))


def test_a_release_before_with_a_table_that_is_gone_is_told(tmp_path):
    before = {"version": "2026.9.0", "date": "2026-09-01", "tables": {"vouchers": 2},
              "findings": {"error": 0, "warning": 0, "info": 0, "waived": 0}}  # fmt: skip
    to = site.write(blank(), Findings(), tmp_path / "site", languages=["en"], history=[before])
    assert "vouchers: 2." in (to / "en" / "feed.xml").read_text("utf-8")
    assert "vouchers 2" in (to / "en" / "data" / "index.html").read_text("utf-8")
