"""Loading by version, `latest`, URL and path; and every release that is refused, with the old one left as it was."""

import functools
import http.server
import shutil
import threading
import warnings
import zipfile
from pathlib import Path

import pytest
import samples

import esfdata
from esfdata.exceptions import PackageError
from esfdata.files import archive
from esfdata.release import loading
from esfdata.release.writing import release as write_release


def made(folder: Path, version: str, name: str = "Porukalla!") -> Path:
    package = samples.package(projects=[{**samples.PROJECT, "name": name}])
    package.descriptor["version"] = version
    return write_release(package, folder, formats=())


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """What a server has: two versions, and `latest`, which is the second."""
    root = tmp_path_factory.mktemp("server")
    made(root / "2026.9.0", "2026.9.0", "Old")
    made(root / "2026.11.0", "2026.11.0", "New")
    shutil.copytree(root / "2026.11.0", root / "latest")
    return root


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A handler that prints nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture
def site(published, tmp_path):
    """A copy of what is published, which a test may damage."""
    return shutil.copytree(published, tmp_path / "site")


@pytest.fixture
def server(site, tmp_path, monkeypatch):
    """The server of that folder; `stop()` takes it off the network."""
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    httpd.url = f"http://127.0.0.1:{httpd.server_port}"
    httpd.stop = lambda: (httpd.shutdown(), httpd.server_close())
    monkeypatch.setenv("ESFDATA_RELEASES", httpd.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield httpd
    httpd.stop()


def name(package: esfdata.Package) -> str:
    return package["projects"]["name"][0]


@pytest.mark.parametrize(("version", "expected"), [("2026.9.0", "Old"), ("2026.11.0", "New"), ("latest", "New")])
def test_a_version_is_downloaded_once_and_kept(version, expected, server):
    assert expected == name(esfdata.load(version))
    server.stop()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert expected == name(esfdata.load(version))
    assert (version == "latest") == bool(told)


@pytest.mark.parametrize("inside", ["", "/", "/SHA256SUMS", "/esfdata-2026.9.0.zip", "/datapackage/datapackage.json"])
def test_a_url_of_a_release_or_of_a_file_in_it_loads(inside, server):
    assert "Old" == name(esfdata.load(f"{server.url}/2026.9.0{inside}"))


@pytest.mark.parametrize("inside", ["", "datapackage", "datapackage/datapackage.json", "esfdata-2026.9.0.zip"])
def test_a_path_of_a_release_or_of_a_file_in_it_loads(inside, site):
    assert "Old" == name(esfdata.load(site / "2026.9.0" / inside))


def test_offline_latest_is_the_newest_kept_and_says_so(server):
    esfdata.load("2026.11.0")
    esfdata.load("2026.9.0")
    server.stop()
    with pytest.warns(UserWarning, match=r"does not answer \(.*\); this is 2026\.11\.0, the newest version kept here"):
        assert "New" == name(esfdata.load("latest"))


@pytest.mark.parametrize("version", ["2026.10.0", "latest"])
def test_offline_with_nothing_kept_is_refused_in_a_sentence(version, server):
    server.stop()
    with pytest.raises(PackageError, match=rf"{version}: .* does not answer \(.*\); kept in .* is no version"):
        esfdata.load(version)


def test_a_version_that_is_not_there_names_those_that_are_kept(server):
    esfdata.load("2026.9.0")
    with pytest.raises(PackageError, match=r"2025\.1\.0/SHA256SUMS answers 404 .*; kept in .* is 2026\.9\.0$"):
        esfdata.load("2025.1.0")


def test_without_a_place_for_releases_the_place_is_asked_for(monkeypatch):
    monkeypatch.setenv("ESFDATA_RELEASES", "ftp://example.org")
    with pytest.raises(PackageError, match="set ESFDATA_RELEASES to the URL"):
        esfdata.load("2026.11.0")


def test_a_new_latest_replaces_the_old_one(server, site):
    assert "New" == name(esfdata.load("latest"))
    shutil.rmtree(site / "latest")
    made(site / "latest", "2026.12.0", "Newest")
    assert "Newest" == name(esfdata.load("latest"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_zip(path: Path) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if ".zip" not in line))


DAMAGED = {
    "the zip is cut": ("esfdata-2026.11.0.zip", cut, "the checksum is .* the release says"),
    "the zip is gone": ("esfdata-2026.11.0.zip", Path.unlink, "answers 404"),
    "the checksums are cut": ("SHA256SUMS", cut, "not a line of checksums|a release has one zip"),
    "the checksums are a page": ("SHA256SUMS", lambda p: p.write_text("<html>"), "not a line of checksums"),
    "the checksums are empty": ("SHA256SUMS", lambda p: p.write_text(""), "the file is empty"),
    "the checksums lead out": ("SHA256SUMS", lambda p: p.write_text(f"{'0' * 64}  ../a.zip\n"), "leaves the folder"),
    "the checksums name no zip": ("SHA256SUMS", without_zip, "a release has one zip"),
}


@pytest.mark.parametrize(("file", "damage", "told"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_download_is_refused_and_the_kept_release_stays(file, damage, told, server, site, tmp_path):
    esfdata.load("2026.9.0")
    kept = {path: path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    damage(site / "2026.11.0" / file)
    with pytest.raises(PackageError, match=told):
        esfdata.load("2026.11.0")
    assert kept == {path: path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()}


CHANGED = {
    "the descriptor": ("datapackage/datapackage.json", "the checksum is"),
    "the rows": ("datapackage/data/projects.parquet", "the checksum is"),
}


@pytest.mark.parametrize(("file", "told"), CHANGED.values(), ids=CHANGED)
def test_a_kept_file_that_was_changed_is_refused(file, told, site):
    path = site / "2026.9.0" / file
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(PackageError, match=told):
        name(esfdata.load(site / "2026.9.0"))


@pytest.mark.parametrize("file", ["datapackage/data/projects.csv", "datapackage/codelists/funds.csv"])
def test_a_folder_that_is_worked_on_is_read_and_known_to_be_changed(file, site):
    path = site / "2026.9.0" / file
    path.write_bytes(path.read_bytes().replace(b"2", b"3"))
    package = esfdata.read(site / "2026.9.0")
    assert [path.stem] == [table for table, found in package.files.items() if found.changed]


def test_a_release_with_a_file_missing_is_refused(site):
    (site / "2026.9.0" / "datapackage" / "data" / "projects.parquet").unlink()
    with pytest.raises(PackageError, match=r"names data/projects\.parquet, which is not there"):
        esfdata.load(site / "2026.9.0")


def test_a_table_with_an_extra_column_is_refused(tmp_path):
    from esfdata.release.writing import write

    folder = write(samples.package(projects=[samples.PROJECT]), tmp_path / "package")
    path = folder / "data" / "projects.csv"
    header, row = path.read_text().splitlines()
    path.write_text(f"{header},contact_name\n{row},Erkki Esimerkki\n")
    with pytest.raises(PackageError, match="the column 'contact_name' is no field of projects") as refused:
        esfdata.read(folder)
    assert "Erkki" not in str(refused.value)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member, content in members.items():
            target.writestr(member, content)
    return path


@pytest.mark.parametrize(
    "member", ["../secret.csv", "/etc/secret.csv", "a/../../secret.csv", "..\\secret.csv", "C:/a.csv"]
)
def test_a_zip_with_an_entry_that_leaves_the_folder_is_refused(member, tmp_path):
    path = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}", member: b"x"})
    for open_it in (esfdata.read, esfdata.load):
        with pytest.raises(PackageError, match="leaves the folder; refused"):
            open_it(path)


def test_a_zip_bomb_is_refused_before_it_grows(tmp_path):
    path = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}", "data/projects.csv": bytes(archive.FREE + 1)})
    with pytest.raises(PackageError, match="would grow to"):
        esfdata.read(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_zip_cut_in_the_middle_is_refused(share, site, tmp_path):
    content = (site / "2026.9.0" / "esfdata-2026.9.0.zip").read_bytes()
    path = tmp_path / "esfdata-2026.9.0.zip"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(PackageError, match="not a whole zip file"):
        esfdata.load(path)


def test_a_zip_with_a_changed_byte_is_refused(site):
    path = site / "2026.9.0" / "esfdata-2026.9.0.zip"
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(content)
    with pytest.raises(PackageError):
        esfdata.read(path)
    with pytest.raises(PackageError, match="the checksum is"):
        esfdata.load(path)


def test_the_zip_opens_with_the_standard_library_and_is_compressed_by_igzip(site):
    with zipfile.ZipFile(site / "2026.9.0" / "esfdata-2026.9.0.zip") as inside:
        assert inside.testzip() is None
        assert {(1980, 1, 1, 0, 0, 0)} == {info.date_time for info in inside.infolist()}
        stored = {Path(i.filename).suffix for i in inside.infolist() if i.compress_type == zipfile.ZIP_STORED}
        assert {".parquet"} == stored


def test_rows_come_from_parquet_and_are_checked_when_they_are_read(site):
    """The rest of a release costs nothing: a damaged table is refused when it is asked for, others are not."""
    path = site / "2026.9.0" / "datapackage" / "data" / "finance.parquet"
    path.write_bytes(b"")
    package = esfdata.load(site / "2026.9.0")
    assert "Old" == name(package)
    with pytest.raises(PackageError, match="the checksum is"):
        package["finance"]


@pytest.mark.parametrize(
    ("given", "homepage", "expected"),
    [
        ("https://example.org/all/", "https://example.org/", "https://example.org/all"),
        ("", "https://example.org/esfdata/", "https://example.org/esfdata/site/download"),
        ("", "https://github.com/OWNER/esfdata", "https://github.com/OWNER/esfdata/releases/download"),
    ],
)
def test_where_releases_lie(monkeypatch, given, homepage, expected):
    monkeypatch.setenv("ESFDATA_RELEASES", given)
    monkeypatch.setattr(loading, "shipped_descriptor", lambda: {"homepage": homepage})
    assert expected == loading._place()
