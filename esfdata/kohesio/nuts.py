"""The NUTS code of each project: the smallest EU region that holds every place the project declares."""

from __future__ import annotations

from esfdata.libraries import pl
from esfdata.tables.package import Package

DECLARED = "6"
"""The section of a description that declares the places; those named in narratives are no statement of place."""

LENGTHS = (5, 4, 3, 2)
"""How long the codes of regions, groups of regions, main areas and the country are."""


def versions(package: Package) -> pl.DataFrame:
    """The NUTS code of each region in each version of the classification, with the years in which it holds."""
    years = pl.col("first_year", "last_year", "division_year")
    return package.lazy("nuts").with_columns(years.cast(pl.Int32())).collect()


def codes(package: Package) -> pl.LazyFrame:
    """One row a project with declared places: `project_code` and its `nuts_code`.

    The version is that of the year in which the project starts. Municipalities come first; where there is
    none, or one that no list knows, the declared regions. A municipality counts to the region that it was
    in when the version was made, which the EU keeps until the next one. Places in several regions give the
    code of the smallest area that holds them all, down to the country's.
    """
    year = pl.col("start_date").dt.year().cast(pl.Int32())
    classified = versions(package).lazy()
    made = classified.select("first_year", "division_year").unique().sort("first_year")
    projects = package.lazy("projects").select("project_code", year=year).drop_nulls().sort("year")
    dated = projects.join_asof(made, left_on="year", right_on="first_year")
    places = package.lazy("locations").filter(pl.col("section") == DECLARED).join(dated, on="project_code")
    regions = places.filter(pl.col("level") == "region").with_columns(region_code="code")
    municipal = places.filter(pl.col("level") == "municipality").join(
        _regions(package, made), on=["code", "division_year"], how="left"
    )
    best, next_best = (_smallest(each, classified).drop_nulls() for each in (municipal, regions))
    return pl.concat([best, next_best.join(best, on="project_code", how="anti")])


def _regions(package: Package, made: pl.LazyFrame) -> pl.LazyFrame:
    """The region of each municipality in each year of division; of one that was not there then, the nearest spell's."""
    spells = package.lazy("municipalities").select("municipality_code", "region_code", "first_year", "last_year")
    year = pl.col("division_year")
    away = pl.max_horizontal(pl.col("first_year") - year, year - pl.col("last_year"), pl.lit(0))
    pairs = spells.join(made.select("division_year"), how="cross").sort(away, "first_year")
    one = pairs.unique(["municipality_code", "division_year"], keep="first", maintain_order=True)
    return one.select("region_code", "division_year", code="municipality_code")


def _smallest(places: pl.LazyFrame, classified: pl.LazyFrame) -> pl.LazyFrame:
    """The longest code that begins the codes of all places of a project; null where one place has no code."""
    code = pl.col("nuts_code")
    starts = [pl.when(code.str.slice(0, n).n_unique() == 1).then(code.str.slice(0, n).first()) for n in LENGTHS]
    whole = pl.when(code.null_count() == 0).then(pl.coalesce(starts))
    coded = places.join(classified, on=["region_code", "first_year"], how="left")
    return coded.group_by("project_code").agg(nuts_code=whole)
