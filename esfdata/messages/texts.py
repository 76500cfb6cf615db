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
    """The rows of `<name>.csv`, each with the languages in which it has a text.

    A language may have its texts in a file of its own, `<name>.<language>.csv`, with the same keys.
    """
    by_key: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob(f"{name}.*csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for row in rows:
            filled = {column: cell for column, cell in zip(header, row, strict=True) if cell}
            by_key.setdefault(row[0], {}).update(filled)
    return by_key


@cache
def phrases() -> Texts:
    """The rows of every file whose key is the English text itself."""
    names = {path.name.partition(".")[0] for path in FOLDER.glob("*.csv")} - {"languages"}
    return {key: row for name in sorted(names) for key, row in texts(name).items() if "key" not in row}


def text(rows: Texts, key: str, language: str) -> str:
    """The text of a row in a language, else in English, else the key."""
    row = rows.get(key, {})
    return row.get(language) or row.get(ENGLISH) or key
