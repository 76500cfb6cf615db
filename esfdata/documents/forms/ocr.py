"""Pictures of pages as lines, by Tesseract: Finnish where its model is installed, else English.

Small pictures are enlarged first, for the recogniser was trained on letters of some size. Each line knows
which of its words the recogniser was not sure of.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

from esfdata.documents.forms.errors import UnreadableError
from esfdata.documents.forms.layout import texts
from esfdata.documents.forms.words import Rule, Word, rows_of
from esfdata.documents.model import Line

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
LANGUAGES = ("fin", "eng")
DPI = 300
"""Dots per inch that a picture is brought to."""
PAPER = 8.27
"""Inches of a page's width (A4), for pictures that do not say their resolution."""
MOST_PIXELS = 40_000_000
MOST_PAGES = 300
SECONDS = 120
"""How long one page may take."""
SURE = 60.0
"""Confidence (of 100) from which on a word counts as read."""

MISSING = (
    "is read with Tesseract, which is not installed (Debian: apt-get install tesseract-ocr tesseract-ocr-fin), "
    "or give its text"
)


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a picture, of all its pages where it has several."""
    lines = list(recognised(_frames(content)))
    if not lines:
        raise UnreadableError("is a picture in which no text could be recognised")
    return tuple(lines)


def _frames(content: bytes) -> Iterator[tuple[int, Image]]:
    """The pages of a picture."""
    try:
        from PIL import Image, ImageSequence, UnidentifiedImageError
    except ImportError:
        raise UnreadableError("is a picture, which takes Pillow to read (pip install esfdata[ocr])") from None
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number <= MOST_PAGES:
                    yield number, frame.copy()
    except Image.DecompressionBombError:
        raise UnreadableError(f"is a picture of more than {2 * MOST_PIXELS:,} pixels, which are not read") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UnreadableError("is a picture that is cut off or damaged") from None


def recognised(pictures: Iterable[tuple[int, Image]], first: int = 1) -> Iterator[Line]:
    """The lines of pictures of pages, given with their page numbers; several are read at a time."""
    if not available():
        raise UnreadableError(f"is a picture, which {MISSING}")
    number = first
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for batch in _batches(pictures, 2 * (os.cpu_count() or 1)):
            for (page, _), lines in zip(batch, pool.map(_page, [picture for _, picture in batch])):
                for text, doubtful in lines:
                    yield Line(page, number, text, doubtful)
                    number += 1


def _batches(pictures: Iterable[tuple[int, Image]], size: int) -> Iterator[list[tuple[int, Image]]]:
    batch: list[tuple[int, Image]] = []
    for picture in pictures:
        batch.append(picture)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def available() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which(PROGRAM) is not None


@cache
def _language() -> str:
    """The best language model that is installed."""
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, check=False).stdout
    return next((language for language in LANGUAGES if language in listed.split()), LANGUAGES[-1])


def _page(picture: Image) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of one page, each with its doubtful words."""
    enlarged = _enlarged(picture)
    found = list(_words(_tesseract(enlarged)))
    unsure = {word.text for word, sure in found if not sure}
    rows = rows_of(word for word, _ in found)
    return [
        (text, tuple(part for part in text.split() if part in unsure))
        for text in texts(rows, list(_rules(enlarged)))
    ]


def _enlarged(picture: Image) -> Image:
    """The picture in shades of grey and at the recogniser's resolution."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "P", "PA"):
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    grey = picture.convert("L")
    stated = float(picture.info.get("dpi", (0, 0))[0] or 0)
    dpi = stated if 60 <= stated <= 1200 else max(grey.width, 1) / PAPER
    most = (MOST_PIXELS / max(grey.width * grey.height, 1)) ** 0.5
    scale = min(DPI / dpi, 4.0, most)
    if 0.9 < scale < 1.1:
        return grey
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _tesseract(picture: Image) -> str:
    """What Tesseract prints of a picture as a table of words."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    command = [PROGRAM, "stdin", "stdout", "-l", _language(), "--dpi", str(DPI), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=file.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError):
        raise UnreadableError(f"has a page that text recognition could not read in {SECONDS} seconds") from None
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[tuple[Word, bool]]:
    """The words of Tesseract's table, and whether it is sure of each; a column's edge is no word.

    A word is as high as its line: its own box depends on its letters.
    """
    top = height = 0.0
    for line in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if line["level"] == LINE:
            top, height = float(line["top"]), float(line["height"])
        text = (line["text"] or "").strip()
        if line["level"] == WORD and (text.strip(_EDGES) or text in _DASHES):
            left = float(line["left"])
            word = Word(text, left, top, left + float(line["width"]), top + height)
            yield word, float(line["conf"]) >= SURE


LINE, WORD = "4", "5"
_EDGES = "|¦_—–-~.:;,'`´’‘ "
_DASHES = ("-", "–", "—")


def _rules(picture: Image) -> Iterator[Rule]:
    """The horizontal lines of a picture: dark pixels that run on over much of its width."""
    import numpy

    dark = numpy.asarray(picture) < DARK
    for y in numpy.flatnonzero(dark.mean(axis=1) > MUCH):
        at = numpy.flatnonzero(dark[y])
        for run in numpy.split(at, numpy.flatnonzero(numpy.diff(at) > DPI / 20) + 1):
            if len(run) > MUCH * picture.width / 2:
                yield Rule(float(run[0]), float(run[-1]), float(y))


DARK = 200
MUCH = 0.3
