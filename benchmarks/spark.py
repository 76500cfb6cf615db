"""Spark on this machine beside Polars: seconds and peak memory of all checks, by rows; run it in `.venv-spark`.

Each run is a process of its own. The seconds of Spark are those of the job, with those of its start beside them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import esfdata

HERE = Path(__file__).resolve().parent
TABLES = ("projects", "organisations", "participations", "finance")


def frames(folder: Path, form: str) -> dict[str, object]:
    """The tables as Spark frames, read from CSV or Parquet."""
    from esfdata.checking.engines.spark_session import session

    here = session()
    if form == "csv":
        read = here.read.options(header=True, escape='"', multiLine=True)
        return {name: read.csv(str(folder / "data" / f"{name}.csv")) for name in TABLES}
    return {name: here.read.parquet(str(folder / "parquet" / "data" / f"{name}.parquet")) for name in TABLES}


def one(engine: str, form: str, folder: Path) -> dict[str, float]:
    """One validation in this process."""
    begin = time.perf_counter()
    if engine == "spark":
        tables = frames(folder, form)
        ready = time.perf_counter()
        found = esfdata.validate(**tables)
    else:
        ready = begin
        found = esfdata.validate(folder / ("data" if form == "csv" else "parquet/data"))
    seconds = time.perf_counter() - ready
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"start": ready - begin, "seconds": seconds, "memory": (own + _java()) / 1024, "findings": len(found)}


def _java() -> int:
    """The peak memory of the Java process that this one started, in KiB; 0 without one."""
    if "pyspark" not in sys.modules:
        return 0
    from pyspark.sql import SparkSession

    number = SparkSession.getActiveSession()._jvm.java.lang.ProcessHandle.current().pid()
    status = Path("/proc", str(number), "status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="projects")
    parser.add_argument("--forms", nargs="+", choices=["csv", "parquet"], default=["csv", "parquet"])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "esfdata-spark"))
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        engine, form, folder = options.one
        print(json.dumps(one(engine, form, Path(folder))))
        return
    print("| projects | from | engine | start, s | checks, s | memory, MB | findings |")
    print("| ---: | --- | --- | ---: | ---: | ---: | ---: |")
    for size in options.sizes:
        folder = options.folder / str(size)
        if not (folder / "truth.csv").is_file():
            command = [
                sys.executable,
                HERE / "validation" / "generate.py",
                folder,
                "--projects",
                str(size),
                "--parquet",
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for form in options.forms:
            for engine in ("polars", "spark"):
                command = [sys.executable, Path(__file__), "--one", engine, form, str(folder)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                run = json.loads(done.stdout.splitlines()[-1])
                print(f"| {size:,} | {form} | {engine} | {run['start']:.1f} | {run['seconds']:.1f} "
                      f"| {run['memory']:,.0f} | {run['findings']:,} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
