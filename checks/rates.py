"""Rates: dated percentages of a fund and period, from rates.csv."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

EURO = 1
"""What rounding explains."""


def rates_of(projects, rates):
    """Each project with the rates that are valid for its fund and period on its first day."""
    dated = projects.select("project_code", "programme_period", "fund", "start_date")
    known = rates.select("programme_period", "fund", "value_pct", "valid_from", "valid_to")
    begins, ends = nw.col("valid_from"), nw.col("valid_to")
    valid = dated.join(known, "programme_period", "fund").filter(
        nw.col("start_date") >= begins, (nw.col("start_date") <= ends) | ends.is_null()
    )
    return valid.select("project_code", "value_pct")


@check(INFO, "the rates of aid in rates.csv: Government Decree 867/2021, section 4")
def aid_over_cap(finance, projects, rates):
    """EU and state funding granted is a greater share of all planned funding than the rate of aid allows.

    The rate is that of development projects on the project's first day, by fund and period; some calls
    have rates of their own. A difference of up to one euro is rounding.

    | finance | project_code | planned_total_eur | granted_eu_state_eur |
    | ------- | ------------ | ----------------- | -------------------- |
    |         | S30001       | 1000.00           | 801.00               |
    |         | S22016       | 1000.00           | 801.01               |
    | ✗       | S30001       | 1000.00           | 801.01               |
    |         | S30000       | 1000.00           | 999.00               |
    |         | S30002       | 1000.00           | 850.00               |
    | ✗       | S30002       | 1000.00           | 901.01               |
    |         | S22017       | 1000.00           | 999.00               |
    |         | J10001       | 1000.00           | 999.00               |

    | projects | project_code | programme_period | fund | start_date |
    | -------- | ------------ | ---------------- | ---- | ---------- |
    |          | S30001       | 2021-2027        | ESR+ | 2023-12-31 |
    |          | S22016       | 2014-2020        | ESR  | 2020-04-15 |
    |          | S30000       | 2021-2027        | ESR+ | 2020-12-31 |
    |          | S30002       | 2021-2027        | ESR+ | 2024-01-01 |
    |          | S22017       | 2014-2020        | ESR+ | 2023-01-01 |
    |          | J10001       | 2021-2027        | JTF  | 2023-01-01 |

    | rates | rate      | fund | programme_period | value_pct | valid_from | valid_to   |
    | ----- | --------- | ---- | ---------------- | --------- | ---------- | ---------- |
    |       | aid_cap   | ESR+ | 2021-2027        | 80.00     | 2021-01-01 | 2023-12-31 |
    |       | aid_cap   | ESR+ | 2021-2027        | 90.00     | 2024-01-01 |            |
    |       | flat_rate | ESR+ | 2021-2027        | 40.00     | 2021-01-01 |            |
    """
    allowed = rates_of(projects, rates.filter(rates.rate == "aid_cap"))
    aid, whole = finance.granted_eu_state_eur.cast(nw.Float64), finance.planned_total_eur.cast(nw.Float64)
    return finance.join(allowed, "project_code").filter(
        (aid - EURO) * 100 > whole * nw.col("value_pct").cast(nw.Float64)
    )


@check(WARNING, "the flat rates in rates.csv: of staff costs, by fund and period")
def flat_rate_off(figures, projects, rates):
    """The flat rate that a report tells is not the rate of its staff costs.

    Judged where a rate of the project's fund and period is listed; any of the listed rates will do. One
    percent of the flat rate is tolerated, for staff costs are rounded too.

    | figures | project_code | document_id | group            | item      | value     |
    | ------- | ------------ | ----------- | ---------------- | --------- | --------- |
    |         | S20001       | a.txt       | costs            | staff     | 100000.00 |
    |         | S20001       | a.txt       | costs            | flat_rate | 17170.00  |
    |         | S20001       | b.txt       | costs            | staff     | 100000.00 |
    |         | S20001       | b.txt       | costs            | flat_rate | 16830.00  |
    |         | S20001       | c.txt       | costs            | staff     | 100000.00 |
    | ✗       | S20001       | c.txt       | costs            | flat_rate | 17170.01  |
    |         | S20001       | d.txt       | costs            | staff     | 100000.00 |
    | ✗       | S20001       | d.txt       | costs            | flat_rate | 16829.99  |
    |         | A70001       | a.txt       | costs            | staff     | 100000.00 |
    |         | A70001       | a.txt       | costs            | flat_rate | 15000.00  |
    |         | A70001       | a.txt       | costs            | other     | 100.00    |
    |         | S20001       | c.txt       | costs            | other     | 101000.00 |
    |         | S20001       | c.txt       | partners_by_kind | staff     | 101000.00 |
    |         | S20001       | e.txt       | costs            | staff     | 101000.00 |
    |         | S20001       | f.txt       | costs            | staff     |           |
    |         | S20001       | f.txt       | costs            | flat_rate | 5.00      |
    |         | A70001       | c.txt       | costs            | staff     | 101000.00 |
    |         | A70001       | c.txt       | costs            | flat_rate | 15150.00  |
    |         | S30001       | a.txt       | costs            | staff     | 100000.00 |
    | ✗       | S30001       | a.txt       | costs            | flat_rate | 80000.00  |

    | projects | project_code | programme_period | fund | start_date |
    | -------- | ------------ | ---------------- | ---- | ---------- |
    |          | S20001       | 2014-2020        | ESR  | 2018-07-01 |
    |          | A70001       | 2014-2020        | EAKR | 2018-07-01 |
    |          | S30001       | 2021-2027        | ESR+ | 2023-01-01 |
    """
    told = figures.filter(figures.group == "costs").with_columns(eur=figures.value.cast(nw.Float64))
    staff = told.filter(told.item == "staff").select("project_code", "document_id", staff="eur")
    listed = rates_of(projects, rates.filter(rates.rate == "flat_rate"))
    pairs = told.filter(told.item == "flat_rate").join(staff, "project_code", "document_id")
    due = nw.col("staff") * nw.col("value_pct").cast(nw.Float64) / 100
    judged = pairs.join(listed, "project_code").filter(~(due - nw.col("eur")).is_null())
    fits = judged.filter(nw.col("eur") >= due * 0.99, nw.col("eur") <= due * 1.01)
    return judged.join(fits.unique("project_code", "document_id"), "project_code", "document_id", how="anti")
