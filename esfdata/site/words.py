"""The words of the pages in one language, and how it writes numbers, amounts and days."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from esfdata.paths import LIBRARY

LANGUAGES = ("fi", "sv", "en")
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
SPACE = "\u00a0"
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip


class Words:
    """The texts of the pages as attributes (`w.projects`), in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _texts()[language]
        self.__dict__.update(self._texts)

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> str: ...

    def of(self, key: str, fallback: str) -> str:
        """The text of a value out of the data, or what to show where there is none."""
        return self._texts.get(key) or fallback

    def with_prefix(self, prefix: str) -> dict[str, str]:
        """The texts whose keys begin so, without the beginning: what a script needs."""
        return {key.removeprefix(prefix): text for key, text in self._texts.items() if key.startswith(prefix)}

    def number(self, value: float | Decimal | None, places: int = 0) -> str:
        """A number with its thousands apart, and the language's decimal sign."""
        if value is None:
            return ""
        text = f"{value:,.{places}f}".replace("-", "−")
        return text if self.language == "en" else text.replace(",", SPACE).replace(".", ",")

    def exact(self, value: Decimal | int | None) -> str:
        """A number with two places only where it is not a whole one."""
        return "" if value is None else self.number(value, 0 if value == int(value) else 2)

    def money(self, value: Decimal | int | None) -> str:
        """An amount in euros, to the cent where there are cents."""
        if value is None:
            return ""
        text = self.exact(value)
        if self.language == "en":
            return f"−€{text[1:]}" if text.startswith("−") else f"€{text}"
        return f"{text}{SPACE}€"

    def short(self, value: Decimal | int) -> str:
        """An amount rounded for a chart: `1,3 milj. €`."""
        exact = Decimal(value)
        for unit, key in ((10**9, "billions"), (10**6, "millions"), (10**3, "thousands")):
            if abs(exact) >= unit:
                scaled = exact / unit
                return self._texts[key].format(n=self.number(scaled, 0 if abs(scaled) >= 100 else 1))
        return self.money(exact.quantize(Decimal(1)))

    def day(self, value: date | None) -> str:
        """A day as the language writes it."""
        if value is None:
            return ""
        if self.language == "en":
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{value.day}.{value.month}.{value.year}"

    def size(self, count: int) -> str:
        """The size of a file."""
        for unit, name in ((10**6, "MB"), (10**3, "kB")):
            if count >= unit:
                return f"{self.number(count / unit, 1 if count < 10 * unit else 0)}{SPACE}{name}"
        return f"{count}{SPACE}B"


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    """The texts of every language by key."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    with (LIBRARY / "messages" / "pages.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for language in LANGUAGES:
                found[language][row["key"]] = row[language]
    return found


def translated(thing: Mapping[str, Any], language: str, what: str = "title") -> str:
    """The title or description of a resource or field in a language; English where it is not translated."""
    told = thing.get("translations", {}).get(language, {}).get(what)
    return str(told or thing.get(what) or thing.get("name", ""))
