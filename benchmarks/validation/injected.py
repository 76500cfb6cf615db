"""The faults that are put into clean rows, and the rows that come as near to a fault as a clean row can.

Every fault stands in one of 999 projects or organisations, each in another one, so that no two faults meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

EVERY = 999
"""A multiple of three: where a fault stands says also whether the project is single, joint or a transfer."""

KEYS = {
    "projects": ("project_code",),
    "organisations": ("organisation_id",),
    "participations": ("project_code", "organisation_id", "role"),
    "finance": ("project_code",),
}

MONEY = ("granted_eu_state_eur", "realised_eu_state_eur", "planned_public_eur", "realised_public_eur")
_UNKNOWN = pl.format("S3999{}", pl.col("n") // EVERY + 10_000)
_ID = pl.col("business_id")
_OTHER_DIGIT = _ID.str.slice(0, 8) + ((_ID.str.slice(8).cast(pl.Int64) + 1) % 10).cast(pl.String)


@dataclass(frozen=True)
class Fault:
    """A rule that rows break: where, in which of a project's participations, and the cells that are changed.

    `rule` is empty where no rule is broken. A fault without cells is a copy of the row at the end of its table.
    `others` are the cells that are changed in other tables, in the row of the same project.
    """

    table: str
    rule: str
    at: int
    cells: dict[str, str | pl.Expr | None] = field(default_factory=dict)
    slot: int = 0
    others: dict[str, dict[str, str]] = field(default_factory=dict)

    def here(self, table: str) -> pl.Expr:
        """The rows of a table that the fault changes."""
        return (pl.col("n") % EVERY == self.at) & (pl.col("slot") == self.slot if table == "participations" else True)


def _money(*amounts: str) -> dict[str, str | pl.Expr | None]:
    return dict(zip(MONEY, amounts, strict=True))


BEGUN = {"projects": {"start_date": "2023-01-02", "end_date": "2024-12-31"}}
NOT_BEGUN = {"projects": {"start_date": "2026-11-02", "end_date": "2028-10-31"}}

FAULTS = (
    Fault("projects", "type", 4, {"end_date": "2024-02-30"}),
    Fault("projects", "type", 61, {"end_date": "31.12.2024"}),
    Fault("projects", "required", 91, {"name": None}),
    Fault("projects", "enum", 121, {"fund": "ESF"}),
    Fault("projects", "ends-before-start", 151, {"start_date": "2023-01-02", "end_date": "2023-01-01"}),
    Fault("projects", "single-applicant-with-several", 181, {"application_type": "single"}),  # 181 % 3: joint
    Fault("projects", "primary-key", 211),
    Fault("organisations", "pattern", 21, {"postal_code": "5010"}),
    Fault("organisations", "business-id-check-digit", 51, {"business_id": _OTHER_DIGIT}),
    Fault("organisations", "primary-key", 81),
    Fault("participations", "foreign-key", 240, {"project_code": _UNKNOWN}, slot=1),
    Fault("participations", "foreign-key", 270, {"organisation_id": "9000000-9"}, slot=1),
    Fault("participations", "primary-key", 302, slot=3),  # 302 % 3: the implementer of a transfer
    Fault("finance", "type", 331, {"realised_public_eur": "12O500.00"}),
    Fault("finance", "type", 361, {"realised_public_eur": "1 250,50"}),
    Fault("finance", "minimum", 391, _money("-0.01", "-0.01", "0.00", "0.00")),
    Fault("finance", "foreign-key", 421, {"project_code": _UNKNOWN}),
    Fault("finance", "realised-over-granted", 451, _money("250000.13", "250001.14", "300000.00", "260000.00"),
          others=BEGUN),
    Fault("finance", "money-before-start", 481, _money("9000.00", "0.00", "9900.00", "0.01"),
          others=NOT_BEGUN),
    Fault("finance", "primary-key", 511),
    Fault("projects", "", 541, {"start_date": "2023-01-02", "end_date": "2023-01-02"}),
    Fault("projects", "", 571, {"start_date": "2023-01-02", "end_date": None}),
    Fault("finance", "", 601, _money("250000.13", "250001.13", "300000.00", "260000.00"),
          others=BEGUN),
    Fault("finance", "", 631, _money("0.00", "0.00", "0.00", "0.00")),
    Fault("projects", "", 661, {"name": 'Sanat, "lainaus" ja pilkku'}),
)  # fmt: skip


def put_into(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table with the cells that the faults change."""
    for fault in FAULTS:
        cells = fault.cells if fault.table == table else fault.others.get(table, {})
        if cells:
            rows = rows.with_columns(
                pl.when(fault.here(table)).then(value if isinstance(value, pl.Expr) else pl.lit(value, pl.String))
                .otherwise(name).alias(name)
                for name, value in cells.items()
            )  # fmt: skip
    return rows


def copied(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table that stand at its end a second time."""
    return rows.filter(pl.any_horizontal(False, *(f.here(table) for f in FAULTS if f.table == table and not f.cells)))


def truth(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """What must be found in these rows of a table: table, rule, key and line."""
    key = pl.concat_str(KEYS[table], separator="/")
    return pl.concat(
        rows.filter(fault.here(table)).select(
            table=pl.lit(table), rule=pl.lit(fault.rule), key=key, line=pl.col("line").cast(pl.Int64)
        )
        for fault in FAULTS
        if fault.table == table and fault.rule
    )
