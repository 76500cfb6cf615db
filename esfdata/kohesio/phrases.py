"""What the judging of a list of operations says, in Finnish, Swedish and English."""

from __future__ import annotations

from typing import Any

from esfdata.messages.phrase import PHRASES, Phrase

SAID: dict[str, tuple[str, str]] = {
    "The column {column} is missing; the template requires it, yet the official validator only notes it.": (
        "Sarake {column} puuttuu; malli vaatii sen, mutta virallinen tarkistin vain mainitsee siitä.",
        "Kolumnen {column} saknas; mallen kräver den, men den officiella kontrollen nämner det bara.",
    ),
    "The column {column} is missing; it is optional.": (
        "Sarake {column} puuttuu; se on vapaaehtoinen.",
        "Kolumnen {column} saknas; den är frivillig.",
    ),
    "The column {column} is not in the template.": (
        "Saraketta {column} ei ole mallissa.",
        "Kolumnen {column} finns inte i mallen.",
    ),
    "More than one column is read as {column}.": (
        "Useampi kuin yksi sarake luetaan sarakkeeksi {column}.",
        "Mer än en kolumn läses som {column}.",
    ),
    "The column {found} is spelt {column} in the template.": (
        "Sarakkeen {found} kirjoitusasu mallissa on {column}.",
        "Kolumnen {found} skrivs {column} i mallen.",
    ),
    "The column {column} stands before {other}, which it follows in the template.": (
        "Sarake {column} on ennen saraketta {other}, jota se mallissa seuraa.",
        "Kolumnen {column} står före {other}, som den följer i mallen.",
    ),
    "The official validator skips the rule {rule} without a word: it needs columns spelt {columns}.": (
        "Virallinen tarkistin ohittaa säännön {rule} sanomatta mitään: se vaatii sarakkeet kirjoitettuina {columns}.",
        "Den officiella kontrollen hoppar tyst över regeln {rule}: den kräver kolumner skrivna {columns}.",
    ),
    "The operation starts on {start}, after its end on {end}.": (
        "Toimi alkaa {start}, päättymispäivänsä {end} jälkeen.",
        "Insatsen börjar {start}, efter sitt slut {end}.",
    ),
    "The operation has no place; accepted: at least one of {columns}.": (
        "Toimella ei ole paikkaa; hyväksytään: vähintään yksi näistä: {columns}.",
        "Insatsen har ingen plats; godkänns: minst en av {columns}.",
    ),
    "The amount is in {currency}; its exchange rate to the euro is missing.": (
        "Määrän valuutta on {currency}; sen kurssi euroon puuttuu.",
        "Beloppet är i {currency}; dess växelkurs mot euron saknas.",
    ),
    "The rate {value} is read as per cent; a half is written 50.": (
        "Osuus {value} luetaan prosentteina; puolet kirjoitetaan 50.",
        "Andelen {value} läses som procent; hälften skrivs 50.",
    ),
    "The beneficiary looks like a natural person, whose name is withheld in a list of operations.": (
        "Tuensaaja näyttää luonnolliselta henkilöltä, jonka nimeä ei julkaista toimiluettelossa.",
        "Stödmottagaren verkar vara en fysisk person, vars namn inte anges i en insatsförteckning.",
    ),
    "The file is not UTF-8: the byte 0x{byte} on this line is read as {encoding}.": (
        "Tiedosto ei ole UTF-8:aa: tämän rivin tavu 0x{byte} luetaan merkistönä {encoding}.",
        "Filen är inte UTF-8: byten 0x{byte} på den här raden läses som {encoding}.",
    ),
    "The file is {encoding}; the template wants UTF-8.": (
        "Tiedoston merkistö on {encoding}; malli haluaa UTF-8:n.",
        "Filens teckenkodning är {encoding}; mallen vill ha UTF-8.",
    ),
    "The cells are separated by {sign}, not by a comma.": (
        "Solut erotetaan merkillä {sign} eikä pilkulla.",
        "Cellerna skiljs åt av {sign}, inte av kommatecken.",
    ),
    "The row cannot be read as CSV: {reason}.": (
        "Riviä ei voi lukea CSV:nä: {reason}.",
        "Raden kan inte läsas som CSV: {reason}.",
    ),
    "The file has no rows below its header.": (
        "Tiedostossa ei ole rivejä otsikon alla.",
        "Filen har inga rader under rubriken.",
    ),
    "a date as DD/MM/YYYY": ("päivämäärä muodossa PP/KK/VVVV", "ett datum i formen DD/MM/ÅÅÅÅ"),
    "a number such as 1490940.00": ("luku, kuten 1490940.00", "ett tal såsom 1490940.00"),
    "a longitude and a latitude such as 27.27, 61.69": (
        "pituus- ja leveysaste, kuten 27.27, 61.69",
        "en longitud och en latitud såsom 27.27, 61.69",
    ),
    "one of the {n} codes of the template": ("jokin mallin {n} koodista", "någon av mallens {n} koder"),
    "addresses separated by spaces": ("osoitteita välilyönnein erotettuina", "adresser åtskilda av blanksteg"),
    "the first {shown} of {n} are shown": ("näytetään ensimmäiset {shown}/{n}", "de första {shown} av {n} visas"),
    "the file lacks the columns {columns}": (
        "tiedostosta puuttuvat sarakkeet {columns}",
        "filen saknar kolumnerna {columns}",
    ),
}
"""English, and its Finnish and Swedish."""

PHRASES.update(SAID)


def said(template: str, **values: Any) -> Phrase:
    """A text that can be said in each language; the template is one of SAID or of the whole program."""
    return Phrase(template, **values)
