"""Kinds of papers: what each module declares, and that a kind is added with one module and its texts."""

import csv
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from samples import ELY, LIST_2014

from esfdata.documents.kind import Kind
from esfdata.documents.kinds import KINDS
from esfdata.messages.languages import LANGUAGES
from esfdata.messages.texts import texts
from esfdata.resolve.extraction import accepting_kinds
from esfdata.tables.reading import blank


def test_the_order_of_sources():
    assert ["correction", "description", "export", "card"] == list(KINDS)
    assert len(KINDS) == len({kind.rank for kind in KINDS.values()})


@pytest.mark.parametrize("left_out", [field.name for field in fields(Kind)])
def test_a_kind_declares_everything(left_out):
    """A module that leaves something out cannot be imported, so it fails every test and reaches no user."""
    declared = {field.name: getattr(KINDS["card"], field.name) for field in fields(Kind)}
    with pytest.raises(TypeError, match=left_out):
        Kind(**{name: value for name, value in declared.items() if name != left_out})


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_has_its_module_and_its_title_in_each_language(kind):
    assert kind.statements.__module__ == kind.recognises.__module__ == f"esfdata.documents.kinds.{kind.name}"
    assert set(LANGUAGES) == set(texts("kinds").get(kind.title, {})), f"messages/kinds.csv lacks a title of {kind.name}"


def test_the_descriptor_accepts_every_kind_and_no_other():
    (field,) = [field for field in accepting_kinds(blank()).fields("documents") if field["name"] == "kind"]
    assert set(KINDS) == set(field["constraints"]["enum"]) == {one["value"] for one in field["categories"]}


TITLES = {"fi": "kokouksen pöytäkirja", "sv": "mötesprotokoll", "en": "minutes of a meeting"}
PAPERS = {
    "a.txt": "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n1 Hanke\n\n"
    "Hankekoodi: S20001\nHankkeen nimi: Kuvauksen nimi\n",
    "b.txt": "Pöytäkirja\nS20001 Pöytäkirjan nimi\n",
    "c.txt": "Pöytäkirja\nS20002 Toisen pöytäkirjan nimi\n",
    "d.csv": f"{LIST_2014}\nS20002,ESR,Listan nimi,5,{ELY},Toiminnassa,1.1.2016,31.12.2017,Esimerkin kunta,4,3,2,1\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory, root) -> Path:
    """What a copy of the library, with the kind of papers that the recipe adds, builds of papers of that kind."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("esfdata", "datapackage", "checks"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    recipe = (root / "docs" / "recipes" / "kind.md").read_text(encoding="utf-8")
    for path, text in re.findall(r"^```\w+ (esfdata/\S+)\n(.*?)^```$", recipe, re.MULTILINE | re.DOTALL):
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "esfdata", "build", "papers", "--to", "built"]
    run = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True
    )
    assert 0 == run.returncode, run.stdout + run.stderr
    return folder / "built"


def read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}


def test_a_package_with_an_added_kind_passes_its_gate(built):
    kinds = {name: row["kind"] for name, row in read(built / "datapackage" / "data" / "documents.csv").items()}
    assert {"a.txt": "description", "b.txt": "minutes", "c.txt": "minutes", "d.csv": "export"} == kinds
    assert list(built.glob("**/*.zip")), "the release was not written"


def test_the_rank_of_an_added_kind_is_respected(built):
    names = {code: row["name"] for code, row in read(built / "datapackage" / "data" / "projects.csv").items()}
    assert {"S20001": "Kuvauksen nimi", "S20002": "Toisen pöytäkirjan nimi"} == names


def test_text_of_an_added_kind_is_looked_at_for_damage(built):
    documents = read(built / "datapackage" / "data" / "documents.csv")
    assert {"b.txt": "false", "d.csv": ""} == {name: documents[name]["damaged"] for name in ("b.txt", "d.csv")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_call_an_added_kind_by_its_title(built, language):
    pages = {page.name: page.read_text(encoding="utf-8") for page in built.glob(f"**/{language}/**/*.html")}
    assert TITLES[language] in pages["about.html"]
    assert TITLES[language] in pages["S20001.html"]
