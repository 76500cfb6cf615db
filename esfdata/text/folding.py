"""Text reduced to what two spellings of one thing have in common."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_OTHER = re.compile(r"[\W_]+")


def collapse(text: str) -> str:
    """The text with invisible characters gone, runs of white space made one space, and both ends clean."""
    clean = text if text.isprintable() else _INVISIBLE.sub("", text)
    return " ".join(clean.split())


def bare(text: str) -> str:
    """The text in lower case and without accents; punctuation stays."""
    text = text.casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = text.translate(_ACCENTS)
    if text.isascii():
        return text
    return "".join(character for character in text if not unicodedata.combining(character))


def fold(text: str) -> str:
    """The text in lower case, without accents, and with one space for each run of other signs than letters
    and digits: `Etelä-Savon  ELY-keskus` and `etela savon ely keskus` fold alike.
    """
    return _OTHER.sub(" ", bare(text)).strip()


def squeeze(text: str) -> str:
    """The folded text without its spaces, for words that a line break or a hyphen may have cut."""
    return fold(text).replace(" ", "")
