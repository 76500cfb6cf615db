"""Invented documents with known facts, read in every form; and the repairs that prove themselves."""

import generator
import printing
import pytest

from esfdata.documents import recognised, statements
from esfdata.documents.cell_statements import state
from esfdata.documents.document import Document, Line
from esfdata.documents.layout import ocr
from esfdata.documents.source_files import read_file
from esfdata.text.numbers import regrouped

KINDS = ["description", "card"]
needs_chromium = pytest.mark.skipif(not printing.chromium(), reason="Chromium is not installed")
needs_both = pytest.mark.skipif(
    not (printing.chromium() and ocr.available()), reason="Chromium and Tesseract are not both installed"
)


def facts(path) -> set[generator.Fact]:
    document = recognised(read_file(path, "@"))
    return {
        (s.table, s.key, s.field, s.value)
        for s in statements(document)
        if s.value is not None and (s.table != "documents" or s.field == "compiled")
    }


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_is_read_and_nothing_else(tmp_path, kind, suffix, seed):
    paper = getattr(generator, kind)(seed)
    path = tmp_path / f"paper.{suffix}"
    path.write_bytes(printing.WRITERS[suffix](paper, printing.STYLES[seed % 3]))
    assert paper.facts == facts(path)


@needs_chromium
@pytest.mark.parametrize("seed, style", list(enumerate(printing.STYLES)))
@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_is_read_from_print(tmp_path, kind, seed, style):
    paper = getattr(generator, kind)(seed)
    path = tmp_path / "paper.pdf"
    path.write_bytes(printing.pdf(printing.html(paper, style)))
    assert paper.facts == facts(path)


@needs_both
@pytest.mark.parametrize("dpi", [150, 200])
def test_facts_are_read_from_a_scan(tmp_path, dpi):
    paper = generator.card(0)
    path = tmp_path / "paper.pdf"
    path.write_bytes(printing.scan(printing.pdf(printing.html(paper)), dpi))
    assert paper.facts == facts(path)


def test_contact_persons_are_in_no_statement(tmp_path):
    for seed in range(5):
        path = tmp_path / "paper.html"
        path.write_bytes(printing.html(generator.description(seed), printing.STYLES[seed % 3]))
        said = [text for s in statements(recognised(read_file(path, "@"))) for text in (s.value, s.original)]
        assert not [text for text in said if text and ("esimerkki(at)" in text or "0401234567" in text)]


def description(*lines: str) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """The values and repairs of a short description, by field and end of key."""
    found = tuple(Line(1, number, line) for number, line in enumerate(lines, start=1))
    document = Document("@", ".", "", "image/png", found, kind="description")
    return {(s.field, s.key.rpartition("/")[2]): (s.value, s.repair) for s in statements(document)}


HEAD = ("1 Hanke", "", "Hankekoodi: S20731", "", "8 Horisontaaliset periaatteet", "", "8.2 Kestävä kehitys", "")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1 5", ("1", "5")), ("15", ("1", "5")), ("00", ("0", "0")), ("105", ("10", "5")), ("510", ("5", "10")),
        ("1010", ("10", "10")), ("O 0", ("0", "0")), ("10", None), ("5", None), ("123", None),
    ],
)  # fmt: skip
def test_scores_without_their_space(text, expected):
    said = description(*HEAD, f"Kulttuuriympäristö {text}")
    read = tuple(said[key][0] for key in (("value", "direct"), ("value", "indirect")) if key in said)
    assert (expected or ()) == read


@pytest.mark.parametrize("text", ["S20731", "S 20731", "$20731", "S2O731"])
def test_a_code_is_put_right_by_its_form(text):
    said = description("1 Hanke", "", f"Hankekoodi: {text}", "", "2 Hakijan perustiedot")
    value, repair = said["project_code", "S20731"]
    assert ("S20731", text != "S20731") == (value, repair is not None)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1021 094", "1021094"), ("1 021094 €", "1021094"), ("1 021 094", None), ("1021094", None),
        ("1021 94", None), ("021 0944", None), ("", None),
    ],
)  # fmt: skip
def test_amounts_without_a_space(text, expected):
    value = regrouped(text)
    assert expected == (None if value is None else str(value))


def test_a_doubtful_figure_has_no_value_and_a_doubtful_name_keeps_it():
    line = Line(1, 1, "Silta 198 8O8", ("8O8", "Silta"))
    assert (None, "198 8O8") == state("finance", "S1", "realised_public_eur", "198808.00", "198 8O8", line)[3:5]
    assert "Silta" == state("projects", "S1", "name", "Silta", "Silta", line).value
    assert "1.00" == state("finance", "S1", "realised_public_eur", "1.00", "1", line).value


@pytest.mark.parametrize("title", ["10 Muut tiedot", "2.1 Hakijan taustatiedot"])
def test_a_section_of_another_form_is_kept_and_reported(title):
    number = title.split()[0]
    lines = ["1 Hanke", "", "Hankekoodi: S20731", "", "2 Hakijan perustiedot", "", "Y-tunnus: 0165116-3", ""]
    said = description(*lines, title, "", "Postinumero: 50100")
    assert title == said["unknown_section", "@"][0]
    assert "50100" == said["postal_code", "0165116-3"][0], number


@pytest.mark.parametrize("line", ["1 Hankkeen alku", "3 kertaa viikossa kokoonnuttiin", "10 Tässä on lause."])
def test_what_is_no_heading_is_no_section(line):
    assert ("unknown_section", "@") not in description(
        "1 Hanke", "", "Hankekoodi: S20731", "", "9 Loppuraportin tiivistelmä", "", line
    )


@pytest.mark.parametrize("code, period", [("S10234", "2007-2013"), ("A32105", "2007-2013"), ("S22016", "2014-2020")])
def test_a_paper_of_another_period(tmp_path, code, period):
    path = tmp_path / "paper.txt"
    path.write_text(
        f"Perustiedot\n\nProjektikoodi: {code}\n\nProjektin nimi: Silta\n\nToimintalinja: 3\n\n"
        "Aloituspvm: 1.9.2009\n\nPäättymispvm: 31.12.2011\n\nRahoittava viranomainen: Lapin ELY-keskus\n\n"
        "Toiminnan tila: Toiminta päättynyt\n\n12 Julkisuus ja arviointi\n\nTeksti.\n",
        encoding="utf-8",
    )
    found = list(statements(recognised(read_file(path, "@"))))
    assert ["12 Julkisuus ja arviointi"] == [s.value for s in found if s.field == "unknown_section"]
    said = {s.field: s.value for s in found if s.table == "projects"}
    assert {
        "project_code": code, "programme_period": period, "name": "Silta", "priority_axis": "3",
        "start_date": "2009-09-01", "end_date": "2011-12-31", "status": "Toiminta päättynyt",
        "authority": "Lapin elinkeino-, liikenne- ja ympäristökeskus",
    } == said  # fmt: skip
