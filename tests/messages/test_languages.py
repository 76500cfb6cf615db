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
from esfdata.findings.rule import FIELDS, rules
from esfdata.findings.words import WAIVERS
from esfdata.messages.languages import LANGUAGES, preferred
from esfdata.messages.phrase import Phrase
from esfdata.messages.texts import phrases
from esfdata.paths import share
from esfdata.tables.constraints import _ACCEPTS, FURTHER, WORDS
from esfdata.tables.field_types import TYPES

CHECKS = load_checks(share("checks"))
NAMES = [*(check.name for check in CHECKS), *WORDS, *FURTHER, *(word.name for word in WAIVERS)]
RULES = rules(CHECKS, share("checks"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_check_has_a_message_and_an_advice_in_each_language(name, language):
    rule = RULES[name]
    sentences = [rule.titles[language], rule.advices[language]]
    assert [name] * 2 == [name for text in sentences if re.fullmatch(r"[A-ZÅÄÖ].*[^.]\.", text)], (
        f"checks/translations.csv lacks a whole sentence of {name} in {language}: {sentences}"
    )


def test_each_row_of_translations_is_of_a_check_and_its_english_is_the_docstring():
    with (share("checks") / "translations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set() == {row["check"] for row in rows} - set(NAMES)
    titles = {name: rule.titles["en"] for name, rule in RULES.items()}
    wrong = [row for row in rows if row["lang"] == "en" and row["message"] not in ("", titles[row["check"]])]
    assert [] == wrong


def test_names_of_fields_and_commands_are_not_translated():
    for name, rule in RULES.items():
        for part in re.findall(r"`[^`]+`|\w+\.csv|y-tunnus(?= )", rule.advices["en"]):
            if part != "y-tunnus":
                assert all(part in rule.advices[language] for language in LANGUAGES), (name, part)


def spoken(root: Path) -> set[str]:
    """The templates in the code: the first argument of every Phrase."""
    found = {one.accepts for one in TYPES.values()} | {*_ACCEPTS.values()}
    for path in (root / "esfdata").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase"
            if named and not isinstance(node.args[0], ast.Subscript):
                found |= {c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)}
    return {text for text in found if isinstance(text, str)}


def test_every_phrase_in_the_code_has_its_translations(root):
    assert set() == {text for text in spoken(root) if text not in phrases() and text != "s"}


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


CONSTRAINTS = [
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


@pytest.mark.parametrize(("language", "field", "value", "message"), CONSTRAINTS)
def test_constraints_are_told_in_the_language(language, field, value, message):
    package = samples.package(projects=[{**samples.PROJECT, field: value}])
    assert message in [finding.message for finding in esfdata.validate(package, lang=language)]


def test_personal_data_is_masked_in_every_language():
    package = samples.package(projects=[{**samples.PROJECT, "name": "Erkki Esimerkki, erkki@example.fi"}])
    findings = esfdata.validate(package)
    for language in LANGUAGES:
        assert "erkki@" not in "".join(finding.message for finding in findings.into(language))


def test_an_unknown_language_is_told_what_is_accepted():
    with pytest.raises(esfdata.EsfdataError, match="accepted are fi, sv, en"):
        esfdata.validate(samples.package(projects=[samples.PROJECT]), lang="et")


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
