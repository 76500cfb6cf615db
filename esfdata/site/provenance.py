"""Where each value comes from, as rows of a table: made here and not in a template, for most of the site is this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from esfdata.site.words import Words

Row = dict[str, Any]
Said = tuple[str | None, Row, int]
"""A value, a statement that says it, and how many say it."""


def row(label: str, value: str | None, said: Iterable[Said], words: Words, *, differs: bool) -> Markup:
    """One cell of a table: what it is called, its value, and what each source says."""
    mark = f' <span class="mark warning">{escape(words.differs)}</span>' if differs else ""
    parts = [f'<tr{" class=differs" if differs else ""}><th scope="row">{escape(label)}{mark}</th>'
             f"<td><bdi>{escape(value or '–')}</bdi></td><td><ul>"]  # fmt: skip
    for stated, statement, times in said:
        strong, quote, place, repair = _parts(statement)
        own = f"<strong>{strong}</strong>: " if differs and stated != value else ""
        page = f", {words.page} {statement['page']}" if statement["page"] else ""
        more = f' <span class="soft">{words.and_more.format(n=words.number(times - 1))}</span>' if times > 1 else ""
        parts.append(f"<li>{own}{quote}<cite>{place}{page}, {words.line} {statement['line']}</cite>{repair}{more}</li>")
    parts.append("</ul></td></tr>\n")
    return Markup("".join(parts))


def _parts(statement: Row) -> tuple[str, str, str, str]:
    """What is the same in all languages, made once: value, original where it is another, document, repair."""
    if "_parts" not in statement:
        value, original, repair = statement["value"], statement["original"], statement.get("repair")
        statement["_parts"] = (
            f"<bdi>{escape(value or '–')}</bdi>",
            f"<q><bdi>{escape(original)}</bdi></q> " if original and original != value else "",
            str(escape(statement["document_id"])),
            f' <span class="soft">({escape(repair)})</span>' if repair else "",
        )
    parts: tuple[str, str, str, str] = statement["_parts"]
    return parts
