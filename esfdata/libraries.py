"""The one door for heavy libraries: a module names them at its top, and each is imported when it is first used.

    from esfdata.libraries import nw, pl

`import esfdata` and `esfdata --help` so pay for none of them, and an extra that is not installed costs only those
who use it: its first use raises ModuleNotFoundError.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["duckdb", "etree", "frictionless", "gx", "isal_zlib", "jinja2", "np", "nw", "pd", "pdfium", "pdfium_raw",
           "phonenumbers", "pl", "pyspark_functions", "pyspark_sql", "xlsxwriter"]  # fmt: skip


class Library:
    """A module that is imported when something of it is first used."""

    def __init__(self, name: str) -> None:
        self.__library__ = name

    def __getattr__(self, name: str) -> Any:
        return self.__dict__.setdefault(name, getattr(import_module(self.__library__), name))


if TYPE_CHECKING:
    import duckdb
    import frictionless
    import great_expectations as gx
    import jinja2
    import narwhals.stable.v2 as nw
    import numpy as np
    import pandas as pd
    import phonenumbers
    import polars as pl
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_raw
    import pyspark.sql as pyspark_sql
    import pyspark.sql.functions as pyspark_functions
    import xlsxwriter
    from isal import isal_zlib
    from lxml import etree
else:
    duckdb = Library("duckdb")
    etree = Library("lxml.etree")
    frictionless = Library("frictionless")
    gx = Library("great_expectations")
    isal_zlib = Library("isal.isal_zlib")
    jinja2 = Library("jinja2")
    np = Library("numpy")
    nw = Library("narwhals.stable.v2")
    pd = Library("pandas")
    pdfium = Library("pypdfium2")
    pdfium_raw = Library("pypdfium2.raw")
    phonenumbers = Library("phonenumbers")
    pl = Library("polars")
    pyspark_functions = Library("pyspark.sql.functions")
    pyspark_sql = Library("pyspark.sql")
    xlsxwriter = Library("xlsxwriter")
