"""Polars, the default: lazy and streaming."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.libraries import pl


def enter(frames: Mapping[str, pl.LazyFrame]) -> dict[str, Any]:
    """The frames as they are."""
    return dict(frames)
