"""The formats of a release, a module each, found by this folder: its `FORMAT` says what it is and how it is written.

CSV and Parquet are written a table at a time, in one pass over its rows, and packed into the zip; the others are
written from the Parquet files. Every writer gives the same bytes for the same rows, with no clock, no chance and no
order of its own, unless its format says why it cannot.
"""

from __future__ import annotations

from pathlib import PurePath

from esfdata.paths import modules
from esfdata.release.contents import Format

FORMATS: tuple[Format, ...] = tuple(module.FORMAT for module in modules(__name__))
BY_SUFFIX = {form.suffix: form for form in FORMATS}
OF_ALL = tuple(sorted((form for form in FORMATS if form.write), key=lambda form: (form.varies, form.suffix)))
"""Those with one file of all tables; those whose bytes vary are last."""
OF_EACH = tuple(form for form in FORMATS if form.write_table)
"""Those with a file a table."""


def stable(path: PurePath) -> bool:
    """Whether a file of a release has the same bytes on every run."""
    form = BY_SUFFIX.get(path.suffix)
    return form is None or not form.varies
