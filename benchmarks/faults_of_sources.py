"""Faults of documents and of privacy. Persons, codes and numbers are invented."""

from __future__ import annotations

from clean_packages import Unit
from faults import fault

PERSONAL = ("erkki@example.fi", "erkki(at)example.fi", "131052-308T", "131052A308T", "040 123 4567", "0401234567",
            "FI21 1234 5600 0007 85", "+358 50 1234567")  # fmt: skip


def personal(u: Unit) -> str:
    return u.rng.choice(PERSONAL)


@fault()
def personal_data_in_organisation(u: Unit) -> None:
    name = u.rng.choice(["name", "street_address", "city", "organisation_type"])
    u.organisations[name] = f"{u.organisations[name]} {personal(u)}"
    u.mark("organisations", u.organisations, "personal-data-in-organisation")


@fault()
def mobile_number_of_an_organisation(u: Unit) -> None:
    u.organisations["phone"] = f"+35840{u.rng.randrange(1000000, 9999999)}"
    u.mark("organisations", u.organisations, "personal-data-in-organisation")


@fault()
def personal_data_in_project(u: Unit) -> None:
    name = u.rng.choice(["name", "site_street_address", "site_city"])
    u.projects[name] = f"Kuja {personal(u)}"
    u.mark("projects", u.projects, "personal-data-in-project")


@fault()
def personal_data_in_document(u: Unit) -> None:
    u.documents["path"] = f"kortti {personal(u)}.txt"
    u.mark("documents", u.documents, "personal-data-in-document")


@fault()
def personal_data_in_figure(u: Unit) -> None:
    u.figures["unit"] = personal(u)
    u.mark("figures", u.figures, "personal-data-in-figure")


@fault()
def personal_data_in_item(u: Unit) -> None:
    row = u.add("figures", **u.figures | {"group": "contacts", "item": personal(u)})
    u.mark("figures", row, "personal-data-in-item")


@fault()
def personal_data_in_place(u: Unit) -> None:
    row = u.add("locations", project_code=u.code, level="region", name=f"Savo {personal(u)}", section="9")
    u.mark("locations", row, "personal-data-in-place", "region-not-listed")


@fault(kind="transfer")
def personal_data_in_participation(u: Unit) -> None:
    name = f"name:{u.code.lower()} {personal(u).lower()}"
    u.add("organisations", organisation_id=name, name=f"Yhdistys {u.code} rf")
    row = u.add("participations", project_code=u.code, organisation_id=name, role="transfer_recipient")
    u.mark("participations", row, "personal-data-in-participation")


@fault()
def sole_trader_named(u: Unit) -> None:
    if u.rng.random() < 0.5:
        u.organisations["name"] = u.rng.choice([f"Tmi Erkki Esimerkki {u.code}", f"Esimerkin puu {u.code} t:mi"])
    else:
        u.organisations["organisation_type"] = u.rng.choice(
            ["Luonnollinen henkilö", "Yksityinen elinkeinonharjoittaja"]
        )
    u.mark("organisations", u.organisations, "sole-trader-named")


@fault()
def sole_trader_in_project(u: Unit) -> None:
    u.projects["name"] = f"Toiminimi Erkki Esimerkki: investointi {u.code}"
    u.mark("projects", u.projects, "sole-trader-in-project")


@fault(kind="transfer")
def given_name_as_organisation(u: Unit) -> None:
    name = "Aino " + "".join(u.rng.choice("aeioulnmkrst") for _ in range(12)).capitalize() + "nen"
    row = u.add("organisations", organisation_id=f"person:{u.code}", name=u.rng.choice([name, name.upper()]))
    u.add("participations", project_code=u.code, organisation_id=row["organisation_id"], role="transfer_recipient")
    u.mark("organisations", row, "given-name-as-organisation")


# Documents


@fault()
def document_read_twice(u: Unit) -> None:
    first = u.documents
    twin = u.add("documents", **first | {"document_id": f"kopio {first['document_id']}"})
    u.mark("documents", first, "document-read-twice")
    u.mark("documents", twin, "document-read-twice")


@fault()
def document_of_no_project(u: Unit) -> None:
    u.documents["project_code"] = None
    u.mark("documents", u.documents, "document-of-no-project")


@fault()
def link_to_another_project(u: Unit) -> None:
    u.documents["url"] = u.documents["url"][:-1] + str((int(u.code[-1]) + 1) % 10)
    u.mark("documents", u.documents, "link-to-another-project")


@fault()
def link_not_well_formed(u: Unit) -> None:
    u.documents["url"] = u.rng.choice(["#", "www.eura2014.fi", "https://youtu.be/x%20", "https://www.eura2014.fi/a b"])
    u.mark("documents", u.documents, "link-not-well-formed")
