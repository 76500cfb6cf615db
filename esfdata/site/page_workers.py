"""The pages of single records, written by as many processes as there are processors when they are many.

Each process runs `main` of this module, fed through its standard input: that is alike on every system, needs
nothing of the caller's program, and a full pipe holds the feeder back, so that memory stays small.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from esfdata.exceptions import EsfdataError
from esfdata.paths import LIBRARY
from esfdata.site.organisation_page import OrganisationPages
from esfdata.site.page_names import ORGANISATIONS, PROJECTS
from esfdata.site.page_writer import Pages
from esfdata.site.project_page import ProjectPages
from esfdata.site.record_facts import Lookups, Record

Contexts = Sequence[tuple[str, Mapping[str, Any]]]
Send = Callable[[str, Sequence[Record]], None]
FEW = 2000
MOST = 8


class Writers:
    """Writes the pages of records in every language."""

    def __init__(self, folder: Path, lookups: Lookups, contexts: Contexts, *, many: bool = False) -> None:
        pages = [Pages(folder, language, context, many=many) for language, context in contexts]
        self._writers: dict[str, list[ProjectPages] | list[OrganisationPages]] = {
            PROJECTS: [ProjectPages(lookups, one) for one in pages],
            ORGANISATIONS: [OrganisationPages(lookups, one) for one in pages],
        }

    def __call__(self, kind: str, records: Sequence[Record]) -> None:
        """Write the pages of records of one kind, projects or organisations."""
        for record in records:
            for writer in self._writers[kind]:
                writer.write(record)


@contextmanager
def workers(folder: Path, lookups: Lookups, contexts: Contexts, count: int) -> Iterator[Send]:
    """What takes records and writes their pages: here, or where `count` is large in several processes."""
    number = min(MOST, os.cpu_count() or 1) if count > FEW else 1
    if number == 1:
        yield Writers(folder, lookups, contexts, many=count > FEW)
        return
    command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
    paths = [str(LIBRARY.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})
        for _ in range(number)
    ]
    try:
        for process in running:
            _put(process, (folder, lookups, contexts))
        turns = cycle(running)
        yield lambda kind, records: _put(next(turns), (kind, records))
        for process in running:
            _pipe(process).close()
        if any(process.wait() for process in running):
            raise EsfdataError("the pages could not be written: a process of the site ended with an error")
    finally:
        for process in running:
            if process.poll() is None:
                process.kill()
                process.wait()


def _put(process: subprocess.Popen[bytes], thing: object) -> None:
    try:
        pickle.dump(thing, _pipe(process), pickle.HIGHEST_PROTOCOL)
        _pipe(process).flush()
    except BrokenPipeError:
        raise EsfdataError("the pages could not be written: a process of the site ended with an error") from None


def _pipe(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdin is not None
    return process.stdin


def main() -> None:
    """Write the pages of the records that come through standard input, until there are no more."""
    source = sys.stdin.buffer
    write = Writers(*pickle.load(source), many=True)
    while True:
        try:
            kind, records = pickle.load(source)
        except EOFError:
            return
        write(kind, records)
