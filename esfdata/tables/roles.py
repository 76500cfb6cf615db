"""What a table is to the code, by what its resource declares: its role, the page that shows it, whether it is repaired.

A descriptor declares for each resource `role` (ROLES; absent: `data`), `page` (the folder of the site whose pages show
its rows; absent: a page of its own) and `verbatim` (its cells say what stands elsewhere, word for word: they are not
repaired). A descriptor that is older than these properties has those of the shipped table of the same name. The order
of tables is that of the resources.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from esfdata.paths import share

Resource = Mapping[str, Any]

DATA = "data"
"""Rows about the world, compared by key: of ours those that documents state, and every table of a user's own."""
SOURCE = "source"
"""What was read: it differs by nature between two packages, and is only counted."""
FINDING = "finding"
"""What validation finds."""
CODE_LIST = "code list"
"""What values are accepted and what they are called: it ships with the library, and a package may have its own."""
ROLES = (DATA, SOURCE, FINDING, CODE_LIST)


def role(resource: Resource) -> str:
    """The role of a table."""
    return str(_declared(resource, "role") or DATA)


def page(resource: Resource) -> str | None:
    """The folder of the site whose pages show the rows of a table; None for a page of its own."""
    declared = _declared(resource, "page")
    return None if declared is None else str(declared)


def verbatim(resource: Resource) -> bool:
    """Whether the cells of a table say what stands elsewhere, word for word."""
    return bool(_declared(resource, "verbatim"))


def _declared(resource: Resource, name: str) -> Any:
    return resource.get(name, shipped().get(resource["name"], {}).get(name))


@cache
def shipped() -> dict[str, Resource]:
    """The shipped resources by name."""
    descriptor = json.loads((share("datapackage") / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in descriptor["resources"]}
