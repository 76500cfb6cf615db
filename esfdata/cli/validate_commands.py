"""What is wrong in a package, once or as long as it is watched."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from esfdata.checking.check import ERROR, WARNING
from esfdata.cli.command import JUDGED, OUTPUT, PACKAGE, PROFILES, coloured, command, folder_of, language, option, say
from esfdata.reports import DEFAULT, FORMATS

if TYPE_CHECKING:
    from esfdata.findings.finding import Findings

FAIL_ON = (ERROR, WARNING, "never")


@command(
    "find what is wrong in a package",
    PACKAGE,
    option("--format", choices=FORMATS, default=DEFAULT, help="json and sarif are in English without --lang"),
    OUTPUT,
    option("--fail-on", choices=FAIL_ON, default=ERROR),
    option("--profile", choices=PROFILES, help="kohesio: check a list of operations by the EU's template"),
    option("--watch", action="store_true", help="check again when a file changes, and tell what changed"),
    *JUDGED,
)
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
    from esfdata.findings.finding import Findings, one_line
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
                print(f"{Phrase('gone', lang)}: {one_line(finding)}")
            print(account(findings), flush=True)
    except KeyboardInterrupt:
        say("")
    return 1 if findings is not None and findings.fails(options.fail_on) else 0
