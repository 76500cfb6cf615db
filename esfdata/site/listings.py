"""The tables that one can search, filter, sort and take away: their columns, and their rows in the first order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from esfdata.libraries import pl
from esfdata.site.own_tables import value_kind
from esfdata.site.page_names import ORGANISATIONS, PROJECTS, slug
from esfdata.site.site_model import AMOUNTS, Model
from esfdata.text.persons import WITHHELD

MOST_ROWS = 100_000
"""The rows of a table of a user's own that its page offers: a browser holds them all."""
AT_FIRST = 8
"""The columns of such a table that are shown at first."""


@dataclass(frozen=True)
class Column:
    """A column: its key, the table of its field, the kind of its values, and whether it is shown at first.

    Kinds are name, text, code, list, date, money and number, and those with titles of their own: axis, region, status
    and type. The column of the kind `name` leads to the page of the row, and is always shown.
    """

    key: str
    table: str
    kind: str = "text"
    shown: bool = False


@dataclass(frozen=True)
class Listing:
    """A table: the columns, those to choose from, those that are searched, and the first order.

    `key` is the column that names the page of a row; `further` are columns that are not shown and only chosen from.
    """

    key: str
    columns: Sequence[Column]
    searched: Sequence[str]
    sort: str
    facets: Sequence[str] = ()
    further: Sequence[str] = ()


PROJECT_COLUMNS = (
    Column("name", PROJECTS, "name", True),
    Column("project_code", PROJECTS, "code", True),
    Column("programme_period", PROJECTS, "code"),
    Column("fund", PROJECTS, "code", True),
    Column("priority_axis", PROJECTS, "axis"),
    Column("specific_objective", PROJECTS, "code"),
    Column("beneficiaries", "", "list", True),
    Column("regions", "", "region", True),
    Column("municipalities", "", "list"),
    Column("start_date", PROJECTS, "date", True),
    Column("end_date", PROJECTS, "date", True),
    Column("status", PROJECTS, "status"),
    Column("authority", PROJECTS),
    Column("application_type", PROJECTS, "type"),
    *(Column(name, "finance", "money", name in AMOUNTS[:2]) for name in AMOUNTS),
    Column("findings", "", "number"),
)
ORGANISATION_COLUMNS = (
    Column("name", ORGANISATIONS, "name", True),
    Column("organisation_id", ORGANISATIONS, "code"),
    Column("business_id", ORGANISATIONS, "code", True),
    Column("organisation_type", ORGANISATIONS, "text", True),
    Column("city", ORGANISATIONS, "text", True),
    Column("postal_code", ORGANISATIONS, "code"),
    Column("projects", "", "number", True),
    Column("granted", "", "money", True),
)
LISTINGS = {
    PROJECTS: Listing(
        "project_code",
        PROJECT_COLUMNS,
        ("project_code", "name", "beneficiaries", "municipalities"),
        "-start_date",
        ("fund", "programme_period", "axis", "objective", "regions", "year", "status", "authority", "flag"),
        ("page", "axis", "objective"),
    ),
    ORGANISATIONS: Listing(
        "organisation_id",
        ORGANISATION_COLUMNS,
        ("organisation_id", "name", "city"),
        "-projects",
        ("organisation_type", "city"),
        ("page",),
    ),
}
"""Those of the pages of single records, by the folder of these pages."""


def listing(model: Model, table: str) -> Listing:
    """What a table shows: one of LISTINGS, else all fields of a table of a user's own, in the order of its key."""
    if table in LISTINGS:
        return LISTINGS[table]
    fields = model.package.fields(table)
    columns = [Column(one["name"], table, value_kind(one), place < AT_FIRST) for place, one in enumerate(fields)]
    return Listing("", columns, [one["name"] for one in fields], (model.package.key(table) or [""])[0])


def listed_rows(model: Model, table: str) -> pl.DataFrame:
    """The rows of a table, in the order in which they are first shown."""
    if table == PROJECTS:
        return _projects(model)
    return _organisations(model) if table == ORGANISATIONS else _own(model, table)


def _projects(model: Model) -> pl.DataFrame:
    rows = model.projects.with_columns(
        page=_pages(model.projects["project_code"]),
        axis=pl.concat_str("programme_period", "fund", "priority_axis", separator="/"),
        objective=pl.concat_str("programme_period", "specific_objective", separator="/"),
    )
    return rows.sort("start_date", "project_code", descending=[True, False], nulls_last=True, maintain_order=True)


def _organisations(model: Model) -> pl.DataFrame:
    rows = model.organisations.with_columns(page=_pages(model.organisations["organisation_id"]))
    return rows.sort("projects", "organisation_id", descending=[True, False], maintain_order=True)


def _own(model: Model, table: str) -> pl.DataFrame:
    """The rows of a table of a user's own: what identifies a natural person is withheld."""
    texts = [pl.col(c.key).cast(pl.String) for c in listing(model, table).columns if c.kind == "text"]
    rows = model.frame(table).head(MOST_ROWS).with_columns(texts)
    return rows.with_columns(pl.col(pl.String).replace(dict.fromkeys(model.persons, WITHHELD)))


def _pages(keys: pl.Series) -> pl.Series:
    """The names of pages where they are not the keys themselves."""
    return pl.Series([None if (page := slug(key)) == key else page for key in keys], dtype=pl.String())
