"""The release as a schema.org Dataset: what search engines read from the landing page."""

from __future__ import annotations

from typing import Any

from esfdata.messages.languages import ENGLISH
from esfdata.release.facts import Agent, Facts, MetadataFile
from esfdata.release.linked_data import json_text

LONGEST = 5000
"""Search engines take a description of 50 to 5,000 characters."""


def dataset(facts: Facts) -> dict[str, Any]:
    """The JSON-LD document; what the descriptor does not say is left out."""
    period = f"{facts.start or '..'}/{facts.end or '..'}" if facts.start or facts.end else None
    document = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{facts.base_url}#dataset",
        "name": facts.say(facts.titles),
        "alternateName": [title for language, title in facts.titles.items() if language != ENGLISH],
        "description": facts.say(facts.descriptions)[:LONGEST],
        "url": facts.base_url,
        "identifier": facts.base_url,
        "version": facts.version,
        "keywords": [word for words in facts.keywords.values() for word in words],
        "inLanguage": list(facts.languages),
        "license": facts.licence and facts.licence.url,
        "isAccessibleForFree": True,
        "creator": organisation(facts.publisher),
        "publisher": organisation(facts.publisher),
        "temporalCoverage": period,
        "spatialCoverage": _place(facts),
        "datePublished": facts.issued,
        "dateModified": facts.modified,
        "isBasedOn": [source["path"] for source in facts.sources if source.get("path")],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": facts.say(each.titles),
                "contentUrl": each.url,
                "encodingFormat": each.form.media_type,
                "contentSize": f"{each.stored.size} B",
                "sha256": each.stored.sha256,
            }
            for each in facts.distributions
        ],
    }
    return {key: value for key, value in document.items() if value not in (None, "", [])}


def organisation(agent: Agent | None) -> dict[str, str] | None:
    """An organisation with its name and web address."""
    if agent is None:
        return None
    return {"@type": "Organization", "name": agent.name, **({"url": agent.url} if agent.url else {})}


def _place(facts: Facts) -> dict[str, Any] | None:
    if not facts.country:
        return None
    box = facts.country.get("bbox")
    corners = {"geo": {"@type": "GeoShape", "box": f"{box[1]} {box[0]} {box[3]} {box[2]}"}} if box else {}
    return {"@type": "Place", "name": facts.country["title"], **corners}


FILES = (MetadataFile("schema-org.jsonld", "application/ld+json", lambda facts: json_text(dataset(facts))),)
