"""The release in Croissant 1.0, the form in which machine-learning tools load tables with their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from esfdata.messages.languages import ENGLISH
from esfdata.release.facts import Distribution, Facts, MetadataFile
from esfdata.release.linked_data import json_text
from esfdata.release.metadata.schema_org import organisation
from esfdata.tables.fields import type_of

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"

_TERMS = (
    "arrayShape citeAs column containedIn data dataType equivalentProperty examples extract field fileObject "
    "fileProperty fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet "
    "references regex repeated replace samplingRate separator source subField transform"
)
_SHAPES = {"data": "@json", "dataType": "@vocab", "examples": "@json"}
CONTEXT = {
    "@language": ENGLISH,
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    **{name: {"@id": f"cr:{name}", "@type": _SHAPES[name]} if name in _SHAPES else f"cr:{name}"
       for name in _TERMS.split()},
}  # fmt: skip


def dataset(facts: Facts) -> dict[str, Any]:
    """The JSON-LD document: every file of the release, and the tables that stand in CSV files of their own."""
    files = {each.table: each for each in facts.distributions if each.table and each.path.endswith(".csv")}
    tables = [resource for resource in facts.tables if resource["name"] in files]
    document = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": facts.name,
        "description": facts.say(facts.descriptions),
        "url": facts.base_url,
        "version": facts.version,
        "license": facts.licence and facts.licence.url,
        "creator": organisation(facts.publisher),
        "publisher": organisation(facts.publisher),
        "datePublished": facts.issued,
        "dateModified": facts.modified,
        "inLanguage": list(facts.languages),
        "keywords": list(facts.keywords.get(ENGLISH, ())),
        "citeAs": citation(facts),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": each.path,
                "name": each.path,
                "description": facts.say(each.titles),
                "contentUrl": each.url,
                "contentSize": f"{each.stored.size} B",
                "encodingFormat": each.form.media_type,
                "sha256": each.stored.sha256,
            }
            for each in facts.distributions
        ],
        "recordSet": [_table(resource, files[resource["name"]], set(files)) for resource in tables],
    }
    return {key: value for key, value in document.items() if value not in (None, "", [])}


def citation(facts: Facts) -> str:
    """How to cite the release, in one line."""
    publisher = f"{facts.publisher.name}: " if facts.publisher else ""
    year = f" ({facts.issued[:4]})" if facts.issued else ""
    return f"{publisher}{facts.say(facts.titles)}, version {facts.version}{year}. {facts.base_url}"


def _table(resource: Mapping[str, Any], file: Distribution, present: set[str | None]) -> dict[str, Any]:
    name, schema = resource["name"], resource["schema"]
    references = dict(_references(schema, present))
    key = schema.get("primaryKey", [])
    keys = [{"@id": f"{name}/{part}"} for part in ([key] if isinstance(key, str) else key)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource.get("description", name),
        **({"key": keys[0] if len(keys) == 1 else keys} if keys else {}),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field.get("description", field["name"]),
                "dataType": type_of(field).croissant,
                "source": {"fileObject": {"@id": file.path}, "extract": {"column": field["name"]}},
                **references.get(field["name"], {}),
            }
            for field in schema["fields"]
        ],
    }


def _references(schema: Mapping[str, Any], present: set[str | None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields that refer to a field of another table in the release, by keys of one field."""
    for foreign in schema.get("foreignKeys", []):
        here, there = foreign["fields"], foreign["reference"]["fields"]
        here, there = ([x] if isinstance(x, str) else x for x in (here, there))
        table = foreign["reference"].get("resource")
        if len(here) == 1 and table in present:
            yield here[0], {"references": {"field": {"@id": f"{table}/{there[0]}"}}}


FILES = (MetadataFile("croissant.json", "application/ld+json", lambda facts: json_text(dataset(facts))),)
