"""A check that is written wrongly is named, with what it returned and what is accepted; a user sees no traceback."""

import re

import pytest
import samples

import esfdata
from esfdata.__main__ import main
from esfdata.exceptions import CheckError

HEAD = "import narwhals as nw\nimport pandas as pd\nimport polars as pl\nfrom esfdata.checks import ERROR, check\n"
DOC = "    '''A message.\n\n    | projects | name |\n    | -------- | ---- |\n    | ✗ | a |\n    |   | b |\n    '''\n"


def written(tmp_path, *bodies, name="mine", table="projects"):
    folder = tmp_path / "mine"
    folder.mkdir()
    functions = [
        f"@check(ERROR, 'me')\ndef {name}({table}):\n{DOC.replace('projects', table)}    {body}\n" for body in bodies
    ]
    (folder / "mine.py").write_text(HEAD + "\n".join(functions), encoding="utf-8")
    return folder


def refused(folder):
    package = samples.package(projects=[samples.PROJECT])
    with pytest.raises(CheckError) as raised:
        esfdata.validate(package, folder)
    assert re.match(r"mine\.py:5: check mine[: ]", str(raised.value))
    return str(raised.value)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("pass", "returned nothing (is a `return` missing?)"),
        ("return True", "returned True"),
        ("return 7", "returned 7"),
        ("return 'name'", "returned 'name'"),
        ("return [1]", "returned list"),
        ("return {'name': 1}", "returned dict"),
        ("return pd.DataFrame({'name': ['a']})", "returned a DataFrame of pandas"),
        ("return pl.LazyFrame({'name': ['a']})", "returned a LazyFrame of polars"),
        ("return pl.col('name') == 'a'", "returned a Expr of polars"),
    ],
)
def test_what_a_check_returned_is_said_with_what_is_accepted(body, shown, tmp_path):
    message = refused(written(tmp_path, body))
    assert f"check mine {shown}; accepted are an expression" in message


def test_a_frame_by_which_no_row_can_be_told_apart_is_refused(tmp_path):
    message = refused(written(tmp_path, "return projects.group_by('fund', n=nw.len()).select(other='n')"))
    assert "returned a frame of other; accepted is one with columns of projects" in message


def test_an_expression_that_is_true_or_false_of_nothing_is_refused(tmp_path):
    assert "String" in refused(written(tmp_path, "return projects.name"))


@pytest.mark.parametrize(
    "body", ["return projects.nam == 'a'", "raise ValueError('oh')", "return projects.name + 1 > 2"]
)
def test_what_a_check_raises_names_it(body, tmp_path):
    refused(written(tmp_path, body))


def test_two_checks_of_one_name_in_one_file_are_refused(tmp_path):
    folder = written(tmp_path, "return projects.name == 'a'", "return projects.name == 'b'")
    with pytest.raises(CheckError, match=r"mine\.py:\d+: the check mine is also at mine\.py:5"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), folder)


def test_a_check_that_is_imported_is_one_of_the_file(tmp_path, monkeypatch):
    library = tmp_path / "a_library_of_checks.py"
    library.write_text(
        HEAD + f"@check(ERROR, 'me')\ndef mine(projects):\n{DOC}    return projects.name == 'a'\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.py").write_text("from a_library_of_checks import mine\n", encoding="utf-8")
    findings = esfdata.validate(samples.package(projects=[{**samples.PROJECT, "name": "a"}]), folder)
    assert ["mine"] == [finding.check for finding in findings if finding.check == "mine"]


@pytest.mark.parametrize("body", ["pass", "return True", "return [1]", "return pd.DataFrame({'name': ['a']})"])
def test_on_the_command_line_it_is_one_sentence_with_status_2(body, tmp_path, capsys):
    tables = samples.csv(tmp_path / "tables", projects=[samples.PROJECT])
    assert 2 == main(["validate", str(tables), "--checks", str(written(tmp_path, body))])
    said = capsys.readouterr()
    assert "" == said.out
    assert re.fullmatch(r"esfdata: mine\.py:5: check mine returned [^\n]+\n", said.err)


def test_any_other_error_is_one_sentence_with_status_2(monkeypatch, tmp_path, capsys):
    def broken(*arguments, **further):
        raise ZeroDivisionError("of\nno use")

    monkeypatch.setattr("esfdata.findings.validation.run", broken)
    tables = samples.csv(tmp_path / "tables", projects=[samples.PROJECT])
    assert 2 == main(["validate", str(tables)])
    said = capsys.readouterr().err
    assert 1 == said.count("\n")
    assert said.startswith("esfdata: this is a fault of esfdata, not of what it read: ZeroDivisionError: of no use")
    assert "--debug" in said


@pytest.mark.parametrize("place", [0, 1, 2])
def test_with_debug_the_traceback_is_there(place, monkeypatch, tmp_path):
    def broken(*arguments, **further):
        raise ZeroDivisionError("of no use")

    monkeypatch.setattr("esfdata.findings.validation.run", broken)
    arguments = ["validate", str(samples.csv(tmp_path / "tables", projects=[samples.PROJECT]))]
    arguments.insert(place, "--debug")
    with pytest.raises(ZeroDivisionError):
        main(arguments)
