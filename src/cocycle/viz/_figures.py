"""Figures of a study, from plain arrays to plotly. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ._theme import BAND, GREY, INK, axis, base_layout, colour, rgba

__all__ = [
    "attractor",
    "bars",
    "curves",
    "dots",
    "eigenvalues",
    "heatmap",
    "histogram",
    "histogram_steps",
    "prediction",
    "series",
    "thinned",
]


def thinned(n: int, most: int = 2000) -> slice:
    """A slice that keeps at most about `most` of `n` points: figures stay light, the eye sees no difference."""
    return slice(None, None, max(1, -(-n // most)))


def _line(x, y, name, tint, **changes) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "line": {"color": tint, "width": 1.4},
        **changes,
    }


def _band(x, low, high, tint, name, **changes) -> dict[str, Any]:
    """A closed polygon between two curves: one trace, one entry in the legend."""
    x = list(x)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x + x[::-1],
        "y": list(high) + list(low)[::-1],
        "fill": "toself",
        "fillcolor": rgba(tint, BAND),
        "line": {"width": 0, "color": rgba(tint, 0)},
        "name": name,
        "hoverinfo": "skip",
        **changes,
    }


def _figure(data, layout):
    import plotly.graph_objects as go

    return go.Figure(data=data, layout=layout)


def _stacked(rows: int, y_titles: Sequence[str], x_title: str, gap: float = 0.05) -> dict[str, Any]:
    """Layout entries of `rows` panels over one another with a shared time axis."""
    height = (1 - gap * (rows - 1)) / rows
    layout: dict[str, Any] = {}
    for row in range(rows):
        top = 1 - row * (height + gap)
        suffix = "" if row == 0 else str(row + 1)
        layout[f"yaxis{suffix}"] = axis(y_titles[row], domain=[max(top - height, 0.0), top], nticks=5)
        last = row == rows - 1
        layout[f"xaxis{suffix}"] = axis(
            x_title if last else "", anchor=f"y{suffix}", showticklabels=last, **({} if row == 0 else {"matches": "x"})
        )
    return layout


def series(times, values: np.ndarray, variables: Sequence[str], *, x_title: str, marks: Sequence[tuple[Any, str]] = ()):
    """The recording: one panel a variable, `marks` as labelled vertical lines (such as where the test part begins)."""
    rows = len(variables)
    keep = thinned(len(values), 5000)
    data = []
    for row, name in enumerate(variables):
        suffix = "" if row == 0 else str(row + 1)
        line = _line(times[keep], values[keep, row], name, colour(row), xaxis=f"x{suffix}", yaxis=f"y{suffix}")
        line["line"]["width"] = 1.0
        data.append(line)
    shapes = [
        {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": GREY, "dash": "dot"}}
        for x, _ in marks
    ]
    notes = [
        {"x": x, "y": 1, "yref": "paper", "xanchor": "right", "yanchor": "bottom", "text": text, "showarrow": False,
         "font": {"size": 11, "color": GREY}}  # to the left: at the right the buttons would cover it
        for x, text in marks
    ]  # fmt: skip
    layout = base_layout(height=90 + 150 * min(rows, 6), legend=False, shapes=shapes, annotations=notes)
    layout["margin"]["t"] = 30
    return _figure(data, {**layout, **_stacked(rows, variables, x_title)})


def curves(
    lines: Sequence[Mapping[str, Any]],
    *,
    x_title: str,
    y_title: str,
    log_x: bool = False,
    log_y: bool = False,
    marks: Sequence[tuple[float, str]] = (),
    height: int = 320,
):
    """Curves on one axis. Each line: `x`, `y`, `name` and optionally `low`, `high`, `dash`, `markers`, `tint`."""
    data = []
    for index, line in enumerate(lines):
        tint = line.get("tint") or colour(index)
        if line.get("low") is not None:
            data.append(_band(line["x"], line["low"], line["high"], tint, "", showlegend=False))
        trace = _line(line["x"], line["y"], line["name"], tint)
        if line.get("dash"):
            trace["line"]["dash"] = line["dash"]
        if line.get("markers"):
            trace["mode"] = "lines+markers"
            trace["marker"] = {"size": 5, "color": tint}
        data.append(trace)
    shapes = [
        {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": GREY, "dash": "dot"}}
        for x, _ in marks
    ]
    notes = [
        {"x": np.log10(x) if log_x else x, "y": 1, "yref": "paper", "yanchor": "bottom", "text": text,
         "showarrow": False, "font": {"size": 11, "color": GREY}}
        for x, text in marks
    ]  # fmt: skip
    many = len([line for line in lines if line["name"]]) > 1
    layout = base_layout(height=height, legend=many, shapes=shapes, annotations=notes)
    if marks:
        layout["margin"]["t"] = 30
    layout["xaxis"] = axis(x_title, **({"type": "log", "exponentformat": "power", "dtick": 1} if log_x else {}))
    layout["yaxis"] = axis(y_title, **({"type": "log", "exponentformat": "power"} if log_y else {}))
    return _figure(data, layout)


def prediction(panels: Sequence[Mapping[str, Any]], *, x_title: str):
    """Forecasts with their interval, one panel a variable.

    Each panel: `name`; `past_x`, `past_y`; `x`, `y`, `low`, `high` of the forecast; optionally `truth_x`, `truth_y`.
    """
    rows = len(panels)
    tint, data = colour(1), []
    for row, panel in enumerate(panels):
        suffix = "" if row == 0 else str(row + 1)
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "showlegend": row == 0}
        data.append(_line(panel["past_x"], panel["past_y"], "recorded", INK, legendgroup="r", **place))
        if panel.get("truth_x") is not None:
            truth = _line(panel["truth_x"], panel["truth_y"], "recorded later", INK, legendgroup="t", **place)
            truth["line"] = {"color": INK, "width": 1.4, "dash": "dot"}
            data.append(truth)
        for episode, (x, y, low, high) in enumerate(_forecasts(panel)):
            spot = {**place, "showlegend": row == 0 and episode == 0}
            data.append(_band(x, low, high, tint, panel["interval"], legendgroup="b", **spot))
            forecast = _line(x, y, "forecast", tint, legendgroup="f", **spot)
            forecast["line"]["width"] = 1.8
            data.append(forecast)
    layout = base_layout(height=110 + 170 * min(rows, 6))
    return _figure(data, {**layout, **_stacked(rows, [p["name"] for p in panels], x_title)})


def _forecasts(panel):
    """One or several forecasts of a panel as a list of `(x, y, low, high)`."""
    if "several" in panel:
        return panel["several"]
    return [(panel["x"], panel["y"], panel["low"], panel["high"])]


def attractor(clouds: Sequence[Mapping[str, Any]], names: Sequence[str]):
    """Orbits in two or three dimensions side by side in one space: each cloud has `points` (n, 2 or 3) and `name`."""
    data = []
    three = np.shape(clouds[0]["points"])[1] >= 3
    for index, cloud in enumerate(clouds):
        points = np.asarray(cloud["points"])[thinned(len(cloud["points"]), 4000)]
        tint = cloud.get("tint") or colour(index)
        mode = cloud.get("mode", "lines")
        trace: dict[str, Any] = {
            "type": "scatter3d" if three else "scatter",
            "mode": mode,
            "x": points[:, 0],
            "y": points[:, 1],
            "name": cloud["name"],
            "line": {"color": tint, "width": 1.6 if three else 0.9},
            "marker": {"color": tint, "size": 1.8 if three else 2.6},
            "opacity": 0.85,
        }
        if three:
            trace["z"] = points[:, 2]
        data.append(trace)
    layout = base_layout(height=460, legend=len(clouds) > 1)
    if three:
        space = {"showbackground": False, "gridcolor": "#e3e7ec", "zeroline": False, "showspikes": False}
        layout["scene"] = {
            "xaxis": {**space, "title": {"text": names[0]}},
            "yaxis": {**space, "title": {"text": names[1]}},
            "zaxis": {**space, "title": {"text": names[2]}},
            "camera": {"eye": {"x": 1.55, "y": 1.55, "z": 0.85}, "center": {"x": 0, "y": 0, "z": -0.1}},
            "aspectmode": "cube",
        }
        layout["margin"] = {"l": 0, "r": 0, "t": 30, "b": 0}
    else:
        layout["xaxis"], layout["yaxis"] = axis(names[0]), axis(names[1])
    return _figure(data, layout)


def dots(
    rows: Sequence[Mapping[str, Any]], *, x_title: str, log_x: bool = False, reference: tuple[float, str] | None = None
):
    """A dot plot: one labelled row each with `label`, `value`, optional `low`, `high`, and `strong` for the chosen."""
    rows = list(rows)[::-1]
    labels = [row["label"] for row in rows]
    tints = [colour(1) if row.get("strong") else GREY if row.get("weak") else colour(0) for row in rows]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": [row["value"] for row in rows],
        "y": labels,
        "marker": {"size": 9, "color": tints},
        "showlegend": False,
        "hovertemplate": "%{y}: %{x:.3g}<extra></extra>",
    }
    if any(row.get("low") is not None for row in rows):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [row["high"] - row["value"] if row.get("high") is not None else 0 for row in rows],
            "arrayminus": [row["value"] - row["low"] if row.get("low") is not None else 0 for row in rows],
            "color": GREY,
            "thickness": 1.2,
            "width": 0,
        }
    layout = base_layout(height=100 + 26 * len(rows), legend=False)
    layout["xaxis"] = axis(
        x_title, **({"type": "log", "exponentformat": "power", "dtick": 1} if log_x else {"rangemode": "tozero"})
    )
    layout["yaxis"] = axis("", showgrid=True, ticks="", type="category")
    if reference is not None:
        layout["shapes"] = [
            {"type": "line", "x0": reference[0], "x1": reference[0], "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": GREY, "dash": "dot"}}
        ]  # fmt: skip
        layout["annotations"] = [
            {"x": np.log10(reference[0]) if log_x else reference[0], "y": 1, "yref": "paper", "yanchor": "bottom",
             "text": reference[1], "showarrow": False, "font": {"size": 11, "color": GREY}}
        ]  # fmt: skip
        layout["margin"]["t"] = 30
    return _figure([trace], layout)


def bars(groups: Sequence[Mapping[str, Any]], *, x_title: str, y_title: str):
    """Grouped bars with error bars: each group has `x` (labels), `y`, optional `err`, `name`."""
    data = []
    for index, group in enumerate(groups):
        trace: dict[str, Any] = {
            "type": "bar",
            "x": list(group["x"]),
            "y": list(group["y"]),
            "name": group["name"],
            "marker": {"color": colour(index)},
        }
        if group.get("err") is not None:
            trace["error_y"] = {"type": "data", "array": list(group["err"]), "color": INK, "thickness": 1, "width": 3}
        data.append(trace)
    layout = base_layout(height=300, legend=len(groups) > 1, barmode="group", bargap=0.35)
    layout["xaxis"], layout["yaxis"] = axis(x_title, type="category"), axis(y_title, zeroline=True, zerolinecolor=GREY)
    return _figure(data, layout)


def heatmap(matrix: np.ndarray, *, x, y, x_title: str, y_title: str, points: np.ndarray | None = None):
    """A recurrence plot or any other matrix, dark where large; `points` (n, 2) are drawn over it.

    The still twin gives both axes one scale, unless they are of different kinds (`constrain` of the horizontal one is
    `None`) or very unequal.
    """
    trace = {
        "type": "heatmap",
        "z": matrix,
        "x": x,
        "y": y,
        "showscale": False,
        "colorscale": [[0, "#ffffff"], [1, INK]],
        "hoverinfo": "skip",
    }
    data = [trace]
    if points is not None:
        points = np.asarray(points)
        marks = {"size": 2.5, "color": colour(1)}
        data.append({"type": "scatter", "mode": "markers", "x": points[:, 0], "y": points[:, 1], "marker": marks})
    layout = base_layout(height=460, legend=False)
    layout["xaxis"] = axis(x_title, constrain="domain", showgrid=False)
    layout["yaxis"] = axis(y_title, showgrid=False)
    return _figure(data, layout)


def eigenvalues(groups: Sequence[Mapping[str, Any]]):
    """Eigenvalues of a map's Jacobian in the complex plane, with the unit circle that separates decay from growth."""
    angle = np.linspace(0, 2 * np.pi, 181)
    data = [_line(np.cos(angle), np.sin(angle), "unit circle", GREY, hoverinfo="skip")]
    for index, group in enumerate(groups):
        values = [complex(v) for v in group["values"]]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [v.real for v in values],
                "y": [v.imag for v in values],
                "name": group["name"],
                "marker": {"size": 8, "color": colour(index)},
            }
        )
    layout = base_layout(height=380)
    layout["xaxis"] = axis("real part")
    layout["yaxis"] = axis("imaginary part", scaleanchor="x")
    return _figure(data, layout)


def histogram_steps(values) -> tuple[np.ndarray, np.ndarray]:
    """The outline of a histogram, how many in each bin, from zero to zero."""
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    if not np.ptp(values) > 0:
        half = 0.5 * max(abs(float(values[0])), 1.0) * 0.1
        edges = np.array([values[0] - half, values[0] + half])
    else:
        bins = int(np.clip(1.5 * np.sqrt(len(values)), 6, 60))
        edges = np.linspace(values.min(), values.max(), bins + 1)
    counts, _ = np.histogram(values, edges)
    return np.repeat(edges, 2), np.concatenate([[0.0], np.repeat(counts, 2), [0.0]])


def histogram(groups: Sequence[Mapping[str, Any]], *, x_title: str, y_title: str):
    """Distributions as outlines of area one: each group has `values`, `name`, and optionally `at`, `low`, `high`.

    `at` is drawn as a vertical line (a mean, say) and `low` to `high` as a band around it.
    """
    data: list[dict[str, Any]] = []
    for index, group in enumerate(groups):
        tint = colour(index)
        x, y = histogram_steps(group["values"])
        y = y / float(np.sum(y[1:-1:2] * np.diff(x)[1::2]))
        data.append(_line(x, y, group["name"], tint, fill="tozeroy", fillcolor=rgba(tint, 0.2)))
        if group.get("at") is not None:
            top = [0.0, 1.05 * float(y.max())]
            if group.get("low") is not None and group["high"] > group["low"]:
                data.append(_band([group["low"], group["high"]], [0.0] * 2, [top[1]] * 2, tint, "", showlegend=False))
            mark = _line([group["at"]] * 2, top, "", tint, showlegend=False)
            mark["line"]["dash"] = "dash"
            data.append(mark)
    layout = base_layout(legend=len(groups) > 1)
    layout["xaxis"], layout["yaxis"] = axis(x_title), axis(y_title, rangemode="tozero")
    return _figure(data, layout)
