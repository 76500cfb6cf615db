"""Seeded faults: thousands of faults put into clean packages, and what validation makes of them.

Recall is the share of the faulty rows that a check marks, precision the share of its marks that are due.
A fault that breaks several rules deserves a mark of each; what no rule speaks of may not be marked at all.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import faults_of_numbers
import faults_of_places
import faults_of_projects
import faults_of_sources
import faults_of_statements
from clean_packages import Mark, Unit, package, stated, units
from faults import FAULTS, Fault

from esfdata import validate
from esfdata.checking.check import load_checks
from esfdata.findings.address import masked_key
from esfdata.paths import share

__all__ = ["faults_of_numbers", "faults_of_places", "faults_of_projects", "faults_of_sources", "faults_of_statements"]

MASKED = {check.name for check in load_checks(share("checks")) if check.masked}

PROJECTS_PER_FAULT = 4
"""How many clean projects there are for each that is spoilt."""


class Score(NamedTuple):
    """What came of one check: the marks due, those of them that were made, and those made that were not due."""

    due: int
    made: int
    undue: int

    @property
    def recall(self) -> float:
        """The share of what was due that was made."""
        return self.made / self.due if self.due else 1.0

    @property
    def precision(self) -> float:
        """The share of what was made that was due."""
        return self.made / (self.made + self.undue) if self.made + self.undue else 1.0


def spoilt(seed: int, times: int, faults: Sequence[Fault]) -> list[Unit]:
    """Projects of which each fault has been put into `times`; the rest stay clean."""
    pool = units(seed, PROJECTS_PER_FAULT * times * len(faults))
    if faults[0].stated:
        pool = [stated(unit) for unit in pool]
    free = list(pool)
    random.Random(seed).shuffle(free)
    for fault in faults:
        for _ in range(times):
            unit = next(unit for unit in free if fault.fits(unit))
            free.remove(unit)
            fault.spoil(unit)
    return pool


def shown(check: str, key: str) -> str:
    """The key as a finding shows it: that of a check of personal data is masked."""
    return masked_key(key) if check in MASKED else key


def marks(seed: int, times: int) -> tuple[set[Mark], set[Mark]]:
    """The marks that are due, and those that validation makes, in packages without and with statements."""
    due: set[Mark] = set()
    made: set[Mark] = set()
    for with_statements in (False, True):
        batch = spoilt(seed, times, [fault for fault in FAULTS if fault.stated == with_statements])
        due |= {(check, table, shown(check, key)) for unit in batch for check, table, key in unit.marks}
        made |= {(f.check, f.table, f.key or "") for f in validate(package(batch))}
    return due, made


def scores(due: Iterable[Mark], made: Iterable[Mark]) -> dict[str, Score]:
    """The score of each check."""
    due, made = set(due), set(made)
    counts = [Counter(check for check, *_ in some) for some in (due, due & made, made - due)]
    return {name: Score(*(count[name] for count in counts)) for name in sorted(set(counts[0]) | set(counts[2]))}


def main() -> None:
    """Print recall and precision of every check, for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="what the packages are drawn from (1 2)")
    parser.add_argument("--times", type=int, default=20, help="how often each fault is put in (20)")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was not due")
    options = parser.parse_args()
    for seed in options.seeds:
        due, made = marks(seed, options.times)
        table = scores(due, made)
        print(f"seed {seed}: {options.times * len(FAULTS)} faults of {len(FAULTS)} kinds")
        print(f"{'check':40} {'due':>6} {'made':>6} {'undue':>6} {'recall':>7} {'precision':>9}")
        for name, score in [*table.items(), ("all", Score(len(due), len(due & made), len(made - due)))]:
            print(f"{name:40} {score.due:6} {score.made:6} {score.undue:6} {score.recall:7.3f} {score.precision:9.3f}")
        for word, some in (("missed", due - made), ("not due", made - due)) if options.misses else ():
            for mark in sorted(some):
                print(f"{word}: {' '.join(mark)}")
        print()


if __name__ == "__main__":
    main()
