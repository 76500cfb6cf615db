"""A command of the command line: its function, what it is for, and its options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from esfdata.checking.engines import ENGINES, POLARS
from esfdata.messages.languages import ENGLISH, LANGUAGES, preferred
from esfdata.reports import form

PROFILES = ("kohesio",)
PACKAGES = "a folder, a datapackage.json, a zip, or files named after tables"

Run = Callable[[argparse.Namespace], int]


class Option(NamedTuple):
    """What `argparse` is asked to add: names or flags, and how they are read."""

    names: tuple[str, ...]
    settings: dict[str, Any]


class Command(NamedTuple):
    """One command: its name is that of its function."""

    run: Run
    help: str
    options: tuple[Option, ...]


def option(*names: str, **settings: Any) -> Option:
    """An option, in the words of `argparse`."""
    return Option(names, settings)


def command(help: str, *options: Option) -> Callable[[Run], Command]:
    """Make a function the command of its name, with these options."""
    return lambda run: Command(run, help, options)


PACKAGE = option("package", metavar="PACKAGE", help=PACKAGES)
TO = option("--to", required=True, metavar="DIR")
LANGUAGE = option("--lang", choices=LANGUAGES, help="the language (default: that of the environment, else en)")
OUTPUT = option("--output", metavar="FILE", help="write the report here instead of to standard output")
NO_SITE = option("--no-site", dest="site", action="store_false", help="write no pages; those there stay")
JUDGED = (
    option("--checks", metavar="DIR", help="a folder of checks with its waivers.csv"),
    option("--engine", choices=ENGINES, default=POLARS, help="what runs the checks"),
    LANGUAGE,
)


def language(options: argparse.Namespace) -> str:
    """The language asked for, else for people that of the environment, and for machines English."""
    if options.lang:
        return str(options.lang)
    return ENGLISH if "format" in options and form(options.format).for_machines else preferred(os.environ)


def folder_of(package: str) -> str:
    """The folder that the paths of findings are relative to."""
    path = Path(package)
    return "" if package == "." else str(path if path.is_dir() else path.parent) if path.suffix != ".zip" else ""


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def say(text: str) -> None:
    """Print to standard error, where all that is not findings goes."""
    print(text, file=sys.stderr)
