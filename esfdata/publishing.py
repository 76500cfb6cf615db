"""Publishing: a release and its pages, refused while an error stands."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esfdata.diff.difference import diff
from esfdata.exceptions import EsfdataError, PublishError
from esfdata.files.hard_links import link
from esfdata.findings import Findings
from esfdata.release.history import previous
from esfdata.release.layout import SITE
from esfdata.release.writing import release
from esfdata.site import site_writer
from esfdata.tables.package import Package
from esfdata.tables.text_rows import frame


def publish(
    package: Package, findings: Findings, to: str | Path, base_url: str | None = None, *, site: bool = True
) -> Path:
    """Publish a release: the data package, its zip, all formats, the checksums, and the site.

    The new release takes the place of the previous one in one step; where it is refused, the previous one stands.

    Args:
        package: What is published; only fields that the descriptor names leave.
        findings: The findings of the package, which become its table `findings`.
        to: The folder of the release.
        base_url: The address that the folder will have (default: the descriptor's `homepage`). Where there is one, the
            metadata for catalogues are written too.
        site: Whether pages are written; without, those of the previous release stay.

    Returns:
        The folder of the release.

    Raises:
        PublishError: An error stands that no waiver covers, or frictionless does not accept the written package.
    """
    errors = [finding for finding in findings if finding.severity == "error" and not finding.waiver]
    if errors:
        raise PublishError(f"not published: {len(errors)} error{'s' * (len(errors) > 1)} without a waiver stand")
    fields = [field["name"] for field in package.fields("findings")]
    rows = [{name: None if row[name] is None else str(row[name]) for name in fields} for row in findings.rows()]
    whole = package.replace(findings=frame(rows, fields))
    to, address = Path(to), base_url or whole.descriptor.get("homepage")

    def write_pages(new: Path) -> None:
        if site:
            site_writer.write(whole, findings, new / SITE, release=new, before=to / SITE, address=address,
                              changes=changes(whole, to))  # fmt: skip
        else:
            link(to / SITE, new / SITE)

    return release(whole, to, gated=True, base_url=base_url, pages=write_pages)


def changes(package: Package, before: Path) -> Mapping[str, Any] | None:
    """The difference to the release before.

    Args:
        package: What is released.
        before: The folder that the release will replace, whose site has the files of earlier ones.

    Returns:
        What `esfdata diff --format json` writes; None where there is no release before, or it cannot be read.
    """
    old = previous(package.version, before)
    try:
        return diff(old, package, findings=False).as_dict() if old else None
    except EsfdataError as error:
        warnings.warn(f"the changes since the release before are not told: {error}", stacklevel=2)
        return None
