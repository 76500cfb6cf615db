"""Figures of the narrative: parts, wholes and shares."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

PARTS = (
    "participants_by_status",
    "participants_by_education",
    "partners_by_kind",
    "costs",
)
"""The groups of figures whose items are parts of one whole."""


def sums(figures):
    """For each group of parts in one document: their sum and number, and the group that states the whole."""
    parts = figures.filter(figures.group.is_in(PARTS), ~figures.item.str.ends_with("_pct"), figures.item != "total")
    of_participants = nw.col("group").str.starts_with("participants_by")
    return (
        parts.with_columns(number=figures.value.cast(nw.Float64))
        .group_by("project_code", "document_id", "group", parts=nw.col("number").sum(), n=nw.len())
        .with_columns(whole=nw.when(of_participants).then(nw.lit("participants")).otherwise(nw.col("group")))
    )


@check(WARNING, "arithmetic: the parts of a whole add up to it")
def parts_do_not_add_up(figures):
    """The parts of an enumeration do not add up to the total that is stated.

    The participants by status and by education are parts of the participants.

    | figures | project_code | document_id | group                     | item         | value |
    | ------- | ------------ | ----------- | ------------------------- | ------------ | ----- |
    |         | S20001       | a.txt       | partners_by_kind          | associations | 44    |
    |         | S20001       | a.txt       | partners_by_kind          | companies    | 34    |
    |         | S20001       | a.txt       | partners_by_kind          | total        | 78    |
    |         | S20002       | a.txt       | partners_by_kind          | associations | 44    |
    |         | S20002       | a.txt       | partners_by_kind          | companies    | 33    |
    | ✗       | S20002       | a.txt       | partners_by_kind          | total        | 78    |
    |         | S20003       | a.txt       | partners_by_kind          | associations | 44    |
    |         | S20003       | a.txt       | partners_by_kind          | total        | 78    |
    |         | S20004       | a.txt       | participants_by_status    | employed     | 191   |
    |         | S20004       | a.txt       | participants_by_status    | students     | 149   |
    | ✗       | S20004       | a.txt       | participants              | total        | 600   |
    |         | S20001       | b.txt       | partners_by_kind          | total        | 77    |
    |         | S20001       | a.txt       | participants              | women        | 300   |
    |         | S20001       | a.txt       | participants              | men          | 290   |
    |         | S20001       | a.txt       | participants              | total        | 600   |
    |         | S20005       | a.txt       | participants_by_education | basic        | 10    |
    |         | S20005       | a.txt       | participants_by_education | secondary    | 5     |
    | ✗       | S20005       | a.txt       | participants              | total        | 16    |
    """
    totals = figures.filter(figures.item == "total").with_columns(whole=figures.group)
    found = sums(figures).select("project_code", "document_id", "whole", "parts", "n", parts_of="group")
    return (
        totals.join(found, "project_code", "document_id", "whole")
        .filter(nw.col("n") > 1, nw.col("parts") != nw.col("value").cast(nw.Float64))
        .select("project_code", "document_id", "group", "item", "parts_of", "parts")
    )


@check(WARNING, "arithmetic: a percentage rounded to a whole number is off by at most half a point")
def percentage_does_not_fit(figures):
    """A stated percentage is not the part's share of the sum of the parts.

    Honest rounding is half a point; stated percentages need not add up to a hundred.

    | figures | project_code | document_id | group            | item      | value |
    | ------- | ------------ | ----------- | ---------------- | --------- | ----- |
    |         | S20001       | a.txt       | costs            | staff     | 76    |
    |         | S20001       | a.txt       | costs            | other     | 124   |
    |         | S20001       | a.txt       | costs            | staff_pct | 38    |
    | ✗       | S20001       | a.txt       | costs            | other_pct | 63    |
    |         | S20002       | a.txt       | costs            | staff     | 1     |
    |         | S20002       | a.txt       | costs            | other     | 199   |
    |         | S20002       | a.txt       | costs            | staff_pct | 1     |
    |         | S20003       | a.txt       | costs            | staff     | 77    |
    |         | S20003       | a.txt       | costs            | other     | 123   |
    |         | S20003       | a.txt       | costs            | staff_pct | 38    |
    | ✗       | S20003       | a.txt       | costs            | other_pct | 60    |
    |         | S20004       | a.txt       | costs            | staff     | 5     |
    |         | S20004       | a.txt       | costs            | staff_pct | 40    |
    |         | S20001       | b.txt       | costs            | staff     | 10    |
    |         | S20001       | b.txt       | costs            | other     | 10    |
    |         | S20001       | b.txt       | costs            | staff_pct | 50    |
    |         | S20001       | a.txt       | partners_by_kind | companies | 3     |
    |         | S20001       | a.txt       | partners_by_kind | other     | 1     |
    |         | S20001       | a.txt       | partners_by_kind | other_pct | 25    |
    |         | S20005       | a.txt       | costs            | staff     | 1     |
    |         | S20005       | a.txt       | costs            | other     | 198   |
    | ✗       | S20005       | a.txt       | costs            | staff_pct | 0     |
    """
    shares = figures.filter(figures.item.str.ends_with("_pct")).with_columns(
        part_item=figures.item.str.replace_all("_pct$", ""), pct=figures.value.cast(nw.Float64)
    )
    numbers = figures.with_columns(number=figures.value.cast(nw.Float64))
    parts = numbers.select("project_code", "document_id", "group", part_item="item", part="number")
    return (
        shares.join(parts, "project_code", "document_id", "group", "part_item")
        .join(
            sums(figures).select("project_code", "document_id", "group", "parts", "n"),
            "project_code",
            "document_id",
            "group",
        )
        .filter(
            nw.col("n") > 1,
            ((nw.col("pct") * nw.col("parts") - nw.col("part") * 100) * 2 > nw.col("parts"))
            | ((nw.col("part") * 100 - nw.col("pct") * nw.col("parts")) * 2 > nw.col("parts")),
        )
        .select("project_code", "document_id", "group", "item", "part", "parts")
    )


@check(WARNING, "arithmetic: rounding to whole numbers adds at most half a point for each percentage")
def percentages_over_hundred(figures):
    """The percentages of one enumeration add up to more than a hundred.

    Each may be half a point too high; less than a hundred is no fault, for some may be left out.

    | figures | project_code | document_id | group            | item          | value |
    | ------- | ------------ | ----------- | ---------------- | ------------- | ----- |
    |         | S20001       | a.txt       | costs            | staff_pct     | 76    |
    |         | S20001       | a.txt       | costs            | other_pct     | 25    |
    |         | S20001       | a.txt       | costs            | other         | 500   |
    | ✗       | S20002       | a.txt       | costs            | staff_pct     | 76    |
    | ✗       | S20002       | a.txt       | costs            | other_pct     | 26    |
    |         | S20003       | a.txt       | costs            | staff_pct     | 102   |
    |         | S20002       | b.txt       | costs            | staff_pct     | 50    |
    |         | S20002       | a.txt       | partners_by_kind | companies_pct | 40    |
    | ✗       | S20004       | a.txt       | costs            | staff_pct     | 50    |
    | ✗       | S20004       | a.txt       | costs            | services_pct  | 26    |
    | ✗       | S20004       | a.txt       | costs            | other_pct     | 26    |
    """
    shares = figures.filter(figures.item.str.ends_with("_pct")).with_columns(pct=figures.value.cast(nw.Float64))
    wholes = shares.group_by("project_code", "document_id", "group", percent=nw.col("pct").sum(), n=nw.len())
    over = wholes.filter(nw.col("n") > 1, nw.col("percent") * 2 > nw.col("n") + 200)
    return shares.join(over, "project_code", "document_id", "group").select(
        "project_code", "document_id", "group", "item", "value", "percent"
    )


@check(WARNING, "arithmetic: a part is not more than the whole")
def part_over_whole(figures):
    """More women or men took part than participants in all.

    | figures | project_code | document_id | group        | item  | value |
    | ------- | ------------ | ----------- | ------------ | ----- | ----- |
    |         | S20001       | a.txt       | participants | total | 600   |
    |         | S20001       | a.txt       | participants | women | 600   |
    |         | S20001       | a.txt       | costs        | men   | 900   |
    |         | S20001       | b.txt       | participants | total | 600   |
    | ✗       | S20001       | b.txt       | participants | men   | 601   |
    |         | S20001       | a.txt       | participants | men   | 500   |
    |         | S20001       | a.txt       | participants | youth | 700   |
    |         | S20001       | c.txt       | participants | total | 10    |
    |         | S20002       | a.txt       | participants | total | 10    |
    | ✗       | S20002       | a.txt       | participants | women | 11    |
    """
    people = figures.filter(figures.group == "participants")
    wholes = people.filter(people.item == "total").select("project_code", "document_id", whole="value")
    parts = people.filter(people.item.is_in(["women", "men"]))
    return parts.join(wholes, "project_code", "document_id").filter(figures.value > nw.col("whole"))


@check(INFO, "the form: section 7.2 plans the participants that the final report counts")
def participants_far_from_plan(figures, indicators):
    """A report counts more than twice the participants planned, or less than half of them.

    | figures | project_code | document_id | group        | item  | value |
    | ------- | ------------ | ----------- | ------------ | ----- | ----- |
    |         | S20001       | a.txt       | participants | total | 1000  |
    |         | S20001       | b.txt       | participants | total | 250   |
    |         | S20001       | b.txt       | participants | women | 9     |
    |         | S20001       | b.txt       | partners     | total | 9     |
    |         | S20002       | a.txt       | participants | total | 0     |
    | ✗       | S20001       | c.txt       | participants | total | 1001  |
    | ✗       | S20001       | d.txt       | participants | total | 249   |
    | ✗       | S20002       | c.txt       | participants | total | 1     |

    | indicators | project_code | indicator                 | measure  | value |
    | ---------- | ------------ | ------------------------- | -------- | ----- |
    |            | S20001       | participating_persons     | planned  | 500   |
    |            | S20001       | participating_persons     | realised | 5     |
    |            | S20001       | participating_enterprises | planned  | 5     |
    |            | S20002       | participating_persons     | planned  | 0     |
    """
    persons = (indicators.indicator == "participating_persons") & (indicators.measure == "planned")
    plans = indicators.filter(persons).select("project_code", planned="value")
    told = figures.filter(figures.group == "participants", figures.item == "total")
    twice, half = nw.col("planned") * 2, figures.value * 2
    return told.join(plans, "project_code").filter((figures.value > twice) | (half < nw.col("planned")))


@check(WARNING, "the form: sections 7.1 and 7.2 count what the final report tells of")
def participants_not_as_counted(figures, indicators):
    """A report tells of another number of participants than the form counts as realised.

    | figures | project_code | document_id | group        | item  | value |
    | ------- | ------------ | ----------- | ------------ | ----- | ----- |
    |         | S20001       | a.txt       | participants | total | 600   |
    |         | S20001       | b.txt       | participants | women | 601   |
    |         | S20001       | b.txt       | partners     | total | 601   |
    | ✗       | S20001       | b.txt       | participants | total | 601   |

    | indicators | project_code | indicator                 | measure  | value |
    | ---------- | ------------ | ------------------------- | -------- | ----- |
    |            | S20001       | participating_persons     | realised | 600   |
    |            | S20001       | participating_persons     | planned  | 500   |
    |            | S20001       | participating_enterprises | realised | 5     |
    """
    persons = (indicators.indicator == "participating_persons") & (indicators.measure == "realised")
    counts = indicators.filter(persons).select("project_code", counted="value")
    told = figures.filter(figures.group == "participants", figures.item == "total")
    return told.join(counts, "project_code").filter(figures.value != nw.col("counted"))


@check(INFO, "observed: the companies among the partners are those that section 7.1 counts")
def companies_not_as_counted(figures, indicators):
    """A report counts other companies among the partners than take part by the form.

    They may be different companies.

    | figures | project_code | document_id | group            | item         | value |
    | ------- | ------------ | ----------- | ---------------- | ------------ | ----- |
    |         | S20001       | a.txt       | partners_by_kind | companies    | 18    |
    |         | S20001       | a.txt       | partners_by_kind | associations | 44    |
    |         | S20001       | a.txt       | participants     | companies    | 44    |
    | ✗       | S20001       | b.txt       | partners_by_kind | companies    | 17    |

    | indicators | project_code | indicator                 | measure  | value |
    | ---------- | ------------ | ------------------------- | -------- | ----- |
    |            | S20001       | participating_enterprises | realised | 18    |
    |            | S20001       | participating_enterprises | planned  | 16    |
    |            | S20001       | participating_persons     | realised | 16    |
    """
    companies = (indicators.indicator == "participating_enterprises") & (indicators.measure == "realised")
    counts = indicators.filter(companies).select("project_code", counted="value")
    told = figures.filter(figures.group == "partners_by_kind", figures.item == "companies")
    return told.join(counts, "project_code").filter(figures.value != nw.col("counted"))
