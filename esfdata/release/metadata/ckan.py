"""The release as the payload of `package_create` for avoindata.fi, Finland's national portal (CKAN).

The portal requires a title, a description and a keyword in Finnish, a category, a licence, the type of the
collection, a maintainer with an e-mail address, the owning organisation and a resource.
"""

from __future__ import annotations

from typing import Any

from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.messages.texts import texts
from esfdata.release.facts import Facts, MetadataFile, Text
from esfdata.release.linked_data import json_text
from esfdata.release.metadata.dcat import rights

LICENCES = {"CC-BY-4.0": "cc-by-4.0", "CC0-1.0": "cc-zero-1.0"}
"""Names of licences in SPDX and on the portal."""

REQUIRED = (
    "title_translated.fi", "notes_translated.fi", "keywords.fi", "categories", "license_id", "collection_type",
    "maintainer", "maintainer_email", "owner_org", "resources",
)  # fmt: skip
"""What the portal does not accept a data set without."""


def payload(facts: Facts) -> dict[str, Any]:
    """The payload; what the descriptor does not say is left out, and `missing` tells what the portal will miss."""
    contact = facts.contact
    document = {
        "name": facts.name,
        "title_translated": _translated(facts.titles),
        "notes_translated": _translated(facts.descriptions),
        "keywords": {language: list(words) for language, words in facts.keywords.items()},
        "categories": list(facts.categories),
        "private": False,
        "state": "active",
        "collection_type": "Open Data",
        "license_id": facts.licence and LICENCES.get(facts.licence.name, facts.licence.name),
        "copyright_notice_translated": {ENGLISH: rights(facts)},
        "geographical_coverage": [facts.country["title"].lower()] if facts.country else [],
        "update_frequency": _frequency(facts.frequency),
        "valid_from": facts.start,
        "valid_till": facts.end,
        "date_released": facts.issued,
        "external_urls": [facts.base_url, *(source["path"] for source in facts.sources if source.get("path"))],
        "owner_org": facts.owner,
        "maintainer": contact and contact.name,
        "maintainer_email": [contact.email] if contact and contact.email else [],
        "maintainer_website": contact and contact.url,
        "resources": [
            {
                "name_translated": _translated(each.titles),
                "description_translated": _translated(each.descriptions),
                "url": each.url,
                "format": "ZIP" if each.form.packs else each.form.label.upper(),
                "mimetype": each.form.media_type,
                "size": each.stored.size,
                "sha256": each.stored.sha256,
                "maturity": "current",
            }
            for each in facts.distributions
        ],
    }
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def missing(document: dict[str, Any]) -> list[str]:
    """The fields that the portal requires and the payload lacks."""
    names = []
    for name in REQUIRED:
        first, _, language = name.partition(".")
        value = document.get(first)
        if not (value.get(language) if language and value else value):
            names.append(name)
    return names


def _frequency(name: str | None) -> dict[str, list[str]]:
    """How often the data set is renewed, in words."""
    words = texts("pages").get(f"frequency_{name}", {})
    return {language: [word] for language, word in words.items() if language in LANGUAGES}


def _translated(titles: Text) -> dict[str, str]:
    """A text in the portal's languages; its own language, Finnish, falls back to English."""
    return {"fi": titles.get("fi") or titles.get(ENGLISH, ""), **titles} if titles else {}


FILES = (MetadataFile("ckan_package.json", "application/json", lambda facts: json_text(payload(facts))),)
