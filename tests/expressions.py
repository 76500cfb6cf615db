"""The expressions of workflows, as far as ours go: contexts, texts, `== != && || !`, and a few functions."""

import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(r"\s*(==|!=|&&|\|\||[!(),]|'(?:[^']|'')*'|[A-Za-z_][\w.-]*)")
HOLE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Expression:
    """One expression in the contexts of a step; a word of no known value is empty, as on the service."""

    def __init__(self, text: str, contexts: Mapping[str, Any]) -> None:
        self.tokens, self.contexts = TOKEN.findall(text), contexts
        if "".join(self.tokens) != re.sub(r"\s", "", text) and "'" not in text:
            raise ValueError(f"this runner cannot read the expression {text!r}")

    def value(self) -> Any:
        """The value of the whole expression."""
        found = self._or()
        if self.tokens:
            raise ValueError(f"this runner cannot read the expression from {self.tokens[0]!r}")
        return found

    def _next(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def _or(self) -> Any:
        found = self._and()
        while self._next("||"):
            other = self._and()
            found = found or other
        return found

    def _and(self) -> Any:
        found = self._same()
        while self._next("&&"):
            other = self._same()
            found = found and other
        return found

    def _same(self) -> Any:
        found = self._one()
        while sign := self._next("==", "!="):
            found = (found == self._one()) is (sign == "==")
        return found

    def _one(self) -> Any:
        if self._next("!"):
            return not self._one()
        if self._next("("):
            found = self._or()
            self._next(")")
            return found
        word = self.tokens.pop(0) if self.tokens else ""
        if not re.match(r"['A-Za-z_]", word):
            raise ValueError(f"this runner cannot read the expression at {word!r}")
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        return self._call(word) if self._next("(") else self._look(word)

    def _call(self, name: str) -> Any:
        arguments = []
        while not self._next(")"):
            arguments.append(self._or())
            self._next(",")
        failed = self.contexts["failed"]
        known = {"always": lambda: True, "success": lambda: not failed, "failure": lambda: failed, "format": _format}
        return known[name](*arguments)

    def _look(self, path: str) -> Any:
        found: Any = self.contexts
        for part in path.split("."):
            found = found.get(part, "") if isinstance(found, Mapping) else ""
        return found


def filled(text: Any, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions put in."""
    return HOLE.sub(lambda hole: str(Expression(hole[1], contexts).value()), str(text))


def holds(condition: str | None, contexts: Mapping[str, Any]) -> bool:
    """Whether a step or job runs; without a word on failure only while nothing failed."""
    text = HOLE.sub(lambda hole: hole[1], condition or "success()")
    if not re.search(r"\b(always|success|failure)\(", text):
        text = f"success() && ({text})"
    return bool(Expression(text, contexts).value())


def _format(pattern: str, *values: Any) -> str:
    return re.sub(r"\{(\d)\}", lambda hole: str(values[int(hole[1])]), pattern)
