"""pandas, with columns backed by pyarrow."""

from __future__ import annotations

from typing import Any

from esfdata.checking.engine import Engine
from esfdata.libraries import pl


class PandasEngine(Engine):
    """The tables as pandas DataFrames."""

    def enter(self, rows: pl.LazyFrame) -> Any:
        """The rows as a DataFrame."""
        return rows.collect().to_pandas(use_pyarrow_extension_array=True)
