"""What the checks and the tables are."""

from __future__ import annotations

import argparse

from esfdata.cli.command import LANGUAGE, command, language, option
from esfdata.messages.languages import ENGLISH, LANGUAGES

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
    from esfdata.reports.explanation import explain, listing_markdown

    if options.form == "markdown":
        print(listing_markdown(options.checks, options.lang or ENGLISH).rstrip())
    else:
        print(explain(options.check, options.checks, language(options)))
    return 0


@command(
    "the tables: for people or for another library",
    option("table", nargs="?", metavar="TABLE"),
    option("--as", dest="form", choices=DESCRIPTIONS, default="markdown"),
    option("--lang", choices=LANGUAGES, default=ENGLISH, help="the language of the markdown (default: en)"),
)
def describe(options: argparse.Namespace) -> int:
    """The tables and fields."""
    from esfdata.reports.data_dictionary import describe

    print(describe(options.table, options.form, options.lang))
    return 0
