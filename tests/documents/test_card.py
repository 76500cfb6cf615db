"""Project cards: the real ones, and the ways in which recognition runs their two columns together."""

from pathlib import Path

import pytest
from reading import CARD, HERE, document, expected, rows

from esfdata.documents import damaged, read, statements
from esfdata.documents.organisation_names import implementers
from esfdata.documents.passage import Passage

REAL = ["S20731-hankekortti.txt", "S21386-hankekortti.md", "S22016-hankekortti.txt"]


@pytest.mark.parametrize("name", REAL)
def test_real_cards(shared, name):
    wanted = expected(HERE / "real" / f"{Path(name).stem}.csv")
    (card,) = read(shared / "documents" / name)
    assert "card" == card.kind
    assert wanted == rows(card, wanted[0])


def test_damage_is_seen(shared):
    found = {d.document_id: damaged(d) for d in read(shared / "documents")}
    assert {"S20731-hankekortti.txt", "S22016-hankekortti.txt"} == {name for name, lost in found.items() if lost}


def stated(text, field):
    return [(s.value, s.original, s.line) for s in statements(document(CARD + text)) if s.field == field]


@pytest.mark.parametrize(
    "label",
    [
        "Rahoittaja ja toteutunut julkinen rahoitus\n",
        "Rahoittaja ja toteutunut\njulkinen rahoitus\n\n",
        "Rahoittaja ja toteutunut julkinen rahoitus: ",
        "RAHOITTAJA JA TOTEUTUNUT JULKINEN RAHOITUS ",
        "Rahoittaia ja toteutunut julkincn rahoitus\n",
        "Rahoittaja ja toteu-\ntunut julkinen rahoitus\n",
        "| **Rahoittaja ja toteutunut julkinen rahoitus** | ",
    ],
)
def test_a_label_in_any_form(label):
    end = " |" if label.startswith("|") else ""
    line = 2 + label.count("\n")
    found = stated(f"{label}Hämeen ELY-keskus, 47 126,50 €{end}\n", "realised_public_eur")
    assert [("47126.50", "47 126,50", line)] == found


@pytest.mark.parametrize(
    ("expected_value", "funding"),
    [
        ("47126.00", "Hämeen ELY-keskus 47 126 €"),
        (None, "Hämeen ELY-keskus, noin 47 126 €"),
        (None, "Hämeen ELY-keskus, 47 l26 €"),
    ],
)
def test_an_amount_is_read_only_where_it_is_certain(expected_value, funding):
    text = f"Rahoittaja ja toteutunut julkinen rahoitus\n{funding}\n"
    assert [expected_value] == [value for value, *_ in stated(text, "realised_public_eur")]
    long = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"
    assert [long] == [value for value, *_ in stated(text, "authority")]


@pytest.mark.parametrize(
    ("names", "transfers", "text"),
    [
        (["Mallilan kaupunki"], False, "Mallilan kaupunki"),
        (["Mallilan kaupunki"], True, "Mallilan kaupunki ja tuensiirron saajat"),
        (["Mallilan kaupunki", "Rannan kunta"], False, "Mallilan kaupunki ja Rannan kunta"),
        (["A ry", "Opisto Oy", "B ry"], True, "A ry, Opisto Oy, B ry ja tuen siirron saajat"),
        (["Nuorten ja vanhempien tuki ry"], False, "Nuorten ja vanhempien tuki ry"),
        (
            ["Järvi-Suomen sosiaali- ja terveysalan tuki ry"],
            False,
            "Järvi-Suomen sosiaali- ja terveysalan tuki ry",
        ),
        (
            ["Hämeen elinkeino-, liikenne- ja ympäristökeskus"],
            False,
            "Hämeen elinkeino-, liikenne- ja ympäristökeskus",
        ),
        (["A ry", "B ry"], False, "A ry; B ry"),
    ],
)
def test_implementers(names, transfers, text):
    line = document(text).lines[0]
    found, passed_on = implementers(Passage.of([(line, text)]))
    assert (names, transfers) == ([name for _, name in found], passed_on is not None)


def test_the_page_of_another_project_is_not_its_own():
    base = "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi="
    text = f"S20045, Polku\n{base}S20045\n{base}S20046\n"
    assert [(f"{base}S20045", f"{base}S20045", 3)] == stated(text, "url")
    assert ["S20045", "S20045"] == [value for value, *_ in stated(text, "project_code")]
