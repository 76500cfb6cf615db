"""Small papers for tests, and what they state."""

import csv
from pathlib import Path

from esfdata.documents import Document, recognised, statements
from esfdata.documents.source_files import lines_of

HERE = Path(__file__).parent / "papers"
CARD = "Hankekortti, Euroopan sosiaalirahaston toimintalinja 5\n"


def rows(document, fields):
    """What a document states, as text."""
    return [
        {field: "" if (value := getattr(s, field)) is None else str(value) for field in fields}
        for s in statements(document)
    ]


def expected(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(text, name="paper.txt"):
    return recognised(Document(name, Path(name), "0" * 64, "text/plain", lines_of(text), encoding="utf-8"))
