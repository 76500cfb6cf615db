"""Small packages and checks for tests: tables given as rows, under the shipped descriptor."""

from pathlib import Path

import polars as pl

from esfdata.tables.package import Package
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

CHECKS = Path(__file__).with_name("small_checks")
"""Three small checks, for what is about no check: validating costs a sixth of what it does with the shipped ones."""

PROJECT = {
    "project_code": "S22016",
    "name": "Porukalla!",
    "programme_period": "2014-2020",
    "fund": "ESR",
    "start_date": "2020-04-15",
    "end_date": "2020-10-31",
}
LIST_2014 = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
LIST_2007 = LIST_2014.replace("Hankkeen nimi,", "Projektin nimi,Ohjelma / osio,").replace("Tila", "Toiminnan tila")
ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"


def package(**tables: list[dict[str, str | None]]) -> Package:
    """A package in memory with these rows as text."""
    empty = blank()
    columns = {name: [field["name"] for field in empty.fields(name)] for name in tables}
    return empty.replace(**{name: frame(rows, columns[name]) for name, rows in tables.items()})


def csv(folder: Path, **tables: list[dict[str, str | None]]) -> Path:
    """A folder of CSV files named after tables, each with just the columns of its first row."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        pl.DataFrame(rows).write_csv(folder / f"{name}.csv")
    return folder
