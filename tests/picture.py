"""Draws `.github/output.svg`: the beginning and the end of what `make build` prints, as a terminal shows it.

Run by `make accept` with the printed text on standard input.
"""

import html
import re
import sys
from pathlib import Path

COLOURS = {"error": "#f7768e", "warning": "#e0af68", "info": "#7dcfff"}
WIDTH, SIZE, HEIGHT = 118, 14, 20


def drawn(lines: list[str]) -> str:
    """The lines as an SVG picture."""
    rows = []
    for number, line in enumerate(lines, start=1):
        head = re.match(r"(error|warning|info) (\S+)(.*)", line)
        if head:
            colour = COLOURS[head[1]]
            body = f'<tspan fill="{colour}">{head[1]}</tspan> <tspan font-weight="bold">{html.escape(head[2])}</tspan>{html.escape(head[3])}'
        else:
            body = html.escape(line)
        faint = ' fill="#787c99"' if line.startswith("    ") else ""
        rows.append(f'<text x="20" y="{20 + number * HEIGHT}" xml:space="preserve"{faint}>{body}</text>')
    size = f'width="{40 + WIDTH * 8.45:.0f}" height="{44 + len(lines) * HEIGHT}"'
    style = f'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="{SIZE}" fill="#c0caf5"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="Output of make build">\n' \
           f'<rect width="100%" height="100%" rx="8" fill="#1a1b26"/>\n<g {style}>\n' + "\n".join(rows) + "\n</g>\n</svg>\n"  # fmt: skip


def chosen(printed: str) -> list[str]:
    """The account, the first findings, and the last lines."""
    lines = [line if len(line) <= WIDTH else line[: WIDTH - 1] for line in printed.splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith(("error", "warning", "info")))
    disagree = next(number for number, line in enumerate(lines) if line.startswith("warning sources-disagree"))
    return [
        "$ make build",
        *lines[:first],
        *lines[first : first + 5],
        *lines[disagree : disagree + 6],
        "…",
        *lines[-4:],
    ]


if __name__ == "__main__":
    Path(".github/output.svg").write_text(drawn(chosen(sys.stdin.read())), encoding="utf-8")
