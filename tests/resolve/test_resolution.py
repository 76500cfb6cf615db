"""Resolution: which source wins, what is kept, and what two names for one organisation become."""

from pathlib import Path

import pytest

from esfdata.documents.document import Document, Statement
from esfdata.resolve.best_source import resolve
from esfdata.tables.reading import blank


def document(name: str, kind: str) -> Document:
    return Document(name, Path(name), "0" * 64, "text/plain", (), kind=kind)


def name(value: str | None, line: int = 9, original: str | None = None) -> Statement:
    return Statement("projects", "S22016", "name", value, original or value or "", 1, line)


def resolved(*stated):
    return resolve(stated, blank())


ORDER = [
    ({"a": ("card", "Card"), "b": ("description", "Description")}, "Description"),
    ({"a": ("description", "Description"), "b": ("correction", "Correction")}, "Correction"),
    ({"a": ("export", "Export"), "b": ("card", "Card")}, "Export"),
    ({"a": ("description", None), "b": ("card", "Card")}, "Card"),
    ({"a": ("description", "Earlier"), "b": ("description", "Later")}, "Later"),
]


@pytest.mark.parametrize(("sources", "winner"), ORDER, ids=[winner for _, winner in ORDER])
def test_the_best_source_wins(sources, winner):
    package = resolved(*((document(n, kind), [name(value)]) for n, (kind, value) in sources.items()))
    assert [winner] == package["projects"]["name"].to_list()
    assert len(sources) == len(package["statements"])


def test_a_later_snapshot_wins_over_an_earlier_one():
    def snapshot(document_id: str, compiled: str, value: str):
        about = Statement("documents", document_id, "compiled", compiled, compiled, 1, 1)
        return document(document_id, "export"), [about, name(value)]

    package = resolved(snapshot("z.csv", "2016-01", "Old"), snapshot("a.csv", "2020-01", "New"))
    assert ["New"] == package["projects"]["name"].to_list()


def test_a_name_is_taken_for_the_one_organisation_so_named():
    description = [
        Statement("organisations", "0165116-3", "name", "Mikkelin kaupunki", "Mikkelin kaupunki", 1, 23),
        Statement("participations", "S22016/0165116-3/beneficiary", "organisation_id", "0165116-3", "x", 1, 23),
    ]
    key = "name:mikkelin kaupunki"
    card = [
        Statement("organisations", key, "name", "Mikkelin kaupunki", "Mikkelin kaupunki", 1, 5),
        Statement("participations", f"S22016/{key}/implementer", "organisation_id", key, "Mikkelin kaupunki", 1, 5),
    ]
    package = resolved((document("a", "description"), description), (document("b", "card"), card))
    assert ["0165116-3"] == package["organisations"]["organisation_id"].to_list()
    roles = package["participations"][["organisation_id", "role"]].values.tolist()
    assert [["0165116-3", "beneficiary"], ["0165116-3", "implementer"]] == roles


def test_a_name_that_two_organisations_bear_is_left_alone():
    stated = [
        Statement("organisations", key, "name", "Sama nimi ry", "Sama nimi ry", 1, line)
        for line, key in enumerate(["0165116-3", "2678219-4", "name:sama nimi ry"], start=1)
    ]
    package = resolved((document("a", "description"), stated))
    assert 3 == len(package["organisations"])


def test_a_document_without_a_code_is_kept_but_in_no_table():
    lost = Statement("projects", "?a", "name", "Lost", "Lost", 1, 2)
    package = resolved((document("a", "description"), [lost]))
    assert (0, 1) == (len(package["projects"]), len(package["statements"]))


def test_what_could_not_be_read_keeps_its_original():
    package = resolved((document("a", "description"), [name(None, original="@@@")]))
    assert [[None, "@@@"]] == package["statements"][["value", "original"]].astype(object).where(
        package["statements"][["value", "original"]].notna(), None
    ).values.tolist()
    assert package["projects"]["name"].isna().all()


def test_a_misprinted_business_id_does_not_take_the_place_of_the_right_one():
    right = [
        Statement("organisations", "0165116-3", "name", "Mikkelin kaupunki", "Mikkelin kaupunki", 1, 23),
        Statement("organisations", "0165116-3", "business_id", "0165116-3", "0165116-3", 1, 27),
    ]
    wrong = [
        Statement("organisations", "name:mikkelin kaupunki", "name", "Mikkelin kaupunki", "Mikkelin kaupunki", 1, 23),
        Statement("organisations", "name:mikkelin kaupunki", "business_id", "0165116-4", "0165116-4", 1, 27),
    ]
    package = resolved((document("a", "description"), right), (document("b", "description"), wrong))
    assert [["0165116-3", "0165116-3"]] == package["organisations"][["organisation_id", "business_id"]].values.tolist()


def test_the_line_of_a_figure_is_that_of_its_value():
    key = "S22016/a/costs/staff"
    figure = [
        Statement("figures", key, "unit", "EUR", "100 euroa", 1, 3),
        Statement("figures", key, "value", "100.00", "100 euroa", 1, 4),
    ]
    rows = resolved((document("a", "description"), figure))["figures"]
    assert [("100.00", 4)] == [(str(value), line) for value, line in zip(rows["value"], rows["line"])]
