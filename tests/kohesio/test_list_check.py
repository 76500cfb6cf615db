"""The judging of anyone's list of operations: every fault where it is, and no alarm where there is none."""

import csv
import io
import json

import pytest

from esfdata import kohesio, reports
from esfdata.exceptions import SourceError
from esfdata.kohesio.operation_rules import CHECKS
from esfdata.kohesio.template import fields, rules
from esfdata.messages.languages import LANGUAGES
from esfdata.messages.phrase import Phrase

ROW = {
    "Operation_Unique_Identifier": "S22016",
    "Operation_Name_Programme_Language": "Porukalla!",
    "Country": "Finland",
    "Location_Indicator_Postcode": "50100",
    "Operation_Start_Date": "15/04/2020",
    "Operation_End_Date": "31/10/2020",
    "CoFinancing_Rate": "50",
    "Total_Eligible_Expenditure_amount": "250000.00",
    "Total_Eligible_Expenditure_Currency": "EUR",
    "Beneficiary_Name": "Mikkelin kaupunki",
    "Category_Of_Intervention": "109",
    "Fund_Code": "ESF",
    "Programme_Code": "2014FI16M2OP001",
    "Operation_Summary_Programme_Language": 'Rivi yksi,\nrivi "kaksi".',
    "Programming_Period": "2014-2020",
}
"""A row without a fault, whose summary runs over two lines."""


def text(*rows: dict[str, str], names: list[str] | None = None, **options: str) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names or list(fields()), extrasaction="ignore", **options)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


@pytest.fixture
def judged(tmp_path):
    """The findings on a file of these rows, as (check, field, line)."""

    def check(content: str | bytes, **options) -> list[tuple[str, str | None, int | None]]:
        path = tmp_path / "list.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return [(f.check, f.field, f.line) for f in kohesio.check(path, **options)]

    return check


def test_a_row_without_a_fault_has_none(judged):
    assert [] == judged(text(ROW, ROW))


def test_the_official_example_is_valid_but_for_the_capitals_of_a_column(shared):
    findings = kohesio.check(shared / "reference" / "kohesio" / "valid-example.csv")
    assert [("column-case", "CoFinancing_Rate", "Cofinancing_Rate")] == [(f.check, f.field, f.value) for f in findings]
    assert {"error": 0, "warning": 0, "info": 1} == {
        name: findings.summary[name] for name in ("error", "warning", "info")
    }


MUTANTS = {
    "empty name": ({"Operation_Name_Programme_Language": " "}, ("required", "Operation_Name_Programme_Language")),
    "empty period": ({"Programming_Period": ""}, ("required", "Programming_Period")),
    "ISO date": ({"Operation_Start_Date": "2020-04-15"}, ("type", "Operation_Start_Date")),
    "no such day": ({"Operation_End_Date": "31/09/2020"}, ("type", "Operation_End_Date")),
    "short date": ({"Operation_Start_Date": "1/4/2020"}, ("type", "Operation_Start_Date")),
    "rate above": ({"CoFinancing_Rate": "100.01"}, ("maximum", "CoFinancing_Rate")),
    "rate below": ({"CoFinancing_Rate": "-0.01"}, ("minimum", "CoFinancing_Rate")),
    "rate in words": ({"CoFinancing_Rate": "half"}, ("type", "CoFinancing_Rate")),
    "rate as share": ({"CoFinancing_Rate": "0.5"}, ("rate-as-share", "CoFinancing_Rate")),
    "amount below": ({"Total_Eligible_Expenditure_amount": "-1"}, ("minimum", "Total_Eligible_Expenditure_amount")),
    "amount with sign": ({"Total_Eligible_Expenditure_amount": "250 000 €"}, ("type", "Total_Eligible_Expenditure_amount")),
    "amount with comma": ({"Total_Eligible_Expenditure_amount": "250000,00"}, ("type", "Total_Eligible_Expenditure_amount")),
    "amount not a number": ({"Total_Eligible_Expenditure_amount": "NaN"}, ("type", "Total_Eligible_Expenditure_amount")),
    "old currency": ({"Total_Eligible_Expenditure_Currency": "FIM", "Total_Eligible_Expenditure_Exchange_Rate": "5.94573"},
                     ("enum", "Total_Eligible_Expenditure_Currency")),
    "no rate of exchange": ({"Total_Eligible_Expenditure_Currency": "SEK"},
                            ("no-exchange-rate", "Total_Eligible_Expenditure_Exchange_Rate")),
    "category 0": ({"Category_Of_Intervention": "0"}, ("minimum", "Category_Of_Intervention")),
    "category 124": ({"Category_Of_Intervention": "124"}, ("maximum", "Category_Of_Intervention")),
    "ESF+": ({"Fund_Code": "ESF+"}, ("enum", "Fund_Code")),
    "no such programme": ({"Programme_Code": "2014FI16M2OP009"}, ("enum", "Programme_Code")),
    "old period": ({"Programming_Period": "2007-2013"}, ("enum", "Programming_Period")),
    "starts after end": ({"Operation_Start_Date": "01/11/2020"}, ("start-after-end", "Operation_Start_Date")),
    "no place": ({"Location_Indicator_Postcode": ""}, ("no-location", "Location_Indicator_Postcode")),
    "latitude out of range": ({"Location_Indicator_latitude_longitude": "61.69, 127.27"},
                              ("type", "Location_Indicator_latitude_longitude")),
    "one coordinate": ({"Location_Indicator_latitude_longitude": "61.69"}, ("type", "Location_Indicator_latitude_longitude")),
    "no address": ({"Social_Media_Links": "none"}, ("pattern", "Social_Media_Links")),
    "a person": ({"Beneficiary_Name": "Tmi Erkki Esimerkki"}, ("person-named", "Beneficiary_Name")),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_each_fault_is_found_where_it_is(name, judged):
    change, (check, field) = MUTANTS[name]
    assert [(check, field, 4)] == judged(text(ROW, {**ROW, **change}, ROW))


@pytest.mark.parametrize(
    "change",
    [
        {"Operation_Start_Date": "31/10/2020"},  # the same day passes
        {"Location_Indicator_Postcode": "", "Location_Indicator_NUTS_code": "FI1D1"},
        {"Location_Indicator_Postcode": "", "Location_Indicator_latitude_longitude": "27.27,61.69"},
        {"Total_Eligible_Expenditure_Currency": "SEK", "Total_Eligible_Expenditure_Exchange_Rate": "11.2"},
        {"CoFinancing_Rate": "50 %"},
        {"CoFinancing_Rate": "0.5%"},
        {"CoFinancing_Rate": "0"},
        {"CoFinancing_Rate": "100"},
        {"Category_Of_Intervention": "1"},
        {"Category_Of_Intervention": "123"},
        {"Total_Eligible_Expenditure_amount": "2.5E5"},
        {"Social_Media_Links": "https://example.org/a www.example.org"},
        {"Fund_Code": ""},
        {"Beneficiary_Name": "[natural person]"},
        {"Beneficiary_Name": "Carlow Leo", "Country": "Ireland"},
    ],
)
def test_what_is_allowed_passes(change, judged):
    assert [] == judged(text({**ROW, **change}))


def test_a_finding_has_its_line_key_value_and_words(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text(ROW, {**ROW, "Fund_Code": "JTF"}), encoding="utf-8", newline="")
    (finding,) = kohesio.check(path)
    expected = ("error", "enum", "kohesio", "S22016", "Fund_Code", "JTF", "list.csv", 4)
    assert expected == (finding.severity, finding.check, finding.table, finding.key, finding.field, finding.value,
                        finding.path, finding.line)  # fmt: skip
    assert (
        "The field Fund_Code is 'JTF'; accepted: one of CF, EAFRD, EMFF, ENI, ERDF, ESF, YEI, IPA II."
        == finding.message
    )
    assert isinstance(finding.message, Phrase)


def test_the_name_of_a_person_is_never_shown(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text({**ROW, "Beneficiary_Name": "Tmi Erkki Esimerkki"}), encoding="utf-8")
    assert "Erkki" not in json.dumps(kohesio.check(path).as_dict(), ensure_ascii=False)


NAMES = list(fields())


def header(
    *, drop: tuple[str, ...] = (), rename: dict[str, str] | None = None, more: tuple[str, ...] = ()
) -> list[str]:
    return [(rename or {}).get(name, name) for name in NAMES if name not in drop] + list(more)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (header(drop=("Category_Of_Intervention",)), [("missing-column", "Category_Of_Intervention", 1)]),
        (header(drop=("CountryID",)), [("missing-column", "CountryID", 1)]),
        (header(more=("Remarks",)), [("unknown-column", None, 1)]),
        (header(more=("Country",)), [("double-column", "Country", 1)]),
        (header(more=("COUNTRY",)), [("double-column", "Country", 1), ("column-case", "Country", 1)]),
        (header(rename={"Fund_Name": "fund_name"}), [("column-case", "Fund_Name", 1)]),
        ([*NAMES[1:], NAMES[0]], [("column-order", "Social_Media_Links", 1)]),
        (header(rename={"Operation_End_Date": "operation_end_date"}),
         [("rule-skipped", "Operation_End_Date", 1), ("column-case", "Operation_End_Date", 1)]),
        (header(drop=("Total_Eligible_Expenditure_Exchange_Rate",)),
         [("rule-skipped", "Total_Eligible_Expenditure_Exchange_Rate", 1),
          ("missing-column", "Total_Eligible_Expenditure_Exchange_Rate", 1)]),
        (header(drop=("Location_Indicator_NUTS_code",)),
         [("rule-skipped", "Location_Indicator_NUTS_code", 1), ("missing-column", "Location_Indicator_NUTS_code", 1)]),
    ],
)  # fmt: skip
def test_what_the_official_validator_passes_over_is_told(names, found, judged):
    known = {name.lower(): name for name in NAMES}
    row = {name: ROW.get(known.get(name.lower(), ""), "") for name in names}
    assert sorted(found, key=str) == sorted(judged(text(row, names=names)), key=str)


def test_a_required_column_that_is_missing_is_an_error_and_an_optional_one_is_not(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text(ROW, names=header(drop=("Category_Of_Intervention", "CountryID"))), encoding="utf-8")
    found = {f.field: f.severity for f in kohesio.check(path)}
    assert {"Category_Of_Intervention": "error", "CountryID": "info"} == found


def test_a_rule_runs_here_as_soon_as_it_can(judged):
    row = {**ROW, "Location_Indicator_Postcode": ""}
    names = header(drop=("Location_Indicator_latitude_longitude",))
    assert ("no-location", "Location_Indicator_Postcode", 2) in judged(text(row, names=names))


def test_a_rule_without_its_columns_is_not_run_and_never_passed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text(ROW, names=header(drop=rules()["no-location"])), encoding="utf-8")
    outcome = {o.check: o for o in kohesio.check(path).checks}["no-location"]
    assert ("not_run", 0) == (outcome.outcome, outcome.judged)
    assert "Location_Indicator_NUTS_code" in outcome.reason


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (text(ROW).encode("utf-8-sig"), []),
        (text({**ROW, "Beneficiary_Name": "Pielisen Säätiö"}).encode("cp1252"), [("encoding", None, 2)]),
        (text(ROW).encode("utf-16"), [("encoding", None, 1)]),
        (text(ROW, delimiter=";").encode(), [("delimiter", None, 1)]),
        (text(ROW, lineterminator="\n").encode(), []),
        (text().encode(), [("no-rows", None, 1)]),
        (text(ROW).encode() + b"a,b\r\n" + text(ROW).encode().split(b"\r\n", 1)[1], [("row-width", None, 4)]),
        (text(ROW).encode() + b"\r\n" + text(ROW).encode().split(b"\r\n", 1)[1], [("row-width", None, 4)]),
        (text(ROW).encode() + b'"a"b,c\r\n' + text(ROW).encode().split(b"\r\n", 1)[1], [("quoting", None, 4)]),
        (text(ROW).encode() + b'"never closed', [("quoting", None, 4)]),
    ],
    ids=[
        "BOM",
        "cp1252",
        "utf-16",
        "semicolons",
        "LF",
        "no rows",
        "short row",
        "blank row",
        "stray quote",
        "open quote",
    ],
)
def test_files_in_other_forms_are_read_and_told(content, found, judged):
    assert found == judged(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "found none"), (b"\r\n", "found none"), (b"PK\x03\x04\x00\x00", "NUL byte"), (None, "no such file")],
)
def test_what_is_no_text_is_refused_in_a_sentence(content, said, tmp_path):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        kohesio.check(path)


def test_findings_are_bounded_and_counts_exact(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text(*[{**ROW, "Fund_Code": "JTF"}] * 50), encoding="utf-8")
    findings = kohesio.check(path, shown=10)
    outcome = {o.check: o for o in findings.checks}["enum"]
    assert (10, 50, 50, "the first 10 of 50 are shown") == (
        len(findings),
        outcome.marked,
        outcome.judged,
        outcome.reason,
    )


def test_memory_does_not_grow_with_the_file(tmp_path):
    import tracemalloc

    peaks = []
    for rows in (500, 4000):
        path = tmp_path / f"{rows}.csv"
        path.write_text(text(*[{**ROW, "Fund_Code": "JTF"}] * rows), encoding="utf-8")
        tracemalloc.start()
        kohesio.check(path, shown=100)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4_000_000  # the file itself is read in pieces of a million bytes


def test_every_check_is_told_and_every_language_speaks(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text({**ROW, "Fund_Code": "JTF", "Operation_Start_Date": "01/11/2020"}), encoding="utf-8")
    findings = kohesio.check(path)
    assert set(CHECKS) == {outcome.check for outcome in findings.checks} == set(findings.rules)
    spoken = {language: findings.into(language).findings[0].message for language in LANGUAGES}
    assert 3 == len(set(spoken.values()))


@pytest.mark.parametrize("form", reports.FORMATS)
def test_every_report_takes_these_findings(form, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text({**ROW, "Fund_Code": "JTF"}), encoding="utf-8")
    assert "Fund_Code" in reports.report(kohesio.check(path), form).replace("\\_", "_")
