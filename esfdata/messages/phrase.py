"""What the program says in its own words, in Finnish, Swedish and English.

The English template is the key. What checks say stands beside them, in `checks/translations.csv`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

LANGUAGES = ("fi", "sv", "en")
ENGLISH = "en"


class Phrase(str):
    """A text that can be said in each language: a template and what fills it.

    It is its own text in one language (English, if nothing else is asked for). Values are texts, numbers,
    phrases, or several phrases.
    """

    template: str
    language: str
    values: dict[str, Any]

    def __new__(cls, template: str, language: str = ENGLISH, /, **values: Any) -> Phrase:
        """The phrase in a language."""
        said = {name: _said(value, language) for name, value in values.items()}
        phrase = super().__new__(cls, _template(template, language).format(**said))
        phrase.template, phrase.language, phrase.values = template, language, values
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Phrase, self.template, self.language, **self.values), ()

    def into(self, language: str, **further: Any) -> Phrase:
        """The same phrase in another language; `further` values take the place of its own."""
        return Phrase(self.template, language, **{**self.values, **further})

    def mapped(self, function: Callable[[str], str]) -> Phrase:
        """The phrase with a function put to every text that fills it."""

        def put(value: Any) -> Any:
            if isinstance(value, Phrase):
                return value.mapped(function)
            if isinstance(value, tuple):
                return tuple(map(put, value))
            return function(value) if isinstance(value, str) else value

        return Phrase(self.template, **{name: put(value) for name, value in self.values.items()})


def preferred(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for, as far as it is one of LANGUAGES, else English."""
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    language = wanted.replace("-", "_").partition("_")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def _said(value: Any, language: str) -> object:
    if isinstance(value, Phrase):
        return value if value.language == language else value.into(language)
    if isinstance(value, tuple):
        return "; ".join(str(_said(part, language)) for part in value)
    return value


def _template(english: str, language: str) -> str:
    if language == ENGLISH or english not in PHRASES:
        return english
    return PHRASES[english][LANGUAGES.index(language)]


PHRASES: dict[str, tuple[str, str]] = {
    # messages of findings
    "{title}.": ("{title}.", "{title}."),
    "{title}: {evidence}.": ("{title}: {evidence}.", "{title}: {evidence}."),
    "{value} ({document} of {compiled}, line {line})": (
        "{value} ({document}, {compiled}, rivi {line})",
        "{value} ({document}, {compiled}, rad {line})",
    ),
    "{value} ({document}, line {line})": ("{value} ({document}, rivi {line})", "{value} ({document}, rad {line})"),
    "{original} read as {value} ({repair})": (
        "{original} luettu: {value} ({repair})",
        "{original} läst som {value} ({repair})",
    ),
    "({repair})": ("({repair})", "({repair})"),
    "The field {field} is {value!r}; accepted: {accepts}.": (
        "Kentän {field} arvo on {value!r}; hyväksytään: {accepts}.",
        "Fältet {field} är {value!r}; godkänns: {accepts}.",
    ),
    "The field {field} is empty; accepted: {accepts}.": (
        "Kenttä {field} on tyhjä; hyväksytään: {accepts}.",
        "Fältet {field} är tomt; godkänns: {accepts}.",
    ),
    "{n} more rows that {check} marks are counted, not told": (
        "{n} muuta riviä, jotka {check} merkitsee, on laskettu mutta ei lueteltu",
        "ytterligare {n} rader som {check} markerar är räknade men inte uppräknade",
    ),
    "{n} cells": ("{n} solua", "{n} celler"),
    "The row has {value}; accepted: {accepts}.": (
        "Rivillä on {value}; hyväksytään: {accepts}.",
        "Raden har {value}; godkänns: {accepts}.",
    ),
    "The text {text!r} cannot be read; accepted: {accepts}.": (
        "Tekstiä {text!r} ei voi lukea; hyväksytään: {accepts}.",
        "Texten {text!r} kan inte läsas; godkänns: {accepts}.",
    ),
    "A waiver covers no finding: {where}.": (
        "Poikkeuslupa ei koske yhtään havaintoa: {where}.",
        "Ett undantag gäller inget fynd: {where}.",
    ),
    "A waiver ended on {until}, and its finding still stands: {where}.": (
        "Poikkeuslupa päättyi {until}, ja sen havainto on yhä voimassa: {where}.",
        "Ett undantag gick ut {until}, och dess fynd kvarstår: {where}.",
    ),
    # what is accepted
    "a value": ("jokin arvo", "ett värde"),
    "one of {values}": ("jokin näistä: {values}", "något av {values}"),
    "text of the form {pattern}": ("teksti, jonka muoto on {pattern}", "text av formen {pattern}"),
    "at least {limit}": ("vähintään {limit}", "minst {limit}"),
    "at most {limit}": ("enintään {limit}", "högst {limit}"),
    "text": ("teksti", "text"),
    "a whole number such as 12": ("kokonaisluku, kuten 12", "ett heltal såsom 12"),
    "a decimal with at most two places such as 1490940.00": (
        "desimaaliluku, jossa on enintään kaksi desimaalia, kuten 1490940.00",
        "ett decimaltal med högst två decimaler såsom 1490940.00",
    ),
    "a date as YYYY-MM-DD": ("päivämäärä muodossa VVVV-KK-PP", "ett datum i formen ÅÅÅÅ-MM-DD"),
    "true or false": ("true tai false", "true eller false"),
    "a field of a table": ("jonkin taulun kenttä", "ett fält i en tabell"),
    "each {key} once, not {n} times": ("sama {key} kerran, ei {n} kertaa", "samma {key} en gång, inte {n} gånger"),
    "a {field} that is in {table}": ("{field}, joka on taulussa {table}", "ett {field} som finns i {table}"),
    "{n} cells as in the header": ("{n} solua kuten otsikkorivillä", "{n} celler som i rubrikraden"),
    # reports
    "error": ("virhe", "fel"),
    "warning": ("varoitus", "varning"),
    "info": ("tiedoksi", "information"),
    "waived": ("poikkeusluvalla", "undantaget"),
    "waived: {reason}": ("poikkeuslupa: {reason}", "undantag: {reason}"),
    "errors": ("virhettä", "fel"),
    "warnings": ("varoitusta", "varningar"),
    "no errors or warnings": ("ei virheitä eikä varoituksia", "inga fel eller varningar"),
    "{n} info": ("{n} tiedoksi", "{n} information"),
    "{n} waived": ("{n} poikkeusluvalla", "{n} undantagna"),
    "{counts}; {checks} checks on {rows} rows.": (
        "{counts}; {checks} tarkistusta, {rows} riviä.",
        "{counts}; {checks} kontroller på {rows} rader.",
    ),
    "not run: {check} ({reason})": ("ei ajettu: {check} ({reason})", "ej körd: {check} ({reason})"),
    "{checks} and {n} more": ("{checks} ja {n} muuta", "{checks} och {n} till"),
    "no field {fields}": ("ei kenttää {fields}", "inget fält {fields}"),
    "no table {tables}": ("ei taulua {tables}", "ingen tabell {tables}"),
    "and {n} more; all are in the JSON report": (
        "ja {n} muuta; kaikki ovat JSON-raportissa",
        "och {n} till; alla finns i JSON-rapporten",
    ),
    "What to do: {advice}": ("Mitä tehdä: {advice}", "Gör så här: {advice}"),
    "Reference: {reference}": ("Peruste: {reference}", "Grund: {reference}"),
    "Findings of esfdata": ("esfdatan havainnot", "Fynd av esfdata"),
    "Findings": ("Havainnot", "Fynd"),
    "No findings.": ("Ei havaintoja.", "Inga fynd."),
    "count": ("lukumäärä", "antal"),
    "severity": ("vakavuus", "allvarlighetsgrad"),
    "check": ("tarkistus", "kontroll"),
    "table": ("taulu", "tabell"),
    "rows judged": ("tutkittuja rivejä", "granskade rader"),
    "rows marked": ("merkittyjä rivejä", "markerade rader"),
    "outcome": ("tulos", "utfall"),
    "passed": ("kunnossa", "godkänd"),
    "marked": ("havaintoja", "fynd"),
    "not_run": ("ei ajettu", "ej körd"),
    "reason": ("syy", "orsak"),
    "where": ("missä", "var"),
    "what": ("mitä", "vad"),
    "page {page}": ("sivu {page}", "sida {page}"),
    "line {line}": ("rivi {line}", "rad {line}"),
    "fingerprint": ("tunniste", "fingeravtryck"),
    "What was checked": ("Mitä tarkistettiin", "Vad som kontrollerades"),
    "Shortened: {n} findings are not shown here; all are in the JSON report.": (
        "Lyhennetty: {n} havaintoa jää tässä näyttämättä; kaikki ovat JSON-raportissa.",
        "Förkortad: {n} fynd visas inte här; alla finns i JSON-rapporten.",
    ),
    "{n} more findings: see the report of this run": (
        "{n} muuta havaintoa: katso tämän ajon raporttia",
        "{n} fynd till: se rapporten för denna körning",
    ),
    "Show": ("Näytä", "Visa"),
    "all checks": ("kaikki tarkistukset", "alla kontroller"),
    "{n} findings shown": ("{n} havaintoa näkyvissä", "{n} fynd visas"),
    # the watch
    "Watching {package}; Ctrl-C ends.": (
        "Seurataan: {package}; Ctrl-C lopettaa.",
        "Bevakar {package}; Ctrl-C avslutar.",
    ),
    "new": ("uusi", "ny"),
    "gone": ("poistunut", "borta"),
    "nothing changed in the findings": ("havainnot ennallaan", "fynden är oförändrade"),
}
"""Each template with its Finnish and its Swedish form."""
