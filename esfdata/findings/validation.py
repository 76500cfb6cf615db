"""Validation: declared constraints first, then the checks, on the rows whose keys can be trusted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from esfdata.checking.check import load_checks
from esfdata.checking.engines import POLARS
from esfdata.checking.frames import is_spark, tables_of
from esfdata.checking.run import run
from esfdata.checking.typed_tables import TypedTables
from esfdata.exceptions import EsfdataError
from esfdata.findings.building import findings_of
from esfdata.findings.finding import Findings
from esfdata.findings.rule import rules
from esfdata.findings.waivers import apply_waivers, read_waivers
from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.paths import share
from esfdata.tables.package import Package
from esfdata.tables.reading import read

SPARK = "spark"


def validate(
    package: Package | str | Path | None = None,
    checks: str | Path | None = None,
    engine: str = POLARS,
    lang: str = ENGLISH,
    **tables: Any,
) -> Findings:
    """Find what is wrong in a package, or in frames named after tables.

    Faults of the data are findings, never exceptions.

    Args:
        package: A package, or the path of one: a folder, a descriptor, a zip or files named after tables.
        checks: A folder of checks with its `waivers.csv` (default: the shipped ones).
        engine: What runs the constraints and checks of files: `polars`, `pandas`, `duckdb` or `spark`.
        lang: The language of the messages: `fi`, `sv` or `en`.
        **tables: Frames named after tables, instead of a package: pandas and Polars frames, pyarrow tables, DuckDB
            relations, or Spark frames, which are checked where they lie. Findings in frames have a key and no line.

    Returns:
        The findings, worst first, and what came of each check.

    Raises:
        EsfdataError: The arguments do not fit together, the package or a frame cannot be read (PackageError), or a
            check is written wrongly (CheckError).

    Examples:
        >>> import esfdata
        >>> import pandas as pd
        >>> dates = {"project_code": ["S20731"], "start_date": ["2018-07-01"], "end_date": ["2018-06-30"]}
        >>> [finding.check for finding in esfdata.validate(projects=pd.DataFrame(dates)) if finding.field == "end_date"]
        ['ends-before-start']
    """
    if lang not in LANGUAGES:
        raise EsfdataError(f"the language is {lang!r}; accepted are {', '.join(LANGUAGES)}")
    if (package is None) == (not tables):
        raise EsfdataError("give one package, or frames named after tables: validate(projects=frame)")
    folder = Path(checks) if checks is not None else share("checks")
    judged = load_checks(folder)
    spark = any(is_spark(frame) for frame in tables.values())
    with _typed(package, tables) as typed:
        marks = run(typed, judged, SPARK if spark else engine)
        findings, outcomes = findings_of(marks, judged)
    result = apply_waivers(findings, read_waivers(folder / "waivers.csv"), tuple(outcomes), dict(marks.heights))
    result = replace(result, rules=rules(judged, folder))
    return result if lang == ENGLISH else result.into(lang)


def _typed(package: Package | str | Path | None, frames: dict[str, Any]) -> TypedTables:
    """The tables of what is given: one package, or frames."""
    if package is None:
        return tables_of(frames)
    return TypedTables(package if isinstance(package, Package) else read(package))
