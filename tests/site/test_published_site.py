"""The site beside a release: its files at two addresses, earlier releases kept, and never half of anything."""

import json
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
import samples
import site_links as links

import esfdata
from esfdata import site, validate
from esfdata.__main__ import main
from esfdata.findings.finding import Findings
from esfdata.messages.languages import LANGUAGES
from esfdata.publishing import changes
from esfdata.release.contents import Format
from esfdata.release.history import day, order
from esfdata.release.writing import release
from esfdata.tables.reading import blank

ADDRESS = "https://example.org/data"


def made(version, **project):
    """A package of one project, as a version."""
    package = samples.package(projects=[{**samples.PROJECT, **project}])
    package.descriptor["version"] = version
    return package


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A folder with the release of one version, then of the next, and what others put there in between."""
    to = tmp_path_factory.mktemp("twice") / "dist"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Format, "installed", property(lambda form: not form.varies))  # the same files on every run
        esfdata.publish(made("2026.9.0"), Findings(), to, ADDRESS)
        (to / "site" / "CNAME").write_text("example.org")
        yield esfdata.publish(made("2026.10.0", name="Another <name>"), Findings(), to, ADDRESS)


def test_a_release_has_its_site_with_its_own_files(twice):
    assert [] == list(links.broken(twice / "site"))
    for name in ("SHA256SUMS", "datapackage/datapackage.json", "data/projects.json", "dcat.ttl"):
        for address in ("2026.10.0", "latest"):
            assert (twice / name).read_bytes() == (twice / "site/download" / address / name).read_bytes()
    assert (twice / "esfdata-2026.10.0.zip").read_bytes() == (twice / "site/download/latest/esfdata.zip").read_bytes()


def test_the_checksums_are_those_of_the_release_and_do_not_name_the_pages(twice):
    told = (twice / "SHA256SUMS").read_text()
    assert "site/" not in told
    page = (twice / "site/en/data/index.html").read_text("utf-8").replace("<wbr>", "")
    shown = dict(re.findall(r'download>([^<]+)</a>.*?class="sum">([0-9a-f]{64})<', page))
    assert {name: digest for digest, name in (line.split("  ") for line in told.splitlines())} == shown


def test_a_later_release_tells_what_changed_and_keeps_the_earlier_one(twice):
    told = json.loads((twice / "site" / "releases.json").read_text("utf-8"))
    assert ["2026.10.0", "2026.9.0"] == [one["version"] for one in told]
    assert {"added": 0, "removed": 0, "changed": 1, "form": 0} == {
        name: count for name, count in told[0]["changes"]["tables"]["projects"].items() if name != "totals"
    }
    assert b"Porukalla!" in (twice / "site/download/2026.9.0/datapackage/data/projects.csv").read_bytes()
    feed = ElementTree.parse(twice / "site" / "fi" / "feed.xml").getroot()
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert ["Versio 2026.10.0", "Versio 2026.9.0"] == [e.text for e in feed.findall("a:entry/a:title", names)]


def test_what_others_put_into_the_site_stays(twice):
    assert "example.org" == (twice / "site" / "CNAME").read_text()


def test_the_landing_pages_say_what_the_release_says_to_search_engines(twice):
    told = json.loads((twice / "schema-org.jsonld").read_text("utf-8"))
    for language in LANGUAGES:
        page = (twice / "site" / language / "index.html").read_text("utf-8")
        assert told == json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def test_a_release_that_is_written_again_is_the_same(twice):
    before = content(twice)
    package = made("2026.10.0", name="Another <name>")
    after = content(esfdata.publish(package, Findings(), twice, ADDRESS))
    assert (set(before), []) == (set(after), [name for name in before if before[name] != after[name]])


def test_a_release_before_that_cannot_be_read_is_told_and_not_compared(tmp_path):
    old = tmp_path / "dist" / "datapackage"
    old.mkdir(parents=True)
    (old / "datapackage.json").write_text('{"version": "2026.9.0", "resources": 1}')
    with pytest.warns(UserWarning, match="the changes since the release before are not told: "):
        assert changes(made("2026.10.0"), tmp_path / "dist") is None


def test_the_day_of_a_release_is_that_of_the_only_clock(monkeypatch):
    assert "2026-10-01" == day(made("2026.10.0"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    assert "2026-11-01" == day(made("2026.10.0"))


def test_without_a_site_the_earlier_one_stays(tmp_path):
    site_of = content(esfdata.publish(made("2026.9.0"), Findings(), tmp_path / "dist") / "site")
    esfdata.publish(made("2026.10.0"), Findings(), tmp_path / "dist", site=False)
    assert site_of == content(tmp_path / "dist" / "site")
    esfdata.publish(made("2026.11.0", name="New"), Findings(), tmp_path / "dist")
    told = json.loads((tmp_path / "dist/site/releases.json").read_text("utf-8"))
    assert (["2026.11.0", "2026.9.0"], 1) == (
        [one["version"] for one in told], told[0]["changes"]["tables"]["projects"]["changed"],
    )  # fmt: skip


def test_the_command_line_writes_no_pages_where_none_are_wanted(tmp_path, root):
    options = ["--checks", str(samples.CHECKS), "--no-site"]
    assert 0 == main(["publish", str(root / "datapackage"), *options, "--to", str(tmp_path / "dist")])
    assert (tmp_path / "dist" / "SHA256SUMS").is_file() and not (tmp_path / "dist" / "site").exists()


KILLED = """
import os, signal, sys
import esfdata, samples
from esfdata.findings import Findings
package = samples.package(projects=[{**samples.PROJECT, "name": "Another"}])
package.descriptor["version"] = "2026.10.0"
event, number = sys.argv[2], int(sys.argv[3])
def hook(name, arguments):
    global number
    if name == event and (event != "open" or isinstance(arguments[1], str) and "w" in arguments[1]):
        number -= 1
        if not number:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
esfdata.publish(package, Findings(), sys.argv[1])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
@pytest.mark.parametrize(("event", "number"), [("open", 5), ("open", 200), ("os.link", 30)])
def test_a_release_that_is_killed_leaves_the_old_one_whole(event, number, tmp_path, root):
    old = esfdata.publish(made("2026.9.0"), Findings(), tmp_path / "dist")
    before = content(old)
    paths = [str(root / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    world = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    run = subprocess.run([sys.executable, "-P", "-c", KILLED, str(old), event, str(number)], env=world, check=False)
    assert (-signal.SIGKILL, before) == (run.returncode, content(old))


def test_downloads_are_the_package_at_two_addresses(tmp_path):
    to = site.write(esfdata.load(), Findings(), tmp_path / "site", languages=["sv"])
    for name in ("datapackage.json", "data/projects.csv", "codelists/regions.csv"):
        dated = to / "download" / "2026.11.0" / "datapackage" / name
        assert dated.read_bytes() == (to / "download" / "latest" / "datapackage" / name).read_bytes()


def test_only_the_files_of_a_published_release_are_offered(tmp_path):
    released = release(blank(), tmp_path / "release", formats=())
    (released / "notes.txt").write_text("not of the release")
    to = site.write(blank(), validate(blank(), samples.CHECKS), tmp_path / "site", languages=["en"], release=released)
    assert (released / "SHA256SUMS").read_bytes() == (to / "download" / "2026.11.0" / "SHA256SUMS").read_bytes()
    assert not list(to.rglob("notes.txt"))
    assert [] == list(links.broken(to))


def test_a_site_that_is_written_again_remembers_and_keeps_what_is_not_its_own(tmp_path):
    package, findings = blank(), validate(blank(), samples.CHECKS)
    to = site.write(package, findings, tmp_path / "site", languages=["en"])
    (to / "CNAME").write_text("example.org")
    package.descriptor["version"] = "2099.1.0"
    site.write(package, findings, to, languages=["en"])
    assert ["2099.1.0", "2026.11.0"] == [one["version"] for one in json.loads((to / "releases.json").read_text())]
    assert {"2099.1.0", "2026.11.0", "latest"} == {path.name for path in (to / "download").iterdir()}
    assert "example.org" == (to / "CNAME").read_text()


@pytest.mark.parametrize("versions", [["2026.9.0", "2026.10.0"], ["2026.10.0", "2026.10.1"], ["draft", "2026.9.0"]])
def test_versions_are_in_the_order_of_their_numbers(versions):
    first, second = versions
    assert order(first) < order(second)
