"""Invented documents of both kinds, with the facts they state; the same seed gives the same document."""

from __future__ import annotations

import datetime

from invention import ENDS, WORDS, Fact, Invention, Paper, amount, day, euros

from esfdata.documents.cell_statements import organisation_key
from esfdata.documents.kinds.description.form import TITLES
from esfdata.documents.place_names import place
from esfdata.tables.code_lists import rows

__all__ = ["Fact", "Paper", "card", "description"]

_TYPES = ("Kunta", "Kuntayhtymä", "Ammattikorkeakoulu", "Säätiö", "Yliopisto", "Mikroyritys")
_STREETS = ("katu", "tie", "kuja", "polku", "rinne")
_PEOPLE = ("Aapeli Esimerkki", "Tuuli Mallikas", "Ilmo Kuvitelma", "Sade Keksitty")
_SENTENCES = (
    "Hankkeessa kehitetään uusia toimintatapoja yhdessä alueen toimijoiden ja asukkaiden kanssa.",
    "Työpajoissa kokeillaan käytännön ratkaisuja, joita voidaan jatkaa hankkeen päätyttyä.",
    "Ohjausta järjestetään pienryhmissä sekä verkossa, ja osallistujat suunnittelevat sisällön itse.",
    "Kokemuksia kerätään palautteesta ja niistä viestitään säännöllisesti kumppaneille.",
    "Tulokset kootaan oppaaksi, jota jaetaan maksutta kaikille kiinnostuneille.",
)
_MONTHS = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
_CITY_LINES = ("015 1941", "0151941", "+358 15 1941")


def description(seed: int) -> Paper:
    """A description of a project with all its sections."""
    it = Invention(seed)
    paper = Paper("description", it.code)
    fund = {"ESR": "sosiaalirahaston", "EAKR": "aluekehitysrahaston"}[it.fund]
    paper.say("text", "Euroopan unioni Vipuvoimaa EU:lta")
    paper.say("title", f"Euroopan {fund} ({it.fund}) rahoittaman hankkeen kuvaus")
    _project(paper, it)
    _applicant(paper, it)
    towns = it.municipalities()
    _heading(paper, "3")
    _narrative(paper, it)
    names = [town["name_fi"] for town in towns]
    if len(names) >= 3:
        paper.say("text", f"Mukana ovat seuraavat kunnat: {', '.join(names[:-1])} ja {names[-1]}.")
        for town in towns:
            key = f"{it.code}/municipality/{town['name_fi']}/3"
            paper.state("locations", key, name=town["name_fi"], code=town["municipality_code"])
    for number in ("4", "4.1", "4.2"):
        _heading(paper, number)
        if number != "4":
            _narrative(paper, it, 1)
    _heading(paper, "5")
    labels = ("Myönnetty EU- ja valtion rahoitus", "Toteutunut EU- ja valtion rahoitus",
              "Suunniteltu julkinen rahoitus yhteensä", "Toteutunut julkinen rahoitus yhteensä")  # fmt: skip
    for label, (name, value) in zip(labels, it.money.items(), strict=True):
        paper.say("field", label, amount(value))
        paper.state("finance", it.code, **{name: euros(value)})
    _places(paper, it, towns)
    _participants(paper, it)
    _principles(paper, it)
    _heading(paper, "9")
    _narrative(paper, it)
    _costs(paper, it)
    return paper


def _heading(paper: Paper, number: str) -> None:
    paper.say("heading", f"{number} {TITLES[number]}")


def _narrative(paper: Paper, it: Invention, most: int = 3) -> None:
    for _ in range(it.random.randint(1, most)):
        paper.say("text", " ".join(it.random.sample(_SENTENCES, it.random.randint(1, 4))))


def _project(paper: Paper, it: Invention) -> None:
    _heading(paper, "1")
    axis, objective = it.axis, it.objective
    status = it.random.choice(["Toiminnassa", "Toiminta päättynyt", "Keskeytynyt"])
    for label, text in (
        ("Hankekoodi", it.code),
        ("Hankkeen nimi", it.name),
        ("Toimintalinja", f"{axis['priority_axis']}. {axis['title_fi']}"),
        ("Erityistavoite", f"{objective['specific_objective']}. {objective['title_fi']}"),
        ("Suunnitelman mukainen toteutusaika", f"Alkaa {day(it.start)} ja päättyy {day(it.end)}"),
        ("Toiminnan tila", status),
        ("Vastuuviranomainen", it.authority["authority"]),
    ):
        paper.say("field", label, text)
    paper.state(
        "projects",
        it.code,
        project_code=it.code,
        name=it.name,
        programme_period="2014-2020",
        fund=it.fund,
        priority_axis=axis["priority_axis"],
        specific_objective=objective["specific_objective"],
        start_date=it.start.isoformat(),
        end_date=it.end.isoformat(),
        status=status,
        authority=it.authority["authority"],
    )


def _applicant(paper: Paper, it: Invention) -> None:
    _heading(paper, "2")
    pick = it.random.choice
    name, identifier = it.organisation()
    street = f"{pick(WORDS)}{pick(_STREETS)} {it.random.randint(1, 99)}"
    postal_code, city = f"{it.random.randrange(10, 99_990):05d}", pick(rows("municipalities"))["name_fi"]
    website = f"http://www.{pick(['kuusi', 'honka', 'kivi', 'lehto', 'suvi'])}{pick(ENDS)}.fi"
    kind = pick(_TYPES)
    application = pick([row for row in rows("application_types") if row["label_fi"]])
    for label, text in (
        ("Hakijan virallinen nimi", name),
        ("Organisaatiotyyppi", kind),
        ("Y-tunnus", identifier),
        ("Jakeluosoite", street),
        ("Puhelinnumero", pick(_CITY_LINES)),
        ("Postinumero", postal_code),
        ("Postitoimipaikka", city),
        ("WWW-osoite", website),
        ("Hankkeen yhteyshenkilön nimi", pick(_PEOPLE)),
        ("Yhteyshenkilön asema hakijaorganisaatiossa", "Projektipäällikkö"),
        ("Yhteyshenkilön sähköpostisoite", f"esimerkki(at){website[11:]}"),
        ("Yhteyshenkilön puhelinnumero", "0401234567"),
        ("Hakijoiden lukumäärä tai tuen siirto -menettely", application["label_fi"]),
    ):
        paper.say("field", label, text)
    paper.state(
        "organisations",
        identifier,
        organisation_id=identifier,
        business_id=identifier,
        name=name,
        organisation_type=kind,
        street_address=street,
        phone="+358151941",
        postal_code=postal_code,
        city=city,
        website=website,
    )
    paper.state("participations", f"{it.code}/{identifier}/beneficiary", organisation_id=identifier)
    paper.state("projects", it.code, application_type=application["application_type"])
    if application["application_type"] == "transfer":
        others = dict(reversed(it.organisation()) for _ in range(it.random.randint(1, 5)))
        paper.say("list", "Tuen siirronsaajat", *(f"{other}, {id_}" for id_, other in others.items()))
        for id_, other in others.items():
            paper.state("organisations", id_, organisation_id=id_, business_id=id_, name=other)
            paper.state("participations", f"{it.code}/{id_}/transfer_recipient", organisation_id=id_)


def _places(paper: Paper, it: Invention, towns: list[dict[str, str]]) -> None:
    _heading(paper, "6")
    years = (it.start.year, it.end.year)
    subregions = {row["subregion_code"]: row for row in rows("subregions")}
    areas = {subregions[town["subregion_code"]]["genitive_fi"]: None for town in towns}
    for level, label, written in (
        ("region", "Maakunnat", [towns[0]["region_fi"]]),
        ("subregion", "Seutukunnat", list(areas)),
        ("municipality", "Kunnat", [town["name_fi"] for town in towns]),
    ):
        paper.say("field", label, ", ".join(written))
        for text in written:
            known = place(level, text, years)
            key = f"{it.code}/{level}/{known.name}/6"
            paper.state("locations", key, name=known.name, **({"code": known.code} if known.code else {}))
    paper.say("text", "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa")
    for label in ("Jakeluosoite", "Postinumero", "Postitoimipaikka"):
        paper.say("field", label, "")


def _participants(paper: Paper, it: Invention) -> None:
    _heading(paper, "7")
    for number, indicator in (("7.1", "participating_enterprises"), ("7.2", "participating_persons")):
        _heading(paper, number)
        for label, measure in (("Suunniteltu", "planned"), ("Toteutunut seurantatietojen mukaan", "realised")):
            value = str(it.random.choice([0, it.random.randrange(1, 60), it.random.randrange(60, 2500)]))
            paper.say("field", label, value)
            paper.state("indicators", f"{it.code}/{indicator}/{measure}", value=value)


def _principles(paper: Paper, it: Invention) -> None:
    _heading(paper, "8")
    _heading(paper, "8.1")
    types = rows("indicator_types")
    for row in sorted((row for row in types if row["group"] == "equality"), key=_as_on_the_form):
        answer = it.random.choice(["1", "0"])
        paper.say("answer", row["label_fi"], "Kyllä" if answer == "1" else "Ei", it.random.choice(_SENTENCES))
        paper.state("indicators", f"{it.code}/{row['indicator']}/stated", value=answer)
    _heading(paper, "8.2")
    paper.say("text", "VälitönVälillinen")
    for group, title in (
        ("ecological", "Ekologinen kestävyys"),
        ("economic", "Taloudellinen kestävyys"),
        ("social", "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus"),
    ):
        paper.say("text", title)
        for row in types:
            if row["group"] == group:
                direct, indirect = (str(it.random.randint(0, 10)) for _ in range(2))
                paper.say("score", row["label_fi"], direct, indirect, it.random.choice(_SENTENCES))
                for measure, value in (("direct", direct), ("indirect", indirect)):
                    paper.state("indicators", f"{it.code}/{row['indicator']}/{measure}", value=value)


def _as_on_the_form(row: dict[str, str]) -> int:
    return ["gender_analysis", "gender_mainstreaming", "gender_main_objective"].index(row["indicator"])


def _costs(paper: Paper, it: Invention) -> None:
    staff, services, other = (it.random.randrange(2_000, 1_300_000) for _ in range(3))
    paper.say(
        "text",
        f"Henkilöstökulut olivat {amount(staff)} €, ostopalvelut {amount(services)} € ja muut kulut {amount(other)} €.",
    )
    for item, value in (("staff", staff), ("services", services), ("other", other)):
        key = f"{it.code}/@/costs/{item}"
        paper.state("figures", key, value=euros(value), unit="EUR", section="9")


def card(seed: int) -> Paper:
    """A card of a project."""
    it = Invention(seed)
    paper = Paper("card", it.code)
    compiled = it.end + datetime.timedelta(200)
    axis = it.axis["priority_axis"]
    fund = {"ESR": "sosiaalirahaston", "EAKR": "aluekehitysrahaston"}[it.fund]
    paper.say("title", f"Hankekortti, Euroopan {fund} toimintalinja {axis}")
    paper.say(
        "text",
        "Koonnut Sosiaalisen osallisuuden edistämisen koordinaatiohanke – Sokra, "
        f"{_MONTHS[compiled.month - 1]}kuu {compiled.year}",
    )
    names = [it.organisation()[0] for _ in range(it.random.randint(1, 2))]
    transfer = it.random.random() < 0.3
    implementers = " ja ".join(dict.fromkeys(names)) + (" ja tuensiirron saajat" if transfer else "")
    realised = it.money["realised_public_eur"]
    for label, text in (
        (
            "Hankkeen nimi, S-numero ja toteutusaika",
            f"{it.code}, {it.name}, {day(it.start)} – {day(it.end)} (hanke RR-tietopalvelussa)",
        ),
        ("Rahoittaja ja toteutunut julkinen rahoitus", f"{it.authority['alias']}, {amount(realised)} €"),
        ("Toteuttajat", implementers),
        ("Varsinaiset kohderyhmät", it.random.choice(_SENTENCES)),
        ("Hankkeen tausta", it.random.choice(_SENTENCES)),
        ("Tavoitteet", " ".join(it.random.sample(_SENTENCES, 3))),
        ("Toimintatapa", " ".join(it.random.sample(_SENTENCES, 4))),
        ("Tuotokset", it.random.choice(["", _SENTENCES[4]])),
        ("Lupaavat osallisuuden käytännöt ja palaset", ""),
        ("Muut tulokset ja vaikutukset", " ".join(it.random.sample(_SENTENCES, 2))),
        ("Levittäminen ja juurrutus", it.random.choice(_SENTENCES)),
        ("Erityishuomioita, kehittämistyön ongelmia", it.random.choice(["", _SENTENCES[2]])),
    ):
        paper.say("row", label, text)
    paper.state(
        "projects",
        it.code,
        project_code=it.code,
        name=it.name,
        programme_period="2014-2020",
        fund=it.fund,
        priority_axis=axis,
        start_date=it.start.isoformat(),
        end_date=it.end.isoformat(),
        authority=it.authority["authority"],
        **({"application_type": "transfer"} if transfer else {}),
    )
    paper.state("documents", "@", compiled=f"{compiled.year}-{compiled.month:02d}")
    paper.state("finance", it.code, realised_public_eur=euros(realised))
    _implementers(paper, names)
    return paper


def _implementers(paper: Paper, names: list[str]) -> None:
    for name in names:
        key = organisation_key(None, name)
        paper.state("organisations", key, organisation_id=key, name=name)
        paper.state("participations", f"{paper.code}/{key}/implementer", organisation_id=key)
