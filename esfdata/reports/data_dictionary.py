"""The tables in words for people, or in the form of another library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.tables.constraints import described
from esfdata.tables.descriptor import shipped_descriptor

Resource = Mapping[str, Any]

ENGINES = {"pandera": "pandera_schemas", "great-expectations": "expectation_suites", "sql": "sql_statements"}
"""The forms that a module of `esfdata.checking.engines` writes: its `text(resources)` is the description."""


def describe(table: str | None = None, form: str = "markdown") -> str:
    """One table, or all of them, as `form`: markdown, pandera, great-expectations or sql.

    markdown is a data dictionary; pandera a Python module of schemas; great-expectations a suite as JSON
    (a list of suites for all tables); sql the tables and one query a check. EsfdataError where the table
    or the form is not known, or the library that a form needs is not installed.
    """
    descriptor = shipped_descriptor()
    resources = descriptor["resources"]
    if table is not None:
        names = [resource["name"] for resource in resources]
        if table not in names:
            raise EsfdataError(f"there is no table {table!r}; the tables are {', '.join(names)}")
        resources = [resources[names.index(table)]]
    if form == "markdown":
        return dictionary(descriptor, resources) if table is None else "\n".join(_table(resources[0]))
    if form not in ENGINES:
        raise EsfdataError(f"there is no form {form!r}; accepted are markdown, {', '.join(ENGINES)}")
    text: str = import_module(f"esfdata.compile.{ENGINES[form]}").text(resources)
    return text


def dictionary(descriptor: Resource, resources: Sequence[Resource]) -> str:
    """The data dictionary of a package as Markdown: every table with its fields and keys."""
    lines = [f"# {descriptor.get('title', descriptor['name'])}", "", descriptor.get("description", ""), ""]
    lines += [f"- [{resource['name']}](#{resource['name']}): {_line(resource)}" for resource in resources]
    for resource in resources:
        lines += ["", *_table(resource)]
    return "\n".join(lines)


def _line(thing: Resource) -> str:
    return str(thing.get("description") or thing.get("title") or "")


def _table(resource: Resource) -> Iterator[str]:
    """A table: its titles in three languages, description, fields and keys."""
    schema = resource["schema"]
    languages = (resource, *(resource.get("translations", {}).get(name, {}) for name in ("fi", "sv")))
    titles = [language["title"] for language in languages if language.get("title")]
    yield f"## {resource['name']}"
    yield ""
    yield from (f"*{' · '.join(titles)}*", "") if titles else ()
    yield from (str(resource["description"]), "") if resource.get("description") else ()
    yield "| field | title | type | unit | constraints | description |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for field in schema["fields"]:
        about = described(field.get("constraints", {}))
        words = [field.get(word, "") for word in ("title", "type", "unit")]
        cells = (f"`{field['name']}`", *words, f"`{about}`" if about else "", field.get("description", ""))
        yield f"| {' | '.join(_cell(text) for text in cells)} |"
    yield ""
    yield f"Primary key: {_names(schema.get('primaryKey', [])) or 'none'}"
    for foreign in schema.get("foreignKeys", []):
        reference = foreign["reference"]
        yield ""
        yield (f"Foreign key: {_names(foreign['fields'])} refers to {_names(reference['fields'])} "
               f"of `{reference.get('resource') or resource['name']}`")  # fmt: skip


def _names(names: str | Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in ([names] if isinstance(names, str) else names))


def _cell(text: object) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
