"""How long it takes to read 20,000 rows of a list export, from bytes to statements.

Without an argument the rows are made up; with the path of an export they are its rows, repeated with other codes.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from esfdata.documents import read, recognised, statements
from esfdata.documents.kinds import export
from esfdata.documents.source_files import read_file

ROWS = 20_000
HEADER = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"


def made_up(number: int) -> str:
    name = f"Osaamisen kehittäminen, osa {number}, jatko {number % 7}"
    money = f"{number * 13},{number * 7}.{number % 90 + 10},{number * 17},{number * 7}.5"
    return (
        f"A7,EAKR,{name},2,{ELY},Toiminnassa,1.{number % 12 + 1}.2015,31.12.2017,Esimerkki {number % 4000} Oy,{money}"
    )


def main() -> None:
    if len(sys.argv) > 1:
        header, *rows = Path(sys.argv[1]).read_bytes().decode("cp1252").splitlines()
    else:
        header, rows = HEADER, [made_up(number) for number in range(ROWS)]
    renamed = []
    for number in range(ROWS):
        row = rows[number % len(rows)]
        renamed.append(f"A{700000000 + number}{row[row.index(',') :]}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.csv")
        path.write_bytes("\n".join([header, *renamed, ""]).encode("cp1252"))
        read(path)
        start = time.process_time()
        document = read_file(path, "export.csv")
        loaded = time.process_time()
        document = recognised(document)
        known = time.process_time()
        count = sum(1 for _ in statements(document))
        end = time.process_time()
        print(f"{export.account(document)}, {count} statements")
        print(
            f"bytes to lines {loaded - start:.2f} s, kind {known - loaded:.2f} s, "
            f"statements {end - known:.2f} s, all {end - start:.2f} s"
        )
        tracemalloc.start()
        list(statements(recognised(read_file(path, "export.csv"))))
        print(
            f"memory at most {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB for {path.stat().st_size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
