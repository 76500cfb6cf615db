"""From files and folders to documents: bytes, encoding, pages and lines; a bad file never raises."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from esfdata.documents import layout
from esfdata.documents.decoding import decode
from esfdata.documents.document import Document, Line
from esfdata.documents.kinds.export import eura_workbook
from esfdata.exceptions import SourceError

LARGEST = 50_000_000
ACCEPTED = (
    "text and Markdown in UTF-8, UTF-16 with a byte order mark or Windows-1252, web pages, Word documents (DOCX), "
    "PDF files without a password, and pictures (PNG, JPEG, TIFF)"
)
MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv"}

_SIGNATURES = (
    (b"PK\x03\x04", "application/zip", "a zip file (such as DOCX or XLSX)"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage", "an older Office file"),
    (b"{\\rtf", "application/rtf", "an RTF file"),
)


def files(sources: Iterable[str | Path]) -> list[Path]:
    """The files of sources: files as given, folders with all below them in order, hidden ones left out."""
    paths: dict[Path, None] = {}
    for source in map(Path, sources):
        if source.is_dir():
            below = sorted(_below(source))
            if not below:
                raise SourceError(f"the folder {source} holds no file; expected documents ({ACCEPTED})")
            paths.update(dict.fromkeys(below))
        elif source.exists():
            paths[source] = None
        else:
            raise SourceError(f"{source} does not exist; expected a file or a folder of documents")
    return list(paths)


def _below(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent) / name for name in names if not name.startswith("."))


def identifiers(paths: list[Path]) -> dict[Path, str]:
    """A document id for each file: its name, with as many of its folders as it takes to tell files apart."""
    depth = dict.fromkeys(paths, 1)
    while True:
        ids = {path: ":".join(_parts(path)[-depth[path] :]) for path in paths}
        times = Counter(ids.values())
        longer = [path for path in paths if times[ids[path]] > 1 and depth[path] < len(_parts(path))]
        if not longer:
            return ids
        for path in longer:
            depth[path] += 1


def _parts(path: Path) -> tuple[str, ...]:
    absolute = path.absolute()
    return absolute.parts[1:] or absolute.parts


def read_file(path: Path, document_id: str) -> Document:
    """One file as a document without a kind; where it cannot be read, `problem` is one clear sentence."""
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
    try:
        size = path.stat().st_size
        if not path.is_file():
            return _unread(path, document_id, "is not a regular file")
        if size > LARGEST:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return _unread(path, document_id, f"is too large: {size:,} bytes, where {LARGEST:,} are read", digest)
        content = path.read_bytes()
    except OSError as error:
        return _unread(path, document_id, f"cannot be opened ({error.strerror or type(error).__name__})")
    digest = hashlib.sha256(content).hexdigest()
    if not content.strip():
        return _unread(path, document_id, "is empty", digest, media_type)
    if workbook := eura_workbook.document(path, document_id, digest, content):
        return workbook
    if form := layout.form(content, path.suffix.lower()):
        try:
            return Document(document_id, path, digest, form, layout.READERS[form](content))
        except layout.UnreadableError as error:
            return _unread(path, document_id, str(error), digest, form)
    for signature, kind, what in _SIGNATURES:
        if content.startswith(signature):
            return _unread(path, document_id, f"is {what}", digest, kind)
    decoded = decode(content)
    if decoded is None:
        what = "is binary, or text in an encoding that cannot be told"
        return _unread(path, document_id, what, digest, "application/octet-stream")
    text, encoding = decoded
    if not text.strip():
        return _unread(path, document_id, "holds nothing but white space", digest, media_type)
    return Document(document_id, path, digest, media_type, lines_of(text), encoding=encoding)


def _unread(
    path: Path, document_id: str, what: str, digest: str = "", media_type: str = "application/octet-stream"
) -> Document:
    problem = f"{path.name} {what}; accepted are {ACCEPTED}."
    return Document(document_id, path, digest, media_type, (), problem=problem)


def lines_of(text: str) -> tuple[Line, ...]:
    """The numbered lines of a text; a form feed begins a page, and accents are composed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    page, lines = 1, []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        feeds = line.count("\f")
        page += feeds if line.startswith("\f") else 0
        lines.append(Line(page, number, line.replace("\f", " ") if feeds else line))
        page += 0 if line.startswith("\f") else feeds
    return tuple(lines)
