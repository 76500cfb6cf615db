"""The libraries that can run the checks, and those that check declared constraints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from esfdata.checking.engines import spark_session
from esfdata.exceptions import EsfdataError
from esfdata.libraries import duckdb, nw, pl

POLARS = "polars"
Frames = Mapping[str, "pl.LazyFrame"]


def enter(frames: Mapping[str, pl.LazyFrame], engine: str) -> dict[str, nw.LazyFrame[Any]]:
    """The frames as narwhals LazyFrames of one engine: polars, pandas, duckdb or spark.

    EsfdataError where the engine is not known or not installed.
    """
    if engine not in ENGINES:
        raise EsfdataError(f"the engine {engine!r} is not known; accepted are {', '.join(ENGINES)}")
    try:
        native = ENGINES[engine](frames)
    except ModuleNotFoundError as error:
        raise EsfdataError(f"the engine {engine} needs {error.name}: pip install 'esfdata[{engine}]'") from error
    return {name: nw.from_native(frame).lazy() for name, frame in native.items()}


def _polars(frames: Frames) -> dict[str, Any]:
    return dict(frames)


def _pandas(frames: Frames) -> dict[str, Any]:
    return {name: f.collect().to_pandas(use_pyarrow_extension_array=True) for name, f in frames.items()}


def _duckdb(frames: Frames) -> dict[str, Any]:

    connection = duckdb.connect()
    return {name: connection.from_arrow(frame.collect().to_arrow()) for name, frame in frames.items()}


def _spark(frames: Frames) -> dict[str, Any]:

    return spark_session.enter(frames)


ENGINES: dict[str, Callable[[Frames], dict[str, Any]]] = {
    "polars": _polars,
    "pandas": _pandas,
    "duckdb": _duckdb,
    "spark": _spark,
}
