"""Privacy: personal data that must not be published. These findings never show the value."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, WARNING, check

EDGE = r"(?:^|[^0-9A-Za-zÅÄÖåäö])"
IDENTITY = (
    EDGE
    + r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Ya-fu-y–−][0-9]{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?:$|[^0-9A-Za-z])"
)
EMAIL = r"[0-9A-Za-zÅÄÖåäö_.+-]+ ?(?:@|\(at\)|\(@\)|\[at\]) ?[0-9A-Za-zÅÄÖåäö-]+\.[A-Za-z]{2,}"
MOBILE = EDGE + r"(?:\+358[ -]?|0)(?:4[0-9]|50)[ -]?[0-9]{3}[ -]?[0-9]{2,5}(?:$|[^0-9A-Za-z])"
ACCOUNT = EDGE + r"[Ff][Ii][0-9]{2} ?(?:[0-9]{4} ?){3}[0-9]{2}(?:$|[^0-9A-Za-z])"
PERSONAL = f"(?:{IDENTITY}|{EMAIL}|{ACCOUNT}|{MOBILE})"

LAW = "Regulation (EU) 2016/679, art. 5(1)(c); Regulation (EU) 2021/1060, art. 49(3), lists no contact data"


@check(ERROR, LAW, masked=True)
def personal_data_in_statement(statements):
    """A statement holds a personal identity code, an e-mail address, a mobile number or a bank account.

    | statements | document_id | table         | key       | field               | line | original              | value              |
    | ---------- | ----------- | ------------- | --------- | ------------------- | ---- | --------------------- | ------------------ |
    |            | a.txt       | organisations | 0165116-3 | website             | 3    | http://www.mikkeli.fi |                    |
    |            | a.txt       | finance       | S20001    | realised_public_eur | 3    | 1 490 940 €           | 1490940.00         |
    |            | a.txt       | organisations | 0165116-3 | phone               | 3    | 015 1941              | +358151941         |
    | ✗          | a.txt       | organisations | 0165116-3 | name                | 3    | Erkki 131052-308T     |                    |
    | ✗          | a.txt       | organisations | 0165116-3 | name                | 3    | erkki(at)example.fi   |                    |
    | ✗          | a.txt       | organisations | 0165116-3 | name                | 3    | Erkki, 040 123 4567   |                    |
    | ✗          | a.txt       | organisations | 0165116-3 | name                | 3    |                       | FI2112345600000785 |
    """
    stated = statements.value.str.contains(PERSONAL) | statements.original.str.contains(PERSONAL)
    return stated.fill_null(False) | statements.key.str.contains(PERSONAL)


def any_personal(table, *fields):
    """Whether one of the fields holds a personal identity code, e-mail address, mobile number or account."""
    found = [getattr(table, field).str.contains(PERSONAL).fill_null(False) for field in fields]
    return nw.any_horizontal(*found, ignore_nulls=True)


@check(ERROR, LAW, masked=True)
def personal_data_in_organisation(organisations):
    """An organisation's row holds a personal identity code, an e-mail address, a mobile number or a bank account.

    | organisations | organisation_id | organisation_type | phone         | city                   | website               | street_address     | name              |
    | ------------- | --------------- | ----------------- | ------------- | ---------------------- | --------------------- | ------------------ | ----------------- |
    |               | 0165116-3       | Kunta             | +358151941    | Mikkeli                | http://www.mikkeli.fi | Maaherrankatu 9-11 | Mikkelin kaupunki |
    | ✗             | 0165116-3       |                   |               |                        |                       |                    | Erkki 131052A308T |
    | ✗             | 0165116-3       |                   |               |                        | erkki@example.fi      |                    |                   |
    | ✗             | 0165116-3       |                   |               |                        |                       | 040 123 4567       |                   |
    | ✗             | 0165116-3       |                   |               | FI21 1234 5600 0007 85 |                       |                    |                   |
    | ✗             | 0165116-3       |                   | +358401234567 |                        |                       |                    |                   |
    | ✗             | 0165116-3       | erkki (at) a.fi   |               |                        |                       |                    |                   |
    """
    fields = ("organisation_type", "name", "street_address", "city", "phone", "website")
    return any_personal(organisations, *fields)


@check(ERROR, LAW, masked=True)
def personal_data_in_project(projects):
    """A project's row holds a personal identity code, an e-mail address, a mobile number or a bank account.

    | projects | project_code | status     | authority    | site_city        | site_street_address | name                 |
    | -------- | ------------ | ---------- | ------------ | ---------------- | ------------------- | -------------------- |
    |          | S20001       |            |              |                  | Maaherrankatu 9-11  | Porukalla 2014-2020! |
    | ✗        | S20002       |            |              |                  |                     | Erkki, 0401234567    |
    | ✗        | S20003       |            |              |                  | erkki(@)example.fi  |                      |
    | ✗        | S20004       |            |              | Oulu 050 1234567 |                     |                      |
    | ✗        | S20005       |            | 131052A308T  |                  |                     |                      |
    | ✗        | S20006       | x@a.fi     |              |                  |                     |                      |
    """
    return any_personal(projects, "name", "status", "authority", "site_street_address", "site_city")


@check(ERROR, LAW, masked=True)
def personal_data_in_document(documents):
    """The name or the link of a document holds a personal identity code, an e-mail address or a mobile number.

    | documents | document_id     | path            | url                            |
    | --------- | --------------- | --------------- | ------------------------------ |
    |           | S22016.txt      | S22016.txt      | https://www.eura2014.fi/rrtiepa |
    | ✗         | S22016.txt      | S22016.txt      | mailto:erkki@example.fi        |
    | ✗         | S22016.txt      | 0401234567.txt  |                                |
    """
    return any_personal(documents, "path", "url")


@check(ERROR, LAW, masked=True)
def personal_data_in_figure(figures):
    """The unit or section of a figure holds a personal identity code, an e-mail address or a mobile number.

    | figures | project_code | document_id | group | item  | section | unit       |
    | ------- | ------------ | ----------- | ----- | ----- | ------- | ---------- |
    |         | S20001       | a.txt       | costs | staff | 9       | EUR        |
    | ✗       | S20001       | a.txt       | costs | staff | 9       | 0401234567 |
    | ✗       | S20001       | a.txt       | costs | staff | x@a.fi  | EUR        |
    """
    return any_personal(figures, "section", "unit")


@check(ERROR, LAW, masked=True)
def personal_data_in_item(figures):
    """The name of a figure holds a personal identity code, an e-mail address or a mobile number.

    | figures | project_code | document_id | group  | item       |
    | ------- | ------------ | ----------- | ------ | ---------- |
    |         | S20001       | a.txt       | costs  | staff      |
    | ✗       | S20001       | a.txt       | x@a.fi | staff      |
    | ✗       | S20001       | a.txt       | costs  | 0401234567 |
    """
    return any_personal(figures, "group", "item")


@check(ERROR, LAW, masked=True)
def personal_data_in_place(locations):
    """The name of a place holds a personal identity code, an e-mail address or a mobile number.

    | locations | project_code | level        | section | name               |
    | --------- | ------------ | ------------ | ------- | ------------------ |
    |           | S20001       | municipality | 6       | Mikkeli            |
    | ✗         | S20001       | municipality | 6       | Mikkeli 0401234567 |
    """
    return any_personal(locations, "name")


@check(ERROR, LAW, masked=True)
def personal_data_in_participation(participations):
    """The identifier of a participant holds a personal identity code, an e-mail address or a mobile number.

    | participations | project_code | role        | organisation_id  |
    | -------------- | ------------ | ----------- | ---------------- |
    |                | S20001       | beneficiary | 0165116-3        |
    | ✗              | S20001       | beneficiary | name:131052a308t |
    | ✗              | S20001       | beneficiary | name:erkki@a.fi  |
    """
    return any_personal(participations, "organisation_id")


PERSONS = (
    "the Trade Register: a sole trader is a natural person; Regulation (EU) 1303/2013, Annex XII: no natural persons"
)
WITHHELD = "[natural person]"
BARE = "^[A-ZÅÄÖ][A-ZÅÄÖa-zåäöé-]+(?: [A-ZÅÄÖ][A-ZÅÄÖa-zåäöé-]+){1,2}$"
"""Two or three words that begin with a capital, and nothing else."""

USED = (
    r"(?: (?:oyj?|ab|abp|ky|ay|ry|rf|rs|osk|ltd|inc|group|finland|suomi|adventures?|solutions?|design|shop|lab|media)"
    r"|säätiö|liitto|kunta|kaupunki|yhdistys|koulu|opisto|keskus|palvelut?|seura|tuotteet|talo|tila|paja|yhtiöt?"
    r"|kauppa|ravintola|matkat|lomat|teatteri|museo|akatemia|instituutti|projekti|verkosto|ryhmä|kerho|klubi)$"
)
"""Last words of names that are not persons', in small letters: `(?i)` knows no ä on some engines."""

PERSON = "luonnollinen henkilö|yksityishenkilö|elinkeinonharjoittaja"
TRADER = r"(?:^|[^a-zåäö])(?:tmi|t:mi|toiminimi)(?:$|[^a-zåäö])"


@check(ERROR, PERSONS, masked=True)
def sole_trader_named(organisations):
    """The name of a sole trader or another natural person is published.

    | organisations | organisation_id | organisation_type                  | name                   |
    | ------------- | --------------- | ---------------------------------- | ---------------------- |
    |               | 0165116-3       | Mikroyritys                        | Tmirä Oy               |
    |               | person:1        | Yksityinen elinkeinonharjoittaja   | [natural person]       |
    | ✗             | 2678219-4       | Mikroyritys                        | Tmi Erkki Esimerkki    |
    | ✗             | 2678219-4       |                                    | Esimerkin Puu t:mi     |
    | ✗             | 2678219-4       | Luonnollinen henkilö               | Esimerkki              |
    | ✗             | 2678219-4       | LUONNOLLINEN HENKILÖ               | Esimerkki              |
    """
    person = organisations.organisation_type.str.to_lowercase().str.contains(PERSON) & ~organisations.name.is_null()
    named = organisations.filter(trader(organisations.name) | person, organisations.name != WITHHELD)
    return named.with_columns(name=nw.lit(WITHHELD))


def trader(name):
    """Whether a name says that it is a sole trader's, and not a company's."""
    lower = name.str.to_lowercase()
    return lower.str.contains(TRADER) & ~lower.str.contains(" (?:oyj?|ab|ky|ry|osk)$")


@check(ERROR, PERSONS, masked=True)
def sole_trader_in_project(projects):
    """The name of a project holds the name of a sole trader.

    | projects | project_code | name                                 |
    | -------- | ------------ | ------------------------------------ |
    |          | S20001       | Tmirän hanke                         |
    |          | S20002       | Tmi [natural person]: laiteinvestointi |
    | ✗        | S20003       | Tmi Erkki Esimerkki: laiteinvestointi |
    """
    named = projects.filter(
        projects.name.str.to_lowercase().str.contains(TRADER), ~projects.name.str.contains(r"\[natural person\]")
    )
    return named.with_columns(name=nw.lit(WITHHELD))


@check(ERROR, PERSONS, masked=True)
def sole_trader_in_statement(statements):
    """A statement on an organisation holds the name of a sole trader.

    | statements | document_id | table          | key                     | field           | line | original            | value               |
    | ---------- | ----------- | -------------- | ----------------------- | --------------- | ---- | ------------------- | ------------------- |
    |            | a.txt       | organisations  | 0165116-3               | name            | 3    | Mikkelin kaupunki   | Mikkelin kaupunki   |
    |            | a.txt       | projects       | S20001                  | name            | 3    | Tmi Erkki           | Tmi Erkki           |
    |            | a.txt       | organisations  | 2678219-4               | name            | 4    | Tmi Puu Oy          | Tmi Puu Oy          |
    | ✗          | a.txt       | organisations  | 2678219-4               | name            | 4    | Tmi Erkki Esimerkki | [natural person]    |
    | ✗          | a.txt       | organisations  | 2678219-4               | name            | 5    |                     | Tmi Erkki Esimerkki |
    | ✗          | a.txt       | participations | S20001/2678219-4/implementer | organisation_id | 4    | Tmi Erkki Esimerkki | 2678219-4           |
    """
    about = statements.table.is_in(["organisations", "participations"])
    traders = [trader(text).fill_null(False) for text in (statements.value, statements.original)]
    return about & nw.any_horizontal(*traders, ignore_nulls=True)


@check(WARNING, PERSONS, masked=True)
def given_name_as_organisation(organisations, given_names):
    """An organisation's name looks like that of a person: two or three bare words, the first a given name.

    Judged without a y-tunnus, and where the last word is none that organisations use.

    | organisations | organisation_id      | business_id | name              |
    | ------------- | -------------------- | ----------- | ----------------- |
    |               | name:aino esimerkki  | 0165116-3   | Aino Esimerkki    |
    |               | name:aino palvelut   |             | Aino Palvelut     |
    |               | name:aino säätiö     |             | AINO SÄÄTIÖ       |
    |               | name:aino esimerkki oy |           | Aino Esimerkki Oy |
    |               | name:aino            |             | Aino              |
    |               | name:puu esimerkki   |             | Puu Esimerkki     |
    | ✗             | name:aino esimerkki  |             | Aino Esimerkki    |
    | ✗             | name:aino m esimerkki |            | AINO MARIA ESIMERKKI |
    """
    bare = organisations.filter(
        organisations.business_id.is_null(),
        organisations.name.str.contains(BARE),
        ~organisations.name.str.to_lowercase().str.contains(USED),
    )
    known = given_names.with_columns(_first=nw.col("given_name").str.to_lowercase()).unique("_first")
    named = bare.with_columns(_first=organisations.name.str.to_lowercase().str.replace_all(" .*$", ""))
    return named.join(known, "_first", how="semi").with_columns(name=nw.lit(WITHHELD))
