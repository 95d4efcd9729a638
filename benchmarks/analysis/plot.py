"""Draws the report's panels. Runs in the peers' Python, where matplotlib is.

``python -m benchmarks.analysis.plot OUT.svg`` reads the panels as JSON from standard input.
"""

import json
import sys
from importlib import import_module
from typing import Any

_OURS, _PEERS, _GRID, _INK = "#0f766e", "#8a9199", "#e5e7ea", "#2b2f33"
_STYLE = {
    "axes.edgecolor": _GRID,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "font.size": 9,
    "grid.color": _GRID,
    "svg.fonttype": "none",
    "svg.hashsalt": "the same each time",
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}
_COLUMNS, _WIDTH_IN, _MARK_IN, _PANEL_IN = 2, 10.0, 0.24, 0.8


def draw(panels: list[dict[str, Any]], out: str) -> None:
    """Write the panels, two beside each other, as one picture."""
    matplotlib = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams.update(_STYLE)
    pairs = [panels[n : n + _COLUMNS] for n in range(0, len(panels), _COLUMNS)]
    heights_in = [_PANEL_IN + _MARK_IN * max(len(p["marks"]) for p in pair) for pair in pairs]
    figure, grid = import_module("matplotlib.pyplot").subplots(
        len(pairs),
        _COLUMNS,
        figsize=(_WIDTH_IN, sum(heights_in)),
        height_ratios=heights_in,
        layout="constrained",
        squeeze=False,
    )
    for row, pair in zip(grid, pairs, strict=True):
        for axes, panel in zip(row, pair, strict=False):
            _draw_panel(axes, panel)
        for axes in row[len(pair) :]:
            axes.set_axis_off()
    figure.savefig(out, metadata={"Date": None, "Creator": None})


def _draw_panel(axes: Any, panel: dict[str, Any]) -> None:  # noqa: ANN401 - matplotlib is not here
    """Draw one panel: a dot for each number, a line for its interval, its name at the left."""
    axes.set_title(panel["title"])
    for place, mark in enumerate(panel["marks"]):
        color = _OURS if mark["ours"] else _PEERS
        axes.plot([mark["low"], mark["high"]], [place, place], color=color, linewidth=2, alpha=0.5)
        axes.plot(mark["value"], place, "o", color=color, markersize=6)
        axes.annotate(
            f"{mark['value']:.3g}",
            (mark["high"], place),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=color,
        )
    axes.set_yticks(range(len(panel["marks"])), [mark["name"] for mark in panel["marks"]])
    axes.set_ylim(len(panel["marks"]) - 0.5, -0.5)
    _scale(axes, panel)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _scale(axes: Any, panel: dict[str, Any]) -> None:  # noqa: ANN401
    """Leave room for the numbers at the right; a linear axis begins at nothing."""
    highest = max(mark["high"] for mark in panel["marks"])
    if not panel["logarithmic"]:
        axes.set_xlim(0, 1.2 * highest)
        return
    ticker = import_module("matplotlib.ticker")
    axes.set_xscale("log")
    axes.set_xlim(right=4 * highest)
    axes.xaxis.set_major_formatter(ticker.FormatStrFormatter("%g"))
    axes.xaxis.set_minor_formatter(ticker.NullFormatter())


if __name__ == "__main__":
    draw(json.load(sys.stdin), sys.argv[1])
