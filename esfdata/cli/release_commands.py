"""A release, its pages, what changed since another, and how good its metadata are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from esfdata.cli.command import (
    JUDGED,
    NO_SITE,
    OUTPUT,
    PACKAGE,
    PACKAGES,
    PROFILES,
    TO,
    coloured,
    command,
    folder_of,
    language,
    option,
    say,
)
from esfdata.reports import DEFAULT, DIFFERENCES


@command(
    "the release of a package: gate, data package, zip, checksums, site",
    PACKAGE,
    TO,
    option("--base-url", metavar="URL", help="the address the folder will have: for catalogue metadata"),
    option("--owner", metavar="NAME", help="the owning organisation on the national portal (its CKAN name)"),
    option("--profile", choices=PROFILES, help="kohesio: the EU's list of operations beside the release"),
    NO_SITE,
    *JUDGED,
)
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


@command(
    "what changed between two packages, releases or exports",
    option("old", metavar="OLD", help=f"{PACKAGES}, an export or a document, or a release's version, latest or URL"),
    option("new", metavar="NEW"),
    option("--format", choices=DIFFERENCES, default=DEFAULT),
    OUTPUT,
    option(
        "--gate",
        action="store_true",
        help="fail on a breaking change without a version step, and on a large drop of rows",
    ),
    option(
        "--max-drop",
        type=float,
        default=5.0,
        metavar="PCT",
        help="the share of a table's rows that may be lost (default: %(default)g)",
    ),
    option("--allow-first", action="store_true", help="where there is no release yet, compare with nothing"),
    option("--no-findings", action="store_true", help="do not compare findings"),
    option("--checks", metavar="DIR", help="the checks for sides that were not published with findings"),
)
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
        difference = diff(options.old, options.new, **compared)
    except NoReleaseError as error:
        if not options.allow_first:
            raise
        say(f"This is the first release: {error}")
        difference = diff(nothing_before(options.new), options.new, **compared)
        difference = replace(difference, old="nothing", versions={**difference.versions, "old": None})
    refused = gate(difference, options.max_drop) if options.gate else None
    text = render(replace(difference, refused=refused), options.format)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text.rstrip())
    if options.gate:
        for reason in refused or ["The gate lets it pass."]:
            say(reason)
    return 1 if refused else 0


@command(
    "the pages of a package, for a browser and without a server",
    PACKAGE,
    TO,
    option("--open", action="store_true", help="show the first page when it is done"),
    *JUDGED,
)
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


@command(
    "show the pages of a site on this machine alone",
    option("site", metavar="DIR"),
    option("--port", type=int, default=8000),
    option("--open", action="store_true", help="show the first page"),
)
def serve(options: argparse.Namespace) -> int:
    """The pages of a site, on this machine alone, until Ctrl-C."""
    from esfdata.site import serve

    serve(Path(options.site), options.port, show=options.open)
    return 0


@command(
    "the European metadata-quality score of a release, point by point",
    option("release", metavar="RELEASE", help="the folder of a release with its dcat.jsonld"),
)
def quality(options: argparse.Namespace) -> int:
    """The metadata-quality score of a release."""
    from esfdata.release import metadata_quality

    print(metadata_quality.render(metadata_quality.of(Path(options.release))).rstrip())
    return 0
