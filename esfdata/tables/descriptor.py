"""The descriptor of a package: read from JSON or refused, the paths that it names, and what is written of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.paths import share
from esfdata.tables.constraints import key, listed, references, rules
from esfdata.tables.fields import FALSE, TRUE, kind, strptime, text, value
from esfdata.tables.roles import ROLES, role

FORMATS = (".csv", ".parquet", ".xlsx")
TWIN = "-parquet"
"""A resource `projects-parquet` has the rows of `projects` in another form: it is no table of its own."""
READ_BY = ("decimalChar", "groupChar", "bareNumber", "missingValues")
"""Properties of a field that say how its text was read, and not what is written."""


def shipped_descriptor() -> dict[str, Any]:
    """The descriptor that says what the tables are."""
    return parsed((share("datapackage") / "datapackage.json").read_bytes(), "datapackage.json")


def parsed(content: bytes, where: str) -> dict[str, Any]:
    """The descriptor that is in a file; PackageError where it is not usable, with the place."""
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PackageError(f"{where}: not a descriptor in JSON ({error})") from error
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not resources:
        raise PackageError(f"{where}: a descriptor has a list `resources`, one for each table")
    for resource in resources:
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise PackageError(f"{where}: every resource has a name")
        fields = resource.get("schema", {}).get("fields")
        if not isinstance(fields, list) or not all(isinstance(f, dict) and f.get("name") for f in fields):
            raise PackageError(f"{where}: the table {resource['name']!r} has no list of named fields")
        try:
            _sound(resource)
        except PackageError as error:
            raise PackageError(f"{where}: table {resource['name']!r}: {error}") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise PackageError(f"{where}: the schema of the table {resource['name']!r} is not of the form of "
                               f"Table Schema ({error!r})") from error  # fmt: skip
    return dict(descriptor)


def _sound(resource: Mapping[str, Any]) -> None:
    """Refuse a role or a type that there is not, a limit that is none of its type, and a key of what is no field."""
    if role(resource) not in ROLES:
        raise PackageError(f"its role is {role(resource)!r}; accepted are {', '.join(ROLES)}")
    for field in resource["schema"]["fields"]:
        kind(field)
        list(rules(field))
    names = [field["name"] for field in resource["schema"]["fields"]]
    unique = [listed(fields) for fields in resource["schema"].get("uniqueKeys", [])]
    for fields in (key(resource), *unique, *(one.fields for one in references(resource))):
        for name in fields:
            if name not in names:
                raise PackageError(f"a key names {name!r}; accepted are its fields: {', '.join(names)}")


def paths(descriptor: Mapping[str, Any], where: str) -> Iterator[tuple[str, str, str | None]]:
    """The tables of a descriptor with the path of each, checked to be relative and inside, and its SHA-256."""
    for resource in descriptor["resources"]:
        path = resource.get("path")
        if not isinstance(path, str) or "://" in path:
            raise PackageError(f"{where}: the table {resource['name']!r} has the path {path!r}; "
                               "accepted is one relative path inside the package")  # fmt: skip
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            raise PackageError(f"{where}: the path {path!r} leaves the package's folder")
        if parts.suffix not in FORMATS:
            raise PackageError(f"{where}: {path} is not a table; accepted are {', '.join(FORMATS)}")
        declared = str(resource.get("hash", ""))
        yield resource["name"], path, declared.removeprefix("sha256:") if declared.startswith("sha256:") else None


def twins(descriptor: Mapping[str, Any]) -> set[str]:
    """The names of the resources that have the rows of another one in Parquet."""
    names = {resource["name"] for resource in descriptor["resources"]}
    return {name for name in names if name.endswith(TWIN) and name.removesuffix(TWIN) in names}


def as_written(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The resource of a table as this library writes it: without what only says how text was read.

    Written are commas and quotation marks, ISO dates, plain decimals, true and false, and nothing for a missing value.
    """
    schema = {**resource["schema"], "fields": [_field_as_written(field) for field in resource["schema"]["fields"]]}
    if "missingValues" in schema:
        schema["missingValues"] = [""]
    return {name: value for name, value in {**resource, "schema": schema}.items() if name != "dialect"}


def _field_as_written(field: Mapping[str, Any]) -> dict[str, Any]:
    written = {name: declared for name, declared in field.items() if name not in READ_BY}
    written |= {name: list(plain) for name, plain in (("trueValues", TRUE), ("falseValues", FALSE)) if name in field}
    if strptime(field):
        del written["format"]
        limits = field.get("constraints", {})
        days = {word: _days(field, limits[word]) for word in limits if word == "enum" or word.endswith("imum")}
        written["constraints"] = {**limits, **days}
    return written


def _days(field: Mapping[str, Any], declared: Any) -> Any:
    """Days in the format of a field as ISO dates."""
    return [_days(field, one) for one in declared] if isinstance(declared, list) else text(value(field, declared))
