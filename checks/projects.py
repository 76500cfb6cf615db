"""Projects: codes, programme, fund, authority and status."""

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
    |          | 2014-2020        | JTF  | 7             |
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
    |          | 2007-2013        | 3             | 10.1               |
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
    |          |                                                      |
    """
    return projects.filter(~projects.authority.is_null()).join(authorities, "authority", how="anti")


@check(WARNING, "the services' code series: every code of the exports of 2007-13 and 2014-20 keeps them")
def code_of_no_series(projects, project_codes):
    """A project's code begins like none of the code series of its programme period.

    Judged in the periods whose series are known.

    | projects | project_code | programme_period |
    | -------- | ------------ | ---------------- |
    |          | S22016       | 2014-2020        |
    |          | S32016       | 2021-2027        |
    | ✗        | S42016       | 2014-2020        |
    """
    stated = projects.with_columns(prefix=projects.project_code.str.slice(0, 2))
    judged = stated.join(project_codes.unique("programme_period"), "programme_period")
    return judged.join(project_codes.unique("prefix"), "prefix", how="anti")


@check(ERROR, "the regulations of the programme periods: the funds that pay in each")
def fund_not_in_period(projects, funds):
    """A fund does not pay in the project's programme period.

    | projects | programme_period | fund |
    | -------- | ---------------- | ---- |
    |          | 2014-2020        | ESR  |
    |          | 2021-2027        | JTF  |
    |          | 2021-2027        |      |
    | ✗        | 2014-2020        | JTF  |
    | ✗        | 2021-2027        | ESR  |
    |          |                  | ESR  |
    """
    known = projects.filter(~projects.fund.is_null(), ~projects.programme_period.is_null())
    return known.join(funds.unique("programme_period", "fund"), "programme_period", "fund", how="anti")


@check(WARNING, "the operational programmes: the lists of specific objectives of 2014-20 and 2021-27")
def objective_not_listed(projects, specific_objectives):
    """A specific objective is not in the list of its programme period.

    Judged in the periods whose objectives are known.

    | projects | programme_period | specific_objective |
    | -------- | ---------------- | ------------------ |
    |          | 2014-2020        | 10.1               |
    |          | 2007-2013        | 99.9               |
    |          | 2014-2020        |                    |
    | ✗        | 2014-2020        | 99.9               |
    | ✗        | 2021-2027        | 10.1               |
    """
    stated = projects.filter(~projects.specific_objective.is_null())
    judged = stated.join(specific_objectives.unique("programme_period"), "programme_period")
    return judged.join(specific_objectives, "programme_period", "specific_objective", how="anti")


@check(WARNING, "the list of statuses: the words of the services' own exports")
def status_not_listed(projects, statuses):
    """A project's status is not one that the services use.

    | projects | status             |
    | -------- | ------------------ |
    |          | Toiminta päättynyt |
    | ✗        | Päättynyt          |
    |          |                    |
    """
    return projects.filter(~projects.status.is_null()).join(statuses, "status", how="anti")


@check(WARNING, "the observed export of 2014-20: of 786 projects of the social fund no regional council pays one")
def council_pays_social_fund(projects):
    """A regional council is the authority of a project of the social fund.

    In 2007-13 some were, so only the period 2014-20 is judged.

    | projects | programme_period | fund | authority                                            |
    | -------- | ---------------- | ---- | ---------------------------------------------------- |
    |          | 2014-2020        | ESR  | Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus |
    |          | 2014-2020        | EAKR | Kainuun liitto                                       |
    |          | 2007-2013        | ESR  | Kainuun liitto                                       |
    | ✗        | 2014-2020        | ESR  | Kainuun liitto                                       |
    | ✗        | 2014-2020        | ESR  | Satakuntaliitto                                      |
    """
    social = (projects.programme_period == "2014-2020") & (projects.fund == "ESR")
    return social & projects.authority.str.ends_with("liitto")


@check(WARNING, "the export's own damage: characters that a conversion put in the place of a dash or letter")
def name_with_broken_letters(projects):
    """A project's name holds characters that a wrong conversion leaves.

    | projects | name                            |
    | -------- | ------------------------------- |
    |          | Porukalla! – arkea ja tekemistä |
    | ✗        | Galaxy ¿ oppimisympäristö       |
    | ✗        | MeijÃ¤n Mikkeli                 |
    | ✗        | Meij�n Mikkeli                  |
    """
    return projects.name.str.contains("[¿�]|Ã[¤¶¥„–…]")


@check(ERROR, "the postal service's codes: five digits, and 00000 is none of them")
def site_postal_code_never_used(projects):
    """The postal code of the place of action is one that is never used.

    | projects | site_postal_code |
    | -------- | ---------------- |
    |          | 00120            |
    | ✗        | 00000            |
    """
    return projects.site_postal_code == "00000"
