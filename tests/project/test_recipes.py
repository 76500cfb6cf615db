"""The recipes: each page is followed to the letter in a copy of the checkout, and the files it touches are counted.

In a page, a block with a path after its language is a file: added to the end where the file exists, else new. A block
`diff` with a path takes lines out and puts lines in at the place that its other lines show. In a block `console`, a line
after `$` is run in the copy, and the lines below it stand in what it prints, in their order.
"""

import filecmp
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PARTS = ("esfdata", "datapackage", "checks", "tests", "pyproject.toml")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+(?:\\\n.+)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
TEXTS = re.compile(r"checks/translations\.csv|esfdata/messages/[\w.]+\.csv|datapackage/codelists/\w+\.csv")
"""The files of texts, which a recipe names apart from the others."""
COUNTS = {"check": 1, "field": 2, "table": 1, "engine": 1, "language": 0, "kind": 1}
"""How many files beside texts each recipe may touch."""


class Block(NamedTuple):
    """A block of a page: its language, the path after it, and its text."""

    language: str
    path: str | None
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page)]


def named(page: str, title: str) -> set[str]:
    """The paths that a page says it touches, behind `**Files:**` or `**Texts:**`."""
    line = re.search(rf"^\*\*{title}:\*\*(.*(?:\n(?!\*\*).+)*)", page, re.MULTILINE)
    return set(re.findall(r"`([\w./-]+\.\w+)`", line[1])) if line else set()


def change(path: Path, text: str) -> None:
    """Take out the lines with a minus and put in those with a plus, at the one place where the others stand."""
    lines = text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1, f"{path.name} has these lines {whole.count(before)} times:\n{before}"
    path.write_text(whole.replace(before, after), encoding="utf-8", newline="\n")


def write(path: Path, text: str) -> None:
    """Add a text to the end of a file, or make the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blank = "\n\n" if path.exists() and path.suffix == ".py" else ""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(blank + text)


def run(command: str, expected: str, folder: Path) -> None:
    """Run a command of a page in the copy; the lines below it stand in what it prints."""
    shell = f'esfdata() {{ "{sys.executable}" -m esfdata "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n{command}'
    environment = {**os.environ, "PYTHONPATH": str(folder), "SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", shell], cwd=folder, env=environment, capture_output=True, text=True)
    printed, at = re.sub(" +", " ", done.stdout + done.stderr), 0
    for line in filter(None, map(str.strip, expected.splitlines())):
        place = printed.find(line, at)
        assert place >= 0, f"$ {command}\ndoes not print, in this order:\n{line}\nbut:\n{printed}"
        at = place + len(line)


def follow(page: str, folder: Path) -> None:
    """Do what a page says, from its first block to the last."""
    for block in blocks(page):
        if block.language == "console":
            for command, expected in COMMAND.findall(block.text):
                run(command, expected, folder)
        elif block.path and block.language == "diff":
            change(folder / block.path, block.text)
        elif block.path:
            write(folder / block.path, block.text)


def touched(folder: Path, root: Path) -> set[str]:
    """The files of the library, the descriptor and the checks that differ from those of the checkout."""
    files = (path for part in ("esfdata", "datapackage", "checks") for path in (folder / part).rglob("*"))
    return {
        name.as_posix()
        for path in files
        if path.is_file() and "__pycache__" not in path.parts
        for name in [path.relative_to(folder)]
        if not (root / name).is_file() or not filecmp.cmp(path, root / name, shallow=False)
    }


@pytest.fixture
def copy(root, tmp_path) -> Path:
    """A copy of what a recipe works on."""
    for part in PARTS:
        if (root / part).is_file():
            shutil.copy2(root / part, tmp_path / part)
        else:
            shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_there_is_a_recipe_for_each_thing_to_add(root):
    pages = {path.stem for path in (root / "docs" / "recipes").glob("*.md")}
    contributing = (root / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(COUNTS) == pages == set(re.findall(r"\(\.\./docs/recipes/(\w+)\.md\)", contributing))


@pytest.mark.parametrize("name", COUNTS)
def test_a_recipe_works_and_touches_what_it_says(name, root, copy):
    page = (root / "docs" / "recipes" / f"{name}.md").read_text(encoding="utf-8")
    follow(page, copy)
    changed = touched(copy, root)
    texts = {path for path in changed if TEXTS.fullmatch(path)}
    assert (named(page, "Files"), named(page, "Texts")) == (changed - texts, texts)
    assert len(changed - texts) == COUNTS[name]
