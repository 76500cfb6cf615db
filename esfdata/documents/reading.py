"""From files and folders to documents: bytes, encoding, pages and lines; a bad file never raises."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from esfdata.documents import export_workbook
from esfdata.documents.model import Document, Line
from esfdata.exceptions import SourceError

LARGEST = 50_000_000
ACCEPTED = "text or Markdown in UTF-8, UTF-16 with a byte order mark or Windows-1252"
MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv"}

_SIGNATURES = (
    (b"%PDF-", "application/pdf", "a PDF file"),
    (b"PK\x03\x04", "application/zip", "a zip file (such as DOCX or XLSX)"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage", "an older Office file"),
    (b"\x89PNG", "image/png", "a PNG image"),
    (b"\xff\xd8\xff", "image/jpeg", "a JPEG image"),
    (b"II*\x00", "image/tiff", "a TIFF image"),
    (b"MM\x00*", "image/tiff", "a TIFF image"),
    (b"GIF8", "image/gif", "a GIF image"),
    (b"{\\rtf", "application/rtf", "an RTF file"),
)
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f]")
_MOJIBAKE = re.compile("Ã[\u00a4\u00b6\u00a5\u201e\u2013\u2026]|â€")


def files(sources: Iterable[str | Path]) -> list[Path]:
    """The files of sources: files as given, folders with all below them in order, hidden ones left out."""
    found: dict[Path, None] = {}
    for source in map(Path, sources):
        if source.is_dir():
            below = sorted(_below(source))
            if not below:
                raise SourceError(f"the folder {source} holds no file; expected documents ({ACCEPTED})")
            found.update(dict.fromkeys(below))
        elif source.exists():
            found[source] = None
        else:
            raise SourceError(f"{source} does not exist; expected a file or a folder of documents")
    return list(found)


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
            return _unread(
                path, document_id, f"is too large: {size:,} bytes, where {LARGEST:,} are read", digest
            )
        content = path.read_bytes()
    except OSError as error:
        return _unread(path, document_id, f"cannot be opened ({error.strerror or type(error).__name__})")
    digest = hashlib.sha256(content).hexdigest()
    if not content.strip():
        return _unread(path, document_id, "is empty", digest, media_type)
    if workbook := export_workbook.document(path, document_id, digest, content):
        return workbook
    for signature, kind, what in _SIGNATURES:
        if content.startswith(signature):
            return _unread(path, document_id, f"is {what}", digest, kind)
    if _HTML.match(content[:2000]):
        return _unread(path, document_id, "is an HTML page", digest, "text/html")
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


def decode(content: bytes) -> tuple[str, str] | None:
    """The text of some bytes and its encoding, or None where they are no text.

    A file cut inside its last character gives what stands before the cut.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            text = _decoded(content[len(mark) :], encoding)
            name = "utf-8-sig" if encoding == "utf-8" else "utf-16"
            return None if text is None or _binary(text) else (text, name)
    for encoding in ("utf-8", "cp1252"):
        text = _decoded(content, encoding)
        if text is not None:
            doubtful = encoding == "cp1252" and _MOJIBAKE.search(text)
            return None if doubtful or _binary(text) else (text, encoding)
    return None


def _binary(text: str) -> bool:
    """Whether a text holds a NUL, or more control characters than a careless converter leaves."""
    return "\0" in text or len(_CONTROL.findall(text)) > len(text) / 200


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        cut = encoding != "cp1252" and error.start >= len(content) - 3 and "end of data" in error.reason
        return content[: error.start].decode(encoding) if cut else None


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
