"""A data package of so many projects, with faults and their truth: the same bytes on every run, in bounded memory.

    python benchmarks/validation/generate.py FOLDER --projects 1000000 [--clean] [--parquet]

Written are `datapackage.json`, `data/*.csv` and `truth.csv` (table, rule, key and line of every fault); with
`--parquet` the same rows also under `parquet/`, as text, for a fault cannot be held in a column that has a type.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clean_rows
import injected
import polars as pl

from esfdata.tables.descriptor import shipped_descriptor

CHUNK = 150_000
"""Projects that are made at a time: a multiple of three."""

CONSTRAINTS: dict[tuple[str, str], dict[str, Any]] = {
    ("projects", "name"): {"required": True},
    ("projects", "fund"): {"enum": ["EAKR", "ESR", "ESR+", "JTF"]},
    ("organisations", "postal_code"): {"pattern": "[0-9]{5}"},
    ("finance", "granted_eu_state_eur"): {"minimum": 0},
}


def descriptor(suffix: str = "csv") -> dict[str, Any]:
    """The shipped descriptor, cut down to the four tables, their keys and the constraints of the benchmark."""
    whole = shipped_descriptor()
    resources = []
    for found in whole["resources"]:
        table, schema = found["name"], found["schema"]
        if table not in injected.KEYS:
            continue
        fields = []
        for one in schema["fields"]:
            kept = {name: one[name] for name in ("name", "type", "title", "description") if name in one}
            declared = CONSTRAINTS.get((table, one["name"]))
            fields.append(kept | ({"constraints": declared} if declared else {}))
        resource = {name: found[name] for name in ("name", "type", "title", "description")}
        resource |= {"path": f"data/{table}.{suffix}", "format": suffix}
        resource |= {"mediatype": "text/csv", "encoding": "utf-8"} if suffix == "csv" else {}
        resources.append(resource | {"schema": {**schema, "fields": fields}})
    named = {name: whole[name] for name in ("$schema", "name", "version", "title", "licenses")}
    return {**named, "resources": resources}


def rows(table: str, first: int, end: int, among: int) -> pl.DataFrame:
    """The clean rows of the projects or organisations from `first` on, before `end`."""
    numbers = pl.DataFrame({"n": pl.int_range(first, end, eager=True)})
    if table == "participations":
        return clean_rows.participations(numbers, among)
    return getattr(clean_rows, table)(numbers)


def chunks(table: str, projects: int, faulty: bool) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """The rows of a table in pieces, each with what must be found in it."""
    among = clean_rows.organisations_of(projects)
    height = among if table == "organisations" else projects
    written, copies = 1, []
    for first in range(0, height, CHUNK):
        made = rows(table, first, min(first + CHUNK, height), among)
        made = injected.put_into(table, made) if faulty else made
        written += made.height
        if faulty:
            copies.append(injected.copied(table, made))
        yield made, injected.truth(table, made) if faulty else made.clear()
    if faulty and (again := pl.concat(copies)).height:
        again = again.with_columns(line=pl.int_range(pl.len()) + written + 1)
        yield again, injected.truth(table, again)


def generate(folder: Path, projects: int, *, faulty: bool = True, parquet: bool = False) -> None:
    """Write the package, and beside it the truth."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    found = []
    for table in injected.KEYS:
        with (folder / "data" / f"{table}.csv").open("wb") as file:
            for number, (made, marked) in enumerate(chunks(table, projects, faulty)):
                made.drop("n", "line", "slot", strict=False).write_csv(file, include_header=number == 0)
                found += [marked] if faulty else []
    columns = dict.fromkeys(("table", "rule", "key"), pl.String) | {"line": pl.Int64}
    pl.concat([pl.DataFrame(schema=columns), *found]).sort(list(columns)).write_csv(folder / "truth.csv")
    write_descriptor(folder, "csv")
    if parquet:
        (folder / "parquet" / "data").mkdir(parents=True, exist_ok=True)
        for table in injected.KEYS:
            scan = pl.scan_csv(folder / "data" / f"{table}.csv", infer_schema=False)
            scan.sink_parquet(folder / "parquet" / "data" / f"{table}.parquet")
        write_descriptor(folder / "parquet", "parquet")


def write_descriptor(folder: Path, suffix: str) -> None:
    """Write the descriptor, last: a folder that has one is whole."""
    text = json.dumps(descriptor(suffix), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Generate from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--clean", action="store_true", help="without faults")
    parser.add_argument("--parquet", action="store_true", help="as Parquet too")
    given = parser.parse_args()
    generate(given.folder, given.projects, faulty=not given.clean, parquet=given.parquet)


if __name__ == "__main__":
    main()
