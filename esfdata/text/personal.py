"""What in a text could tell of a person: found, and masked by one fixed sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import iban

MASK = "[masked]"

_FORMS = {
    "personal-identity-code": r"(?<!\w)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d"
    r"[-\u2010-\u2015\u2212+A-FU-Ya-fu-y]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?!\w)",
    "e-mail": r"[\w.+'-]{1,64}\s?(?:@(?=\s?[\w-]{1,63}\.)|[(\[{]\s?(?:at|@|ät)\s?[)\]}])\s?"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}",
    "iban": r"(?<!\w)[A-Za-z]{2}\d\d(?:\s?[A-Za-z0-9]{4}){2,7}(?:\s?[A-Za-z0-9]{1,3})?(?!\w)",
    "phone": r"(?<![\w.,])(?!\d{6,7}-\d(?!\d))"
    r"(?:(?:\(\+\d{1,3}\)|\+|00(?=[1-9]))\s?(?:\d[\s().-]{0,2}){6,13}\d"
    r"|(?:\(0[1-9]\d{0,3}\)|0[1-9]\d{0,3})[\s/-]{0,2}(?:\d[\s-]?){4,9}\d)(?!\w)",
}
_PERSONAL = re.compile("|".join(f"(?P<{kind.replace('-', '_')}>{form})" for kind, form in _FORMS.items()))


class Personal(NamedTuple):
    """A place in a text that looks like personal data, and of which kind."""

    kind: str
    start: int
    end: int


def personal(text: str) -> Iterator[Personal]:
    """The places that look like a personal identity code, e-mail address, IBAN or telephone number.

    Temporary identity codes (900-999) count, so does `(at)`; a bank account of another country must pass
    its check digits. A business id is not personal, nor is an amount, a date or a postal code.
    """
    for match in _PERSONAL.finditer(text):
        kind = (match.lastgroup or "").replace("_", "-")
        if kind == "iban" and match[0][:2].upper() != "FI" and not iban.is_valid(match[0]):
            continue
        yield Personal(kind, match.start(), match.end())


def mask(text: str) -> str:
    """The text with everything personal replaced by one fixed sign, whatever stood there."""
    parts, at = [], 0
    for place in personal(text):
        parts += [text[at : place.start], MASK]
        at = place.end
    return "".join([*parts, text[at:]])
