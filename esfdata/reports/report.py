"""What a report is: the suffix and media type of its text, and the function that renders it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Report(NamedTuple):
    """A format of findings, rendered by a function of them and, if it names them, of `base` and `colour`; or of a
    difference. What is `for_machines` is in English unless a language is asked for, so that no environment changes it.
    """

    suffix: str
    media_type: str
    render: Callable[..., str]
    for_machines: bool = False
