"""A small graph of linked data, written as JSON-LD and as Turtle.

Both are written by hand: the graph has a dozen kinds of nodes, and a library (rdflib) would cost every user
an import and would order the output as its version likes. The tests read both back with rdflib and compare.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
"""Properties by their prefixed names; `@id` and `@type` as in JSON-LD. A node inside another one is blank."""

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(address: str) -> dict[str, str]:
    """A reference to a node by its address."""
    return {"@id": address}


def typed(value: object, datatype: str) -> dict[str, str]:
    """A literal with a datatype such as `xsd:date`."""
    return {"@value": str(value), "@type": datatype}


def spoken(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """A literal in each language."""
    return [{"@value": text, "@language": language} for language, text in texts.items()]


def node(**properties: Any) -> dict[str, Any]:
    """A node without its empty properties; `dct__title` stands for `dct:title`, `id` for `@id`, `type` for `@type`."""
    names = {key: f"@{key}" if key in ("id", "type") else key.replace("__", ":") for key in properties}
    named = {names[key]: value for key, value in properties.items()}
    return {key: value for key, value in named.items() if value not in (None, "", [], (), {})}


def jsonld(nodes: Iterable[Node]) -> dict[str, Any]:
    """The graph as a JSON-LD document."""
    return {"@context": PREFIXES, "@graph": list(nodes)}


def json_text(document: Mapping[str, Any]) -> str:
    """A JSON document as the text of a file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def turtle(nodes: Iterable[Node]) -> str:
    """The graph as Turtle, nodes and properties in the order given."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for each in nodes:
        lines += ["", f"<{each['@id']}>", *_properties(each, "    "), "."]
    return "\n".join(lines) + "\n"


def _properties(each: Node, indent: str) -> list[str]:
    """The lines of a node's properties, each but the last closed by a semicolon."""
    lines = []
    for name, value in each.items():
        if name == "@id":
            continue
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        objects = values if name == "@type" else [_object(one, indent) for one in values]
        lines.append(f"{indent}{'a' if name == '@type' else name} {f',{chr(10)}{indent}    '.join(objects)}")
    return [f"{line} ;" for line in lines[:-1]] + lines[-1:]


def _object(value: Any, indent: str) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@value" in value:
        suffix = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
        return _quoted(value["@value"]) + suffix
    if set(value) == {"@id"}:
        return f"<{value['@id']}>"
    inner = _properties(value, indent + "    ")
    return "\n".join(["[", *inner, f"{indent}]"])


def _quoted(text: str) -> str:
    """A Turtle string; JSON's escapes are among Turtle's."""
    return json.dumps(text, ensure_ascii=False)
