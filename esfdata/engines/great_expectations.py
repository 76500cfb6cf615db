"""Suites of Great Expectations, at the address that users import; they are made in `esfdata.compile`."""

from __future__ import annotations

from esfdata.compile.expectation_suites import *  # noqa: F403
