"""Validation beside its peers: the same rules, the same files, every finding written out with its line.

    python benchmarks/validation/run.py [--sizes 10 100000 1000000] [--peers polars duckdb …] [--runs 3]
        [--engines polars duckdb pandas] [--catalogue] [--folder DIR] [--limit 600]

Each row is a whole process: wall seconds (the median of the runs), peak resident memory, and what it found beside
what was put in. `to esfdata` is how many times as long it took as `esfdata validate` in the same run. The packages
are generated once into the folder and kept there. Who takes longer than the limit is not run again at a larger size.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from contenders import ENGINES, HERE, PEERS, Contender, own, peer
from measuring import Run, compared, measured


def package(folder: Path, projects: int) -> Path:
    """The generated package of so many projects, made where it is not there yet."""
    place = folder / str(projects)
    if not (place / "datapackage.json").is_file():
        command = [sys.executable, str(HERE / "generate.py"), str(place), "--projects", str(projects)]
        subprocess.run(command, check=True)
    return place


def rows(place: Path, contenders: list[Contender], runs: int, limit: float, lost: dict[str, str]) -> list[list[str]]:
    """The rows of one size: the contenders take turns, so that none has the machine's best minutes.

    `lost` says of contenders why they are out of the race; who falls out joins them.
    """
    with tempfile.TemporaryDirectory() as scratch:
        taken: dict[str, list[Run]] = {one.title: [] for one in contenders}
        for number, one in [pair for _ in range(runs) for pair in enumerate(contenders)]:
            if one.title not in lost:
                print(f"{place.name}: {one.title}", file=sys.stderr)
                run = measured(one.on(place, Path(scratch, str(number))), limit)
                if isinstance(run, Run):
                    taken[one.title].append(run)
                else:
                    lost[one.title] = run
        medians = {title: median(some) for title, some in taken.items() if title not in lost}
        base = medians.get(contenders[0].title)
        made = []
        for number, one in enumerate(contenders):
            if one.title in lost:
                made.append([one.title, lost[one.title], "", "", "", ""])
                continue
            run = medians[one.title]
            shares = compared(Path(scratch, str(number)), place) if one.judged else None
            told = [f"{share:.4f}" for share in shares] if shares else ["", ""]
            ratio = f"{run.seconds / base.seconds:.2f}" if base else ""
            made.append([one.title, f"{run.seconds:.2f}", f"{run.megabytes:.0f}", *told, ratio])
    return made


def median(runs: list[Run]) -> Run:
    """The median of each measure."""
    return Run(*(statistics.median(values) for values in zip(*runs, strict=True)))


def start_up(runs: int) -> list[list[str]]:
    """What it takes to start, which no validation can beat."""
    commands = {
        'python -c "import polars"': [sys.executable, "-P", "-c", "import polars"],
        "esfdata --help": [sys.executable, "-P", "-m", "esfdata", "--help"],
    }
    made = []
    for title, command in commands.items():
        taken = [run for _ in range(runs) if isinstance(run := measured(command), Run)]
        made.append(
            [title, *([f"{median(taken).seconds:.2f}", f"{median(taken).megabytes:.0f}"] if taken else ["", ""])]
        )
    return made


def table(head: list[str], body: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100_000, 1_000_000], help="projects")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["polars"], help="of esfdata")
    parser.add_argument("--catalogue", action="store_true", help="esfdata with all the checks that it ships, too")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "esfdata-benchmark"))
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a process is stopped")
    given = parser.parse_args()
    contenders = own(given.engines, given.catalogue)
    for name in given.peers:
        if one := peer(name):
            contenders.append(one)
        else:
            print(f"{name}: not installed; benchmarks/validation/install.sh does it", file=sys.stderr)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, the median of {given.runs}\n")
    print(table(["start", "seconds", "MB"], start_up(given.runs)))
    lost: dict[str, str] = {}
    for size in sorted(given.sizes):
        place = package(given.folder, size)
        body = rows(place, contenders, given.runs, given.limit, lost)
        head = [f"{size:,} projects", "seconds", "MB", "recall", "precision", "to esfdata"]
        print("\n" + table(head, body), flush=True)


if __name__ == "__main__":
    main()
