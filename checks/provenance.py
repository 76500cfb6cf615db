"""Provenance: what the tables hold against what the documents state."""

import narwhals.stable.v2 as nw

from esfdata.checks import INFO, WARNING, check

HOUSE = "the house rule: every published cell is what a source states, or a correction with a reason"

FIELDS = {
    "projects": (
        ("project_code",),
        ("name", "programme_period", "fund", "priority_axis", "specific_objective", "start_date", "end_date", "status",
         "authority", "application_type", "site_street_address", "site_postal_code", "site_city"),
    ),
    "organisations": (
        ("organisation_id",),
        ("business_id", "name", "organisation_type", "street_address", "postal_code", "city", "phone", "website"),
    ),
    "finance": (
        ("project_code",),
        ("granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur",
         "planned_total_eur", "realised_total_eur", "realised_eu_eur"),
    ),
    "indicators": (("project_code", "indicator", "measure"), ("value",)),
    "figures": (("project_code", "document_id", "group", "item"), ("value", "unit", "section")),
    "locations": (("project_code", "level", "name", "section"), ("code",)),
}  # fmt: skip
"""The key and the further fields of the tables that are made of statements."""


def cells(tables):
    """Every cell of the tables as a row: table, key, field and the value as text (`published`)."""
    parts = []
    for table, frame in tables.items():
        key, fields = FIELDS[table]
        joined = nw.concat_str([nw.col(name) for name in key], separator="/")
        for field in fields:
            cell = frame.with_columns(table=nw.lit(table), key=joined, field=nw.lit(field)).rows()
            parts.append(cell.select("table", "key", "field", published=nw.col(field).cast(nw.String)))
    return nw.concat(parts)


def form(value):
    """A value as text, an amount without the zeros behind its point: 47126.00 and 47126 are one."""
    plain = value.str.replace_all("0$", "").str.replace_all("[.]0?$", "")
    return nw.when(value.str.contains(r"^-?[0-9]+[.][0-9]{1,2}$")).then(plain).otherwise(value)


@check(WARNING, HOUSE)
def cell_differs_from_sources(statements, projects, organisations, finance, indicators, figures, locations):
    """A published cell holds what no source states for it.

    Judged in the rows that a source states; text that cannot be read counts as any value. A table changed by hand is put right in its source, or by a
    row in corrections.csv.

    | statements | document_id | table         | key       | field               | line | value      |
    | ---------- | ----------- | ------------- | --------- | ------------------- | ---- | ---------- |
    |            | a.txt       | projects      | S20001    | project_code        | 1    | S20001     |
    |            | a.txt       | projects      | S20001    | name                | 2    | Porukalla  |
    |            | b.txt       | projects      | S20001    | name                | 2    | Porukalla! |
    |            | a.txt       | finance       | S20001    | realised_public_eur | 3    | 47126.50   |
    |            | a.csv       | finance       | S20001    | planned_public_eur  | 3    | 47000      |
    |            | a.txt       | organisations | 0165116-3 | website             | 4    | mikkeli.fi |
    | ✗          | a.txt       | organisations | 0165116-3 | city                | 5    | Mikkeli    |
    | ✗          | a.txt       | finance       | S20002    | planned_public_eur  | 3    | 47126.00   |
    |            | a.txt       | locations     | 0165116-3 | city                | 5    | Oulu       |
    |            | a.txt       | locations     | 0165116-3 | city                | 6    |            |
    |            | a.txt       | organisations | 0165116-3 | street_address      | 6    | Oulu       |
    |            | a.txt       | organisations | 0165116-3 | phone               | 7    |            |
    |            | a.txt       | organisations | 2678219-4 | city                | 5    | Oulu       |
    |            | b.txt       | organisations | 2678219-4 | city                | 5    |            |

    | projects | project_code | name       |
    | -------- | ------------ | ---------- |
    |          | S20001       | Porukalla! |
    |          | S20002       | Meijän     |

    | finance | project_code | realised_public_eur | planned_public_eur |
    | ------- | ------------ | ------------------- | ------------------ |
    |         | S20001       | 47126.50            | 47000.00           |
    |         | S20002       |                     | 4712.60            |

    | organisations | organisation_id | city | phone      |
    | ------------- | --------------- | ---- | ---------- |
    |               | 0165116-3       | Oulu | +358151941 |
    |               | 2678219-4       | Oulu |            |
    """
    tables = {"projects": projects, "organisations": organisations, "finance": finance,
              "indicators": indicators, "figures": figures, "locations": locations}  # fmt: skip
    stated = statements.rows().select("table", "key", "field", published=form(nw.col("value")))
    filled = cells(tables).filter(~nw.col("published").is_null())
    judged = filled.join(stated.select("table", "key").unique(), on=["table", "key"], how="inner")
    compared = judged.with_columns(published=form(nw.col("published")))
    strange = compared.join(stated, on=["table", "key", "field", "published"], how="anti")
    unread = stated.filter(nw.col("published").is_null()).select("table", "key", "field")
    return strange.join(unread, on=["table", "key", "field"], how="anti").select("table", "key", "field")


@check(WARNING, HOUSE)
def stated_cell_is_empty(statements, projects, organisations, finance, indicators, figures, locations):
    """A cell is empty, though a source states a value for it.

    | statements | document_id | table         | key       | field               | line | value    |
    | ---------- | ----------- | ------------- | --------- | ------------------- | ---- | -------- |
    |            | a.txt       | projects      | S20001    | name                | 2    | Meijän   |
    |            | a.txt       | organisations | 0165116-3 | name                | 4    | Mikkelin |
    |            | a.txt       | organisations | 0165116-3 | city                | 4    |          |
    | ✗          | a.txt       | finance       | S20001    | realised_public_eur | 3    | 47126.50 |
    |            | a.txt       | finance       | 0165116-3 | city                | 4    | Mikkeli  |
    |            | a.txt       | organisations | 2678219-4 | city                | 5    | Oulu     |

    | projects | project_code | name |
    | -------- | ------------ | ---- |
    |          | S20001       | x    |

    | finance | project_code | realised_public_eur |
    | ------- | ------------ | ------------------- |
    |         | S20001       |                     |

    | organisations | organisation_id | name | city |
    | ------------- | --------------- | ---- | ---- |
    |               | 0165116-3       | x    |      |
    |               | 2678219-4       | x    | Oulu |
    """
    tables = {"projects": projects, "organisations": organisations, "finance": finance,
              "indicators": indicators, "figures": figures, "locations": locations}  # fmt: skip
    stated = statements.filter(~statements.value.is_null()).rows().select("table", "key", "field").unique()
    hollow = cells(tables).filter(nw.col("published").is_null())
    return hollow.join(stated, on=["table", "key", "field"], how="inner").select("table", "key", "field")


def unstated(rows, key, table, statements):
    """The rows whose key no statement on `table` has, where there are statements on the table at all."""
    about = statements.filter(statements.table == table)
    judged = rows.with_columns(table=nw.lit(table)).join(about.unique("table"), "table")
    return judged.with_columns(key=nw.col(key)).join(about.unique("key"), "key", how="anti")


@check(WARNING, HOUSE)
def project_without_source(projects, statements):
    """No source states anything of a project.

    Judged where the package holds statements on projects.

    | projects | project_code |
    | -------- | ------------ |
    |          | S20001       |
    | ✗        | S20002       |

    | statements | document_id | table    | key    | field        | line | value  |
    | ---------- | ----------- | -------- | ------ | ------------ | ---- | ------ |
    |            | a.txt       | projects | S20001 | project_code | 1    | S20001 |
    |            | a.txt       | finance  | S20002 | x            | 1    | S20001 |
    """
    return unstated(projects, "project_code", "projects", statements).select("project_code")


@check(WARNING, HOUSE)
def organisation_without_source(organisations, statements):
    """No source states anything of an organisation.

    Judged where the package holds statements on organisations.

    | organisations | organisation_id |
    | ------------- | --------------- |
    |               | 0165116-3       |
    | ✗             | 2678219-4       |

    | statements | document_id | table         | key       | field | line | value |
    | ---------- | ----------- | ------------- | --------- | ----- | ---- | ----- |
    |            | a.txt       | organisations | 0165116-3 | name  | 1    | x     |
    |            | a.txt       | finance       | 2678219-4 | x     | 1    | x     |
    """
    return unstated(organisations, "organisation_id", "organisations", statements).select("organisation_id")


def corrections(statements, documents):
    """The statements that are corrections, and all others by their cell."""
    kinds = documents.select("document_id", "kind")
    marked = statements.join(kinds, "document_id")
    return marked.filter(nw.col("kind") == "correction"), marked.filter(nw.col("kind") != "correction")


@check(INFO, "the house rule: a correction puts right what a source states")
def correction_changes_nothing(statements, documents):
    """A correction gives the value that every source gives.

    | statements | document_id     | table    | key    | field  | line | value      |
    | ---------- | --------------- | -------- | ------ | ------ | ---- | ---------- |
    |            | a.txt           | projects | S20001 | name   | 2    | Porukalla  |
    |            | b.txt           | projects | S20001 | name   | 2    | Porukalla! |
    |            | corrections.csv | projects | S20001 | name   | 2    | Porukalla! |
    |            | a.txt           | projects | S20002 | name   | 2    | Meijän     |
    | ✗          | corrections.csv | projects | S20002 | name   | 3    | Meijän     |
    |            | corrections.csv | projects | S20003 | name   | 4    | Kaikki     |
    |            | a.txt           | finance  | S20001 | name   | 2    | Porukalla! |
    |            | a.txt           | projects | S20004 | name   | 2    | Porukalla! |
    |            | a.txt           | projects | S20001 | status | 2    | Porukalla! |
    |            | a.txt           | projects | S20005 | name   | 2    | Aamu       |
    |            | b.txt           | projects | S20005 | name   | 2    | Ilta       |
    |            | corrections.csv | projects | S20005 | name   | 5    | Aamu       |

    | documents | document_id     | kind        |
    | --------- | --------------- | ----------- |
    |           | a.txt           | description |
    |           | b.txt           | card        |
    |           | corrections.csv | correction  |
    """
    corrected, others = corrections(statements, documents)
    told = others.group_by("table", "key", "field", first=nw.col("value").min(), last=nw.col("value").max())
    found = corrected.join(told, "table", "key", "field")
    return found.filter(nw.col("first") == statements.value, nw.col("last") == statements.value)


@check(WARNING, "the house rule: a correction puts right what a source states")
def correction_of_no_row(statements, documents):
    """A correction speaks of a row that no source has.

    | statements | document_id     | table    | key    | field | line | value     |
    | ---------- | --------------- | -------- | ------ | ----- | ---- | --------- |
    |            | a.txt           | projects | S20001 | fund  | 2    | ESR       |
    |            | corrections.csv | projects | S20001 | name  | 2    | Porukalla |
    | ✗          | corrections.csv | projects | S20002 | name  | 3    | Porukalla |
    |            | a.txt           | finance  | S20002 | fund  | 2    | ESR       |
    |            | corrections.csv | projects | S20003 | name  | 4    |           |

    | documents | document_id     | kind        |
    | --------- | --------------- | ----------- |
    |           | a.txt           | description |
    |           | corrections.csv | correction  |
    """
    corrected, others = corrections(statements, documents)
    return corrected.filter(~statements.value.is_null()).join(others.unique("table", "key"), "table", "key", how="anti")
