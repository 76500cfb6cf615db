"""Amounts of money, counts, and numbers written as Finnish words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from esfdata.text.folding import bare, collapse

SPACE = "[ \u00a0\u2007\u2009\u202f]"
GROUPED = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)|\d{{1,15}}"
AMOUNT = rf"(?:{GROUPED})(?:[.,]\d{{1,2}}(?!\d))?"
_CURRENCY = r"(?:€|euroa?|eur)"
_AMOUNT = re.compile(rf"([-\u2212]?)\s?({AMOUNT})(?:,-)?\s*{_CURRENCY}?\.?", re.IGNORECASE)
_UNGROUPED = re.compile(rf"(\d{{1,9}}(?:{SPACE}(?:\d{{3}}){{1,3}}){{1,3}})\s*{_CURRENCY}?\.?", re.IGNORECASE)
_COUNT = re.compile(rf"({GROUPED})")

_UNITS = ["nolla", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän"]
LONGEST_WORD = 80


def amount(text: str) -> Decimal | None:
    """The amount a text states and nothing else, in euros, else None.

    Thousands may be parted by any kind of space, cents by a comma or a point: `1 490 940 €`, `63 792€`,
    `47126,50`. `47.126` could be forty-seven or forty-seven thousand, and is None.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    sign, digits = match.groups()
    digits = re.sub(SPACE, "", digits)
    if digits.count(".") > 1 or ("." in digits and "," in digits):
        digits = digits.replace(".", "")
    value = Decimal(digits.replace(",", "."))
    return -value if sign else value


def regrouped(text: str) -> Decimal | None:
    """The amount of a text that lost a space between its thousands (`1021 094`), else None.

    The groups of three digits that are left prove where the others were.
    """
    match = _UNGROUPED.fullmatch(text.strip())
    first, *rest = match[1].split() if match else [""]
    certain = match and rest and any(len(group) > 3 for group in (first, *rest))
    return amount("".join([first, *rest])) if certain and not first.startswith("0") else None


def euros(value: Decimal) -> str:
    """An amount as plain text with two decimals: `198808.00`."""
    return f"{value:.2f}"


def count(text: str) -> int | None:
    """The whole number a text states, in digits or as a Finnish word, else None."""
    text = collapse(text)
    if match := _COUNT.fullmatch(text):
        return int(re.sub(rf"{SPACE}|\.", "", match[1]))
    return number_word(text)


def number_word(text: str) -> int | None:
    """The number a Finnish number word in the nominative says (`kaksikymmentäviisi` is 25), or None."""
    word = bare(text).replace(" ", "")
    return _words().get(word) if len(word) <= LONGEST_WORD else None


@cache
def _words() -> dict[str, int]:
    """The number words from nought to 9,999, without their accents."""
    below = dict(enumerate(_UNITS))
    below[10] = "kymmenen"
    below |= {10 + unit: below[unit] + "toista" for unit in range(1, 10)}
    for tens in range(2, 10):
        below |= {10 * tens + unit: below[tens] + "kymmentä" + (below[unit] if unit else "") for unit in range(10)}
    for hundreds in range(1, 10):
        head = "sata" if hundreds == 1 else below[hundreds] + "sataa"
        below |= {100 * hundreds + rest: head + (below[rest] if rest else "") for rest in range(100)}
    for thousands in range(1, 10):
        head = "tuhat" if thousands == 1 else below[thousands] + "tuhatta"
        below |= {1000 * thousands + rest: head + (below[rest] if rest else "") for rest in range(1000)}
    return {bare(word): number for number, word in below.items()}
