"""What a kind of papers declares of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from esfdata.documents.document import Document, Statement
from esfdata.messages.phrase import Phrase


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of papers: everything that the library has to know of it, none of which has a default."""

    name: str
    """What the field `kind` of the table `documents` holds, and the name of its module."""
    title: Phrase
    """What people call it, in each language."""
    rank: int
    """Where several kinds state a cell, the table shows the value of the lowest rank."""
    narrative: bool
    """Whether its papers are Finnish text, which text recognition may have damaged."""
    recognises: Callable[[Document], bool]
    statements: Callable[[Document], Iterator[Statement]]
