"""The main job as a whole process: start-up, five documents, five hundred documents.

The documents are the project's own samples; the five hundred are the same under a hundred other codes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from esfdata.paths import share

SAMPLES = share("datapackage") / "documents"


def measured(*command: str) -> tuple[float, float]:
    """Wall seconds and peak memory in megabytes of a process that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: status {status}\n{told}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def multiplied(folder: Path, times: int) -> Path:
    """The sample documents, as many times over, each time under other project codes."""
    for number in range(times):
        for sample in sorted(SAMPLES.iterdir()):
            text = sample.read_text(encoding="utf-8")
            for place, code in enumerate(("22016", "21386", "20731", "20529")):
                text = text.replace(code, str(23000 + 4 * number + place))
            (folder / f"{number:03}-{sample.name}").write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="how many times the five documents (100)")
    times = parser.parse_args().times
    python = [sys.executable, "-P"]
    with tempfile.TemporaryDirectory() as scratch:
        (many := Path(scratch, "many")).mkdir()
        runs = {
            "python -c pass": [*python, "-c", "pass"],
            "import esfdata": [*python, "-c", "import esfdata"],
            "esfdata --help": [*python, "-m", "esfdata", "--help"],
            "import polars, narwhals, frictionless": [*python, "-c", "import polars, narwhals.stable.v2, frictionless"],
            "build, 5 documents": [*python, "-m", "esfdata", "build", str(SAMPLES), "--to", f"{scratch}/5"],
            f"build, {5 * times} documents": [
                *python, "-m", "esfdata", "build", str(multiplied(many, times)), "--to", f"{scratch}/many-out",
            ],
        }  # fmt: skip
        print(f"{'':42} {'seconds':>8} {'MB':>6}")
        for name, command in runs.items():
            seconds, memory = min(measured(*command) for _ in range(1 if "build," in name and "5 d" not in name else 3))
            print(f"{name:42} {seconds:8.2f} {memory:6.0f}")


if __name__ == "__main__":
    main()
