"""The words of the pages in one language, and how it writes numbers, amounts and days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from esfdata.documents.kinds import KINDS
from esfdata.messages.languages import CONVENTIONS
from esfdata.messages.texts import text, texts

SPACE = "\u00a0"
DATE_PART = re.compile("d|M+|y")
"""What stands for day, month (its name, where written MMMM) and year in a pattern of CLDR."""


class Words:
    """The texts of the pages as attributes (`w.projects`), in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        rows = texts("pages")
        self._texts = {key: text(rows, key, language) for key in rows}
        self.__dict__.update(self._texts)
        writes = self._writes = CONVENTIONS[language]
        self._signs = str.maketrans({",": writes["number_example"][1], ".": writes["number_example"][-2], "-": "−"})

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> str: ...

    def of(self, key: str, fallback: str) -> str:
        """The text of a value out of the data, or what to show where there is none."""
        return self._texts.get(key) or fallback

    def kind(self, name: str | None) -> str:
        """The title of a kind of papers; what none is called, and the name where no module declares it."""
        return KINDS[name].title.into(self.language) if name in KINDS else name or self.kind_unknown

    def with_prefix(self, prefix: str) -> dict[str, str]:
        """The texts whose keys begin so, without the beginning: what a script needs."""
        return {key.removeprefix(prefix): text for key, text in self._texts.items() if key.startswith(prefix)}

    def number(self, value: float | Decimal | None, places: int = 0) -> str:
        """A number with its thousands apart, and the language's decimal sign."""
        if value is None:
            return ""
        return f"{value:,.{places}f}".translate(self._signs)

    def exact(self, value: Decimal | int | None) -> str:
        """A number with two places only where it is not a whole one."""
        return "" if value is None else self.number(value, 0 if value == int(value) else 2)

    def money(self, value: Decimal | int | None) -> str:
        """An amount in euros, to the cent where there are cents."""
        if value is None:
            return ""
        amount = self.exact(value)
        sign = "−" if amount.startswith("−") else ""
        return sign + self._writes["euros_pattern"].format(amount=amount.removeprefix(sign))

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
        month = self._writes["months"].split()[value.month - 1]
        parts = {"d": value.day, "M": value.month, "MMMM": month, "y": value.year}
        return DATE_PART.sub(lambda part: str(parts[part[0]]), self._writes["date_pattern"])

    def size(self, count: int) -> str:
        """The size of a file."""
        for unit, name in ((10**6, "MB"), (10**3, "kB")):
            if count >= unit:
                return f"{self.number(count / unit, 1 if count < 10 * unit else 0)}{SPACE}{name}"
        return f"{count}{SPACE}B"
