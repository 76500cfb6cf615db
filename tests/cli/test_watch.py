"""Watching a package: what changed is told, within a second, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import samples

import esfdata
from esfdata.cli.watch import watch

WRONG = {**samples.PROJECT, "end_date": "2019-01-01"}


def save(folder: Path, *rows: dict[str, str]) -> None:
    """Write the projects, at a time that differs from the one before."""
    samples.csv(folder, projects=list(rows))
    os.utime(folder / "projects.csv", ns=(time.time_ns(), time.time_ns()))


def test_only_what_changed_is_told(tmp_path):
    save(tmp_path, WRONG)
    none = tmp_path / "none"
    changes = watch(lambda: esfdata.validate(tmp_path / "projects.csv", samples.CHECKS), tmp_path, none, pause=0.01)
    first = next(changes)
    assert (["ends-before-start"], []) == ([f.check for f in first.new], first.gone)
    save(tmp_path, WRONG, {**WRONG, "project_code": "S20001"})
    second = next(changes)
    assert (["S20001"], []) == ([f.key for f in second.new if f.check == "ends-before-start"], second.gone)
    save(tmp_path, {**WRONG, "project_code": "S20001"})
    assert "S22016" in [f.key for f in next(changes).gone]
    (tmp_path / "projects.csv").write_bytes(b"\xff")
    assert "is not UTF-8" in next(changes).fault
    save(tmp_path, {**WRONG, "project_code": "S20001"})
    assert ([], []) == ((last := next(changes)).new, last.gone)


def test_ctrl_c_ends_cleanly(tmp_path):
    save(tmp_path, WRONG)
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(tmp_path), "--watch", "--lang", "fi"]
    command += ["--checks", str(samples.CHECKS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None and process.stderr is not None
    lines = [process.stdout.readline() for _ in range(2)]
    assert "Hanke päättyy ennen kuin se alkaa" in lines[1]
    while not process.stdout.readline().startswith("1 virhe"):
        pass
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert (1, False) == (process.returncode, "Traceback" in err)
    assert "Ctrl-C lopettaa" in err
