"""Dates: the time of a project, and the day on which something is said of it."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check


@check(ERROR, "a project's time is a span: the form has a first and a last day")
def ends_before_start(projects):
    """A project ends before it starts.

    | projects | start_date | end_date   |
    | -------- | ---------- | ---------- |
    |          | 2018-07-01 | 2018-07-01 |
    |          | 2018-07-01 |            |
    | ✗        | 2018-07-01 | 2018-06-30 |
    """
    return projects.end_date < projects.start_date


@check(WARNING, "eligibility: Reg. 1083/2006 art. 56, Reg. 1303/2013 art. 65(2), Reg. 2021/1060 art. 63(2)")
def outside_programme_period(projects, programme_periods):
    """A project's time is not inside the time in which its programme may pay.

    | projects | programme_period | start_date | end_date   |
    | -------- | ---------------- | ---------- | ---------- |
    |          | 2014-2020        | 2014-01-01 | 2023-12-31 |
    |          | 2014-2020        | 2018-07-01 |            |
    | ✗        | 2014-2020        | 2018-07-01 | 2024-01-01 |
    | ✗        | 2014-2020        | 2013-12-31 | 2015-12-31 |
    """
    periods = programme_periods.select("programme_period", "first_date", "last_date")
    return projects.join(periods, "programme_period").filter(
        (projects.start_date < nw.col("first_date")) | (projects.end_date > nw.col("last_date"))
    )


@check(WARNING, "the services' code series: codes are given in the order in which applications come in")
def start_out_of_order(projects, programme_periods):
    """A project starts more than two years before or after those whose codes stand next to its own.

    Compared with the mean of the others in the same ten codes, where there are at least four. A start on
    the first day of the period is technical assistance, and is left out.

    | projects | project_code | programme_period | start_date |
    | -------- | ------------ | ---------------- | ---------- |
    |          | A72011       | 2014-2020        | 2016-03-31 |
    |          | A72012       | 2014-2020        | 2016-03-01 |
    |          | A72013       | 2014-2020        | 2016-03-01 |
    |          | A72014       | 2014-2020        | 2016-03-01 |
    | ✗        | A72017       | 2014-2020        | 2014-02-25 |
    |          | A72018       | 2014-2020        | 2014-01-01 |
    |          | A72021       | 2014-2020        | 2016-03-01 |
    |          | A72022       | 2014-2020        | 2016-03-01 |
    |          | A72023       | 2014-2020        | 2016-03-01 |
    |          | A72024       | 2014-2020        | 2016-03-01 |
    |          | A72025       | 2014-2020        | 2018-03-31 |
    |          | A72031       | 2014-2020        | 2016-03-01 |
    |          | A72032       | 2014-2020        | 2016-03-01 |
    |          | A72033       | 2014-2020        | 2016-03-01 |
    |          | A72034       | 2014-2020        | 2018-04-01 |
    """
    dated = projects.join(programme_periods.select("programme_period", "first_date"), "programme_period")
    month = projects.start_date.cast(nw.String).str.slice(5, 2).cast(nw.Int64)
    timed = dated.filter(projects.start_date != nw.col("first_date")).with_columns(
        ten=projects.project_code.str.replace_all("[0-9]$", ""),
        month=projects.start_date.dt.year().cast(nw.Int64) * 12 + month,
    )
    tens = timed.group_by("ten", whole=nw.col("month").sum(), n=nw.len()).filter(nw.col("n") > 4)
    n = nw.col("n").cast(nw.Int64)
    apart = (nw.col("month") * n - nw.col("whole")).abs()
    return timed.join(tens, "ten").filter(apart > (n - 1) * 24).select("project_code", "start_date")


@check(WARNING, "the card's form: it tells of a project that has ended")
def card_before_the_end(documents, projects):
    """A card was compiled before the project ended, so what it tells is not final.

    The month counts: a card names the month in which it was compiled.

    | documents | document_id | kind        | project_code | compiled |
    | --------- | ----------- | ----------- | ------------ | -------- |
    |           | a.txt       | card        | S20001       | 2020-10  |
    |           | b.txt       | description | S20001       | 2020-09  |
    |           | c.txt       | card        | S20001       |          |
    | ✗         | d.txt       | card        | S20001       | 2020-09  |
    | ✗         | e.txt       | card        | S20002       | 2020-11  |

    | projects | project_code | end_date   |
    | -------- | ------------ | ---------- |
    |          | S20001       | 2020-10-31 |
    |          | S20002       | 2020-12-31 |
    """
    ends = projects.with_columns(end_month=projects.end_date.cast(nw.String).str.slice(0, 7))
    cards = documents.filter(documents.kind == "card").join(ends.select("project_code", "end_month"), "project_code")
    return cards.filter(documents.compiled.str.slice(0, 7) < nw.col("end_month"))


def told(statements, documents, projects, field):
    """The statements of one field with the month they were made in and the project's first and last months.

    `year_later` is the month a year after the last.
    """
    start, end = projects.start_date, projects.end_date
    spans = projects.with_columns(
        first_month=start.cast(nw.String).str.slice(0, 7),
        last_month=end.cast(nw.String).str.slice(0, 7),
        year_later=nw.concat_str([(end.dt.year() + 1).cast(nw.String), end.cast(nw.String).str.slice(4, 3)]),
    ).select("first_month", "last_month", "year_later", key="project_code")
    dated = documents.with_columns(month=documents.compiled.str.slice(0, 7)).select("document_id", "month")
    return statements.filter(field).join(dated, "document_id").join(spans, "key")


@check(WARNING, "the services: a project ends on its last day, unless a decision moves the day")
def ended_before_its_time(statements, documents, projects):
    """A source says that a project has ended, before the month of its last day.

    Judged where the source says when it was made. The last day may have been moved since.

    | statements | document_id | table    | key    | field  | line | value              |
    | ---------- | ----------- | -------- | ------ | ------ | ---- | ------------------ |
    |            | a.csv       | projects | S20001 | status | 2    | Toiminta päättynyt |
    |            | b.csv       | projects | S20001 | status | 2    | Toiminnassa        |
    |            | b.csv       | projects | S20001 | name   | 2    | Toiminta päättynyt |
    | ✗          | b.csv       | projects | S20001 | status | 3    | Toiminta päättynyt |
    |            | b.csv       | finance  | S20001 | status | 2    | Toiminta päättynyt |
    | ✗          | c.csv       | projects | S20002 | status | 2    | Toiminta päättynyt |

    | documents | document_id | compiled   |
    | --------- | ----------- | ---------- |
    |           | a.csv       | 2020-10-01 |
    |           | b.csv       | 2020-09-30 |
    |           | c.csv       | 2020-11    |

    | projects | project_code | end_date   |
    | -------- | ------------ | ---------- |
    |          | S20001       | 2020-10-31 |
    |          | S20002       | 2020-12-31 |
    """
    ended = (statements.field == "status") & (statements.value == "Toiminta päättynyt")
    found = told(statements, documents, projects, (statements.table == "projects") & ended)
    return found.filter(nw.col("month") < nw.col("last_month"))


@check(INFO, "the services: the status changes when the last payment is made, within a year as a rule")
def running_after_its_time(statements, documents, projects):
    """A source says that a project is in operation, more than a year after its last day.

    | statements | document_id | table    | key    | field  | line | value              |
    | ---------- | ----------- | -------- | ------ | ------ | ---- | ------------------ |
    |            | a.csv       | projects | S20001 | status | 2    | Toiminnassa        |
    |            | b.csv       | projects | S20001 | status | 2    | Toiminta päättynyt |
    |            | b.csv       | projects | S20001 | name   | 2    | Toiminnassa        |
    | ✗          | b.csv       | projects | S20001 | status | 3    | Toiminnassa        |
    |            | b.csv       | finance  | S20001 | status | 2    | Toiminnassa        |
    |            | c.csv       | projects | S20001 | status | 2    | Toiminnassa        |

    | documents | document_id | compiled   |
    | --------- | ----------- | ---------- |
    |           | a.csv       | 2021-10    |
    |           | b.csv       | 2021-11    |
    |           | c.csv       | 2021-10-31 |

    | projects | project_code | end_date   |
    | -------- | ------------ | ---------- |
    |          | S20001       | 2020-10-31 |
    """
    running = (statements.field == "status") & (statements.value == "Toiminnassa")
    found = told(statements, documents, projects, (statements.table == "projects") & running)
    return found.filter(nw.col("month") > nw.col("year_later"))


@check(WARNING, "eligibility: what a project costs before it begins is not paid")
def paid_before_start(statements, documents, projects):
    """A source tells of money realised, but was made before the project began.

    | statements | document_id | table    | key    | field               | line | value    |
    | ---------- | ----------- | -------- | ------ | ------------------- | ---- | -------- |
    |            | a.csv       | finance  | S20001 | realised_public_eur | 2    | 47126.00 |
    |            | b.csv       | finance  | S20001 | realised_public_eur | 2    | 0.00     |
    |            | b.csv       | finance  | S20001 | planned_public_eur  | 2    | 47126.00 |
    | ✗          | b.csv       | finance  | S20001 | realised_public_eur | 3    | 47126.00 |
    |            | b.csv       | projects | S20001 | realised_public_eur | 2    | 47126.00 |
    | ✗          | c.csv       | finance  | S20002 | realised_public_eur | 2    | 47126.00 |

    | documents | document_id | compiled |
    | --------- | ----------- | -------- |
    |           | a.csv       | 2020-10  |
    |           | b.csv       | 2020-09  |
    |           | c.csv       | 2020-11  |

    | projects | project_code | start_date |
    | -------- | ------------ | ---------- |
    |          | S20001       | 2020-10-01 |
    |          | S20002       | 2020-12-01 |
    """
    money = statements.field.str.starts_with("realised_") & statements.value.str.contains("[1-9]")
    found = told(statements, documents, projects, (statements.table == "finance") & money)
    return found.filter(nw.col("month") < nw.col("first_month"))
