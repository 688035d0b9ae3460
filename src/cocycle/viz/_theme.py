"""One look for every figure: a restrained, colour-blind safe palette, thin axes, no chart junk."""

from __future__ import annotations

from typing import Any

__all__ = ["BAND", "COLOURS", "FONT", "GREY", "INK", "PAPER", "base_layout", "colour", "rgba"]

INK = "#1f2933"
GREY = "#8a94a0"
RULE = "#dfe3e8"
PAPER = "#ffffff"
FONT = "Inter, 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
# distinguishable with every common colour vision deficiency, and in print
COLOURS = ("#2f5d8c", "#c8553d", "#4c8c6a", "#8d6a9f", "#b8862b", "#4a9aa8", "#6b7280", "#a14a76")
BAND = 0.16


def colour(index: int) -> str:
    """The colour of the series number `index`; they repeat after eight."""
    return COLOURS[index % len(COLOURS)]


def rgba(hexadecimal: str, alpha: float) -> str:
    """A translucent version of a `#rrggbb` colour."""
    red, green, blue = (int(hexadecimal[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def axis(title: str = "", **changes: Any) -> dict[str, Any]:
    """An axis: a thin line, outside ticks, a faint grid."""
    return {
        "title": {"text": title, "standoff": 8},
        "showline": True,
        "linecolor": GREY,
        "linewidth": 1,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": GREY,
        "gridcolor": "#eef0f3",
        "zeroline": False,
        "automargin": True,
        **changes,
    }


def base_layout(*, height: int = 320, legend: bool = True, **changes: Any) -> dict[str, Any]:
    """The layout that all figures share."""
    return {
        "height": height,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 13, "color": INK},
        "margin": {"l": 64, "r": 24, "t": 36 if legend else 16, "b": 52},
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT, "size": 12}, "bgcolor": PAPER, "bordercolor": RULE},
        "showlegend": legend,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "bgcolor": "rgba(0,0,0,0)",
            "itemsizing": "constant",
        },
        "colorway": list(COLOURS),
        **changes,
    }
