"""The site as a part of a release: what it keeps of the site before, and what changed since that release."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esfdata.diff.difference import diff
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Findings
from esfdata.release.history import link_all, order
from esfdata.release.layout import DESCRIPTOR, PACKAGE
from esfdata.release.layout import SITE as FOLDER
from esfdata.site import site_writer
from esfdata.tables.package import Package


def beside(package: Package, findings: Findings, release: Path, before: Path, address: str | None) -> None:
    """Write the site of the release in the folder `release` into it; `before` is the folder that it will replace.

    The files of earlier releases, and what others put into the site that is replaced, stay. `address` is the one
    that the release will have.
    """
    site_writer.write(
        package, findings, release / FOLDER, release=release, before=before / FOLDER, address=address,
        changes=changes(package, before),
    )  # fmt: skip


def keep(before: Path, new: Path) -> None:
    """Keep the site that stands, as it is, where a release is written without one."""
    if before.is_dir():
        link_all(before, new)


def changes(package: Package, before: Path) -> Mapping[str, Any] | None:
    """The difference to the release before, as `esfdata diff --format json` tells it; None where there is none.

    It is the newest of an earlier version whose files are in the folder `before`, so that a release which is
    written again tells the same.
    """
    places = [*(before / FOLDER / "download").glob(f"*/{PACKAGE}/{DESCRIPTOR}"), before / PACKAGE / DESCRIPTOR]
    versions = {version: place.parent for place in places if (version := _version(place))}
    older = [version for version in versions if order(version) < order(package.version)]
    if not older:
        return None
    try:
        return diff(versions[max(older, key=order)], package, findings=False).as_dict()
    except EsfdataError as error:
        warnings.warn(f"the changes since the release before are not told: {error}", stacklevel=2)
        return None


def _version(descriptor: Path) -> str | None:
    """The version that a descriptor tells; None where it cannot be read."""
    try:
        return str(json.loads(descriptor.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
