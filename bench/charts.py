"""Draws what the mixed load saw and puts it with its table into docs/performance.md, between two marks."""

import os
from datetime import datetime
from html import escape

from bench.mixed import CONNECTIONS, SHOWN
from madoguchi.ports import JAPAN
from tests.support import processes

DOCS = processes.ROOT / "docs"
BEGIN, END = "<!-- made by make bench ARGS=mixed: begin -->", "<!-- made by make bench: end -->"
WIDTH, LEFT, RIGHT, BAR, GAP = 760, 190, 110, 11, 9
STYLE = """<style>
text { font: 13px sans-serif; fill: #222 } .h { font-weight: bold } .v { font-size: 11px }
.a { fill: #9db8d9 } .b { fill: #1f5fa8 } .c { fill: #e0b98a } .d { fill: #a85a10 }
svg { background: #fff }
@media (prefers-color-scheme: dark) { svg { background: #16181c } text { fill: #e8e8e8 }
.a { fill: #4a6a94 } .b { fill: #8fbcf0 } .c { fill: #86623a } .d { fill: #f0b070 } }
</style>"""


def write(runs, claims):
    """The charts into docs/charts, the section into docs/performance.md."""
    (DOCS / "charts").mkdir(exist_ok=True)
    names = [named(run) for run in runs]
    rates = [(f"{count} connection{'s' * (count > 1)}", [run.rate(count) for run in runs])
             for count in CONNECTIONS]  # fmt: skip
    waits = [(step, [1000 * (run.at(step, 8, 0.5) or 0) for run in runs]) for step in SHOWN]
    drawn = {
        "load-rate.svg": chart("Answers a second, all kinds of pages", names, rates, "{:,.0f}"),
        "load-pages.svg": chart("Median wait at 8 connections, ms", names, waits, "{:,.1f}"),
    }
    for name, svg in drawn.items():
        (DOCS / "charts" / name).write_text(svg, encoding="utf-8")
    file = DOCS / "performance.md"
    before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    file.write_text(before + BEGIN + section(runs, claims) + END + after, encoding="utf-8")


def named(run):
    """A run as legend and table name it."""
    return f"{run.engine}, {run.book.members:,} members, {run.book.entries:,} transactions"


def chart(title, names, groups, shown):
    """Horizontal bars in groups, one bar a run, each with its value."""
    most = max(value for _, values in groups for value in values)
    kinds, y, parts = "abcd", 52 + 18 * len(names), []
    for n, name in enumerate(names):
        parts.append(f'<rect class="{kinds[n]}" x="10" y="{36 + 18 * n}" width="12" height="12"/>'
                     f'<text x="28" y="{47 + 18 * n}">{escape(name)}</text>')  # fmt: skip
    for label, values in groups:
        parts.append(f'<text x="10" y="{y + len(values) * BAR / 2 + 5:.0f}">{escape(label)}</text>')
        for n, value in enumerate(values):
            long = (WIDTH - LEFT - RIGHT) * value / most
            top = y + n * BAR
            size = f'x="{LEFT}" y="{top}" width="{long:.1f}" height="{BAR - 1}"'
            place = f'x="{LEFT + long + 5:.1f}" y="{top + 9}"'
            parts.append(f'<rect class="{kinds[n]}" {size}/>')
            parts.append(f'<text class="v" {place}>{shown.format(value)}</text>')
        y += len(values) * BAR + GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 6}" role="img">'
    told = [f"<title>{escape(title)}</title>", STYLE, f'<text class="h" x="10" y="22">{escape(title)}</text>']
    return "\n".join([head, *told, *parts, "</svg>\n"])


def section(runs, claims):
    """The run's day and load, what was claimed, charts, and median / slowest in a hundred of each page."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    day = f"{datetime.now(JAPAN):%-d %B %Y}"
    cores = f"on {os.cpu_count()} cores (the crowd itself included)"
    lines = ["", "", f"Run of {day}, load average at its end {load} {cores}.", ""]
    lines += ["| what | measured | wanted | |", "|---|---|---|---|"]
    for claim in claims:
        sign = "≥" if claim.at_least else "≤"
        note = f" ({claim.note})" if claim.note else ""
        verdict = "kept" if claim.kept else "missed"
        lines.append(f"| {claim.what} | {claim.measured:.2f}{note} | {sign} {claim.bound:g} | {verdict} |")
    lines += ["", "![Answers a second by connections](charts/load-rate.svg)", "",
              "![Median wait of each page](charts/load-pages.svg)", "",
              "Median / slowest in a hundred in ms at 8 connections; the slowest of fewer than a hundred are "
              "simply the slowest:", "", "| page | " + " | ".join(map(named, runs)) + " |",
              "|---|" + "---|" * len(runs)]  # fmt: skip
    for step in SHOWN:
        lines.append(f"| {step} | " + " | ".join(cell(run, step) for run in runs) + " |")
    lines.append("| memory, two workers | " + " | ".join(f"{run.memory:.0f} MiB" for run in runs) + " |")
    return "\n".join([*lines, "", ""])


def cell(run, step):
    """A page's two figures, or a dash where nobody came."""
    half, most = run.at(step, 8, 0.5), run.at(step, 8, 0.99)
    return f"{1000 * half:.1f} / {1000 * most:.0f}" if half is not None else "–"
