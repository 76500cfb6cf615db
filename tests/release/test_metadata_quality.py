"""The European metadata-quality score: every point is earned or lost for a reason that is told."""

import json
from pathlib import Path

import pytest

from esfdata.exceptions import PackageError
from esfdata.files.checksums import Digest
from esfdata.release import metadata_quality as quality
from esfdata.release.metadata import metadata, write_metadata

BASE = "https://example.org/esfdata/2026.11.0"
DESCRIPTOR = json.loads(
    (Path(__file__).parents[1] / "golden" / "metadata" / "descriptor.json").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def no_clock(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def release(tmp_path) -> Path:
    names = ("data/projects.csv", "data/finance.csv", "esfdata-2026.11.0.zip", "esfdata.sqlite")
    write_metadata(DESCRIPTOR, dict.fromkeys(names, Digest(9, "0" * 64)), tmp_path, BASE)
    return tmp_path


def without(*names: str) -> dict:
    return {name: value for name, value in DESCRIPTOR.items() if name not in names}


def scored(descriptor: dict, files: dict | None = None) -> dict[str, quality.Point]:
    files = {"data/projects.csv": Digest(9, "0" * 64)} if files is None else files
    points = quality.score(json.loads(metadata(descriptor, files, BASE)["dcat.jsonld"]))
    return {point.metric: point for point in points}


def test_the_small_release_earns_every_point_that_a_file_can(release, golden):
    points = quality.score(json.loads((release / "dcat.jsonld").read_text(encoding="utf-8")))
    assert (325, 325, "good") == quality.total(points)
    assert 405 == sum(point.possible for point in points)
    golden("metadata/quality.txt", quality.render(points))


def test_the_dimensions_weigh_what_the_method_says():
    sums: dict[str, int] = {}
    for point in quality.score({"@graph": []}):
        sums[point.dimension] = sums.get(point.dimension, 0) + point.possible
    weights = {
        "Findability": 100,
        "Accessibility": 100,
        "Interoperability": 110,
        "Reusability": 75,
        "Contextuality": 20,
    }
    assert weights == sums


def test_nothing_earns_nothing():
    assert (0, 325, "bad") == quality.total(quality.score({"@graph": []}))


@pytest.mark.parametrize(
    ("lost", "metrics"),
    [
        ("keywords", {"keywords"}),
        ("themes", {"categories"}),
        ("spatial", {"geographic search"}),
        ("temporal", {"time-based search"}),
        ("licenses", {"licence", "licence is known"}),
        ("accessRights", {"access rights", "access rights are known"}),
        ("contributors", {"contact point", "publisher", "complies with DCAT-AP"}),
        ("created", {"date of issue", "date of change"}),
        ("description", set()),
    ],
)
def test_each_property_of_the_descriptor_earns_its_points(lost, metrics):
    descriptor = without(lost)
    if lost == "keywords":
        descriptor["translations"] = {}
    whole, less = scored(DESCRIPTOR), scored(descriptor)
    assert metrics == {name for name, point in less.items() if point.earned < whole[name].earned}


@pytest.mark.parametrize(
    ("path", "metrics"),
    [
        ("a.csv", set()),
        ("a.zip", set()),
        ("a.xlsx", {"format is non-proprietary"}),
        ("a.parquet", {"format is non-proprietary", "format is machine-readable"}),
        (
            "a.sqlite",
            {"format", "format and media type are known", "format is non-proprietary", "format is machine-readable"},
        ),
    ],
)
def test_each_form_of_file_earns_its_points(path, metrics):
    less = scored(DESCRIPTOR, {path: Digest(1, "0" * 64)})
    assert metrics == {name for name, point in less.items() if point.by_file and not point.earned}


def test_a_lost_point_says_why():
    assert "lacks dcat:Catalog dct:publisher" == scored(without("contributors"))["complies with DCAT-AP"].reason
    assert "not stated" == scored(without("temporal"))["time-based search"].reason


def test_the_score_of_a_release_and_of_a_package(release, root, tmp_path):
    assert quality.score(json.loads((release / "dcat.jsonld").read_text(encoding="utf-8"))) == quality.of(release)
    assert quality.of(release) == quality.of(release / "dcat.jsonld")
    assert 200 < quality.total(quality.of(root / "datapackage"))[0]
    (tmp_path / "dcat.jsonld").write_text("[]")
    with pytest.raises(PackageError, match="expected a DCAT document"):
        quality.of(tmp_path)
