"""The tables in words for people, or in the form of another library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.messages.languages import ENGLISH, translated, translations
from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import described
from esfdata.tables.descriptor import shipped_descriptor

Resource = Mapping[str, Any]

ENGINES = {"pandera": "pandera_schemas", "great-expectations": "expectation_suites", "sql": "sql_statements"}
"""The forms that a module of `esfdata.checking.engines` writes: its `text(resources)` is the description."""


def describe(table: str | None = None, form: str = "markdown", lang: str = ENGLISH) -> str:
    """One table, or all of them, as `form`: markdown, pandera, great-expectations or sql.

    markdown is a data dictionary; pandera a Python module of schemas; great-expectations a suite as JSON
    (a list of suites for all tables); sql the tables and one query a check. EsfdataError where the table
    or the form is not known, or the library that a form needs is not installed. `lang` is the language of the
    dictionary: fi, sv or en.
    """
    descriptor = shipped_descriptor()
    resources = descriptor["resources"]
    if table is not None:
        names = [resource["name"] for resource in resources]
        if table not in names:
            raise EsfdataError(f"there is no table {table!r}; the tables are {', '.join(names)}")
        resources = [resources[names.index(table)]]
    if form == "markdown":
        return dictionary(descriptor, resources, lang) if table is None else "\n".join(_table(resources[0], lang))
    if form not in ENGINES:
        raise EsfdataError(f"there is no form {form!r}; accepted are markdown, {', '.join(ENGINES)}")
    text: str = import_module(f"esfdata.compile.{ENGINES[form]}").text(resources)
    return text


def dictionary(descriptor: Resource, resources: Sequence[Resource], lang: str = ENGLISH) -> str:
    """The data dictionary of a package as Markdown: every table with its fields and keys."""
    lines = [f"# {translated(descriptor, lang)}", "", translated(descriptor, lang, "description"), ""]
    for resource in resources:
        about = translated(resource, lang, "description") or translated(resource, lang)
        lines.append(f"- [{resource['name']}](#{resource['name']}): {about}")
    for resource in resources:
        lines += ["", *_table(resource, lang)]
    return "\n".join(lines)


def _table(resource: Resource, lang: str) -> Iterator[str]:
    """A table: its title in every language, description, fields and keys."""
    schema = resource["schema"]
    titles = translations(resource, "title").values()
    description = translated(resource, lang, "description")
    yield f"## {resource['name']}"
    yield ""
    yield from (f"*{' · '.join(titles)}*", "") if titles else ()
    yield from (description, "") if description else ()
    heads = ("field", "title", "type", "unit", "constraints", "description")
    yield f"| {' | '.join(Phrase(head, lang) for head in heads)} |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for field in schema["fields"]:
        about = described(field.get("constraints", {}))
        title = translated(field, lang) if field.get("title") else ""
        words = (title, field.get("type", ""), field.get("unit", ""))
        description = translated(field, lang, "description")
        cells = (f"`{field['name']}`", *words, f"`{about}`" if about else "", description)
        yield f"| {' | '.join(_cell(text) for text in cells)} |"
    yield ""
    key = _names(schema.get("primaryKey", [])) or Phrase("none")
    yield Phrase("Primary key: {fields}", lang, fields=key)
    for foreign in schema.get("foreignKeys", []):
        reference = foreign["reference"]
        yield ""
        yield Phrase("Foreign key: {fields} refers to {others} of {table}", lang, fields=_names(foreign["fields"]),
                     others=_names(reference["fields"]),
                     table=f"`{reference.get('resource') or resource['name']}`")  # fmt: skip


def _names(names: str | Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in ([names] if isinstance(names, str) else names))


def _cell(text: object) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
