"""Money: sums, shares and the figures of the narrative. Amounts are exact; each tolerance is in sight."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

EURO = 1


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


@check(WARNING, "the observed exports: over ten times the plan is a slip of the pen, small overruns are real")
def realised_over_planned(finance):
    """More public funding was realised than was planned.

    A difference of up to one euro is rounding.

    | finance | planned_public_eur | realised_public_eur |
    | ------- | ------------------ | ------------------- |
    |         | 1531376.00         | 1531377.00          |
    |         | 0.00               |                     |
    | ✗       | 1531376.00         | 1531377.01          |
    """
    return finance.realised_public_eur > finance.planned_public_eur + EURO


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

    | figures | project_code | group | item      | value  |
    | ------- | ------------ | ----- | --------- | ------ |
    |         | S20001       | costs | staff     | 101.00 |
    |         | S20002       | costs | staff     | 101.01 |
    |         | S20003       | costs | staff     | 101.01 |
    |         | S20004       | costs | staff     | 99.00  |
    |         | S20004       | costs | staff_pct | 100    |
    |         | S20004       | costs | total     | 99.00  |
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
