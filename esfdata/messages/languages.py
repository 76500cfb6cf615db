"""The languages: the one list of them, and which one somebody is addressed in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ENGLISH = "en"
"""The language of the code: what is said where another language has no text."""

with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as file:
    _ROWS = {row.pop("language"): row for row in csv.DictReader(file)}

CONVENTIONS = {name: {key: cell or _ROWS[ENGLISH][key] for key, cell in row.items()} for name, row in _ROWS.items()}
"""By language: its own name, its code in the EU's authority table, and how it writes months, days and numbers."""

LANGUAGES = tuple(CONVENTIONS)
"""The languages of messages and pages, in the order in which pages offer them."""

ORIGINAL = "fi"
"""The language of the documents: codes that are words are Finnish, and need no title in it."""


def preferred(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for, as far as it is one of LANGUAGES, else English."""
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    language = wanted.replace("-", "_").partition("_")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def translations(thing: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The title, description or keywords of a package, table or field in each language that has them, English first."""
    others = thing.get("translations", {})
    texts = {
        ENGLISH: thing.get(what),
        **{name: others.get(name, {}).get(what) for name in LANGUAGES if name != ENGLISH},
    }
    return {language: text for language, text in texts.items() if text}


def translated(thing: Mapping[str, Any], language: str, what: str = "title") -> str:
    """The title or description of a package, table or field in a language, else in English; a title else its name."""
    texts = translations(thing, what)
    return str(texts.get(language) or texts.get(ENGLISH) or (thing.get("name", "") if what == "title" else ""))
