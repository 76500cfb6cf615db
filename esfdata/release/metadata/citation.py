"""The release as a CITATION.cff (version 1.2.0): how to cite it, for GitHub, Zenodo and reference managers."""

from __future__ import annotations

import json

from esfdata.messages.languages import ENGLISH
from esfdata.release.facts import Facts, MetadataFile


def render(facts: Facts) -> str:
    """The file as YAML; every value is a JSON string, which is one of YAML's, so nothing needs escaping."""
    author = facts.publisher
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted('If you use these data, please cite them as below.')}",
        "type: dataset",
        f"title: {_quoted(facts.say(facts.titles))}",
        f"abstract: {_quoted(facts.say(facts.descriptions))}",
        f"version: {_quoted(facts.version)}",
        *([f"date-released: {_quoted(facts.issued)}"] if facts.issued else []),
        f"url: {_quoted(facts.base_url)}",
        *([f"license: {_quoted(facts.licence.name)}"] if facts.licence else []),
        "authors:",
        f"  - name: {_quoted(author.name if author else facts.name)}",
        *([f"    website: {_quoted(author.url)}"] if author and author.url else []),
    ]
    if words := facts.keywords.get(ENGLISH):
        lines += ["keywords:", *(f"  - {_quoted(word)}" for word in words)]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


FILES = (MetadataFile("CITATION.cff", "application/yaml", render),)
