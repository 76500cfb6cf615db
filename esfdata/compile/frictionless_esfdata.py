"""What frictionless finds by its name, for the wheel has it as a module of its own: the check `esfdata`.

Nothing is imported before a checklist names the check, so that no one else pays for it.
"""

from __future__ import annotations

from typing import Any


class EsfdataPlugin:
    """The plugin, as frictionless looks for it: no base class, so that no version of frictionless can break on it."""

    def select_check_class(self, type: str | None = None) -> Any:
        """The check of this name, where it is ours."""
        if type != "esfdata":
            return None
        from esfdata.compile.frictionless_plugin import EsfdataCheck

        return EsfdataCheck

    def select_error_class(self, type: str | None = None) -> Any:
        """The error of this name, where it is ours."""
        if type not in ("esfdata", "esfdata-table"):
            return None
        from esfdata.compile.frictionless_plugin import EsfdataError, EsfdataTableError

        return EsfdataError if type == "esfdata" else EsfdataTableError
