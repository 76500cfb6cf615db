"""The findings that no function in `checks/` makes: of declared constraints, and of waivers themselves."""

from __future__ import annotations

from typing import NamedTuple

from esfdata.checking.check import ERROR, WARNING


class Word(NamedTuple):
    """A finding that no function in `checks/` makes: its name, severity, message and explanation."""

    name: str
    severity: str
    message: str
    explanation: str


CONSTRAINTS = (
    Word("type", ERROR, "A cell is not of its field's type.",
         "Text must have the form of the type: dates YYYY-MM-DD that exist, amounts with at most two places, "
         "whole numbers, true or false. A row with too many or too few cells is of this kind too. The text "
         "is kept as it was found; typed columns have null there, and no other constraint is judged on it."),
    Word("required", ERROR, "A cell that must have a value is empty.",
         "Also each field of a primary key. An empty cell breaks no other constraint."),
    Word("enum", ERROR, "A value is not one of the listed ones.",
         "Compared exactly: case and spaces count. Where a field has no enum, its categories are the list."),
    Word("pattern", ERROR, "A text is not of the declared form.",
         "The whole text must match, from the first character to the last: a line break at the end is a fault."),
    Word("minimum", ERROR, "A value is below the least one accepted.", "The limit itself is accepted."),
    Word("maximum", ERROR, "A value is above the greatest one accepted.", "The limit itself is accepted."),
    Word("exclusiveMinimum", ERROR, "A value is not above its limit.", "The limit itself is not accepted."),
    Word("exclusiveMaximum", ERROR, "A value is not below its limit.", "The limit itself is not accepted."),
    Word("minLength", ERROR, "A text is shorter than the shortest one accepted.", "Counted in characters."),
    Word("maxLength", ERROR, "A text is longer than the longest one accepted.", "Counted in characters."),
    Word("unique", ERROR, "A value that may stand in one row only stands in several.",
         "Every row that has the value is marked, the first one too. Empty cells are never alike. So are the rows "
         "that are alike in the fields of one of the `uniqueKeys`."),
    Word("primary-key", ERROR, "Several rows have the same primary key.",
         "Every row that has the key is marked, the first one too, and none of them is shown to checks."),
    Word("foreign-key", ERROR, "A value refers to a row that is not there.",
         "The table and field referred to stand in the descriptor. An empty cell refers to nothing."),
)  # fmt: skip
"""The words of the declared constraints; they run before all checks."""

WAIVERS = (
    Word("waiver-expired", ERROR, "A waiver's last day has passed, and its finding still stands.",
         "Mend the data, or give the waiver a new last day and a reason that still holds."),
    Word("waiver-unused", WARNING, "A waiver covers no finding.", "Take its row out of waivers.csv."),
)  # fmt: skip
"""What is found in `waivers.csv` itself."""
