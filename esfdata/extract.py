"""From documents and exports to a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from esfdata.documents import Document, read, statements
from esfdata.exceptions import SourceError
from esfdata.package import Package, blank
from esfdata.statements import resolve

if TYPE_CHECKING:
    from esfdata.documents import Statement


def extract(*sources: str | Path) -> Package:
    """The data package made from documents and exports (files or folders).

    A `corrections.csv` in or beside a folder of sources is read too. A file that cannot be read becomes a
    finding; SourceError where a source does not exist or none of the files is a document of a known kind.
    """
    paths = [Path(source) for source in sources]
    documents = read([*paths, *corrections(paths)])
    if not any(document.kind for document in documents):
        problems = "\n".join(f"  {document.problem}" for document in documents)
        raise SourceError(f"none of the {len(documents)} files is a document of a known kind:\n{problems}")
    return resolve(((document, stated(document)) for document in documents), blank())


def stated(document: Document) -> list[Statement]:
    """What `document` states, with what is known of the file itself."""
    return list(statements(document))


def corrections(sources: list[Path]) -> list[Path]:
    """The files of corrections that belong to folders of sources: beside them, unless given already."""
    beside = [source.resolve().parent / "corrections.csv" for source in sources if source.is_dir()]
    given = {source.resolve() for source in sources}
    return sorted({path for path in beside if path.is_file()} - given)
