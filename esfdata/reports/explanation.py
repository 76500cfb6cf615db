"""Every check in words: what it marks, an example, where its rule comes from, and how to waive it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill

from esfdata.checking.check import MARK, SEVERITIES, Check, Example, load_checks
from esfdata.exceptions import EsfdataError
from esfdata.findings.rule import CONSTRAINTS, WAIVERS, Rule, rules
from esfdata.findings.waivers import FIELDS
from esfdata.messages.languages import ENGLISH
from esfdata.messages.phrase import Phrase
from esfdata.paths import share
from esfdata.tables.constraints import listed
from esfdata.tables.descriptor import shipped_descriptor

WIDTH = 97
"""How wide the lines of a paragraph are."""

HOW_TO_WAIVE = (
    "To let a finding stand, add a row to waivers.csv beside the checks, with the finding's key, your reason and the "
    "last day of the waiver (no day: for good; an empty key or field stands for any):"
)


def explain(name: str | None = None, folder: str | Path | None = None, lang: str = ENGLISH) -> str:
    """The list of all checks, or one of them with its example, reference and a row to waive it.

    Parameters
    ----------
    name
        A check, a declared constraint or a check of waivers; none for the list.
    folder
        The folder of the checks; none for the shipped ones.
    lang
        The language: fi, sv or en; what has no text in it is in English.

    Raises:
    ------
    EsfdataError
        Where no check has the name.
    """
    checks, said = _loaded(folder)
    if name is None:
        return _listing(checks, said, lang)
    rule = said.get(name) or said.get(name.replace("_", "-"))
    if rule is None:
        raise EsfdataError(_unknown(name, said, lang))
    texts = [f"{rule.name} ({Phrase(rule.severity, lang)})", rule.title(lang)]
    texts += [Phrase("What to do: {advice}", lang, advice=rule.advice(lang))] if rule.advice(lang) else []
    texts += [_explanation(rule, lang)] if rule.explanation(lang) else []
    texts += [part for check in checks if check.name == rule.name for part in _check(check, rule, lang)]
    return "\n\n".join(texts)


def listing_markdown(folder: str | Path | None = None, lang: str = ENGLISH) -> str:
    """The list of the checks in `folder` as Markdown: the content of its README.md.

    Parameters
    ----------
    folder
        The folder of the checks; none for the shipped ones.
    lang
        The language: fi, sv or en.
    """
    checks, said = _loaded(folder)
    about = Phrase("Written from the code; `esfdata explain NAME` shows a check with its example.", lang)
    lines = [f"# {Phrase('Checks', lang)}", "", about, ""]
    for table, group in _by_table(checks):
        lines += [f"## {table}", "", *_header("check", "severity", "message", "reference", lang=lang)]
        for check in group:
            module, rule = check.place.partition(":")[0], said[check.name]
            lines.append(_row(f"[{rule.name}]({module})", Phrase(rule.severity, lang), rule.title(lang),
                              rule.reference(lang)))  # fmt: skip
        lines.append("")
    lines += [f"## {Phrase('Declared constraints', lang)}", ""]
    lines += [Phrase("They stand in the descriptor and run before the checks.", lang), ""]
    lines += _header("constraint", "severity", "message", lang=lang)
    lines += [_row(name, Phrase(said[name].severity, lang), said[name].title(lang)) for name in CONSTRAINTS]
    return "\n".join(lines) + "\n"


def _loaded(folder: str | Path | None) -> tuple[list[Check], dict[str, Rule]]:
    """The checks of a folder, and what they and the declared constraints say."""
    place = Path(folder) if folder is not None else share("checks")
    checks = load_checks(place)
    return checks, rules(checks, place)


def _header(*names: str, lang: str) -> list[str]:
    return [_row(*(Phrase(name, lang) for name in names)), _row(*["---"] * len(names))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _by_table(checks: Sequence[Check]) -> list[tuple[str, list[Check]]]:
    """The checks grouped by the table they judge, tables in the order of the descriptor."""
    judged = {check.table for check in checks}
    ours = [resource["name"] for resource in shipped_descriptor()["resources"] if resource["name"] in judged]
    tables = [*ours, *sorted(judged - set(ours))]
    return [(table, [check for check in checks if check.table == table]) for table in tables]


def _listing(checks: Sequence[Check], said: Mapping[str, Rule], lang: str) -> str:
    """All names, aligned, under the tables that they judge."""
    groups = [(table, [check.name for check in group]) for table, group in _by_table(checks)]
    groups += [(Phrase("any table: declared constraints", lang), list(CONSTRAINTS)), ("waivers.csv", list(WAIVERS))]
    width = max(len(name) for _, names in groups for name in names)
    severities = {severity: Phrase(severity, lang) for severity in SEVERITIES}
    wide = max(map(len, severities.values()))
    blocks = []
    for title, names in groups:
        rows = [f"  {severities[said[name].severity]:<{wide}}  {name:<{width}}  {said[name].title(lang)}"
                for name in names]  # fmt: skip
        blocks.append("\n".join([title, *rows]))
    return "\n\n".join(blocks)


def _explanation(rule: Rule, lang: str) -> str:
    """The explanation of a rule; English is broken into lines where it stands."""
    text = rule.explanation(lang)
    return text if rule.spoken("explanation", lang) == ENGLISH else fill(text, WIDTH)


def _check(check: Check, rule: Rule, lang: str) -> Iterator[str]:
    """The examples of a check, facts about it, and how to let a finding of it stand."""
    yield Phrase("Example ({mark} marks the rows found):", lang, mark=MARK)
    yield from ("\n".join(_example(example)) for example in check.examples)
    facts = [Phrase("Judges: {table}", lang, table=check.table)]
    others = ", ".join(check.tables[1:])
    facts += [Phrase("Looks into: {tables}", lang, tables=others)] if others else []
    facts += [Phrase("The value is personal data and never shown.", lang)] if check.masked else []
    facts += [Phrase("Reference: {reference}", lang, reference=rule.reference(lang))]
    yield "\n".join([*facts, Phrase("Written in: {place}", lang, place=check.place)])
    yield fill(Phrase(HOW_TO_WAIVE, lang), WIDTH)
    yield f"  {','.join(FIELDS)}\n  {','.join(_waiver(check, lang))}"


def _example(example: Example) -> Iterator[str]:
    """The lines of an example, its columns aligned."""
    body = [[MARK if marked else "", *(cell or "" for cell in row)]
            for marked, row in zip(example.marked, example.rows, strict=True)]  # fmt: skip
    rows = [[example.table, *example.fields], *body]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in [rows[0], ["-" * width for width in widths], *body]:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _waiver(check: Check, lang: str) -> list[str]:
    """The row that lets a finding of the check stand, with names where its values go."""
    keys = {r["name"]: r.get("schema", {}).get("primaryKey", []) for r in shipped_descriptor()["resources"]}
    table, names, field = check.table, listed(keys.get(check.table, [])), check.fields[-1]
    if table == "statements":  # its findings are about the cells that are stated, in any table
        table, names, field = Phrase("TABLE", lang), ["key"], Phrase("FIELD", lang)
    key = "/".join(name.upper() for name in names)
    return [check.name, table, key, field, Phrase("why it may stand", lang), Phrase("YYYY-MM-DD", lang)]


def _unknown(name: str, said: Mapping[str, Rule], lang: str) -> Phrase:
    """That no check has the name, and which names are near it."""
    near = ", ".join(difflib.get_close_matches(name.lower().replace("_", "-"), said, n=3, cutoff=0.4))
    nearest = Phrase("; the nearest are {names}", names=near) if near else ""
    template = "there is no check {name!r}{nearest}; `esfdata explain` lists all {n}"
    return Phrase(template, lang, name=name, nearest=nearest, n=len(said))
