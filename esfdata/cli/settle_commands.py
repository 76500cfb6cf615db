"""What a person settles: a finding may stand, a cell is repaired."""

from __future__ import annotations

import argparse
import sys

from esfdata.cli.command import PACKAGES, command, folder_of, option, say


@command(
    "let a finding stand: write its row into waivers.csv",
    option("fingerprint", metavar="FINGERPRINT", help="the finding's, or its first six characters or more"),
    option("--reason", required=True, help="why it may stand"),
    option("--until", metavar="YYYY-MM-DD", help="the last day of the waiver (none: for good)"),
    option("--package", metavar="PACKAGE", default=".", help=f"{PACKAGES} (default: this folder)"),
    option("--checks", metavar="DIR", help="the folder whose waivers.csv is written (default: checks)"),
)
def waive(options: argparse.Namespace) -> int:
    """The row that lets a finding stand, and what it covers."""
    from esfdata import validate
    from esfdata.findings.finding import one_line
    from esfdata.findings.waivers import FILE, folder_of_checks, pick, waive

    folder = folder_of_checks(options.checks)
    findings = validate(options.package, folder)
    row = waive(pick(findings, options.fingerprint), options.reason, options.until, folder)
    covered = [finding for finding in findings if row.covers(finding)]
    until = f"until {row.until}" if row.until else "for good"
    print(f"{folder / FILE}: waived {until}: {row.reason}")
    for finding in covered:
        print(f"  {finding.fingerprint}  {one_line(finding)}")
    return 0


@command(
    "repairs that cannot be wrong, shown as a diff",
    option("package", metavar="PACKAGE", help="a folder, a datapackage.json or a CSV file of a table"),
    option("--write", action="store_true", help="write the repairs into the files"),
)
def fix(options: argparse.Namespace) -> int:
    """The safe repairs as a diff, written if so asked."""
    from esfdata.repair.sheets import diff, fix, write

    sheets = fix(options.package)
    sys.stdout.write(diff(sheets, folder_of(options.package)))
    cells = sum(len(sheet.new) for sheet in sheets)
    if not sheets:
        say("Nothing to repair.")
    elif options.write:
        write(sheets)
        say(f"Repaired: {cells} cells in {len(sheets)} files.")
    else:
        say(f"{cells} cells in {len(sheets)} files can be repaired; --write does it.")
    return 1 if sheets and not options.write else 0
