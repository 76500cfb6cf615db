"""The zip of the data package; `esfdata.release.writing` packs it while the tables are written."""

from __future__ import annotations

from esfdata.release.contents import Format

FORMAT = Format(".zip", "application/zip", label="CSV, ZIP", file_type="CSV", packs="text/csv")
