"""XLSX: a sheet a table, its header frozen; dates are dates, codes are text with their zeros, nothing is a formula."""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path
from typing import Any

from esfdata.libraries import pl, xlsxwriter
from esfdata.release.contents import Contents, Format, Table

ROWS = 1_048_575
"""The rows of a sheet, without the header."""
LETTERS = 32_767
"""The longest text of a cell."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so becomes a formula where a person edits the cell, unless it is marked as text."""
FIRST_DAY = date(1900, 3, 1)
"""The first day on which all spreadsheets agree; an earlier one is written as text."""


def write(contents: Contents, path: Path) -> None:
    """Write the tables into one workbook at `path`, with a warning that names those too long for a sheet."""
    about = contents.descriptor
    heights = {table.name: _height(table) for table in contents.tables}
    left_out = [name for name, height in heights.items() if height > ROWS]
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({
            "title": f"{about.get('title', about.get('name', ''))} {about.get('version', '')}".strip(),
            "comments": f"Too long for a sheet, see the CSV: {', '.join(left_out)}" if left_out else "",
            "created": contents.created,
        })  # fmt: skip
        writer = _Cells(book)
        for table in contents.tables:
            if table.name not in left_out:
                writer.sheet(table)
    if left_out:
        warnings.warn(f"{path.name} is without {', '.join(left_out)}: too long for a sheet", stacklevel=5)


def _height(table: Table) -> int:
    return int(table.rows.select(pl.len()).collect(engine="streaming").item())


class _Cells:
    """The cells of a workbook, each written as its field's type."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.marked = book.add_format({"quote_prefix": True})
        self.forms = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "number": book.add_format({"num_format": "0.00"}),
        }

    def sheet(self, table: Table) -> None:
        sheet = self.book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        kinds = [field.get("type", "string") for field in table.fields]
        for place, field in enumerate(table.fields):
            sheet.set_column(place, place, max(10, min(40, len(field["name"]) + 2)))
            sheet.write_string(0, place, field["name"], self.bold)
        number = 0
        for batch in table.batches():
            for cells in batch:
                number += 1
                for place, (kind, value) in enumerate(zip(kinds, cells, strict=True)):
                    if value is not None:
                        self.cell(sheet, (number, place), kind, value)

    def cell(self, sheet: Any, at: tuple[int, int], kind: str, value: Any) -> None:
        if kind == "boolean":
            sheet.write_boolean(*at, value)
        elif kind in ("integer", "number") and abs(value) < 10**15:
            sheet.write_number(*at, value, self.forms.get(kind))
        elif kind == "date" and value >= FIRST_DAY:
            sheet.write_datetime(*at, value, self.forms["date"])
        else:
            text = str(value)
            text = text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
            sheet.write_string(*at, text, self.marked if text.startswith(RISKY) else None)


FORMAT = Format(
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    label="XLSX",
    file_type="XLSX",
    write=write,
)
