"""Metadata: every form from one descriptor, valid by its own standard, and the same bytes on every run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import samples

from esfdata.__main__ import main
from esfdata.exceptions import PublishError
from esfdata.files.checksums import Digest
from esfdata.release.facts import facts, measured
from esfdata.release.metadata import FILES, ckan, metadata, write_metadata

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = "https://example.org/esfdata/2026.11.0"
TABLES = {
    "projects": b"project_code,start_date\nS22016,2020-04-15\n",
    "finance": b"project_code,granted_eur\nS22016,250000.00\n",
}
SHARED_DESCRIPTOR = Path(__file__).parents[1] / "golden" / "metadata" / "descriptor.json"
DESCRIPTOR = json.loads(SHARED_DESCRIPTOR.read_text(encoding="utf-8"))

RECOMMENDED = {
    ("http://publications.europa.eu/resource/authority/country/FIN", "centroid"),
    ("publisher", "type"),
}
"""What DCAT-AP only recommends and no source of ours states: the middle of a country, the type of a publisher."""


@pytest.fixture(autouse=True)
def no_clock(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """A folder with the files of the small descriptor and the metadata beside them."""
    folder = tmp_path_factory.mktemp("release")
    for name, content in TABLES.items():
        path = folder / "data" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for name, content in {"esfdata-2026.11.0.zip": b"zip", "esfdata.sqlite": b"sqlite", "SHA256SUMS": b""}.items():
        (folder / name).write_bytes(content)
    write_metadata(DESCRIPTOR, measured(folder), folder, BASE)
    return folder


@pytest.fixture(scope="module")
def graph(release):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is in the extra `test`")
    return rdflib.Graph().parse(release / "dcat.ttl")


def without(*names: str) -> dict:
    return {name: value for name, value in DESCRIPTOR.items() if name not in names}


# The files


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_the_golden_one(name, release, golden):
    golden(f"metadata/{name}", (release / name).read_text(encoding="utf-8"))


def test_the_same_bytes_in_another_world(release, tmp_path):
    code = (
        "import json, sys; from pathlib import Path; from esfdata.release.facts import measured; "
        "from esfdata.release.metadata import write_metadata; "
        "files = {p: f for p, f in reversed(measured(Path(sys.argv[1])).items())}; "
        f"write_metadata(json.load(open(sys.argv[2], encoding='utf-8')), files, Path(sys.argv[3]), {BASE!r})"
    )
    world = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-P", "-c", code, release, SHARED_DESCRIPTOR, tmp_path], check=True, env=world)
    assert {n: (release / n).read_bytes() for n in FILES} == {n: (tmp_path / n).read_bytes() for n in FILES}


def test_measured_gives_size_and_checksum_of_every_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.csv").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert {"a/b.csv": Digest(3, digest)} == measured(tmp_path)


def test_only_files_of_data_are_distributions_and_the_whole_comes_first():
    names = (
        "index.html",
        "data/finance.csv",
        "data/projects.parquet",
        "data/projects.csv",
        "esfdata.zip",
        "SHA256SUMS",
    )
    known = facts(DESCRIPTOR, dict.fromkeys(names, (1, "0" * 64)), BASE)
    found = [each.path for each in known.distributions]
    assert ["esfdata.zip", "data/projects.csv", "data/projects.parquet", "data/finance.csv"] == found
    assert {"en": "Projects (CSV)", "fi": "Hankkeet (CSV)", "sv": "Projekt (CSV)"} == known.distributions[1].titles


def test_a_path_with_spaces_and_letters_becomes_an_address():
    known = facts(DESCRIPTOR, {"data/hää t.csv": (1, "0" * 64)}, BASE + "/")
    assert f"{BASE}/data/h%C3%A4%C3%A4%20t.csv" == known.distributions[0].url


@pytest.mark.parametrize(
    ("created", "epoch", "dates"),
    [
        ("2026-11-22T00:00:00Z", None, ("2026-11-22", "2026-11-22")),
        ("2026-11-22T00:00:00Z", "1767225600", ("2026-11-22", "2026-01-01")),
        (None, "1767225600", ("2026-01-01", "2026-01-01")),
        (None, None, (None, None)),
        (None, "", (None, None)),
    ],
)
def test_the_only_clock_is_the_descriptor_and_source_date_epoch(created, epoch, dates, monkeypatch):
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    known = facts({**without("created"), **({"created": created} if created else {})}, {}, BASE)
    assert dates == (known.issued, known.modified)


def test_a_clock_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(PublishError, match="accepted is a number of seconds"):
        facts(DESCRIPTOR, {}, BASE)


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://example.org/a b", "https://x.org/<a>", ""]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(PublishError, match="accepted is one that begins with https://"):
        facts(DESCRIPTOR, {}, address)


def test_a_person_is_never_the_contact_or_the_publisher():
    person = {"title": "Esimerkki", "givenName": "Erkki", "familyName": "Esimerkki", "email": "erkki@example.org",
              "roles": ["publisher", "contact"]}  # fmt: skip
    texts = metadata({**DESCRIPTOR, "contributors": [person]}, {"data/projects.csv": (1, "0" * 64)}, BASE)
    assert [] == [name for name, text in texts.items() if "Erkki" in text or "erkki@" in text]


def test_a_bare_descriptor_still_gives_every_file():
    bare = {"name": "esfdata", "resources": []}
    assert set(FILES) == set(metadata(bare, {}, BASE))


# DCAT-AP


def test_turtle_and_json_ld_are_one_graph(release, graph):
    import rdflib
    from rdflib.compare import isomorphic

    assert isomorphic(graph, rdflib.Graph().parse(release / "dcat.jsonld", format="json-ld"))


@pytest.mark.parametrize(
    "text", ['"quoted"', "back\\slash", "line\nbreak", "tab\t", "ääkköset “x”", "\x7f\x00", "''' \"\"\""]
)
def test_turtle_keeps_every_text(text):
    rdflib = pytest.importorskip("rdflib")
    made = metadata({**DESCRIPTOR, "title": text, "keywords": [text]}, {}, BASE)
    title = rdflib.URIRef("http://purl.org/dc/terms/title")
    said = rdflib.Graph().parse(data=made["dcat.ttl"]).objects(rdflib.URIRef(f"{BASE}/#dataset"), title)
    assert text in {str(each) for each in said}


def results(graph, shapes: Path, **options):
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is in the extra `test`")
    from rdflib import Namespace

    sh = Namespace("http://www.w3.org/ns/shacl#")
    _, report, _ = pyshacl.validate(graph, shacl_graph=str(shapes), **options)
    top = set(report.objects(None, sh.result))
    return [(str(report.value(x, sh.resultSeverity)).rpartition("#")[2], str(report.value(x, sh.focusNode)),
             str(report.value(x, sh.resultPath)).replace("#", "/").rpartition("/")[2]) for x in top]  # fmt: skip


@pytest.mark.parametrize("shapes", ["shapes.ttl", "range.ttl", "deprecateduris.ttl"])
def test_dcat_ap_shapes_find_nothing(shapes, graph, shared):
    assert [] == results(graph, shared / "reference" / "dcat-ap-3.0.1" / shapes)


def test_dcat_ap_recommendations_are_followed_but_three(graph, shared):
    found = results(graph, shared / "reference" / "dcat-ap-3.0.1" / "shapes_recommended.ttl")
    sqlite = (f"{BASE}/#esfdata.sqlite", "format")  # the EU's list of file types has no SQLite
    assert {("Warning", *x) for x in RECOMMENDED | {sqlite}} == {
        (s, f.removeprefix(f"{BASE}/#"), p) if p == "type" else (s, f, p) for s, f, p in found
    }


def test_dcat_ap_vocabularies_are_used_but_where_the_shape_errs(graph, shared):
    """The shape wants an https address of the checksum's algorithm, which is defined as http, and an EU body as publisher."""
    found = results(graph, shared / "reference" / "dcat-ap-3.0.1" / "mdr-vocabularies.shape.ttl")
    assert {"algorithm", "publisher"} == {path for _, _, path in found}


# The other forms


def test_croissant_is_read_by_its_own_library(release):
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is in the extra `test`")
    dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
    assert "" == dataset.metadata.issues.report()
    assert ["projects", "finance"] == [records.name for records in dataset.metadata.record_sets]


def test_citation_is_valid_by_its_schema(release):
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", release / "CITATION.cff"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "No module named check_jsonschema" in checked.stderr:
        pytest.skip("check-jsonschema is in the extra `dev`")
    assert 0 == checked.returncode, checked.stdout


def test_schema_org_has_what_search_engines_demand(release):
    document = json.loads((release / "schema-org.jsonld").read_text(encoding="utf-8"))
    demanded = {
        "name",
        "description",
        "license",
        "creator",
        "distribution",
        "temporalCoverage",
        "spatialCoverage",
        "version",
    }
    assert set() == demanded - set(document)
    assert 50 <= len(document["description"]) <= 5000
    assert [] == [each for each in document["distribution"] if not {"contentUrl", "encodingFormat"} <= set(each)]


@pytest.mark.parametrize(
    ("descriptor", "missing"),
    [
        (DESCRIPTOR, []),
        (without("categories"), ["categories"]),
        (without("ownerOrganisation", "contributors"), ["maintainer", "maintainer_email", "owner_org"]),
        ({**DESCRIPTOR, "translations": {}}, ["keywords.fi"]),
    ],
)  # fmt: skip
def test_what_the_portal_requires_is_there_or_told(descriptor, missing):
    files = {"data/projects.csv": (1, "0" * 64)}
    assert missing == ckan.missing(json.loads(metadata(descriptor, files, BASE)["ckan_package.json"]))


def test_the_owner_and_the_address_are_given_as_options_and_the_day_by_the_clock_of_the_build(
    root, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    options = ["--base-url", "https://example.org/data/", "--owner", "some-ministry", "--no-site"]
    options += ["--checks", str(samples.CHECKS)]
    assert 0 == main(["publish", str(root / "datapackage"), "--to", str(tmp_path), *options])
    payload = json.loads((tmp_path / "ckan_package.json").read_text(encoding="utf-8"))
    descriptor = json.loads((tmp_path / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))
    assert ("some-ministry", "2026-11-18") == (payload["owner_org"], payload["date_released"])
    assert ("https://example.org/data/", "2026-11-18T") == (descriptor["homepage"], descriptor["created"][:11])
