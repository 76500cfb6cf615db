"""How long a thousand pages of PDF with a text layer take: aim, under a minute."""

from __future__ import annotations

import sys
import time
import tracemalloc
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("", "tests")]

import printing  # noqa: E402

from esfdata.documents.layout import pdf_pages  # noqa: E402

PAGES, ROWS = 1000, 55


def main() -> None:
    row = "Hankkeessa kehitetään uusia toimintatapoja yhdessä alueen toimijoiden ja asukkaiden kanssa"
    table = [(60 + 160 * (column % 2), 800 - 14 * (column // 2), f"{column} {row[:25]}") for column in range(20)]
    text = [(60, 640 - 12 * line, f"{line} {row}") for line in range(ROWS - 10)]
    content = printing.plain_pdf([[*table, *text] for _ in range(PAGES)])
    begun = time.perf_counter()
    lines = pdf_pages.read(content)
    spent = time.perf_counter() - begun
    signs = sum(len(line.text) for line in lines)
    print(f"{PAGES:,} pages, {len(lines):,} lines, {signs:,} characters: {spent:.1f} s")
    tracemalloc.start()
    pdf_pages.read(printing.plain_pdf([[*table, *text] for _ in range(PAGES // 10)]))
    print(f"peak memory of {PAGES // 10} pages beside the file: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
