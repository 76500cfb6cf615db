"""The release as a catalogue of one dataset, by DCAT-AP 3.0.1, the European profile of W3C's DCAT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from esfdata.messages.languages import CONVENTIONS, ENGLISH
from esfdata.release.facts import Agent, Distribution, Facts, MetadataFile
from esfdata.release.linked_data import Node, iri, json_text, jsonld, node, spoken, turtle, typed

AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
LICENCE_TYPES = "http://purl.org/adms/licencetype/1.0"
ATTRIBUTION = "http://purl.org/adms/licencetype/Attribution"

LICENCES = {"CC-BY-4.0": "CC_BY_4_0", "CC0-1.0": "CC0", "CC-BY-SA-4.0": "CC_BYSA_4_0"}
"""Names in SPDX and in the EU's list of licences."""

THEMES = {
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "GOVE": "Government and public sector",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
}
"""Labels of the EU's data themes that fit data on funding."""


def nodes(facts: Facts) -> list[Node]:
    """The nodes of the graph: catalogue, dataset, distributions, and each term of a vocabulary once."""
    terms: dict[str, Node] = {}

    def term(address: str, kind: str, label: str | None = None, **further: Any) -> dict[str, str]:
        """A reference to a term, which is described once, as far as a validator without vocabularies needs."""
        scheme = address.removeprefix(AUTHORITY).partition("/")
        if address.startswith(AUTHORITY) and scheme[1]:
            further["skos__inScheme"] = iri(AUTHORITY + scheme[0])
        terms[address] = node(
            id=address, type=kind, skos__prefLabel=spoken({ENGLISH: label} if label else {}), **further
        )
        return iri(address)

    home = term(facts.base_url, "foaf:Document")
    publisher = facts.publisher and term(
        f"{facts.base_url}#publisher", "foaf:Agent", foaf__name=facts.publisher.name,
        foaf__homepage=facts.publisher.url and iri(facts.publisher.url),
    )  # fmt: skip
    codes = [CONVENTIONS[name]["authority"] for name in facts.languages if name in CONVENTIONS]
    languages = [term(f"{AUTHORITY}language/{code}", "dct:LinguisticSystem") for code in codes]
    place = facts.country and _place(facts.country, term)
    licence = _licence(facts, term)
    common = {
        "dct__title": spoken(facts.titles),
        "dct__description": spoken(facts.descriptions),
        "dct__publisher": publisher,
        "dct__language": languages,
        "dct__spatial": place,
        "dct__issued": _day(facts.issued),
        "dct__modified": _day(facts.modified),
    }
    dataset = node(
        id=f"{facts.base_url}#dataset", type="dcat:Dataset",
        dct__identifier=facts.base_url, dcat__version=facts.version, **common,
        dcat__keyword=[word for language, words in facts.keywords.items()
                       for one in words for word in spoken({language: one})],
        dcat__theme=[term(f"{AUTHORITY}data-theme/{x}", "skos:Concept", THEMES.get(x, x)) for x in facts.themes],
        dcat__contactPoint=facts.contact and _contact(facts.contact),
        dct__temporal=_period(facts),
        dct__accrualPeriodicity=facts.frequency
        and term(f"{AUTHORITY}frequency/{facts.frequency}", "dct:Frequency"),
        dct__accessRights=facts.access_rights
        and term(f"{AUTHORITY}access-right/{facts.access_rights}", "dct:RightsStatement"),
        dcat__landingPage=home,
        dct__provenance=_provenance(facts),
        dcat__distribution=[iri(_address(each, facts)) for each in facts.distributions],
    )  # fmt: skip
    catalogue = node(
        id=f"{facts.base_url}#catalogue", type="dcat:Catalog", **common, dct__license=licence,
        dcat__themeTaxonomy=term(f"{AUTHORITY}data-theme", "skos:ConceptScheme",
                                 dct__title=spoken({ENGLISH: "Data theme"})),
        foaf__homepage=home, dcat__dataset=iri(f"{facts.base_url}#dataset"),
    )  # fmt: skip
    distributions = [_distribution(each, facts, licence, term) for each in facts.distributions]
    return [catalogue, dataset, *distributions, *(terms[address] for address in sorted(terms))]


def _contact(agent: Agent) -> Node:
    return node(
        type=["vcard:Kind", "vcard:Organization"], vcard__fn=agent.name,
        vcard__hasEmail=iri(f"mailto:{agent.email}") if agent.email else None,
        vcard__hasURL=iri(agent.url) if agent.url else None,
    )  # fmt: skip


def _place(place: Mapping[str, Any], term: Any) -> dict[str, str]:
    """The country, with the corners of its bounding box (west, south, east, north) where they are given."""
    box = place.get("bbox")
    corners = None
    if box:
        west, south, east, north = box
        ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
        corners = typed(f"POLYGON(({ring}))", "geo:wktLiteral")
    return dict(term(f"{AUTHORITY}country/{place['country']}", "dct:Location", dcat__bbox=corners))


def _licence(facts: Facts, term: Any) -> dict[str, str] | None:
    if facts.licence is None:
        return None
    code = LICENCES.get(facts.licence.name)
    address = f"{AUTHORITY}licence/{code}" if code else facts.licence.url
    kind = None
    if facts.licence.name.startswith("CC-BY-4"):
        kind = term(ATTRIBUTION, "skos:Concept", "Attribution", skos__inScheme=iri(LICENCE_TYPES))
    return dict(term(address, "dct:LicenseDocument", dct__title=spoken({ENGLISH: facts.licence.title}), dct__type=kind))


def _period(facts: Facts) -> Node | None:
    if not facts.start and not facts.end:
        return None
    return node(type="dct:PeriodOfTime", dcat__startDate=_day(facts.start), dcat__endDate=_day(facts.end))


def _provenance(facts: Facts) -> Node | None:
    sources = "; ".join(" ".join(filter(None, (s.get("title"), s.get("path")))) for s in facts.sources)
    label = spoken({ENGLISH: f"Made from: {sources}"})
    return node(type="dct:ProvenanceStatement", rdfs__label=label) if sources else None


def _distribution(each: Distribution, facts: Facts, licence: Any, term: Any) -> Node:
    form = each.form
    return node(
        id=_address(each, facts), type="dcat:Distribution",
        dct__title=spoken(each.titles), dct__description=spoken(each.descriptions),
        dcat__accessURL=iri(each.url), dcat__downloadURL=iri(each.url),
        dct__format=form.file_type and term(f"{AUTHORITY}file-type/{form.file_type}", "dct:MediaTypeOrExtent"),
        dcat__mediaType=term(MEDIA_TYPE + (form.packs or form.media_type), "dct:MediaType"),
        dcat__packageFormat=term(MEDIA_TYPE + form.media_type, "dct:MediaType") if form.packs else None,
        dcat__byteSize=typed(each.stored.size, "xsd:nonNegativeInteger"),
        spdx__checksum=node(
            type="spdx:Checksum", spdx__algorithm=term(SHA256, "spdx:ChecksumAlgorithm"),
            spdx__checksumValue=typed(each.stored.sha256, "xsd:hexBinary"),
        ),
        dct__license=licence,
        dct__rights=node(type="dct:RightsStatement", rdfs__label=spoken({ENGLISH: rights(facts)})),
        dcatap__availability=term(f"{AUTHORITY}planned-availability/STABLE", "skos:Concept", "stable"),
        dct__issued=_day(facts.issued), dct__modified=_day(facts.modified),
    )  # fmt: skip


def rights(facts: Facts) -> str:
    """How to name the source when the data are used."""
    owner = facts.publisher.name if facts.publisher else facts.name
    sources = ", ".join(source["title"] for source in facts.sources if source.get("title"))
    licence = f"; {facts.licence.title}" if facts.licence else ""
    return f"Attribution: {owner}, {facts.say(facts.titles)}, version {facts.version}" + (
        f"; made from {sources}" if sources else "") + licence  # fmt: skip


def _address(each: Distribution, facts: Facts) -> str:
    return f"{facts.base_url}#{quote(each.path)}"


def _day(day: str | None) -> dict[str, str] | None:
    return typed(day, "xsd:date") if day else None


FILES = (
    MetadataFile("dcat.ttl", "text/turtle", lambda facts: turtle(nodes(facts))),
    MetadataFile("dcat.jsonld", "application/ld+json", lambda facts: json_text(jsonld(nodes(facts)))),
)
