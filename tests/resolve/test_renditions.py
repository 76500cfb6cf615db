"""Renditions: which documents are one, which of them is the best, and what a further one keeps."""

from dataclasses import replace
from pathlib import Path

import pytest
from samples import package

from esfdata.documents.document import Document, Line, Statement
from esfdata.resolve.best_source import resolve
from esfdata.resolve.renditions import once, renditions

FIELDS = tuple(f"field_{number}" for number in range(19))


def document(name: str, media_type: str = "text/plain") -> Document:
    return Document(name, Path(name), "0" * 64, media_type, (Line(1, 1, "text"),), kind="description")


def cell(field: str, value: str | None, table: str = "projects", key: str = "S22016") -> Statement:
    return Statement(table, key, field, value, value or "", 1, 1)


def stated(name: str, cells: dict[str, str | None], media_type: str = "text/plain"):
    """A document and its statements: the code of its project, and these cells of it."""
    return document(name, media_type), [cell("project_code", "S22016"), *(cell(*pair) for pair in cells.items())]


def names(groups) -> list[list[str]]:
    return [[document.document_id for document, _ in group] for group in groups]


@pytest.mark.parametrize(("other", "one"), [(2, True), (3, False)])
def test_nine_of_ten_shared_cells_must_be_alike(other, one):
    """With the code of the project there are twenty cells that both state."""
    first = dict.fromkeys(FIELDS, "a")
    second = first | dict.fromkeys(FIELDS[:other], "b")
    groups = names(renditions([stated("a", first), stated("b", second)]))
    assert ([["a", "b"]] if one else []) == groups


@pytest.mark.parametrize(("shared", "one"), [(9, True), (8, False)])
def test_half_of_the_cells_of_the_shorter_one_must_be_shared(shared, one):
    first = dict.fromkeys(FIELDS, "a")
    second = dict.fromkeys(FIELDS[:shared], "a") | {f"other_{number}": "a" for number in range(19 - shared)}
    groups = names(renditions([stated("a", first), stated("b", second)]))
    assert ([["a", "b"]] if one else []) == groups


def test_the_shares_are_parameters():
    first, second = stated("a", dict.fromkeys(FIELDS, "a")), stated("b", dict.fromkeys(FIELDS, "b"))
    assert [["a", "b"]] == names(renditions([first, second], alike=0.05))
    assert [] == names(renditions([first, second], alike=0.06))


def test_the_code_of_a_project_is_its_own():
    """Another code among the statements, of a project that a document mentions, makes no group."""
    first, second = stated("a", {"name": "a"}), stated("b", {"name": "a"})
    second[1][0] = cell("project_code", "S20001", key="S20001")
    second[1].append(cell("fund", "S22016"))
    assert [] == names(renditions([first, second]))


@pytest.mark.parametrize(("month", "one"), [("2021-06", True), ("2021-07", False)])
def test_another_month_of_compilation_is_another_edition(month, one):
    cells = dict.fromkeys(FIELDS, "a")
    both = [stated("a", cells), stated("b", cells)]
    for (_, statements), compiled in zip(both, ("2021-06", month)):
        statements.append(cell("compiled", compiled, "documents", key="x"))
    assert ([["a", "b"]] if one else []) == names(renditions(both))


@pytest.mark.parametrize(("value", "best"), [("true", "b"), ("false", "a")])
def test_a_damaged_rendition_is_not_the_best(value, best):
    first, second = stated("a", {"name": "x"}), stated("b", {"name": "x"}, "text/html")
    first[1].append(cell("damaged", value, "documents", key="a"))
    assert best == names(renditions([first, second]))[0][0]


def test_a_rendition_says_no_gap_again_and_keeps_its_own():
    first, second = stated("a", {"name": "x"}), stated("b", {"name": "x"})
    first[1].append(cell("missing_label", "Tila", "documents", key="a"))
    second[1].extend(cell("missing_label", value, "documents", key="b") for value in ("Tila", "Rahasto"))
    (_, kept) = once([first, second])[1]
    assert [("rendition_of", "a"), ("project_code", "S22016"), ("missing_label", "Rahasto")] == [
        (s.field, s.value) for s in kept
    ]


def test_what_a_further_rendition_could_not_read_is_no_difference():
    cells = dict.fromkeys(FIELDS, "a")
    (_, kept) = once([stated("a", cells), stated("b", cells | {FIELDS[0]: None})])[1]
    assert ["rendition_of", "project_code"] == [s.field for s in kept]


def test_what_a_further_rendition_has_otherwise_or_alone_is_kept():
    cells = dict.fromkeys(FIELDS, "a")
    (_, kept) = once([stated("a", cells), stated("b", cells | {FIELDS[0]: "b", "alone": None})])[1]
    assert {"rendition_of": "a", "project_code": "S22016", FIELDS[0]: "b", "alone": None} == {
        s.field: s.value for s in kept
    }


def test_two_that_state_their_code_alone_are_one():
    assert [["a", "b"]] == names(renditions([stated("a", {}), stated("b", {})]))


def test_what_is_of_no_kind_or_has_no_code_is_no_rendition():
    first, second = (stated(name, {"name": "x"}) for name in ("a", "b"))
    of_no_kind = [(replace(document, kind=None), statements) for document, statements in (first, second)]
    assert [] == names(renditions(of_no_kind))
    assert [] == names(renditions([(document, statements[1:]) for document, statements in (first, second)]))


def test_a_value_comes_from_the_best_rendition_whatever_the_others_are_called():
    """Of equals the later document comes first, so that without its rank a further rendition would win."""
    best, further = stated("a", {"name": "Best"}), stated("z", {"name": "Further"})
    further[1].append(cell("rendition_of", "a", "documents", key="z"))
    assert ["Best"] == resolve([best, further], package())["projects"]["name"].to_list()


def test_a_document_of_several_projects_has_no_code():
    one = stated("a", {"name": "x"})
    two = stated("b", {"name": "x"})
    two[1].append(cell("name", "y", key="S20001"))
    nothing = (replace(document("c"), kind=None, sha256=""), [])
    rows = resolve([one, two, nothing], package())["documents"].set_index("document_id")
    assert {"a": "S22016"} == rows["project_code"].dropna().to_dict()
    assert {"a": "0" * 64, "b": "0" * 64} == rows["sha256"].dropna().to_dict()
