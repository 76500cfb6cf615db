"""Exports: every row accounted for, exact cents, and what is damaged reported."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ELY, LIST_2007, LIST_2014

from esfdata.documents import Document, Statement, read, recognised, statements
from esfdata.documents.kinds import export
from esfdata.documents.kinds.export import Account, account, rows_of
from esfdata.documents.kinds.export.list_columns import header
from esfdata.documents.kinds.export.list_rows import joined, readings
from esfdata.documents.source_files import read_file

MIDDLE = f"3,{ELY},Toiminnassa,1.2.2015,31.12.2017"
MONEY = "100,20.5,300,-40.25"


def document(tmp_path: Path, *rows: str, name: str = "lista.csv", head: str = LIST_2014, encoding: str = "cp1252"):
    path = tmp_path / name
    path.write_bytes("\n".join([head, *rows, ""]).encode(encoding))
    return recognised(read_file(path, name))


def cells(read: Document, key: str = "S20001") -> dict[str, str | None]:
    return {s.field: s.value for s in statements(read) if s.key == key and s.table in ("projects", "finance")}


def about(read: Document) -> list[tuple[str, str | None, int]]:
    return [(s.field, s.value, s.line) for s in statements(read) if s.table == "documents"]


def test_a_row_states_its_cells(tmp_path):
    read = document(tmp_path, f'S20001,ESR,Osaamista, iloa ja ¿ työtä; "heti",{MIDDLE},Esimerkki, Oy,{MONEY}')
    expected = {
        "name": 'Osaamista, iloa ja ¿ työtä; "heti"',
        "programme_period": "2014-2020",
        "fund": "ESR",
        "priority_axis": "3",
        "start_date": "2015-02-01",
        "end_date": "2017-12-31",
        "status": "Toiminnassa",
        "authority": ELY,
        "granted_eu_state_eur": "100.00",
        "realised_eu_state_eur": "20.50",
        "planned_public_eur": "300.00",
        "realised_public_eur": "-40.25",
    }
    assert expected == cells(read)
    organisations = [s for s in statements(read) if s.table == "organisations"]
    assert [
        Statement("organisations", "name:esimerkki oy", "name", "Esimerkki, Oy", "Esimerkki, Oy", 1, 2)
    ] == organisations


def test_the_older_list_has_a_column_more(tmp_path):
    row = f"S10001,ESR,Nimi, jossa pilkku,Etelä-Suomen suuralueosio,{MIDDLE.replace('Toiminnassa', 'Toiminta päättynyt')},Koulu ry,{MONEY}"
    read = document(tmp_path, row, head=LIST_2007)
    assert ("Nimi, jossa pilkku", "2007-2013") == tuple(cells(read, "S10001")[f] for f in ("name", "programme_period"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("S20001,ESR,Nimi,3,Lapin liitto", "cut off"),
        (f"S20001,ESR,{MIDDLE},Esimerkki Oy,{MONEY}", "no name"),
        (f"S20001,XYZ,Nimi,{MIDDLE},Esimerkki Oy,{MONEY}", "no fund"),
        (f"S20001,ESR,Nimi, toinen,{MIDDLE.replace('1.2.2015', '31.2.2015')},Esimerkki Oy,{MONEY}", "no day"),
        ("aivan muuta", "no row"),
    ],
)
def test_a_row_without_a_reading_is_kept_whole(tmp_path, row, reason):
    read = document(tmp_path, row, f"S20002,ESR,Nimi,{MIDDLE},Esimerkki Oy,{MONEY}")
    assert Account(2, 1, 0, 1) == account(read), reason
    assert [("unread_row", row, 2)] == about(read)


def test_a_row_with_two_readings_shows_both_and_states_nothing(tmp_path):
    read = document(tmp_path, f"S20001,ESR,Nimi,{MIDDLE},4,{ELY},Toiminnassa,1.1.2016,31.12.2016,Esimerkki Oy,{MONEY}")
    assert Account(1, 0, 1, 0) == account(read)
    assert {} == cells(read)
    ((field, value, line),) = about(read)
    assert ("ambiguous_row", 2, 1) == (field, line, value.count(" or "))
    assert "2015" in value and "2016" in value


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"S20001,ESR,Hanke, 3,7, iloa,{MIDDLE},Esimerkki Oy,{MONEY}", {"name": "Hanke, 3,7, iloa", "authority": ELY}),
        ("S20001,ESR,Nimi, osa,3,Uusi virasto, osasto,Toiminnassa,1.1.2015,31.12.2015,X Oy,1,2,3,4",
         {"name": "Nimi, osa", "authority": "Uusi virasto, osasto"}),
        (f"S20001,ESR,Nimi, osa,3,{ELY},Jäissä,1.1.2015,31.12.2015,X Oy,1,2,3,4", {"status": "Jäissä"}),
        (f"S20001,ESR,Nimi, osa,3,{ELY},Toiminnassa,,31.12.2015,X Oy,1,,3,4",
         {"start_date": None, "end_date": "2015-12-31", "realised_eu_state_eur": None, "planned_public_eur": "3.00"}),
        (f"S20001,ESR,Nimi |osa,3, {ELY.replace(',', '')},Toiminnassa,7560,31.12.2015,X Oy,1,2,3,4e5",
         {"authority": ELY.replace(",", ""), "start_date": None, "realised_public_eur": None}),
    ],
)  # fmt: skip
def test_looser_readings_where_the_strict_ones_give_none(tmp_path, row, expected):
    row = row.replace("  ", " ")
    found = cells(document(tmp_path, row))
    if expected.get("authority") == ELY.replace(",", ""):
        expected |= {"authority": ELY}
    assert expected == {field: found.get(field) for field in expected}


def test_quotes_of_a_list_that_was_saved_again_are_not_of_the_names(tmp_path):
    rows = [
        f'S20001,ESR,"Nimi, osa ""B""",3,"{ELY}",Toiminnassa,1.2.2015,31.12.2017,"Esimerkki, Oy",{MONEY}',
        f"S20002,ESR, Nimi |osa,3, {ELY.replace(',', ' ')},Toiminnassa,1.2.2015,31.12.2017,Esimerkki Oy,{MONEY}",
    ]
    read = document(tmp_path, *rows, encoding="utf-8")
    assert ['Nimi, osa "B"', "Nimi |osa"] == [cells(read, code)["name"] for code in ("S20001", "S20002")]
    assert [ELY, ELY] == [cells(read, code)["authority"] for code in ("S20001", "S20002")]
    assert rows == [joined(row) for row in rows_of(read)]


def test_a_line_break_inside_a_name_makes_no_row(tmp_path):
    read = document(tmp_path, "S20001,ESR,Nimi", f"jatkuu,{MIDDLE},Esimerkki Oy,{MONEY}")
    assert (Account(1, 1, 0, 0), "Nimi jatkuu") == (account(read), cells(read)["name"])


def test_mixed_line_ends_and_blank_lines(tmp_path):
    path = tmp_path / "lista.csv"
    rows = [f"S2000{n},ESR,Nimi {n},{MIDDLE},Esimerkki Oy,{MONEY}" for n in range(1, 4)]
    path.write_bytes(f"{LIST_2014}\r\n{rows[0]}\r\n\n{rows[1]}\r{rows[2]}".encode("cp1252"))
    read = recognised(read_file(path, "lista.csv"))
    assert Account(3, 3, 0, 0) == account(read)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (LIST_2014, [("no_rows", 1)]),
        (LIST_2014.replace("Tila", "Vaihe"), [("unknown_label", 1), ("missing_label", 1), ("no_rows", 1)]),
        (LIST_2014.replace("Tila", "Tl"), [("missing_label", 1), ("double_label", 1), ("no_rows", 1)]),
    ],
)
def test_an_empty_list_and_a_wrong_header_are_reported(tmp_path, head, expected):
    assert expected == [(field, line) for field, _, line in about(document(tmp_path, head=head))]


def test_columns_in_another_order_are_read_by_their_labels(tmp_path):
    head = "Rahasto;Koodi;Hankkeen nimi;Toteuttajan nimi;Aloituspvm;Tila;Toteutunut julkinen rahoitus"
    found = cells(document(tmp_path, "ESR;S20001;Nimi, osa;Esimerkki Oy;1.2.2015;Toiminnassa;1 200,50", head=head))
    assert ("Nimi, osa", "2015-02-01", "1200.50") == tuple(
        found[f] for f in ("name", "start_date", "realised_public_eur")
    )


@pytest.mark.parametrize("content", [b"\0" * 9, b"\0\n", b",,,,\n,,,", b'"', b"\x81\x8d", b"S20001,ESR," * 3000])
def test_damaged_bytes_raise_nothing(tmp_path, content):
    path = tmp_path / "lista.csv"
    path.write_bytes(LIST_2014.encode("cp1252") + b"\n" + content)
    read = recognised(read_file(path, "lista.csv"))
    assert read.problem or list(statements(read)) is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("eura2014-2016-09-30.csv", "2016-09-30"),
        ("lista_20160930.csv", "2016-09-30"),
        ("Hankkeet 1.9.2016.csv", "2016-09-01"),
        ("lista-20161399.csv", None),
        ("lista.csv", None),
    ],
)
def test_the_snapshot_day_is_in_the_name_or_unknown(tmp_path, name, expected):
    read = document(tmp_path, f"S20001,ESR,Nimi,{MIDDLE},Esimerkki Oy,{MONEY}", name=name)
    assert expected == next((value for field, value, _ in about(read) if field == "compiled"), None)


PIECES = st.sampled_from(
    ["S20001", "ESR", "EAKR", "Nimi", "3", "7", ELY, "Lapin liitto", "Toiminnassa", "1.1.2015", "31.12.2016", "12",
     "4.5", "-1", "", " ", '"', 'a "b"', "¿", "x|y", "Esimerkki Oy"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES | st.text(st.characters(codec="cp1252", exclude_characters="\r\n"), max_size=9), max_size=25))
def test_the_fields_of_any_reading_give_the_row_back(pieces):
    row = ",".join(pieces)
    columns = header(LIST_2014)
    for quoted in (False, True):
        assert all(row == ",".join(fields) and len(fields) == 13 for fields in readings(row, columns, quoted))


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=6), st.lists(PIECES, min_size=1, max_size=6))
def test_a_true_row_is_resolved_as_it_was_or_not_at_all(name, implementer):
    true = ("S20001", "ESR", ",".join(name), "3", ELY, "Toiminnassa", "1.2.2015", "31.12.2017",
            ",".join(implementer), *MONEY.split(","))  # fmt: skip
    found = readings(",".join(true), header(LIST_2014))
    assert true in found


@pytest.mark.parametrize(
    ("name", "rows", "sums"),
    [
        ("eura2014-raw.csv", 2881, ("507071089.00", "133732708.69", "909640565.00", "164099528.76")),
        ("eura2007-raw.head.csv", 2495, ("1201295342.00", "1148478428.00", "1407857641.00", "1336097133.00")),
    ],
)
def test_every_row_of_the_real_exports_is_resolved(shared, name, rows, sums):
    (whole,) = read(shared / "exports" / name)
    assert (export.KIND.name, Account(rows, rows, 0, 0)) == (whole.kind, account(whole))
    lines = (shared / "exports" / name).read_bytes().split(b"\n")
    assert all(joined(row).encode("cp1252") == lines[row.line.number - 1] for row in rows_of(whole))
    totals: Counter[str] = Counter()
    for statement in statements(whole):
        if statement.table == "finance":
            totals[statement.field] += Decimal(statement.value)
    assert sums == tuple(f"{total:.2f}" for total in totals.values())


def test_every_row_of_the_hand_repaired_export_is_accounted_for(shared):
    (whole,) = read(shared / "exports" / "eura2014-hand-repaired.csv")
    found = account(whole)
    assert 2881 == found.read == found.resolved + found.ambiguous + found.unread
    lines = (shared / "exports" / "eura2014-hand-repaired.csv").read_bytes().split(b"\n")
    assert all(joined(row).encode() == lines[row.line.number - 1] for row in rows_of(whole))
