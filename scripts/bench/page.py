"""Put the last full run into docs/performance.md, and its curves into docs/assets.

    python -m scripts.bench --write-docs     measures everything before
    python -m scripts.bench.page             takes build/bench-run.json, which `make bench` wrote

It replaces the two blocks of the page that stand between comments: what a user notices, and the tables.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.ticker import LogLocator, NullLocator

from anyqpu_pictures.canvas import inked, paper
from scripts.bench.environments import ROOT
from scripts.bench.report import Curve, Row, table
from scripts.bench.summary import sentences

RUN, PAGE, ASSETS = ROOT / "build" / "bench-run.json", ROOT / "docs" / "performance.md", ROOT / "docs" / "assets"
BEGIN, END = "<!-- The last run: written by scripts/bench/page.py -->", "<!-- The end of the last run -->"
SHORT_BEGIN, SHORT_END = "<!-- In short: written by scripts/bench/page.py -->", "<!-- The end of what is in short -->"
# Distinct for readers with colour blindness, and by their markers in print.
COLOURS = ("#0072B2", "#56B4E9", "#009E73", "#CC79A7", "#D55E00", "#E69F00", "#8B6914", "#9A9A9A", "#222222")
MARKS = "osD^vX*P."


def written(page: str, run: dict[str, Any], figures: dict[str, str]) -> str:
    """Return the page with a run; `figures` are file names by the title of the curve."""
    minutes = sum(run["seconds"].values()) / 60
    rows = [Row(**row) for row in run["rows"]]
    parts = [f"{run['machine']}; {minutes:.0f} minutes.", table(rows), "## How costs grow"]
    for raw in run["curves"]:
        curve = curve_of(raw)
        if curve.title in figures:
            parts.append(f"![{curve.title}](assets/{figures[curve.title]})")
        parts.append(curve.text())
    page = replaced(page, SHORT_BEGIN, SHORT_END, sentences(rows))
    return replaced(page, BEGIN, END, "\n\n".join(parts))


def replaced(page: str, begin: str, end: str, text: str) -> str:
    """Return the page with a text between two comments. Raises SystemExit if it lacks one of them."""
    before, _, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_end:
        raise SystemExit(f"{PAGE.name} lacks {begin} or {end}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def curve_of(saved: dict[str, Any]) -> Curve:
    """Read a curve from JSON."""
    lines = [(str(line[0]), *map(float, line[1:])) for line in saved["lines"]]
    return Curve(saved["title"], tuple(saved["head"]), saved["axis"], saved["is_drawn"], list(lines))


def draw(curve: Curve, to: Path) -> None:
    """Draw each column against the first; without a common axis in panels that begin at zero."""
    at = [float(line[0]) for line in curve.lines]
    columns = [(name, [float(line[number]) for line in curve.lines]) for number, name in enumerate(curve.head)][1:]
    panels = [columns] if curve.axis else [[column] for column in columns]
    figure, axes = paper(7.5 if curve.axis else 2.6 * len(panels), 3.8 if curve.axis else 2.6, columns=len(panels))
    for ax, panel in zip(axes, panels, strict=True):
        for number, (name, values) in enumerate(panel):
            ax.plot(at, values, marker=MARKS[number], color=COLOURS[number], label=name, linewidth=1.4, markersize=5)
        if wide := at[-1] / at[0] > 50:
            ax.set_xscale("log")
            ax.xaxis.set_minor_locator(NullLocator())
        if curve.axis:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            ax.yaxis.set_major_formatter("{x:,g}")
            ax.yaxis.set_minor_locator(NullLocator())
        else:
            ax.set_ylim(0, max(panel[0][1]) * 1.1)
            ax.set_xlim(None if wide else 0)
        ax.set_xticks(at, [f"{value:,g}" for value in at], fontsize=8)
        ax.tick_params(labelsize=8)
        ax.set_xlabel(curve.head[0])
        ax.set_ylabel(curve.axis or panel[0][0])
        ax.spines[["top", "right"]].set_visible(False)
    if curve.axis:
        axes[0].legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8)
    with rc_context({"svg.hashsalt": "anyqpu"}):
        inked(figure).savefig(to, format="svg", metadata={"Date": None})


def write_docs(run: dict[str, Any]) -> None:
    """Draw the curves of a run and write the page. Raises SystemExit if it was not a full run."""
    if not run.get("is_full"):
        raise SystemExit("the last run was not a full one: use python -m scripts.bench --write-docs")
    figures: dict[str, str] = {}
    for raw in run["curves"]:
        curve = curve_of(raw)
        if curve.is_drawn and len(curve.lines) > 1:
            words = re.findall(r"[a-z]{2,}", curve.title.lower())
            figures[curve.title] = f"performance-{'-'.join(words[:3])}.svg"
            draw(curve, ASSETS / figures[curve.title])
    PAGE.write_text(written(PAGE.read_text(), run, figures))


if __name__ == "__main__":
    write_docs(json.loads(RUN.read_text()))
