"""Everything that is computed about one system at its defaults: a plain dictionary, ready for JSON."""

import time
from dataclasses import dataclass
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    DelayFlow,
    Estimate,
    Flow,
    Map,
    NotApplicableError,
    RandomMap,
    StochasticFlow,
    System,
    rule,
)
from cocycle.evolve import cocycle, time_scale, trajectory
from cocycle.measure import kaplan_yorke_dimension, lyapunov_spectrum

__all__ = ["Settings", "fingerprint", "record"]

_GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Settings:
    """How the numbers are made. They are recorded with the numbers.

    - `seed`: of the noise, for systems that have any.
    - `relative`: an exponent's standard error may be this much of the largest exponent, plus half as much of the
      exponent itself. A motion without a positive exponent is measured against `floor` per period instead.
    - `seconds`: a run that would take a processor longer is not made; numbers that need it are refused.
    """

    seed: int = 0
    relative: float = 0.03
    floor: float = 0.2
    seconds: float = 60.0


def record(system: System, settings: Settings = Settings()) -> dict[str, Any]:
    """Compute all numbers of a system: exponents, dimension, mean divergence, bounds, the effect of the step.

    **Returns** a dictionary. A number whose error bar stays above its tolerance is not in it: `refused` says which and
    why.
    """
    out: dict[str, Any] = {"rule": fingerprint(system), "refused": {}}
    out |= _orbit(system, settings)
    if not isinstance(system, RandomMap):
        spectrum = _spectrum(system, settings)
        out |= _exponents(system, spectrum, settings, out["refused"])
        out |= _steps(system, float(spectrum.value[0]))
    return out


def fingerprint(system: System) -> list[float]:
    """Two numbers that change when the rule or the default state does: stored numbers belong to exactly this rule."""
    x = system.default_state()
    near = x + 1e-2 * (1 + jnp.abs(x)) * jnp.cos(1.0 + jnp.arange(x.size))
    t = 3 if isinstance(system, (Map, RandomMap)) else 0.3
    return [float(jnp.sum(rule(system, t, y, _past(system, y)) * jnp.cos(jnp.arange(x.size)))) for y in (x, near)]


def _past(system, x):
    """A past that is not the present, so that the delayed terms count."""
    return 0.9 * jnp.tile(x, (np.size(system.delays), 1)) if isinstance(system, DelayFlow) else None


def _key(system, settings):
    return jax.random.key(settings.seed) if isinstance(system, (StochasticFlow, RandomMap)) else None


# -- the orbit ----------------------------------------------------------------------------------------------------


def _orbit(system, settings) -> dict[str, Any]:
    """From the default state over 1,000 periods (100,000 steps of a map): bounds, period, mean divergence."""
    scale, discrete = time_scale(system), isinstance(system, (Map, RandomMap))
    # not a whole number a period: samples of a cycle would fall on the same phases for ever, and miss its spikes
    per_period = 1.0 if discrete else (32 if system.dim <= 64 else 4) + _GOLDEN
    count = (100_000 if isinstance(system, Map) else 20_000) if discrete else round(1000 * per_period)
    step = scale.period / per_period
    run = trajectory(system, count * step, dt=step, transient=0.0, key=_key(system, settings))
    states = np.asarray(run.states)
    card = type(system).card
    kept = [i for i, name in enumerate(system.variables) if card is None or not card.grows(name)]
    out: dict[str, Any] = {"periods": round(count / per_period)}
    if kept:
        first, second = np.abs(states[: count // 2, kept]), np.abs(states[count // 2 :, kept])
        out["largest"] = [_short(first.max()), _short(second.max())]
    returns = system.dim <= 6 and not isinstance(system, (StochasticFlow, RandomMap))
    if returns and card is not None and not card.unbounded:
        late = states[count // 2 :]
        spread = np.ptp(late, axis=0).max()
        # how far the default state lies from where the motion later goes, where it does not come to rest
        if spread > 1e-6 * np.abs(late).max():
            out["away"] = _short(np.min(np.linalg.norm(late - states[0], axis=1)) / spread)
    if kept and not discrete and not isinstance(system, StochasticFlow):
        period = _period(states[:, kept], step)
        if period is not None:
            out["period"] = period
    conserved = system.invariants(jnp.asarray(states[0]))
    if conserved and not isinstance(system, DelayFlow):
        rows = states[:: max(1, len(states) // 500)]
        values = eqx.filter_jit(jax.vmap(lambda x: system.invariants(x)))(jnp.asarray(rows))
        size = np.ptp(rows, axis=0).max()
        out["drift"] = {
            name: _short(np.abs(np.asarray(v) - np.asarray(v)[0]).max() / (np.abs(np.asarray(v)[0]).max() + size))
            for name, v in values.items()
        }
    mean = _divergence(system, states[count // 10 :], np.asarray(run.times)[count // 10 :])
    if mean is not None:
        out["divergence"] = mean
    return out


def _period(states, dt) -> list[float] | None:
    """The dominant period and half the width of a bin: the highest peak of the variables' summed normalised spectra."""
    size = 32 * 64 if len(states) >= 32 * 256 else len(states) // 4
    late = states[len(states) // 4 :]
    late = late[: len(late) // size * size].reshape(-1, size, states.shape[1])
    late = late - late.mean(axis=1, keepdims=True)
    spread = late.var(axis=(0, 1))
    moving = spread > 1e-12 * (1e-300 + np.square(states).mean(axis=0).max())
    if not moving.any():
        return None
    power = np.square(np.abs(np.fft.rfft(late * np.hanning(size)[None, :, None], axis=1))).mean(axis=0)
    power = (power[:, moving] / spread[moving]).sum(axis=1)
    power[:2] = 0.0
    peak = int(np.argmax(power))
    period = size * dt / peak
    return [_short(period), _short(0.5 * period / peak)]


def _divergence(system, states, times) -> list[float] | None:
    """Mean rate at which volumes grow along the orbit, with its standard error: what the exponents must add up to."""
    if system.dim > 64 or not isinstance(system, (Flow, Map, StochasticFlow)):
        return None
    if isinstance(system, StochasticFlow) and not system.additive:
        return None

    def rate(t, x):
        now = jnp.round(t / system.dt).astype(int) if isinstance(system, Map) else t
        jacobian = jax.jacfwd(lambda y: rule(system, now, y))(x)
        if isinstance(system, Map):
            return jnp.linalg.slogdet(jacobian)[1] / system.dt
        return jnp.trace(jacobian)

    most = 100_000 if system.dim <= 6 else 4000
    stride = max(1, len(states) // most)
    rates = np.asarray(eqx.filter_jit(jax.vmap(rate))(jnp.asarray(times[::stride]), jnp.asarray(states[::stride])))
    blocks = rates[: len(rates) // 32 * 32].reshape(32, -1).mean(axis=1)
    if not np.isfinite(blocks).all():
        return None
    return [float(blocks.mean()), float(blocks.std(ddof=1) / np.sqrt(32))]


# -- the exponents --------------------------------------------------------------------------------------------------


def _count(system) -> int | None:
    """How many exponents: all of them up to 20 variables, the first few of fields and of histories."""
    if isinstance(system, DelayFlow):
        return 4
    return None if system.dim <= 20 else 10 if system.dim <= 64 else 4


def _spectrum(system, settings) -> Estimate:
    """The exponents, from a run as long, and in intervals as short, as the tolerances need and the time allows."""
    discrete = isinstance(system, Map)
    periods = 200_000.0 if discrete else 4000.0 if system.dim <= 4 else 1000.0 if system.dim <= 64 else 200.0
    if isinstance(system, DelayFlow):
        periods = 1000.0
    dt: float | None = None
    while True:
        start = time.process_time()  # not of the clock: the same runs are made on a busy machine
        got = lyapunov_spectrum(system, k=_count(system), periods=periods, dt=dt, key=_key(system, settings))
        got = _with_step_error(system, got, settings)
        seconds = time.process_time() - start
        allowed = tolerance(system, got.value, settings)
        # an error that could not be measured asks for no longer run; it is refused later
        excess = float(np.nanmax(np.nan_to_num(got.stderr / allowed)))
        if excess <= 1:
            return got
        # how long a run is depends on its error alone, so that the same numbers come out on a busy machine
        if isinstance(system, Flow) and np.nanmax(got.diagnostics["discretisation_error"] / allowed) > 0.5:
            # bursts of contraction within one interval are lost to round-off, or the steps are too long for them
            dt, longer, cost = float(got.diagnostics["dt"]) / 4, 1.0, 4.0
        else:
            longer = cost = float(np.clip(1.5 * excess**2, 2.0, 20.0))
        if cost * seconds > settings.seconds:
            return got
        periods = float(round(periods * longer))


def _with_step_error(system, got: Estimate, settings) -> Estimate:
    """Of delay systems, whose step is not part of the error bar: the difference from a run with half the step."""
    if not isinstance(system, DelayFlow):
        return got
    finer = cocycle(system, float(got.diagnostics["dt"])).refined()
    wait, length = time_scale(system).transient, float(got.diagnostics["time"])
    again = lyapunov_spectrum(finer, k=len(got.value), time=length, transient=wait, key=_key(system, settings))
    difference = np.abs(got.value - again.value)
    sampling = np.nan_to_num(got.diagnostics["sampling_error"])
    details = {**got.diagnostics, "discretisation_error": difference}
    return Estimate(got.name, got.value, np.hypot(sampling, difference), n=got.n, unit=got.unit, diagnostics=details)


def tolerance(system, exponents, settings) -> np.ndarray:
    """The largest standard error with which each exponent is written."""
    period = 1.0 if isinstance(system, Map) else time_scale(system).period
    exponents = np.asarray(exponents, dtype=float)
    scale = max(float(np.max(exponents)), settings.floor / period)
    return settings.relative * (scale + 0.5 * np.where(np.isfinite(exponents), np.abs(exponents), 0.0))


def _exponents(system, got: Estimate, settings, refused: dict[str, str]) -> dict[str, Any]:
    """The exponents up to the first whose error bar is above its tolerance; `refused` gets the reason for the rest."""
    allowed = tolerance(system, got.value, settings)
    fine = np.asarray(got.stderr) <= allowed
    count = len(fine) if fine.all() else int(np.argmin(fine))
    if count < len(fine):
        value, error, length = got.value[count], got.stderr[count], got.diagnostics["time"]
        refused[f"exponent {count + 1}"] = (
            f"{value:.3g} +- {error:.2g} after {length:.3g} time units; the error allowed is {allowed[count]:.2g}"
        )
    out: dict[str, Any] = {
        "lyapunov": [_rounded(v, e) for v, e in zip(got.value[:count], got.stderr)],
        "lyapunov_stderr": [_short(e) for e in got.stderr[:count]],
        "complete": bool(got.diagnostics["complete"]) and count == len(fine),
        "time": _short(got.diagnostics["time"]),
        "interval": _short(got.diagnostics["dt"]),
    }
    if got.diagnostics["complete"] and np.isfinite(got.value).all():
        blocks = np.asarray(got.diagnostics["blocks"]).sum(axis=1)
        bias = float(np.sum(got.diagnostics["discretisation_error"]))
        out["sum"] = [float(np.sum(got.value)), float(np.hypot(blocks.std(ddof=1) / np.sqrt(len(blocks)), bias))]
    try:
        dimension = kaplan_yorke_dimension(got)
    except NotApplicableError:
        return out
    error = 0.0 if dimension.stderr is None else float(dimension.stderr)
    if np.isfinite(error) and error <= settings.relative * max(1.0, float(dimension)):
        out["kaplan_yorke"] = [_rounded(float(dimension), error), _short(error)]
    else:
        refused["kaplan_yorke"] = f"{float(dimension):.3g} +- {error:.2g}"
    return out


def _steps(system, largest: float) -> dict[str, Any]:
    """The relative change of an orbit over two Lyapunov times when every step is halved."""
    if not isinstance(system, Flow):
        return {}
    period = time_scale(system).period
    span = min(50 * period, max(period, 2 / largest)) if largest > 1e-3 / period else 10 * period
    phi = cocycle(system)
    dt = span / 64
    solvers = (phi.solver, phi.refined().solver)  # type: ignore[attr-defined]
    runs = [trajectory(system, span, dt=dt, transient=0.0, solver=solver) for solver in solvers]
    usual, finer = (np.asarray(run.states) for run in runs)
    extent = np.ptp(finer, axis=0).max() + 1e-9 * np.abs(finer).max() + 1e-300
    return {"halved": _short(np.abs(usual - finer).max() / extent), "over": _short(span)}


# -- numbers as they are written ----------------------------------------------------------------------------------


def _short(value) -> float:
    return float(f"{float(value):.3g}")


def _rounded(value, error) -> float | None:
    """To a hundredth of its error bar; None for minus infinity."""
    if not np.isfinite(value):
        return None
    if not error > 0:
        return float(f"{float(value):.12g}")
    return round(float(value), min(14, 2 - int(np.floor(np.log10(error)))))
