"""Findings as pages show them: said in one language, with a link to their subject and a way to answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from esfdata.findings.finding import Finding, Source
from esfdata.findings.rule import Rule
from esfdata.site.page_names import ORGANISATIONS, PROJECTS, TABLES, slug, table_page
from esfdata.site.site_model import Model
from esfdata.site.words import Words
from esfdata.tables.roles import SOURCE, role

Shown = dict[str, Any]


class FindingTexts:
    """Makes the texts of findings in one language."""

    def __init__(self, model: Model, words: Words, issues: str | None) -> None:
        self.language = words.language
        self._words = words
        self._issues = issues
        self._model = model
        self._rules: Mapping[str, Rule] = model.findings.rules
        self._records = {PROJECTS: frozenset(model.projects["project_code"]), ORGANISATIONS: frozenset(model.names)}

    def title(self, check: str) -> str:
        """The sentence that a check says."""
        rule = self._rules.get(check)
        return rule.title(self._words.language).removesuffix(".") if rule else check

    def advice(self, check: str) -> str:
        """What to do."""
        rule = self._rules.get(check)
        return rule.advice(self._words.language) if rule else ""

    def shown(self, finding: Finding) -> Shown:
        """A finding for a template; of a natural person no more than the rule."""
        rule = self._rules.get(finding.check)
        title = self.title(finding.check)
        shown: Shown = {
            **finding.into(self._words.language, rule).as_dict(), "title": title, "advice": self.advice(finding.check),
        }  # fmt: skip
        if self._model.lookups.withheld(finding.key):
            return shown | {"message": title, "key": self._words.person, "value": None, "sources": [], "subject": None,
                            "correction": None, "report": self._report(finding, title, self._words.person)}  # fmt: skip
        shown["message"] = _evidence(str(shown["message"]), title, finding.sources)
        return shown | {
            "subject": self._subject(finding), "correction": self._correction(finding),
            "report": self._report(finding, f"{title} {shown['message']}", finding.key or ""),
        }  # fmt: skip

    def _subject(self, finding: Finding) -> str | None:
        """The page that the finding is about."""
        folder, key = self._model.subject(finding)
        if folder == TABLES:
            return table_page(key)
        return f"{folder}/{slug(key)}.html" if key in self._records[folder] else None

    def _correction(self, finding: Finding) -> str | None:
        """The row of `corrections.csv` that would answer the finding, its value and reason left to fill in."""
        resource = self._model.resources.get(finding.table)
        if not (finding.key and finding.field) or (resource and role(resource) == SOURCE):
            return None
        text = io.StringIO()
        row = [finding.table, finding.key, finding.field, "…", "…", "YYYY-MM-DD"]
        csv.writer(text, lineterminator="").writerow(row)
        return f"table,key,field,value,reason,date\n{text.getvalue()}"

    def _report(self, finding: Finding, message: str, key: str) -> str:
        """A link that opens a report already filled in: in the tracker of the package, else as an e-mail."""
        title = f"{finding.check}: {finding.table} {key} {finding.field or ''}".strip()
        lines = [message, "", f"{finding.path or finding.table}:{finding.line or ''}", f"{finding.fingerprint}", ""]
        lines += [f"- {s.document}, {s.page or ''}:{s.line or ''}" for s in finding.sources]
        text = quote("\n".join(lines)[:1500], safe="")
        if self._issues:
            return f"{self._issues}?title={quote(title[:200], safe='')}&body={text}"
        return f"mailto:?subject={quote(title[:200], safe='')}&body={text}"


def _evidence(message: str, title: str, sources: Sequence[Source]) -> str:
    """What a message says beyond its title, which stands above it, and its sources, which stand below."""
    rest = message.removeprefix(title).lstrip(".: ")
    if sources and all(source.document in rest and (source.value or "") in rest for source in sources):
        return ""
    return rest
