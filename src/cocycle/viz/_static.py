"""A still picture of a plotly figure, as SVG: what is printed, and what is shown where scripts do not run."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from ._theme import GREY, INK

__all__ = ["to_svg"]

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.7,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#eef0f3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.fonttype": "none",
    "svg.hashsalt": "cocycle",
    "path.simplify": True,
    "path.simplify_threshold": 0.5,
}
_DASH = {"dot": ":", "dash": "--", "dashdot": "-."}


def to_svg(figure: Any, *, width: float = 7.0) -> str:
    """Draw a figure made by `cocycle.viz` with matplotlib and return the SVG element as text (`width` in inches)."""
    import matplotlib

    with matplotlib.rc_context(_STYLE):
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        layout = figure.layout
        height = float(layout.height or 320) / 96 * (width / 8.6)
        canvas = Figure(figsize=(width, height))
        FigureCanvasSVG(canvas)
        space = any(trace.type == "scatter3d" for trace in figure.data)
        draw = _draw_space if space else _draw_plane
        draw(canvas, figure)
        # fixed margins in inches: a layout engine would draw everything twice
        left = 0.0 if space else 0.7 + 0.062 * max(0, _longest_label(figure) - 6)
        title = _text(figure.layout.title.text)
        top = (0.45 if figure.layout.showlegend else 0.22) + (0.26 if title else 0.0)
        if title:
            canvas.text(left / width, 1 - 0.07 / height, title, ha="left", va="top", fontsize=9.5, color=INK)
        canvas.subplots_adjust(
            left / width, 0.04 if space else 0.5 / height, 1 - 0.15 / width, 1 - top / height, hspace=0.12
        )
        out = io.StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def _longest_label(figure) -> int:
    """Length of the longest category on the vertical axis; 0 for numbers."""
    if figure.layout.yaxis.type != "category":
        return 0
    return max((len(str(y)) for trace in figure.data for y in trace.y), default=0)


def _plain(values):
    values = np.asarray(values) if values is not None else np.empty(0)
    if values.dtype.kind in "OUS":
        try:
            return values.astype("datetime64[ns]")
        except ValueError:
            try:
                return values.astype(float)
            except (TypeError, ValueError):
                return values.astype(str)
    return values


def _tint(value):
    """A plotly colour as matplotlib understands it."""
    if isinstance(value, str) and value.startswith("rgba"):
        red, green, blue, alpha = (float(part) for part in value[5:-1].split(","))
        return (red / 255, green / 255, blue / 255, alpha)
    return value


def _draw_plane(canvas, figure):
    from matplotlib.ticker import LogLocator, MultipleLocator

    names = sorted({trace.yaxis or "y" for trace in figure.data}, key=lambda name: int(name[1:] or 1))
    axes = canvas.subplots(len(names), 1, sharex=len(names) > 1, squeeze=False)[:, 0]
    place = dict(zip(names, axes, strict=True))
    layout = figure.layout
    for trace in figure.data:
        _draw_trace(place[trace.yaxis or "y"], trace)
    for name, ax in place.items():
        suffix = name[1:]
        x_axis, y_axis = layout[f"xaxis{suffix}"], layout[f"yaxis{suffix}"]
        ax.set_ylabel(_text(y_axis.title.text))
        ax.set_xlabel(_text(x_axis.title.text))
        if x_axis.type == "log":
            ax.set_xscale("log")
            ax.xaxis.set_minor_locator(LogLocator(subs=(2.0, 5.0)))  # their labels do not run into each other
        if y_axis.type == "log":
            ax.set_yscale("log")
        if y_axis.scaleanchor:
            ax.set_aspect("equal", adjustable="datalim")
        square = 1 / 3 < np.ptp(ax.get_xlim()) / np.ptp(ax.get_ylim()) < 3  # else the picture would be a thread
        if x_axis.constrain == "domain" and square:
            ax.set_aspect("equal")
        if y_axis.range is not None:
            ax.set_ylim(*y_axis.range)
        elif y_axis.rangemode == "tozero":
            ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]) if ax.dataLim.y0 < 0 else 0.0)
        if x_axis.range is not None:
            ax.set_xlim(*x_axis.range)
        if x_axis.dtick and x_axis.type != "log":
            ax.xaxis.set_major_locator(MultipleLocator(float(x_axis.dtick)))
        for axis, own in ((ax.xaxis, x_axis), (ax.yaxis, y_axis)):
            if own.ticktext is not None:
                axis.set_ticks(list(own.tickvals), labels=[_text(text) for text in own.ticktext])
        if x_axis.showticklabels is False and ax is axes[-1]:
            ax.set_xticks([])
        if x_axis.rangemode == "tozero":
            ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
        for shape in layout.shapes or ():
            ax.axvline(_plain([shape.x0])[0], color=GREY, linestyle=":", linewidth=0.9)
    for note in layout.annotations or ():
        x = _plain([note.x])[0]
        x = 10.0**x if layout.xaxis.type == "log" else x
        axes[0].annotate(
            _text(note.text), (x, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=7.5, color=GREY, annotation_clip=False,
        )  # fmt: skip
    _legend(canvas, axes[0], figure)


def _draw_trace(ax, trace):
    x, y = _plain(trace.x), _plain(trace.y)
    label = trace.name if trace.showlegend is not False and trace.name else None
    if trace.type == "heatmap":
        ax.pcolormesh(
            x, y, np.asarray(trace.z), cmap="Greys", shading="auto", rasterized=True, vmin=trace.zmin, vmax=trace.zmax
        )
        ax.grid(False)
    elif trace.type == "bar":
        siblings = getattr(ax, "_cocycle_bars", 0)
        ax._cocycle_bars = siblings + 1
        error = trace.error_y.array if trace.error_y and trace.error_y.array is not None else None
        ax.bar(np.arange(len(x)) + 0.3 * siblings, y, 0.28, yerr=error, color=trace.marker.color, label=label,
               error_kw={"linewidth": 0.8, "capsize": 2})  # fmt: skip
        ax.set_xticks(np.arange(len(x)) + 0.15 * siblings, [str(v) for v in x])
        ax.axhline(0, color=GREY, linewidth=0.7)
    elif trace.fill == "toself":
        half = len(x) // 2
        ax.fill_between(x[:half], y[half:][::-1], y[:half], color=_tint(trace.fillcolor), linewidth=0, label=label)
    elif trace.mode == "markers":
        for side in ("x", "y"):
            if (bar := trace[f"error_{side}"]) and bar.array is not None:
                minus = bar.array if bar.arrayminus is None else bar.arrayminus
                error = np.abs([np.asarray(minus, float), np.asarray(bar.array, float)])
                look = {"ecolor": bar.color or GREY, "elinewidth": 0.9, "capsize": 0.5 * (bar.width or 0)}
                ax.errorbar(x, y, fmt="none", zorder=1, **{f"{side}err": error}, **look)
        ax.scatter(x, y, c=trace.marker.color, s=(trace.marker.size or 6) ** 2 * 0.42, label=label, zorder=2)
    else:
        if trace.fill == "tozeroy":
            ax.fill_between(x, 0, y, color=_tint(trace.fillcolor), linewidth=0)
        style = _DASH.get(trace.line.dash or "", "-")
        marker = "o" if "markers" in (trace.mode or "") else None
        ax.plot(x, y, color=_tint(trace.line.color), linewidth=0.62 * (trace.line.width or 1.4), linestyle=style,
                marker=marker, markersize=2.6, label=label)  # fmt: skip


def _draw_space(canvas, figure):
    ax = canvas.add_subplot(projection="3d")
    for trace in figure.data:
        label = trace.name if len(figure.data) > 1 else None
        x, y, z = (np.asarray(v, float) for v in (trace.x, trace.y, trace.z))
        if trace.mode == "markers":
            ax.scatter(x, y, z, s=1.2, color=trace.marker.color, label=label, depthshade=False, rasterized=True)  # type: ignore[arg-type]
        else:
            ax.plot(x, y, z, color=trace.line.color, linewidth=0.45, label=label)
    scene = figure.layout.scene
    ax.set_xlabel(_text(scene.xaxis.title.text))
    ax.set_ylabel(_text(scene.yaxis.title.text))
    ax.set_zlabel(_text(scene.zaxis.title.text))
    for pane in (ax.xaxis, ax.yaxis, ax.zaxis):
        pane.set_pane_color((1, 1, 1, 0))
    ax.view_init(22, 45)
    _legend(canvas, ax, figure)


def _legend(canvas, ax, figure):
    handles, labels = ax.get_legend_handles_labels()
    if figure.layout.showlegend and len(labels) > 1:
        below = 0.26 / canvas.get_figheight() if figure.layout.title.text else 0.0
        canvas.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.0, 1 - below), ncols=min(len(labels), 4))


def _text(value) -> str:
    """Plotly titles may hold a little HTML; matplotlib takes plain text."""
    for tag in ("<b>", "</b>", "<i>", "</i>", "<sub>", "</sub>", "<sup>", "</sup>"):
        value = (value or "").replace(tag, "")
    return (value or "").replace("$", r"\$")
