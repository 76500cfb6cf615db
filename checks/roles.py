"""Roles: who applies, who carries out, and to whom aid is passed on."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, INFO, WARNING, check


@check(WARNING, "the description's form: the recipients are listed under the choice that transfers aid")
def transfer_without_recipients(projects, participations):
    """A project transfers aid, but no recipient is named.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | single           |
    |          | S20002       | transfer         |
    | ✗        | S20003       | transfer         |

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20002       | 2678219-4       | transfer_recipient |
    |                | S20003       | 0165116-3       | beneficiary        |
    """
    recipients = participations.filter(participations.role == "transfer_recipient").unique("project_code")
    return projects.filter(projects.application_type == "transfer").join(recipients, "project_code", how="anti")


@check(WARNING, "the description's form: recipients belong to the choice that transfers aid")
def recipients_without_transfer(projects, participations):
    """A project names recipients of transferred aid, but says that it transfers none.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | transfer         |
    |          | S20002       | single           |
    | ✗        | S20003       | single           |

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20001       | 2678219-4       | transfer_recipient |
    |                | S20002       | 0165116-3       | beneficiary        |
    |                | S20003       | 2678219-4       | transfer_recipient |
    """
    recipients = participations.filter(participations.role == "transfer_recipient").unique("project_code")
    return projects.filter(projects.application_type != "transfer").join(recipients, "project_code")


@check(WARNING, "the description's form: one of its choices is that there is only one applicant")
def single_applicant_with_several(projects, participations):
    """A project says that it has a single applicant, but several beneficiaries are named.

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | single           |
    |          | S20002       | joint            |
    | ✗        | S20003       | single           |

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20001       | 0165116-3       | beneficiary        |
    |                | S20001       | 2678219-4       | transfer_recipient |
    |                | S20002       | 0165116-3       | beneficiary        |
    |                | S20002       | 2678219-4       | beneficiary        |
    |                | S20003       | 0165116-3       | beneficiary        |
    |                | S20003       | 2678219-4       | beneficiary        |
    """
    beneficiaries = participations.filter(participations.role == "beneficiary")
    several = beneficiaries.group_by("project_code", beneficiaries=nw.len()).filter(nw.col("beneficiaries") > 1)
    return projects.filter(projects.application_type == "single").join(several, "project_code")


@check(ERROR, "the description's form: aid is transferred to others than the applicant")
def recipient_is_beneficiary(participations):
    """A project transfers aid to its own beneficiary.

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20001       | 0165116-3       | beneficiary        |
    |                | S20001       | 2678219-4       | transfer_recipient |
    |                | S20002       | 0165116-3       | transfer_recipient |
    | ✗              | S20001       | 0165116-3       | transfer_recipient |
    """
    beneficiaries = participations.filter(participations.role == "beneficiary")
    recipients = participations.filter(participations.role == "transfer_recipient")
    return recipients.join(beneficiaries.select("project_code", "organisation_id"), "project_code", "organisation_id")


@check(WARNING, "the card's and the lists' column of implementers: the applicant, and who gets aid from it")
def implementer_is_no_applicant(participations, projects):
    """An implementer is neither the project's beneficiary nor a recipient of its aid.

    Not judged in joint projects, nor where no beneficiary is named. It may be a misspelt name.

    | participations | project_code | organisation_id | role               |
    | -------------- | ------------ | --------------- | ------------------ |
    |                | S20001       | 0165116-3       | beneficiary        |
    |                | S20001       | 2678219-4       | transfer_recipient |
    |                | S20001       | 0165116-3       | implementer        |
    |                | S20001       | 2678219-4       | implementer        |
    |                | S20002       | 0165116-3       | beneficiary        |
    |                | S20002       | 1510340-8       | implementer        |
    |                | S20003       | 1510340-8       | implementer        |
    | ✗              | S20001       | 1510340-8       | implementer        |
    |                | S20004       | 1510340-8       | beneficiary        |

    | projects | project_code | application_type |
    | -------- | ------------ | ---------------- |
    |          | S20001       | transfer         |
    |          | S20002       | joint            |
    |          | S20003       | single           |
    """
    alone = projects.filter(projects.application_type != "joint").unique("project_code")
    known = participations.filter(participations.role == "beneficiary").unique("project_code")
    named = participations.filter(participations.role != "implementer").unique("project_code", "organisation_id")
    judged = participations.filter(participations.role == "implementer")
    judged = judged.join(alone, "project_code").join(known, "project_code")
    return judged.join(named, "project_code", "organisation_id", how="anti")


@check(WARNING, "Regulation (EU) 1303/2013, Annex XII: a list of operations names the beneficiary of each")
def project_without_organisation(projects, participations):
    """No organisation is named for a project.

    Judged in a package that names organisations at all.

    | projects | project_code |
    | -------- | ------------ |
    |          | S20001       |
    | ✗        | S20002       |

    | participations | project_code | organisation_id | role        |
    | -------------- | ------------ | --------------- | ----------- |
    |                | S20001       | 0165116-3       | beneficiary |
    """
    return left_out(projects, participations, "project_code")


@check(WARNING, "the description's form: section 2 names the applicant")
def description_without_beneficiary(documents, participations):
    """A project has a description, but no beneficiary.

    | documents | document_id | project_code | kind        |
    | --------- | ----------- | ------------ | ----------- |
    |           | a.txt       | S20001       | description |
    |           | b.txt       | S20002       | card        |
    |           | c.txt       |              | description |
    | ✗         | d.txt       | S20002       | description |

    | participations | project_code | organisation_id | role        |
    | -------------- | ------------ | --------------- | ----------- |
    |                | S20001       | 0165116-3       | beneficiary |
    |                | S20002       | 0165116-3       | implementer |
    """
    named = participations.filter(participations.role == "beneficiary").unique("project_code")
    told = documents.filter(documents.kind == "description", ~documents.project_code.is_null())
    return told.join(named, "project_code", how="anti")


@check(INFO, "the house rule: an organisation is in the tables for what it does in a project")
def organisation_in_no_project(organisations, participations):
    """An organisation takes part in no project.

    Judged in a package that says who takes part at all.

    | organisations | organisation_id |
    | ------------- | --------------- |
    |               | 0165116-3       |
    | ✗             | 2678219-4       |

    | participations | project_code | organisation_id | role        |
    | -------------- | ------------ | --------------- | ----------- |
    |                | S20001       | 0165116-3       | beneficiary |
    """
    return left_out(organisations, participations, "organisation_id")


def left_out(rows, participations, key):
    """The rows that no participation refers to; none, where there are no participations at all."""
    some = participations.with_columns(one=nw.lit(1)).unique("one")
    judged = rows.with_columns(one=nw.lit(1)).join(some, "one")
    return judged.join(participations.unique(key), key, how="anti").select(key)
