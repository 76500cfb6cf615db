"""Indicators and the figures of the narrative: parts and wholes."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, WARNING, check

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

    | figures | project_code | document_id | group                  | item         | value |
    | ------- | ------------ | ----------- | ---------------------- | ------------ | ----- |
    |         | S20001       | a.txt       | partners_by_kind       | associations | 44    |
    |         | S20001       | a.txt       | partners_by_kind       | companies    | 34    |
    |         | S20001       | a.txt       | partners_by_kind       | total        | 78    |
    |         | S20002       | a.txt       | partners_by_kind       | associations | 44    |
    |         | S20002       | a.txt       | partners_by_kind       | companies    | 33    |
    | ✗       | S20002       | a.txt       | partners_by_kind       | total        | 78    |
    |         | S20003       | a.txt       | partners_by_kind       | associations | 44    |
    |         | S20003       | a.txt       | partners_by_kind       | total        | 78    |
    |         | S20004       | a.txt       | participants_by_status | employed     | 191   |
    |         | S20004       | a.txt       | participants_by_status | students     | 149   |
    | ✗       | S20004       | a.txt       | participants           | total        | 600   |
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

    | figures | project_code | document_id | group | item      | value |
    | ------- | ------------ | ----------- | ----- | --------- | ----- |
    |         | S20001       | a.txt       | costs | staff     | 76    |
    |         | S20001       | a.txt       | costs | other     | 124   |
    |         | S20001       | a.txt       | costs | staff_pct | 38    |
    | ✗       | S20001       | a.txt       | costs | other_pct | 63    |
    |         | S20002       | a.txt       | costs | staff     | 1     |
    |         | S20002       | a.txt       | costs | other     | 199   |
    |         | S20002       | a.txt       | costs | staff_pct | 1     |
    |         | S20003       | a.txt       | costs | staff     | 77    |
    |         | S20003       | a.txt       | costs | other     | 123   |
    |         | S20003       | a.txt       | costs | staff_pct | 38    |
    | ✗       | S20003       | a.txt       | costs | other_pct | 60    |
    |         | S20004       | a.txt       | costs | staff     | 5     |
    |         | S20004       | a.txt       | costs | staff_pct | 40    |
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


@check(WARNING, "the form: the plan is what the realised number is measured against")
def realised_without_plan(indicators):
    """A realised number stands against a plan of zero.

    | indicators | project_code | indicator                 | measure  | value |
    | ---------- | ------------ | ------------------------- | -------- | ----- |
    |            | S20001       | participating_enterprises | planned  | 16    |
    |            | S20001       | participating_enterprises | realised | 18    |
    |            | S20002       | participating_enterprises | planned  | 0     |
    |            | S20002       | participating_enterprises | realised | 0     |
    |            | S20003       | participating_enterprises | planned  | 0     |
    | ✗          | S20003       | participating_enterprises | realised | 9     |
    """
    planned = indicators.filter(indicators.measure == "planned").select("project_code", "indicator", planned="value")
    realised = indicators.filter(indicators.measure == "realised", indicators.value > 0)
    return realised.join(planned, "project_code", "indicator").filter(nw.col("planned") == 0)


@check(ERROR, "the form: the scale is 0 to 10")
def score_off_the_scale(indicators, indicator_types):
    """A value is outside the scale of its indicator.

    | indicators | project_code | indicator         | measure | value |
    | ---------- | ------------ | ----------------- | ------- | ----- |
    |            | S20001       | natural_resources | direct  | 10    |
    |            | S20002       | natural_resources | direct  | 0     |
    | ✗          | S20003       | natural_resources | direct  | 11    |
    | ✗          | S20004       | natural_resources | direct  | -1    |
    """
    scales = indicator_types.select("indicator", "minimum", "maximum")
    return indicators.join(scales, "indicator").filter(
        (indicators.value < nw.col("minimum")) | (indicators.value > nw.col("maximum"))
    )
