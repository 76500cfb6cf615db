"""What the checks and the tables are."""

from __future__ import annotations

import argparse
from pathlib import Path

from esfdata.cli.command import LANGUAGE, command, language, option

DESCRIPTIONS = ("markdown", "pandera", "great-expectations", "sql")


@command(
    "all checks, or one with its example and reference",
    option("check", nargs="?", metavar="CHECK"),
    option("--checks", metavar="DIR", help="a folder of checks"),
    option("--as", dest="form", choices=("text", "markdown"), default="text", help="markdown: the whole list"),
    LANGUAGE,
)
def explain(options: argparse.Namespace) -> int:
    """The list of checks, or one of them."""
    from esfdata.checking.check import load_checks
    from esfdata.findings.rule import rules, told
    from esfdata.paths import share
    from esfdata.reports.explanation import explain, listing_markdown

    folder = Path(options.checks) if options.checks else share("checks")
    if options.form == "markdown":
        print(listing_markdown(folder).rstrip())
    else:
        found = rules(load_checks(folder), folder)
        print(told(explain(options.check, folder), found, language(options), options.check).rstrip())
    return 0


@command(
    "the tables: for people or for another library",
    option("table", nargs="?", metavar="TABLE"),
    option("--as", dest="form", choices=DESCRIPTIONS, default="markdown"),
)
def describe(options: argparse.Namespace) -> int:
    """The tables and fields."""
    from esfdata.reports.data_dictionary import describe

    print(describe(options.table, options.form))
    return 0
