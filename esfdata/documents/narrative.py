"""Figures"""
from __future__ import annotations
from typing import Iterator
from esfdata.documents.form import Section
from esfdata.documents.model import Statement
from esfdata.documents.places import Years
from esfdata.documents.stating import About

def statements(about: About, section: Section, years: Years) -> Iterator[Statement]:
    yield from ()
