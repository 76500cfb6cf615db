"""What each command of the command line does, once its options are read."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esfdata.findings.finding import Findings
    from esfdata.tables.package import Package


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


def extract(options: argparse.Namespace) -> int:
    """From sources to a package folder."""
    from esfdata import extract
    from esfdata.release.writing import write

    package = extract(*options.sources)
    write(package, options.to)
    say(", ".join(f"{rows} {name}" for name, rows in package.heights().items() if rows))
    say(f"The data package lies in {options.to}")
    return 0


def validate(options: argparse.Namespace) -> int:
    """The report of a package, once or as long as it is watched."""
    from esfdata import read, validate
    from esfdata.files import atomic
    from esfdata.reports import report

    if options.watch:
        return watch(options)
    gc.disable()  # a short run that makes many small objects and no cycles
    if options.profile == "kohesio":
        from esfdata import kohesio

        findings = kohesio.check(options.package).into(language(options))
    else:
        package = read(options.package)
        for file in package.files.values():
            if file.changed:
                say(f"{file.path} was changed after the package was published: publish it again")
        findings = validate(package, options.checks, options.engine, language(options))
    base = folder_of(options.package)
    if options.output:
        written, target = report(findings, options.format, base).encode(), Path(options.output)
        atomic.file(target, written) if target.is_file() or not target.exists() else target.write_bytes(written)
    else:
        sys.stdout.write(report(findings, options.format, base, colour=coloured()))
    return 1 if findings.fails(options.fail_on) else 0


def watch(options: argparse.Namespace) -> int:
    """Check again at every change, and tell what came and what went, until Ctrl-C."""
    from esfdata import validate
    from esfdata.cli.watch import watch
    from esfdata.findings.finding import Findings
    from esfdata.findings.waiving import told
    from esfdata.messages.phrase import Phrase
    from esfdata.paths import share
    from esfdata.reports import report
    from esfdata.reports.findings_text import account

    lang, base = language(options), folder_of(options.package)
    checks = Path(options.checks) if options.checks else share("checks")
    say(Phrase("Watching {package}; Ctrl-C ends.", lang, package=options.package))
    findings: Findings | None = None
    try:
        for change in watch(
            lambda: validate(options.package, options.checks, options.engine, lang), Path(options.package), checks
        ):
            if change.findings is None:
                say(f"esfdata: {change.fault}")
                continue
            findings = change.findings
            shown = Findings(tuple(change.new), rules=findings.rules, language=lang)
            if change.new:
                text = report(shown, "text", base, colour=coloured())
                print(text.removesuffix(f"{account(shown)}\n").rstrip())
            for finding in change.gone:
                print(f"{Phrase('gone', lang)}: {told(finding)}")
            print(account(findings), flush=True)
    except KeyboardInterrupt:
        say("")
    return 1 if findings is not None and findings.fails(options.fail_on) else 0


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


def describe(options: argparse.Namespace) -> int:
    """The tables and fields."""
    from esfdata.reports.data_dictionary import describe

    print(describe(options.table, options.form))
    return 0


def site(options: argparse.Namespace) -> int:
    """The pages of a package."""
    from esfdata import read, validate
    from esfdata.site import write

    package = read(options.package)
    write(package, validate(package, options.checks, options.engine), Path(options.to))
    first = Path(options.to) / "index.html"
    say(f"The pages begin at {first}")
    if options.open:
        import webbrowser

        webbrowser.open(first.resolve().as_uri())
    return 0


def serve(options: argparse.Namespace) -> int:
    """The pages of a site, on this machine alone, until Ctrl-C."""
    from esfdata.site import serve

    serve(Path(options.site), options.port, show=options.open)
    return 0


def quality(options: argparse.Namespace) -> int:
    """The metadata-quality score of a release."""
    from esfdata.release.metadata import quality

    print(quality.text(quality.of(Path(options.release))).rstrip())
    return 0


def diff(options: argparse.Namespace) -> int:
    """What changed between two packages, releases or exports, and what the gate says of it."""
    from dataclasses import replace

    from esfdata.diff.difference import diff
    from esfdata.diff.gate import gate
    from esfdata.diff.side import nothing_before
    from esfdata.release.loading import NoReleaseError
    from esfdata.reports import render

    compared = {"checks": options.checks, "findings": not options.no_findings}
    try:
        found = diff(options.old, options.new, **compared)
    except NoReleaseError as error:
        if not options.allow_first:
            raise
        say(f"This is the first release: {error}")
        found = diff(nothing_before(options.new), options.new, **compared)
        found = replace(found, old="nothing", versions={**found.versions, "old": None})
    refused = gate(found, options.max_drop) if options.gate else None
    text = render(replace(found, refused=refused), options.format)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text.rstrip())
    if options.gate:
        for reason in refused or ["The gate lets it pass."]:
            say(reason)
    return 1 if refused else 0


def publish(options: argparse.Namespace) -> int:
    """The release of a package."""
    from esfdata import publish, read, validate
    from esfdata.reports import report

    package = read(options.package)
    if options.base_url:
        package.descriptor.setdefault("homepage", options.base_url)
    if options.owner:
        package.descriptor["ownerOrganisation"] = options.owner
    findings = validate(package, options.checks, options.engine)
    shown = findings.into(language(options))
    sys.stdout.write(report(shown, "text", folder_of(options.package), colour=coloured()))
    publish(package, findings, options.to, options.base_url, site=options.site)
    if options.profile == "kohesio":
        from esfdata import kohesio

        kohesio.write(package, Path(options.to) / "operations.csv")
        say("The list of operations is operations.csv; operations-gaps.csv says what no source states")
    say(f"The release lies in {options.to}")
    return 0


def waive(options: argparse.Namespace) -> int:
    """The row that lets a finding stand, and what it covers."""
    from esfdata import validate
    from esfdata.findings.waiving import FILE, folder_of_checks, pick, told, waive

    folder = folder_of_checks(options.checks)
    findings = validate(options.package, folder)
    row = waive(pick(findings, options.fingerprint), options.reason, options.until, folder)
    covered = [finding for finding in findings if row.covers(finding)]
    until = f"until {row.until}" if row.until else "for good"
    print(f"{folder / FILE}: waived {until}: {row.reason}")
    for finding in covered:
        print(f"  {finding.fingerprint}  {told(finding)}")
    return 0


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


def account(package: Package, findings: Findings) -> None:
    """What was read, what came of it and what was found: the findings worst first, a line each."""
    from esfdata.reports import report

    rows = package.heights()
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


def language(options: argparse.Namespace) -> str:
    """The language asked for, else for people that of the environment, and for machines English."""
    from esfdata.messages.phrase import ENGLISH, preferred
    from esfdata.reports import FOR_MACHINES

    if options.lang:
        return str(options.lang)
    return ENGLISH if getattr(options, "format", "text") in FOR_MACHINES else preferred(os.environ)


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
