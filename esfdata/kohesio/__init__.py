"""The list of operations that EU law demands (Regulation 1303/2013, Annex XII), in the template of Kohesio.

`operations` and `write` make the list from a package, and say in `gaps` what no source states; `check`
judges anyone's file by the same template. The template itself is `datapackage/kohesio.json`.
"""

from __future__ import annotations

from esfdata.kohesio.list_check import check
from esfdata.kohesio.operations import gaps, operations, write

__all__ = ["check", "gaps", "operations", "write"]
