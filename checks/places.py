"""Places: municipalities in their years, sub-regions and regions, and the sections that name them."""

import narwhals.stable.v2 as nw

from esfdata.checks import WARNING, check

DECLARED = "6"


def classified(named, projects, municipalities):
    """The named municipalities with what the classification knew of them while the project ran."""
    spans = projects.with_columns(start_year=projects.start_date.dt.year(), end_year=projects.end_date.dt.year())
    dated = named.join(spans.select("project_code", "start_year", "end_year"), "project_code")
    known = municipalities.select("first_year", "last_year", "region_fi", "subregion_fi", name="name_fi")
    return dated.join(known, "name").filter(
        nw.col("first_year") <= nw.col("end_year"), nw.col("last_year") >= nw.col("start_year")
    )


@check(WARNING, "Statistics Finland's classification of municipalities, by year")
def municipality_not_in_its_years(locations, projects, municipalities):
    """A municipality did not exist while the project ran.

    Pertunmaa was merged away in 2025 but existed in 2020: the project's own years decide. Years before the list begins are
    not judged.

    | locations | project_code | level        | name       | section |
    | --------- | ------------ | ------------ | ---------- | ------- |
    |           | S20001       | municipality | Pertunmaa  | 6       |
    |           | S20001       | region       | Pertunmaa  | 6       |
    |           | S20003       | municipality | Pertunmaa  | 6       |
    |           | S10004       | municipality | Pertunmaa  | 6       |
    |           | S10005       | municipality | Pertunmaa  | 6       |
    | ✗         | S10005       | municipality | Pertuma    | 6       |
    | ✗         | S20002       | municipality | Pertunmaa  | 6       |
    | ✗         | S20001       | municipality | Pertuma    | 6       |
    |           | S20001       | region       | Etelä-Savo | 6       |
    |           | S20006       | municipality | Pertuma    | 6       |
    | ✗         | S10005       | municipality | Uusikunta  | 6       |
    |           | S20007       | municipality | Pertunmaa  | 6       |

    | projects | project_code | start_date | end_date   |
    | -------- | ------------ | ---------- | ---------- |
    |          | S20001       | 2020-04-15 | 2024-10-31 |
    |          | S20002       | 2025-01-01 | 2025-12-31 |
    |          | S20003       |            |            |
    |          | S10004       | 2011-01-01 | 2012-12-31 |
    |          | S10005       | 2011-01-01 | 2013-12-31 |
    |          | S20006       |            | 2020-12-31 |
    |          | S20007       | 2024-05-01 | 2025-04-30 |

    | municipalities | municipality_code | name_fi   | first_year | last_year |
    | -------------- | ----------------- | --------- | ---------- | --------- |
    |                | 588               | Pertunmaa | 2013       | 2024      |
    |                | 999               | Uusikunta | 2021       | 2024      |
    """
    first = municipalities.with_columns(one=nw.lit(1)).group_by("one", listed_from=nw.col("first_year").min())
    dated = projects.filter(~projects.start_date.is_null()).with_columns(one=nw.lit(1)).join(first, "one")
    judged = dated.filter(projects.end_date.dt.year() >= nw.col("listed_from")).unique("project_code")
    named = locations.filter(locations.level == "municipality").join(judged, "project_code")
    there = classified(named, projects, municipalities).unique("project_code", "name")
    return named.join(there, "project_code", "name", how="anti")


@check(WARNING, "Statistics Finland's classification of municipalities, by year")
def municipality_outside_region(locations, projects, municipalities):
    """A declared municipality is in none of the regions that the project declares.

    Judged where the project declares a region, by the classification of the project's years.

    | locations | project_code | level        | name       | section |
    | --------- | ------------ | ------------ | ---------- | ------- |
    |           | S20001       | region       | Etelä-Savo | 6       |
    |           | S20001       | municipality | Mikkeli    | 6       |
    |           | S20002       | municipality | Kuopio     | 6       |
    | ✗         | S20001       | municipality | Kuopio     | 6       |
    |           | S20001       | municipality | Kuopio     | 3       |
    |           | S20001       | municipality | Atlantis   | 6       |
    |           | S20001       | subregion    | Kuopio     | 6       |
    |           | S20001       | municipality | Pertunmaa  | 6       |
    |           | S20003       | region       | Etelä-Savo | 6       |
    |           | S20003       | municipality | Pertunmaa  | 6       |

    | projects | project_code | start_date | end_date   |
    | -------- | ------------ | ---------- | ---------- |
    |          | S20001       | 2020-04-15 | 2020-10-31 |
    |          | S20002       | 2020-04-15 | 2020-10-31 |
    |          | S20003       | 2025-01-01 | 2025-12-31 |
    """
    return outside(locations, projects, municipalities, "region", "region_fi")


@check(WARNING, "Statistics Finland's classification of municipalities, by year")
def municipality_outside_subregion(locations, projects, municipalities):
    """A declared municipality is in none of the sub-regions that the project declares.

    Judged where the project declares a sub-region, by the classification of the project's years.

    | locations | project_code | level        | name       | section |
    | --------- | ------------ | ------------ | ---------- | ------- |
    |           | S20001       | subregion    | Mikkeli    | 6       |
    |           | S20001       | subregion    | Pieksämäki | 6       |
    |           | S20001       | municipality | Juva       | 6       |
    |           | S20002       | subregion    | Mikkeli    | 6       |
    | ✗         | S20002       | municipality | Juva       | 6       |

    | projects | project_code | start_date | end_date   |
    | -------- | ------------ | ---------- | ---------- |
    |          | S20001       | 2020-04-15 | 2020-10-31 |
    |          | S20002       | 2020-04-15 | 2020-10-31 |
    """
    return outside(locations, projects, municipalities, "subregion", "subregion_fi")


def outside(locations, projects, municipalities, level, area):
    """The declared municipalities that are in no declared area of `level`, in the project's years."""
    declared = locations.filter(locations.section == DECLARED)
    areas = declared.filter(declared.level == level).select("project_code", area="name")
    named = declared.filter(declared.level == "municipality").join(areas.unique("project_code"), "project_code")
    there = classified(named, projects, municipalities).with_columns(area=nw.col(area))
    inside = there.join(areas, "project_code", "area").unique("project_code", "name")
    judged = named.join(there.unique("project_code", "name"), "project_code", "name")
    return judged.join(inside, "project_code", "name", how="anti")


@check(WARNING, "observed: a summary lists seven municipalities where the declared area has six")
def municipality_not_declared(locations):
    """The narrative lists a municipality that the declared area (section 6) lacks.

    Judged where the project declares municipalities.

    | locations | project_code | level        | name      | section |
    | --------- | ------------ | ------------ | --------- | ------- |
    |           | S20001       | municipality | Mikkeli   | 6       |
    |           | S20001       | municipality | Mikkeli   | 3       |
    |           | S20002       | municipality | Pertunmaa | 3       |
    | ✗         | S20001       | municipality | Pertunmaa | 3       |
    |           | S20001       | region       | Kainuu    | 3       |
    |           | S20003       | municipality | Pertunmaa | 6       |
    """
    named = locations.filter(locations.level == "municipality")
    declared = named.filter(named.section == DECLARED)
    judged = named.filter(named.section != DECLARED).join(declared.unique("project_code"), "project_code")
    return judged.join(declared.unique("project_code", "name"), "project_code", "name", how="anti")


@check(WARNING, "observed: a final report lists five of the six declared municipalities and one other")
def municipality_not_reported(locations):
    """The final report (section 9) lists municipalities, but not one that is declared (section 6).

    | locations | project_code | level        | name    | section |
    | --------- | ------------ | ------------ | ------- | ------- |
    |           | S20001       | municipality | Mikkeli | 6       |
    |           | S20001       | municipality | Mikkeli | 9       |
    |           | S20002       | municipality | Puumala | 6       |
    | ✗         | S20001       | municipality | Puumala | 6       |
    |           | S20001       | region       | Kainuu  | 6       |
    |           | S20001       | municipality | Juva    | 3       |
    |           | S20003       | municipality | Puumala | 9       |
    """
    named = locations.filter(locations.level == "municipality")
    reported = named.filter(named.section == "9")
    judged = named.filter(named.section == DECLARED).join(reported.unique("project_code"), "project_code")
    return judged.join(reported.unique("project_code", "name"), "project_code", "name", how="anti")
