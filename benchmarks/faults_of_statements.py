"""Faults of what documents state, and of cells that no document states."""

from __future__ import annotations

from clean_packages import CORRECTIONS, EXPORT, Row, Unit
from faults import cents, euros, fault, moved
from faults_of_sources import personal


def statement(u: Unit, field: str, document: str = "description") -> Row:
    return next(s for s in u.rows["statements"] if s["field"] == field and document in s["document_id"])


@fault(stated=True)
def personal_data_in_statement(u: Unit) -> None:
    row = statement(u, "city")
    row["original"] = f"Jyväskylä {personal(u)}"
    u.mark_cell(row, "personal-data-in-statement")


@fault(stated=True)
def sole_trader_in_statement(u: Unit) -> None:
    row = next(row for row in u.rows["statements"] if (row["table"], row["field"]) == ("organisations", "name"))
    row["original"] = "Tmi Erkki Esimerkki"
    u.mark_cell(row, "sole-trader-in-statement")


@fault(stated=True)
def sources_disagree(u: Unit) -> None:
    values = {
        "start_date": moved(u.projects["start_date"], 1),
        "name": f"Hanke {u.code}, kehittämistäi",
        "realised_public_eur": "1.00",
    }
    field = u.rng.choice(list(values))
    row = statement(u, field, EXPORT)
    row["value"] = values[field]
    u.mark_cell(row, "sources-disagree")


@fault(stated=True)
def same_but_for_the_form(u: Unit) -> None:
    """Case, spaces and signs are no difference."""
    statement(u, "name", EXPORT)["value"] = u.projects["name"].upper().replace(" – ", "  ")


@fault(stated=True)
def unreadable_text(u: Unit) -> None:
    """A text that cannot be read is a `type` finding on its cell."""
    row = statement(u, u.rng.choice(["end_date", "realised_public_eur"]), EXPORT)
    row |= {"value": None, "original": "ei tiedossa"}
    u.mark_cell(row, "type")


@fault(stated=True)
def misreading_repaired(u: Unit) -> None:
    row = statement(u, "name", "card")
    row |= {"original": f"$2{u.code}", "repair": "a code begins with S"}
    u.mark_cell(row, "misreading-repaired")


def about(u: Unit, field: str, check: str) -> None:
    row = u.state(u.documents["document_id"], "documents", u.documents, field, value="x", original="x")
    u.mark_cell(row, check)


@fault(stated=True)
def label_unknown(u: Unit) -> None:
    about(u, "unknown_label", "label-unknown")


@fault(stated=True)
def end_date_moved(u: Unit) -> None:
    row = statement(u, "end_date", EXPORT)
    row["value"] = moved(u.projects["end_date"], 1)
    u.mark_cell(row, "end-date-moved")


@fault(stated=True)
def section_unknown(u: Unit) -> None:
    about(u, "unknown_section", "section-unknown")


@fault(stated=True)
def document_is_a_rendition(u: Unit) -> None:
    about(u, "rendition_of", "document-is-a-rendition")


@fault(stated=True)
def label_missing(u: Unit) -> None:
    about(u, "missing_label", "label-missing")


@fault(stated=True)
def section_missing(u: Unit) -> None:
    about(u, "missing_section", "section-missing")


@fault(stated=True)
def document_not_read(u: Unit) -> None:
    about(u, "problem", "document-not-read")


@fault(stated=True)
def row_not_read(u: Unit) -> None:
    about(u, u.rng.choice(["unread_row", "ambiguous_row"]), "row-not-read")


@fault(stated=True)
def ended_before_its_time(u: Unit) -> None:
    u.documents["compiled"] = moved(u.projects["end_date"][:8] + "01", -u.rng.randrange(1, 200))[:7]
    u.mark_cell(statement(u, "status"), "ended-before-its-time")


@fault(stated=True)
def running_after_its_time(u: Unit) -> None:
    u.documents["compiled"] = moved(u.projects["end_date"], u.rng.randrange(400, 2000))[:7]
    u.projects["status"] = "Toiminnassa"
    for row in u.rows["statements"]:
        if row["field"] == "status":
            row["value"] = "Toiminnassa"
    u.mark_cell(statement(u, "status"), "running-after-its-time")


@fault(stated=True)
def paid_before_start(u: Unit) -> None:
    u.documents["compiled"] = moved(u.projects["start_date"][:8] + "01", -u.rng.randrange(1, 300))[:7]
    u.mark_cell(statement(u, "status"), "ended-before-its-time")
    u.mark_cell(statement(u, "realised_public_eur"), "paid-before-start")


@fault(stated=True)
def plan_told_as_realised(u: Unit) -> None:
    planned = euros(cents(u.finance["planned_public_eur"]) + u.rng.randrange(1000, 9999999))
    u.finance["planned_public_eur"] = statement(u, "planned_public_eur")["value"] = planned
    u.finance |= dict.fromkeys(("planned_total_eur", "realised_total_eur"))
    u.rows["statements"] = [row for row in u.rows["statements"] if not row["field"].endswith("_total_eur")]
    row = statement(u, "realised_public_eur", "card")
    row["value"] = planned
    u.mark_cell(row, "plan-told-as-realised", "sources-disagree")


@fault(stated=True)
def cell_differs_from_sources(u: Unit) -> None:
    kind = u.rng.choice(["changed", "amount", "filled in"])
    if kind == "changed":
        u.organisations["street_address"] = "Kuja 0"
        table = "organisations"
    elif kind == "amount":
        u.finance["realised_eu_eur"] = "1.00"
        table = "finance"
    else:
        u.rows["statements"].remove(statement(u, "site_street_address"))
        table = "projects"
    u.mark(table, getattr(u, table), "cell-differs-from-sources")


@fault(stated=True)
def stated_cell_is_empty(u: Unit) -> None:
    table, name = u.rng.choice([("organisations", "city"), ("finance", "realised_eu_eur"), ("projects", "status")])
    getattr(u, table)[name] = None
    u.mark(table, getattr(u, table), "stated-cell-is-empty")


@fault(stated=True)
def project_without_source(u: Unit) -> None:
    u.rows["statements"] = [s for s in u.rows["statements"] if s["table"] != "projects"]
    u.mark("projects", u.projects, "project-without-source")


@fault(stated=True)
def organisation_without_source(u: Unit) -> None:
    u.rows["statements"] = [s for s in u.rows["statements"] if s["table"] != "organisations"]
    for row in u.rows["organisations"]:
        u.mark("organisations", row, "organisation-without-source")


@fault(stated=True)
def correction_changes_nothing(u: Unit) -> None:
    row = u.state(CORRECTIONS, "projects", u.projects, u.rng.choice(["name", "end_date", "fund"]))
    u.mark_cell(row, "correction-changes-nothing")


@fault(stated=True)
def a_correction(u: Unit) -> None:
    """A correction that is needed: it settles what the sources state, so nothing is wrong."""
    u.projects["name"] = f"Oikea nimi {u.code}"
    u.state(CORRECTIONS, "projects", u.projects, "name")


@fault(stated=True)
def correction_of_no_row(u: Unit) -> None:
    gone = u.finance | {"project_code": f"S{99000 + int(u.code[-3:])}"}
    row = u.state(CORRECTIONS, "finance", gone, "planned_public_eur")
    u.mark_cell(row, "correction-of-no-row")


@fault(stated=True)
def project_known_from_card_only(u: Unit) -> None:
    for row in u.rows["documents"]:
        row["kind"] = "card"
    u.rows["statements"] = [s for s in u.rows["statements"] if s["document_id"] != EXPORT]
    u.mark("projects", u.projects, "project-known-from-card-only")


@fault(stated=True)
def name_from_damaged_text(u: Unit) -> None:
    u.documents["damaged"] = "true"
    for row in u.rows["organisations"]:
        u.mark("organisations", row, "name-from-damaged-text")
