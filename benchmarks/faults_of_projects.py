"""Faults of projects, their dates, roles and organisations."""

from __future__ import annotations

from clean_packages import Unit, business_id
from faults import fault, moved


@fault("S2")
def code_of_another_fund(u: Unit) -> None:
    u.projects |= {"fund": "EAKR", "priority_axis": "1", "specific_objective": "2.1"}
    u.drop("figures", group="costs")
    u.mark("projects", u.projects, "code-of-another-fund")


@fault("A7")
def code_of_another_period(u: Unit) -> None:
    u.projects |= {"programme_period": "2021-2027", "specific_objective": "1.1"}
    u.drop("figures", group="costs")
    u.mark("projects", u.projects, "code-of-another-period", "outside-programme-period")


def rename(u: Unit, code: str) -> None:
    for rows in u.rows.values():
        for row in rows:
            if row.get("project_code") == u.code:
                row["project_code"] = code
    for row in u.rows["documents"]:
        row["url"] = None


@fault("S2", "A7")
def code_form(u: Unit) -> None:
    rename(u, u.code + u.rng.choice(["9", "01"]))
    u.mark("projects", u.projects, "code-form")


@fault("S2", "A7", "S1")
def code_of_no_series(u: Unit) -> None:
    rename(u, u.code[0] + u.rng.choice("489") + u.code[2:])
    u.mark("projects", u.projects, "code-of-no-series")


@fault("S2", "A7")
def fund_not_in_period(u: Unit) -> None:
    u.projects["fund"] = u.rng.choice(["JTF", "ESR+"])
    u.mark("projects", u.projects, "fund-not-in-period", "code-of-another-fund")


@fault("S2")
def axis_of_another_fund(u: Unit) -> None:
    u.projects |= {"priority_axis": u.rng.choice("1268"), "specific_objective": None}
    u.mark("projects", u.projects, "axis-of-another-fund")


@fault("S2", "S3")
def objective_of_another_axis(u: Unit) -> None:
    u.projects["specific_objective"] = {"S2": "9.1", "S3": "5.1"}[u.code[:2]]
    u.mark("projects", u.projects, "objective-of-another-axis")


@fault("S2", "A7", "S3", "J1")
def objective_not_listed(u: Unit) -> None:
    u.projects["specific_objective"] = u.rng.choice(["4.9", "13.1", "0.1"])
    u.mark("projects", u.projects, "objective-not-listed")


@fault()
def status_not_listed(u: Unit) -> None:
    u.projects["status"] = u.rng.choice(["Päättynyt", "Toiminta päätynyt", "Kesken"])
    u.mark("projects", u.projects, "status-not-listed")


@fault()
def authority_not_listed(u: Unit) -> None:
    u.projects["authority"] = u.rng.choice(["Keski-Suomen keskus", u.projects["authority"].replace("Suomen", "Suomn")])
    u.mark("projects", u.projects, "authority-not-listed")


@fault("S2")
def council_pays_social_fund(u: Unit) -> None:
    u.projects["authority"] = u.rng.choice(["Kainuun liitto", "Etelä-Savon maakuntaliitto", "Satakuntaliitto"])
    u.mark("projects", u.projects, "council-pays-social-fund")


@fault()
def name_with_broken_letters(u: Unit) -> None:
    u.projects["name"] = u.projects["name"].replace("–", "¿") if u.rng.random() < 0.5 else f"MeijÃ¤n {u.code}"
    u.mark("projects", u.projects, "name-with-broken-letters")


@fault()
def site_postal_code_never_used(u: Unit) -> None:
    u.projects["site_postal_code"] = "00000"
    u.mark("projects", u.projects, "site-postal-code-never-used")


# Dates


@fault()
def ends_before_start(u: Unit) -> None:
    u.projects["end_date"] = moved(u.projects["start_date"], -u.rng.randrange(1, 60))
    u.mark("projects", u.projects, "ends-before-start")


@fault()
def outside_programme_period(u: Unit) -> None:
    u.projects["end_date"] = {"2007-2013": "2016-01-01", "2014-2020": "2024-01-01", "2021-2027": "2030-01-01"}[
        u.projects["programme_period"]
    ]
    for row in u.rows["documents"]:
        row["compiled"] = None
    u.mark("projects", u.projects, "outside-programme-period")


@fault("S2", "A7")
def start_out_of_order(u: Unit) -> None:
    u.projects |= {"start_date": moved(u.projects["start_date"], 1500), "end_date": "2023-12-31"}
    for row in u.rows["documents"]:
        row["compiled"] = None
    u.mark("projects", u.projects, "start-out-of-order")


@fault()
def card_before_the_end(u: Unit) -> None:
    card = u.find("documents", kind="card")
    card["compiled"] = moved(u.projects["end_date"][:8] + "01", -u.rng.randrange(1, 150))[:7]
    u.mark("documents", card, "card-before-the-end")


# Roles


@fault(kind="transfer")
def transfer_without_recipients(u: Unit) -> None:
    for row in [row for row in u.rows["participations"] if row["role"] == "transfer_recipient"]:
        u.drop("participations", organisation_id=row["organisation_id"])
        u.drop("organisations", organisation_id=row["organisation_id"])
    u.mark("projects", u.projects, "transfer-without-recipients")


@fault(kind="transfer")
def recipients_without_transfer(u: Unit) -> None:
    u.projects["application_type"] = "single"
    u.mark("projects", u.projects, "recipients-without-transfer")


@fault(kind="joint")
def single_applicant_with_several(u: Unit) -> None:
    u.projects["application_type"] = "single"
    u.mark("projects", u.projects, "single-applicant-with-several")


@fault(kind="transfer")
def recipient_is_beneficiary(u: Unit) -> None:
    row = u.add("participations", **u.participations | {"role": "transfer_recipient"})
    u.mark("participations", row, "recipient-is-beneficiary")


@fault(kind="transfer")
def implementer_is_no_applicant(u: Unit) -> None:
    name = f"name:yhdistis {u.code.lower()} ry"
    u.add("organisations", organisation_id=name, name=f"Yhdistis {u.code} ry")
    row = u.add("participations", project_code=u.code, organisation_id=name, role="implementer")
    u.mark("participations", row, "implementer-is-no-applicant")


@fault(kind="single")
def project_without_organisation(u: Unit) -> None:
    u.rows["participations"], u.rows["organisations"] = [], []
    u.drop("documents", kind="description")
    u.rows["figures"] = []
    u.mark("projects", u.projects, "project-without-organisation")


@fault(kind="single")
def description_without_beneficiary(u: Unit) -> None:
    u.drop("participations", role="beneficiary")
    u.mark("documents", u.documents, "description-without-beneficiary")


@fault()
def organisation_in_no_project(u: Unit) -> None:
    row = u.add("organisations", organisation_id=f"name:yksin {u.code.lower()}", name=f"Yksin {u.code}")
    u.mark("organisations", row, "organisation-in-no-project")


# Organisations


@fault(kind="joint")
def business_id_check_digit(u: Unit) -> None:
    old = u.organisations["organisation_id"]
    new = f"{old[:8]}{(int(old[8]) + u.rng.randrange(1, 10)) % 10}"
    for row in [*u.rows["organisations"], *u.rows["participations"]]:
        if row["organisation_id"] == old:
            row["organisation_id"] = new
    u.organisations["business_id"] = new
    u.mark("organisations", u.organisations, "business-id-check-digit")


@fault()
def identifier_is_not_business_id(u: Unit) -> None:
    u.organisations["business_id"] = business_id(5000000 + int(u.code[1:]) * 20)
    u.mark("organisations", u.organisations, "identifier-is-not-business-id")


@fault(kind="joint")
def name_with_two_business_ids(u: Unit) -> None:
    first, second = u.rows["organisations"]
    second["name"] = first["name"].upper()
    u.mark("organisations", first, "name-with-two-business-ids")
    u.mark("organisations", second, "name-with-two-business-ids")


@fault()
def postal_code_never_used(u: Unit) -> None:
    u.organisations["postal_code"] = "00000"
    u.mark("organisations", u.organisations, "postal-code-never-used")


@fault()
def website_not_well_formed(u: Unit) -> None:
    u.organisations["website"] = u.rng.choice(["www.yhdistys,fi", "http://www. yhdistys.fi", "http:/yhdistys.fi", "#",
                                               "yhdistys", "www.yhdistys.fi/%20%20"])  # fmt: skip
    u.mark("organisations", u.organisations, "website-not-well-formed")


@fault()
def organisation_with_broken_letters(u: Unit) -> None:
    u.organisations["name"] = f"Ã„Ã¤nekosken {u.code} ry" if u.rng.random() < 0.5 else f"��nekosken {u.code} ry"
    u.mark("organisations", u.organisations, "organisation-with-broken-letters")
