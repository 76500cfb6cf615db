"""Labels of a form: when a text is one, and which lines are its value."""

import pytest
from rapidfuzz import fuzz

from esfdata.documents.document import Line
from esfdata.documents.labels import Label, labelled, match_label

NAME, CODE = Label("name", "Nimi"), Label("code", "Koodi")
LISTED = Label("listed", "Kunnat", listed=True)


def lines(*texts: str) -> list[Line]:
    return [Line(1, number, text) for number, text in enumerate(texts, start=1)]


def value(*texts: str, label: Label = NAME) -> str:
    (read,) = labelled(lines(*texts), (label,))
    return read.value.text


@pytest.mark.parametrize(("text", "alike"), [("a" * 38, True), ("a" * 37, False)])
def test_how_alike_a_text_and_a_label_must_be(text, alike):
    """Of 50 letters 38 are alike to 86.4, 37 to 85.1."""
    label = Label("label", "a" * 50)
    assert (label if alike else None) == match_label(text, (label,))


@pytest.mark.parametrize(("text", "clearly"), [("a" * 29 + "b" * 3, True), ("a" * 29 + "b" * 2, False)])
def test_one_label_must_be_clearly_nearer_than_the_next(text, clearly):
    near, other = Label("near", "a" * 30 + "b" * 3), Label("other", "a" * 30)
    margin = abs(fuzz.ratio(text, near.text) - fuzz.ratio(text, other.text))
    assert clearly == (margin >= 3)
    assert (near if clearly else None) == match_label(text, (near, other))
    assert near == match_label(text, (near, other), clearly=margin)


@pytest.mark.parametrize(("blank", "read"), [(3, "arvo"), (4, "")])
def test_the_gap_before_a_value(blank, read):
    assert read == value("Nimi:", *[""] * blank, "arvo")


@pytest.mark.parametrize(("blank", "read"), [(3, "Juva, Puumala"), (4, "Juva,")])
def test_the_gap_in_a_list(blank, read):
    assert read == value("Kunnat: Juva,", *[""] * blank, "Puumala", label=LISTED)


def test_a_value_that_is_whole_ends_at_a_gap():
    assert "arvo" == value("Nimi: arvo", "", "muuta")


@pytest.mark.parametrize(("further", "read"), [(49, 50), (50, 51), (51, 51), (60, 51)])
def test_the_longest_value(further, read):
    """The line of the label and fifty more."""
    assert read == len(value("Nimi: 0", *(str(number) for number in range(1, further + 1))).split())


def test_a_value_ends_where_a_label_begins():
    names = [(field.label.field, field.value.text) for field in labelled(lines("Nimi: a", "Koodi: b"), (NAME, CODE))]
    assert [("name", "a"), ("code", "b")] == names
