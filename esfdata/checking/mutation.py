"""Mutants of a check: its function with one small fault in it, which the example of its docstring must notice."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from types import FunctionType
from typing import Any, NamedTuple

from esfdata.checking.check import Check

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
JOINS = ("inner", "left", "anti")
GUARDS = ("drop_nulls", "fill_null")
GATHERED = ("any_horizontal", "all_horizontal")


class Place(NamedTuple):
    """Where a node stands: the field of its parent, and the position in it if the field is a list."""

    parent: ast.AST
    field: str
    position: int | None

    def put(self, node: ast.AST) -> None:
        """Let another node stand here."""
        if self.position is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.position] = node


def mutants(check: Check) -> Iterator[tuple[str, Check]]:
    """The check with one small fault in it, in turn; its example must notice every one.

    A comparison is flipped, a number is one more or one less, a predicate is negated or dropped, `&` and `|` change
    places, a join is another or loses a key, a guard against unknown values is dropped, a list loses a member. What the
    check's function calls of its own module is changed like the function itself.

    Args:
        check: The check.

    Yields:
        What was changed, as `function: before → after`, and the check that has it. No two of a check have one text.
    """
    functions = _functions(check.function, {})
    times: Counter[str] = Counter()
    for name, tree in functions.items():
        for place, node, changed in list(_changes(tree, check.function.__globals__)):
            shown = place.parent if isinstance(node, ast.Constant | ast.Name) else node
            before = _text(shown)
            place.put(changed)
            text = f"{name}: {before} → {_text(shown if shown is place.parent else changed)}"
            times[text] += 1
            yield text if times[text] == 1 else f"{text} ({times[text]})", _compiled(check, functions)
            place.put(node)


def _functions(function: FunctionType | Any, seen: dict[str, ast.Module]) -> dict[str, ast.Module]:
    """The syntax of a function and of those of its module that it calls, by name."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    seen[function.__name__] = tree
    for node in ast.walk(tree):
        other = function.__globals__.get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(other, FunctionType) and other.__module__ == function.__module__ and other.__name__ not in seen:
            _functions(other, seen)
    return seen


def _compiled(check: Check, functions: dict[str, ast.Module]) -> Check:
    names = dict(check.function.__globals__)
    for tree in functions.values():
        exec(compile(ast.fix_missing_locations(tree), check.place, "exec"), names)
    return replace(check, function=names[check.function.__name__])


def _text(node: ast.AST) -> str:
    """The node as code in one line; of a chain of calls the last."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not isinstance(node.func.value, ast.Name)
    ):
        node = ast.Call(ast.Attribute(ast.Name("…"), node.func.attr), node.args, node.keywords)
    return " ".join(ast.unparse(node).split())


def _changes(tree: ast.AST, names: dict[str, Any]) -> Iterator[tuple[Place, ast.AST, ast.AST]]:
    """Each small fault: the place, the node that stands there, and the one that shall."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if field in ("args", "decorator_list") and isinstance(parent, ast.FunctionDef):
                continue
            for position, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.expr):
                    for changed in _faults(node, names):
                        yield Place(parent, field, position), node, changed


def _faults(node: ast.expr, names: dict[str, Any]) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPPED:
        yield ast.Compare(node.left, [FLIPPED[type(node.ops[0])](), *node.ops[1:]], node.comparators)
    elif isinstance(node, ast.Constant | ast.Name):
        value = node.value if isinstance(node, ast.Constant) else names.get(node.id)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield from (ast.Constant(value + step) for step in (1, -1))
        elif isinstance(value, tuple | list | set | frozenset | dict) and len(value) > 1:
            yield from (ast.parse(repr(less), mode="eval").body for less in _less(value))
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for place in range(len(node.elts)):
            yield type(node)([*node.elts[:place], *node.elts[place + 1 :]], node.ctx)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield node.left
        yield node.right
        yield ast.BinOp(node.left, ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd(), node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield node.operand
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _faults_of_call(node, node.func)


def _less(value: Collection[Any]) -> Iterator[Collection[Any]]:
    """A collection without each of its members in turn."""
    if isinstance(value, dict):
        yield from ({key: value[key] for key in value if key != left} for left in value)
    else:
        members = sorted(value) if isinstance(value, set | frozenset) else list(value)
        kind: Callable[[list[Any]], Collection[Any]] = type(value)
        yield from (kind([*members[:place], *members[place + 1 :]]) for place in range(len(members)))


def _faults_of_call(node: ast.Call, function: ast.Attribute) -> Iterator[ast.expr]:
    if function.attr in GUARDS:
        yield function.value
    elif function.attr == "filter":
        for place, predicate in enumerate(node.args):
            if not isinstance(predicate, ast.UnaryOp):
                yield _with(node, place, ast.UnaryOp(ast.Invert(), predicate))
            yield function.value if len(node.args) == 1 else _with(node, place)
    elif function.attr in GATHERED and len(node.args) > 1:
        yield from (_with(node, place) for place in range(len(node.args)))
    elif function.attr == "join":
        how = next((word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)), "inner")
        for other in JOINS:
            if other != how:
                yield ast.Call(function, node.args, [ast.keyword("how", ast.Constant(other))])
        if how in ("semi", "anti"):
            yield function.value
        if len(node.args) > 2:
            yield from (_with(node, place) for place in range(1, len(node.args)))


def _with(node: ast.Call, place: int, *argument: ast.expr) -> ast.Call:
    """The call with other arguments at a place, or none."""
    return ast.Call(node.func, [*node.args[:place], *argument, *node.args[place + 1 :]], node.keywords)
