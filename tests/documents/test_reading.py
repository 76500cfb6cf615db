"""Reading files as documents, recognising their kind, and what the small documents here state."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import CARD, HERE, document, expected, rows

from esfdata.documents import KINDS, read, statements
from esfdata.documents.source_files import decode, lines_of
from esfdata.exceptions import SourceError

KINDS_HERE = ("description", "card", "correction")
INPUTS = sorted(
    path for kind in KINDS_HERE for path in (HERE / kind).iterdir() if not path.name.endswith(".expected.csv")
)
DESCRIPTION = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n1 Hanke\n\nHankekoodi: S20001\n"


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_small_documents(path):
    wanted = expected(path.with_name(f"{path.stem}.expected.csv"))
    (read_document,) = read(path)
    assert path.parent.name == read_document.kind
    assert wanted == rows(read_document, wanted[0])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (DESCRIPTION.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + DESCRIPTION.encode(), "utf-8-sig"),
        (b"\xff\xfe" + DESCRIPTION.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + DESCRIPTION.encode("utf-16-be"), "utf-16"),
        ((DESCRIPTION + "Ääkkösiä – ja € \n").encode("cp1252"), "cp1252"),
        (DESCRIPTION.replace("\n", "\r\n").encode(), "utf-8"),
        (DESCRIPTION.replace("\n", "\r").encode(), "utf-8"),
        ((DESCRIPTION + "ä").encode()[:-1], "utf-8"),
    ],
)
def test_encodings(tmp_path, content, encoding):
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    (found,) = read(path)
    assert (encoding, "description", None) == (found.encoding, found.kind, found.problem)
    assert 5 == next(s.line for s in statements(found) if s.field == "project_code")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        ("\u00a0\n".encode(), "holds nothing but white space"),
        (b"%PDF-1.7\n", "is a PDF file"),
        (b"PK\x03\x04", "is a zip file"),
        (b"abc\x00def", "is binary"),
        (bytes(range(256)), "is binary"),
        ("määrä".encode() + b"\xe4 x", "is binary"),
        (b"Some other text\n", "is no document of a known kind"),
        ((CARD + DESCRIPTION).encode(), "is claimed by two kinds, description and card"),
    ],
)
def test_a_bad_file_is_a_document_with_a_problem(tmp_path, content, what):
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    (found,) = read(path)
    assert found.kind is None
    assert found.problem.startswith(f"paper.txt {what}")
    assert "accepted are" in found.problem
    assert [] == list(statements(found))


def test_a_bad_file_does_not_stop_the_rest(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x00")
    (tmp_path / "b.txt").write_text(DESCRIPTION, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(DESCRIPTION, encoding="utf-8")
    assert [("a.txt", None), ("b.txt", "description")] == [(d.document_id, d.kind) for d in read([tmp_path])]


def test_folders_tell_files_of_one_name_apart(tmp_path):
    for place in ("x/one/p.txt", "x/two/p.txt", "y/one/p.txt", "q.txt"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DESCRIPTION, encoding="utf-8")
    found = read([tmp_path, tmp_path / "q.txt"])
    assert ["q.txt", "x:one:p.txt", "two:p.txt", "y:one:p.txt"] == [d.document_id for d in found]


@pytest.mark.parametrize("name", ["absent.txt", "empty"])
def test_what_cannot_be_a_source_is_said(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=name):
        read([tmp_path / name])


def test_pages_and_lines():
    assert [(1, 1, "a"), (1, 2, ""), (2, 3, " b"), (2, 4, "c d"), (3, 5, "e")] == [
        line[:3] for line in lines_of("a\n\n\fb\nc\fd\ne\n")
    ]


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_kinds_never_both_claim_a_part(cut):
    """What one kind takes for its own is never another's, whatever is left of the text."""
    for path in INPUTS:
        text = "\n".join(path.read_text(encoding="utf-8").split("\n")[cut:])
        if text.strip():
            assert sum(kind.recognises(document(text)) for kind in KINDS.values()) <= 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    path=st.sampled_from([path for path in INPUTS if path.suffix != ".csv"]),
    seed=st.integers(0, 10**6),
    way=st.sampled_from(["cut", "shuffle", "drop", "noise", "join", "split"]),
)
def test_no_damage_breaks_a_reading_or_lets_a_contact_through(path, seed, way):
    chance = random.Random(seed)
    lines = path.read_text(encoding="utf-8").split("\n")
    if way == "cut":
        lines = lines[: chance.randrange(len(lines))]
    elif way == "shuffle":
        chance.shuffle(lines)
    elif way == "drop":
        lines = [line for line in lines if chance.random() < 0.8]
    elif way == "noise":
        noise = "aeäö:.|*-0O \x0c"
        lines = ["".join(c if chance.random() > 0.02 else chance.choice(noise) for c in line) for line in lines]
    elif way == "join":
        lines = [line for line in lines if line.strip()]
    else:
        lines = [part for line in lines for part in line.split(": ")]
    text = "\n".join(lines) or "-"
    for kind in {path.parent.name, document(text).kind} - {None}:
        for s in statements(replace(document(text), kind=kind)):
            said = f"{s.key} {s.value} {s.original}"
            assert not [secret for secret in ("Erkki", "erkki.", "123 4567", "1234567") if secret in said]
            assert 1 <= s.line <= len(lines_of(text))


@settings(max_examples=100)
@given(st.text())
def test_any_text_can_be_read(text):
    for kind in KINDS:
        list(statements(replace(document(text), kind=kind)))


@given(st.binary())
def test_any_bytes_can_be_decoded_or_refused(content):
    decoded = decode(content)
    assert decoded is None or isinstance(decoded[0], str)


@pytest.mark.parametrize(
    "text",
    [
        "Hankekoodi: " + "S" * 1_000_000,
        DESCRIPTION + "Hankkeen nimi: " + "pitkä nimi\n" * 50_000,
        DESCRIPTION + "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n" + "Juva, 1 € ja " * 50_000,
        CARD + "Hankkeen nimi, " * 50_000,
        "|" * 500_000,
        "<" * 500_000,
        "**" * 500_000,
    ],
)
def test_long_texts_are_read_in_bounded_time(text):
    for kind in ("description", "card"):
        list(statements(replace(document(text), kind=kind)))


def test_nothing_is_stated_twice():
    for path in INPUTS:
        places = [(s.table, s.key, s.field, s.line) for s in statements(read(path)[0])]
        assert len(set(places)) == len(places)
