"""Parts of the figures of an estimate: what stands at the axes, and how curves, levels and bands are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from ._figures import _band, _figure, _line, _stacked, thinned
from ._theme import base_layout, colour

# what a curve may be drawn against, in the order in which they are looked for, and what stands at the axis
_PARAMETERS = {
    "lags": "lag (samples)",
    "dimensions": "embedding dimension",
    "log_radius": "ln r",
    "log_inverse_scale": "ln 1/k",
    "scales": "scale (samples)",
    "alphas": "coupling strength alpha",
    "components": "component",
    "counts_of_exponents": "exponents summed",
    "c": "frequency c (rad)",
    "shares": "share of the record",
    "frequency": "frequency (1/time)",
    "rows": "rows read",
    "steps": "step",
    "log_times": "ln t",
    "times": "time",
}
_SAMPLES = {  # single values of which the estimate sums up the distribution
    "values": "value at one state",
    "angles": "angle (rad)",
    "phase_differences": "phase difference (rad)",
    "durations": "duration (time)",
    "degree": "links of a node",
}
_WORDS = {
    "log10_gali": "log10 GALI",
    "log_growth": "ln displacement",
    "log_sum": "ln C",
    "log_length": "ln L",
    "log_expansion": "ln expansion",
    "divergence": "mean ln distance",
    "growth": "median ln distance",
    "curve": "information (nats)",
    "k_c": "K(c)",
    "e1": "E1",
    "e2": "E2",
    "cao_e1": "E1",
    "sums": "sum (1/time)",
    "history": "running mean",
    "r": "order parameter r",
    "spread": "variance of r",
    "error": "error",
    "drift": "slow part (std)",
    "eigenvalues": "variance (data^2)",
    "singular_values": "singular value (share)",
    "log_survival": "ln survival",
    "phase": "phase (rad)",
    "residual": "residual (rad)",
    "learning_curve": "learnt (nats)",
    "running_length": "code (nats)",
    "running_mean": "nats a row",
    "loss": "loss (nats)",
    "horizons": "horizon (samples)",
    "pecuzal_cost": "change of L",
    "counts": "how many",
}
_MANY = 8  # curves on one axis at most
_ROWS = 4  # panels at most
_ASIDE = (  # beside a parameter, but no curves of their own
    "bias",
    "blocks",
    "discretisation_error",
    "divergence_mean",
    "dof",
    "effective",
    "independent",
    "lengths",
    "local_slope",
    "log_gali",
    "losses",
    "p",
    "sali",
    "sampling_error",
)


class _Panel(NamedTuple):
    traces: list[dict[str, Any]]
    y_title: str
    changes: Mapping[str, Any] = MappingProxyType({})  # of the vertical axis


def _header(e) -> str:
    """The estimate in a line, above every figure; of a p-value the sentence that goes with it."""
    if e.interval is None and "reason" in e.diagnostics:
        return str(e.diagnostics["reason"])
    if np.ndim(e.value) == 0 or np.size(e.value) <= 3:
        return repr(e).removeprefix("Estimate(").removesuffix(")").replace("+-", "±").replace("_", " ")
    return e.name.replace("_", " ") + (f" ({e.unit})" if e.unit else "")


def _word(name: str) -> str:
    return _WORDS.get(name) or _PARAMETERS.get(name) or _SAMPLES.get(name) or name.replace("_", " ")


def _with_unit(e) -> str:
    """The value's axis; a long name stands in the line above already."""
    name = _word(e.name)
    return (name if len(name) <= 20 else "value") + (f" ({e.unit})" if e.unit and "(" not in name else "")


def _bar(e) -> str:
    """What the error bar is: an interval that is given without a standard error need not be of 95 %."""
    return "interval" if e.stderr is None else "95 %"


def _columns(values) -> np.ndarray:
    """Curves as columns `(m, k)`."""
    values = np.asarray(values, dtype=float)
    return values.reshape(len(values), -1)[:, :_MANY]


def _ends(e) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Value, lower and upper end, flat; `None` without an error bar."""
    if e.interval is None:
        return None
    value = np.atleast_1d(np.asarray(e.value, float)).ravel()
    low, high = (np.broadcast_to(np.asarray(end, float).ravel(), value.shape) for end in e.interval)
    return value, low, high


def _range(values) -> tuple[float, float]:
    """The least and greatest finite number, apart."""
    values = np.asarray(values, float)
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _reach(traces) -> tuple[float, float]:
    return _range(np.concatenate([np.asarray(t["y"], float) for t in traces]))


def _level(e, x) -> list[dict[str, Any]]:
    """The value as a level across a panel, with its band; one for each entry of an array (their own colours)."""
    ends = _ends(e)
    values = np.atleast_1d(np.asarray(e.value, float)).ravel()[:_MANY]
    span, traces = [float(np.nanmin(x)), float(np.nanmax(x))], []
    for i, value in enumerate(values):
        tint = colour(1) if len(values) == 1 else colour(i)
        if ends is not None and np.isfinite([ends[1][i], ends[2][i]]).all():
            low, high = float(ends[1][i]), float(ends[2][i])
            traces.append(_band(span, [low, low], [high, high], tint, "" if i else _bar(e), showlegend=not i))
        line = _line(span, [value, value], "estimate" if not i else "", tint, showlegend=not i)
        line["line"]["dash"] = "dash"
        traces.append(line)
    return traces


def _upright(e, reach, at=None) -> list[dict[str, Any]]:
    """The value as a vertical line with its band. `at`: (value, low, high) where they are not the estimate's own."""
    ends = _ends(e)
    if at is None:
        value = float(np.ravel(e.value)[0])
        at = (value, value, value) if ends is None else tuple(float(part[0]) for part in ends)
    value, low, high = at
    traces = []
    if high > low:
        traces.append(_band([low, high], [reach[0]] * 2, [reach[1]] * 2, colour(1), _bar(e)))
    line = _line([value, value], list(reach), "estimate", colour(1))
    line["line"]["dash"] = "dash"
    return [*traces, line]


def _curves(x, y, name: str, error=None, first: int = 0) -> list[dict[str, Any]]:
    """Curves against x with bands of 1.96 standard errors; points where x is in no order."""
    x, y = np.asarray(x, float), _columns(y)
    error = None if error is None else _columns(error)
    ordered = bool((np.diff(x) > 0).all() or (np.diff(x) < 0).all())
    keep, traces = thinned(len(x), 4000), []
    for i, column in enumerate(y.T):
        tint, label = colour(first + i), name if y.shape[1] == 1 else f"{name} {i + 1}"
        if error is not None and ordered:
            half = 1.96 * error[:, i]
            traces.append(_band(x[keep], (column - half)[keep], (column + half)[keep], tint, "", showlegend=False))
        trace = _line(x[keep], column[keep], label, tint)
        if not ordered:
            trace |= {"mode": "markers", "marker": {"size": 5, "color": tint}}
        elif len(x) <= 30:
            trace |= {"mode": "lines+markers", "marker": {"size": 5, "color": tint}}
        traces.append(trace)
    return traces


def _figure_of(panels: list[_Panel], x_title: str, *, legend: bool = True, **x_changes: Any):
    """Panels over one another with a shared horizontal axis."""
    data = []
    for row, panel in enumerate(panels):
        place = {} if row == 0 else {"xaxis": f"x{row + 1}", "yaxis": f"y{row + 1}"}
        data += [{**trace, **place} for trace in panel.traces]
    named = [t for t in data if t.get("name") and t.get("showlegend", True)]
    layout = base_layout(height=360 if len(panels) == 1 else 110 + 180 * len(panels), legend=legend and len(named) > 1)
    layout |= _stacked(len(panels), [p.y_title for p in panels], x_title, gap=0.07)
    for row, panel in enumerate(panels):
        suffix = "" if row == 0 else str(row + 1)
        layout[f"xaxis{suffix}"] |= x_changes
        layout[f"yaxis{suffix}"] |= panel.changes
    return _figure(data, layout)


def _parameter(e) -> str | None:
    """The first known parameter that has a curve: a diagnostic of its length, or the value itself."""
    for name in _PARAMETERS:
        known = name in e.diagnostics and np.ndim(e.diagnostics[name]) == 1 and len(e.diagnostics[name]) > 1
        if known and (_is_value(e, name) or _beside(e, name)):
            return name
    return None


def _is_value(e, parameter: str) -> bool:
    return np.ndim(e.value) >= 1 and len(np.asarray(e.value)) == len(e.diagnostics[parameter])


def _beside(e, parameter: str) -> list[str]:
    """Diagnostics that are curves against it, in their order: at most two, what `read_on` names among them."""
    length, found = len(e.diagnostics[parameter]), []
    for name, value in e.diagnostics.items():
        if name.endswith(("_stderr", "_fit")) or name in (*_ASIDE, *_PARAMETERS) or np.ndim(value) not in (1, 2):
            continue
        if isinstance(value, (str, tuple, list, Mapping)) or np.asarray(value).dtype.kind not in "biuf":
            continue
        if name != "chance_level" and len(value) == length:
            found.append(name)
    found.sort(key=lambda name: name != e.diagnostics.get("read_on"))
    return found[:2]
