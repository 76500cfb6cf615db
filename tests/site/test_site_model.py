"""The numbers, lists and orders that pages show: what is summed, what counts once, and what comes first."""

from dataclasses import replace
from decimal import Decimal

import pytest
import samples
from markupsafe import Markup

from esfdata.findings.finding import Finding, Findings, Source
from esfdata.site import (
    data_pages,
    drawings,
    finding_text,
    listings,
    money_page,
    project_groups,
    quality_pages,
    region_pages,
    table_pages,
)
from esfdata.site.home_page import _newest
from esfdata.site.listings import listed_rows
from esfdata.site.page_writer import script, ticked
from esfdata.site.programme_pages import _objectives
from esfdata.site.project_groups import by_region, group, summed
from esfdata.site.record_facts import differ
from esfdata.site.site_model import Model
from esfdata.site.words import Words

A, B, C = "S20001", "S20002", "S20003"


def project(code, **more):
    return {**samples.PROJECT, "project_code": code, **more}


def part(code, organisation, role):
    return {"project_code": code, "organisation_id": organisation, "role": role}


def money(code, granted):
    return {"project_code": code, "granted_eu_state_eur": granted}


def place(code, level, name, section, number=None):
    return {"project_code": code, "level": level, "name": name, "section": section, "code": number}


class Kept:
    """What writes pages keeps here what they show, by their path."""

    language = "en"
    words = Words("en")

    def __init__(self, kept):
        self.kept = kept

    def write(self, path, template, **shown):
        self.kept[path] = shown


def model(findings=(), **tables):
    return Model(samples.package(**tables), Findings(tuple(findings)))


@pytest.fixture
def aided():
    """A project with a beneficiary, who also carries it out, and one to whom aid is transferred; one that leads none."""
    return model(
        projects=[project(A), project(B)],
        organisations=[{"organisation_id": str(n), "name": name} for n, name in enumerate(("Lead ry", "Aid ry", "Own ry"))],
        finance=[money(A, "100.10"), money(B, "20.20")],
        participations=[
            part(A, "0", "beneficiary"), part(A, "0", "implementer"), part(A, "1", "transfer_recipient"),
            part(B, "2", "implementer"), part(B, "1", "transfer_recipient"),
        ],
    )  # fmt: skip


def test_an_amount_is_summed_for_who_leads_and_never_for_those_to_whom_aid_is_transferred(aided):
    rows = aided.organisations.sort("organisation_id").select("name", "projects", "granted").rows()
    assert [("Lead ry", 1, Decimal("100.10")), ("Aid ry", 2, None), ("Own ry", 1, Decimal("20.20"))] == rows
    assert Decimal("120.30") == aided.projects["granted_eu_state_eur"].sum()


def test_a_recipient_who_leads_too_has_the_amount_once():
    one = model(
        projects=[project(A)], organisations=[{"organisation_id": "1", "name": "Aid ry"}], finance=[money(A, "7.00")],
        participations=[part(A, "1", "implementer"), part(A, "1", "transfer_recipient")],
    )  # fmt: skip
    assert [(1, Decimal("7.00"))] == one.organisations.select("projects", "granted").rows()


def test_the_beneficiaries_of_a_project_are_named_else_its_implementers_and_no_recipient(aided):
    assert [["Lead ry"], ["Own ry"]] == aided.projects.sort("project_code")["beneficiaries"].to_list()


def test_implementers_are_not_named_beside_a_beneficiary():
    both = model(
        projects=[project(A)], organisations=[{"organisation_id": n, "name": n} for n in ("B", "I")],
        participations=[part(A, "B", "beneficiary"), part(A, "I", "implementer")],
    )  # fmt: skip
    assert [["B"]] == both.projects["beneficiaries"].to_list()


@pytest.fixture
def placed():
    """A project of two regions, one with a declared town, and one that only its narrative places."""
    return model(
        projects=[project(A), project(B), project(C)],
        finance=[money(A, "10.00"), money(B, "1.00")],
        locations=[
            place(A, "region", "Etelä-Savo", "6"), place(A, "municipality", "Helsinki", "6", "091"),
            place(B, "region", "Etelä-Savo", "6"), place(B, "municipality", "Helsinki", "9", "091"),
            place(C, "region", "Atlantis", "6"),
        ],
    )  # fmt: skip


def test_a_project_counts_in_each_of_its_regions_and_by_the_towns_that_it_declares(placed):
    sums = {code: (row["projects"], row["granted"]) for code, row in by_region(placed).items()}
    assert {"01": (1, Decimal("10.00")), "10": (2, Decimal("11.00"))} == sums
    assert [["Helsinki"], [], []] == placed.projects.sort("project_code")["municipalities"].to_list()
    assert {"01": [("Helsinki", 1)]} == region_pages._towns(placed)
    assert [("Atlantis", C)] == region_pages._unknown(placed)


def test_the_projects_without_a_region_are_counted(placed):
    written = {}
    pages = Kept(written)
    region_pages.write(placed, pages)
    assert 1 == written["regions/index.html"]["unplaced"]


def test_a_sum_without_any_amount_is_unknown():
    rows = model(projects=[project(A), project(B, fund="EAKR")], finance=[money(A, "5.00")]).projects
    assert [("EAKR", None), ("ESR", Decimal("5.00"))] == summed(rows, "fund").select("fund", "granted").rows()


@pytest.mark.parametrize(("number", "more"), [(2, 0), (3, 3)])
def test_a_group_lists_its_largest_projects_and_says_how_many_there_are(monkeypatch, number, more):
    monkeypatch.setattr(project_groups, "LISTED", 2)
    codes = (A, B, C)[:number]
    rows = model(projects=[project(code) for code in codes], finance=[money(A, "1.00"), money(B, "9.00")]).projects
    shown = group(rows)
    assert ([B, A], more) == ([row["project_code"] for row in shown["rows"]], shown["more"])


def test_the_newest_projects_come_first():
    dated = model(
        projects=[project(A, start_date="2015-01-01"), project(B, start_date="2016-01-01"), project(C, start_date=None)]
    )
    assert [B, A] == [row["project_code"] for row in _newest(dated)]
    assert [B, A, C] == listed_rows(dated, "projects")["project_code"].to_list()


def test_organisations_of_most_projects_come_first(aided):
    assert ["1", "0", "2"] == listed_rows(aided, "organisations")["organisation_id"].to_list()


@pytest.mark.parametrize(("first", "last", "years"), [
    ("1985-01-01", "2099-01-01", (1995, 2040)), ("1996-01-01", "2039-12-31", (1996, 2039)),
])  # fmt: skip
def test_years_to_choose_from_keep_to_those_of_the_programmes(first, last, years):
    rows = model(projects=[project(A, start_date=first, end_date=last)]).projects
    chosen = table_pages._years(rows)
    assert years == (chosen[0], chosen[-1])


def test_money_by_year_shows_the_last_years_without_a_gap():
    rows = [project(A, start_date="1990-01-01"), project(B, start_date="2020-01-01")]
    one, kept = model(projects=rows, finance=[money(A, "1.00"), money(B, "2.00")]), {}
    pages = Kept(kept)
    money_page.write(one, pages)
    labels = [year for year in range(1985, 2025) if f">{year}<" in kept["money/index.html"]["chart"]]
    assert list(range(2021 - money_page.YEARS, 2021)) == labels


def test_objectives_of_a_number_that_two_funds_have_are_those_that_projects_name():
    one = model(projects=[project(A, priority_axis="5", specific_objective="10.1")])
    assert "10.1" in _objectives(one, ("2014-2020", "ESR", "5"))
    shared = next(
        axis for axis in one.codes.axes if sum((a[0], a[2]) == (axis[0], axis[2]) for a in one.codes.axes) > 1
    )
    assert [] == _objectives(one, shared)


@pytest.mark.parametrize(
    ("top", "steps"), [(1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (26, [0, 10, 20, 30])]
)
def test_a_scale_has_round_steps_and_at_most_six_of_them(top, steps):
    assert steps == drawings.scale(top)


@pytest.mark.parametrize(("whole", "width"), [(None, "0"), (-1, "0"), (1, "50"), (3, "100")])
def test_a_bar_is_never_longer_than_its_scale(whole, width):
    assert f'class="whole" width="{width}"' in drawings.bar(whole, None, 2)


def test_texts_cannot_end_a_script_or_become_an_element():
    assert r"\u003c/script\u003e \u0026" == script("</script> &")
    assert Markup("&lt;i&gt; <code>&lt;b&gt;</code>") == ticked("<i> `<b>`")


@pytest.mark.parametrize(
    ("values", "answer"), [(["Koulu ry", "KOULU RY"], False), (["a", "b"], True), (["a", None], True), (["a"], False)]
)
def test_values_that_differ_in_case_alone_do_not_disagree(values, answer):
    assert answer is differ(values)


def finding(severity, check, key=A, table="projects", **more):
    return replace(Finding(severity, check, table, key, None, None, f"{check} of {key}"), **more)


def test_the_gravest_come_first_and_what_is_only_worth_knowing_does_not():
    some = [finding("warning", "w"), finding("info", "i"), finding("error", "e"), finding("error", "x", waiver="why")]
    assert ["e", "w"] == [group[0].check for group in quality_pages._worst(model(some))]


PERSON = "name:maija meikäläinen"


@pytest.mark.parametrize(
    ("issues", "start"), [(None, "mailto:?subject="), ("https://example.org/new", "https://example.org/new?title=")]
)
def test_a_finding_can_be_answered_where_the_package_says(issues, start):
    texts = finding_text.FindingTexts(model(projects=[project(A)]), Words("en"), issues)
    shown = texts.shown(finding("error", "e", field="name"))
    assert shown["report"].startswith(start)
    assert ("projects/S20001.html", "of S20001") == (shown["subject"], shown["message"])
    assert "projects,S20001,name,…,…,YYYY-MM-DD" in shown["correction"]


def test_a_message_that_says_no_more_than_its_sources_is_not_repeated():
    sources = (Source("a.txt", 1, 1, "x"), Source("b.txt", 1, 1, "y"))
    assert "" == finding_text._evidence("Title: x in a.txt, y in b.txt", "Title", sources)
    assert "x in a.txt" == finding_text._evidence("Title: x in a.txt", "Title", sources)


def test_of_a_natural_person_a_finding_says_no_more_than_the_rule():
    one = model(projects=[project(A)], organisations=[{"organisation_id": PERSON, "name": "Maija Meikäläinen"}])
    texts = finding_text.FindingTexts(one, Words("en"), None)
    shown = texts.shown(
        finding("error", "e", PERSON, "organisations", value="Maija", sources=(Source("a", 1, 1, "Maija"),))
    )
    assert "ai" not in "".join(str(shown[name]) for name in ("key", "value", "message", "sources", "subject", "correction")).replace(
        Words("en").person, "")  # fmt: skip
    assert "eik" not in shown["report"]


def test_a_code_list_that_is_long_is_shortened_on_its_page(monkeypatch):
    monkeypatch.setattr(data_pages, "LISTED", 2)
    one, kept = model(), {}
    pages = Kept(kept)
    data_pages.write(one, pages, finding_text.FindingTexts(one, pages.words, None), [None])
    funds = kept["data/tables/funds.html"]
    assert (2, True) == (len(funds["rows"]), funds["count"] > 2)


def test_a_page_of_a_user_s_own_table_offers_no_more_rows_than_a_browser_holds(monkeypatch):
    monkeypatch.setattr(listings, "MOST_ROWS", 1)
    assert [A] == listings._own(model(projects=[project(A), project(B)]), "projects")["project_code"].to_list()
