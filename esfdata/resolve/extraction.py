"""From documents and exports to a package."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from esfdata.documents import Document, Statement, read, statements
from esfdata.documents.kinds import KINDS
from esfdata.exceptions import SourceError
from esfdata.resolve.best_source import resolve
from esfdata.resolve.renditions import once
from esfdata.tables.package import Package
from esfdata.tables.reading import blank

PLAIN = ("utf-8", "utf-8-sig", None)


def extract(*sources: str | Path) -> Package:
    """Make a data package from documents and exports.

    A file that cannot be read, or a row of an export that has no single reading, becomes a finding of the package.

    Args:
        *sources: Files and folders; a `corrections.csv` beside a folder of sources is read too.

    Returns:
        A package with a statement for each cell that a document states, and the tables resolved from them: per cell
        the value of the best source (a correction, then a description, an export, a card).

    Raises:
        SourceError: A source does not exist, or none of the files is a document of a known kind.

    Examples:
        >>> import esfdata
        >>> from esfdata.paths import share
        >>> package = esfdata.extract(share("datapackage") / "documents" / "S20731-hankekortti.txt")
        >>> package["projects"]["project_code"].tolist()
        ['S20731']
    """
    paths = [Path(source) for source in sources]
    documents = read([*paths, *corrections(paths)])
    if not any(document.kind for document in documents):
        problems = "\n".join(f"  {document.problem}" for document in documents)
        raise SourceError(f"no document of a known kind among {len(documents)} files:\n{problems}")
    package = accepting_kinds(blank())
    return resolve(once((document, list(stated(document, package))) for document in documents), package)


def accepting_kinds(package: Package) -> Package:
    """The package with every kind of papers, also an added one, among the values accepted for `documents.kind`."""
    made = package.replace()
    made.descriptor = deepcopy(package.descriptor)
    field = next(field for field in made.fields("documents") if field["name"] == "kind")
    accepted = field["constraints"]["enum"]
    for kind in KINDS.values():
        if kind.name not in accepted:
            accepted.append(kind.name)
            field["categories"].append({"value": kind.name, "label": f"{kind.title[:1].upper()}{kind.title[1:]}"})
    return made


def stated(document: Document, package: Package) -> Iterator[Statement]:
    """What a document states; what is about a field that the descriptor lacks becomes a statement on the document."""

    def about(field: str, value: str | None, original: str, line: int = 1, repair: str | None = None) -> Statement:
        return Statement("documents", document.document_id, field, value, original, 1, line, repair)

    if document.problem:
        yield about("problem", document.problem, "")
    if document.encoding not in PLAIN:
        yield about("encoding", document.encoding, "", repair=f"read as {document.encoding}, for it is not UTF-8")
    for statement in statements(document):
        table, field = statement.table, statement.field
        if table in package and (table == "documents" or field in {f["name"] for f in package.fields(table)}):
            yield statement
        else:
            yield about("unread_row", f"there is no field {field} in {table}", statement.original, statement.line)


def corrections(sources: list[Path]) -> list[Path]:
    """The files of corrections that lie beside folders of sources, unless they are sources already."""
    beside = {source.resolve().parent / "corrections.csv" for source in sources if source.is_dir()}
    given = {source.resolve() for source in sources}
    return sorted(path for path in beside - given if path.is_file())
