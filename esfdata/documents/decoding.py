"""Bytes as text: which encoding they are in, and whether they are text at all."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f]")
_MOJIBAKE = re.compile("Ã[\u00a4\u00b6\u00a5\u201e\u2013\u2026]|â€")


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
