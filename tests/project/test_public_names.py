"""The public names: each says what it takes, gives and raises, and the examples in its docstring run."""

import ast
import dataclasses
import doctest
import inspect
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from importlib import import_module

import pytest

MODULES = ("esfdata", "esfdata.checks", "esfdata.exceptions", "esfdata.schemas", "esfdata.testing",
           "esfdata.engines.great_expectations", "esfdata.diff")  # fmt: skip


def members(module: str) -> dict[str, object]:
    """The public functions and classes of a module: of its `__all__`, else those that its file defines or passes on."""
    made = import_module(module)
    names = getattr(made, "__all__", None) or [name for name in vars(made) if not name.startswith("_")]
    values = {name: getattr(made, name) for name in names}
    own = hasattr(made, "__all__") or module.startswith("esfdata.engines.")
    return {
        f"{module}.{name}": value
        for name, value in values.items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__.startswith("esfdata.")
        and (own or value.__module__ == module)
    }


def defined(module: str) -> dict[str, object]:
    """The members, of Great Expectations' module only what the module behind it defines."""
    behind = "esfdata.compile.expectation_suites"
    found = members(module)
    return {k: v for k, v in found.items() if v.__module__ == behind} if ".engines." in module else found


PUBLIC = {name: value for module in MODULES for name, value in defined(module).items()}


def methods(owner: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that a class itself defines."""
    for name, value in vars(owner).items():
        if not name.startswith("_") and (inspect.isfunction(value) or is_property(value)):
            yield name, value


def is_property(value: object) -> bool:
    return isinstance(value, property) or type(value).__name__ == "cached_property"


DOCUMENTED = {
    **PUBLIC,
    **{
        f"{name}.{method}": value
        for name, owner in PUBLIC.items()
        if inspect.isclass(owner) and not issubclass(owner, Exception)
        for method, value in methods(owner)
    },
}


def section(text: str, title: str) -> list[str]:
    """The names that a section of a docstring in Google form explains, in its order."""
    block = re.search(rf"^{title}:\n((?: .*\n?|\n)*)", text, re.MULTILINE)
    return re.findall(r"^    \*{0,2}(\w+):", block[1], re.MULTILINE) if block else []


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_public_name_begins_with_a_full_sentence(name: str) -> None:
    first = (inspect.getdoc(DOCUMENTED[name]) or "").partition("\n")[0]
    assert re.fullmatch(r"[`A-Z].+[.]", first), first


@pytest.mark.parametrize("name", [name for name, value in DOCUMENTED.items() if inspect.isfunction(value)])
def test_the_arguments_are_explained_one_by_one(name: str) -> None:
    """What takes one argument and raises nothing may be documented by one sentence."""
    function = DOCUMENTED[name]
    text = inspect.getdoc(function) or ""
    arguments = [argument for argument in inspect.signature(function).parameters if argument != "self"]
    short = "\n" not in text and len(arguments) < 2 and not raises(function)
    if not short and arguments:
        assert arguments == section(text, "Args")


def raises(function: object) -> bool:
    """Whether the body of a function raises an error itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    return any(isinstance(node, ast.Raise) for node in ast.walk(tree))


@pytest.mark.parametrize("name", [n for n, v in PUBLIC.items() if dataclasses.is_dataclass(v) or hasattr(v, "_fields")])
def test_the_attributes_are_explained_one_by_one(name: str) -> None:
    owner = PUBLIC[name]
    fields = list(getattr(owner, "_fields", ()) or (field.name for field in dataclasses.fields(owner)))  # type: ignore[arg-type]
    assert fields == section(inspect.getdoc(owner) or "", "Attributes")


@pytest.mark.parametrize("name", [name for name, value in DOCUMENTED.items() if not is_property(value)])
def test_the_examples_run(name: str) -> None:
    value = DOCUMENTED[name]
    for example in doctest.DocTestFinder(recurse=False).find(value, name, module=sys.modules[value.__module__]):
        report: list[str] = []
        result = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
        assert result.failed == 0, "".join(report)


def test_the_linter_looks_at_every_module_of_a_public_name(root) -> None:
    ignores = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["per-file-ignores"]
    (pattern,) = (pattern for pattern, rules in ignores.items() if rules == ["DOC"])
    looked_at = set(re.fullmatch(r"!esfdata/\{(.+)\}\.py", pattern)[1].split(","))  # type: ignore[index]
    modules = {value.__module__.removeprefix("esfdata.").replace(".", "/") for value in PUBLIC.values()}
    assert modules - looked_at == set()
    assert {name for name in looked_at if not (root / "esfdata" / f"{name}.py").is_file()} == set()
