"""Validation: declared constraints first, then the checks, on the rows whose keys can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfdata.checking.check import Check, load_checks
from esfdata.checking.engines import POLARS
from esfdata.checking.engines.spark_run import Afar
from esfdata.checking.frames import is_spark, package_of, table
from esfdata.checking.run import Run
from esfdata.checking.typed_tables import Stage
from esfdata.exceptions import EsfdataError
from esfdata.findings.building import told
from esfdata.findings.finding import Findings
from esfdata.findings.rule import rules
from esfdata.findings.waivers import apply_waivers, read_waivers
from esfdata.messages.phrase import ENGLISH, LANGUAGES
from esfdata.paths import share
from esfdata.tables.package import Package, blank, read

if TYPE_CHECKING:
    from esfdata.checking.run import Run


def validate(
    package: Package | str | Path | None = None,
    checks: str | Path | None = None,
    engine: str = POLARS,
    lang: str = ENGLISH,
    **tables: Any,
) -> Findings:
    """All findings of a package, or of frames named after tables, worst first, and what was checked.

    `validate("folder")` reads a folder, a descriptor, a zip or files; `validate(projects=frame, finance=frame)` takes
    pandas and Polars frames, pyarrow tables, DuckDB relations, or Spark frames, which are checked where they lie.
    Findings in frames have a key and no line. `checks` is a folder of checks with its `waivers.csv` (default: the
    shipped ones); `engine` runs the checks of files: polars, pandas, duckdb or spark; `lang` is the language of the
    messages: fi, sv or en. Data faults are findings; an EsfdataError is raised where the package or a frame cannot be
    read or a check is written wrongly.
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
