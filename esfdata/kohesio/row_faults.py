"""What is wrong in one row of a list of operations: its cells, the three rules across cells, and doubts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from esfdata.kohesio.cell_judge import Judge, day, judge, number
from esfdata.kohesio.operation_rules import Fault
from esfdata.kohesio.template import fields, required, rules
from esfdata.messages.phrase import Phrase
from esfdata.text.persons import natural_person

Row = dict[str, str]
"""The cells of a row by the fields that the file has; an empty cell is an empty text."""

FINLAND = ("finland", "suomi")
LONGEST = 200
"""How much of a value a message shows."""


def faults(row: Row) -> Iterator[Fault]:
    """The faults of a row, cells first."""
    for name, demanded, judged in _judged():
        cell = row.get(name)
        if cell:
            if judged and (fault := judged(cell)):
                yield Fault(fault[0], name, cell, WRONG, {"field": name, "value": short(cell), "accepts": fault[1]})
        elif demanded and cell is not None:
            yield Fault("required", name, None, EMPTY, {"field": name, "accepts": SOMETHING})
    for rule in (_dates, _place, _exchange, _share, _person):
        if broken := rule(row):
            yield broken


WRONG = "The field {field} is {value!r}; accepted: {accepts}."
EMPTY = "The field {field} is empty; accepted: {accepts}."
SOMETHING = Phrase("a value")


@cache
def _judged() -> tuple[tuple[str, bool, Judge | None], ...]:
    """The fields of which something is demanded: whether they must be filled, and what judges a filled cell."""
    each = ((name, name in required(), judge(field)) for name, field in fields().items())
    return tuple(one for one in each if one[1] or one[2])


def _dates(row: Row) -> Fault | None:
    """The end is not before the start; the same day passes, though the prose of the template says `before`."""
    start, end = row.get("Operation_Start_Date", ""), row.get("Operation_End_Date", "")
    first, last = day(start), day(end)
    if first is None or last is None or first <= last:
        return None
    text = "The operation starts on {start}, after its end on {end}."
    return Fault("start-after-end", "Operation_Start_Date", start, text, {"start": start, "end": end})


def _place(row: Row) -> Fault | None:
    """At least one of postal code, NUTS code and coordinates is filled."""
    places = rules()["no-location"]
    cells = [row[name] for name in places if name in row]
    if not cells or any(cells):
        return None
    text = "The operation has no place; accepted: at least one of {columns}."
    return Fault("no-location", places[0], None, text, {"columns": ", ".join(places)})


def _exchange(row: Row) -> Fault | None:
    """An amount in another currency than the euro has an exchange rate."""
    name, rate = rules()["no-exchange-rate"]
    currency = row.get(name, "")
    if currency in ("", "EUR") or row.get(rate) != "":
        return None
    text = "The amount is in {currency}; its exchange rate to the euro is missing."
    return Fault("no-exchange-rate", rate, None, text, {"currency": short(currency)})


def _share(row: Row) -> Fault | None:
    """A rate of at most 1 is hardly meant as per cent."""
    cell = row.get("CoFinancing_Rate", "")
    rate = number(cell, bare=False)
    if rate is None or not 0 < rate <= 1 or "%" in cell:
        return None
    text = "The rate {value} is read as per cent; a half is written 50."
    return Fault("rate-as-share", "CoFinancing_Rate", cell, text, {"value": short(cell)})


def _person(row: Row) -> Fault | None:
    """A natural person is not named; persons are told by Finnish given names, so only in Finland's lists."""
    if row.get("Country", "").casefold() not in FINLAND or not natural_person(row.get("Beneficiary_Name", "")):
        return None
    text = "The beneficiary looks like a natural person, whose name is withheld in a list of operations."
    return Fault("person-named", "Beneficiary_Name", None, text)


def short(text: str) -> str:
    """A text as messages and findings show it: cut where it is very long."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
