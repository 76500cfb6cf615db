"""Projects: codes, programme, dates."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, WARNING, check


@check(ERROR, "the services' code series: every code of the exports of 2007-13 and 2014-20 keeps them")
def code_of_another_fund(projects, project_codes):
    """A project's code belongs to another fund than the project.

    The first letter and digit of a code name the fund: S1 and S2 the social fund, A3, A5, A6 and A7 the
    regional fund. A code of an unknown series is not judged.

    | projects | project_code | fund |
    | -------- | ------------ | ---- |
    |          | S22016       | ESR  |
    |          | A70301       | EAKR |
    |          | S90000       | EAKR |
    | ✗        | S22016       | EAKR |
    """
    stated = projects.with_columns(prefix=projects.project_code.str.slice(0, 2))
    return stated.join(project_codes.select("prefix", code_fund="fund"), "prefix").filter(
        nw.col("code_fund") != projects.fund
    )


@check(ERROR, "the services' code series: every code of the exports of 2007-13 and 2014-20 keeps them")
def code_of_another_period(projects, project_codes):
    """A project's code belongs to another programme period than the project.

    | projects | project_code | programme_period |
    | -------- | ------------ | ---------------- |
    |          | S22016       | 2014-2020        |
    |          | S12016       | 2007-2013        |
    | ✗        | S22016       | 2021-2027        |
    """
    stated = projects.with_columns(prefix=projects.project_code.str.slice(0, 2))
    return stated.join(project_codes.select("prefix", code_period="programme_period"), "prefix").filter(
        nw.col("code_period") != projects.programme_period
    )


@check(ERROR, "the services' code series: every code of the exports of 2007-13 and 2014-20 keeps them")
def code_form(projects, project_codes):
    """A project's code has too few or too many digits for its series.

    | projects | project_code |
    | -------- | ------------ |
    |          | S22016       |
    |          | A601060545   |
    | ✗        | S2201        |
    | ✗        | A7030155     |
    """
    coded = projects.with_columns(prefix=projects.project_code.str.slice(0, 2))
    return coded.join(project_codes.select("prefix", "digits"), "prefix").filter(
        projects.project_code.str.len_chars() != nw.col("digits") + 1
    )


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


@check(ERROR, "the operational programmes: each priority axis is paid from one fund")
def axis_of_another_fund(projects, priority_axes):
    """A priority axis does not belong to the project's fund.

    Judged only where the list of axes knows the period and the fund.

    | projects | programme_period | fund | priority_axis |
    | -------- | ---------------- | ---- | ------------- |
    |          | 2014-2020        | ESR  | 5             |
    |          | 2014-2020        | EAKR | 1             |
    |          | 2014-2020        | ESR  |               |
    | ✗        | 2014-2020        | ESR  | 1             |
    | ✗        | 2014-2020        | EAKR | 5             |
    """
    known = projects.filter(~projects.priority_axis.is_null()).join(
        priority_axes.unique("programme_period", "fund"), "programme_period", "fund"
    )
    return known.join(priority_axes, "programme_period", "fund", "priority_axis", how="anti")


@check(ERROR, "the operational programmes: each specific objective belongs to one priority axis")
def objective_of_another_axis(projects, specific_objectives):
    """A specific objective does not belong to the project's priority axis.

    Matched by number, for the wording of objectives drifts between calls and forms.

    | projects | programme_period | priority_axis | specific_objective |
    | -------- | ---------------- | ------------- | ------------------ |
    |          | 2014-2020        | 5             | 10.1               |
    |          | 2014-2020        |               | 10.1               |
    |          | 2014-2020        | 5             | 99.9               |
    | ✗        | 2014-2020        | 3             | 10.1               |
    """
    listed = specific_objectives.select("programme_period", "specific_objective", listed_axis="priority_axis")
    return projects.join(listed, "programme_period", "specific_objective").filter(
        nw.col("listed_axis") != projects.priority_axis
    )


@check(WARNING, "the list of authorities: long forms seen in the services' own exports")
def authority_not_listed(projects, authorities):
    """A project's authority is not in the list of authorities.

    | projects | authority                                            |
    | -------- | ---------------------------------------------------- |
    |          | Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus |
    | ✗        | Etelä-Savon keskus                                   |
    """
    return projects.filter(~projects.authority.is_null()).join(authorities, "authority", how="anti")


@check(WARNING, "the description's form: the recipients are listed under the choice that transfers aid")
def transfer_without_recipients(projects, participations):
    """A project transfers aid, but no recipient is named.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | single           |
    |          | S20002       | transfer         |
    | ✗        | S20003       | transfer         |

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20002       | 2678219-4       | transfer_recipient |
    |                | S20003       | 0165116-3       | beneficiary        |
    """
    recipients = participations.filter(participations.role == "transfer_recipient").unique("project_code")
    return projects.filter(projects.application_type == "transfer").join(recipients, "project_code", how="anti")


@check(WARNING, "the description's form: recipients belong to the choice that transfers aid")
def recipients_without_transfer(projects, participations):
    """A project names recipients of transferred aid, but says that it transfers none.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | transfer         |
    |          | S20002       | single           |
    | ✗        | S20003       | single           |

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20001       | 2678219-4       | transfer_recipient |
    |                | S20002       | 0165116-3       | beneficiary        |
    |                | S20003       | 2678219-4       | transfer_recipient |
    """
    recipients = participations.filter(participations.role == "transfer_recipient").unique("project_code")
    return projects.filter(projects.application_type != "transfer").join(recipients, "project_code")
