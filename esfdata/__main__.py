"""The command line: `esfdata build|extract|validate|explain|describe|publish`.

Findings go to standard output, all else to standard error. Exit status: 0 nothing at or above
`--fail-on`, 1 findings, 2 the run failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from esfdata import __version__
from esfdata.exceptions import EsfdataError, PublishError

if TYPE_CHECKING:
    from esfdata.findings import Findings
    from esfdata.package import Package

FAIL_ON = ("error", "warning", "never")
REPORTS = ("text", "json", "github")
ENGINES = ("polars", "pandas", "duckdb", "spark")
DESCRIPTIONS = ("markdown", "pandera", "great-expectations", "sql")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except PublishError as error:
        say(f"esfdata: {error}")
        return 1
    except EsfdataError as error:
        say(f"esfdata: {error}")
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"esfdata: {error.filename or ''}: {error.strerror or error}")
        return 2
    except KeyboardInterrupt:
        say("esfdata: interrupted; nothing was half-written")
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="esfdata", description=__doc__.splitlines()[0] if __doc__ else None)
    top.add_argument("--version", action="version", version=f"esfdata {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    def judged(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--checks", metavar="DIR", help="a folder of checks with its waivers.csv")
        sub.add_argument("--engine", choices=ENGINES, default="polars", help="what runs the checks")

    sub = command("build", build, "extract, validate and publish: the main job")
    sub.add_argument("sources", nargs="+", metavar="SOURCES", help="documents and exports: files or folders")
    sub.add_argument("--to", required=True, metavar="DIR")
    judged(sub)
    sub = command("extract", extract_, "read documents and exports into a data package folder")
    sub.add_argument("sources", nargs="+", metavar="SOURCES")
    sub.add_argument("--to", required=True, metavar="DIR")
    sub = command("validate", validate_, "find what is wrong in a package")
    sub.add_argument(
        "package", metavar="PACKAGE", help="a folder, a datapackage.json, a zip, or files named after tables"
    )
    sub.add_argument("--format", choices=REPORTS, default="text")
    sub.add_argument("--output", metavar="FILE", help="write the report here instead of to standard output")
    sub.add_argument("--fail-on", choices=FAIL_ON, default="error")
    judged(sub)
    sub = command("explain", explain_, "all checks, or one with its example and reference")
    sub.add_argument("check", nargs="?", metavar="CHECK")
    sub.add_argument("--checks", metavar="DIR", help="a folder of checks")
    sub.add_argument("--as", dest="form", choices=("text", "markdown"), default="text", help="markdown: the whole list")
    sub = command("describe", describe_, "the tables: for people or for another library")
    sub.add_argument("table", nargs="?", metavar="TABLE")
    sub.add_argument("--as", dest="form", choices=DESCRIPTIONS, default="markdown")
    sub = command("publish", publish_, "the release of a package: gate, data package, zip, checksums")
    sub.add_argument("package", metavar="PACKAGE")
    sub.add_argument("--to", required=True, metavar="DIR")
    judged(sub)
    return top


def build(options: argparse.Namespace) -> int:
    """From sources to a release, with a short account of it."""
    from esfdata import extract, publish, validate

    package = extract(*options.sources)
    findings = validate(package, options.checks, options.engine)
    account(package, findings)
    publish(package, findings, options.to)
    say(f"\nThe data package lies in {Path(options.to) / 'datapackage'}")
    return 0


def extract_(options: argparse.Namespace) -> int:
    """From sources to a package folder."""
    from esfdata import extract
    from esfdata.publish import summary, write

    package = extract(*options.sources)
    write(package, options.to)
    say(", ".join(f"{rows} {name}" for name, rows in summary(package).items() if rows))
    say(f"The data package lies in {options.to}")
    return 0


def validate_(options: argparse.Namespace) -> int:
    """The report of a package."""
    from esfdata import validate
    from esfdata.reports import report

    findings = validate(options.package, options.checks, options.engine)
    base = folder_of(options.package)
    if options.output:
        Path(options.output).write_text(report(findings, options.format, base), encoding="utf-8")
    else:
        sys.stdout.write(report(findings, options.format, base, colour=coloured()))
    return 1 if findings.fails(options.fail_on) else 0


def explain_(options: argparse.Namespace) -> int:
    """The list of checks, or one of them."""
    from esfdata import share
    from esfdata.explain import explain, listing_markdown

    folder = Path(options.checks) if options.checks else share("checks")
    print((listing_markdown(folder) if options.form == "markdown" else explain(options.check, folder)).rstrip())
    return 0


def describe_(options: argparse.Namespace) -> int:
    """The tables and fields."""
    from esfdata.describe import describe

    print(describe(options.table, options.form))
    return 0


def publish_(options: argparse.Namespace) -> int:
    """The release of a package."""
    from esfdata import publish, read, validate
    from esfdata.reports import report

    package = read(options.package)
    findings = validate(package, options.checks, options.engine)
    sys.stdout.write(report(findings, "text", folder_of(options.package), colour=coloured()))
    publish(package, findings, options.to)
    say(f"The release lies in {options.to}")
    return 0


def account(package: Package, findings: Findings) -> None:
    """What was read, what came of it and what was found: the findings worst first, a line each."""
    from esfdata.publish import summary
    from esfdata.reports import report

    rows = summary(package)
    kinds = package.lazy("documents").collect()["kind"].fill_null("not read").value_counts(sort=True).iter_rows()
    read = ", ".join(f"{n} {kind}" for kind, n in kinds)
    say(f"{rows['documents']} documents ({read}), {rows['statements']} statements\n")
    width = max(map(len, rows))
    for name in rows:
        if name not in ("documents", "statements", "findings"):
            say(f"  {name:<{width}} {rows[name]:>6} rows")
    say("")
    sys.stdout.write(report(findings, "text", colour=coloured()))
    sys.stdout.flush()


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


if __name__ == "__main__":
    sys.exit(main())
