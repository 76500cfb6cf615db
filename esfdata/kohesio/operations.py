"""The list of operations made from a package: what sources truly state, and an account of what none does."""

from __future__ import annotations

from pathlib import Path

from esfdata.files import atomic
from esfdata.kohesio import nuts
from esfdata.kohesio.template import DATE, fields, required, rules, template
from esfdata.libraries import pl
from esfdata.tables.package import Package
from esfdata.text.persons import WITHHELD, given_names, natural_person

COUNTRY, CURRENCY = "Finland", "EUR"
ONGOING = ("Toiminnassa",)
"""The statuses of a project whose end is still ahead."""

TOTALS = "2021-2027"
"""The period whose exports state the total and the EU's part; in earlier ones neither is stated or derived."""

PERSONS = "(?i)luonnollinen henkilö|yksityishenkilö|elinkeinonharjoittaja"
LOCATION = "no-location"
WHY = {
    "CoFinancing_Rate": "the EU's part of the funding is stated in exports of 2021-2027 alone",
    "Total_Eligible_Expenditure_amount": "a total is stated in exports of 2021-2027 alone; public funding is not it",
    "Category_Of_Intervention": "no table has it; exports of 2021-2027 alone state it",
    "Operation_Summary_Programme_Language": "no table has it; descriptions tell it as narrative",
}
"""Why a required field is empty, where the reason is known for every project."""


def operations(package: Package) -> pl.DataFrame:
    """The operations as text in the template's 33 fields, one row a project, sorted by project code.

    A field is empty where no source states it. Projects of 2007-2013 have no place in the template. The
    total and the EU's rate (realised EU funding of all realised funding, in per cent) are filled for
    2021-2027 alone, from exports that state both. Natural persons are withheld with their identifiers.
    """
    periods = fields()["Programming_Period"]["constraints"]["enum"]
    period = pl.col("programme_period")
    rows = package.lazy("projects").filter(period.is_in(periods) | period.is_null())
    for table, on in (
        (package.lazy("finance"), ["project_code"]),
        (_beneficiaries(package), ["project_code"]),
        (nuts.codes(package), ["project_code"]),
        (_names(package, "priority_axes", "axis"), ["programme_period", "fund", "priority_axis"]),
        (_names(package, "specific_objectives", "objective"), ["programme_period", "specific_objective"]),
        (_names(package, "funds", "fund_name", "title_en"), ["programme_period", "fund"]),
    ):
        rows = rows.join(table, on=on, how="left")
    end = pl.col("end_date").dt.strftime(DATE)
    stated = {
        "Operation_Unique_Identifier": pl.col("project_code"),
        "Operation_Name_Programme_Language": pl.col("name"),
        "Country": pl.lit(COUNTRY),
        "Location_Indicator_Postcode": pl.col("site_postal_code"),
        "Operation_Start_Date": pl.col("start_date").dt.strftime(DATE),
        "Operation_Expected_End_Date": pl.when(pl.col("status").is_in(ONGOING)).then(end),
        "Operation_End_Date": end,
        "CoFinancing_Rate": _rate(),
        "Total_Eligible_Expenditure_amount": pl.when(period == TOTALS).then(
            pl.col("planned_total_eur").cast(pl.String)
        ),
        "Total_Eligible_Expenditure_Currency": pl.lit(CURRENCY),
        "Location_Indicator_NUTS_code": pl.col("nuts_code"),
        "Beneficiary_Name": pl.col("beneficiary"),
        "Fund_Code": pl.col("fund").replace_strict(_funds(), default=None, return_dtype=pl.String),
        "Programme_Code": _programme("code", package),
        "Programming_Period": period,
        "Programme_Name": _programme("name", package),
        "Program_Priority_Axis_Code": pl.col("priority_axis"),
        "Program_Priority_Axis_Name": pl.col("axis"),
        "Program_Specific_Objective_Code": pl.col("specific_objective"),
        "Program_Specific_Objective_Name": pl.col("objective"),
        "Fund_Name": pl.col("fund_name"),
        "Date_Of_Last_Update": pl.lit(_updated(package)),
        "Beneficiary_Unique_Identifier": pl.col("beneficiary_id"),
    }
    empty = pl.lit(None)
    return rows.sort("project_code").select(
        stated.get(name, empty).cast(pl.String).alias(name) for name in fields()
    ).collect()  # fmt: skip


def _names(package: Package, table: str, called: str, title: str = "title_fi") -> pl.LazyFrame:
    """A code list with its key and its names under another name."""
    return package.lazy(table).select(*package.key(table), **{called: title})


def _funds() -> dict[str, str]:
    """The template's code of each fund that it knows; it knows neither ESF+ nor JTF."""
    return {row["fund"]: row["code"] for row in template()["funds"]}


def _programme(what: str, package: Package) -> pl.Expr:
    """The code or the name of the programme of a project, by its period; Åland has a programme of its own."""
    programme = pl.lit(None, dtype=pl.String)
    here = pl.col("nuts_code").fill_null("")
    for row in reversed(template()["programmes"]):
        islands = here.is_in(_islands(package))
        inside = islands if "region_code" in row else ~islands
        value = pl.lit(row.get(what), dtype=pl.String)
        this = (pl.col("programme_period") == row["programme_period"]) & inside
        programme = pl.when(this).then(value).otherwise(programme)
    return programme


def _islands(package: Package) -> list[str]:
    codes = {row["region_code"] for row in template()["programmes"] if "region_code" in row}
    return sorted(
        {code for region, code in nuts.versions(package).select("region_code", "nuts_code").rows() if region in codes}
    )


def _rate() -> pl.Expr:
    """The EU's part of what was realised, in per cent with two places, in whole numbers so that it is exact."""

    def cents(name: str) -> pl.Expr:
        return (pl.col(name).cast(pl.Decimal(18, 2)) * 100).cast(pl.Int64)

    eu, whole = cents("realised_eu_eur"), cents("realised_total_eur")
    sound = (pl.col("programme_period") == TOTALS) & (whole > 0) & (eu >= 0) & (eu <= whole)
    hundredths = (eu * 20000 + whole) // (whole * 2)
    text = pl.concat_str(
        (hundredths // 100).cast(pl.String), pl.lit("."), (hundredths % 100).cast(pl.String).str.zfill(2)
    )
    return pl.when(sound).then(text)


def _updated(package: Package) -> str | None:
    """The day on which the package was made, where its descriptor states one."""
    created = str(package.descriptor.get("created") or "")[:10]
    year, _, rest = created.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}" if day else None


def _beneficiaries(package: Package) -> pl.LazyFrame:
    """The beneficiary of each project, with its y-tunnus; of several, all, parted by semicolons.

    Where only implementers are stated, a single one is the beneficiary: the lists name no other.
    """
    given = given_names(package)
    organisations = package.lazy("organisations").select("organisation_id", "business_id", "name", "organisation_type")
    taking = (
        package.lazy("participations")
        .join(organisations, on="organisation_id", how="left")
        .filter(pl.col("name").is_not_null())
    )
    person = pl.col("organisation_type").str.contains(PERSONS).fill_null(False) | pl.col("name").map_elements(
        lambda name: name == WITHHELD or natural_person(name, given), return_dtype=pl.Boolean
    )
    named = taking.sort("project_code", "organisation_id").with_columns(
        name=pl.when(person).then(pl.lit(WITHHELD)).otherwise("name"),
        business_id=pl.when(~person).then("business_id"),
    )
    by_role = [named.filter(pl.col("role") == role).group_by("project_code").agg(
        beneficiary=pl.col("name").str.join("; "),
        beneficiary_id=pl.when(pl.col("business_id").null_count() == 0).then(pl.col("business_id").str.join("; ")),
        parts=pl.len(),
    ) for role in ("beneficiary", "implementer")]  # fmt: skip
    stated = by_role[0].select("project_code", "beneficiary", "beneficiary_id")
    single = by_role[1].filter(pl.col("parts") == 1).select("project_code", "beneficiary", "beneficiary_id")
    return pl.concat([stated, single.join(stated, on="project_code", how="anti")])


def gaps(frame: pl.DataFrame) -> pl.DataFrame:
    """What the list lacks: a row for each required field, and one for the place, with the rows that lack it.

    Columns: `field`, `filled` and `missing` (numbers of rows), `first` (up to three operations without it)
    and `why`.
    """
    places = rules()[LOCATION]
    lacking = {name: pl.col(name).is_null() for name in required()}
    lacking[" or ".join(places)] = pl.all_horizontal(pl.col(name).is_null() for name in places)
    counted = []
    for name, where in lacking.items():
        without = frame.filter(where)["Operation_Unique_Identifier"]
        missing = len(without)
        why = WHY.get(name, "the sources of these operations do not state it") if missing else None
        counted.append((name, len(frame) - missing, missing, " ".join(without.head(3)) or None, why))
    names = ["field", "filled", "missing", "first", "why"]
    types = [pl.String, pl.Int64, pl.Int64, pl.String, pl.String]
    return pl.DataFrame(counted, schema=dict(zip(names, types, strict=True)), orient="row")


def write(package: Package, path: str | Path) -> list[Path]:
    """Write the list as CSV by RFC 4180 to `path`, and its gaps beside it as `<name>-gaps.csv`; return both paths."""
    path = Path(path)
    frame = operations(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = [path, path.with_name(f"{path.stem}-gaps.csv")]
    for target, rows in zip(written, (frame, gaps(frame)), strict=True):
        atomic.file(target, rows.write_csv(line_terminator="\r\n").encode())
    return written
