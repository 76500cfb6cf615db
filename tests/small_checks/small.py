"""Three small checks, for tests that need some checks and are about none: an error, a warning and an info."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check


@check(ERROR, "a project's time is a span")
def ends_before_start(projects):
    """A project ends before it starts.

    | projects | start_date | end_date   |
    | -------- | ---------- | ---------- |
    |          | 2018-07-01 | 2018-07-01 |
    |          | 2018-07-01 |            |
    | ✗        | 2018-07-01 | 2018-06-30 |
    """
    return projects.end_date < projects.start_date


@check(WARNING, "the house rule: what one source says is never silently put in the place of another")
def sources_disagree(statements):
    """Sources state different values for one cell.

    | statements | document_id | table         | key       | field          | line | value              |
    | ---------- | ----------- | ------------- | --------- | -------------- | ---- | ------------------ |
    | ✗          | a.txt       | organisations | 0165116-3 | street_address | 29   | Maaherrankatu 9-11 |
    | ✗          | b.txt       | organisations | 0165116-3 | street_address | 29   | Maaherrankatu 8-10 |
    |            | a.txt       | projects      | S22016    | name           | 9    | Porukalla!         |
    |            | b.txt       | projects      | S22016    | name           | 8    | Porukalla!         |
    """
    values = statements.group_by("table", "key", "field", values=nw.col("value").n_unique())
    return values.filter(nw.col("values") > 1).select("table", "key", "field")


@check(INFO, "the house rule: a name is published as its source has it")
def name_in_capitals(projects):
    """A project's name is written in capitals.

    | projects | name       |
    | -------- | ---------- |
    |          | Porukalla! |
    |          |            |
    | ✗        | PORUKALLA! |
    """
    return projects.name == projects.name.str.to_uppercase()
