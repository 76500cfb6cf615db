"""Invented documents written as text, Markdown, HTML, DOCX, PDF and pictures."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from invention import Block, Paper

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
STYLES = ("paragraphs", "table", "lines")
"""Ways in which saved pages set out labels and values."""


def text(paper: Paper, style: str = "") -> bytes:
    """The document as the service prints it into plain text."""
    return "\n\n".join(_plain(block) for block in paper.blocks).encode() + b"\n"


def _plain(block: Block) -> str:
    match block.kind:
        case "field":
            return f"{block.text}: {block.parts[0]}".rstrip()
        case "list":
            return "\n".join([block.text, "", *block.parts])
        case "answer":
            return f"{block.text}: {block.parts[0]}\n{block.parts[1]}"
        case "score":
            return f"{block.text} {block.parts[0]} {block.parts[1]}\n{block.parts[2]}"
        case "row":
            return f"{block.text}\n\n{block.parts[0]}".rstrip()
    return block.text


def markdown(paper: Paper, style: str = "") -> bytes:
    """The document as Markdown; the rows of a card are a table."""
    out, table = [], False
    for block in paper.blocks:
        match block.kind:
            case "title":
                out.append(f"# {block.text}\n")
            case "heading":
                out.append(f"## {block.text}\n")
            case "field":
                out.append(f"**{block.text}:** {block.parts[0]}\n")
            case "list":
                out.append(f"**{block.text}**\n\n" + "\n".join(f"- {part}" for part in block.parts) + "\n")
            case "row":
                out += [] if table else ["|   |   |\n|---|---|"]
                out.append(f"| **{block.text}** | {block.parts[0]} |")
                table = True
            case _:
                out.append(_plain(block) + "\n")
    return "\n".join(out).encode() + b"\n"


def html(paper: Paper, style: str = "paragraphs") -> bytes:
    """The document as a web page in one of the styles."""
    page = "\n".join(_tagged(paper, style))
    css = "table{border-collapse:collapse} td,th{border:1px solid #888;padding:4px;text-align:left}"
    return (
        f"<!doctype html>\n<html lang=fi><head><meta charset=utf-8><title>Hanke</title>\n<style>{css}</style>"
        f"<script>var hidden = '<p>Hankekoodi: S29999</p>';</script></head>\n<body>{page}\n</body></html>\n"
    ).encode()


def _tagged(paper: Paper, style: str) -> Iterator[str]:
    table = False
    for block in paper.blocks:
        kind, words, parts = block.kind, escape(block.text), [escape(part) for part in block.parts]
        tabled = kind == "row" or (kind == "field" and style == "table")
        if tabled != table:
            yield "<table>" if tabled else "</table>"
            table = tabled
        if tabled:
            yield f"<tr><th>{words}{':' if kind == 'field' else ''}</th>\n<td>{parts[0]}</td></tr>"
        elif kind in ("title", "heading"):
            yield f"<h{1 if kind == 'title' else 2}>{words}</h{1 if kind == 'title' else 2}>"
        elif kind == "field":
            yield f"<p><b>{words}:</b> {parts[0]}</p>" if style == "paragraphs" else f"<b>{words}:</b> {parts[0]}<br>"
        elif kind == "list" and style == "table":
            yield f"<p>{words}</p><ul>{''.join(f'<li>{part}</li>' for part in parts)}</ul>"
        elif kind == "list":
            yield "\n".join(f"<p>{part}</p>" for part in [words, *parts])
        elif kind == "answer":
            yield f"<p><b>{words}:</b> {parts[0]}</p>\n<p>{parts[1]}</p>"
        elif kind == "score":
            yield f"<p>{words} {parts[0]} {parts[1]}</p>\n<p>{parts[2]}</p>"
        else:
            yield f"<p>{words}</p>"
    yield "</table>" if table else ""


def docx(paper: Paper, style: str = "paragraphs") -> bytes:
    """The document as a Word file, with fields in paragraphs or in tables."""
    body, table = [], False
    for block in paper.blocks:
        tabled = block.kind == "row" or (block.kind == "field" and style == "table")
        if tabled != table:
            body.append("<w:tbl>" if tabled else "</w:tbl>")
            table = tabled
        if tabled:
            cells = "".join(f"<w:tc>{_paragraph(part)}</w:tc>" for part in (block.text, block.parts[0]))
            body.append(f"<w:tr>{cells}</w:tr>")
        else:
            body += [_paragraph(line) for line in _plain(block).split("\n") if line]
    body.append("</w:tbl>" if table else "")
    return zipped(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{''.join(body)}</w:body></w:document>"
    )


def _paragraph(line: str) -> str:
    head, colon, tail = line.partition(":")
    runs = [head + colon, tail] if colon else [line]
    inner = "".join(f'<w:r><w:t xml:space="preserve">{escape(run, quote=False)}</w:t></w:r>' for run in runs)
    return f"<w:p>{inner}</w:p>"


def zipped(xml: str) -> bytes:
    """A Word file with this text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return file.getvalue()


def chromium() -> str | None:
    """The browser that prints, if it is installed."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def pdf(page: bytes) -> bytes:
    """A web page as Chromium prints it."""
    browser = chromium()
    assert browser, "Chromium is not installed"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_bytes(page)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync",
                   f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"]  # fmt: skip
        subprocess.run([browser, *options, source.as_uri()], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def pictures(printed: bytes, dpi: int) -> list[bytes]:
    """The pages of a PDF as PNG pictures."""
    import pypdfium2

    pages = []
    with pypdfium2.PdfDocument(printed) as document:
        for page in document:
            file = io.BytesIO()
            page.render(scale=dpi / 72).to_pil().save(file, "PNG", dpi=(dpi, dpi))
            pages.append(file.getvalue())
    return pages


def scan(printed: bytes, dpi: int, worn: bool = False) -> bytes:
    """A PDF whose pages are pictures of the pages of another; worn ones are askew, blurred and speckled."""
    from PIL import Image, ImageFilter

    pages = [Image.open(io.BytesIO(page)).convert("L") for page in pictures(printed, dpi)]
    if worn:
        noise = [Image.effect_noise(page.size, 40) for page in pages]
        turned = [page.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255) for page in pages]
        blurred = [page.filter(ImageFilter.GaussianBlur(dpi / 400)) for page in turned]
        pages = [Image.blend(page, speck, 0.15) for page, speck in zip(blurred, noise, strict=True)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return file.getvalue()


WRITERS: dict[str, Callable[[Paper, str], bytes]] = {
    "txt": text,
    "md": markdown,
    "html": html,
    "docx": docx,
    "pdf": lambda paper, style: pdf(html(paper, style)),
}
"""How a document is written in each form, by the suffix of the file."""


Placed = tuple[float, float, str]
"""A text and where it begins on a page, in points from its lower left corner."""


def plain_pdf(pages: list[list[Placed]], encrypted: bool = False) -> bytes:
    """A PDF of texts in Helvetica, each where it is placed; no browser needed."""
    streams = []
    for texts in pages:
        lines = [f"BT /F1 10 Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in texts]
        streams.append("\n".join(lines).encode("cp1252"))
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, stream in enumerate(streams):
        resources = "/Resources<</Font<</F1 3 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents {5 + 2 * number} 0 R>>"
        objects += [page.encode(), b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream)]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    key = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'12' * 32}>/U<{'34' * 32}>>>/ID[<00><00>]" if encrypted else ""
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{key}>>\nstartxref\n{start}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
