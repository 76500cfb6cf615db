"""The checks of the benchmark that judge funding."""

from datetime import date

from esfdata.checking.check import ERROR, check

TODAY = date(2026, 1, 31)
EURO = 1


@check(ERROR, "the benchmark")
def realised_over_granted(finance):
    """More EU and state funding was realised than was granted, by more than a euro.

    | finance | granted_eu_state_eur | realised_eu_state_eur |
    | ------- | -------------------- | --------------------- |
    |         | 250000.13            | 250001.13             |
    | ✗       | 250000.13            | 250001.14             |
    """
    return finance.realised_eu_state_eur > finance.granted_eu_state_eur + EURO


@check(ERROR, "the benchmark")
def money_before_start(finance, projects):
    """Funding was realised in a project that has not begun.

    | finance | project_code | realised_public_eur |
    | ------- | ------------ | ------------------- |
    |         | S300000000   | 0.00                |
    |         | S300000001   | 0.01                |
    | ✗       | S300000000   | 0.01                |

    | projects | project_code | start_date |
    | -------- | ------------ | ---------- |
    |          | S300000000   | 2026-02-01 |
    |          | S300000001   | 2026-01-31 |
    """
    coming = projects.filter(projects.start_date > TODAY)
    return finance.filter(finance.realised_public_eur > 0).join(coming.select("project_code"), "project_code")
