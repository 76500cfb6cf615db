"""Small pictures as inline SVG: bars in tables and columns by year, coloured by the style sheet alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from esfdata.site.words import Words

Number = Decimal | int | float
WIDE, HIGH, LEFT, FOOT = 720, 260, 72, 30


def bar(whole: Number | None, part: Number | None, top: Number | None) -> Markup:
    """A bar of `whole` on the scale to `top`, with `part` as a narrower bar inside it."""

    def wide(value: Number | None) -> str:
        share = 0.0 if not value or not top or value < 0 else min(1.0, float(value) / float(top))
        return f"{share * 100:.2f}".rstrip("0").rstrip(".")

    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="track" width="100" height="10"/><rect class="whole" width="{wide(whole)}" height="10"/>'
        f'<rect class="part" y="3" width="{wide(part)}" height="4"/></svg>'
    )


def columns(rows: Sequence[tuple[str, Number, Number]], words: Words, label: str) -> Markup:
    """Columns side by side: for each name a whole and the part of it, with a scale of round amounts."""
    steps = scale(max([*(max(row[1], row[2]) for row in rows), 1]))
    top, high, wide = steps[-1], HIGH - FOOT - 10, (WIDE - LEFT) / max(len(rows), 1)
    parts = [f'<svg class="columns" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(label)}">']
    for step in steps:
        y = 10 + high * (1 - step / top)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(words.short(step))}</text>')
    for place, (name, whole, part) in enumerate(rows):
        x = LEFT + wide * place
        for kind, value, inset in (("whole", whole, 0.14), ("part", part, 0.32)):
            tall = max(0.0, high * float(value) / top)
            parts.append(
                f'<rect class="{kind}" x="{x + wide * inset:.1f}" y="{10 + high - tall:.1f}" '
                f'width="{wide * (1 - 2 * inset):.1f}" height="{tall:.1f}"/>'
            )
        parts.append(f'<text x="{x + wide / 2:.1f}" y="{HIGH - 10}" text-anchor="middle">{escape(name)}</text>')
    return Markup("".join([*parts, "</svg>"]))


def scale(top: Number) -> list[int]:
    """Round steps from nought to at least `top`: at most six of them."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= top:
                size = step * factor
                return [size * number for number in range(-(-int(top) // size) + 1)] if top >= 1 else [0, size]
        step *= 10


def score(direct: int | None, indirect: int | None) -> Markup:
    """Two scores from 0 to 10 on one line: a dot for the direct effect, a ring for the indirect one."""

    def place(value: int) -> int:
        return 6 + 11 * max(0, min(10, value))

    parts = ['<svg class="score" viewBox="0 0 122 12" aria-hidden="true" focusable="false"><line x1="6" x2="116" '
             'y1="6" y2="6"/>']  # fmt: skip
    parts += [f'<circle class="tick" cx="{place(step)}" cy="6" r="1"/>' for step in (0, 5, 10)]
    parts += [f'<circle class="ring" cx="{place(indirect)}" cy="6" r="4.5"/>'] if indirect is not None else []
    parts += [f'<circle class="dot" cx="{place(direct)}" cy="6" r="2.8"/>'] if direct is not None else []
    return Markup("".join([*parts, "</svg>"]))
