"""Reports of findings and of differences, a module each, found by its name: `findings_text`, `diff_text` and so on.

Its `REPORT` says what its text is, and which function renders it.
"""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Findings
from esfdata.reports.report import Report

if TYPE_CHECKING:
    from esfdata.diff.difference import Difference

DEFAULT = "text"


def _names(prefix: str) -> tuple[str, ...]:
    """The formats that there is a module for, the default first."""
    names = [module.name.removeprefix(prefix) for module in iter_modules(__path__) if module.name.startswith(prefix)]
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


FORMATS = _names("findings_")
"""The formats of findings."""
DIFFERENCES = _names("diff_")
"""The formats of a difference."""


def form(name: str, of: str = "findings") -> Report:
    """The format `name` of findings or, with `of="diff"`, of a difference; EsfdataError where there is none."""
    names = FORMATS if of == "findings" else DIFFERENCES
    if name not in names:
        raise EsfdataError(f"no format {name!r} of {of}; accepted: {', '.join(names)}")
    report_form: Report = import_module(f"esfdata.reports.{of}_{name}").REPORT
    return report_form


def report(findings: Findings, format: str = DEFAULT, base: str = "", *, colour: bool = False) -> str:
    """The findings in one of FORMATS; `base` is the package's path, put before the paths of findings.

    Of `base` and `colour` a format is given what its function names.
    """
    render = form(format).render
    offered = {"base": base, "colour": colour}
    return render(findings, **{name: value for name, value in offered.items() if name in signature(render).parameters})


def render(difference: Difference, format: str = DEFAULT) -> str:
    """The difference in one of DIFFERENCES, the text with a summary first."""
    return form(format, "diff").render(difference)
