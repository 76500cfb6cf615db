"""The parser of the command line: the commands of every module and their options."""

from __future__ import annotations

import argparse

from esfdata.__about__ import __version__
from esfdata.cli import explain_commands, extract_commands, release_commands, settle_commands, validate_commands
from esfdata.cli.command import Command

GROUPS = (extract_commands, validate_commands, explain_commands, release_commands, settle_commands)
"""The modules of commands, in the order of `--help`."""


def parser(description: str) -> argparse.ArgumentParser:
    """What reads a command line; the options it returns say which function to `run`."""
    top = argparse.ArgumentParser(prog="esfdata", description=description)
    top.add_argument("--version", action="version", version=f"esfdata {__version__}")
    top.add_argument("--debug", action="store_true", help="where a run fails, show the traceback")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    for group in GROUPS:
        for each in vars(group).values():
            if isinstance(each, Command):
                sub = subparsers.add_parser(each.run.__name__, help=each.help, description=each.help)
                sub.set_defaults(run=each.run)
                sub.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
                for names, settings in each.options:
                    sub.add_argument(*names, **settings)
    return top
