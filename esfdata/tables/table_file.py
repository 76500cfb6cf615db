"""The file of one table: its rows for Polars, and the lines on which they stand."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from esfdata.exceptions import PackageError
from esfdata.files import checksums, physical_lines
from esfdata.libraries import pl

LARGE = 1 << 26
"""Bytes from which on a file is not looked through before it is needed, nor held in memory."""


@dataclass(frozen=True)
class File:
    """One table's file: its path inside the package, where its bytes are, and their SHA-256 where it is declared.

    `sealed`: a file that is not the declared one is refused; else it has merely `changed`.
    """

    path: str
    place: Path | io.BytesIO
    sha256: str | None = None
    sealed: bool = True

    @property
    def is_csv(self) -> bool:
        """Whether rows have lines."""
        return self.path.endswith(".csv")

    def scan(self) -> pl.LazyFrame:
        """The rows as a LazyFrame: all text from CSV, typed as stored otherwise.

        PackageError where the file is not the declared one.
        """
        self.verify()
        place = self.place if isinstance(self.place, io.BytesIO) else str(self.place)
        if self.path.endswith(".parquet"):
            return pl.scan_parquet(place)
        if self.path.endswith(".xlsx"):
            return self._workbook()
        header = self.header()
        if not header:
            raise PackageError(f"{self.path}: the file is empty; the first line must name the fields")
        double = sorted({name for name in header if header.count(name) > 1})
        if double:
            raise PackageError(f"{self.path}: two columns have the name {double[0]!r}")
        if self.size < LARGE:
            with self._opened() as file:
                physical_lines.utf8(file, self.path)  # else Polars would refuse the whole file, without the line
        return pl.scan_csv(place, infer_schema=False, truncate_ragged_lines=True, null_values=[""])

    def verify(self) -> None:
        """Refuse a sealed file whose checksum is not the declared one."""
        if self.sealed and self.changed and self.sha256:
            raise checksums.differs(self.path, self.sha256, self._digest())

    @property
    def changed(self) -> bool:
        """Whether the file is not the one whose checksum is declared."""
        return self.sha256 is not None and self._digest() != self.sha256

    def content(self) -> bytes:
        """The bytes of the file."""
        return self.place.getvalue() if isinstance(self.place, io.BytesIO) else self.place.read_bytes()

    def _digest(self) -> str:
        if isinstance(self.place, io.BytesIO):
            return hashlib.sha256(self.content()).hexdigest()
        return checksums.sha256(self.place)

    def _workbook(self) -> pl.LazyFrame:

        try:
            return pl.read_excel(self.place).lazy()
        except ModuleNotFoundError as error:
            raise PackageError(f"{self.path}: reading XLSX needs the extra: pip install 'esfdata[xlsx]'") from error

    def header(self) -> list[str]:
        """The names in the first line of a CSV file."""
        with self._opened() as file:
            return physical_lines.header(file, self.path)

    @cached_property
    def shape(self) -> physical_lines.Shape:
        """Where each row of a CSV file starts, and which rows have too few or too many cells."""
        with self._opened() as file:
            return physical_lines.shape(file, self.path)

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return len(self.place.getbuffer()) if isinstance(self.place, io.BytesIO) else self.place.stat().st_size

    def about(self) -> int:
        """About how many rows there are, judged by the first of them."""
        with self._opened() as file:
            first = file.read(1 << 16)
        return int(self.size / max(len(first), 1) * first.count(b"\n"))

    def _opened(self) -> BinaryIO:
        return io.BytesIO(self.place.getbuffer()) if isinstance(self.place, io.BytesIO) else self.place.open("rb")
