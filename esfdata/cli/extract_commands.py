"""From sources to a package or a release."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from esfdata.cli.command import JUDGED, NO_SITE, TO, coloured, command, language, option, say

if TYPE_CHECKING:
    from esfdata.findings.finding import Findings
    from esfdata.tables.package import Package


@command(
    "extract, validate and publish: the main job",
    option("sources", nargs="+", metavar="SOURCES", help="documents and exports: files or folders"),
    TO,
    NO_SITE,
    *JUDGED,
)
def build(options: argparse.Namespace) -> int:
    """From sources to a release, with a short account of it."""
    from esfdata import extract, publish, validate

    package = extract(*options.sources)
    findings = validate(package, options.checks, options.engine)
    account(package, findings.into(language(options)))
    publish(package, findings, options.to, site=options.site)
    say(f"\nThe data package lies in {Path(options.to) / 'datapackage'}")
    if options.site:
        say(f"The pages begin at {Path(options.to) / 'site' / 'index.html'}")
    return 0


@command(
    "read documents and exports into a data package folder",
    option("sources", nargs="+", metavar="SOURCES"),
    TO,
)
def extract(options: argparse.Namespace) -> int:
    """From sources to a package folder."""
    from esfdata import extract
    from esfdata.release.writing import write

    package = extract(*options.sources)
    write(package, options.to)
    say(", ".join(f"{rows} {name}" for name, rows in package.heights().items() if rows))
    say(f"The data package lies in {options.to}")
    return 0


def account(package: Package, findings: Findings) -> None:
    """What was read, what came of it and what was found: the findings worst first, a line each."""
    from esfdata.reports import report
    from esfdata.tables.roles import DATA

    rows = package.heights()
    kinds = package.lazy("documents").collect()["kind"].fill_null("not read").value_counts(sort=True).iter_rows()
    read = ", ".join(f"{n} {kind}" for kind, n in kinds)
    say(f"{rows['documents']} documents ({read}), {rows['statements']} statements\n")
    width = max(map(len, rows))
    for name in package.tables_of(DATA):
        say(f"  {name:<{width}} {rows[name]:>6} rows")
    say("")
    sys.stdout.write(report(findings, "text", colour=coloured()))
    sys.stdout.flush()
