"""The fitted model under the same instruments as the data: fixed points, exponents, its own motion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

import cocycle
from cocycle import measure
from cocycle.core import CocycleError, Flow, Map, System, Trajectory, as_point

from ._characterise import Embedding, measured, measures_of
from ._options import Options
from ._select import sentence_of

__all__ = ["analyse", "autonomous", "fixed_points", "free_run", "truth_of"]

_COMPARED = ("largest_lyapunov", "correlation_dimension", "permutation_entropy", "dominant_period", "determinism")
_TOLERANCE = 1e-9
_LARGE = 400  # a state of more variables is too large for Newton's method here


def autonomous(model: Any, data: Trajectory) -> tuple[System, str | None]:
    """The model as a plain system; one with inputs is held at their mean, and a sentence says so."""
    if hasattr(model, "drive"):
        level = jnp.asarray(np.asarray(data.inputs, float).mean(axis=0))
        return model.drive(lambda n: level), "The model is analysed with its inputs held at their mean."
    return model, None


# -- fixed points -----------------------------------------------------------------------------------------------


@eqx.filter_jit
def _residual(system, x):
    """What vanishes at a fixed point, and its Jacobian."""
    if isinstance(system, Flow):
        function = lambda y: as_point(system.vector_field(0.0, y))  # noqa: E731
    else:
        function = lambda y: as_point(system.step(0, y)) - y  # noqa: E731
    return function(x), jax.jacfwd(function)(x)


@eqx.filter_jit
def _observed(system, states):
    return jax.vmap(lambda x: system.observe(x))(states)


def fixed_points(
    system: System, starts: np.ndarray, *, dt: float, low: np.ndarray, high: np.ndarray
) -> tuple[list[dict[str, Any]], str]:
    """Newton's method from many states.

    **Arguments**

    - `starts`: shape `(n, dim)`. - `dt`: sampling interval, to give multipliers of a flow over one sample.
    - `low`, `high`: where the data lie, shape `(obs,)`.

    **Returns** the distinct fixed points (schema `FixedPoint`) and a sentence on how many starts converged.
    """
    spread = np.where(high > low, high - low, 1.0)
    found: list[dict[str, Any]] = []
    states: list[np.ndarray] = []
    converged = 0
    for start in starts:
        x = _newton(system, np.asarray(start, float), 3.0 * float(np.max(np.abs(starts))) + 10 * float(spread.max()))
        if x is None:
            continue
        seen = np.asarray(_observed(system, jnp.asarray(x)[None]))[0]
        if (seen < low - 2 * spread).any() or (seen > high + 2 * spread).any():
            continue
        converged += 1
        if any(np.abs(x - y).max() <= 1e-6 * (1 + np.abs(y).max()) for y in states):
            continue
        states.append(x)
        value, jacobian = (np.asarray(v) for v in _residual(system, jnp.asarray(x)))
        if isinstance(system, Flow):
            multipliers = np.exp(np.linalg.eigvals(jacobian) * dt)
        else:
            multipliers = np.linalg.eigvals(jacobian + np.eye(len(x)))
        multipliers = multipliers[np.argsort(-np.abs(multipliers))]
        margin = 0.1 * spread
        found.append(
            {
                "state": seen,
                "stability": stability(multipliers),
                "multipliers": [[m.real, m.imag] for m in multipliers[:8]],
                "residual": float(np.abs(value).max() / spread.max()),
                "inside": bool((seen >= low - margin).all() and (seen <= high + margin).all()),
            }
        )
    found.sort(key=lambda f: (not f["inside"], float(np.sum(((f["state"] - (low + high) / 2) / spread) ** 2))))
    if not found:
        return [], f"Newton's method found none near the data from {len(starts)} starts."
    count = f"{len(found)} distinct" if len(found) > 1 else "one"
    return found, f"Newton's method from {len(starts)} starts found {count} ({converged} starts converged)."


def _newton(system: System, x: np.ndarray, bound: float) -> np.ndarray | None:
    """A root with full steps, halved while they do not lower the residual; `None` without convergence."""
    value, jacobian = (np.asarray(v) for v in _residual(system, jnp.asarray(x)))
    size = float(np.linalg.norm(value))
    for _ in range(60):
        if not np.isfinite(size) or np.abs(x).max() > bound:
            return None
        step = np.linalg.lstsq(jacobian, -value, rcond=1e-13)[0]
        if np.linalg.norm(step) <= _TOLERANCE * (1 + np.linalg.norm(x)):
            return x + step if size <= 1e-7 * (1 + np.linalg.norm(x)) else None
        damping = 1.0
        while True:
            trial = x + damping * step
            new_value, new_jacobian = (np.asarray(v) for v in _residual(system, jnp.asarray(trial)))
            new_size = float(np.linalg.norm(new_value))
            if new_size < size or (new_size <= 1e-12 * (1 + np.linalg.norm(x))):
                break
            damping /= 2
            if damping < 1e-3:
                return None
        x, value, jacobian, size = trial, new_value, new_jacobian, new_size
    return None


def stability(multipliers: np.ndarray) -> str:
    """The kind of a fixed point of a map, from the eigenvalues of its Jacobian."""
    size = np.abs(multipliers)
    if np.any(np.abs(size - 1) < 1e-6):
        return "neutral"
    leading = multipliers[int(np.argmax(size))]
    turning = "focus" if abs(leading.imag) > 1e-9 * abs(leading) else "node"
    if (size < 1).all():
        return f"stable {turning}"
    if (size > 1).all():
        return f"unstable {turning}"
    directions = int((size > 1).sum())
    return f"saddle ({directions} unstable direction{'s' if directions > 1 else ''})"


def starts_of(model: Any, data: Trajectory, count: int) -> np.ndarray:
    """States along the data, and states that stay at one of its values."""
    values = np.asarray(data.states, float)[-20_000:]
    inputs = None if data.inputs is None else np.asarray(data.inputs, float)[-20_000:]
    along = np.asarray(model.states(values, inputs))
    along = along[np.linspace(0, len(along) - 1, max(1, count // 2)).round().astype(int)]
    length = min(max(model.context_length, 2), len(values))
    rows = np.linspace(0, len(values) - 1, count - len(along) - 1).round().astype(int)
    levels = np.concatenate([values.mean(axis=0, keepdims=True), values[rows]])
    held = [
        np.asarray(model.states(np.repeat(v[None], length, 0), None if inputs is None else inputs[:length]))[-1]
        for v in levels
    ]
    return np.concatenate([np.stack(held), along])


# -- its own motion ---------------------------------------------------------------------------------------------


def free_run(system: Any, start: Any, samples: int, dt: float, variables: Sequence[str], key: Any = None) -> Trajectory:
    """The model running alone, observed: `samples` samples. Raises `NumericalError` if it runs away."""
    run = cocycle.trajectory(system, (samples - 1) * dt, dt=dt, x0=start, key=key)
    seen = np.asarray(_observed(system, jnp.asarray(run.states)))
    return Trajectory(dt * np.arange(len(seen)), seen, variables=tuple(variables))


def _motion(model, system, data: Trajectory, samples: int, key) -> tuple[Trajectory | None, str]:
    """What the model does alone, and a run to compare with the data: with noise where it dies without."""
    start = jnp.asarray(model.warm_up(data))
    spread = np.asarray(data.states, float).std(axis=0)
    try:
        run = free_run(system, start, samples, data.dt, data.variables, None)
    except CocycleError as error:
        return None, f"Running alone the model leaves the data: {sentence_of(error)}"
    states = np.asarray(run.states)
    distance = np.abs(states - np.asarray(data.states, float).mean(axis=0)).max() / max(float(spread.max()), 1e-300)
    if distance > 20:
        return None, "Running alone the model drifts far away from the data."
    tail = states[len(states) // 2 :]
    if (tail.std(axis=0) > 1e-3 * spread).any():
        return run, "Running alone the model keeps moving; its motion is compared with the data below."
    rest = "Running alone, without noise, the model comes to rest"
    if not hasattr(model, "noisy") or system is not model:
        return None, rest + "."
    try:
        noisy = free_run(model.noisy(), start, samples, data.dt, data.variables, key)
    except CocycleError as error:
        return None, f"{rest}; with noise as large as its one-step errors it leaves the data: {sentence_of(error)}"
    return noisy, f"{rest}. Below it is driven by noise as large as its one-step errors."


def analyse(
    model: Any,
    data: Trajectory,
    embedding: Embedding,
    data_measures: Sequence[dict[str, Any]],
    options: Options,
    on_step: Callable[[str, float], None],
) -> dict[str, Any]:
    """The fitted model, measured (schema `AnalysisInfo`, without `truth`), and the curves to draw it."""
    budget = options.budget
    key = jax.random.key(options.seed)
    system, note = autonomous(model, data)
    notes = [note] if note else []
    values = np.asarray(data.states, float)
    equations = _equations(model)

    on_step("Fixed points of the model", 0.05)
    size = int(np.shape(model.default_state())[0])
    points, found = [], f"The model's state has {size} variables, too many for the search."
    if isinstance(system, (Flow, Map)) and size <= _LARGE:
        try:
            starts = starts_of(model, data, budget.starts if size <= 50 else min(budget.starts, 8))
            points, found = fixed_points(system, starts, dt=data.dt, low=values.min(axis=0), high=values.max(axis=0))
        except Exception as error:  # reported, never fatal
            found = f"The search for fixed points failed: {sentence_of(error)}"

    on_step("The model's own motion", 0.35)
    run, motion = _motion(model, system, data, min(budget.free_run, max(len(data), 500)), key)

    on_step("Lyapunov spectrum of the model", 0.5)
    kept: list[Any] = []
    spectrum = dimension = None
    if isinstance(system, (Flow, Map)):
        start = model.warm_up(data)
        k = min(size, budget.exponents)

        def exponents():
            dt = data.dt if isinstance(system, Flow) else None
            span, wait = budget.free_run * data.dt * (10 if size <= 30 else 1), 200 * data.dt
            kept.append(measure.lyapunov_spectrum(system, k=k, time=span, transient=wait, x0=start, dt=dt))
            return kept[0]

        spectrum = measured("lyapunov_spectrum", "Lyapunov spectrum of the model", None, exponents, _says_spectrum)
        if kept:
            dimension = measured(
                "kaplan_yorke_dimension", "Kaplan-Yorke dimension of the model", None,
                lambda: measure.kaplan_yorke_dimension(kept[0]), lambda e: "Dimension that the exponents imply.",
            )  # fmt: skip

    comparison: list[dict[str, Any]] = []
    if run is not None:
        on_step("Measures of the model's motion", 0.7)
        theirs, _ = measures_of(run, embedding, options, only=_COMPARED)
        comparison = _compared(data_measures, theirs)
    return {
        "equations": equations,
        "fixed_points": points,
        "fixed_points_note": found,
        "spectrum": spectrum,
        "dimension": dimension,
        "free_run": motion,
        "comparison": comparison,
        "truth": None,
        "notes": notes,
        "run": None if run is None else np.asarray(run.states)[: budget.free_run],
    }


def _equations(model: Any) -> list[str]:
    """The model's equations as text, if it has any."""
    for holder in (model, getattr(model, "of", None)):
        equations = getattr(holder, "equations", None)
        if equations is not None:
            lines: Any = equations() if callable(equations) else equations
            return [lines] if isinstance(lines, str) else [str(line) for line in lines]
    return []


def _says_spectrum(estimate: Any) -> str:
    first = float(np.atleast_1d(estimate.value)[0])
    error = float(np.atleast_1d(estimate.stderr)[0]) if estimate.stderr is not None else 0.0
    if first > 2 * error and first > 0:
        return f"The model is chaotic: errors grow e-fold in {1 / first:.3g} units of time."
    if abs(first) <= 2 * error:
        return "The largest exponent is zero within its error: periodic or quasi-periodic motion."
    return "All exponents are negative: the model comes to rest."


def _compared(data: Sequence[dict[str, Any]], model: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the table: data next to model, and whether they agree within two standard errors of the difference."""
    rows = []
    for mine in data:
        theirs = next((m for m in model if (m["name"], m["variable"]) == (mine["name"], mine["variable"])), None)
        if theirs is None or (mine["failed"] and theirs["failed"]):
            continue
        agree = None
        if mine["value"] is not None and theirs["value"] is not None and mine["stderr"] and theirs["stderr"]:
            apart = abs(float(mine["value"]) - float(theirs["value"]))
            agree = bool(apart <= 2 * float(np.hypot(mine["stderr"], theirs["stderr"])))
        rows.append({"label": mine["label"], "variable": mine["variable"], "unit": mine["unit"], "agree": agree,
                     "data": {k: mine[k] for k in ("value", "stderr", "failed")},
                     "model": {k: theirs[k] for k in ("value", "stderr", "failed")}})  # fmt: skip
    return rows


def truth_of(system: System, options: Options) -> dict[str, Any]:
    """The true spectrum and dimension of a named system, from its equations."""
    kept: list[Any] = []
    k = min(system.dim, options.budget.exponents)
    periods = {"quick": 300, "standard": 1000, "thorough": 3000}[options.mode]
    if isinstance(system, Map):
        periods *= 10
    key = None if isinstance(system, (Map, Flow)) else jax.random.key(options.seed)

    def exponents():
        kept.append(measure.lyapunov_spectrum(system, k=k, periods=periods, key=key))
        return kept[0]

    out = {"spectrum": measured("lyapunov_spectrum", "True Lyapunov spectrum", None, exponents, _says_true)}
    if kept:
        out["dimension"] = measured(
            "kaplan_yorke_dimension", "True Kaplan-Yorke dimension", None,
            lambda: measure.kaplan_yorke_dimension(kept[0]), lambda e: "From the equations.",
        )  # fmt: skip
    return out


def _says_true(estimate: Any) -> str:
    return "From the equations themselves."
