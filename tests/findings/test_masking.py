"""A finding about personal data says where the data is, and shows nothing of it."""

import pytest
import samples

import esfdata

TRADER = "Tmi Erkki Esimerkki"
STATED = {"document_id": "a.txt", "table": "organisations", "field": "name", "line": "4"}


@pytest.mark.parametrize(
    ("check", "tables"),
    [
        ("sole-trader-named", {"organisations": [{"organisation_id": "2678219-4", "name": TRADER}]}),
        ("sole-trader-named", {"organisations": [{"organisation_id": "name:tmi erkki esimerkki", "name": TRADER}]}),
        ("sole-trader-in-project", {"projects": [{**samples.PROJECT, "name": f"{TRADER}: investointi"}]}),
        ("sole-trader-in-statement", {"statements": [STATED | {"key": "2678219-4", "value": TRADER}]}),
        (
            "given-name-as-organisation",
            {"organisations": [{"organisation_id": "name:aino esimerkki", "name": "Aino Esimerkki"}]},
        ),
        (
            "personal-data-in-organisation",
            {"organisations": [{"organisation_id": "2678219-4", "city": "a.esimerkki@a.fi"}]},
        ),
    ],
)
def test_a_name_or_an_address_is_nowhere_in_the_finding(check, tables):
    findings = [f for f in esfdata.validate(samples.package(**tables)) if f.check == check]
    assert 1 == len(findings)
    shown = str(findings[0].as_dict()).casefold()
    assert "esimerkki" not in shown
