"""The figure of an estimate: the evidence behind the number, found by the names in its `diagnostics`.

One figure a kind of evidence, not one a measure: a new measure whose diagnostics have these names has its figure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ._evidence_parts import (
    _MANY,
    _PARAMETERS,
    _ROWS,
    _SAMPLES,
    _bar,
    _beside,
    _columns,
    _curves,
    _ends,
    _figure_of,
    _header,
    _is_value,
    _level,
    _Panel,
    _parameter,
    _range,
    _reach,
    _upright,
    _with_unit,
    _word,
)
from ._figures import _band, _line, heatmap, histogram_steps
from ._theme import GREY, INK, colour, rgba

__all__ = ["evidence", "kind_of_evidence"]


def evidence(estimate: Any) -> Any:
    """The figure of an `Estimate`: the evidence behind the number, with its error bar.

    Which figure it is follows from the names in `diagnostics`, the first that fits (`kind_of_evidence` names it):

    | kind | diagnostics | figure |
    |---|---|---|
    | `surrogates` | `surrogates` `(n,)`, `statistic` | their distribution, and where the data lie |
    | `plane` | `plane` `(3, m)`, `entropy` (and `complexity`, else the value) | the entropy-complexity plane |
    | `convergence` | `history` `(m, k)`, `times` | running means, and the band at which they end |
    | `scaling` | `window`, `intercept`, `local_slope`, a parameter and a curve | the fit, and the local slopes |
    | `spectrogram` | `frequency`, `times`, a value of shape `(times, frequencies)` | a heatmap of the power |
    | `spectrum` | `frequency` and `spectrum`, or a value in data^2 time; `background` | power against frequency |
    | `matrix` | `matrix`, `times` | a recurrence plot |
    | `lengths` | `lengths`, `counts` | how many lines have which length |
    | `settings` | `by_...` `(m, 2)` | the value at other settings |
    | `map` | `positions` `(n, 2)` and one value each | the values where they belong |
    | `curve` | a parameter, and curves of its length or the value itself | the curves, the value read from them |
    | `distribution` | `values`, `angles`, `phase_differences`, `durations` or `degree` | a histogram |
    | `probabilities` | `probabilities` or `swaps` | ranked, so that what never occurs shows |
    | `agreement` | `time_reversed`, of the value's shape | the values, and those of the reversed recording |
    | `value` | nothing of these | the value with its error bar |

    Parameters are `lags`, `dimensions`, `scales`, `alphas`, `components`, `frequency`, `rows`, `times` and the like. A
    curve has its length along the first axis; beside it, `<name>_stderr` is its error and `<name>_fit` a line through
    it. `chance_level` is what a value that is a curve exceeds by chance. `read_on` names the axis on which the value
    lies: a parameter (a lag that was chosen) or a curve (a mean over time).
    """
    kind = next(kind for kind in _KINDS if kind.fits(estimate))
    figure = kind.draw(estimate)
    title = {"text": _header(estimate), "font": {"size": 14}, "x": 0.0, "xanchor": "left", "xref": "paper", "y": 0.98}
    return figure.update_layout(title=title, margin={"t": 76 if figure.layout.showlegend else 44})


def kind_of_evidence(estimate: Any) -> str:
    """Which kind of figure `evidence` draws of an estimate."""
    return next(kind.name for kind in _KINDS if kind.fits(estimate))


# -- kinds -------------------------------------------------------------------------------------------------------


def _surrogates(e):
    null, own = np.asarray(e.diagnostics["surrogates"], float), float(e.diagnostics["statistic"])
    x, y = histogram_steps(null)
    tall = [0.0, 1.1 * float(max(y))]
    bars = _line(x, y, f"{len(null)} surrogates", GREY, fill="tozeroy", fillcolor=rgba(GREY, 0.3))
    if own == float(np.ravel(e.value)[0]) and e.stderr is not None:  # the value is the statistic
        mark = _upright(e, tall)
        mark[-1]["name"] = "data"
    else:
        mark = [_line([own, own], tall, "data", colour(1))]
        mark[-1]["line"]["width"] = 2.4
    return _figure_of([_Panel([bars, *mark], "surrogates", {"rangemode": "tozero"})], "statistic")


def _plane(e):
    d = e.diagnostics
    entropies, low, high = np.asarray(d["plane"], float)
    h, value = np.atleast_1d(np.asarray(d["entropy"], float)), np.atleast_1d(np.asarray(e.value, float))
    c = np.atleast_1d(np.asarray(d.get("complexity", value), float))
    data = [
        _line(entropies, high, "bounds", GREY),
        _line(entropies, low, "", GREY, showlegend=False),
    ]
    if len(h) > 1:
        data += _curves(h, c, "other lags")
        data[-1] |= {"mode": "lines+markers", "marker": {"size": 4, "color": colour(0)}}
    at = (value[0], value[1]) if len(value) == 2 else (h[0], value[0])
    error = np.atleast_1d(np.zeros(1) if e.stderr is None else np.asarray(e.stderr, float))
    across = error[0] if len(value) == 2 else float(np.asarray(d.get("entropy_stderr", 0.0)))
    bars = {"type": "data", "color": colour(1), "thickness": 1.2, "width": 3}
    point = {"type": "scatter", "mode": "markers", "x": [at[0]], "y": [at[1]], "name": "estimate"}
    point |= {"marker": {"size": 9, "color": colour(1)}, "error_y": {**bars, "array": [1.96 * error[-1]]}}
    if across:
        point["error_x"] = {**bars, "array": [1.96 * across], "arrayminus": [1.96 * across]}
    return _figure_of([_Panel([*data, point], "statistical complexity")], "permutation entropy")


def _convergence(e):
    x, history = np.asarray(e.diagnostics["times"], float), _columns(e.diagnostics["history"])
    several, panels = np.ndim(e.value) > 0, []
    for i, column in enumerate(history.T[:_ROWS]):  # a panel each: what one differs by is invisible on the scale of all
        one = e[i] if several else e
        level = _level(one, x)
        # the early averages are far off: the axis shows where they settle
        low, high = _range([*column[len(column) // 8 :], *np.ravel(_ends(one) or ())])
        pad = 0.06 * (high - low)
        traces = [*_curves(x, column, "running mean"), *level]
        for trace in traces if i else ():
            trace["showlegend"] = False
        title = (f"{i + 1}" if several else e.name.replace("_", " ")) + (f" ({e.unit})" if e.unit else "")
        panels.append(_Panel(traces, title, {"range": [low - pad, high + pad]}))
    return _figure_of(panels, "time")


def _scaling(e):
    d = e.diagnostics
    x_name = next(name for name in _PARAMETERS if name in d and np.ndim(d[name]) == 1 and _beside(e, name))
    y_name = _beside(e, x_name)[0]
    x, y = np.asarray(d[x_name], float), np.asarray(d[y_name], float)
    a, b = (float(end) for end in d["window"])
    value = float(np.ravel(e.value)[0])
    fit = _line([a, b], [d["intercept"] + value * a, d["intercept"] + value * b], "fit in the window", colour(1))
    fit["line"]["width"] = 3.2
    curve = _curves(x, y, _word(y_name), d.get(f"{y_name}_stderr"))
    slopes = _curves(x, d["local_slope"], "", None)
    for trace in slopes:
        trace["showlegend"] = False
    unit = f" ({e.unit})" if e.unit else ""
    inside = (x >= min(a, b)) & (x <= max(a, b))
    low, high = _range([0.0, value, *np.asarray(d["local_slope"], float)[inside]])
    lower = {"range": [low - 0.1 * (high - low), high + 0.6 * (high - low)]}
    return _figure_of(
        [_Panel([*curve, fit], _word(y_name)), _Panel([*slopes, *_level(e, [a, b])], f"local slope{unit}", lower)],
        _word(x_name),
    )


def _spectrum(e):
    d = e.diagnostics
    frequency = np.asarray(d["frequency"], float)
    keep = frequency > 0
    shown = "spectrum" in d
    power = _columns(d["spectrum"] if shown else e.value)[keep]
    x, traces, reaches = frequency[keep], [], power[power > 0]
    floor = float(reaches.min()) if reaches.size else 1e-12
    if not shown and e.interval is not None:
        low, high = (_columns(end)[keep] for end in e.interval)
        for i in range(power.shape[1]):
            low_i, high_i = np.maximum(low[:, i], floor), np.maximum(high[:, i], floor)
            traces.append(_band(x, low_i, high_i, colour(i), "" if i else _bar(e), showlegend=not i))
    for i, column in enumerate(power.T):
        name = "power" if power.shape[1] == 1 else f"variable {i + 1}"
        traces.append(_line(x, np.maximum(column, floor), name, colour(i)))
    if "background" in d:
        line = _line(x, np.maximum(_columns(d["background"])[keep, 0], floor), "background", GREY)
        line["line"]["dash"] = "dash"
        traces.append(line)
    if shown and e.unit == "time" and np.ndim(e.value) == 0:  # a period, drawn at its frequency
        value, ends = float(e.value), _ends(e)
        low, high = (value, value) if ends is None else (float(ends[1][0]), float(ends[2][0]))
        at = (1 / value, 1 / high, 1 / low if low > 0 else float(x[-1]))
        traces += _upright(e, (floor, float(power.max())), at)
    panel = _Panel(traces, "power (data^2 time)", {"type": "log", "exponentformat": "power", "nticks": 6})
    return _figure_of([panel], "frequency (1/time)", type="log", exponentformat="power", dtick=1)


def _spectrogram(e):
    times, frequency = (np.asarray(e.diagnostics[name], float) for name in ("times", "frequency"))
    power = np.asarray(e.value, float).reshape(len(times), len(frequency), -1)
    first = power[:, :, 0].T
    shade = np.log10(np.maximum(first, 1e-6 * first.max()))  # sixty decibels: rounding errors are not worth a shade
    variable = f", variable 1 of {power.shape[2]}" if power.shape[2] > 1 else ""
    x_title = f"time (dark: much power{variable})"
    figure = heatmap(shade, x=times, y=frequency, x_title=x_title, y_title="frequency (1/time)")
    return figure.update_xaxes(constrain=None)


def _matrix(e):
    times = np.asarray(e.diagnostics["times"], float)
    matrix = np.asarray(e.diagnostics["matrix"], float)
    x_title, y_title = e.diagnostics.get("axes", ("time", "time"))
    return heatmap(matrix.T, x=times, y=times, x_title=x_title, y_title=y_title)


def _lengths(e):
    lengths, counts = np.asarray(e.diagnostics["lengths"]), np.asarray(e.diagnostics["counts"], float)
    bars = _line(lengths, counts, "", colour(0), mode="markers", marker={"size": 7, "color": colour(0)})
    panel = _Panel([bars], "lines", {"type": "log", "exponentformat": "power", "nticks": 6})
    return _figure_of([panel], "length of a line (samples)")


def _settings(e):
    name = _by(e)
    assert name is not None
    table = np.asarray(e.diagnostics[name], float)
    table = table[np.argsort(table[:, 0])]
    x_title = {"by_length": "length (samples)", "by_spacing": "one sample in so many", "by_threshold": "quantile"}
    label = x_title.get(name, name.removeprefix("by_").replace("_", " "))
    traces = [*_curves(table[:, 0], table[:, 1], "at other settings"), *_level(e, table[:, 0])]
    return _figure_of([_Panel(traces, _with_unit(e))], label)


def _by(e) -> str | None:
    found = [n for n, v in e.diagnostics.items() if n.startswith("by_") and np.ndim(v) == 2 and np.shape(v)[1] == 2]
    return found[0] if found and np.ndim(e.value) == 0 else None


def _map(e):
    where, value = np.asarray(e.diagnostics["positions"], float)[:, :2], np.asarray(e.value, float).ravel()
    low, high = np.nanquantile(value, [0.02, 0.98])
    shade = np.clip((value - low) / max(high - low, 1e-300), 0, 1)
    light, dark = np.array([0xDF, 0xE3, 0xE8]), np.array([int(INK[i : i + 2], 16) for i in (1, 3, 5)])
    rows = light + np.outer(shade, dark - light)
    tints = ["#" + bytes(int(v) for v in row).hex() for row in rows]
    point = {"type": "scatter", "mode": "markers", "x": where[:, 0], "y": where[:, 1], "name": ""}
    point["marker"] = {"size": 5, "color": tints}
    names = e.diagnostics.get("axes", ("x0", "x1"))
    return _figure_of([_Panel([point], names[1])], f"{names[0]} (dark: {e.name.replace('_', ' ')} large)")


def _curve(e):
    d, name = e.diagnostics, _parameter(e)
    assert name is not None
    x, panels = np.asarray(d[name], float), []
    if _is_value(e, name):
        y, traces = _columns(e.value), []
        if e.interval is not None:
            low, high = (_columns(end) for end in e.interval)
            for i in range(y.shape[1]):
                traces.append(_band(x, low[:, i], high[:, i], colour(i), "" if i else _bar(e), showlegend=not i))
        traces += _curves(x, y, _word(e.name))
        traces += _zero(x, y)
        traces += _by_chance(e, x, y)
        panels.append(_Panel(traces, _with_unit(e)))
    for y_name in _beside(e, name):
        if len(panels) == 2:
            break
        traces = _curves(x, d[y_name], _word(y_name), d.get(f"{y_name}_stderr"))
        if f"{y_name}_fit" in d:
            traces.append(_line(x, np.asarray(d[f"{y_name}_fit"], float), "fit", colour(1)))
        if d.get("read_on") == y_name:
            traces += _level(e, x)
        elif d.get("read_on") == name:
            traces += _upright(e, _reach(traces))
        for trace in traces:
            if panels:
                trace["showlegend"] = False
        panels.append(_Panel(traces, _word(y_name)))
    whole = len(x) <= 15 and bool((x == np.round(x)).all())
    changes: dict[str, Any] = {"dtick": 1} if whole else {}
    return _figure_of(panels, _word(name), **changes)


def _zero(x, y) -> list[dict[str, Any]]:
    """The zero line, where the curves cross it."""
    if not (np.nanmin(y) < 0 < np.nanmax(y)):
        return []
    return [_line([float(np.min(x)), float(np.max(x))], [0.0, 0.0], "", GREY, showlegend=False)]


def _by_chance(e, x, y) -> list[dict[str, Any]]:
    """What a value that is nothing exceeds in 5 % of all cases; of both signs where the curve has both."""
    if "chance_level" not in e.diagnostics:
        return []
    level = np.broadcast_to(np.asarray(e.diagnostics["chance_level"], float), x.shape)
    lines = [_line(x, level, "5 % by chance", GREY)]
    if np.nanmin(y) < 0:
        lines.append(_line(x, -level, "", GREY, showlegend=False))
    for line in lines:
        line["line"]["dash"] = "dash"
    return lines


def _distribution(e):
    name = next(name for name in _SAMPLES if name in e.diagnostics)
    x, y = histogram_steps(np.asarray(e.diagnostics[name], float))
    bars = _line(x, y, "single values", colour(0), fill="tozeroy", fillcolor=rgba(colour(0), 0.25))
    on_axis = name in ("values", "durations") or e.unit == "rad"
    mark = _upright(e, (0.0, 1.05 * float(max(y)))) if on_axis else []
    title = f"{e.name.replace('_', ' ')} at one state" if name == "values" else _word(name)
    return _figure_of([_Panel([bars, *mark], "how many", {"rangemode": "tozero"})], title)


def _probabilities(e):
    ranked = "probabilities" in e.diagnostics
    rows = np.atleast_2d(np.asarray(e.diagnostics["probabilities" if ranked else "swaps"], float))[:_MANY]
    states, traces = rows.shape[1], []
    for i, p in enumerate(rows):
        p = np.sort(p)[::-1] if ranked else p
        edges = np.repeat(np.arange(states + 1) + (0.5 if ranked else -0.5), 2)[1:-1]
        line = _line(edges, np.repeat(p, 2), "found" if len(rows) == 1 else f"variable {i + 1}", colour(i))
        if len(rows) == 1:
            line |= {"fill": "tozeroy", "fillcolor": rgba(colour(0), 0.25)}
        traces.append(line)
    even = _line([0.5, states + 0.5], [1 / states] * 2, "all alike", GREY)
    even["line"]["dash"] = "dash"
    panel = _Panel([*traces, *([even] if ranked else [])], "probability", {"rangemode": "tozero"})
    return _figure_of([panel], "pattern or word, by rank" if ranked else "swaps")


def _agreement(e):
    value = np.atleast_1d(np.asarray(e.value, float))
    index = np.arange(1, len(value) + 1)
    traces = _points(e, index)
    other = np.asarray(e.diagnostics["time_reversed"], float)
    marker = {"size": 6, "color": colour(1)}
    traces.append({"type": "scatter", "mode": "markers", "x": index, "y": other, "name": "reversed", "marker": marker})
    traces += _zero([0.5, len(value) + 0.5], np.concatenate([value, [0.0]]) if len(value) else value)
    return _figure_of([_Panel(traces, _with_unit(e))], "index", dtick=1)


def _value(e):
    flat = np.atleast_1d(np.asarray(e.value, float)).ravel()
    index = np.arange(1, len(flat) + 1)
    changes: dict[str, Any] = {"range": [0.5, len(flat) + 0.5], "dtick": max(1, len(flat) // 10)}
    if len(flat) == 1:
        changes |= {"showticklabels": False, "ticks": ""}
    x_title = "index" if len(flat) > 1 else e.name.replace("_", " ")
    return _figure_of([_Panel(_points(e, index), _with_unit(e))], x_title, **changes)


def _points(e, index) -> list[dict[str, Any]]:
    """The values as points with their error bars."""
    flat = np.atleast_1d(np.asarray(e.value, float)).ravel()
    trace = {"type": "scatter", "mode": "markers", "x": index, "y": flat, "name": "estimate"}
    trace["marker"] = {"size": 8, "color": colour(0)}
    if (ends := _ends(e)) is not None:
        trace["error_y"] = {"type": "data", "symmetric": False, "array": ends[2] - flat, "arrayminus": flat - ends[1]}
        trace["error_y"] |= {"color": colour(0), "thickness": 1.4, "width": 4}
    return [trace]


class _Kind(NamedTuple):
    name: str
    fits: Callable[[Any], bool]
    draw: Callable[[Any], Any]


def _has(*names: str) -> Callable[[Any], bool]:
    return lambda e: all(name in e.diagnostics for name in names)


def _power(e) -> bool:
    """Whether there is a power to draw against frequency: a phase or a coherence is a curve like others."""
    return "frequency" in e.diagnostics and ("spectrum" in e.diagnostics or e.unit == "data^2 time")


def _one_each(e) -> bool:
    return "positions" in e.diagnostics and np.size(e.value) == len(e.diagnostics["positions"])


_KINDS = (
    _Kind("surrogates", _has("surrogates", "statistic"), _surrogates),
    _Kind("plane", _has("plane", "entropy"), _plane),
    _Kind("convergence", _has("history", "times"), _convergence),
    _Kind("scaling", _has("window", "intercept", "local_slope"), _scaling),
    _Kind("spectrogram", lambda e: _has("frequency", "times")(e) and np.ndim(e.value) > 1, _spectrogram),
    _Kind("spectrum", _power, _spectrum),
    _Kind("matrix", _has("matrix", "times"), _matrix),
    _Kind("lengths", _has("lengths", "counts"), _lengths),
    _Kind("distribution", lambda e: any(n in e.diagnostics for n in _SAMPLES), _distribution),
    _Kind("settings", lambda e: _by(e) is not None, _settings),
    _Kind("map", _one_each, _map),
    _Kind("curve", lambda e: _parameter(e) is not None, _curve),
    _Kind("probabilities", lambda e: "probabilities" in e.diagnostics or "swaps" in e.diagnostics, _probabilities),
    _Kind("agreement", lambda e: e.diagnostics.get("time_reversed") is not None, _agreement),
    _Kind("value", lambda e: True, _value),
)
