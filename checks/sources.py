"""Sources: what documents state, how it was read, and where they disagree."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

SIGNS = "[\u00a0\u2000-\u200a\u202f\u3000" + r"\s!-/:-@\[-`{-~–—‐‑−’”“«»¿]+"
"""Spaces and signs; the spaces beyond ASCII are spelt out, for `\\s` has them on some engines only."""

DAMAGED_A_OR_O = "[aäåáàâdoöóòô6éè]"
"""What OCR makes of ä and ö; in a damaged document these cannot be told apart."""


def compared(statements, documents):
    """The statements with two forms: `form` without case and signs, `loose` also without ä, ö and their damage.

    `form` is null in a document whose text lost its ä and ö; numbers and dates are compared as they are.
    """
    exact = statements.value.str.contains(r"^[0-9.+-]+$")
    words = statements.value.str.to_lowercase().str.replace_all(SIGNS, " ").str.strip_chars()
    plain = nw.when(exact).then(statements.value).otherwise(words)
    loose = nw.when(exact).then(statements.value).otherwise(words.str.replace_all(DAMAGED_A_OR_O, "a"))
    marked = statements.filter(statements.table != "documents").join(
        documents.select("document_id", "damaged"), "document_id", how="left"
    )
    return marked.with_columns(form=nw.when(~nw.col("damaged").fill_null(False)).then(plain), loose=loose)


def end_dates_moved(statements, documents):
    """The end dates that an export states otherwise than the documents, which agree: an extension, mostly."""
    ends = statements.filter(statements.table == "projects", statements.field == "end_date")
    stated = ends.join(documents.select("document_id", "kind"), "document_id")
    exported = nw.col("kind") == "export"
    cells = stated.with_columns(
        listed=nw.when(exported).then(nw.col("value")), told=nw.when(~exported).then(nw.col("value"))
    ).group_by(
        "table", "key", "field",
        first=nw.col("value").min(), last=nw.col("value").max(), listed=nw.col("listed").min(),
        first_told=nw.col("told").min(), last_told=nw.col("told").max(),
    )  # fmt: skip
    one_told = nw.col("told_same").fill_null(True)
    told = cells.with_columns(told_same=nw.col("first_told") == nw.col("last_told"))
    return told.filter(nw.col("first") != nw.col("last"), ~nw.col("listed").is_null(), one_told)


@check(INFO, "observed: projects are extended, and an export shows the day of its snapshot")
def end_date_moved(statements, documents):
    """A project's last day differs between an export and another source: it was probably extended.

    | statements | document_id | table    | key    | field      | line | value      |
    | ---------- | ----------- | -------- | ------ | ---------- | ---- | ---------- |
    | ✗          | a.txt       | projects | S20001 | end_date   | 15   | 2021-06-30 |
    | ✗          | e.csv       | projects | S20001 | end_date   | 7    | 2020-12-31 |
    |            | a.txt       | projects | S20002 | end_date   | 15   | 2021-06-30 |
    |            | e.csv       | projects | S20002 | end_date   | 8    | 2021-06-30 |
    |            | a.txt       | projects | S20003 | start_date | 15   | 2018-07-01 |
    |            | e.csv       | projects | S20003 | start_date | 9    | 2018-07-02 |
    |            | a.txt       | projects | S20004 | end_date   | 15   | 2021-06-30 |
    |            | b.txt       | projects | S20004 | end_date   | 15   | 2021-07-31 |
    |            | e.csv       | projects | S20004 | end_date   | 9    | 2021-06-30 |
    | ✗          | e.csv       | projects | S20005 | end_date   | 9    | 2021-06-30 |
    | ✗          | f.csv       | projects | S20005 | end_date   | 9    | 2021-12-31 |
    |            | a.txt       | projects | S20006 | end_date   | 15   | 2021-06-30 |
    |            | b.txt       | projects | S20006 | end_date   | 15   | 2021-07-31 |
    |            | e.csv       | finance  | S20007 | end_date   | 9    | 2021-06-30 |
    |            | f.csv       | finance  | S20007 | end_date   | 9    | 2021-12-31 |

    | documents | document_id | kind        |
    | --------- | ----------- | ----------- |
    |           | a.txt       | description |
    |           | b.txt       | card        |
    |           | e.csv       | export      |
    |           | f.csv       | export      |
    """
    return end_dates_moved(statements, documents).select("table", "key", "field")


@check(WARNING, "the house rule: what one source says is never silently put in the place of another")
def sources_disagree(statements, documents):
    """Sources state different values for one cell.

    Case, spaces and signs are no difference, and neither is what OCR makes of ä and ö in a document that
    lost them. The table shows the value of the best source: a correction, else a description, else an
    export, else a card. A cell that a correction settles is not judged, nor an end date that an export shows
    otherwise (`end-date-moved`).

    | statements | document_id | table         | key       | field               | line | value              |
    | ---------- | ----------- | ------------- | --------- | ------------------- | ---- | ------------------ |
    | ✗          | a.txt       | organisations | 0165116-3 | street_address      | 29   | Maaherrankatu 9-11 |
    | ✗          | b.txt       | organisations | 0165116-3 | street_address      | 29   | Maaherrankatu 8-10 |
    |            | a.txt       | organisations | 0165116-3 | city                | 35   | Mikkeli            |
    |            | b.txt       | organisations | 0165116-3 | city                | 35   | MIKKELI            |
    |            | a.txt       | projects      | S22016    | name                | 9    | Porukalla!         |
    |            | b.txt       | projects      | S22016    | name                | 8    | Porukalla          |
    |            | a.txt       | projects      | S20731    | name                | 9    | Mennään eteenpäin  |
    |            | ocr.txt     | projects      | S20731    | name                | 4    | Mennaan eteenpéin  |
    | ✗          | a.txt       | finance       | S20731    | realised_public_eur | 9    | 47126.00           |
    | ✗          | b.txt       | finance       | S20731    | realised_public_eur | 8    | 47128.00           |
    | ✗          | a.txt       | projects      | S21386    | name                | 9    | Meijän Mikkeli     |
    | ✗          | b.txt       | projects      | S21386    | name                | 3    | Meijän Mikkelii    |
    |            | a.txt       | projects      | S21386    | end_date            | 15   | 2021-06-30         |
    |            | b.txt       | projects      | S21386    | end_date            | 7    | 2020-06-30         |
    |            | c.csv       | projects      | S21386    | end_date            | 2    | 2021-06-30         |
    | ✗          | a.txt       | projects      | S20732    | name                | 9    | Mennään eteenpäin  |
    | ✗          | ocr.txt     | projects      | S20732    | name                | 4    | Mennaan taaksepain |
    | ✗          | a.txt       | projects      | S20733    | name                | 9    | Pää                |
    | ✗          | e.csv       | projects      | S20733    | name                | 4    | Paa                |
    |            | c.csv       | finance       | S21386    | name                | 2    | x                  |
    |            | c.csv       | projects      | S20001    | name                | 2    | x                  |
    |            | a.txt       | projects      | S20734    | end_date            | 15   | 2021-06-30         |
    |            | e.csv       | projects      | S20734    | end_date            | 4    | 2020-12-31         |
    | ✗          | a.txt       | finance       | S20734    | end_date            | 15   | 2021-06-30         |
    | ✗          | b.txt       | finance       | S20734    | end_date            | 4    | 2020-12-31         |
    | ✗          | a.txt       | projects      | S20734    | name                | 15   | Aamu               |
    | ✗          | b.txt       | projects      | S20734    | name                | 4    | Ilta               |
    | ✗          | a.txt       | projects      | S20735    | end_date            | 15   | 2021-06-30         |
    | ✗          | b.txt       | projects      | S20735    | end_date            | 4    | 2020-12-31         |
    |            | a.txt       | documents     | x.txt     | compiled            | 1    | 2020-01            |
    |            | b.txt       | documents     | x.txt     | compiled            | 1    | 2020-02            |

    | documents | document_id | kind        | damaged |
    | --------- | ----------- | ----------- | ------- |
    |           | a.txt       | description | false   |
    |           | b.txt       | card        | false   |
    |           | ocr.txt     | card        | true    |
    |           | c.csv       | correction  |         |
    |           | e.csv       | export      |         |
    """
    cells = compared(statements, documents).group_by(
        "table", "key", "field",
        first_form=nw.col("form").min(), last_form=nw.col("form").max(),
        first_loose=nw.col("loose").min(), last_loose=nw.col("loose").max(),
    )  # fmt: skip
    differs = (nw.col("first_form") != nw.col("last_form")) | (nw.col("first_loose") != nw.col("last_loose"))
    corrections = documents.filter(documents.kind == "correction").unique("document_id")
    settled = statements.join(corrections, "document_id").unique("table", "key", "field")
    left = cells.filter(differs).join(settled, "table", "key", "field", how="anti")
    moved = end_dates_moved(statements, documents)
    return left.join(moved, "table", "key", "field", how="anti").select("table", "key", "field")


@check(INFO, "the house rule: a repair is shown with what stood there before")
def misreading_repaired(statements):
    """A misread text was repaired, because its form proves what it must be.

    | statements | document_id | table    | key    | field        | line | original | value  | repair               |
    | ---------- | ----------- | -------- | ------ | ------------ | ---- | -------- | ------ | -------------------- |
    |            | a.txt       | projects | S20731 | project_code | 9    | S20731   | S20731 |                      |
    | ✗          | a.txt       | projects | S20731 | project_code | 4    | $20731   | S20731 | a code begins with S |
    """
    return ~statements.repair.is_null()


@check(WARNING, "the form of the document: its labels are known")
def label_unknown(statements):
    """A document has a label that its form does not have; what follows it is not read.

    | statements | document_id | table     | key    | field         | line |
    | ---------- | ----------- | --------- | ------ | ------------- | ---- |
    |            | a.txt       | documents | a.txt  | compiled      | 2    |
    | ✗          | a.txt       | documents | a.txt  | unknown_label | 12   |
    |            | a.txt       | projects  | S20001 | unknown_label | 3    |
    """
    return (statements.table == "documents") & (statements.field == "unknown_label")


@check(WARNING, "the form of the document: its sections are known")
def section_unknown(statements):
    """A document has a section that its form does not have; it is kept by its heading alone.

    | statements | document_id | table     | key    | field           | line |
    | ---------- | ----------- | --------- | ------ | --------------- | ---- |
    |            | a.txt       | documents | a.txt  | compiled        | 2    |
    | ✗          | a.txt       | documents | a.txt  | unknown_section | 12   |
    |            | a.txt       | projects  | S20001 | unknown_section | 3    |
    """
    return (statements.table == "documents") & (statements.field == "unknown_section")


@check(INFO, "one paper in several forms: counted once, and compared")
def document_is_a_rendition(statements):
    """A document is another form of one that is read too; it counts once, and only what differs is kept.

    | statements | document_id | table     | key    | field        | line |
    | ---------- | ----------- | --------- | ------ | ------------ | ---- |
    |            | a.pdf       | documents | a.pdf  | compiled     | 2    |
    | ✗          | a.pdf       | documents | a.pdf  | rendition_of | 1    |
    |            | a.txt       | projects  | S20001 | rendition_of | 3    |
    """
    return (statements.table == "documents") & (statements.field == "rendition_of")


@check(WARNING, "the form of the document: its labels are there, also where nothing is filled in")
def label_missing(statements):
    """A document lacks a label that its form has.

    | statements | document_id | table     | key    | field         | line |
    | ---------- | ----------- | --------- | ------ | ------------- | ---- |
    |            | a.txt       | documents | a.txt  | compiled      | 2    |
    | ✗          | a.txt       | documents | a.txt  | missing_label | 21   |
    |            | a.txt       | projects  | S20001 | missing_label | 3    |
    """
    return (statements.table == "documents") & (statements.field == "missing_label")


@check(WARNING, "the form of the document: its sections are there; a document may be cut off")
def section_missing(statements):
    """A document lacks a section that its form has: it may be cut off.

    | statements | document_id | table     | key    | field           | line |
    | ---------- | ----------- | --------- | ------ | --------------- | ---- |
    |            | a.txt       | documents | a.txt  | compiled        | 2    |
    | ✗          | a.txt       | documents | a.txt  | missing_section | 99   |
    |            | a.txt       | projects  | S20001 | missing_section | 3    |
    """
    return (statements.table == "documents") & (statements.field == "missing_section")


@check(WARNING, "the kinds of documents that can be read")
def document_not_read(statements):
    """A file is not a document of a known kind, or cannot be read; nothing of it is in the tables.

    | statements | document_id | table     | key    | field    | line |
    | ---------- | ----------- | --------- | ------ | -------- | ---- |
    |            | a.txt       | documents | a.txt  | compiled | 2    |
    | ✗          | b.txt       | documents | b.txt  | problem  | 1    |
    |            | a.txt       | projects  | S20001 | problem  | 3    |
    """
    return (statements.table == "documents") & (statements.field == "problem")


@check(WARNING, "the house rule: a row that cannot be read for certain is kept whole and reported")
def row_not_read(statements):
    """A source is read but for a row, a column or a cell, or its list has no rows.

    A row that has no reading, or two, is kept whole as a statement, and nothing of it is in the tables. Of the
    columns that bear one label none is read, and a cell that holds a formula is left empty; the other cells of
    their rows are in the tables.

    | statements | document_id | table     | key    | field         | line |
    | ---------- | ----------- | --------- | ------ | ------------- | ---- |
    |            | a.csv       | documents | a.csv  | compiled      | 2    |
    | ✗          | a.csv       | documents | a.csv  | unread_row    | 7    |
    | ✗          | a.csv       | documents | a.csv  | ambiguous_row | 9    |
    | ✗          | b.csv       | documents | b.csv  | no_rows       | 1    |
    | ✗          | c.csv       | documents | c.csv  | double_label  | 1    |
    | ✗          | d.csv       | documents | d.csv  | formula_cell  | 3    |
    |            | a.txt       | projects  | S20001 | unread_row    | 3    |
    """
    about_rows = statements.field.is_in(["unread_row", "ambiguous_row", "no_rows", "double_label", "formula_cell"])
    return (statements.table == "documents") & about_rows
