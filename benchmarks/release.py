"""The release of a million projects: written, and loaded again; each step as a process of its own.

The tables are made by arithmetic, the same on every run. Written are CSV, Parquet, checksums and the zip, without
the gate (frictionless reads row by row: minutes). Loading is compared with a bare pandas.read_parquet.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from esfdata import Package

PLACES = ("Mikkeli", "Kuopio", "Oulu", "Äänekoski", "Pietarsaari", "Rovaniemi", "Lahti")
AUTHORITIES = ("Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus", "Hämeen liitto", "Keski-Suomen liitto")
FUNDS = ("ESR", "EAKR")
WORDS = ("Porukalla", "Osaajat", "Silta", "Verkosto", "Kasvu", "Polku", "Hiilineutraali", "Digi", "Nuoret", "Työ")
MEASURES = ("planned", "realised")


def tables(count: int) -> dict[str, pl.LazyFrame]:
    """The tables of `count` projects, sorted by key, every value a function of the row's number."""
    import polars as pl

    n = pl.col("n")

    def mixed(salt: int, below: int) -> pl.Expr:
        return (n * 2654435761 + salt * 40503) // 65536 % below

    def pick(salt: int, values: tuple[str, ...]) -> pl.Expr:
        return mixed(salt, len(values)).replace_strict(dict(enumerate(values)), return_dtype=pl.String)

    def number(salt: int, places: int) -> pl.Expr:
        return mixed(salt, 10**places).cast(pl.String).str.zfill(places)

    def day(salt: int, year: int) -> pl.Expr:
        return pl.date(year, 1, 1) + pl.duration(days=mixed(salt, 1800))

    def euro(salt: int) -> pl.Expr:
        return (mixed(salt, 50_000_000).cast(pl.Decimal(14, 2)) / pl.lit(100).cast(pl.Decimal(14, 2))).cast(
            pl.Decimal(14, 2)
        )

    def rows(height: int) -> pl.LazyFrame:
        return pl.LazyFrame({"n": pl.int_range(height, eager=True)})

    code = pl.lit("S") + (100_000_000 + n).cast(pl.String)
    organisation = (1_000_000 + n).cast(pl.String) + "-" + number(9, 1)
    return {
        "projects": rows(count).select(
            project_code=code, name=pick(1, WORDS) + " " + pick(2, PLACES) + " " + number(3, 6),
            programme_period=pl.lit("2014-2020"), fund=pick(4, FUNDS), priority_axis=pl.lit("5"),
            specific_objective=pl.lit("10.1"), start_date=day(5, 2014), end_date=day(6, 2019),
            status=pl.lit("Toiminta päättynyt"), authority=pick(7, AUTHORITIES), application_type=pl.lit("single"),
        ),
        "organisations": rows(count // 5).select(
            organisation_id=organisation, business_id=organisation, name=pick(1, WORDS) + " Oy " + number(3, 6),
            organisation_type=pl.lit("Kunta"), postal_code=number(4, 5), city=pick(2, PLACES),
        ),
        "participations": rows(count).select(
            project_code=code, organisation_id=(1_000_000 + n // 5).cast(pl.String) + "-0", role=pl.lit("beneficiary"),
        ),
        "finance": rows(count).select(
            project_code=code, granted_eu_state_eur=euro(1), realised_eu_state_eur=euro(2),
            planned_public_eur=euro(3), realised_public_eur=euro(4),
        ),
        "indicators": rows(2 * count).select(
            project_code=pl.lit("S") + (100_000_000 + n // 2).cast(pl.String),
            indicator=pl.lit("participating_persons"), measure=(n % 2).replace_strict(dict(enumerate(MEASURES))),
            value=mixed(1, 500),
        ),
        "locations": rows(count).select(
            project_code=code, level=pl.lit("municipality"), name=pick(2, PLACES), section=pl.lit("6"),
            code=number(3, 3),
        ),
    }  # fmt: skip


def package(folder: Path) -> Package:
    """The package of the generated tables, as Parquet files under `folder`."""
    import polars as pl

    from esfdata.tables.reading import blank

    return blank().replace(**{path.stem: pl.scan_parquet(path) for path in sorted(folder.glob("*.parquet"))})


def generate(folder: Path, count: int) -> None:
    """Write the generated tables as Parquet, the source of the release."""
    for name, rows in tables(count).items():
        rows.sink_parquet(folder / f"{name}.parquet")


def measured(*command: str) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in megabytes of a process that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: status {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=1_000_000)
    count = parser.parse_args().projects
    python = [sys.executable, "-P", "-c"]
    here = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import release; from pathlib import Path; "
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "source"), Path(scratch, "release")
        source.mkdir()
        subprocess.run([*python, f"{here}release.generate(Path({str(source)!r}), {count})"], check=True)
        folder, parquet = str(target), str(target / "datapackage" / "data" / "projects.parquet")
        write = (
            f"from esfdata.release.writing import release as to; to(release.package(Path({str(source)!r})), {folder!r}"
        )
        runs = {
            "import polars, pandas, pyarrow": "import polars, pandas, pyarrow.parquet",
            "release: CSV, Parquet, checksums, zip": f"{here}{write}, formats=())",
            "pandas.read_parquet, projects": f"import pandas; pandas.read_parquet({parquet!r})",
            'esfdata.load(release)["projects"]': f"import esfdata; esfdata.load({folder!r})['projects']",
        }
        print(f"{f'{count:,} projects':42} {'seconds':>8} {'CPU s':>6} {'MB':>6}")
        for name, code in runs.items():
            seconds, cpu, memory = min(measured(*python, code) for _ in range(1 if "release:" in name else 3))
            print(f"{name:42} {seconds:8.2f} {cpu:6.2f} {memory:6.0f}")
        size = {
            suffix: sum(p.stat().st_size for p in target.rglob(f"*.{suffix}")) >> 20
            for suffix in ("csv", "parquet", "zip")
        }
        print(", ".join(f"{suffix} {megabytes} MB" for suffix, megabytes in size.items()))


if __name__ == "__main__":
    main()
