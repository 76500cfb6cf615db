"""Writing that is whole or not at all: an interrupted run leaves the previous result."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from esfdata.exceptions import PublishError


@contextmanager
def folder(target: Path, owned: Sequence[str]) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `target` when the block ends without an error.

    `owned` are the names that the caller writes in `target` (patterns as in glob). A target that holds
    only such names is replaced in one step; in any other, each name is replaced in a step of its own and
    what else is there stays.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target} is a file; the place to write to is a folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        inside = new / target.name
        inside.mkdir()
        yield inside
        _replace(inside, target, owned)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _replace(new: Path, target: Path, owned: Sequence[str]) -> None:
    present = list(target.iterdir()) if target.exists() else []
    mine = [path for path in present if any(path.match(pattern) for pattern in owned)]
    if len(mine) == len(present):
        _swap(new, target)
        return
    written = sorted(path.name for path in new.iterdir())
    for name in written:
        _swap(new / name, target / name)
    for path in mine:
        if path.name not in written:
            path.unlink() if path.is_file() else shutil.rmtree(path)


def _swap(new: Path, target: Path) -> None:
    """Put `new` where `target` is, in one step where the system can exchange two names."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        aside = new.with_name(new.name + ".old")
        target.rename(aside)
        new.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names at once (Linux); False where this cannot be done."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    at_cwd, exchange = -100, 2
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)


def file(target: Path, content: bytes) -> None:
    """Write a file that is whole or not at all; its permissions stay."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.resolve().parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        new.chmod(mode)
        new.replace(target.resolve())
    finally:
        new.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
