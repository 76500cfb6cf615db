"""A text that the program says: its English template is its key among the rows of `messages/`."""

from __future__ import annotations

from functools import partial
from typing import Any

from esfdata.messages.languages import ENGLISH
from esfdata.messages.texts import phrases, text


class Phrase(str):
    """A text that can be said in each language: a template and what fills it.

    It is its own text in one language (English, if nothing else is asked for). Values are texts, numbers,
    phrases, or several phrases.
    """

    template: str
    language: str
    values: dict[str, Any]

    def __new__(cls, template: str, language: str = ENGLISH, /, **values: Any) -> Phrase:
        """The phrase in a language; in English where the template has no row, or the row no such language."""
        form = template if language == ENGLISH else text(phrases(), template, language)
        phrase = super().__new__(cls, form.format(**{name: _in(value, language) for name, value in values.items()}))
        phrase.template, phrase.language, phrase.values = template, language, values
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Phrase, self.template, self.language, **self.values), ()

    def into(self, language: str, **further: Any) -> Phrase:
        """The same phrase in another language; `further` values take the place of its own."""
        return Phrase(self.template, language, **{**self.values, **further})


def _in(value: Any, language: str) -> object:
    """A value as the language says it."""
    if isinstance(value, Phrase):
        return value if value.language == language else value.into(language)
    return "; ".join(str(_in(part, language)) for part in value) if isinstance(value, tuple) else value
