"""Faults of amounts, indicators and figures."""

from __future__ import annotations

from clean_packages import RATES, Row, Unit, scored
from faults import cents, euros, fault

EURO = 100


def amount(u: Unit, name: str, value: int) -> None:
    u.finance[name] = euros(value)


def of(u: Unit, name: str) -> int:
    return cents(u.finance[name])


def told(u: Unit, group: str, item: str) -> Row:
    return u.find("figures", group=group, item=item)


def number(u: Unit, indicator: str, measure: str) -> Row:
    return u.find("indicators", indicator=indicator, measure=measure)


@fault()
def realised_over_granted(u: Unit) -> None:
    over = u.rng.choice([EURO + 1, 5 * EURO, 9999])
    amount(u, "granted_eu_state_eur", of(u, "realised_eu_state_eur") - over)
    u.mark("finance", u.finance, "realised-over-granted")


@fault()
def state_over_public(u: Unit) -> None:
    amount(u, "realised_public_eur", of(u, "realised_eu_state_eur") - u.rng.choice([EURO + 1, 77777]))
    u.rows["figures"] = []
    u.mark("finance", u.finance, "state-over-public")


@fault("S2", "A7", "S1")
def granted_over_planned(u: Unit) -> None:
    amount(u, "granted_eu_state_eur", of(u, "planned_public_eur") + u.rng.choice([EURO + 1, 123456]))
    u.mark("finance", u.finance, "granted-over-planned")
    if u.code[:2] != "S1":
        u.mark("finance", u.finance, "other-money-unplanned")


@fault("S2", "A7", "S1")
def realised_over_planned(u: Unit) -> None:
    planned = of(u, "planned_public_eur")
    amount(u, "realised_public_eur", u.rng.choice([planned * 111 // 100, planned * 5, planned * 2]))
    amount(u, "realised_total_eur", of(u, "realised_public_eur"))
    u.mark("finance", u.finance, "realised-over-planned")


@fault("S2", "A7")
def realised_little_over_planned(u: Unit) -> None:
    planned = of(u, "planned_public_eur")
    amount(u, "realised_public_eur", u.rng.choice([planned + EURO + 1, planned * 109 // 100]))
    u.finance["realised_total_eur"] = None
    u.mark("finance", u.finance, "realised-little-over-planned")


@fault()
def realised_many_times_planned(u: Unit) -> None:
    amount(u, "realised_public_eur", of(u, "planned_public_eur") * u.rng.choice([6, 10, 100]))
    u.finance["realised_total_eur"] = None
    u.mark("finance", u.finance, "realised-many-times-planned")


@fault()
def budget_told_as_cost(u: Unit) -> None:
    whole = sum(
        cents(r["value"]) for r in u.rows["figures"] if r["group"] == "costs" and not r["item"].endswith("_pct")
    )
    amount(u, "realised_public_eur", whole * 100 // 102)
    amount(u, "realised_eu_state_eur", whole // 4)
    amount(u, "realised_eu_eur", whole // 8)
    u.mark("finance", u.finance, "budget-told-as-cost")


@fault()
def negative_amount(u: Unit) -> None:
    name = u.rng.choice(["realised_eu_state_eur", "realised_public_eur"])
    u.finance |= dict.fromkeys(("realised_public_eur", "realised_eu_state_eur", "realised_eu_eur"))
    amount(u, name, -u.rng.randrange(1, 99999))
    u.rows["figures"] = []
    u.mark("finance", u.finance, "negative-amount")


@fault()
def negative_plan(u: Unit) -> None:
    for name in u.finance:
        if name != "project_code":
            u.finance[name] = None
    name = u.rng.choice(["granted_eu_state_eur", "planned_public_eur", "planned_total_eur"])
    amount(u, name, -u.rng.randrange(1, 99999))
    u.mark("finance", u.finance, "negative-plan")


@fault("S2", "A7")
def other_money_unplanned(u: Unit) -> None:
    u.finance["planned_public_eur"] = u.finance["granted_eu_state_eur"]
    amount(u, "realised_public_eur", of(u, "granted_eu_state_eur"))
    amount(u, "realised_eu_state_eur", of(u, "granted_eu_state_eur") - u.rng.choice([EURO + 1, 99999]))
    u.rows["figures"] = []
    u.mark("finance", u.finance, "other-money-unplanned")


@fault()
def eu_over_eu_and_state(u: Unit) -> None:
    amount(u, "realised_eu_eur", of(u, "realised_eu_state_eur") + u.rng.choice([EURO + 1, 99999]))
    u.mark("finance", u.finance, "eu-over-eu-and-state")


@fault()
def public_over_total(u: Unit) -> None:
    name = u.rng.choice(["realised", "planned"] if u.projects["programme_period"] != "2021-2027" else ["realised"])
    amount(u, f"{name}_total_eur", of(u, f"{name}_public_eur") - u.rng.choice([EURO + 1, 99999]))
    u.mark("finance", u.finance, "public-over-total")


@fault("S3", "J1")
def aid_over_cap(u: Unit) -> None:
    granted = of(u, "granted_eu_state_eur")
    u.finance |= {"planned_public_eur": None, "planned_total_eur": euros(granted * u.rng.choice([110, 120]) // 100)}
    u.mark("finance", u.finance, "aid-over-cap")


@fault("S2", "A7", "S3", "J1")
def flat_rate_off(u: Unit) -> None:
    staff, told_rate = cents(told(u, "costs", "staff")["value"]), told(u, "costs", "flat_rate")
    u.rows["figures"] = [row for row in u.rows["figures"] if not row["item"].endswith("_pct")]
    rates = RATES[u.projects["programme_period"] + u.projects["fund"]]
    told_rate["value"] = euros(staff * rates[0] * u.rng.choice([9880, 10120]) // 1000000)
    u.mark("figures", told_rate, "flat-rate-off")


@fault()
def near_misses(u: Unit) -> None:
    """Differences that a tolerance allows: nothing may be marked."""
    u.finance |= dict.fromkeys(("planned_total_eur", "realised_total_eur"))
    amount(u, "granted_eu_state_eur", of(u, "realised_eu_state_eur") - EURO)
    amount(u, "realised_eu_eur", of(u, "realised_eu_state_eur") + EURO)
    number(u, "participating_persons", "planned")["value"] = str(
        2 * int(number(u, "participating_persons", "realised")["value"])
    )


# Indicators and figures


@fault()
def realised_without_plan(u: Unit) -> None:
    number(u, "participating_enterprises", "planned")["value"] = "0"
    u.mark("indicators", number(u, "participating_enterprises", "realised"), "realised-without-plan")


@fault()
def score_off_the_scale(u: Unit) -> None:
    row = number(u, u.rng.choice(scored()), "direct")
    row["value"] = str(u.rng.randrange(11, 100))
    u.mark("indicators", row, "score-off-the-scale")


@fault()
def realised_many_times_plan(u: Unit) -> None:
    realised = number(u, "participating_enterprises", "realised")
    plan = int(number(u, "participating_enterprises", "planned")["value"])
    realised["value"] = str(plan * 10 + u.rng.randrange(1, 500))
    u.drop("figures", group="partners_by_kind")
    u.mark("indicators", realised, "realised-many-times-plan")


@fault()
def measure_of_another_indicator(u: Unit) -> None:
    indicator, measure = u.rng.choice(
        [("natural_resources", "planned"), ("gender_analysis", "direct"), ("participating_persons", "stated")]
    )
    row = u.add("indicators", project_code=u.code, indicator=indicator, measure=measure, value="1")
    if measure == "direct":
        u.mark("indicators", row, "score-without-the-other")
    u.mark("indicators", row, "measure-of-another-indicator")


@fault()
def score_without_the_other(u: Unit) -> None:
    indicator, lost, kept = u.rng.choice(scored()), *u.rng.sample(["direct", "indirect"], 2)
    u.drop("indicators", indicator=indicator, measure=lost)
    u.mark("indicators", number(u, indicator, kept), "score-without-the-other")


@fault()
def scores_copied(u: Unit) -> None:
    for name in scored():
        number(u, name, "indirect")["value"] = number(u, name, "direct")["value"]
    u.mark("indicators", number(u, min(scored()), "indirect"), "scores-copied")


@fault()
def equality_goal_without_means(u: Unit) -> None:
    goal = number(u, "gender_main_objective", "stated")
    goal["value"], number(u, "gender_mainstreaming", "stated")["value"] = "1", "0"
    u.mark("indicators", goal, "equality-goal-without-means")


@fault()
def parts_do_not_add_up(u: Unit) -> None:
    group, part, whole = u.rng.choice(
        [("partners_by_kind", "associations", "partners_by_kind"),
         ("participants_by_status", "students", "participants"),
         ("participants_by_education", "basic", "participants")]
    )  # fmt: skip
    row = told(u, group, part)
    row["value"] = euros(cents(row["value"]) + u.rng.choice([-100, 100, 1000]))
    u.mark("figures", told(u, whole, "total"), "parts-do-not-add-up")


@fault()
def percentage_does_not_fit(u: Unit) -> None:
    row = told(u, "costs", u.rng.choice(["staff_pct", "services_pct", "other_pct"]))
    row["value"] = euros(cents(row["value"]) - u.rng.choice([200, 300]))
    u.mark("figures", row, "percentage-does-not-fit")


@fault()
def percentages_over_hundred(u: Unit) -> None:
    u.drop("figures", group="costs")
    for item, value in (("staff_pct", 80), ("other_pct", u.rng.randrange(22, 60))):
        row = u.add("figures", project_code=u.code, document_id=u.documents["document_id"], group="costs", item=item,
                    value=f"{value}.00", unit="%", section="9", line="9")  # fmt: skip
        u.mark("figures", row, "percentages-over-hundred")


@fault()
def part_over_whole(u: Unit) -> None:
    row = told(u, "participants", u.rng.choice(["women", "men"]))
    row["value"] = euros(cents(told(u, "participants", "total")["value"]) + 100 * u.rng.randrange(1, 50))
    u.mark("figures", row, "part-over-whole")


@fault()
def participants_far_from_plan(u: Unit) -> None:
    total = int(cents(told(u, "participants", "total")["value"]) // 100)
    far = u.rng.choice([2 * total + 1, total * 3, (total - 1) // 2])
    number(u, "participating_persons", "planned")["value"] = str(far)
    u.mark("figures", told(u, "participants", "total"), "participants-far-from-plan")


@fault()
def participants_not_as_counted(u: Unit) -> None:
    row = number(u, "participating_persons", "realised")
    row["value"] = str(int(row["value"]) + u.rng.choice([-1, 1, 7]))
    u.mark("figures", told(u, "participants", "total"), "participants-not-as-counted")


@fault()
def companies_not_as_counted(u: Unit) -> None:
    row = number(u, "participating_enterprises", "realised")
    row["value"] = str(int(row["value"]) + u.rng.choice([-1, 1, 5]))
    u.mark("figures", told(u, "partners_by_kind", "companies"), "companies-not-as-counted")
