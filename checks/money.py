"""Money: sums, shares and the figures of the narrative. Amounts are exact; each tolerance is in sight."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check

EURO = 1
"""What rounding explains."""

OLD = "2007-2013"
MANY = 5
"""Times the plan from which on an overrun is a slip of the pen."""


@check(WARNING, "no more is paid than was granted; Finnvera's guarantees are booked otherwise and are left out")
def realised_over_granted(finance, projects):
    """More EU and state funding was realised than was granted.

    A difference of up to one euro is rounding. Finnvera's rows are not judged: there it is the rule.

    | finance | project_code | granted_eu_state_eur | realised_eu_state_eur |
    | ------- | ------------ | -------------------- | --------------------- |
    |         | S20001       | 250000.00            | 250000.00             |
    |         | S20002       | 250000.00            | 250001.00             |
    |         | A600000001   | 100.00               | 900.00                |
    | ✗       | S20003       | 250000.00            | 250001.01             |

    | projects | project_code | authority        |
    | -------- | ------------ | ---------------- |
    |          | S20001       | Keski-Suomen ELY |
    |          | A600000001   | Finnvera Oyj     |
    |          | S20003       | Keski-Suomen ELY |
    """
    left_out = projects.filter(projects.authority.str.starts_with("Finnvera")).unique("project_code")
    return finance.join(left_out, "project_code", how="anti").filter(
        finance.realised_eu_state_eur > finance.granted_eu_state_eur + EURO
    )


@check(WARNING, "public funding is EU and state funding and other public money")
def state_over_public(finance, projects):
    """EU and state funding realised is more than all public funding realised.

    A difference of up to one euro is rounding. Tekes books the realised amounts otherwise and is left out.

    | finance | project_code | realised_public_eur | realised_eu_state_eur |
    | ------- | ------------ | ------------------- | --------------------- |
    |         | S20001       | 198808.00           | 198809.00             |
    |         | A70301       | 54941.00            | 71641.00              |
    | ✗       | S20002       | 198808.00           | 198809.01             |

    | projects | project_code | authority                      |
    | -------- | ------------ | ------------------------------ |
    |          | S20001       | Keski-Suomen ELY               |
    |          | A70301       | Innovaatiorahoituskeskus Tekes |
    |          | S20002       | Keski-Suomen ELY               |
    """
    left_out = projects.filter(projects.authority.str.contains("Tekes")).unique("project_code")
    return finance.join(left_out, "project_code", how="anti").filter(
        finance.realised_eu_state_eur > finance.realised_public_eur + EURO
    )


@check(WARNING, "public funding is EU and state funding and other public money")
def granted_over_planned(finance):
    """EU and state funding granted is more than all public funding planned.

    A difference of up to one euro is rounding.

    | finance | planned_public_eur | granted_eu_state_eur |
    | ------- | ------------------ | -------------------- |
    |         | 250000.00          | 250001.00            |
    |         |                    | 250000.00            |
    | ✗       | 250000.00          | 250001.01            |
    """
    return finance.granted_eu_state_eur > finance.planned_public_eur + EURO


@check(WARNING, "the observed exports: one project in two hundred is more than a tenth over its plan")
def realised_over_planned(finance):
    """More public funding was realised than was planned, by more than a tenth.

    | finance | planned_public_eur | realised_public_eur |
    | ------- | ------------------ | ------------------- |
    |         | 1000.00            | 1100.00             |
    |         | 1000.00            | 5000.01             |
    |         |                    | 5000.00             |
    | ✗       | 1000.00            | 1100.01             |
    | ✗       | 1000.00            | 5000.00             |
    """
    planned, realised = finance.planned_public_eur, finance.realised_public_eur
    over = realised.cast(nw.Float64) * 10 > planned.cast(nw.Float64) * 11
    return over & (realised <= planned * MANY)


@check(
    INFO, "the observed exports: overruns of a few percent are rare since 2014; before that every tenth project has one"
)
def realised_little_over_planned(finance, projects):
    """More public funding was realised than was planned, by a tenth or less.

    A difference of up to one euro is rounding. Projects of 2007-13 are left out.

    | finance | project_code | planned_public_eur | realised_public_eur |
    | ------- | ------------ | ------------------ | ------------------- |
    |         | S20001       | 1000.00            | 1001.00             |
    |         | S20001       | 1000.00            | 1100.01             |
    |         | S20001       |                    | 1001.01             |
    |         | S10001       | 1000.00            | 1001.01             |
    | ✗       | S20001       | 1000.00            | 1001.01             |
    | ✗       | S20001       | 1000.00            | 1100.00             |

    | projects | project_code | programme_period |
    | -------- | ------------ | ---------------- |
    |          | S20001       | 2014-2020        |
    |          | S10001       | 2007-2013        |
    """
    planned, realised = finance.planned_public_eur, finance.realised_public_eur
    much = realised.cast(nw.Float64) * 10 > planned.cast(nw.Float64) * 11
    old = projects.filter(projects.programme_period == OLD).unique("project_code")
    return finance.filter(realised > planned + EURO, ~much).join(old, "project_code", how="anti")


@check(WARNING, "the observed exports: so far over the plan is a digit too many, or one that is wrong")
def realised_many_times_planned(finance):
    """More than five times the public funding planned was realised: a digit may be wrong.

    | finance | planned_public_eur | realised_public_eur |
    | ------- | ------------------ | ------------------- |
    |         | 1000.00            | 5000.00             |
    |         | 0.00               | 1.00                |
    |         |                    | 5000.01             |
    | ✗       | 1000.00            | 5000.01             |
    | ✗       | 0.00               | 1.01                |
    """
    planned, realised = finance.planned_public_eur, finance.realised_public_eur
    return (realised > planned * MANY) & (realised > planned + EURO)


@check(WARNING, "Regulation (EU) 1303/2013, Annex XII: expenditure is what was paid, not what was planned")
def budget_told_as_cost(finance, figures):
    """The costs that a report tells are more than the public funding that was realised.

    The sum may hold private money, or be the approved budget told as cost. One percent is tolerated.

    | finance | project_code | realised_public_eur |
    | ------- | ------------ | ------------------- |
    |         | S20001       | 100.00              |
    | ✗       | S20002       | 100.00              |
    |         | S20003       |                     |
    |         | S20004       | 100.00              |

    | figures | project_code | document_id | group            | item      | value  |
    | ------- | ------------ | ----------- | ---------------- | --------- | ------ |
    |         | S20001       | a.txt       | costs            | staff     | 101.00 |
    |         | S20002       | a.txt       | costs            | staff     | 101.01 |
    |         | S20003       | a.txt       | costs            | staff     | 101.01 |
    |         | S20004       | a.txt       | costs            | staff     | 99.00  |
    |         | S20004       | a.txt       | costs            | staff_pct | 100    |
    |         | S20004       | a.txt       | costs            | total     | 99.00  |
    |         | S20004       | a.txt       | partners_by_kind | companies | 99.00  |
    """
    parts = figures.filter(figures.group == "costs", ~figures.item.str.ends_with("_pct"), figures.item != "total")
    told = parts.group_by("project_code", "document_id", told_eur=nw.col("value").sum())
    return finance.join(told.select("project_code", "told_eur"), "project_code").filter(
        nw.col("told_eur").cast(nw.Float64) > finance.realised_public_eur.cast(nw.Float64) * 1.01
    )


@check(INFO, "the observed exports: realised funding is never negative but for rare recoveries")
def negative_amount(finance):
    """A realised amount is negative.

    | finance | realised_eu_state_eur | realised_public_eur |
    | ------- | --------------------- | ------------------- |
    |         | 0.00                  | 0.00                |
    |         |                       | 0.01                |
    | ✗       | 0.00                  | -0.01               |
    | ✗       | -0.01                 | 0.00                |
    """
    return (finance.realised_eu_state_eur < 0) | (finance.realised_public_eur < 0)


@check(ERROR, "what is granted or planned is an amount to be paid")
def negative_plan(finance):
    """A granted or planned amount is negative.

    | finance | planned_total_eur | planned_public_eur | granted_eu_state_eur |
    | ------- | ----------------- | ------------------ | -------------------- |
    |         | 0.00              | 0.00               | 0.00                 |
    | ✗       |                   |                    | -0.01                |
    | ✗       |                   | -0.01              |                      |
    | ✗       | -0.01             |                    |                      |
    """
    return (finance.granted_eu_state_eur < 0) | (finance.planned_public_eur < 0) | (finance.planned_total_eur < 0)


@check(INFO, "public funding is EU and state funding and other public money")
def other_money_unplanned(finance, projects):
    """Other public money was realised, where only EU and state funding was planned.

    A difference of up to one euro is rounding. Projects of 2007-13 are left out, and those of Tekes, which
    books the realised amounts otherwise.

    | finance | project_code | granted_eu_state_eur | planned_public_eur | realised_eu_state_eur | realised_public_eur |
    | ------- | ------------ | -------------------- | ------------------ | --------------------- | ------------------- |
    |         | S20001       | 1000.00              | 1000.00            | 900.00                | 901.00              |
    |         | S20002       | 1000.00              | 1001.01            | 900.00                | 901.01              |
    |         | A70266       | 1000.00              | 1000.00            | 900.00                | 901.01              |
    |         | S10001       | 1000.00              | 1000.00            | 900.00                | 901.01              |
    | ✗       | S20003       | 1000.00              | 1001.00            | 900.00                | 901.01              |

    | projects | project_code | authority                      | programme_period |
    | -------- | ------------ | ------------------------------ | ---------------- |
    |          | S20001       | Keski-Suomen ELY               | 2014-2020        |
    |          | A70266       | Innovaatiorahoituskeskus Tekes | 2014-2020        |
    |          | S10001       | Keski-Suomen ELY               | 2007-2013        |
    |          | S20003       | Keski-Suomen ELY               | 2014-2020        |
    """
    tekes, old = projects.authority.str.contains("Tekes"), projects.programme_period == OLD
    left_out = projects.filter(tekes | old).unique("project_code")
    return finance.join(left_out, "project_code", how="anti").filter(
        finance.planned_public_eur <= finance.granted_eu_state_eur + EURO,
        finance.realised_public_eur > finance.realised_eu_state_eur + EURO,
    )


@check(WARNING, "the export of 2021-27: EU funding is a part of EU and state funding")
def eu_over_eu_and_state(finance):
    """EU funding realised is more than EU and state funding realised.

    A difference of up to one euro is rounding.

    | finance | realised_eu_state_eur | realised_eu_eur |
    | ------- | --------------------- | --------------- |
    |         | 1000.00               | 1001.00         |
    | ✗       | 1000.00               | 1001.01         |
    """
    return finance.realised_eu_eur > finance.realised_eu_state_eur + EURO


@check(WARNING, "the export of 2021-27: public funding is a part of all funding")
def public_over_total(finance):
    """Public funding is more than all funding, planned or realised.

    A difference of up to one euro is rounding.

    | finance | planned_public_eur | realised_public_eur | planned_total_eur | realised_total_eur |
    | ------- | ------------------ | ------------------- | ----------------- | ------------------ |
    |         | 1001.00            | 901.00              | 1000.00           | 900.00             |
    |         | 1001.01            | 901.01              |                   |                    |
    | ✗       | 1001.01            |                     | 1000.00           |                    |
    | ✗       |                    | 901.01              |                   | 900.00             |
    """
    return (finance.planned_public_eur > finance.planned_total_eur + EURO) | (
        finance.realised_public_eur > finance.realised_total_eur + EURO
    )


@check(WARNING, "observed: a card's realised amount is the planned amount of the service, to the euro")
def plan_told_as_realised(statements):
    """A source tells of a realised amount that another one gives as planned, and as realised differently.

    | statements | document_id | table   | key    | field                | line | value     |
    | ---------- | ----------- | ------- | ------ | -------------------- | ---- | --------- |
    |            | list.csv    | finance | S20731 | planned_public_eur   | 8    | 47126.00  |
    |            | list.csv    | finance | S20731 | realised_public_eur  | 8    | 0.00      |
    | ✗          | card.txt    | finance | S20731 | realised_public_eur  | 15   | 47126.00  |
    |            | list.csv    | finance | S22016 | planned_public_eur   | 9    | 250000.00 |
    |            | list.csv    | finance | S22016 | realised_public_eur  | 9    | 250000.00 |
    |            | card.txt    | finance | S22016 | realised_public_eur  | 17   | 250000.00 |
    |            | list.csv    | finance | S21386 | planned_public_eur   | 9    | 250000.00 |
    |            | list.csv    | finance | S21386 | realised_public_eur  | 9    | 198808.00 |
    |            | card.txt    | finance | S21386 | realised_public_eur  | 17   | 198808.00 |
    |            | one.csv     | finance | S20529 | planned_public_eur   | 9    | 250000.00 |
    |            | one.csv     | finance | S20529 | realised_public_eur  | 9    | 250000.00 |
    |            | list.csv    | figures | S20731 | planned_public_eur   | 9    | 5.00      |
    |            | list.csv    | figures | S20731 | realised_public_eur  | 9    | 0.00      |
    |            | card.txt    | figures | S20731 | realised_public_eur  | 9    | 5.00      |
    |            | list.csv    | finance | S20532 | planned_public_eur   | 9    | 100.00    |
    |            | list.csv    | finance | S20532 | realised_public_eur  | 9    | 90.00     |
    |            | list.csv    | finance | S20532 | granted_eu_state_eur | 9    | 80.00     |
    |            | card.txt    | finance | S20532 | planned_public_eur   | 9    | 100.00    |
    |            | card.txt    | finance | S20532 | realised_public_eur  | 9    | 80.00     |
    |            | one.csv     | finance | S20529 | realised_public_eur  | 10   | 198808.00 |
    |            | list.csv    | finance | S20731 | realised_public_eur  | 9    | 47126.00  |
    |            | card.txt    | finance | S20731 | realised_public_eur  | 16   | 1.00      |
    |            | list.csv    | finance | S20530 | realised_public_eur  | 9    | 0.00      |
    |            | card.txt    | finance | S20530 | realised_public_eur  | 9    | 47126.00  |
    |            | one.csv     | finance | S22016 | realised_public_eur  | 9    | 1.00      |
    """
    money = statements.filter(statements.table == "finance")
    realised = money.filter(money.field == "realised_public_eur")
    planned = money.filter(money.field == "planned_public_eur").select("key", "value", other="document_id")
    others = realised.select("key", other="document_id", differs="value")
    told = realised.join(planned, "key", "value").filter(money.document_id != nw.col("other"))
    differing = told.join(others, "key", "other").filter(nw.col("differs") != money.value)
    return realised.join(differing.unique("document_id", "key", "value"), "document_id", "key", "value")
