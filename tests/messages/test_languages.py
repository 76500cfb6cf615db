"""Finnish, Swedish and English: everything that is said is said in each."""

import ast
import csv
import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
import samples

import esfdata
from esfdata.__main__ import main
from esfdata.checking.check import load_checks
from esfdata.exceptions import CheckError
from esfdata.findings.rule import CONSTRAINTS, FIELDS, OPTIONAL, WAIVERS, rules
from esfdata.messages.languages import ENGLISH, LANGUAGES, ORIGINAL, preferred
from esfdata.messages.phrase import Phrase
from esfdata.messages.texts import FOLDER, phrases, text, texts
from esfdata.paths import share
from esfdata.reports.explanation import explain
from esfdata.tables.constraints import _ACCEPTS
from esfdata.tables.field_types import TYPES

CHECKS = load_checks(share("checks"))
NAMES = [*(check.name for check in CHECKS), *CONSTRAINTS, *WAIVERS]
RULES = rules(CHECKS, share("checks"))


OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_check_has_a_message_and_an_advice_in_each_language(name, language):
    rule = RULES[name]
    sentences = [rule.texts[language]["message"], rule.texts[language]["advice"]]
    assert [name] * 2 == [name for text in sentences if re.fullmatch(r"[A-ZÅÄÖ].*[^.]\.", text)], (
        f"checks/translations.csv lacks a whole sentence of {name} in {language}: {sentences}"
    )


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_check_says_in_each_language_what_it_says_in_english(name, language):
    said = {column for column, text in RULES[name].texts[ENGLISH].items() if text}
    assert said == {column for column, text in RULES[name].texts[language].items() if text}


def test_each_row_of_translations_is_of_a_check_and_its_english_is_the_docstring():
    with (share("checks") / "translations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set() == {row["check"] for row in rows} - set(NAMES)
    titles = {name: rule.title("en") for name, rule in RULES.items()}
    wrong = [row for row in rows if row["lang"] == "en" and row["message"] not in ("", titles[row["check"]])]
    assert [] == wrong
    names = {check.name for check in CHECKS}
    code = [row for row in rows if row["lang"] == "en" and row["check"] in names]
    assert {""} == {row[column] for row in code for column in ("message", *OPTIONAL)}, "the code says it"


def test_names_of_fields_and_commands_are_not_translated():
    for name, rule in RULES.items():
        for part in re.findall(r"`[^`]+`|\w+\.csv|y-tunnus(?= )", rule.advice("en")):
            if part != "y-tunnus":
                assert all(part in rule.texts[language]["advice"] for language in LANGUAGES), (name, part)


def trees(root: Path) -> list[tuple[str, ast.Module]]:
    """The modules of the library, each with its path."""
    paths = sorted((root / "esfdata").rglob("*.py"))
    return [(path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def constants(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def spoken(root: Path) -> set[str]:
    """The templates in the code: the first argument of every Phrase, and every sentence about lists of operations."""
    found = {one.accepts for one in TYPES.values()} | {*_ACCEPTS.values()}
    for path, tree in trees(root):
        for node in ast.walk(tree):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase"
            if named and not isinstance(node.args[0], ast.Subscript):
                found |= constants(node.args[0])
        if "/kohesio/" in path:
            docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
                    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))}  # fmt: skip
            docs |= {node.value.value for node in tree.body
                     if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}  # fmt: skip
            found |= {text for text in constants(tree) - docs if re.fullmatch(r"[A-Z][^\n]* [^\n]*\.", text)}
    return {text for text in found if isinstance(text, str)}


def test_every_phrase_in_the_code_has_its_translations(root):
    assert set() == {text for text in spoken(root) if text not in phrases() and text != "s"}


def test_every_row_of_a_phrase_is_said_somewhere(root):
    said = set().union(*(constants(tree) for _, tree in trees(root)))
    assert [] == [text for text in phrases() if text not in said and text.removesuffix("s") not in said]


def test_a_phrase_has_one_row():
    keys = []
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        keys += [(*header[:2], row[0]) for row in rows]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("english", phrases())
def test_a_translation_is_filled_with_the_same_values(english):
    row = phrases()[english]
    assert list(LANGUAGES) == [language for language in LANGUAGES if row.get(language)]
    names = [set(re.findall(r"\{(\w+)", row[language])) for language in LANGUAGES]
    assert [names[0]] * len(names) == names


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "fi_FI.UTF-8", "LC_MESSAGES": "sv_FI"}, "sv"),
        ({"LANG": "fi_FI.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sv"}, "sv"),
        ({"LC_ALL": "", "LANG": "fi-FI"}, "fi"),
    ],
)
def test_the_language_of_an_environment(environment, language):
    assert language == preferred(environment)


def test_a_phrase_goes_from_language_to_language_and_through_a_pickle():
    phrase = Phrase(
        "{title}: {evidence}.", title="x {y}", evidence=(Phrase("at least {limit}", limit=1), Phrase("text"))
    )
    assert "x {y}: at least 1; text." == phrase
    assert "x {y}: vähintään 1; teksti." == phrase.into("fi")
    assert "x {y}: minst 1; text." == phrase.into("fi").into("sv")
    assert phrase.into("fi").into("sv") == pickle.loads(pickle.dumps(phrase)).into("sv")


BROKEN = [
    (
        "fi",
        "start_date",
        "15.4.2020",
        "Kentän start_date arvo on '15.4.2020'; hyväksytään: päivämäärä muodossa VVVV-KK-PP.",
    ),
    ("sv", "start_date", "15.4.2020", "Fältet start_date är '15.4.2020'; godkänns: ett datum i formen ÅÅÅÅ-MM-DD."),
    ("en", "start_date", "15.4.2020", "The field start_date is '15.4.2020'; accepted: a date as YYYY-MM-DD."),
    ("fi", "project_code", None, "Kenttä project_code on tyhjä; hyväksytään: jokin arvo."),
    ("sv", "project_code", None, "Fältet project_code är tomt; godkänns: ett värde."),
]


@pytest.mark.parametrize(("language", "field", "value", "message"), BROKEN)
def test_constraints_are_told_in_the_language(language, field, value, message):
    package = samples.package(projects=[{**samples.PROJECT, field: value}])
    assert message in [finding.message for finding in esfdata.validate(package, samples.CHECKS, lang=language)]


def test_personal_data_is_masked_in_every_language():
    package = samples.package(projects=[{**samples.PROJECT, "name": "Erkki Esimerkki, erkki@example.fi"}])
    findings = esfdata.validate(package)
    for language in LANGUAGES:
        assert "erkki@" not in "".join(finding.message for finding in findings.into(language))


def test_an_unknown_language_is_told_what_is_accepted():
    with pytest.raises(esfdata.EsfdataError, match="accepted are fi, sv, en"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), samples.CHECKS, lang="et")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("check,lang\n", "the header is check,lang"),
        (",".join(FIELDS) + "\ntype,et,a,b\n", r"translations\.csv:2: the language is 'et'"),
        (",".join(FIELDS) + "\ntype,fi,a,b\ntype,fi,a,b\n", r"translations\.csv:3: type has two rows for fi"),
    ],
)
def test_translations_of_a_wrong_form_stop_the_run(tmp_path, text, told):
    (tmp_path / "translations.csv").write_text(text)
    with pytest.raises(CheckError, match=told):
        rules([], tmp_path)


def run(folder: Path, *arguments: str, language: str = "fi_FI.UTF-8") -> str:
    command = [sys.executable, "-P", "-m", "esfdata", "validate", str(folder), *arguments]
    command += ["--checks", str(samples.CHECKS)]
    environment = {**os.environ, "LC_ALL": language}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return samples.csv(tmp_path_factory.mktemp("package"), projects=[{**samples.PROJECT, "end_date": "2019-01-01"}])


def test_people_are_told_in_the_language_of_the_environment(folder):
    assert "Hanke päättyy ennen kuin se alkaa" in run(folder)
    assert "Ett projekt slutar innan det börjar" in run(folder, "--lang", "sv")


EXPLAINED = [
    ("fi", "ends_before_start", "\n\nHanke päättyy ennen kuin se alkaa.\n\nMitä tehdä: Tarkista päivämäärät"),
    ("sv", "type", "\n\nEn cell är inte av fältets typ.\n\nGör så här: Skriv värdet"),
    ("en", "ends-before-start", "\n\nA project ends before it starts.\n\nWhat to do: Check the dates"),
]


@pytest.mark.parametrize(("language", "name", "part"), EXPLAINED)
def test_explain_tells_the_fault_and_what_to_do(language, name, part, capsys):
    assert 0 == main(["explain", name, "--lang", language])
    assert part in capsys.readouterr().out


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_explain_is_in_the_language_from_end_to_end(name, language):
    text, rule = " ".join(explain(name, lang=language).split()), RULES[name]
    said = [rule.title(language), rule.advice(language), rule.explanation(language)]
    said += [rule.reference(language)] if name in {check.name for check in CHECKS} else []
    assert [] == [part for part in said if part not in text]
    english = {
        *rule.texts[ENGLISH].values(),
        *(re.sub(r"\{.*", "", key) for key in texts("explanation")),
        rule.severity,
    }
    own = {*rule.texts[language].values(), Phrase(rule.severity, language)}
    sentences = {part for part in english - own if len(part.split()) > 1}
    assert set() == {part for part in sentences if part in text}
    assert text.startswith(f"{name} ({Phrase(rule.severity, language)}) ")


@pytest.mark.parametrize(("language", "said"), [
    ("fi", "tarkistusta 'ends-befor-start' ei ole; lähimmät ovat ends-before-start"),
    ("sv", "det finns ingen kontroll 'ends-befor-start'; de närmaste är ends-before-start"),
])  # fmt: skip
def test_explain_tells_of_an_unknown_name_in_the_language(language, said, capsys):
    assert 2 == main(["explain", "ends-befor-start", "--lang", language])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("language", "row"), [
    ("fi", "| tarkistus | vakavuus | viesti | peruste |"), ("sv", "| kontroll | allvarlighetsgrad | meddelande | grund |"),
    ("en", "| check | severity | message | reference |"),
])  # fmt: skip
def test_the_list_of_checks_as_markdown_is_in_the_language_asked_for(language, row, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    assert 0 == main(["explain", "--as", "markdown", *(["--lang", language] if language != ENGLISH else [])])
    text = capsys.readouterr().out
    assert row in text
    assert [] == [name for name in NAMES if name not in WAIVERS and RULES[name].title(language) not in text]


@pytest.mark.parametrize(("language", "parts"), [
    ("fi", ["| kenttä | nimi |", "Rahasto", "Pääavain: `programme_period`, `fund`"]),
    ("sv", ["| fält | namn |", "Fond", "Primärnyckel: `programme_period`, `fund`"]),
    ("en", ["| field | title |", "Fund", "Primary key: `programme_period`, `fund`"]),
])  # fmt: skip
def test_a_table_is_described_in_the_language(language, parts, capsys):
    assert 0 == main(["describe", "funds", "--lang", language])
    text = capsys.readouterr().out
    assert parts == [part for part in parts if part in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_lists_every_check_in_the_language(language, capsys):
    assert 0 == main(["explain", "--lang", language])
    lines = capsys.readouterr().out.splitlines()
    assert [] == [
        name for name, rule in RULES.items() if not any(line.endswith(rule.title(language)) for line in lines)
    ]


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_scripts_are_told_in_english_unless_they_ask(folder, format):
    assert run(folder, "--format", format) == run(folder, "--format", format, language="C.UTF-8")
    assert "Hanke päättyy" in run(folder, "--format", format, "--lang", "fi")
    assert "A project ends before it starts" in json.dumps(json.loads(run(folder, "--format", format)))


LISTS = sorted((share("datapackage") / "codelists").glob("*.csv"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_code_list_with_titles_has_them_in_each_language(path):
    """A code that is a word is Finnish and needs no title in it, or has a label as it is printed."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    titled = {name for name in rows[0] if name.startswith("title_")} - {f"title_{ORIGINAL}"}
    wanted = {f"title_{language}" for language in LANGUAGES if language != ORIGINAL}
    assert titled in (set(), wanted)
    assert [] == [row for row in rows for name in titled if not row[name].strip()]


def test_a_language_is_a_row_that_says_how_it_writes():
    with (FOLDER / "languages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(LANGUAGES) == [row["language"] for row in rows]
    assert [] == [row for row in rows if not all(row.values())]
    assert {12} == {len(row["months"].split()) for row in rows}


def test_a_text_that_a_language_lacks_is_in_english():
    rows = {"a": {"en": "A", "fi": "Aa"}, "b": {}}
    assert ("Aa", "A", "b") == (text(rows, "a", "fi"), text(rows, "a", "sv"), text(rows, "b", "sv"))
    assert "No such text in any list: 1." == Phrase("No such text in any list: {n}.", "fi", n=1)
