"""pandas, with columns backed by pyarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.libraries import pl


def enter(frames: Mapping[str, pl.LazyFrame]) -> dict[str, Any]:
    """The frames as pandas DataFrames."""
    return {name: rows.collect().to_pandas(use_pyarrow_extension_array=True) for name, rows in frames.items()}
