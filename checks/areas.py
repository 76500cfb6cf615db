"""Areas: the lists of municipalities, sub-regions and regions that a project declares."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check

DECLARED = "6"


@check(WARNING, "Statistics Finland's classification of sub-regions, by year")
def subregion_not_in_its_years(locations, projects, subregions):
    """A sub-region did not exist while the project ran.

    Years before the list begins are not judged.

    | locations | project_code | level     | section | name      |
    | --------- | ------------ | --------- | ------- | --------- |
    |           | S20001       | subregion | 6       | Kyrönmaa  |
    |           | S20001       | region    | 6       | Atlantis  |
    |           | S20003       | subregion | 6       | Atlantis  |
    |           | S20005       | subregion | 6       | Kyrönmaa  |
    | ✗         | S20002       | subregion | 6       | Kyrönmaa  |
    |           | S20004       | subregion | 6       | Kyrönmaa  |
    | ✗         | S20005       | subregion | 6       | Atlantis  |
    | ✗         | S20001       | subregion | 6       | Atlantis  |
    |           | S20006       | subregion | 6       | Atlantis  |
    | ✗         | S20005       | subregion | 6       | Uusikunta |

    | projects | project_code | start_date | end_date   |
    | -------- | ------------ | ---------- | ---------- |
    |          | S20001       | 2020-04-15 | 2021-10-31 |
    |          | S20002       | 2021-01-01 | 2021-12-31 |
    |          | S20003       |            |            |
    |          | S20004       | 2012-01-01 | 2012-12-31 |
    |          | S20005       | 2012-01-01 | 2013-12-31 |
    |          | S20006       |            | 2021-12-31 |

    | subregions | subregion_code | name_fi   | first_year | last_year |
    | ---------- | -------------- | --------- | ---------- | --------- |
    |            | 151            | Kyrönmaa  | 2013       | 2020      |
    |            | 152            | Uusikunta | 2014       | 2024      |
    """
    first = subregions.with_columns(one=nw.lit(1)).group_by("one", listed_from=nw.col("first_year").min())
    spans = projects.with_columns(
        start_year=projects.start_date.dt.year(), end_year=projects.end_date.dt.year(), one=nw.lit(1)
    ).select("project_code", "start_year", "end_year", "one")
    named = locations.filter(locations.level == "subregion").join(spans, "project_code").join(first, "one")
    judged = named.filter(nw.col("end_year") >= nw.col("listed_from"), ~nw.col("start_year").is_null())
    known = judged.join(subregions.select("first_year", "last_year", name="name_fi"), "name")
    there = known.filter(
        nw.col("first_year") <= nw.col("end_year"), nw.col("last_year") >= nw.col("start_year")
    ).unique("project_code", "name")
    return judged.join(there, "project_code", "name", how="anti").select("project_code", "level", "name", "section")


@check(WARNING, "Statistics Finland's classification of regions")
def region_not_listed(locations, regions):
    """A place that is declared as a region is not one.

    | locations | project_code | level        | section | name       |
    | --------- | ------------ | ------------ | ------- | ---------- |
    |           | S20001       | region       | 6       | Etelä-Savo |
    |           | S20001       | municipality | 6       | Mikkeli    |
    | ✗         | S20001       | region       | 6       | Mikkeli    |
    """
    named = locations.filter(locations.level == "region")
    return named.join(regions.select(name="name_fi"), "name", how="anti")


@check(WARNING, "the form, section 6: regions, their sub-regions, and the municipalities of these")
def subregion_without_municipality(locations, municipalities):
    """A declared sub-region has none of the declared municipalities in it.

    Judged where the project declares municipalities; a municipality counts that was ever in the sub-region.

    | locations | project_code | level        | section | name       |
    | --------- | ------------ | ------------ | ------- | ---------- |
    |           | S20001       | subregion    | 6       | Mikkeli    |
    |           | S20001       | municipality | 6       | Mikkeli    |
    |           | S20001       | municipality | 3       | Juva       |
    |           | S20001       | region       | 6       | Kainuu     |
    |           | S20002       | subregion    | 6       | Pieksämäki |
    |           | S20002       | municipality | 3       | Mikkeli    |
    | ✗         | S20001       | subregion    | 6       | Pieksämäki |
    |           | S20003       | subregion    | 6       | Pieksämäki |
    |           | S20003       | municipality | 6       | Pieksämäki |
    """
    return empty(locations, municipalities, "subregion", "subregion_fi", "municipality", "name_fi")


@check(WARNING, "the form, section 6: regions, their sub-regions, and the municipalities of these")
def region_without_subregion(locations, municipalities):
    """A declared region has none of the declared sub-regions in it.

    Judged where the project declares sub-regions; a sub-region counts that was ever in the region.

    | locations | project_code | level        | section | name         |
    | --------- | ------------ | ------------ | ------- | ------------ |
    |           | S20001       | region       | 6       | Etelä-Savo   |
    |           | S20001       | subregion    | 6       | Mikkeli      |
    |           | S20001       | municipality | 6       | Kuopio       |
    |           | S20002       | region       | 6       | Pohjois-Savo |
    | ✗         | S20001       | region       | 6       | Pohjois-Savo |
    |           | S20001       | subregion    | 3       | Kuopio       |
    """
    return empty(locations, municipalities, "region", "region_fi", "subregion", "subregion_fi")


def empty(locations, municipalities, level, area, lower, part):
    """The declared places of `level` that have none of the project's declared places of the `lower` level."""
    declared = locations.filter(locations.section == DECLARED)
    inside = declared.filter(declared.level == lower).select("project_code", part="name")
    known = municipalities.select(name=area, part=part).unique("name", "part")
    filled = inside.join(known, "part").unique("project_code", "name")
    judged = declared.filter(declared.level == level).join(inside.unique("project_code"), "project_code")
    return judged.join(filled, "project_code", "name", how="anti")


@check(ERROR, "Statistics Finland's classifications: a code stands for one place")
def code_of_another_place(locations, regions, subregions, municipalities):
    """The code of a place is not the code of its name.

    Judged where the classification knows the name, in any of its years.

    | locations | project_code | level        | section | name       | code |
    | --------- | ------------ | ------------ | ------- | ---------- | ---- |
    |           | S20001       | municipality | 6       | Mikkeli    | 491  |
    |           | S20001       | subregion    | 6       | Mikkeli    | 101  |
    |           | S20001       | region       | 6       | Etelä-Savo | 10   |
    |           | S20001       | region       | 6       | Atlantis   | 99   |
    | ✗         | S20001       | municipality | 6       | Mikkeli    | 101  |
    | ✗         | S20001       | subregion    | 6       | Mikkeli    | 491  |
    | ✗         | S20001       | region       | 6       | Etelä-Savo | 11   |
    |           | S20001       | municipality | 3       | Mikkeli    |      |
    |           | S20001       | region       | 6       | Mikkeli    | 491  |
    """
    lists = ((municipalities, "municipality"), (subregions, "subregion"), (regions, "region"))
    known = nw.concat(
        [
            places.select(name="name_fi", code=f"{level}_code").with_columns(level=nw.lit(level)).rows()
            for places, level in lists
        ]
    )
    coded = locations.filter(~locations.code.is_null()).rows()
    named = coded.join(known.select("level", "name").unique(), on=["level", "name"], how="inner")
    return named.join(known, on=["level", "name", "code"], how="anti")


@check(WARNING, "the form, section 6: each place once")
def place_listed_twice(locations):
    """A place is listed twice in one section, under two names.

    | locations | project_code | level        | section | name           | code |
    | --------- | ------------ | ------------ | ------- | -------------- | ---- |
    |           | S20001       | municipality | 6       | Juva           | 178  |
    |           | S20001       | municipality | 3       | Jockas         | 178  |
    |           | S20001       | municipality | 6       | Oulu           |      |
    |           | S20001       | municipality | 6       | Uleåborg       |      |
    | ✗         | S20001       | municipality | 6       | Mikkeli        | 491  |
    | ✗         | S20001       | municipality | 6       | St Michel      | 491  |
    |           | S20002       | municipality | 6       | Mikkeli        | 491  |
    |           | S20001       | subregion    | 6       | Mikkelin seutu | 491  |
    |           | S20001       | municipality | 3       | Mikkeli        | 491  |
    """
    coded = locations.filter(~locations.code.is_null())
    places = coded.group_by("project_code", "level", "section", "code", names=nw.len())
    return coded.join(places.filter(nw.col("names") > 1), "project_code", "level", "section", "code")


@check(INFO, "the form, section 6: the address of the place of action is given where there is one place only")
def site_address_with_several_places(projects, locations):
    """A project gives the address of its place of action, but declares several municipalities.

    | projects | project_code | site_street_address |
    | -------- | ------------ | ------------------- |
    |          | S20001       | Maaherrankatu 9     |
    |          | S20002       |                     |
    | ✗        | S20003       | Maaherrankatu 9     |

    | locations | project_code | level        | section | name         |
    | --------- | ------------ | ------------ | ------- | ------------ |
    |           | S20001       | municipality | 6       | Mikkeli      |
    |           | S20001       | municipality | 3       | Juva         |
    |           | S20001       | subregion    | 6       | Mikkeli      |
    |           | S20002       | municipality | 6       | Mikkeli      |
    |           | S20002       | municipality | 6       | Juva         |
    |           | S20003       | municipality | 6       | Mikkeli      |
    |           | S20003       | municipality | 6       | Juva         |
    """
    declared = locations.filter(locations.level == "municipality", locations.section == DECLARED)
    several = declared.group_by("project_code", municipalities=nw.len()).filter(nw.col("municipalities") > 1)
    return projects.filter(~projects.site_street_address.is_null()).join(several, "project_code")


@check(WARNING, "the form, section 6: the place of action is in the declared area")
def site_outside_declared_area(projects, locations, municipalities):
    """The place of action is in a municipality that the project does not declare.

    Judged where the postal town is the name of a municipality and the project declares municipalities.

    | projects | project_code | site_city |
    | -------- | ------------ | --------- |
    |          | S20001       | MIKKELI   |
    |          | S20002       | Otava     |
    |          | S20003       | Juva      |
    | ✗        | S20004       | JUVA      |

    | locations | project_code | level        | section | name    |
    | --------- | ------------ | ------------ | ------- | ------- |
    |           | S20001       | municipality | 6       | Mikkeli |
    |           | S20002       | municipality | 6       | Mikkeli |
    |           | S20003       | region       | 6       | Mikkeli |
    |           | S20003       | municipality | 3       | Mikkeli |
    |           | S20004       | municipality | 6       | Mikkeli |
    |           | S20005       | municipality | 6       | Juva    |
    """
    sited = projects.with_columns(town=projects.site_city.str.to_lowercase())
    known = municipalities.with_columns(town=municipalities.name_fi.str.to_lowercase()).unique("town")
    named = locations.filter(locations.level == "municipality", locations.section == DECLARED)
    declared = named.with_columns(town=named.name.str.to_lowercase())
    judged = sited.join(known, "town").join(declared.unique("project_code"), "project_code")
    strange = judged.join(declared.unique("project_code", "town"), "project_code", "town", how="anti")
    return strange.select("project_code", "site_city")
