"""Descriptions of projects: the real ones, and one that is cut at every line."""

from dataclasses import replace
from pathlib import Path

import pytest
from reading import HERE, expected, rows

from esfdata.documents import read, statements

REAL = ["S22016-kuvaus", "S21386-kuvaus"]
PATH = HERE / "description" / "joint.txt"


@pytest.fixture(scope="module", params=REAL)
def real(request, shared):
    (document,) = read(shared / "documents" / f"{request.param}.txt")
    return document


def test_real_descriptions(real):
    wanted = expected(HERE / "real" / f"{Path(real.document_id).stem}.csv")
    assert "description" == real.kind
    assert wanted == rows(real, wanted[0])


def test_no_contact_is_stated(real):
    lines = {line.number: line.text for line in real.lines}
    start = next(number for number, text in lines.items() if text.startswith("Hankkeen yhteyshenkilön nimi"))
    secrets = [lines[number].partition(":")[2].strip() for number in range(start, start + 7, 2)]
    secrets.remove("Projektipäällikkö")
    words = {word for secret in secrets for word in secret.replace("(at)", " ").split()}
    assert len(words) >= 4
    for s in statements(real):
        for word in words - {"mikkeli.fi"}:
            assert word not in f"{s.key} {s.value} {s.original}"
        assert not start <= s.line <= start + 6


def test_what_the_real_ones_lack(real):
    gaps = ("missing_label", "missing_section", "unknown_label", "unread_row")
    assert [] == [s for s in statements(real) if s.field in gaps or s.value is None]


@pytest.mark.parametrize("cut", range(35, 132))
def test_a_cut_description_gives_what_it_has(cut):
    """Once the business id is read, a cut changes nothing above it but what is said to be missing."""
    (whole,) = read(PATH)
    part = replace(whole, lines=whole.lines[:cut])
    said = {s for s in statements(whole) if s.table != "documents" and s.line < cut - 3}
    kept = {s for s in statements(part) if s.table != "documents" and s.line < cut - 3}
    assert said == kept


def test_missing_sections_of_a_cut_description():
    (whole,) = read(PATH)
    part = replace(whole, lines=whole.lines[:75])
    gaps = [(s.line, s.value) for s in statements(part) if s.field == "missing_section"]
    assert [
        (
            75,
            "5 Projektin julkinen rahoitus, euroa; 6 Maantieteellinen kohdealue; "
            "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista; "
            "8 Horisontaaliset periaatteet",
        )
    ] == gaps


def test_a_description_without_a_readable_code_keeps_its_statements_apart():
    (whole,) = read(PATH)
    lines = [line._replace(text=line.text.replace("A70123", "tuntematon")) for line in whole.lines]
    stated = list(statements(replace(whole, lines=tuple(lines))))
    assert {"?joint.txt"} == {s.key for s in stated if s.table == "projects"}
    assert [(None, "tuntematon")] == [(s.value, s.original) for s in stated if s.field == "project_code"]
