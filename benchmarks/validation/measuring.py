"""Running a process and weighing it, and comparing what it found with the truth."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

Place = tuple[str, str, str, str]
"""Table, rule, key and line."""


class Run(NamedTuple):
    """Wall seconds and peak resident megabytes of a process."""

    seconds: float
    megabytes: float


def measured(command: list[str], limit: float = 3600) -> Run | str:
    """What a process takes, or in words why there is nothing to tell: it took too long, or it failed."""
    with tempfile.TemporaryDirectory() as elsewhere, tempfile.TemporaryFile("w+") as told:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, cwd=elsewhere)
        stop = threading.Timer(limit, process.kill)
        stop.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds >= limit:
            return f"over {limit:.0f}"
        if status:
            told.seek(0)
            print(f"{' '.join(command)}: status {process.returncode}\n{told.read()[-4000:]}", file=sys.stderr)
            return "failed"
    return Run(seconds, usage.ru_maxrss / 1024)


def found(output: Path) -> list[Place]:
    """The findings of a file: the JSON of esfdata, or a peer's CSV of table, rule, key and line."""
    with output.open(encoding="utf-8", newline="") as file:
        if file.read(1) == "{":
            file.seek(0)
            findings = json.load(file)["findings"]
            return [(one["table"], one["check"], one["key"] or "", str(one["line"])) for one in findings]
        file.seek(0)
        return [(row["table"], row["rule"], row["key"], row["line"]) for row in csv.DictReader(file)]


def compared(output: Path, folder: Path) -> tuple[float, float]:
    """Recall and precision: the share of the truth that was found, and of what was found that is true."""
    truth, given = set(found(folder / "truth.csv")), found(output)
    right = truth & set(given)
    return len(right) / max(len(truth), 1), len(right) / max(len(given), 1)
