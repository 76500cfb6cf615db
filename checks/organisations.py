"""Organisations: identifiers, names and addresses."""

import narwhals.stable.v2 as nw

from esfdata.checks import ERROR, WARNING, check

BLANK = r"\s" + "\u00a0\u2000-\u200a\u202f\u3000"
"""Inside brackets: `\\s` has the spaces beyond ASCII on some engines only."""

SITE = (
    r"^(?:https?://)?[0-9A-Za-zÅÄÖåäö-]+(?:\.[0-9A-Za-zÅÄÖåäö-]+)*\.[A-Za-z]{2,}(?::[0-9]+)?"
    rf"(?:[/?#][^{BLANK}<>\"]*)?$"
)
"""An address of a website, with or without the scheme."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1)


@check(ERROR, "the Finnish business identity code: the sum of the weighted digits is divisible by 11")
def business_id_check_digit(organisations):
    """A y-tunnus has a wrong check digit, or is one that is never issued.

    The weights are 7, 9, 10, 5, 8, 4 and 2, and 1 for the check digit; the sum is divisible by 11. A sum
    that leaves no digit (remainder 1) is never issued, and neither is 0000000-0.

    | organisations | business_id |
    | ------------- | ----------- |
    |               | 0165116-3   |
    |               | 0944845-0   |
    | ✗             | 0165116-4   |
    | ✗             | 0156116-3   |
    | ✗             | 0000000-0   |
    |               | 165116-3    |
    | ✗             | 165116-4    |
    """
    digits = organisations.business_id.str.replace_all("[^0-9]", "").str.zfill(8)
    total = sum(digits.str.slice(place, 1).cast(nw.Int64) * weight for place, weight in enumerate(WEIGHTS))
    return (total - total // 11 * 11 != 0) | (organisations.business_id == "0000000-0")


@check(ERROR, "the house rule for identifiers: the y-tunnus where it is known")
def identifier_is_not_business_id(organisations):
    """An organisation's identifier is not the y-tunnus that its row gives.

    | organisations | organisation_id        | business_id |
    | ------------- | ---------------------- | ----------- |
    |               | 0165116-3              | 0165116-3   |
    |               | name:tukikohta ry      |             |
    | ✗             | name:mikkelin kaupunki | 0165116-3   |
    """
    return organisations.organisation_id != organisations.business_id


@check(WARNING, "the trade register: a name stands for one organisation at a time")
def name_with_two_business_ids(organisations):
    """One organisation name stands with two y-tunnus.

    Names are compared without case.

    | organisations | organisation_id | name              |
    | ------------- | --------------- | ----------------- |
    |               | 0165116-3       | Mikkelin kaupunki |
    |               | name:mikkelin   | Mikkelin          |
    | ✗             | 2678219-4       | Hacklab ry        |
    | ✗             | 1510340-8       | HACKLAB RY        |
    """
    named = organisations.with_columns(lower=organisations.name.str.to_lowercase())
    several = named.group_by("lower", n=nw.len()).filter(nw.col("n") > 1)
    return named.join(several.unique("lower"), "lower").select("organisation_id", "name")


@check(ERROR, "the postal service's codes: five digits, and 00000 is none of them")
def postal_code_never_used(organisations):
    """A postal code is one that is never used.

    Its form, five digits with leading zeros, is the constraint `pattern`.

    | organisations | postal_code |
    | ------------- | ----------- |
    |               | 00120       |
    | ✗             | 00000       |
    """
    return organisations.postal_code == "00000"


@check(WARNING, "RFC 3986: an address holds no blanks, and its host is a name with a domain")
def website_not_well_formed(organisations):
    """A website's address is not one that can be opened.

    | organisations | website                    |
    | ------------- | -------------------------- |
    |               | http://www.mikkeli.fi      |
    |               | www.mikkeli.fi/hanke?id=1  |
    |               | https://äänekoski.fi:8080/ |
    | ✗             | www.mikkeli,fi             |
    | ✗             | http://www. mikkeli.fi     |
    | ✗             | http:/www.mikkeli.fi       |
    | ✗             | mikkeli                    |
    | ✗             | www.mikkeli.fi/%20         |
    """
    return ~organisations.website.str.contains(SITE) | organisations.website.str.ends_with("%20")


@check(WARNING, "the export's own damage: characters that a conversion put in the place of a dash or letter")
def organisation_with_broken_letters(organisations):
    """An organisation's name holds characters that a wrong conversion leaves.

    | organisations | name               |
    | ------------- | ------------------ |
    |               | Äänekosken Õpetus  |
    | ✗             | Mikkelin ¿ yhdistys |
    | ✗             | Ã„Ã¤nekosken ry    |
    | ✗             | ��nekosken ry      |
    """
    return organisations.name.str.contains("[¿�]|Ã[¤¶¥„–…]")
