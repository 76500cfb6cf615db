"""The rows of one file: scanned by Polars, and found again by their line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from esfdata import checksums
from esfdata.exceptions import PackageError

if TYPE_CHECKING:
    import polars as pl


class Shape(NamedTuple):
    """The shape of a CSV file: the line at which each row starts, and the rows of a wrong width."""

    lines: list[int]
    ragged: dict[int, int]


@dataclass(frozen=True)
class File:
    """One table's file: its path inside the package, where its bytes are, and their SHA-256 where it is declared.

    `sealed`: a file that is not the declared one is refused; else it is only known to have `changed`.
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
        import polars as pl

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
        return pl.scan_csv(place, infer_schema=False, truncate_ragged_lines=True, null_values=[""])

    def verify(self) -> None:
        """Refuse a sealed file whose checksum is not the declared one."""
        if self.sealed and self.changed and self.sha256:
            raise checksums.differs(self.path, self.sha256, self._digest())

    @property
    def changed(self) -> bool:
        """Whether the file is not the one whose checksum is declared."""
        return self.sha256 is not None and self._digest() != self.sha256

    def _digest(self) -> str:
        place = self.place
        if isinstance(place, io.BytesIO):
            return hashlib.sha256(place.getvalue()).hexdigest()
        return checksums.sha256(place)

    def _workbook(self) -> pl.LazyFrame:
        import polars as pl

        try:
            return pl.read_excel(self.place).lazy()
        except ModuleNotFoundError as error:
            raise PackageError(f"{self.path}: reading XLSX needs the extra: pip install 'esfdata[xlsx]'") from error

    def header(self) -> list[str]:
        """The names in the first line of a CSV file."""
        reader = csv.reader(self._text())
        return next(reader, [])

    @cached_property
    def shape(self) -> Shape:
        """Where each row starts, and which rows have too few or too many cells (with how many)."""
        reader = csv.reader(self._text())
        width = len(next(reader, []))
        lines: list[int] = []
        ragged: dict[int, int] = {}
        last = reader.line_num
        for cells in reader:
            if cells:
                if len(cells) != width:
                    ragged[len(lines)] = len(cells)
                lines.append(last + 1)
            last = reader.line_num
        return Shape(lines, ragged)

    def _text(self) -> io.StringIO:
        """The text, a carriage return alone being no end of a line, as it is none to Polars."""
        content = self.place.getvalue() if isinstance(self.place, io.BytesIO) else self.place.read_bytes()
        try:
            return io.StringIO(re.sub("\r(?!\n)", " ", content.decode("utf-8-sig")), newline="")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise PackageError(
                f"{self.path}:{line}: the byte 0x{content[error.start]:02x} is not UTF-8; "
                "save the file as UTF-8 (it may be Windows-1252 now)"
            ) from error
