"""The checks of the benchmark that judge projects and organisations."""

import narwhals.stable.v2 as nw

from esfdata.checking.check import ERROR, check

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1)


@check(ERROR, "the benchmark")
def ends_before_start(projects):
    """A project ends before it starts.

    | projects | start_date | end_date   |
    | -------- | ---------- | ---------- |
    |          | 2023-01-02 | 2023-01-02 |
    |          | 2023-01-02 |            |
    | ✗        | 2023-01-02 | 2023-01-01 |
    """
    return projects.end_date < projects.start_date


@check(ERROR, "the benchmark")
def single_applicant_with_several(projects, participations):
    """A project says that it has a single applicant, but several beneficiaries are named.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S300000000   | joint            |
    | ✗        | S300000001   | single           |

    | participations | project_code | organisation_id | role        |
    | -------------- | ------------ | --------------- | ----------- |
    |                | S300000000   | 0165116-3       | beneficiary |
    |                | S300000000   | 2678219-4       | beneficiary |
    |                | S300000001   | 0165116-3       | beneficiary |
    |                | S300000001   | 2678219-4       | beneficiary |
    """
    beneficiaries = participations.filter(participations.role == "beneficiary")
    several = beneficiaries.group_by("project_code", beneficiaries=nw.len()).filter(nw.col("beneficiaries") > 1)
    return projects.filter(projects.application_type == "single").join(several, "project_code")


@check(ERROR, "the benchmark")
def business_id_check_digit(organisations):
    """A y-tunnus has a wrong check digit.

    | organisations | business_id |
    | ------------- | ----------- |
    |               | 0165116-3   |
    | ✗             | 0165116-4   |
    """
    digits = organisations.business_id.str.replace_all("-", "", literal=True)
    total = sum(digits.str.slice(place, 1).cast(nw.Int64) * weight for place, weight in enumerate(WEIGHTS))
    return total - total // 11 * 11 != 0
