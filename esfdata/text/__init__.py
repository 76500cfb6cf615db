"""Readings of Finnish text: folded words, amounts, dates, identifiers, and what is personal in it."""

from __future__ import annotations

from esfdata.text.dates import date, month, period
from esfdata.text.folding import bare, collapse, fold, squeeze
from esfdata.text.identifiers import Reading, business_id, is_mobile, phone, project_code
from esfdata.text.numbers import amount, count, euros, number_word
from esfdata.text.personal import MASK, mask, personal

__all__ = [
    "MASK",
    "Reading",
    "amount",
    "bare",
    "business_id",
    "collapse",
    "count",
    "date",
    "euros",
    "fold",
    "is_mobile",
    "mask",
    "month",
    "number_word",
    "period",
    "personal",
    "phone",
    "project_code",
    "squeeze",
]
