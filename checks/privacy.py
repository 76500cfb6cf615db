"""Privacy: personal data that must not be published. These findings never show the value."""

from esfdata.checks import ERROR, check

EDGE = r"(?:^|[^0-9A-Za-zÅÄÖåäö])"
IDENTITY = (
    EDGE + r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y](?:$|[^0-9A-Za-z])"
)
EMAIL = r"[0-9A-Za-zÅÄÖåäö_.+-]+ ?(?:@|\(at\)|\(@\)|\[at\]) ?[0-9A-Za-zÅÄÖåäö-]+\.[A-Za-z]{2,}"
MOBILE = EDGE + r"(?:\+358[ -]?|0)(?:4[0-9]|50)[ -]?[0-9]{3}[ -]?[0-9]{2,5}(?:$|[^0-9A-Za-z])"
ACCOUNT = EDGE + r"FI[0-9]{2} ?(?:[0-9]{4} ?){3}[0-9]{2}(?:$|[^0-9A-Za-z])"
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
    return statements.value.str.contains(PERSONAL) | statements.original.str.contains(PERSONAL)


@check(ERROR, LAW, masked=True)
def personal_data_in_organisation(organisations):
    """An organisation's row holds a personal identity code, an e-mail address or a bank account.

    | organisations | organisation_id | city                   | website               | street_address     | name              |
    | ------------- | --------------- | ---------------------- | --------------------- | ------------------ | ----------------- |
    |               | 0165116-3       | Mikkeli                | http://www.mikkeli.fi | Maaherrankatu 9-11 | Mikkelin kaupunki |
    | ✗             | 0165116-3       |                        |                       |                    | Erkki 131052A308T |
    | ✗             | 0165116-3       |                        | erkki@example.fi      |                    |                   |
    | ✗             | 0165116-3       |                        |                       | 040 123 4567       |                   |
    | ✗             | 0165116-3       | FI21 1234 5600 0007 85 |                       |                    |                   |
    """
    return (
        organisations.name.str.contains(PERSONAL)
        | organisations.street_address.str.contains(PERSONAL)
        | organisations.city.str.contains(PERSONAL)
        | organisations.website.str.contains(PERSONAL)
    )


@check(ERROR, LAW, masked=True)
def personal_data_in_project(projects):
    """A project's row holds a personal identity code, an e-mail address, a mobile number or a bank account.

    | projects | project_code | site_street_address | name                 |
    | -------- | ------------ | ------------------- | -------------------- |
    |          | S20001       | Maaherrankatu 9-11  | Porukalla 2014-2020! |
    | ✗        | S20002       |                     | Erkki, 0401234567    |
    | ✗        | S20003       | erkki(@)example.fi  |                      |
    """
    return projects.name.str.contains(PERSONAL) | projects.site_street_address.str.contains(PERSONAL)
