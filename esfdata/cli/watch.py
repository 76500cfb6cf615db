"""Watching a package: it is checked again when a file changes, and only what changed is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Finding, Findings

PAUSE = 0.3
"""Seconds between two looks at the files."""

State = dict[str, tuple[int, int]]


class Change:
    """The findings that came and those that went, or why the package could not be checked."""

    def __init__(self, new: list[Finding], gone: list[Finding], findings: Findings | None, fault: str = "") -> None:
        self.new = new
        self.gone = gone
        self.findings = findings
        self.fault = fault


def watch(check: Callable[[], Findings], *places: Path, pause: float = PAUSE) -> Iterator[Change]:
    """What `check` finds first, then what changes in it each time that a file in `places` does; without end.

    A package that cannot be checked, such as a file half saved, is told and watched on.
    """
    before: dict[str, Finding] = {}
    seen: State | None = None
    while True:
        now = _state(places)
        if now == seen:
            time.sleep(pause)
            continue
        seen = now
        try:
            findings = check()
        except (EsfdataError, OSError) as error:
            yield Change([], [], None, str(error))
            continue
        after = {finding.fingerprint: finding for finding in findings}
        new = [finding for name, finding in after.items() if name not in before]
        gone = [finding for name, finding in before.items() if name not in after]
        before = after
        yield Change(new, gone, findings)


def _state(places: tuple[Path, ...]) -> State:
    """The time and size of every file in the places."""
    state: State = {}
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            try:
                status = path.stat()
            except OSError:
                continue
            if path.is_file():
                state[str(path)] = (status.st_mtime_ns, status.st_size)
    return state
