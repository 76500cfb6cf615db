"""Every list has one home: no tuple, list, set or dictionary of names stands in the code."""

import ast
import json
from collections.abc import Iterator

import pytest

from esfdata.checking.check import SEVERITIES
from esfdata.documents.kinds import KINDS
from esfdata.messages.languages import LANGUAGES
from esfdata.paths import LIBRARY, share

TABLES = {r["name"] for r in json.loads((share("datapackage") / "datapackage.json").read_text("utf-8"))["resources"]}
HOMES = {
    "tables": (TABLES, "", "ask the package: tables_of(role), see esfdata/tables/roles.py"),
    "kinds": ({*KINDS}, "", "iterate KINDS, found in the folder esfdata/documents/kinds"),
    "languages": ({*LANGUAGES}, "", "iterate LANGUAGES, the rows of esfdata/messages/languages.csv"),
    "severities": ({*SEVERITIES}, "checking/check.py", "use ERROR, WARNING, INFO and SEVERITIES of esfdata.checks"),
}
"""What has one home: the names, the module that may list them, and what other modules do instead."""


def literals(tree: ast.AST, names: set[str]) -> Iterator[tuple[int, list[str]]]:
    """The tuples, lists, sets and dictionaries with two or more of the names: line, and names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = node.elts
        elif isinstance(node, ast.Dict):
            parts = [part for part in node.keys if part]
        else:
            continue
        said = [part.value for part in parts if isinstance(part, ast.Constant) and part.value in names]
        if len(said) > 1:
            yield node.lineno, said


@pytest.mark.parametrize("text", ['T = ("projects", "finance")', 'x in ["a", "projects", "funds"]',
                                  '{"projects": 1, "rates": 2}', '{"projects", "organisations"}'])  # fmt: skip
def test_a_list_of_tables_is_seen(text):
    assert 1 == len(list(literals(ast.parse(text), TABLES)))


@pytest.mark.parametrize("text", ['("projects", "name")', '{"projects": "finance"}', '(x, "projects")'])
def test_one_table_by_its_name_is_none(text):
    assert [] == list(literals(ast.parse(text), TABLES))


@pytest.mark.parametrize("names", HOMES)
def test_a_list_stands_at_home_alone(names):
    listed, home, instead = HOMES[names]
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        inside = path.relative_to(LIBRARY).as_posix()
        # A wheel has the checks in its share/; what a check reads is its own, and stands beside it.
        if inside != home and not inside.startswith("share/"):
            found += [(inside, *one) for one in literals(ast.parse(path.read_text(encoding="utf-8")), listed)]
    assert [] == found, instead
