"""The European metadata-quality score: what data.europa.eu gives a data set, point by point.

The method (Metadata Quality Assurance, MQA) gives 405 points in five dimensions. 80 of them are for web
addresses that answer, which no file can earn: they are told apart from what is lost. Where a data set has
several distributions, the best one counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from esfdata.exceptions import PackageError
from esfdata.files.checksums import digest
from esfdata.release.facts import measured
from esfdata.release.metadata import metadata
from esfdata.release.metadata.dcat import AUTHORITY, MEDIA_TYPE
from esfdata.tables.reading import read

METHOD = "https://data.europa.eu/mqa/methodology"
RATINGS = ((351, "excellent"), (221, "good"), (121, "sufficient"), (0, "bad"))

OPEN_FORMATS = frozenset(("CSV", "GEOJSON", "HTML", "JSON", "JSON_LD", "ODS", "RDF_TURTLE", "RDF_XML", "TXT", "XML"))
READABLE_FORMATS = frozenset(("CSV", "GEOJSON", "JSON", "JSON_LD", "ODS", "RDF_TURTLE", "RDF_XML", "XLSX", "XML"))
"""The EU file types that the method counts as non-proprietary and as machine-readable, as far as data use them."""

MANDATORY = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
}
"""What DCAT-AP 3.0.1 demands of each class; its shapes, which demand more of the form, are run in our tests."""

Node = Mapping[str, Any]
Judge = Callable[["Graph", Node], bool]


class Point(NamedTuple):
    """One line of the score: what was looked at, what it can give and gave, and why."""

    dimension: str
    metric: str
    property: str
    possible: int
    earned: int
    reason: str
    by_file: bool = True


class Graph:
    """A DCAT document in JSON-LD, as `dcat.jsonld` has it: its nodes by address."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.nodes: dict[str, Node] = {each["@id"]: each for each in document["@graph"]}
        self.dataset = next((n for n in self.nodes.values() if n.get("@type") == "dcat:Dataset"), {})
        self.distributions = [n for n in self.nodes.values() if n.get("@type") == "dcat:Distribution"]

    def of_type(self, kind: str) -> Iterator[Node]:
        """The nodes of a class."""
        return (each for each in self.nodes.values() if each.get("@type") == kind)

    def lacking(self) -> list[str]:
        """The mandatory properties that some node lacks; the whole class where the document has none of it."""
        needed = [(kind, props) for kind, props in MANDATORY.items() if kind != "foaf:Agent"]
        absent = [kind for kind, _ in needed if not any(self.of_type(kind))]
        wanted = ((kind, prop) for kind, props in MANDATORY.items() for prop in props)
        return absent + [f"{kind} {prop}" for kind, prop in wanted if not all(x.get(prop) for x in self.of_type(kind))]


def score(document: Mapping[str, Any]) -> list[Point]:
    """The points of a data set, from the DCAT document in JSON-LD that `write_metadata` writes."""
    graph = Graph(document)
    return [_point(graph, *metric) for metric in METRICS]


def of(path: Path, base_url: str = "https://example.org/") -> list[Point]:
    """The points of a release: of its `dcat.jsonld` where there is one, else of what its descriptor would give.

    `path` is a release folder, a package in any form that can be read, or a DCAT document in JSON-LD.
    """
    document = path / "dcat.jsonld" if path.is_dir() else path
    if document.suffix != ".jsonld" or not document.is_file():
        descriptor = read(path).descriptor
        stored = measured(path) if path.is_dir() else {path.name: digest(path)}
        return score(json.loads(metadata(descriptor, stored, base_url)["dcat.jsonld"]))
    try:
        return score(json.loads(document.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageError(f"{document}: expected a DCAT document in JSON-LD with a list `@graph` ({error})") from error


def total(points: Iterable[Point]) -> tuple[int, int, str]:
    """The points earned, the points that a file could earn, and the method's word for the sum."""
    points = list(points)
    earned = sum(point.earned for point in points)
    rating = next(word for least, word in RATINGS if earned >= least)
    return earned, sum(point.possible for point in points if point.by_file), rating


def render(points: Iterable[Point]) -> str:
    """The score sheet: a line a metric, the sum of each dimension, and the whole."""
    points = list(points)
    lines = []
    for dimension in dict.fromkeys(point.dimension for point in points):
        mine = [point for point in points if point.dimension == dimension]
        lines.append(f"{dimension}  {sum(p.earned for p in mine)} of {sum(p.possible for p in mine)}")
        for p in mine:
            sign = "+" if p.earned else " " if not p.by_file else "-"
            lines.append(f"  {sign} {p.earned:>3}/{p.possible:<3} {p.metric:<34} {p.property:<22} {p.reason}")
    earned, possible, rating = total(points)
    whole = sum(point.possible for point in points)
    lines += ["", f"{earned} of the {possible} points that a file can earn; {whole} if its addresses answer too"]
    lines += [f"rating by the file alone: {rating} ({METHOD})"]
    return "\n".join(lines) + "\n"


def _point(
    graph: Graph, dimension: str, metric: str, prop: str, possible: int, on: str, judge: Judge | None = None
) -> Point:
    """One metric, judged on the data set, on its best distribution, or not at all (`on` is `web`)."""
    if on == "web":
        return Point(dimension, metric, prop, possible, 0, "only the web can tell whether it answers", by_file=False)
    if on == "whole":
        lacking = ", ".join(graph.lacking())
        reason = f"lacks {lacking}" if lacking else "every mandatory property is stated"
        return Point(dimension, metric, prop, possible, possible * (not lacking), reason)
    nodes = [graph.dataset] if on == "dataset" else graph.distributions
    stated = [each for each in nodes if each.get(prop)]
    good = [each for each in stated if judge is None or judge(graph, each)]
    where = f"{len(good)} of {len(nodes)} distributions" if on == "distribution" else "stated"
    lack = "not stated" if not stated else "stated, but not a term of the vocabulary or list"
    return Point(dimension, metric, prop, possible, possible * bool(good), where if good else lack)


def _address(node: Node, prop: str) -> str:
    value = node.get(prop)
    return str(value.get("@id", "")) if isinstance(value, Mapping) else ""


def _from(prop: str, *begins: str) -> Judge:
    return lambda graph, node: _address(node, prop).startswith(begins)


def _file_type(names: frozenset[str]) -> Judge:
    return lambda graph, node: _address(node, "dct:format").removeprefix(f"{AUTHORITY}file-type/") in names


def _both_in_lists(graph: Graph, node: Node) -> bool:
    """Whether format and media type are both terms of their vocabularies."""
    judges = _from("dct:format", f"{AUTHORITY}file-type/"), _from("dcat:mediaType", MEDIA_TYPE)
    return all(judge(graph, node) for judge in judges)


FIND, ACCESS, OPERATE, REUSE, CONTEXT = (
    "Findability", "Accessibility", "Interoperability", "Reusability", "Contextuality",
)  # fmt: skip
METRICS: tuple[tuple[Any, ...], ...] = (
    (FIND, "keywords", "dcat:keyword", 30, "dataset"),
    (FIND, "categories", "dcat:theme", 30, "dataset"),
    (FIND, "geographic search", "dct:spatial", 20, "dataset"),
    (FIND, "time-based search", "dct:temporal", 20, "dataset"),
    (ACCESS, "access address answers", "dcat:accessURL", 50, "web"),
    (ACCESS, "download address is stated", "dcat:downloadURL", 20, "distribution"),
    (ACCESS, "download address answers", "dcat:downloadURL", 30, "web"),
    (OPERATE, "format", "dct:format", 20, "distribution"),
    (OPERATE, "media type", "dcat:mediaType", 10, "distribution"),
    (OPERATE, "format and media type are known", "dct:format", 10, "distribution", _both_in_lists),
    (OPERATE, "format is non-proprietary", "dct:format", 20, "distribution", _file_type(OPEN_FORMATS)),
    (OPERATE, "format is machine-readable", "dct:format", 20, "distribution", _file_type(READABLE_FORMATS)),
    (OPERATE, "complies with DCAT-AP", "mandatory properties", 30, "whole"),
    (REUSE, "licence", "dct:license", 20, "distribution"),
    (REUSE, "licence is known", "dct:license", 10, "distribution",
     _from("dct:license", f"{AUTHORITY}licence/", "https://creativecommons.org/")),
    (REUSE, "access rights", "dct:accessRights", 10, "dataset"),
    (REUSE, "access rights are known", "dct:accessRights", 5, "dataset",
     _from("dct:accessRights", f"{AUTHORITY}access-right/")),
    (REUSE, "contact point", "dcat:contactPoint", 20, "dataset"),
    (REUSE, "publisher", "dct:publisher", 10, "dataset"),
    (CONTEXT, "rights", "dct:rights", 5, "distribution"),
    (CONTEXT, "file size", "dcat:byteSize", 5, "distribution"),
    (CONTEXT, "date of issue", "dct:issued", 5, "dataset"),
    (CONTEXT, "date of change", "dct:modified", 5, "dataset"),
)  # fmt: skip
"""Every metric with its points, what it is judged on, and how, where its being stated is not enough."""
