"""What the descriptor says about the release, read once for every form of metadata."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from esfdata.exceptions import PublishError
from esfdata.files.checksums import Digest, digest
from esfdata.messages.languages import ENGLISH, translations
from esfdata.release.contents import Format
from esfdata.release.formats import BY_SUFFIX, stable

Text = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True)
class Agent:
    """An organisation: its name, address on the web and e-mail."""

    name: str
    url: str | None
    email: str | None


@dataclass(frozen=True)
class Licence:
    """A licence: its name as in SPDX, its title and where its text is."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Distribution:
    """One file of the release that holds data."""

    path: str
    url: str
    form: Format
    stored: Digest
    titles: Text
    descriptions: Text
    table: str | None


@dataclass(frozen=True)
class Facts:
    """A release as its descriptor describes it; what the descriptor does not say is None or empty."""

    base_url: str
    name: str
    version: str
    titles: Text
    descriptions: Text
    keywords: Mapping[str, Sequence[str]]
    themes: Sequence[str]
    categories: Sequence[str]
    owner: str | None
    start: str | None
    end: str | None
    country: Mapping[str, Any] | None
    publisher: Agent | None
    contact: Agent | None
    licence: Licence | None
    access_rights: str | None
    frequency: str | None
    languages: Sequence[str]
    issued: str | None
    modified: str | None
    sources: Sequence[Mapping[str, str]]
    tables: Sequence[Mapping[str, Any]]
    distributions: Sequence[Distribution]

    def say(self, texts: Text) -> str:
        """A text in English, else in the first language that has it."""
        return texts.get(ENGLISH) or next(iter(texts.values()), "")


@dataclass(frozen=True)
class MetadataFile:
    """A file of metadata: its name, its media type, and what makes its text from the facts of a release."""

    name: str
    media_type: str
    render: Callable[[Facts], str]


def measured(folder: Path) -> dict[str, Digest]:
    """How every file below `folder` is stored, by its path in it, sorted; without those whose bytes vary."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file() and stable(path))
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def facts(descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], base_url: str) -> Facts:
    """The facts of a release that will stand at `base_url`; PublishError where that is no web address."""
    if not base_url.startswith(("https://", "http://")) or any(sign in base_url for sign in ' <>"{}|\\^`\n'):
        raise PublishError(f"the address of the release is {base_url!r}; accepted is one that begins with https://")
    base_url = base_url.rstrip("/") + "/"
    stored = {path: Digest(*file) for path, file in files.items()}
    created = str(descriptor["created"])[:10] if descriptor.get("created") else None
    temporal = descriptor.get("temporal") or {}
    return Facts(
        base_url=base_url,
        name=descriptor["name"],
        version=str(descriptor.get("version", "0")),
        titles=translations(descriptor, "title"),
        descriptions=translations(descriptor, "description"),
        keywords={language: tuple(words) for language, words in translations(descriptor, "keywords").items()},
        themes=tuple(descriptor.get("themes", ())),
        categories=tuple(descriptor.get("categories", ())),
        owner=descriptor.get("ownerOrganisation"),
        start=temporal.get("start"),
        end=temporal.get("end"),
        country=descriptor.get("spatial"),
        publisher=_agent(descriptor, "publisher"),
        contact=_agent(descriptor, "contact"),
        licence=next((Licence(x["name"], x.get("title", x["name"]), x["path"])
                      for x in descriptor.get("licenses", ()) if x.get("path")), None),
        access_rights=descriptor.get("accessRights"),
        frequency=descriptor.get("accrualPeriodicity"),
        languages=tuple(descriptor.get("languages", ())),
        issued=created or _epoch(),
        modified=_epoch() or created,
        sources=tuple(descriptor.get("sources", ())),
        tables=tuple(descriptor["resources"]),
        distributions=tuple(_distributions(descriptor, stored, base_url)),
    )  # fmt: skip


def _agent(descriptor: Mapping[str, Any], role: str) -> Agent | None:
    """The first contributor with a role, if it is an organisation: a person is never named."""
    for person in descriptor.get("contributors", ()):
        roles = {*person.get("roles", ()), person.get("role")}
        if role in roles and not {"givenName", "familyName"} & set(person):
            return Agent(person["title"], person.get("path"), person.get("email"))
    return None


def _epoch() -> str | None:
    """The day of SOURCE_DATE_EPOCH (UTC), the only clock that a build knows."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise PublishError(f"SOURCE_DATE_EPOCH is {seconds!r}; accepted is a number of seconds since 1970") from error


def _distributions(
    descriptor: Mapping[str, Any], stored: Mapping[str, Digest], base_url: str
) -> Iterator[Distribution]:
    """The files with data: those that hold the whole package first, then table by table."""
    names = [resource["name"] for resource in descriptor["resources"]]

    def order(path: str) -> tuple[int, str]:
        stem = PurePosixPath(path).stem
        return (names.index(stem) + 1 if stem in names else 0, path)

    for path in sorted(stored, key=order):
        form = BY_SUFFIX.get(PurePosixPath(path).suffix)
        if form is None or not form.label:
            continue
        stem = PurePosixPath(path).stem
        table = stem if stem in names else None
        thing = descriptor["resources"][names.index(stem)] if table else descriptor
        titles = {language: f"{title} ({form.label})" for language, title in translations(thing, "title").items()}
        about = translations(thing, "description")
        yield Distribution(path, base_url + quote(path), form, stored[path], titles or {ENGLISH: path}, about, table)
