"""pandera schemas of the tables, for users' own pipelines: `esfdata.schemas.projects` is the one of projects.

    import pandera.pandas as pa
    from esfdata import schemas

    @pa.check_input(schemas.projects)
    def count(projects): ...

They check pandas frames of the types that `package["projects"]` has; those of `esfdata.schemas.polars`
check Polars frames, lazy ones too. Row-wise checks fail under their names, on the row's key.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from esfdata.tables.descriptor import shipped_descriptor


def __getattr__(name: str) -> Any:
    if name == "polars":
        return import_module("esfdata.schemas.polars")
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module("esfdata.compile.pandera_schemas").shipped(name, "pandas")


def __dir__() -> list[str]:

    return sorted(["polars", *(resource["name"] for resource in shipped_descriptor()["resources"])])
