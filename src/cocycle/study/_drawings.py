"""Which figures a report shows, from the stored stages. Each is made only when what it shows is finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cocycle import viz

from ._candidates import title
from ._format import number, percent, sig

if TYPE_CHECKING:
    from ._study import _Run

__all__ = ["Drawing", "drawings"]

_PANELS = 4  # variables shown in figures with one panel each


@dataclass(frozen=True)
class Drawing:
    """A figure with its name (where the page puts it) and its caption."""

    name: str
    figure: Any
    caption: str


def drawings(run: _Run) -> Iterator[Drawing]:
    """All figures that can be drawn, in no particular order."""
    for draw in (_recording, _future, _spectra, _reconstruction, _delay, _divergence, _scaling, _candidates, _tests):
        yield from draw(run)
    for draw in (_errors, _examples, _covered, _motion, _exponents, _eigenvalues):
        yield from draw(run)


# -- the data ---------------------------------------------------------------------------------------------------


def _recording(run: _Run) -> Iterator[Drawing]:
    data = run.recording.longest
    clock = run.recording.clock
    values = np.asarray(data.states)
    shown = data.variables[:_PANELS]
    marks = []
    if run.store.get("choices") is not None:
        index = [len(e) for e in run.recording.episodes].index(len(data))
        marks = [(clock.labels(data, [run.parts.at[index]])[0], "test part →")]
    figure = viz.series(clock.labels(data), values[:, : len(shown)], shown, x_title=clock.axis, marks=marks)
    more = f" The first {len(shown)} of {data.dim} variables." if data.dim > len(shown) else ""
    kept = " (thinned for drawing)" if len(data) > 5000 else ""
    yield Drawing("recording", figure, f"The recording{kept}; the dotted line is where the test part begins.{more}")


def _spectra(run: _Run) -> Iterator[Drawing]:
    found = (run.store.get("characterise") or {}).get("curves", {}).get("spectrum") or {}
    lines = [{"x": c["x"], "y": c["y"], "name": name} for name, c in found.items() if len(c["x"]) > 1]
    if lines:
        unit = run.recording.clock.per_unit
        figure = viz.curves(lines, x_title=f"frequency ({unit})", y_title="power", log_x=True, log_y=True)
        yield Drawing("spectrum", figure, "Power spectrum. Peaks are periods; a smooth slope is noise or chaos.")


def _space(run: _Run, values: np.ndarray, delay: int) -> tuple[np.ndarray, list[str]]:
    """Points in two or three dimensions: the variables, or delayed copies of the only one."""
    variables = run.recording.info["variables"]
    if values.shape[1] >= 2:
        return values[:, :3], list(variables[:3])
    x = values[:, 0]
    copies = 3 if len(x) > 4 * delay else 2
    n = len(x) - (copies - 1) * delay
    names = [variables[0]] + [f"{variables[0]}, {k * delay} samples later" for k in range(1, copies)]
    return np.stack([x[k * delay : k * delay + n] for k in range(copies)], axis=1), names


def _reconstruction(run: _Run) -> Iterator[Drawing]:
    if run.store.get("choices") is None:
        return
    embedding = run.embedding[0]
    points, names = _space(run, np.asarray(run.recording.longest.states), embedding.delay)
    smooth = embedding.delay > 1 or not _jumps(points)
    cloud = {"points": points, "name": "data", "mode": "lines" if smooth else "markers"}
    figure = viz.attractor([cloud], names)
    how = "with delays" if run.recording.longest.dim == 1 else "in its first variables"
    yield Drawing("attractor", figure, f"The motion in state space, reconstructed {how}.")


def _jumps(points: np.ndarray) -> bool:
    """Whether successive points are so far apart that a line through them would hide their shape."""
    steps = np.abs(np.diff(points, axis=0)).mean(axis=0)
    return bool(np.mean(steps / np.maximum(points.std(axis=0), 1e-300)) > 0.25)


def _delay(run: _Run) -> Iterator[Drawing]:
    curves = (run.store.get("choices") or {}).get("curves", {})
    curve = curves.get("delay_curve")
    if curve is None or np.ndim(curve) != 1 or len(curve) < 2:
        return
    dt = run.recording.info["dt"]
    lags = np.asarray(curves.get("delay_lags") or np.arange(len(curve)), float)[: len(curve)] * dt
    delay = run.embedding[0].delay
    line = {"x": lags, "y": curve, "name": ""}
    figure = viz.curves([line], x_title=run.recording.clock.lag_axis, y_title="mutual information (nats)",
                        marks=[(delay * dt, "chosen delay")], height=270)  # fmt: skip
    yield Drawing("delay", figure, "What a sample says about a later one; the delay is read from this curve.")


def _fitted_line(run: _Run, name: str, x: str, y: str) -> tuple[list[dict[str, Any]], list[tuple[float, str]]]:
    """A diagnostic curve with its error band and the line fitted in its window; empty if there is none."""
    characterised = run.store.get("characterise") or {}
    found = characterised.get("curves", {}).get(name) or {}
    record = next((m for m in characterised.get("measures", []) if m["name"] == name), None)
    if record is None or record["value"] is None or x not in found or y not in found or "window" not in found:
        return [], []
    horizontal, vertical = np.asarray(found[x], float), np.asarray(found[y], float)
    error = np.asarray(found.get(f"{y}_stderr", np.zeros(len(vertical))), float)
    low, high = (float(v) for v in found["window"])
    fit = [found["intercept"] + record["value"] * v for v in (low, high)]
    lines = [
        {"x": horizontal, "y": vertical, "low": vertical - error, "high": vertical + error, "name": "data"},
        {"x": [low, high], "y": fit, "name": f"slope {number(record['value'], record['stderr'])}", "tint": "#c8553d"},
    ]
    return lines, [(low, ""), (high, "")]


def _divergence(run: _Run) -> Iterator[Drawing]:
    lines, marks = _fitted_line(run, "largest_lyapunov", "times", "divergence")
    if lines:
        figure = viz.curves(lines, x_title=run.recording.clock.lag_axis, y_title="mean log distance", marks=marks)
        text = "How neighbouring states separate. The slope between the dotted lines is the largest Lyapunov exponent."
        yield Drawing("divergence", figure, text)


def _scaling(run: _Run) -> Iterator[Drawing]:
    lines, marks = _fitted_line(run, "correlation_dimension", "log_radius", "log_sum")
    if lines:
        figure = viz.curves(lines, x_title="log distance", y_title="log share of closer pairs", marks=marks)
        text = "The correlation sum. Its slope between the dotted lines is the correlation dimension."
        yield Drawing("scaling", figure, text)


# -- the models -------------------------------------------------------------------------------------------------


def _candidates(run: _Run) -> Iterator[Drawing]:
    selected = run.store.get("select")
    if selected is None:
        return
    records = {r["name"]: r for r in selected["records"]}
    best = [records[name] for name in selected["best"]]
    rows = [
        {
            "label": r["name"] + (" (baseline)" if r["baseline"] else ""),
            "value": r["score"],
            "low": max(r["score"] - r["se"], 1e-3 * r["score"]) if r["se"] else None,
            "high": r["score"] + r["se"] if r["se"] else None,
            "strong": r["name"] == selected["chosen"],
            "weak": r["baseline"],
        }
        for r in best
    ]
    wide = max(r["value"] for r in rows) > 20 * max(min(r["value"] for r in rows), 1e-12)
    figure = viz.dots(rows, x_title="validation error (MASE)", log_x=wide and min(r["value"] for r in rows) > 0)
    yield Drawing(
        "candidates", figure,
        "Validation error of the best of each kind of model, ± one standard error (red: chosen; grey: baselines).",
    )  # fmt: skip


def _tested(run: _Run) -> list[dict[str, Any]]:
    selected = run.store.get("select")
    if selected is None or run.store.get("forecast") is None:
        return []
    return [run.store.get(f"test/{i:02d}") for i in range(len(selected["best"]))]


def _tests(run: _Run) -> Iterator[Drawing]:
    tested = [t for t in _tested(run) if t["skill"]["mase"] is not None]
    if not tested:
        return
    rows = [
        {
            "label": t["skill"]["name"] + (" (baseline)" if t["skill"]["baseline"] else ""),
            "value": t["skill"]["mase"],
            "strong": t["skill"]["chosen"],
            "weak": t["skill"]["baseline"],
        }
        for t in sorted(tested, key=lambda t: t["skill"]["mase"])
    ]
    wide = rows[-1]["value"] > 20 * max(rows[0]["value"], 1e-12) and rows[0]["value"] > 0
    figure = viz.dots(rows, x_title="test error (MASE)", log_x=wide)
    yield Drawing("tests", figure, "The same models in the test part, which played no role in the choice.")


def _errors(run: _Run) -> Iterator[Drawing]:
    tested = [t for t in _tested(run) if t.get("error_by_horizon")]
    if not tested or len(tested[0]["error_by_horizon"]) < 2:
        return
    tested.sort(key=lambda t: (not t["skill"]["chosen"], t["skill"]["mase"]))
    ahead = (1 + np.arange(len(tested[0]["error_by_horizon"]))) * run.recording.info["dt"]
    kept = [t for t in tested if t["skill"]["chosen"]] + [t for t in tested if not t["skill"]["chosen"]][:5]
    lines = [
        {"x": ahead, "y": t["error_by_horizon"], "name": title(t["skill"]["family"]),
         "tint": "#c8553d" if t["skill"]["chosen"] else None, "dash": "dot" if t["skill"]["baseline"] else None}
        for t in kept
    ]  # fmt: skip
    palette = ["#2f5d8c", "#4c8c6a", "#8d6a9f", "#b8862b", "#4a9aa8"]
    for line in lines:
        line["tint"] = line["tint"] or palette.pop(0)
    errors = np.concatenate([np.asarray(line["y"], float) for line in lines])
    wide = errors.min() > 0 and errors.max() > 30 * errors.min()
    figure = viz.curves(
        lines, x_title=run.recording.clock.lag_axis, y_title="test error (MASE)", log_y=bool(wide), height=360
    )
    yield Drawing("errors", figure, "How the error in the test part grows with the time ahead (dotted: baselines).")


def _examples(run: _Run) -> Iterator[Drawing]:
    chosen = next((t for t in _tested(run) if t["skill"]["chosen"] and t.get("shown")), None)
    if chosen is None:
        return
    width = np.asarray(chosen["half_width"])
    shown = chosen["shown"]
    episode = shown[-1]["episode"]
    shown = [s for s in shown if s["episode"] == episode][-4:]
    data = run.parts.episodes[episode]
    values, horizon = np.asarray(data.states), len(width)
    labels = run.recording.clock.labels(data)
    first = max(0, shown[0]["row"] - horizon)
    last = min(len(values), shown[-1]["row"] + horizon)
    panels = []
    for j, name in enumerate(data.variables[:_PANELS]):
        several = []
        for s in shown:
            rows = slice(s["row"], s["row"] + horizon)
            y = np.asarray(s["forecast"])[:, j]
            several.append((labels[rows], y, y - width[:, j], y + width[:, j]))
        panels.append({"name": name, "past_x": labels[first:last], "past_y": values[first:last, j], "several": several,
                       "interval": f"{percent(chosen['level'])} interval"})  # fmt: skip
    figure = viz.prediction(panels, x_title=run.recording.clock.axis)
    yield Drawing("examples", figure, "Forecasts in the test part (red) against what was recorded (black).")


def _covered(run: _Run) -> Iterator[Drawing]:
    chosen = next((t for t in _tested(run) if t["skill"]["chosen"] and t.get("by_horizon")), None)
    if chosen is None or len(chosen["by_horizon"]) < 2:
        return
    ahead = (1 + np.arange(len(chosen["by_horizon"]))) * run.recording.info["dt"]
    lines = [
        {"x": ahead, "y": 100 * np.asarray(chosen["by_horizon"]), "name": "observed", "tint": "#c8553d"},
        {
            "x": ahead,
            "y": np.full(len(ahead), 100 * chosen["level"]),
            "name": "wanted",
            "tint": "#8a94a0",
            "dash": "dot",
        },
    ]
    figure = viz.curves(lines, x_title=run.recording.clock.lag_axis, y_title="inside the interval (%)", height=270)
    figure.update_yaxes(range=[0, 104])
    yield Drawing("coverage", figure, "How often the intervals hold in the test part, by time ahead.")


def _future(run: _Run) -> Iterator[Drawing]:
    forecast = run.store.get("forecast")
    if forecast is None:
        return
    data = run.recording.episodes[-1]
    clock = run.recording.clock
    horizon = len(forecast["states"])
    past = max(0, len(data) - max(4 * horizon, 60))
    labels = clock.labels(data, np.asarray(data.times)[past:])
    values = np.asarray(data.states)[past:]
    states, low, high = (np.asarray(forecast[k], float) for k in ("states", "low", "high"))
    panels = [
        {"name": name, "past_x": labels, "past_y": values[:, j], "x": forecast["labels"], "y": states[:, j],
         "low": low[:, j], "high": high[:, j], "interval": f"{percent(forecast['info']['level'])} interval"}
        for j, name in enumerate(data.variables[:_PANELS])
    ]  # fmt: skip
    figure = viz.prediction(panels, x_title=clock.axis)
    ahead = clock.span(horizon * run.recording.info["dt"])
    far = f"{horizon} samples" if ahead == f"{horizon} samples" else f"{horizon} samples ({ahead})"
    yield Drawing("future", figure, f"The forecast beyond the end of the data: {far} ahead.")


# -- the fitted model -------------------------------------------------------------------------------------------


def _motion(run: _Run) -> Iterator[Drawing]:
    analysis = run.store.get("analysis")
    if analysis is None or analysis.get("run") is None or any(v is None for row in analysis["run"] for v in row):
        return
    delay = run.embedding[0].delay
    model = np.asarray(analysis["run"], float)
    data = np.asarray(run.recording.longest.states, float)[-len(model) :]
    one, names = _space(run, data, delay)
    two, _ = _space(run, model, delay)
    mode = "markers" if delay == 1 and _jumps(one) else "lines"
    figure = viz.attractor(
        [{"points": one, "name": "data", "mode": mode}, {"points": two, "name": "model", "mode": mode}], names
    )
    yield Drawing("motion", figure, "The model's own motion (red) and the data (blue) in the same space.")


def _exponents(run: _Run) -> Iterator[Drawing]:
    analysis = run.store.get("analysis") or {}
    groups = []
    for record, name in ((analysis.get("spectrum"), "model"), ((analysis.get("truth") or {}).get("spectrum"), "truth")):
        if record and record["value"] is not None:
            values = [v for v in np.atleast_1d(np.asarray(record["value"], float)) if np.isfinite(v)]
            errors = np.atleast_1d(np.asarray(record["stderr"], float))[: len(values)] if record["stderr"] else None
            groups.append({"x": [f"λ{i + 1}" for i in range(len(values))], "y": values, "name": name, "err": errors})
    if groups:
        unit = run.recording.clock.per_unit
        figure = viz.bars(groups, x_title="", y_title=f"exponent ({unit})")
        what = " and of the true system" if len(groups) > 1 else ""
        yield Drawing("exponents", figure, f"Lyapunov exponents of the fitted model{what}, with standard errors.")


def _eigenvalues(run: _Run) -> Iterator[Drawing]:
    points = (run.store.get("analysis") or {}).get("fixed_points") or []
    points = [p for p in points if p["inside"]][:4]
    groups = [
        {"values": [complex(*m) for m in p["multipliers"]], "name": f"fixed point at {sig(p['state'][:3])}"}
        for p in points
    ]
    if groups:
        figure = viz.eigenvalues(groups)
        yield Drawing(
            "eigenvalues", figure,
            "Multipliers of the model's fixed points over one sample: inside the circle a direction decays.",
        )  # fmt: skip
