"""File names and addresses of pages: the same for the same key, on every system and in every release."""

from __future__ import annotations

import hashlib
import re

from esfdata.text import fold

PROJECTS = "projects"
ORGANISATIONS = "organisations"
"""The folders of the pages of single records."""
TABLES = "data/tables"
"""The folder of the pages of tables."""

_PLAIN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,40}|(?!index$)[a-z]+(?:-[a-z]+){0,12}")
_TABLE = re.compile("[a-z0-9][a-z0-9_-]{0,60}")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def slug(key: str) -> str:
    """The name of the page about `key`: the key itself where it is a plain code, else its letters and a digest."""
    if _PLAIN.fullmatch(key):
        return key
    letters = _NOT_PLAIN.sub("-", fold(key.removeprefix("name:")))[:40].strip("-")
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{letters}-{digest}" if letters else digest


def table_page(table: str) -> str:
    """The page of a table."""
    return f"{TABLES}/{table_file(table)}.html"


def table_file(table: str) -> str:
    """A name for files about a table: its own where every system takes it."""
    return table if _TABLE.fullmatch(table) else slug(table)


def axis_page(axis: tuple[str, str, str]) -> str:
    """The page of a priority axis, given its period, fund and number."""
    return f"programmes/{slug('-'.join(axis).replace('+', '-PLUS'))}.html"


def objective_page(objective: tuple[str, str]) -> str:
    """The page of a specific objective, given its period and number."""
    return f"programmes/{slug('-'.join(objective).replace('.', '-'))}.html"


def root(path: str) -> str:
    """The way from the page at `path` to the top of the site: `../` for each folder."""
    return "../" * path.count("/")


def web(address: str | None) -> str | None:
    """The address where it is one of the web: nothing else (`javascript:`, `data:`) may become a link."""
    return address if address and _WEB.fullmatch(address) else None
