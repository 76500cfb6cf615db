"""The command line: `esfdata build|extract|validate|explain|describe|publish|waive|fix`.

Findings go to standard output, all else to standard error. Exit status: 0 nothing at or above
`--fail-on`, 1 findings, 2 the run failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from esfdata.__about__ import __version__
from esfdata.cli import commands
from esfdata.exceptions import EsfdataError, PublishError
from esfdata.messages.phrase import LANGUAGES
from esfdata.reports import DIFFERENCES, FORMATS

INTERRUPTED = 130
FAIL_ON = ("error", "warning", "never")
ENGINES = ("polars", "pandas", "duckdb", "spark")
PROFILES = ("kohesio",)
DESCRIPTIONS = ("markdown", "pandera", "great-expectations", "sql")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except PublishError as error:
        commands.say(f"esfdata: {error}")
        return 1
    except EsfdataError as error:
        commands.say(f"esfdata: {error}")
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        commands.say(f"esfdata: {error.filename or ''}: {error.strerror or error}")
        return 2
    except KeyboardInterrupt as stop:
        commands.say("; ".join(["esfdata: interrupted", *map(str, stop.args), "nothing was half-written"]))
        return INTERRUPTED


def entry() -> None:
    """The command `esfdata`: after Ctrl-C it waits for nothing that is still being read."""
    status = main()
    if status == INTERRUPTED:
        sys.stdout.flush()
        os._exit(2)
    sys.exit(status)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="esfdata", description=__doc__.splitlines()[0] if __doc__ else None)
    top.add_argument("--version", action="version", version=f"esfdata {__version__}")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    packages = "a folder, a datapackage.json, a zip, or files named after tables"

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    def judged(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--checks", metavar="DIR", help="a folder of checks with its waivers.csv")
        sub.add_argument("--engine", choices=ENGINES, default="polars", help="what runs the checks")
        spoken(sub)

    def paged(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--no-site", dest="site", action="store_false", help="write no pages; those there stay")

    def spoken(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--lang", choices=LANGUAGES, help="the language (default: that of the environment, else en)")

    sub = command("build", commands.build, "extract, validate and publish: the main job")
    sub.add_argument("sources", nargs="+", metavar="SOURCES", help="documents and exports: files or folders")
    sub.add_argument("--to", required=True, metavar="DIR")
    paged(sub)
    judged(sub)
    sub = command("extract", commands.extract, "read documents and exports into a data package folder")
    sub.add_argument("sources", nargs="+", metavar="SOURCES")
    sub.add_argument("--to", required=True, metavar="DIR")
    sub = command("validate", commands.validate, "find what is wrong in a package")
    sub.add_argument("package", metavar="PACKAGE", help=packages)
    sub.add_argument("--format", choices=FORMATS, default="text", help="json and sarif are in English without --lang")
    sub.add_argument("--output", metavar="FILE", help="write the report here instead of to standard output")
    sub.add_argument("--fail-on", choices=FAIL_ON, default="error")
    sub.add_argument("--profile", choices=PROFILES, help="kohesio: check a list of operations by the EU's template")
    sub.add_argument("--watch", action="store_true", help="check again when a file changes, and tell what changed")
    judged(sub)
    sub = command("explain", commands.explain, "all checks, or one with its example and reference")
    sub.add_argument("check", nargs="?", metavar="CHECK")
    sub.add_argument("--checks", metavar="DIR", help="a folder of checks")
    sub.add_argument("--as", dest="form", choices=("text", "markdown"), default="text", help="markdown: the whole list")
    spoken(sub)
    sub = command("describe", commands.describe, "the tables: for people or for another library")
    sub.add_argument("table", nargs="?", metavar="TABLE")
    sub.add_argument("--as", dest="form", choices=DESCRIPTIONS, default="markdown")
    sub = command("publish", commands.publish, "the release of a package: gate, data package, zip, checksums, site")
    sub.add_argument("package", metavar="PACKAGE", help=packages)
    sub.add_argument("--to", required=True, metavar="DIR")
    sub.add_argument("--base-url", metavar="URL", help="the address the folder will have: for catalogue metadata")
    sub.add_argument("--owner", metavar="NAME", help="the owning organisation on the national portal (its CKAN name)")
    sub.add_argument("--profile", choices=PROFILES, help="kohesio: the EU's list of operations beside the release")
    paged(sub)
    judged(sub)
    sub = command("diff", commands.diff, "what changed between two packages, releases or exports")
    sub.add_argument("old", metavar="OLD", help=f"{packages}, an export or a document, or a release's version, latest "
                     "or URL")  # fmt: skip
    sub.add_argument("new", metavar="NEW")
    sub.add_argument("--format", choices=DIFFERENCES, default="text")
    sub.add_argument("--output", metavar="FILE", help="write the report here instead of to standard output")
    sub.add_argument("--gate", action="store_true", help="fail on a breaking change without a version step, and on a "
                     "large drop of rows")  # fmt: skip
    sub.add_argument("--max-drop", type=float, default=5.0, metavar="PCT", help="the share of a table's rows that may "
                     "be lost (default: %(default)g)")  # fmt: skip
    sub.add_argument("--allow-first", action="store_true", help="where there is no release yet, compare with nothing")
    sub.add_argument("--no-findings", action="store_true", help="do not compare findings")
    sub.add_argument("--checks", metavar="DIR", help="the checks for sides that were not published with findings")
    sub = command("site", commands.site, "the pages of a package, for a browser and without a server")
    sub.add_argument("package", metavar="PACKAGE", help=packages)
    sub.add_argument("--to", required=True, metavar="DIR")
    sub.add_argument("--open", action="store_true", help="show the first page when it is done")
    judged(sub)
    sub = command("serve", commands.serve, "show the pages of a site on this machine alone")
    sub.add_argument("site", metavar="DIR")
    sub.add_argument("--port", type=int, default=8000)
    sub.add_argument("--open", action="store_true", help="show the first page")
    sub = command("quality", commands.quality, "the European metadata-quality score of a release, point by point")
    sub.add_argument("release", metavar="RELEASE", help="the folder of a release with its dcat.jsonld")
    sub = command("waive", commands.waive, "let a finding stand: write its row into waivers.csv")
    sub.add_argument("fingerprint", metavar="FINGERPRINT", help="the finding's, or its first six characters or more")
    sub.add_argument("--reason", required=True, help="why it may stand")
    sub.add_argument("--until", metavar="YYYY-MM-DD", help="the last day of the waiver (none: for good)")
    sub.add_argument("--package", metavar="PACKAGE", default=".", help=f"{packages} (default: this folder)")
    sub.add_argument("--checks", metavar="DIR", help="the folder whose waivers.csv is written (default: checks)")
    sub = command("fix", commands.fix, "repairs that cannot be wrong, shown as a diff")
    sub.add_argument("package", metavar="PACKAGE", help="a folder, a datapackage.json or a CSV file of a table")
    sub.add_argument("--write", action="store_true", help="write the repairs into the files")
    return top


if __name__ == "__main__":
    entry()
