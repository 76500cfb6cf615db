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
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from esfdata.documents.forms import strokes
from esfdata.documents.forms.errors import UnreadableError
from esfdata.documents.forms.layout import lines
from esfdata.documents.forms.words import Sheet, Word, rows_of
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
    if not available():
        raise UnreadableError(f"is a picture, which {MISSING}")
    found = list(sheets(_frames(content)))
    if not any(sheet.rows for sheet in found):
        raise UnreadableError("is a picture in which no text could be recognised")
    return tuple(lines(found))


def _frames(content: bytes) -> Iterator[Image]:
    """The pages of a picture."""
    try:
        from PIL import Image, ImageSequence, UnidentifiedImageError
    except ImportError:
        raise UnreadableError("is a picture, which takes Pillow to read (pip install esfdata[ocr])") from None
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if frame.width * frame.height > 2 * MOST_PIXELS:
                    raise UnreadableError(f"is a picture of more than {2 * MOST_PIXELS:,} pixels")
                if number < MOST_PAGES:
                    yield frame.copy()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise UnreadableError("is a picture that is cut off, damaged or far too large") from None


def sheets(pictures: Iterable[Image]) -> Iterator[Sheet]:
    """What is recognised in pictures of pages; several are read at a time, few are held in memory."""
    workers = os.cpu_count() or 1
    waiting: deque[Future[Sheet]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            waiting.append(pool.submit(_sheet, picture))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def available() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which(PROGRAM) is not None


@cache
def _language() -> str:
    """The best language model that is installed."""
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, check=False).stdout
    return next((language for language in LANGUAGES if language in listed.split()), LANGUAGES[-1])


def _sheet(picture: Image) -> Sheet:
    """One page as Tesseract reads it."""
    unruled, rules = strokes.removed(_enlarged(picture))
    found = list(_words(_tesseract(unruled)))
    doubtful = frozenset(word.text for word, sure in found if not sure)
    return Sheet(rows_of(word for word, _ in found), rules, doubtful, unruled.height)


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
            word = Word(_DASH if text in _DASHES else text, left, top, left + float(line["width"]), top + height)
            yield word, float(line["conf"]) >= SURE


LINE, WORD = "4", "5"
_EDGES = "|¦_—–-~.:;,'`´’‘ "
_DASHES = ("-", "–", "—")
_DASH = "–"
"""The one dash that Finnish sets between words; how long it is, text recognition cannot tell."""
