"""The same files under further names, which take no room where the system can link."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link(source: Path, target: Path) -> None:
    """Give a file, or all files below a folder, a further name; a copy where the system cannot link."""
    for path in [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file()):
        place = target / path.relative_to(source) if path != source else target
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except OSError:
            shutil.copyfile(path, place)
