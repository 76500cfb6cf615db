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
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from esfdata.documents.document import Line
from esfdata.documents.layout import drawn_lines
from esfdata.documents.layout.errors import UnreadableError
from esfdata.documents.layout.page_lines import lines
from esfdata.documents.layout.word_rows import Row, Sheet, Word, rows_of

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
SURE = 70.0
"""Confidence (of 100) from which on a word counts as read."""

CLOSE = 0.1
"""Space, in heights of a line, that is too little to part two words."""
LOOSE = 1.2
"""How much higher than its letters a line is."""

PAGE, COLUMN, ONE_LINE = "3", "6", "7"
"""Tesseract's numbers for how a picture is set out."""
NEAR = 12
"""Pixels around a word that are read with it."""
WHITE = 40
"""Pixels of white around those."""
MOST_DOUBTFUL = 40
"""Places of one page that are read once more."""

Recognised = tuple[Word, bool]
"""A word and whether the recogniser is sure of it."""

MISSING = (
    "is read with Tesseract, which is not installed (Debian: apt-get install tesseract-ocr tesseract-ocr-fin), "
    "or give its text"
)


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a picture, of all its pages where it has several."""
    if not available():
        raise UnreadableError(f"is a picture, which {MISSING}")
    pages = list(sheets(_frames(content)))
    if not any(sheet.rows for sheet in pages):
        raise UnreadableError("is a picture in which no text could be recognised")
    return tuple(lines(pages))


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
    """One page as Tesseract reads it: what stands in no column first, then the columns one by one."""
    unruled, rules, columns = drawn_lines.removed(_enlarged(picture))
    rest = unruled.copy()
    for column in columns:
        rest.paste(255, column)
    words = list(_words(_tesseract(rest, PAGE)))
    for column in columns:
        for word, sure in _words(_tesseract(unruled.crop(column), COLUMN)):
            words.append((word.moved(column.left, column.top), sure))
    words = list(_even(_again(unruled, words)))
    doubtful = frozenset(word.text for word, sure in words if not sure)
    return Sheet([_unbulleted(row) for row in rows_of(word for word, _ in words)], rules, doubtful, unruled.height)


def _again(picture: Image, words_read: Iterable[Recognised]) -> Iterator[Recognised]:
    """The words, those of a line that were doubtful read once more by themselves, with white around them."""
    from PIL import ImageOps

    left = MOST_DOUBTFUL
    for (sure, _), group in groupby(words_read, key=lambda item: (item[1], item[0].top)):
        words = list(group)
        if sure or not left:
            yield from words
            continue
        left -= 1
        first, last = words[0][0], words[-1][0]
        corner = round(first.left) - NEAR, round(first.top) - NEAR
        part = picture.crop((*corner, round(last.right) + NEAR, round(first.bottom) + NEAR))
        once_more = list(_words(_tesseract(ImageOps.expand(part, WHITE, 255), ONE_LINE)))
        if once_more and all(sure for _, sure in once_more):
            moved = (word.moved(corner[0] - WHITE, corner[1] - WHITE) for word, _ in once_more)
            yield from ((word._replace(top=first.top, bottom=first.bottom), True) for word in moved)
        else:
            yield from words


def _even(words: Iterable[Recognised]) -> Iterator[Recognised]:
    """The words with boxes of one height, for how high a line is depends on its letters."""
    read_words = list(words)
    usual = median([word.bottom - word.top for word, _ in read_words]) if read_words else 0
    for word, sure in read_words:
        height = word.bottom - word.top
        height = LOOSE * (usual if abs(height / usual - 1) < 0.35 else height)
        middle = (word.top + word.bottom) / 2
        yield word._replace(top=middle - height / 2, bottom=middle + height / 2), sure


def _unbulleted(row: Row) -> Row:
    """A row with its bullet as a bullet: a lone small letter or sign in front of a line was read from one."""
    first, *rest = row.words
    if rest and first.text in _BULLETS:
        return row._replace(words=[first._replace(text="•"), *rest])
    return row


_BULLETS = ("e", "o", "*", "«", "»", "°", "¢", "©", "®", "·")


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


def _tesseract(picture: Image, layout: str) -> str:
    """What Tesseract prints of a picture as a table of words."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    command = [PROGRAM, "stdin", "stdout", "-l", _language(), "--dpi", str(DPI), "--psm", layout, "tsv"]
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


def _words(table: str) -> Iterator[Recognised]:
    """The words of Tesseract's table, and whether it is sure of each; a column's edge is no word.

    A word is as high as its line: its own box depends on its letters. What stands closer together than
    words do is one word.
    """
    top = height = 0.0
    held: Recognised | None = None
    for line in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if line["level"] == LINE:
            top, height = float(line["top"]), float(line["height"])
        text = (line["text"] or "").strip()
        if line["level"] != WORD or not (text.strip(_EDGES) or text in _DASHES):
            continue
        left, sure = float(line["left"]), float(line["conf"]) >= SURE
        word = Word(_DASH if text in _DASHES else text, left, top, left + float(line["width"]), top + height)
        if held and held[0].top == top and left - held[0].right < CLOSE * height and held[0].text[-1].isalnum():
            whole = held[0]._replace(text=held[0].text + text, right=word.right)
            held = (whole, sure and held[1])
            continue
        if held:
            yield held
        held = (word, sure)
    if held:
        yield held


LINE, WORD = "4", "5"
_EDGES = "|¦_—–-~.:;,'`´’‘ "
_DASHES = ("-", "–", "—")
_DASH = "–"
"""The one dash that Finnish sets between words; how long it is, text recognition cannot tell."""
