"""A small still picture of a motion, for catalogues and thumbnails."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from ._theme import INK, colour

__all__ = ["portrait", "to_png"]


def portrait(states: Any, labels: Sequence[str], *, style: str, size: float = 3.2) -> Any:
    """A matplotlib figure of a motion.

    **Arguments**

    - `states`: what is drawn, one row a sample; for `"field"` one image.
    - `labels`: the names of the axes.
    - `style`: `"orbit"` (a curve in the plane or in space), `"points"` (a cloud of two columns), `"series"` (columns
      against the first), `"spacetime"` (rows upwards, columns to the right), `"field"` (an image).
    - `size`: its width in inches.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    states = np.asarray(states, dtype=float)
    figure = Figure(figsize=(size, 0.8 * size), layout="constrained")
    FigureCanvasAgg(figure)
    if style == "orbit" and states.shape[1] >= 3:
        _in_space(figure, states, labels)
        return figure
    ax = figure.add_subplot()
    if style == "orbit":
        ax.plot(states[:, 0], states[:, 1], lw=0.5, color=colour(0))
    elif style == "points":
        ax.plot(states[:, 0], states[:, 1], ls="", marker=",", color=colour(0), alpha=0.6)
    elif style == "series":
        for column in range(1, states.shape[1]):
            ax.plot(states[:, 0], states[:, column], lw=0.7, color=colour(column - 1))
    else:
        reach = np.nanpercentile(np.abs(states - np.nanmean(states)), 99.5) or 1.0
        middle = np.nanmean(states)
        ax.imshow(
            states, origin="lower", aspect="auto" if style == "spacetime" else "equal", cmap="RdBu_r",
            vmin=middle - reach, vmax=middle + reach, interpolation="nearest",
        )  # fmt: skip
        ax.set_xticks([])
        ax.set_yticks([])
    ax.set_xlabel(labels[0], fontsize=8, color=INK)
    ax.set_ylabel(labels[1], fontsize=8, color=INK)
    ax.tick_params(labelsize=7, colors=INK)
    for side in ax.spines.values():
        side.set_color("#b0bec5")
    return figure


def _in_space(figure, states, labels) -> None:
    ax: Any = figure.add_subplot(projection="3d")
    ax.plot(*states[:, :3].T, lw=0.35, color=colour(0))
    ax.view_init(elev=22, azim=-58)
    ax.set_xlabel(labels[0], fontsize=8, labelpad=-10, color=INK)
    ax.set_ylabel(labels[1], fontsize=8, labelpad=-10, color=INK)
    ax.set_zlabel(labels[2], fontsize=8, labelpad=-10, color=INK)
    ax.tick_params(labelsize=6, pad=-4, colors=INK)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_major_locator(_few_ticks())
        axis.pane.set_facecolor("white")
        axis._axinfo["grid"].update(color="#eceff1", linewidth=0.5)


def _few_ticks():
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4)


def to_png(figure: Any, *, dpi: int = 130, colours: int = 64) -> bytes:
    """A matplotlib figure as a small PNG: a few colours are enough for lines, and take a third of the bytes."""
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, dpi=dpi)
    Image.open(drawn).convert("RGB").quantize(colours).save(small, format="png", optimize=True)
    return small.getvalue()
