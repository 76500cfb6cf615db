"""Readings of Finnish text."""

import re
from datetime import date as day
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfdata import text
from esfdata.text.identifiers import is_business_id

FORMS = [re.compile(form) for form in ("S1[0-9]{4}", "S2[0-9]{4}", "A5[0-9]{5}", "A7[0-9]{4}")]


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        ("etela savon ely keskus", "Etelä-Savon  ELY-keskus"),
        ("porukalla", " Porukalla! "),
        ("a b", "A_b"),
        ("", "—"),
        ("strasse", "Straße"),
    ],
)
def test_fold(expected, given_text):
    assert expected == text.fold(given_text)


@given(st.text())
def test_fold_is_stable_and_plain(given_text):
    folded = text.fold(given_text)
    assert folded == text.fold(folded) == text.fold(f" {given_text}!") == folded.strip()
    assert text.squeeze(given_text) == folded.replace(" ", "")


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        ("1490940.00", "1 490 940 €"),
        ("63792.00", "63 792€"),
        ("198808.00", "198\u00a0808"),
        ("198808.00", "198\u2009808 euroa"),
        ("198808.00", "198\u202f808,- €"),
        ("47126.50", "47 126,50 €"),
        ("47126.50", "47126.5"),
        ("1490940.50", "1.490.940,50"),
        ("-120.00", "−120 €"),
        ("0.00", "0"),
        (None, "47.126"),
        (None, "1 49 940"),
        (None, "15O 000"),
        (None, "noin 100"),
        (None, "1 000 2 000"),
        (None, ""),
    ],
)
def test_amount(expected, given_text):
    value = text.amount(given_text)
    assert expected == (None if value is None else text.euros(value))


@given(st.decimals(min_value=0, max_value=10**11, places=2), st.sampled_from([" ", "\u00a0", "\u2009"]))
def test_amounts_of_any_size_are_read_exactly(value, space):
    written = f"{value:,.2f}".replace(",", space).replace(".", ",") + " €"
    assert Decimal(value) == text.amount(written)


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        (day(2018, 7, 1), "1.7.2018"),
        (day(2018, 7, 1), "01.07.2018"),
        (day(2018, 7, 1), "2018-07-01"),
        (day(2020, 2, 29), "29.2.2020"),
        (None, "29.2.2019"),
        (None, "31.4.2020"),
        (None, "1.7.18"),
        (None, "1.7.2018 asti"),
    ],
)
def test_date(expected, given_text):
    assert expected == text.date(given_text)


@given(st.dates(min_value=day(1000, 1, 1)))
def test_every_day_is_read(given_day):
    assert given_day == text.date(f"{given_day.day}.{given_day.month}.{given_day.year}")


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        (("1.7.2018", "30.6.2021"), "Alkaa 1.7.2018 ja päättyy 30.6.2021"),
        (("1.7.2018", "30.6.2021"), "alkaa 1.7.2018 ja paattyy 30.6.2021"),
        (("1.9.2016", "30.9.2017"), "nimi, 1.9.2016 — 30.9.2017 (hanke"),
        (("15.4.", "31.10.2020"), "15.4.–31.10.2020"),
        (None, "1.7.2018"),
    ],
)
def test_period(expected, given_text):
    found = text.period(given_text)
    assert expected == (found and (found["start"], found["end"]))


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        (("2019-09", "syyskuu 2019", False), "Koonnut Sokra, syyskuu 2019"),
        (("2021-06", "kesakuu 2021", True), "Koonnut Sokra, kesakuu 2021"),
        (("2021-07", "heinäkuussa 2021", False), "heinäkuussa 2021"),
        (("2021-08", "elukokuu 2021", True), "elukokuu 2021"),  # 85.7 alike, toukokuu 10.7 less
        (None, "elkakuu 2021"),  # lokakuu is 85.7 alike, elokuu 8.8 less
        (("2021-04", "ehtikuu 2021", True), "ehtikuu 2021"),  # 80.0 alike
        (None, "huhtraskuu 2021"),  # 77.8 alike
        (None, "kuu 2021"),
        (None, "elokuu"),
    ],
)
def test_month(expected, given_text):
    assert expected == text.month(given_text)


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        (1, "yksi"),
        (8, "Kahdeksan"),
        (10, "kymmenen"),
        (13, "kolmetoista"),
        (25, "kaksikymmentäviisi"),
        (100, "sata"),
        (367, "kolmesataakuusikymmentäseitsemän"),
        (1200, "tuhat kaksisataa"),
        (4, "nelja"),
        (None, "kuudesta"),
        (None, "moni"),
    ],
)
def test_number_word(expected, given_text):
    assert expected == text.number_word(given_text)


@pytest.mark.parametrize(("expected", "given_text"), [(1200, "1 200"), (9, "9"), (2, "kaksi"), (None, "n. 9")])
def test_count(expected, given_text):
    assert expected == text.count(given_text)


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        ("0165116-3", "0165116-3"),
        ("0165116-3", "165116-3"),
        ("0165116-3", "0165116 – 3"),
        ("0165116-3", "FI01651163"),
        ("0165116-3", "01651163"),
        ("0165116-4", "0165116-4"),
        (None, "01651164"),
        (None, "0-165116-3"),
        (None, "10 000"),
    ],
)
def test_business_id(expected, given_text):
    assert text.Reading(expected) == text.business_id(given_text)


def test_letters_in_a_business_id_are_read_as_digits_only_if_the_check_digit_proves_it():
    assert ("0165116-3", True) == (
        text.business_id("O165l16-3").value,
        bool(text.business_id("O165l16-3").repair),
    )
    assert text.Reading(None) == text.business_id("O165l16-4")


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (True, "0165116-3"),
        (True, "0944845-0"),
        (False, "0165116-4"),
        (False, "0000000-0"),
        (False, "01651163"),
        (False, "165116-3"),
        (False, "0165116–3"),
        (False, "0165116-3 "),
    ],
)
def test_is_business_id(expected, value):
    assert expected == is_business_id(value)


@pytest.mark.parametrize(
    ("expected", "repaired", "given_text"),
    [
        ("S20731", False, "S20731"),
        ("S20731", False, " s20731, "),
        ("S20731", True, "$20731"),
        ("S20731", True, "S2O731"),
        ("S21011", True, "S2lOI1"),
        ("A529974", False, "A529974"),
        (None, False, "520731"),
        (None, False, "S2073"),
        (None, False, "S207311"),
        (None, False, "S20x31"),
        (None, False, "Hankekoodi"),
    ],
)
def test_project_code(expected, repaired, given_text):
    reading = text.project_code(given_text, FORMS)
    assert (expected, repaired) == (reading.value, reading.repair is not None)


@pytest.mark.parametrize(
    ("expected", "given_text"),
    [
        ("+358151941", "015 1941"),
        ("+358151941", "0151941"),
        ("+358151941", "puh. (015) 1941"),
        ("+358151941", "+358 15 1941"),
        (None, "(08)"),
        (None, "Erkki 015 1941"),
        (None, "vaihde"),
    ],
)
def test_phone(expected, given_text):
    assert expected == text.phone(given_text)


def test_is_mobile():
    assert [True, False] == [text.is_mobile("+358401234567"), text.is_mobile("+358151941")]


PERSONAL = [
    *(f"010190{century}123A" for century in "+-YXWVUABCDEF"),
    "erkki.esimerkki@example.fi",
    "erkki.esimerkki(at)example.fi",
    "erkki.esimerkki (@) example.fi",
    "erkki [at] example.fi",
    "040 123 4567",
    "0401234567",
    "+358 40 123 4567",
    "015 1941",
    "FI21 1234 5600 0007 85",
    "FI2112345600000785",
    "DE89 3704 0044 0532 0130 00",
]
HARMLESS = [
    "198 808 €",
    "1.7.2018 – 30.6.2021",
    "0165116-3",
    "00120 Helsinki",
    "vuosina 2018-2021",
    "S20731, A6012345678",
    "kello 10-12",
    "Maaherrankatu 9-11",
]


@pytest.mark.parametrize("secret", PERSONAL)
def test_mask_hides_personal_data(secret):
    assert f"Soita ({text.MASK}) nyt" == text.mask(f"Soita ({secret}) nyt")


@pytest.mark.parametrize("harmless", HARMLESS)
def test_mask_leaves_the_rest(harmless):
    assert harmless == text.mask(harmless)


@given(st.text(), st.sampled_from(PERSONAL), st.text())
def test_mask_leaves_nothing_to_mask(before, secret, after):
    masked = text.mask(f"{before} {secret} {after}")
    assert secret not in masked or secret in before or secret in after
    assert masked == text.mask(masked)


@given(st.text())
def test_no_text_breaks_a_reading(given_text):
    for reading in (
        text.amount, text.count, text.date, text.month, text.period, text.phone, text.business_id, text.bare,
        text.collapse, text.mask,
    ):  # fmt: skip
        reading(given_text)
    text.project_code(given_text, FORMS)
