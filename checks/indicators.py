"""Indicators: plans and results, scales and scores."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check


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
    |            | S20001       | participating_enterprises | direct   | 0     |
    |            | S20003       | participating_enterprises | direct   | 1     |
    |            | S20001       | participating_persons     | planned  | 0     |
    |            | S20004       | participating_enterprises | planned  | 0     |
    | ✗          | S20004       | participating_enterprises | realised | 1     |
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


@check(WARNING, "the observed form: results are a few times the plan at most")
def realised_many_times_plan(indicators):
    """A realised number is more than ten times the planned one: a digit may be wrong.

    | indicators | project_code | indicator                 | measure  | value |
    | ---------- | ------------ | ------------------------- | -------- | ----- |
    |            | S20001       | participating_persons     | planned  | 50    |
    |            | S20001       | participating_persons     | realised | 500   |
    |            | S20002       | participating_persons     | planned  | 50    |
    | ✗          | S20002       | participating_persons     | realised | 501   |
    |            | S20003       | participating_persons     | planned  | 0     |
    |            | S20003       | participating_persons     | realised | 501   |
    |            | S20001       | participating_persons     | direct   | 1     |
    |            | S20001       | participating_persons     | indirect | 501   |
    |            | S20001       | participating_enterprises | planned  | 1     |
    |            | S20004       | participating_persons     | planned  | 1     |
    | ✗          | S20004       | participating_persons     | realised | 11    |
    """
    planned = indicators.filter(indicators.measure == "planned", indicators.value > 0)
    realised = indicators.filter(indicators.measure == "realised")
    return realised.join(
        planned.select("project_code", "indicator", planned="value"), "project_code", "indicator"
    ).filter(indicators.value > nw.col("planned") * 10)


@check(ERROR, "the form: plans and results in section 7, answers in 8.1, two scores in 8.2")
def measure_of_another_indicator(indicators, indicator_types):
    """A measure does not belong to the kind of its indicator.

    Participation is planned and realised, equality is stated, and the rest has a direct and an indirect score.

    | indicators | project_code | indicator             | measure  |
    | ---------- | ------------ | --------------------- | -------- |
    |            | S20001       | participating_persons | planned  |
    |            | S20001       | gender_analysis       | stated   |
    |            | S20001       | natural_resources     | direct   |
    |            | S20001       | natural_resources     | indirect |
    | ✗          | S20001       | natural_resources     | realised |
    | ✗          | S20001       | participating_persons | stated   |
    | ✗          | S20001       | gender_analysis       | direct   |
    |            | S20001       | participating_persons | realised |
    | ✗          | S20001       | participating_persons | direct   |
    """
    kinds = indicator_types.select("indicator", "group")
    counted, answered = nw.col("group") == "participation", nw.col("group") == "equality"
    plan = indicators.measure.is_in(["planned", "realised"])
    answer = indicators.measure == "stated"
    score = indicators.measure.is_in(["direct", "indirect"])
    fits = (counted & plan) | (answered & answer) | (~counted & ~answered & score)
    return indicators.join(kinds, "indicator").filter(~fits)


@check(WARNING, "the form: each item of section 8.2 has a direct and an indirect score")
def score_without_the_other(indicators):
    """An item has only one of its two scores.

    | indicators | project_code | indicator         | measure  |
    | ---------- | ------------ | ----------------- | -------- |
    |            | S20001       | natural_resources | direct   |
    |            | S20001       | natural_resources | indirect |
    |            | S20002       | gender_analysis   | stated   |
    | ✗          | S20002       | natural_resources | direct   |
    | ✗          | S20003       | natural_resources | indirect |
    |            | S20002       | equality          | direct   |
    |            | S20002       | equality          | indirect |
    """
    scores = indicators.filter(indicators.measure.is_in(["direct", "indirect"]))
    alone = scores.group_by("project_code", "indicator", scores=nw.len()).filter(nw.col("scores") == 1)
    return scores.join(alone.unique("project_code", "indicator"), "project_code", "indicator")


@check(INFO, "observed: in both descriptions the two columns of section 8.2 are alike in all fifteen items")
def scores_copied(indicators):
    """The direct and the indirect scores of a project are alike in every item.

    Judged where at least three items have scores above zero; the first of them is marked.

    | indicators | project_code | indicator     | measure  | value |
    | ---------- | ------------ | ------------- | -------- | ----- |
    |            | S20001       | climate_risks | direct   | 5     |
    | ✗          | S20001       | climate_risks | indirect | 5     |
    |            | S20001       | equality      | direct   | 8     |
    |            | S20001       | equality      | indirect | 8     |
    |            | S20001       | wellbeing     | direct   | 8     |
    |            | S20001       | wellbeing     | indirect | 8     |
    |            | S20002       | climate_risks | direct   | 5     |
    |            | S20002       | climate_risks | indirect | 5     |
    |            | S20002       | equality      | direct   | 8     |
    |            | S20002       | equality      | indirect | 8     |
    |            | S20002       | wellbeing     | direct   | 0     |
    |            | S20002       | wellbeing     | indirect | 0     |
    |            | S20003       | climate_risks | direct   | 5     |
    |            | S20003       | climate_risks | indirect | 5     |
    |            | S20003       | equality      | direct   | 8     |
    |            | S20003       | equality      | indirect | 8     |
    |            | S20003       | local_economy | direct   | 8     |
    |            | S20003       | local_economy | indirect | 8     |
    |            | S20003       | wellbeing     | direct   | 8     |
    |            | S20003       | wellbeing     | indirect | 7     |
    |            | S20004       | climate_risks | direct   | 1     |
    | ✗          | S20004       | climate_risks | indirect | 1     |
    |            | S20004       | equality      | direct   | 8     |
    |            | S20004       | equality      | indirect | 8     |
    |            | S20004       | wellbeing     | direct   | 8     |
    |            | S20004       | wellbeing     | indirect | 8     |
    """
    direct = indicators.filter(indicators.measure == "direct").select("project_code", "indicator", direct="value")
    pairs = indicators.filter(indicators.measure == "indirect").join(direct, "project_code", "indicator")
    differs = pairs.filter(nw.col("direct") != indicators.value).unique("project_code")
    alike = pairs.join(differs, "project_code", how="anti").filter(indicators.value > 0)
    items = alike.group_by("project_code", indicator=nw.col("indicator").min(), items=nw.len())
    return pairs.join(items.filter(nw.col("items") > 2), "project_code", "indicator")


@check(WARNING, "the form, section 8.1: who makes equality the main objective also takes gender into account")
def equality_goal_without_means(indicators):
    """Equality is a project's main objective, but its activities do not take gender into account.

    | indicators | project_code | indicator             | measure | value |
    | ---------- | ------------ | --------------------- | ------- | ----- |
    |            | S20001       | gender_main_objective | stated  | 1     |
    |            | S20001       | gender_mainstreaming  | stated  | 1     |
    |            | S20002       | gender_main_objective | stated  | 0     |
    |            | S20002       | gender_mainstreaming  | stated  | 0     |
    |            | S20003       | gender_analysis       | stated  | 1     |
    |            | S20003       | gender_mainstreaming  | stated  | 0     |
    | ✗          | S20004       | gender_main_objective | stated  | 1     |
    |            | S20004       | gender_mainstreaming  | stated  | 0     |
    |            | S20005       | gender_main_objective | stated  | 1     |
    |            | S20005       | gender_analysis       | stated  | 0     |
    """
    answered_no = indicators.filter(indicators.indicator == "gender_mainstreaming", indicators.value == 0)
    goals = indicators.filter(indicators.indicator == "gender_main_objective", indicators.value == 1)
    return goals.join(answered_no.unique("project_code"), "project_code")
