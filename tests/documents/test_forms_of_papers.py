"""Forms of papers: what each reader makes of pages, tables and bad files."""

import io
import zipfile
from pathlib import Path

import generator
import printing
import pytest

from esfdata.documents import read, recognised, statements
from esfdata.documents.layout import READERS, docx_paragraphs, form, ocr
from esfdata.documents.source_files import read_file
from esfdata.resolve.renditions import once, renditions

FORMS = ["txt", "md", "html", "docx"]


def stated(path: Path, *, comparable: bool = True) -> set[tuple[str, str, str, str | None]]:
    """What a file states, without its own name."""
    document = recognised(read_file(path, "@"))
    assert document.problem is None, document.problem
    return {(s.table, s.key, s.field, s.value) for s in statements(document)}


def texts(media_type: str, content: bytes) -> list[str]:
    return [line.text for line in READERS[media_type](content)]


@pytest.mark.parametrize("name", ["S21386-kuvaus.html", "S21386-kuvaus.pdf"])
def test_a_rendition_of_a_description_states_what_its_text_states(shared, name):
    expected = stated(shared / "documents" / "S21386-kuvaus.txt")
    assert expected == stated(shared / "renditions" / name)


def test_a_printed_card_states_what_its_table_states_and_its_title(shared):
    expected = stated(shared / "documents" / "S21386-hankekortti.md")
    title = {("projects", "S21386", "fund", "ESR"), ("projects", "S21386", "priority_axis", "5")}
    assert expected | title == stated(shared / "renditions" / "S21386-hankekortti.pdf")


def test_lines_of_a_web_page_are_its_own(shared):
    path = shared / "renditions" / "S21386-kuvaus.html"
    source = path.read_text(encoding="utf-8").split("\n")
    for line in read_file(path, "@").lines:
        words = line.text.split()
        assert all(word in source[line.number - 1] for word in words[:1])


def test_pages_of_a_pdf_are_its_own(shared):
    document = recognised(read_file(shared / "renditions" / "S21386-kuvaus.pdf", "@"))
    pages = {s.field: s.page for s in statements(document) if s.table == "finance" or s.field == "name"}
    assert {"granted_eu_state_eur": 4, "realised_public_eur": 4}.items() <= pages.items()
    assert list(range(1, len(document.lines) + 1)) == [line.number for line in document.lines]


def test_renditions_are_counted_once(shared):
    found = [(document, list(statements(document))) for document in read([shared])]
    names = [[document.document_id for document, _ in group] for group in renditions(found)]
    assert [
        ["S21386-kuvaus.txt", "S21386-kuvaus.html", "S21386-kuvaus.pdf"],
        ["S21386-hankekortti.md", "S21386-hankekortti.pdf"],
    ] == names
    kept = {document.document_id: list(said) for document, said in once(found)}
    assert ["rendition_of", "damaged", "project_code"] == [s.field for s in kept["S21386-kuvaus.pdf"]]
    assert "S21386-kuvaus.txt" == kept["S21386-kuvaus.pdf"][0].value


def test_a_rendition_keeps_what_it_says_otherwise(tmp_path):
    paper = generator.description(1)
    (tmp_path / "a.txt").write_bytes(printing.text(paper))
    (tmp_path / "b.html").write_bytes(printing.html(paper).replace(b"Toiminnan tila:</b> ", b"Toiminnan tila:</b> X"))
    found = [(document, list(statements(document))) for document in read([tmp_path])]
    further = dict(zip(("a", "b"), once(found)))["b"][1]
    assert ["rendition_of", "damaged", "project_code", "status"] == sorted(
        (s.field for s in further), key=["rendition_of", "damaged", "project_code", "status"].index
    )


def test_two_editions_are_no_renditions(tmp_path):
    """A later list of the same project's facts differs in too much, and a card has its month."""
    card = printing.text(generator.card(5)).decode()
    year = int(card.split("kuu ")[1][:4])
    (tmp_path / "a.txt").write_text(card)
    (tmp_path / "b.txt").write_text(card.replace(f"kuu {year}", f"kuu {year + 1}"))
    assert [] == renditions((document, list(statements(document))) for document in read([tmp_path]))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("style", printing.STYLES)
@pytest.mark.parametrize("suffix", ["html", "docx"])
@pytest.mark.parametrize("kind", ["description", "card"])
def test_every_form_states_the_same(tmp_path, kind, suffix, style, seed):
    paper = getattr(generator, kind)(seed)
    (tmp_path / "a.txt").write_bytes(printing.text(paper))
    (tmp_path / f"b.{suffix}").write_bytes(printing.WRITERS[suffix](paper, style))
    expected = {one for one in stated(tmp_path / "a.txt") if one[0] != "documents"}
    assert expected == {one for one in stated(tmp_path / f"b.{suffix}") if one[0] != "documents"}


def test_a_page_as_lines():
    page = (
        b"<!doctype html><html><head><title>no</title></head><body>\n"
        b"<p>one\n  &auml;<b>two</b></p><script>'no'</script>\n<!-- no\n -->three<br>four\n"
        b"<table><tr><th>label<td>value\n<tr><td>\n\nsecond</td><td><p>a</p>\n<p>b|c</p></td></table>"
        b"<table><tr><td><h2>5 Titel</h2><td>menu</table></body></html>"
    )
    assert [
        (2, "one ätwo"), (5, ""), (5, "three"), (5, "four"), (6, ""), (6, "| label | value |"),
        (9, "| second | a |"), (10, "|  | b¦c |"), (10, ""), (10, "5 Titel"), (10, ""), (10, "menu"),
    ] == [(line.number, line.text) for line in READERS["text/html"](page)]  # fmt: skip


def test_a_word_document_as_lines():
    w = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    p = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = (
        p.format("one")
        + "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type='page'/></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{p.format('label')}</w:tc><w:tc>{p.format('x')}{p.format('y')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"
    )
    assert [(1, "one"), (1, "a"), (1, "b"), (2, "| label | x |"), (2, "|  | y |"), (2, "kept")] == [
        (line.page, line.text)
        for line in READERS[docx_paragraphs.MEDIA_TYPE](printing.zipped(f"{w}{body}</w:body></w:document>"))
        if line.text
    ]


def test_a_table_with_a_row_over_two_pages():
    """A label beside the middle of its value, one higher than its value, and a value cut by the page's end."""
    pages = [
        [(60, 800, "Title of the page"), (62, 760, "Long label of"), (62, 748, "two lines"), (200, 754, "value one"),
         (62, 706, "Middle"), (200, 712, "first line of two"), (200, 700, "second line"),
         (62, 670, "Open"), (200, 670, "begins here and")],
        [(200, 800, "ends here"), (62, 780, "Next"), (200, 780, "last")],
    ]  # fmt: skip
    assert [
        (1, "Title of the page"), (1, "| Long label of two lines | value one |"),
        (1, "| Middle | first line of two |"), (1, "|  | second line |"), (1, "| Open | begins here and |"),
        (2, "|  | ends here |"), (2, "| Next | last |"),
    ] == [
        (line.page, line.text)
        for line in READERS["application/pdf"](printing.plain_pdf(pages))
        if line.text
    ]  # fmt: skip


def test_running_heads_stand_once_and_cut_no_value():
    pages = [
        [(60, 820, "22.11.2026"), (60, 700, f"Kunnat: A{page},"), (60, 50, "https://x.fi/?projektikoodi=S1"),
         (500, 50, f"{page}/3")]
        for page in (1, 2, 3)
    ]  # fmt: skip
    assert [
        "22.11.2026", "https://x.fi/?projektikoodi=S1 1/3", "Kunnat: A1,", "Kunnat: A2,", "Kunnat: A3,",
    ] == [text for text in texts("application/pdf", printing.plain_pdf(pages)) if text]  # fmt: skip


def test_what_is_no_table_is_none():
    """Words of sentences that stand under one another by chance, and a list with its bullets."""
    page = [(60, 700, "aaaa bbbb"), (60, 688, "cccc dddd"), (60, 650, "-"), (80, 650, "one"), (60, 638, "-"),
            (80, 638, "two")]  # fmt: skip
    assert ["aaaa bbbb", "cccc dddd", "", "- one", "- two"] == texts("application/pdf", printing.plain_pdf([page]))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITY = (
    f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:t>&e;</w:t></w:p></w:body></w:document>'
)
BOMB = f'<w:document xmlns:w="{W}"><w:body>{" " * (docx_paragraphs.LARGEST + 1)}</w:body></w:document>'
WHOLE_DOCX = printing.docx(generator.card(1))
WHOLE_PDF = printing.plain_pdf([[(60, 700, "text")]])
EMPTY_ZIP = io.BytesIO()
with zipfile.ZipFile(EMPTY_ZIP, "w") as archive:
    archive.writestr("a.txt", "a")


@pytest.mark.parametrize(
    "name, content, found",
    [
        ("a.pdf", printing.plain_pdf([[(60, 700, "text")]], encrypted=True), "is an encrypted PDF file"),
        ("a.pdf", EMPTY_ZIP.getvalue(), "is a zip file"),
        ("a.pdf", WHOLE_PDF[: len(WHOLE_PDF) // 3], "is a PDF file that is cut off or damaged"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF file that is cut off or damaged"),
        ("a.pdf", printing.plain_pdf([[]]), "is a PDF file in which no text could be found"),
        ("a.docx", WHOLE_DOCX[: len(WHOLE_DOCX) // 2], "is a Word document (DOCX) that is cut off or damaged"),
        ("a.docx", printing.zipped(ENTITY), "is a Word document that declares a document type"),
        ("a.docx", printing.zipped(BOMB), "is a Word document whose text unpacks to more than"),
        ("a.docx", printing.zipped("<w:document"), "is a Word document (DOCX) whose text is no well-formed XML"),
        ("a.docx", printing.zipped("<document/>"), "is a Word document (DOCX) without a body"),
        ("a.docx", printing.docx(generator.Paper("card", "")), "is a Word document that holds no text"),
        ("a.html", b"<html>" + b"<div>" * 100_000 + b"text", "is a web page whose elements are nested too deep"),
        ("a.html", b"<html><body><script>x</script>", "is a web page that holds no text"),
        ("a.html", b"<html><body>" + b"x" * 20_000_000, "is a web page of 20,000,012 bytes"),
    ],
)
def test_a_bad_file_has_a_problem_in_one_sentence(tmp_path, name, content, found):
    path = tmp_path / name
    path.write_bytes(content)
    document = recognised(read_file(path, name))
    assert document.kind is None and document.problem
    assert document.problem.startswith(f"{name} {found}"), document.problem
    assert "; accepted are " in document.problem and document.problem.endswith(".")


def test_a_page_of_300_megabytes_is_not_read(tmp_path):
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    assert "is too large: 300,000,000 bytes" in (read_file(path, "a").problem or "")


def test_entities_of_a_page_stay_what_they_are():
    page = b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>a &e; b</p></body></html>'
    assert "root:" not in "".join(texts("text/html", page))


@pytest.fixture
def without_tesseract(monkeypatch):
    monkeypatch.setattr(ocr, "PROGRAM", "tesseract-is-not-here")


def test_pictures_without_tesseract(tmp_path, without_tesseract):
    image = pytest.importorskip("PIL.Image").new("L", (200, 200), 255)
    for name, what in (("a.png", "is a picture"), ("a.pdf", "is a PDF file of pictures without text")):
        image.save(tmp_path / name)
        problem = read_file(tmp_path / name, name).problem
        assert problem.startswith(f"{name} {what}, which is read with Tesseract, which is not installed")
        assert "tesseract-ocr-fin" in problem


needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")


@needs_tesseract
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.gif", "a.pdf"])
def test_a_picture_of_nothing(tmp_path, name):
    pytest.importorskip("PIL.Image").new("L", (400, 300), 255).save(tmp_path / name)
    assert "no text could be" in read_file(tmp_path / name, name).problem


@needs_tesseract
def test_a_damaged_picture(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert "is a picture that is cut off, damaged or far too large" in read_file(tmp_path / "a.png", "a").problem


@pytest.mark.parametrize(
    "content, suffix, expected",
    [
        (b"<html>", "", "text/html"),
        (b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html>', ".txt", "text/html"),
        (b"<p>a</p>", ".html", "text/html"),
        (b"<p>a</p>", ".md", None),
        (b"| <b>a</b> |", ".md", None),
        (b"%PDF-1.4", "", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"BM", ".txt", None),
        (b"Hanke", ".txt", None),
    ],
)
def test_a_form_is_known_by_its_content(content, suffix, expected):
    assert expected == form(content, suffix)
