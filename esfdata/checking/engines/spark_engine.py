"""Spark, an extra in an environment of its own: the frames go to the session that runs, or to a local one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.checking.engines import spark_session
from esfdata.libraries import pl


def enter(frames: Mapping[str, pl.LazyFrame]) -> dict[str, Any]:
    """The frames as Spark DataFrames."""
    return spark_session.enter(frames)
