"""Validation: declared constraints first, then the checks, on the rows whose keys can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from esfdata.checking.check import Check, load_checks
from esfdata.checking.engines import POLARS
from esfdata.checking.frames import is_spark, package_of, table
from esfdata.checking.run import Run
from esfdata.checking.spark_run import Afar
from esfdata.checking.typed_tables import Stage
from esfdata.exceptions import EsfdataError
from esfdata.findings.building import told
from esfdata.findings.finding import Findings
from esfdata.findings.rule import rules
from esfdata.findings.waivers import apply_waivers, read_waivers
from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.paths import share
from esfdata.tables.package import Package
from esfdata.tables.reading import blank, read


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
        engine: What runs the checks of files: `polars`, `pandas`, `duckdb` or `spark`.
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
    found = load_checks(folder)
    with _run(package, tables, found, engine) as run:
        findings, outcomes = told(run, found)
    result = apply_waivers(findings, read_waivers(folder / "waivers.csv"), tuple(outcomes), run.heights)
    result = replace(result, rules=rules(found, folder))
    return result if lang == ENGLISH else result.into(lang)


@contextmanager
def _run(
    package: Package | str | Path | None, tables: dict[str, Any], checks: list[Check], engine: str
) -> Iterator[Run]:
    """The run over what is given: one package, or frames."""
    if any(is_spark(frame) for frame in tables.values()):
        known = blank()
        yield Afar(known, {n: f if is_spark(f) else table(n, f, known) for n, f in tables.items()}, checks)
        return
    given = package_of(tables) if package is None else package if isinstance(package, Package) else read(package)
    with Stage(given) as stage:
        yield Run(stage, checks, engine)
