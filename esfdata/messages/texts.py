"""The rows of the CSV files beside this module: read once, when a text is first asked for."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from esfdata.messages.languages import ENGLISH
from esfdata.paths import LIBRARY

FOLDER = LIBRARY / "messages"
Texts = Mapping[str, Mapping[str, str]]
"""Texts by their key and language: the key is a name (in the column `key`), or the English text itself."""


@cache
def texts(name: str) -> Texts:
    """The rows of `<name>.csv`, each with the languages in which it has a text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {row[0]: {column: cell for column, cell in zip(header, row, strict=True) if cell} for row in rows}


@cache
def phrases() -> Texts:
    """The rows of every file whose key is the English text itself."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv"))
    return {key: row for name in names for key, row in texts(name).items() if "key" not in row}


def text(rows: Texts, key: str, language: str) -> str:
    """The text of a row in a language, else in English, else the key."""
    row = rows.get(key, {})
    return row.get(language) or row.get(ENGLISH) or key
