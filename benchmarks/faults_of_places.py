"""Faults of places."""

from __future__ import annotations

from clean_packages import Row, Unit, municipalities
from faults import fault


@fault("S2", "A7", "S3")
def municipality_not_in_its_years(u: Unit) -> None:
    name = u.rng.choice(["Lavia", "Maaninka", "Tarvasjoki", "Mikkelii"]) if u.code[:2] == "S3" else "Mikkelii"
    row = u.add("locations", project_code=u.code, level="municipality", name=name, section="6")
    u.mark("locations", row, "municipality-not-in-its-years", "municipality-not-reported")
    u.projects["site_street_address"] = None


def elsewhere(u: Unit, same: str | None) -> Row:
    here = next(p for p in municipalities() if p["municipality_code"] == u.find("locations", section="3")["code"])
    places = [p for p in municipalities() if p["subregion_code"] != here["subregion_code"]]
    return u.rng.choice(
        [p for p in places if (p["region_code"] == here["region_code"]) == (same == "region")] or places
    )


@fault("S2", "A7", "S3", "J1")
def municipality_outside_region(u: Unit) -> None:
    place = elsewhere(u, None)
    for section in ("6", "9"):
        row = u.add("locations", project_code=u.code, level="municipality", name=place["name_fi"], section=section)
        if section == "6":
            u.mark("locations", row, "municipality-outside-region", "municipality-outside-subregion")
    u.projects["site_street_address"] = None


@fault("S2", "A7", "S3", "J1")
def municipality_outside_subregion(u: Unit) -> None:
    place = elsewhere(u, "region")
    if place["region_fi"] != u.find("locations", level="region")["name"]:
        u.drop("locations", level="region")
    for section in ("6", "9"):
        row = u.add("locations", project_code=u.code, level="municipality", name=place["name_fi"], section=section)
        if section == "6":
            u.mark("locations", row, "municipality-outside-subregion")
    u.projects["site_street_address"] = None


@fault()
def municipality_not_declared(u: Unit) -> None:
    row = u.add("locations", project_code=u.code, level="municipality", name="Mikkeli", section="3", code="491")
    u.mark("locations", row, "municipality-not-declared")


@fault()
def municipality_not_reported(u: Unit) -> None:
    other = u.find("locations", section="9")
    other |= {"name": "Mikkeli", "code": "491"}
    u.mark("locations", other, "municipality-not-declared")
    u.mark("locations", u.find("locations", level="municipality", section="6"), "municipality-not-reported")


@fault("S2", "A7", "S3", "J1")
def subregion_not_in_its_years(u: Unit) -> None:
    row = u.add("locations", project_code=u.code, level="subregion", name=f"Mikkelin {u.code}", section="3")
    u.mark("locations", row, "subregion-not-in-its-years")


@fault()
def region_not_listed(u: Unit) -> None:
    row = u.add(
        "locations", project_code=u.code, level="region", name=u.rng.choice(["Savo", "Valtakunnallinen"]), section="3"
    )
    u.mark("locations", row, "region-not-listed")


@fault()
def subregion_without_municipality(u: Unit) -> None:
    place = elsewhere(u, "region")
    row = u.add("locations", project_code=u.code, level="subregion", name=place["subregion_fi"], section="6")
    u.mark("locations", row, "subregion-without-municipality")


@fault()
def region_without_subregion(u: Unit) -> None:
    place = elsewhere(u, None)
    row = u.add("locations", project_code=u.code, level="region", name=place["region_fi"], section="6")
    u.mark("locations", row, "region-without-subregion")


@fault()
def code_of_another_place(u: Unit) -> None:
    row = u.find("locations", section="6", level=u.rng.choice(["region", "subregion", "municipality"]))
    row["code"] = "99" if row["level"] == "region" else "999"
    u.mark("locations", row, "code-of-another-place")


@fault()
def place_listed_twice(u: Unit) -> None:
    row = u.find("locations", level="municipality", section="3")
    twin = u.add("locations", **row | {"name": f"Kommun {u.code}"})
    u.mark("locations", row, "place-listed-twice")
    checks = ["place-listed-twice", "municipality-not-declared"]
    checks += [] if u.projects["end_date"] < "2013" else ["municipality-not-in-its-years"]
    u.mark("locations", twin, *checks)


@fault()
def site_address_with_several_places(u: Unit) -> None:
    row = u.find("locations", level="municipality", section="6")
    others = [p for p in municipalities() if p["name_fi"] != row["name"]
              and p["subregion_fi"] == u.find("locations", level="subregion")["name"]]  # fmt: skip
    if others:
        for section in ("6", "9"):
            u.add(
                "locations",
                **row | {"name": others[0]["name_fi"], "code": others[0]["municipality_code"], "section": section},
            )
        u.mark("projects", u.projects, "site-address-with-several-places")


@fault()
def site_outside_declared_area(u: Unit) -> None:
    u.projects["site_city"] = elsewhere(u, None)["name_fi"].upper()
    u.mark("projects", u.projects, "site-outside-declared-area")
