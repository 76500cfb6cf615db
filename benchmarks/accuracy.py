"""How exactly documents are read in every form: precision and recall, by form and by field.

    python benchmarks/accuracy.py [--seeds 20] [--forms txt,md,html,docx,pdf,300,200,150,110] [--fields] [--worst 5]

Documents of both kinds with known facts are invented, written in each form, and read. A number is a form
too: the document printed, rasterised at so many dots per inch, and read by Tesseract; with a `~` behind it
(`150~`) the picture is turned by half a degree, blurred and speckled as a scanner does. Recall is the share
of the facts that were read; precision the share of what was read that is a fact. What could not be read for
certain has no value and counts as not read, never as wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("", "tests")]

import generator  # noqa: E402
import printing  # noqa: E402

from esfdata.documents import recognised, statements  # noqa: E402
from esfdata.documents.layout import ocr  # noqa: E402
from esfdata.documents.source_files import read_file  # noqa: E402

FORMS = ("txt", "md", "html", "docx", "pdf", "300", "200", "150", "110")
Counts = Counter[tuple[str, str, str]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--seeds", type=int, default=20, help="documents of each kind")
    options.add_argument("--forms", default=",".join(FORMS))
    options.add_argument("--fields", action="store_true", help="a row for every field, not only those with faults")
    options.add_argument("--worst", type=int, default=0, help="print so many faults of each document")
    given = options.parse_args()
    forms = [form for form in given.forms.split(",") if possible(form)]
    papers = [(kind, seed) for seed in range(given.seeds) for kind in ("description", "card")]
    counts: Counts = Counter()
    with ProcessPoolExecutor() as pool:
        for found in pool.map(partial(measure, forms=forms, worst=given.worst), papers):
            counts.update(found)
    show(counts, forms, given.fields)


def possible(form: str) -> bool:
    """Whether the programs that a form takes are installed."""
    printed = form == "pdf" or form[0].isdigit()
    lacking = [
        name
        for name, needed, there in (
            ("Chromium", printed, printing.chromium()),
            ("Tesseract", form[0].isdigit(), ocr.available()),
        )
        if needed and not there
    ]
    if lacking:
        print(f"{form}: not measured, {' and '.join(lacking)} not installed", file=sys.stderr)
    return not lacking


def measure(which: tuple[str, int], forms: list[str], worst: int) -> Counts:
    """The counts of one document in every form."""
    kind, seed = which
    paper = getattr(generator, kind)(seed)
    style = printing.STYLES[seed % len(printing.STYLES)]
    counts: Counts = Counter()
    plain = ("txt", "md", "html", "docx")
    printed = printing.pdf(printing.html(paper, style)) if set(forms) - set(plain) else b""
    with tempfile.TemporaryDirectory() as folder:
        for form in forms:
            if form in plain:
                suffix, content = form, printing.WRITERS[form](paper, style)
            else:
                dpi = int(form.strip("~")) if form != "pdf" else 0
                suffix = "pdf"
                content = printing.scan(printed, dpi, worn=form.endswith("~")) if dpi else printed
            path = Path(folder, f"paper.{suffix}")
            path.write_bytes(content)
            begun = time.perf_counter()
            read = facts(path)
            counts[form, "", "milliseconds"] += round(1000 * (time.perf_counter() - begun))
            for name, outcome, those in (
                ("right", "right", paper.facts & read),
                ("-", "missed", paper.facts - read),
                ("+", "wrong", read - paper.facts),
            ):
                for table, _, field, _ in those:
                    counts[form, f"{table}.{field}", outcome] += 1
                for fact in sorted(those)[: worst if outcome != "right" else 0]:
                    print(f"{kind} {seed} {form} {name} {fact}")
    return counts


def facts(path: Path) -> set[generator.Fact]:
    """What a file states, in the terms of the generator; a project whose code was not read claims nothing."""
    document = recognised(read_file(path, "@"))
    return {
        (s.table, s.key, s.field, s.value)
        for s in statements(document)
        if s.value is not None and not s.key.startswith("?") and (s.table != "documents" or s.field == "compiled")
    }


def show(counts: Counts, forms: list[str], every: bool) -> None:
    """Print the tables."""
    print(f"\n{'form':6} {'facts':>6} {'recall':>7} {'precision':>9} {'ms':>7}")
    for form in forms:
        right, missed, wrong = (
            sum(count for (of, _, outcome), count in counts.items() if of == form and outcome == name)
            for name in ("right", "missed", "wrong")
        )
        spent = counts[form, "", "milliseconds"]
        facts = right + missed
        print(f"{form:6} {facts:6} {right / facts:7.4f} {right / max(right + wrong, 1):9.4f} {spent:7}")
    print(f"\n{'field':42} " + " ".join(f"{form:>13}" for form in forms) + "   (recall/precision)")
    for field in sorted({field for _, field, _ in counts if field}):
        cells = []
        for form in forms:
            right, missed, wrong = (counts[form, field, outcome] for outcome in ("right", "missed", "wrong"))
            cells.append(f"{right / max(right + missed, 1):.4f}/{right / max(right + wrong, 1):.4f}")
        if every or set(cells) != {"1.0000/1.0000"}:
            print(f"{field:42} " + " ".join(f"{cell:>13}" for cell in cells))


if __name__ == "__main__":
    main()
