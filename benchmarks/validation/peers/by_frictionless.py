"""The rules in frictionless: the package's own descriptor, and a check of one's own for each further rule.

Run as `python by_frictionless.py FOLDER OUTPUT`. What a rule needs of a second table its check reads beforehand.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from frictionless import Check, Checklist, Package, Row, errors

KEYS = {
    "projects": ["project_code"],
    "organisations": ["organisation_id"],
    "participations": ["project_code", "organisation_id", "role"],
    "finance": ["project_code"],
}
WORDS = {"type-error": "type", "primary-key": "primary-key", "foreign-key": "foreign-key"}
TODAY = "2026-01-31"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1)


class BrokenRule(errors.RowError):
    """A row that breaks a rule, which the note names."""

    type = "broken-rule"
    title = "Broken rule"
    description = "A row breaks a rule."
    template = "{note}"


class Rules(Check):
    """The rules that the descriptor cannot declare."""

    type = "rules"
    Errors = [BrokenRule]  # noqa: RUF012

    def validate_start(self) -> Iterable[errors.TableError]:
        """Read what the rules need of other tables."""
        folder = Path(self.resource.normpath or "").parent
        self.rules: dict[str, Callable[[Row], bool]] = {}
        if self.resource.name == "projects":
            roles = records(folder / "participations.csv")
            counts = Counter(row["project_code"] for row in roles if row["role"] == "beneficiary")
            self.rules = {
                "ends-before-start": lambda row: before(row["end_date"], row["start_date"]),
                "single-applicant-with-several": lambda row: (
                    row["application_type"] == "single" and counts[row["project_code"]] > 1
                ),
            }
        elif self.resource.name == "organisations":
            self.rules = {"business-id-check-digit": lambda row: check_digit_off(row["business_id"])}
        elif self.resource.name == "finance":
            coming = {row["project_code"] for row in records(folder / "projects.csv") if row["start_date"] > TODAY}
            self.rules = {
                "realised-over-granted": lambda row: over(row["realised_eu_state_eur"], row["granted_eu_state_eur"]),
                "money-before-start": lambda row: (
                    row["project_code"] in coming and (row["realised_public_eur"] or 0) > 0
                ),
            }
        return []

    def validate_row(self, row: Row) -> Iterator[errors.RowError]:
        """The rules that a row breaks."""
        for name, broken in self.rules.items():
            if broken(row):
                yield BrokenRule.from_row(row, note=name)


def records(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def before(end: date | None, start: date | None) -> bool:
    """Whether a known end is before a known start."""
    return end is not None and start is not None and end < start


def over(realised: float | None, granted: float | None) -> bool:
    """Whether a known amount is more than a euro over another."""
    return realised is not None and granted is not None and realised > granted + 1


def check_digit_off(text: str | None) -> bool:
    """Whether the weighted sum of the digits is not divisible by eleven."""
    digits = (text or "").replace("-", "")
    return bool(digits) and sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11 != 0


def main(folder: Path, output: Path) -> None:
    """Write every finding."""
    package = Package(str(folder / "datapackage.json"))
    report = package.validate(Checklist(checks=[Rules()]), limit_errors=10**9)
    found = set()
    for task in report.tasks:
        places = [task.labels.index(name) for name in KEYS[task.name]]
        for error in task.errors:
            if error.type == "constraint-error":
                rule = re.findall(r'constraint "(\w+)"', error.note)[0]
            else:
                rule = WORDS.get(error.type, error.note)
            key = "/".join(error.cells[place] for place in places)
            found.add((task.name, rule, key, error.row_number))
            if first := re.fullmatch(r"the same as in the row at position (\d+)", error.note):
                found.add((task.name, rule, key, int(first[1])))  # a double key is told of the later row alone
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "rule", "key", "line"])
        writer.writerows(sorted(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
