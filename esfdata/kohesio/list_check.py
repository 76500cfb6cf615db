"""Judging anyone's list of operations by the template, and telling what the official validator passes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from esfdata.exceptions import SourceError
from esfdata.findings.finding import Finding, Findings, Outcome, ordered
from esfdata.kohesio import header
from esfdata.kohesio.operation_rules import CHECKS, Fault, rules
from esfdata.kohesio.row_faults import faults, short
from esfdata.kohesio.unknown_csv import Encoding, encoding, records, separator
from esfdata.messages.phrase import Phrase

TABLE = "kohesio"
KEY = "Operation_Unique_Identifier"
WIDTH = "The row has {value}; accepted: {accepts}."
QUOTING = "The row cannot be read as CSV: {reason}."
SHOWN = 1000
"""How many findings of one check are kept; all are counted."""


def check(path: str | Path, *, shown: int = SHOWN) -> Findings:
    """The findings on a file that claims to be a list of operations in the EU's template.

    The file is read as a stream, whatever its size; of each check the first `shown` findings are kept, and
    its outcome tells how many rows it marked. Besides the template's constraints and three rules, findings
    tell what the official validator passes over in silence: required columns that are not there, rules that
    it skips for want of a column, names in other capitals, another order. SourceError where the file
    cannot be read as text.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file; accepted is a CSV file")
    coded = encoding(path)
    sign = separator(path, coded.name)
    report = Report(path.name, shown)
    _form(report, coded, sign)
    rows = 0
    with path.open(encoding=coded.name, errors="replace", newline="") as file:
        lines = records(file, sign)
        first = next(lines, None)
        if first is None or first.fault or not any(first.cells):
            raise SourceError(f"{path}: expected the names of the columns in the first line; found none")
        columns = header.read(first.cells)
        for fault in header.faults(columns):
            report.add(fault, 1)
        width = Phrase("{n} cells as in the header", n=len(first.cells))
        for line, cells, reason in lines:
            rows += 1
            if reason:
                report.add(Fault("quoting", None, None, QUOTING, {"reason": reason}), line)
            elif len(cells) != len(first.cells):
                values = {"value": Phrase("{n} cells", n=len(cells)), "accepts": width}
                report.add(Fault("row-width", None, str(len(cells)), WIDTH, values), line)
            else:
                row = {name: cells[place].strip() for name, place in columns.places.items()}
                key = row.get(KEY) or f"line {line}"
                for fault in faults(row):
                    report.add(fault, line, key)
    if not rows:
        report.add(Fault("no-rows", None, None, "The file has no rows below its header."), 1)
    return report.findings(rows, header.lacking(columns))


def _form(report: Report, coded: Encoding, sign: str) -> None:
    """What is unusual about the file as a whole."""
    values = {"byte": coded.byte, "encoding": coded.name}
    if coded.byte:
        text = "The file is not UTF-8: the byte 0x{byte} on this line is read as {encoding}."
        report.add(Fault("encoding", None, coded.name, text, values), coded.line or 1)
    elif not coded.name.startswith("utf-8"):
        text = "The file is {encoding}; the template wants UTF-8."
        report.add(Fault("encoding", None, coded.name, text, values), 1)
    if sign != ",":
        text = "The cells are separated by {sign}, not by a comma."
        report.add(Fault("delimiter", None, sign, text, {"sign": repr(sign)}), 1)


class Report:
    """The findings so far: the first of each check, and the count of all."""

    def __init__(self, path: str, shown: int) -> None:
        self.path = path
        self.shown = shown
        self.kept: list[Finding] = []
        self.faults: Counter[str] = Counter()
        self.marked: Counter[str] = Counter()
        self.last: dict[str, int] = {}

    def add(self, fault: Fault, line: int, key: str | None = None) -> None:
        """Count a fault, and keep it as a finding if few of its check have been kept."""
        check, value = fault.check, fault.value
        self.faults[check] += 1
        self.marked[check] += self.last.get(check) != line
        self.last[check] = line
        if self.faults[check] <= self.shown:
            severity, message = fault.severity or CHECKS[check][0], Phrase(fault.template, **fault.values)
            shown = short(value) if value else value
            self.kept.append(Finding(severity, check, TABLE, key, fault.field, shown, message, self.path, line))

    def findings(self, rows: int, lacking: Mapping[str, list[str]]) -> Findings:
        """All findings; a rule without its columns is listed as not run."""
        return Findings(ordered(self.kept), tuple(self._outcomes(rows, lacking)), {TABLE: rows}, rules())

    def _outcomes(self, rows: int, lacking: Mapping[str, list[str]]) -> Iterator[Outcome]:
        for check in CHECKS:
            faulty, marked = self.faults[check], self.marked[check]
            if check in lacking:
                reason = Phrase("the file lacks the columns {columns}", columns=", ".join(lacking[check]))
                yield Outcome(check, "not_run", 0, 0, reason)
                continue
            few = Phrase("the first {shown} of {n} are shown", shown=self.shown, n=faulty)
            cut = few if faulty > self.shown else None
            yield Outcome(check, "marked" if marked else "passed", rows, marked, cut)
