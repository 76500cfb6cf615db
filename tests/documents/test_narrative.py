"""Figures and places in running text: read when they are certain, left alone when not."""

import pytest

from esfdata.documents.kinds.description.costs import costs
from esfdata.documents.kinds.description.counts import counts
from esfdata.documents.kinds.description.locations import lists


def figures(found):
    return {f"{figure.group}/{figure.item}": figure.value for figure in found}


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (
            {"staff": "60000.00", "staff_pct": "75", "services": "20000.00", "services_pct": "25"},
            "Palkkakulut olivat 60 000 € (75 %) ja ostopalvelut 20 000 € (25%).",
        ),
        (
            {"staff": "60000.00", "travel": "1000.50", "flat_rate": "10200.00"},
            "Rahaa meni seuraavasti: 60 000 euroa henkilöstökuluihin, 1 000,50 euroa matkakuluihin ja"
            " 10 200 euroa flat rate -kuluihin.",
        ),
        (
            {"total": "100000.00", "staff": "80000.00", "other": "20000.00"},
            "Hankkeen kokonaiskustannukset olivat 100 000 €, josta palkat 80 000 € ja muut kulut 20 000 €.",
        ),
        (
            {"staff": "80000.00", "other": "20000.00", "verkkosivut": "500.00"},
            "Henkilöstökulut 80 000 €, muut kulut 20 000 € ja verkkosivut 500 €.",
        ),
        ({}, "Palkkakulut olivat 60 000 €."),
        ({}, "Hope jakoi 7700 € harrastustukea ja 500 € ruokaa."),
        ({}, "Palkat 60 000 €, palkkakulut 20 000 € ja ostopalvelut 5 €."),
        ({}, "Palkkakulut 47.126 € ja ostopalvelut 20 000 €."),
    ],
)
def test_costs(expected, sentence):
    assert {f"costs/{item}": value for item, value in expected.items()} == figures(costs(sentence))


@pytest.mark.parametrize(
    ("group", "expected", "sentence"),
    [
        (
            "participants",
            {"total": "120", "women": "70", "men": "50"},
            "Hankkeeseen osallistui 120 henkilöä, joista naisia oli 70 ja miehiä 50.",
        ),
        ("participants", {"total": "1200", "women": "2"}, "Osallistujia oli 1 200, joista kaksi naista."),
        (
            "participants_by_status",
            {"total": "60", "unemployed": "30", "students": "20", "employed": "10"},
            "Mukana oli 60 osallistujaa, joista työttömiä 30 (50 %), opiskelijoita 20 ja työssä käyviä 10.",
        ),
        (
            "participants_by_education",
            {"basic": "5", "secondary": "6", "tertiary": "7"},
            "Perusasteen koulutuksen suorittaneita oli 5, toisen asteen tutkinnon suorittaneita 6 ja"
            " korkeakoulututkinnon suorittaneita 7.",
        ),
        (
            "partners_by_kind",
            {"total": "13", "associations": "7", "companies": "4", "parishes": "1", "museo": "1"},
            "Yhteistyökumppaneita oli 13: seitsemän yhdistystä, 4 yritystä, yksi seurakunta ja 1 museo.",
        ),
        (
            "partners_by_kind",
            {"total": "17", "associations": "7", "companies": "4", "parishes": "1", "museo": "2", "teatteri": "3"},
            "Yhteistyökumppaneita oli 17: 7 yhdistystä, 4 yritystä, 1 seurakunta, 2 museo ja 3 teatteri.",
        ),
        (
            "partners_by_kind",
            {},  # half of the kinds are known, which is no majority
            "Yhteistyökumppaneita oli 16: 7 yhdistystä, 4 yritystä, 2 museo ja 3 teatteri.",
        ),
        ("participants", {}, "Tapahtumissa kävi 505 henkilöä."),
        (
            "participants_by_status",
            {},
            "Työttömille pidettiin 5 kurssia, opiskelijoille 4 ja eläkeläisille 3.",
        ),
        ("partners_by_kind", {}, "Koulutukseen tuli 5 yhdistystä, 4 yritystä ja 3 oppilaitosta."),
        (
            "participants_by_status",
            {},
            "Työttömiä oli 5, opiskelijoita 4, työssä käyviä 3 ja muita ehkä 2 tai 3, 9.",
        ),
        ("participants_by_status", {}, "Työttömiä 5, työttömiä 4 ja opiskelijoita 3."),
    ],
)
def test_counts(group, expected, sentence):
    assert {f"{group}/{item}": value for item, value in expected.items()} == figures(counts(sentence))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            [["Loimaa", "Koski Tl", "Marttila"]],
            "Kolmessa kunnassa: Loimaa, Koski Tl ja Marttila. Lisäksi Turussa.",
        ),
        ([["Juva", "Puumala", "Pertunmaa"]], "Alueena Juva, Puumala sekä Pertunmaa (2019)."),
        ([], "Alueena Juva ja Puumala."),
        ([], "Mäntyharju, Anttola, Laajatupa (Mikkeli), Haukivuori ja Juva"),
        ([], "Juvan, Puumalan ja Mikkelin kunnat"),
        ([["Juva", "Puumala", "Rantasalmi"]], "Juva, Puumala, Rantasalmi ja Mikkelin kaupunki"),
        ([], "juva, puumala ja salo"),
        ([], "Juva, Juva ja Juva"),
    ],
)
def test_lists(expected, text):
    assert expected == [[mention.name for mention in found] for found in lists(text)]
    assert all(text[m.offset :].startswith(m.original) for found in lists(text) for m in found)
