"""How far a long run has come: rows, rate and time left, on a terminal."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

SOON = 2.0
"""Seconds that a run may take before anything is said."""
PAUSE = 0.25


class Progress:
    """Counts rows as they are read, and shows them where the stream is a terminal; safe to call from any thread."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._shows = self._stream.isatty()
        self._lock = threading.Lock()
        self._begun = self._said = time.monotonic()
        self._read: dict[str, int] = {}
        self._all = 0
        self._shown = False

    def expect(self, rows: int) -> None:
        """Some more rows are there to be read, as far as can be told."""
        self._all += rows

    def seen(self, table: str, rows: int) -> None:
        """So many rows of a table are read by now."""
        with self._lock:
            self._read[table] = max(rows, self._read.get(table, 0))
            now = time.monotonic()
            if self._shows and now - self._said >= PAUSE and now - self._begun >= SOON:
                self._said = now
                self._shown = True
                self._stream.write(f"\r\033[K{self}")
                self._stream.flush()

    def done(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\033[K")
            self._stream.flush()
            self._shown = False

    def __str__(self) -> str:
        rows = sum(self._read.values())
        rate = rows / max(time.monotonic() - self._begun, 0.001)
        left = f", about {max(self._all - rows, 0) / rate:.0f} s left" if rate and self._all > rows else ""
        return f"{rows:,} of about {max(self._all, rows):,} rows read, {rate:,.0f} a second{left}"
