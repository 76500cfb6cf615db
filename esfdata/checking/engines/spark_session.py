"""Spark: the same checks where one machine is outgrown; only findings come back from it."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from esfdata.exceptions import EsfdataError
from esfdata.libraries import pl, pyspark_functions, pyspark_sql
from esfdata.tables.fields import Field, form, type_of

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

JAVA = "Java 17 or later (Debian's package default-jre-headless)"
SAYS = Path(__file__).with_name("spark-log4j2.properties").resolve().as_uri()
LOCAL = {
    "spark.master": "local[*]",
    "spark.app.name": "esfdata",
    "spark.driver.host": "127.0.0.1",  # a host name that does not resolve is no reason to fail
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={SAYS}",
}
"""A session on this machine that says nothing but errors."""

WHOLE = ("tinyint", "smallint", "int", "bigint")


def session() -> SparkSession:
    """The session that runs here, the one of the job that this is part of, or a quiet one on this machine.

    EsfdataError where Spark does not start.
    """
    running = pyspark_sql.SparkSession.getActiveSession()
    if running is not None:
        return running
    if "PYSPARK_GATEWAY_PORT" in os.environ or "SPARK_REMOTE" in os.environ:  # a job was submitted
        return pyspark_sql.SparkSession.builder.getOrCreate()
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EsfdataError(f"Spark needs {JAVA}, which is not on this machine")
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = pyspark_sql.SparkSession.builder
    for name, value in LOCAL.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise EsfdataError(f"Spark did not start: {reason} It needs {JAVA}") from error


def enter(rows: pl.LazyFrame, session: SparkSession) -> DataFrame:
    """Rows of Polars as a Spark frame."""
    frame: DataFrame = session.createDataFrame(rows.collect().to_arrow())
    return frame


def whole(frame: DataFrame, fields: Sequence[Field], row: str, raw: str) -> DataFrame:
    """The rows of a table that Spark holds, typed, with exactly the fields of the descriptor.

    Beside a field that has another type stands its text as it was found, under the prefix `raw`, and `row` is a
    number made of the row's cells, the same on every run. What cannot be of its field's type is null.
    """
    types = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    cells = [pyspark_functions.col(f"`{field['name']}`") for field in fields if field["name"] in types]
    number = pyspark_functions.xxhash64(*(part for cell in cells for part in (cell, pyspark_functions.isnull(cell))))
    columns = [
        _typed(field, types[field["name"]])
        if field["name"] in types
        else pyspark_functions.lit(None).cast(type_of(field).spark)
        for field in fields
    ]
    typed = [column.alias(field["name"]) for column, field in zip(columns, fields, strict=True)]
    others = [f["name"] for f in fields if f["name"] in types and types[f["name"]] != type_of(f).spark]
    texts = [pyspark_functions.col(f"`{name}`").cast("string").alias(raw + name) for name in others]
    return frame.select(number.alias(row), *typed, *texts)


def _typed(field: Field, given: str) -> Column:
    """The column `field` as its type: text must have its form, other types are cast where nothing is lost."""
    wanted, column = type_of(field).spark, pyspark_functions.col(f"`{field['name']}`")
    if given == wanted or wanted == "string":
        return column.cast(wanted)
    if given != "string":
        return _cast(column, given, wanted)
    whole = (form(field) or "").removesuffix("$") + r"\z"  # to Java a `$` is also before a last line break
    text = pyspark_functions.when(column.rlike(whole), column)
    return text == "true" if wanted == "boolean" else text.try_cast(wanted)


def _cast(column: Column, given: str, wanted: str) -> Column:
    if given == "void":
        return column.cast(wanted)
    if given in ("float", "double"):
        column = pyspark_functions.nanvl(column, pyspark_functions.lit(None))
    number = given in (*WHOLE, "float", "double") or given.startswith("decimal")
    if not number or wanted not in ("bigint", "decimal(14,2)"):
        return column.try_cast(wanted) if not number else pyspark_functions.lit(None).cast(wanted)
    result = column.try_cast(wanted)
    same = pyspark_functions.abs(result.cast("double") - column.cast("double")) < 0.0000001
    return pyspark_functions.when(same, result)
