"""The template of the list: its fields, its three rules across fields, and what stands for a programme or fund."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from esfdata.paths import share

Field = Mapping[str, Any]

DATE = "%d/%m/%Y"


@cache
def template() -> dict[str, Any]:
    """The template, as `datapackage/kohesio.json` has it: a Table Schema with rules, funds and programmes."""
    content: dict[str, Any] = json.loads((share("datapackage") / "kohesio.json").read_bytes())
    return content


@cache
def fields() -> dict[str, Field]:
    """The 33 fields by name, in their order."""
    return {field["name"]: field for field in template()["fields"]}


@cache
def required() -> tuple[str, ...]:
    """The names of the fields that every row must fill."""
    return tuple(name for name, field in fields().items() if field.get("constraints", {}).get("required"))


@cache
def rules() -> dict[str, tuple[str, ...]]:
    """The fields that each of the three rules looks at, by the rule's name."""
    return {rule["name"]: tuple(rule["fields"]) for rule in template()["rules"]}
