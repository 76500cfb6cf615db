"""What a finding's check says of itself, in each language: its title, and what to do."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from esfdata.checking.check import Check
from esfdata.exceptions import CheckError
from esfdata.findings.words import CONSTRAINTS, WAIVERS
from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.messages.phrase import Phrase
from esfdata.paths import share

FILE = "translations.csv"
FIELDS = ("check", "lang", "message", "advice")


class Rule(NamedTuple):
    """A check, a declared constraint or a check of waivers, as reports tell of it."""

    name: str
    severity: str
    table: str | None
    titles: Mapping[str, str]
    advices: Mapping[str, str]
    explanation: str
    reference: str

    def title(self, language: str) -> str:
        """The sentence that says the fault; English where it is not translated."""
        return self.titles.get(language) or self.titles[ENGLISH]

    def advice(self, language: str) -> str:
        """What to do, in one sentence; empty where nobody wrote it."""
        return self.advices.get(language) or self.advices.get(ENGLISH, "")


def rules(checks: Sequence[Check], folder: Path) -> dict[str, Rule]:
    """The rules of `checks`, of the declared constraints and of waivers, by name.

    Their translations stand in `translations.csv` in `folder`, and for what is missing there, in the shipped one.
    CheckError where that file is not of its form.
    """
    told = {**_translations(share("checks") / FILE), **_translations(folder / FILE)}

    def rule(name: str, severity: str, table: str | None, title: str, explanation: str, reference: str) -> Rule:
        rows = {language: told.get((name, language), ("", "")) for language in LANGUAGES}
        titles = {language: message for language, (message, _) in rows.items()} | {ENGLISH: title}
        advices = {language: advice for language, (_, advice) in rows.items()}
        return Rule(name, severity, table, titles, advices, explanation, reference)

    found = [rule(c.name, c.severity, c.table, c.message, c.explanation, c.reference) for c in checks]
    found += [rule(w.name, w.severity, None, w.message, w.explanation, "the descriptor") for w in CONSTRAINTS]
    found += [rule(w.name, w.severity, "waivers", w.message, w.explanation, "waivers.csv") for w in WAIVERS]
    return {one.name: one for one in found}


def told(text: str, found: Mapping[str, Rule], language: str, name: str | None = None) -> str:
    """What `esfdata explain` prints, its messages in another language, and with the advice of the check `name`."""
    titles = {rule.titles[ENGLISH]: rule.title(language) for rule in found.values()}
    one = found.get((name or "").replace("_", "-"))
    lines = []
    for line in text.splitlines():
        start, gap, title = line.rpartition("  ")
        lines.append(f"{start}{gap}{titles.get(title, title)}")
        if one and line == one.titles[ENGLISH] and one.advice(language):
            lines += ["", Phrase("What to do: {advice}", language, advice=one.advice(language))]
            one = None
    return "\n".join(lines)


def _translations(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Message and advice by check and language."""
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != FIELDS:
            raise CheckError(f"{path.name}:1: the header is {','.join(reader.fieldnames or ())}; "
                             f"accepted is {','.join(FIELDS)}")  # fmt: skip
        for row in reader:
            place = f"{path.name}:{reader.line_num}"
            if row["lang"] not in LANGUAGES:
                raise CheckError(f"{place}: the language is {row['lang']!r}; accepted are {', '.join(LANGUAGES)}")
            if (row["check"], row["lang"]) in found:
                raise CheckError(f"{place}: {row['check']} has two rows for {row['lang']}")
            found[row["check"], row["lang"]] = (row["message"] or "", row["advice"] or "")
    return found
