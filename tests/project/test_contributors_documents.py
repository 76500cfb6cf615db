"""What contributors read names what is there, and the code keeps to its words."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from esfdata.paths import LIBRARY

TOP = "esfdata|datapackage|checks|tests|docs|benchmarks|\\.ci|\\.github"
PLACE = re.compile(rf"`((?:{TOP})/[\w./-]*|Makefile|pyproject\.toml|CHANGELOG\.md|action\.yml)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
MODULE = re.compile(r"`(esfdata(?:\.\w+)+)(?=[`(])")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
BANNED = {"told", "afar", "far", "stage", "sweep", "known", "door", "found"}
"""Words that no name in the code has, see the last table of GLOSSARY.md."""


@pytest.fixture(scope="module")
def pages(root) -> dict[Path, str]:
    """The documents by path, without their blocks of code."""
    paths = [root / "README.md", *root.glob(".github/*.md"), *root.glob("docs/**/*.md")]
    return {path: FENCED.sub("", path.read_text(encoding="utf-8")) for path in paths}


def outside_recipes(pages: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """The pages but the recipes, which name files that are made by following them."""
    return ((path, text) for path, text in pages.items() if path.parent.name != "recipes")


def test_every_path_that_a_document_names_is_there(root, pages):
    named = [(page.name, name) for page, text in outside_recipes(pages) for name in PLACE.findall(text)]
    assert len(named) > 40
    assert [] == [(page, name) for page, name in named if not (root / name).exists()]


def test_every_link_of_a_document_leads_somewhere(pages):
    links = [(page, name) for page, text in pages.items() for name in LINK.findall(text)]
    assert [] == [(page.name, name) for page, name in links if not (page.parent / name).exists()]


def test_every_module_that_a_document_names_can_be_imported(pages):
    for name in {name for text in pages.values() for name in MODULE.findall(text)}:
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute) or importlib.import_module(name)


def test_the_architecture_names_each_room_once_and_in_the_order_of_the_contract(root, pages):
    section = pages[root / ".github" / "ARCHITECTURE.md"].partition("## The rooms")[2].partition("\n## ")[0]
    rows = [re.findall(r"`esfdata/([\w.]+)`", line.split("|")[1]) for line in section.splitlines() if "| `" in line]
    rooms = [name.removesuffix(".py") for row in rows for name in row]
    there = {path.stem for path in LIBRARY.iterdir() if path.suffix == ".py" or path.is_dir()}
    unnamed = {"__init__", "__main__", "__about__", "__pycache__", "exceptions", "share"}
    assert sorted(there - unnamed) == sorted(rooms)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [layer.split(" | ") for layer in project["tool"]["importlinter"]["contracts"][0]["layers"]]
    depth = {room: number for number, layer in enumerate(layers) for room in layer}
    assert [depth[room] for room in rooms] == sorted(depth[room] for room in rooms)


def test_decisions_are_numbered_and_listed(root):
    folder = root / "docs" / "decisions"
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    paths = sorted(folder.glob("[0-9]*.md"))
    assert [path.name for path in paths] == [name for _, _, name in listed]
    for number, (path, (said, title, name)) in enumerate(zip(paths, listed, strict=True), 1):
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        assert (f"# {number}. {title}", str(number), f"{number:04}") == (first, said, name[:4])
        assert len([line for line in rest if line]) <= 20


def test_the_glossary_has_the_words_of_the_code(root):
    text = (root / ".github" / "GLOSSARY.md").read_text(encoding="utf-8")
    used, unused = text.split("## Words that code does not use")
    words = re.findall(r"^\| ([\w ]+) \|", used, re.MULTILINE)
    assert 40 <= len(words) - words.count("word") <= 70
    assert len(set(words) - {"word"}) == len(words) - words.count("word")
    rows = re.findall(r"^\| ([\w, ]+) \|", unused, re.MULTILINE)
    assert {"not", *BANNED} == {word for row in rows for word in row.split(", ")}


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names that a module gives: functions, classes, arguments, variables, attributes and what it imports anew."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, node.arg


def banned(name: str) -> bool:
    return not BANNED.isdisjoint(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


@pytest.mark.parametrize("text", ["found = 1", "def told(): 0", "class Afar: 0", "def f(known): 0", "self.found = 1",
                                  "from a import b as told", "f(found=1)", "far_rows = 1", "with a as door: 0"])  # fmt: skip
def test_a_name_that_is_no_word_of_the_code_is_seen(text):
    assert [name for _, name in names(ast.parse(text)) if banned(name)]


def test_no_name_is_one_of_the_words_that_code_does_not_use():
    at = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        inside = path.relative_to(LIBRARY).as_posix()
        if not inside.startswith("share/"):
            given = [*names(ast.parse(path.read_text(encoding="utf-8"))), (1, path.stem)]
            at[inside] = sorted({(line, name) for line, name in given if banned(name)})
    assert {} == {inside: given for inside, given in at.items() if given}
