"""Identifiers with a form that can be proved: project codes, business ids, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from stdnum.fi import ytunnus

from esfdata.libraries import phonenumbers
from esfdata.text.folding import collapse

_BUSINESS_ID = re.compile(r"(\d{6,7})\s?[-\u2010-\u2015\u2212]\s?(\d)")
_UNHYPHENED = re.compile(r"(?:FI)?\s?(\d{7})(\d)", re.IGNORECASE)
_AS_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "!": "1"})
_AS_CODE_DIGIT = _AS_DIGIT | str.maketrans({"D": "0", "Z": "2", "z": "2", "S": "5", "$": "5", "B": "8"})
_AS_CODE_LETTER = str.maketrans({"$": "S", "§": "S"})
_PHONE = re.compile(r"(?:(?:puh|tel|p)\.?:?\s*)?([+(\d][\d\s()/.-]{3,24})", re.IGNORECASE)


class Reading(NamedTuple):
    """What was read, and if it had to be repaired, the reason that proves the repair."""

    value: str | None
    repair: str | None = None


def business_id(text: str) -> Reading:
    """The Finnish business id (y-tunnus) a text states and nothing else, as `0165116-3`.

    The older form with six digits gets its nought; without a hyphen, as a VAT number, or with letters
    that OCR took for digits, the check digit must prove it. A wrong check digit in the plain form is kept:
    whether it holds is a question for `is_business_id`.
    """
    text = collapse(text).strip(" .,;")
    if match := _BUSINESS_ID.fullmatch(text):
        return Reading(f"{match[1].zfill(7)}-{match[2]}")
    if (match := _UNHYPHENED.fullmatch(text)) and is_business_id(value := f"{match[1]}-{match[2]}"):
        return Reading(value)
    match = _BUSINESS_ID.fullmatch(text.translate(_AS_DIGIT))
    if match and is_business_id(value := f"{match[1].zfill(7)}-{match[2]}"):
        return Reading(value, "letters read as digits; the check digit proves it")
    return Reading(None)


def is_business_id(value: str) -> bool:
    """Whether a text is a business id in its one canonical form, with a check digit that holds."""
    plain = re.fullmatch(r"\d{7}-\d", value, re.ASCII)
    return bool(plain) and value[:7] != "0000000" and bool(ytunnus.is_valid(value))


def project_code(text: str, forms: Iterable[re.Pattern[str]]) -> Reading:
    """The project code a text states and nothing else, by the known forms of codes.

    A sign that OCR confuses is put right only where exactly one known form comes out: `$20731` and
    `S2O731` are repaired, `520731` could have lost its letter or misread it, and is not.
    """
    text = collapse(text).strip(" .,;:*|")
    patterns = list(forms)
    if not 5 <= len(text) <= 12:
        return Reading(None)
    if any(form.fullmatch(text.upper()) for form in patterns):
        return Reading(text.upper())
    joined = text.replace(" ", "")
    repaired = joined[0].upper().translate(_AS_CODE_LETTER) + joined[1:].translate(_AS_CODE_DIGIT)
    if any(form.fullmatch(repaired) for form in patterns):
        return Reading(repaired, f"{text} misread; the form of a project code proves {repaired}")
    return Reading(None)


def phone(text: str) -> str | None:
    """The valid telephone number a text states and nothing else, in E.164, else None."""
    match = _PHONE.fullmatch(collapse(text))
    if match is None:
        return None
    try:
        number = phonenumbers.parse(match[1], "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether an E.164 number is a mobile one, which belongs to a person more often than to an office."""
    kind = phonenumbers.number_type(phonenumbers.parse(number, None))
    return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
