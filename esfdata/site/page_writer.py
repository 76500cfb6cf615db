"""Pages from templates: one writer a language, which knows where every page is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from esfdata.libraries import jinja2
from esfdata.site import drawings
from esfdata.site.page_names import root, slug, table_file, web
from esfdata.site.words import Words

HERE = Path(__file__).parent
WORD = re.compile(r"\{\{ w\.([a-z_0-9]+) \}\}")
BLOCKS = ("title", "description", "head", "main", "script")
CUT = "<!--|-->"
"""Stands between the blocks of page.html. No text of the data can contain it, since its signs are escaped there."""


class Pages:
    """Writes the pages of one language under `folder`/<language>/."""

    def __init__(self, folder: Path, language: str, context: Mapping[str, Any], *, many: bool = False) -> None:
        self.folder = folder
        self.language = language
        self.words = Words(language)
        self.context = context
        self._context = {**context, "w": self.words}
        self._environment = environment(language if many else None)
        self._made: set[Path] = set()
        self._shells: dict[tuple[bool, str, str], list[tuple[str, bool]]] = {}

    def write(self, path: str, template: str, **context: Any) -> None:
        """Write the page at `path` (inside the language's folder) from a template."""
        whole, section = f"{self.language}/{path}", path.split("/")[0]
        way = {"root": root(whole), "home": root(path), "section": section}
        text = self._environment.get_template(template).render(self._context, path=path, **way, **context)
        if template.endswith(".html"):
            fillings = dict(zip(BLOCKS, text.split(CUT), strict=True)) | {"path": path}
            shell = self._shell(index=path == f"{section}/index.html", **way)
            text = "".join(fillings[part] if hole else part for part, hole in shell)
        self._put(self.folder / whole, text)

    def _shell(self, *, index: bool, root: str, home: str, section: str) -> list[tuple[str, bool]]:
        """The parts of base.html that all pages of a section share, and its holes; rendered once."""
        key = (index, root, section)
        if key not in self._shells:
            holes = {name: Markup(f"{CUT}{name}{CUT}") for name in (*BLOCKS, "path")}
            text = self._environment.get_template("base.html").render(
                self._context, hole=holes, index=index, root=root, home=home, section=section
            )
            self._shells[key] = [(part, bool(place % 2)) for place, part in enumerate(text.split(CUT))]
        return self._shells[key]

    def write_top(self, path: str, template: str) -> None:
        """Write a page that is of no language, at the top of the site."""
        self._put(self.folder / path, self._environment.get_template(template).render(self._context))

    def _put(self, place: Path, text: str) -> None:
        if place.parent not in self._made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(place.parent)
        place.write_bytes(text.encode("utf-8", "replace"))


def ticked(text: str) -> Markup:
    """A text whose parts between backticks are code."""
    parts = (Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
             for place, part in enumerate(text.split("`")))  # fmt: skip
    return Markup().join(parts)


def script(text: str) -> Markup:
    """JSON for a script element, with the signs escaped that could end the element."""
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def environment(language: str | None = None) -> jinja2.Environment:
    """The environment of all templates: everything is escaped, and an unknown name is an error.

    For a `language` its words are put into the templates beforehand: slower to prepare, and faster for many pages.
    """

    def source(name: str) -> str:
        text = (HERE / "templates" / name).read_text(encoding="utf-8")
        if language is None:
            return text
        words = Words(language)
        return WORD.sub(lambda match: str(escape(getattr(words, match[1]))), text)

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(source), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, auto_reload=False,
    )  # fmt: skip
    made.globals.update(
        slug=slug, web=web, table_file=table_file, ticked=ticked, bar=drawings.bar, score=drawings.score
    )
    return made
