"""Safe repairs: what is repaired and what is not, byte for byte, once and for all."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import esfdata
from esfdata.files import csv_cells
from esfdata.repair.cell_repairs import repaired, towns
from esfdata.repair.sheets import diff, fix, write
from esfdata.tables.constraints import WORDS
from esfdata.tables.reading import blank

FIELDS = {
    (table, field["name"]): field
    for table in ("projects", "organisations", "finance")
    for field in blank().fields(table)
}

REPAIRED = [
    ("projects", "name", "  Meijän\t Mikkeli\u00a0", "Meijän Mikkeli"),
    ("projects", "name", "Meijän\nMikkeli", "Meijän Mikkeli"),
    ("projects", "name", "Mei\u00adjän", "Meijän"),
    ("projects", "project_code", " S22016", "S22016"),
    ("projects", "programme_period", "2014–2020", "2014-2020"),
    ("projects", "start_date", "1.7.2018", "2018-07-01"),
    ("projects", "start_date", " 15. 4. 2020 ", "2020-04-15"),
    ("projects", "start_date", "2018–07–01", "2018-07-01"),
    ("projects", "site_city", "MIKKELI", "Mikkeli"),
    ("organisations", "city", "ÄHTÄRI", "Ähtäri"),
    ("organisations", "city", "KOSKI TL", "Koski Tl"),
    ("organisations", "business_id", "01651163", "0165116-3"),
    ("organisations", "business_id", "165116-3", "0165116-3"),
    ("organisations", "business_id", "0165116–3", "0165116-3"),
    ("organisations", "organisation_id", "FI01651163", "0165116-3"),
    ("organisations", "phone", "015 1941", "+358151941"),
    ("organisations", "phone", "(015) 194-1234", "+358151941234"),
    ("organisations", "phone", "+358 15 1941", "+358151941"),
    ("finance", "realised_public_eur", " 198808.00", "198808.00"),
]
LEFT = [
    ("projects", "name", "Hanke – uusi - alku"),
    ("projects", "start_date", "31.2.2018"),
    ("projects", "start_date", "7/1/2018"),
    ("projects", "start_date", "1.7.18"),
    ("projects", "fund", "esr"),
    ("projects", "site_city", "MIKELI"),
    ("projects", "site_city", "mikkeli"),
    ("projects", "site_city", "AHTARI"),
    ("organisations", "name", "MIKKELI"),
    ("organisations", "business_id", "0165116-4"),
    ("organisations", "business_id", "01651164"),
    ("organisations", "business_id", "O165116-3"),
    ("organisations", "organisation_id", "name:tukikohta ry"),
    ("organisations", "phone", "015 1941/015 1942"),
    ("organisations", "phone", "015 1941-2"),
    ("organisations", "phone", "+46 8 123 456 00"),
    ("organisations", "phone", "12"),
    ("finance", "realised_public_eur", "198 808,00"),
]


@pytest.mark.parametrize(("table", "name", "value", "form"), REPAIRED)
def test_a_form_that_is_certain_is_repaired(table, name, value, form):
    assert form == repaired(FIELDS[table, name], value, towns())
    assert form == repaired(FIELDS[table, name], form, towns())


@pytest.mark.parametrize(("table", "name", "value"), LEFT)
def test_what_is_not_certain_is_left(table, name, value):
    assert value == repaired(FIELDS[table, name], value, towns())


@pytest.mark.parametrize(("needed", "form"), [(False, ""), (True, "  ")])
def test_a_cell_that_must_have_a_value_is_not_emptied(needed, form):
    assert form == repaired(FIELDS["projects", "name"], "  ", {}, needed=needed)


@pytest.mark.parametrize(("field", "value"), [
    ({"name": "code", "constraints": {"pattern": "^A  B$"}}, "A  B"),
    ({"name": "code", "constraints": {"enum": ["A  B"]}}, "A  B"),
    ({"name": "document_id"}, " a  b.txt "),
])  # fmt: skip
def test_what_is_accepted_as_it_stands_and_names_of_files_are_left(field, value):
    assert value == repaired(field, value, {})


@pytest.mark.parametrize(("schema", "repairs"), [({"primaryKey": "id"}, 0), ({}, 1)])
def test_a_key_is_not_emptied_though_it_is_not_declared_as_required(tmp_path: Path, schema, repairs):
    resource = {"name": "things", "path": "things.csv", "schema": {"fields": [{"name": "id"}, {"name": "n"}], **schema}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "own", "resources": [resource]}))
    (tmp_path / "things.csv").write_text("id,n\n ,1\n")
    assert repairs == len(fix(tmp_path))


PROJECTS = (
    b"\xef\xbb\xbfproject_code,name,start_date\r\n"
    b'S20001,"Two\r\nlines, ""quoted""",2018-07-01\r\n'
    b'S20002,"A  name",1.7.2018\r\n'
    b"\r\n"
    b'S20003,Untouched ,"2018-07-01"\r\n'
    b'"S20004",ok,1.8.2018'
)
DIFF = """--- a/projects.csv
+++ b/projects.csv
@@ -2,2 +2,1 @@
-S20001,"Two\r
-lines, ""quoted\""",2018-07-01\r
+S20001,"Two lines, ""quoted\""",2018-07-01\r
@@ -4,1 +3,1 @@
-S20002,"A  name",1.7.2018\r
+S20002,"A name",2018-07-01\r
@@ -6,1 +5,1 @@
-S20003,Untouched ,"2018-07-01"\r
+S20003,Untouched,"2018-07-01"\r
@@ -7,1 +6,1 @@
-"S20004",ok,1.8.2018
\\ No newline at end of file
+"S20004",ok,2018-08-01
\\ No newline at end of file
"""


def test_the_diff_has_true_lines_and_git_applies_it(tmp_path: Path):
    (tmp_path / "projects.csv").write_bytes(PROJECTS)
    sheets = fix(tmp_path)
    assert DIFF == diff(sheets)
    command = ["git", "apply", "--unidiff-zero", "-"]
    applied = tmp_path / "applied"
    applied.mkdir()
    (applied / "projects.csv").write_bytes(PROJECTS)
    subprocess.run(["git", "init", "--quiet"], cwd=applied, check=True)
    subprocess.run(command, input=diff(sheets).encode(), cwd=applied, check=True)
    write(sheets)
    assert (tmp_path / "projects.csv").read_bytes() == (applied / "projects.csv").read_bytes()
    assert [] == fix(tmp_path)


def test_only_repaired_cells_change(tmp_path: Path):
    (tmp_path / "projects.csv").write_bytes(PROJECTS)
    write(fix(tmp_path))
    changed = (
        PROJECTS.replace(b"Two\r\nlines", b"Two lines")
        .replace(b"A  name", b"A name")
        .replace(b"Untouched ", b"Untouched")
    )
    changed = changed.replace(b"1.7.2018", b"2018-07-01").replace(b"1.8.2018", b"2018-08-01")
    assert changed == (tmp_path / "projects.csv").read_bytes()


def test_a_key_that_would_double_is_left_with_all_that_refers_to_it(tmp_path: Path):
    (tmp_path / "projects.csv").write_text("project_code,name\nS20001,a\n S20001,b\n S20002,c\n")
    (tmp_path / "finance.csv").write_text("project_code,realised_public_eur\n S20001,1.00\n S20002,2.00\n")
    write(fix(tmp_path))
    assert "project_code,name\nS20001,a\n S20001,b\nS20002,c\n" == (tmp_path / "projects.csv").read_text()
    assert " S20001,1.00\nS20002,2.00\n" == (tmp_path / "finance.csv").read_text().partition("\n")[2]


def test_a_row_that_cannot_be_read_is_left_and_so_is_the_key_it_names(tmp_path: Path):
    (tmp_path / "projects.csv").write_text("project_code,name\n S20001,a\n")
    (tmp_path / "finance.csv").write_text("project_code,realised_public_eur\n S20001,1,00\n")
    assert [] == fix(tmp_path)


def test_statements_keep_what_was_found_word_for_word(root: Path, tmp_path: Path):
    text = "document_id,table,key,field,value,original,page,line,repair\na.txt,projects,S1,name,A  b,A  b,1,2,\n"
    (tmp_path / "statements.csv").write_text(text)
    assert [] == fix(tmp_path)
    assert [] == fix(root / "datapackage")


def test_a_file_that_can_be_read_in_two_ways_is_told(tmp_path: Path):
    (tmp_path / "projects.csv").write_text('project_code,name\nS20001,"a" b\n')
    with pytest.raises(esfdata.EsfdataError, match=r"projects\.csv: its quotation marks or line ends"):
        fix(tmp_path)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "esfdata", "fix", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_command_shows_then_writes_then_finds_nothing(tmp_path: Path):
    path = tmp_path / "projects.csv"
    path.write_text("project_code,name\nS20001,a  b\n")
    path.chmod(0o640)
    shown = run(path)
    assert (1, True, "a  b") == (shown.returncode, "+S20001,a b" in shown.stdout, path.read_text()[-5:-1])
    assert 0 == run(path, "--write").returncode
    assert (0, "", "Nothing to repair.\n") == ((again := run(path)).returncode, again.stdout, again.stderr)
    assert ("project_code,name\nS20001,a b\n", 0o640) == (path.read_text(), path.stat().st_mode & 0o777)


def test_a_release_is_not_repaired(tmp_path: Path):
    (tmp_path / "x.zip").write_bytes(b"")
    done = run(tmp_path / "x.zip")
    assert (2, True) == (done.returncode, "a release is not repaired" in done.stderr)


TEXT = st.text(alphabet='ab ,"\n\r\t.–-1\u00a0ä', max_size=8)
BLANK = st.sampled_from(["", " ", "  ", "\u00a0", "\n"])
CODES = st.sampled_from(["S20001", "S20002", "S2000", "s20001", ""])
IDS = st.sampled_from(
    ["0165116-3", "01651163", "165116-3", "0165116–3", "0165116-4", "2678219-4", "26782194", "name:a", ""]
)
DATES = st.sampled_from(["2018-07-01", "1.7.2018", "31.2.2018", "2018–07–01", "soon", ""])
TOWNS = st.sampled_from(["MIKKELI", "Mikkeli", "KOSKI TL", "NOWHERE", ""])
STYLES = st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)])
PHONES = st.sampled_from(["015 1941", "+358151941", "015 1941-2", "12", ""])


def around(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda before, value, after: before + value + after, BLANK, values, BLANK)


@st.composite
def package(draw: st.DrawFn) -> dict[str, bytes]:
    """Small files of three tables, written in any way that CSV allows."""
    columns = {
        "projects": {"project_code": CODES, "name": TEXT, "start_date": DATES, "site_city": TOWNS},
        "organisations": {"organisation_id": IDS, "business_id": IDS, "phone": PHONES, "city": TOWNS},
        "participations": {"project_code": CODES, "organisation_id": IDS, "role": st.just("beneficiary")},
    }
    found = {}
    for table, fields in columns.items():
        rows = draw(st.lists(st.tuples(*map(around, fields.values())), max_size=5))
        end, quoting = draw(STYLES)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator=end, quoting=quoting)
        writer.writerows([list(fields), *rows])
        ragged = draw(st.sampled_from(["", "S20001,x,1.7.2018,MIKKELI,5" + end, "S20001 " + end]))
        mark = draw(st.sampled_from(["", csv_cells.BOM]))
        found[f"{table}.csv"] = (mark + text.getvalue() + ragged).encode()
    return found


def broken(folder: Path, none: Path) -> set[tuple[str, str, int, str | None]]:
    """The broken constraints, by the number of the row and not by its line, which a repair may move."""
    package = esfdata.read(folder)
    files = package.files.items()
    rows = {(table, line): number for table, file in files for number, line in enumerate(file.shape.lines)}
    findings = esfdata.validate(package, none)
    return {(f.check, f.table, rows[f.table, f.line], f.field) for f in findings if f.check in WORDS}


@settings(max_examples=50)
@given(files=package())
def test_repairs_settle_at_once_change_nothing_else_and_break_no_constraint(files, tmp_path_factory):
    folder, none = tmp_path_factory.mktemp("fix"), tmp_path_factory.mktemp("no-checks")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    before = broken(folder, none)
    sheets = fix(folder)
    untouched = {
        sheet.path: [
            sheet.text[row.start : row.end] for n, row in enumerate(sheet.rows) if n not in {r for r, _ in sheet.new}
        ]
        for sheet in sheets
    }
    write(sheets)
    assert [] == fix(folder)
    assert set() == broken(folder, none) - before
    for name, rows in untouched.items():
        text = (folder / name).read_bytes().decode()
        assert all(row in text for row in rows)
    for name in set(files) - {sheet.path for sheet in sheets}:
        assert files[name] == (folder / name).read_bytes()


@given(st.lists(st.lists(TEXT, min_size=2, max_size=3), min_size=1, max_size=4), STYLES)
def test_cells_are_those_that_a_reader_of_csv_sees(rows, style):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=style[0], quoting=style[1]).writerows(rows)
    read = csv_cells.rows(text.getvalue())
    assert read is not None
    assert rows == [[cell.value for cell in row.cells] for row in read]
    assert text.getvalue() == "".join(text.getvalue()[row.start : row.end] for row in read)
    for row in read:
        assert all(cell.text(cell.value) == text.getvalue()[cell.start : cell.end] for cell in row.cells)


@pytest.mark.parametrize("text", ['a,b\n"x"y,z\n', 'a,b\nx"y,z\n', 'a,b\n"x,z\n', "a,b\nx\ry,z\n"])
def test_quotation_marks_that_can_be_read_in_two_ways_are_not_touched_wrongly(text):
    read = csv_cells.rows(text)
    assert read is None or [[c.value for c in row.cells] for row in read] == [
        r for r in csv.reader(io.StringIO(text)) if r
    ]
