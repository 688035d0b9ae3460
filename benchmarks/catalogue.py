"""Lyapunov spectra of many systems, compilation included: how many a core computes in a minute."""

import time

import jax
import numpy as np

import cocycle as cc

from ._harness import Row, optional

NAMES = (
    "SprottB", "SprottC", "SprottD", "SprottE", "SprottF", "SprottG", "SprottH", "SprottI", "SprottJ", "SprottK",
    "SprottL", "SprottM", "SprottN", "SprottO", "SprottP", "SprottQ", "SprottR", "SprottS", "Rossler", "Halvorsen",
    "Thomas", "Lorenz84", "HyperLu", "HyperXu",
)  # fmt: skip
PERIODS = 4000  # what the catalogue's own build starts with
TOL = 1e-8


def _ours(name: str) -> None:
    system = cc.systems.get(name)()
    cc.measure.lyapunov_spectrum(system, periods=PERIODS, solver=cc.evolve.Dop853(TOL, TOL))


def _span(name: str) -> float:
    return PERIODS * cc.evolve.time_scale(cc.systems.get(name)()).period


def _total(function, names) -> float:
    start = time.perf_counter()
    for name in names:
        function(name)
    return time.perf_counter() - start


def catalogue() -> list[Row]:
    """Each system once by every tool; for the slow ones two systems over a fortieth of the time, scaled up."""
    jax.config.update("jax_enable_compilation_cache", False)
    _ours("Lorenz63")  # what is compiled once for all systems
    first, again = _total(_ours, NAMES), _total(_ours, NAMES)
    task = f"{len(NAMES)} systems of the catalogue, spectra over {PERIODS} periods"
    rows = []
    if (ts := optional("tsdynamics")) is not None:

        def theirs(name):
            # from our state on the attractor: from a random one some of its systems escape
            start = [float(v) for v in cc.systems.get(name)().default_state()]
            ts.analysis.lyapunov_spectrum(
                getattr(ts.systems, name)(), final_time=_span(name), solver="dop853", rtol=TOL, atol=TOL, ic=start
            )

        ts.analysis.lyapunov_spectrum(ts.systems.Lorenz(), final_time=10.0, solver="dop853", rtol=TOL, atol=TOL)
        peer_first, peer_again = _total(theirs, NAMES), _total(theirs, NAMES)
        rows += [
            Row(task, "Dop853 1e-8, first time", "tsdynamics dop853 1e-8", first, peer_first, "3x the fastest peer"),
            Row(task, "Dop853 1e-8, again", "tsdynamics dop853 1e-8", again, peer_again, "3x the fastest peer"),
        ]
    if (dysts := optional("dysts.analysis")) is not None:
        flows, few, shorter = optional("dysts.flows"), ("Rossler", "SprottB"), 40

        def slow(name):
            dysts.find_lyapunov_exponents(
                getattr(flows, name)(), int(100 * PERIODS / shorter), pts_per_period=100, tol=TOL
            )

        seconds = _total(slow, few) * shorter * len(NAMES) / len(few)
        peer = f"dysts find_lyapunov_exponents ({' and '.join(few)} over {PERIODS // shorter} periods, scaled up)"
        rows.append(Row(task, "Dop853 1e-8, first time", peer, first, seconds, "20x the slowest peer"))
    if (jit := optional("jitcode")) is not None:
        rows.append(_jitcode(jit, task, first))
    return rows or [Row(task, "Dop853 1e-8, first time", "-", first, None, "3x the fastest peer")]


def _jitcode(jit, task, first) -> Row:
    """Rossler by jitcode_lyap, C compiler included, over a tenth of the time; scaled up to all systems."""
    shorter = 10
    span = _span("Rossler") / shorter
    y = jit.y
    start = time.perf_counter()
    ode = jit.jitcode_lyap([-y(1) - y(2), y(0) + 0.2 * y(1), 0.2 + y(2) * (y(0) - 5.7)], n_lyap=3)
    ode.set_integrator("dop853", rtol=TOL, atol=TOL)
    ode.set_initial_value([0.1, 5.6, 1.7], 0.0)
    compiled = time.perf_counter() - start
    for t in np.arange(1.0, span, 1.0):
        ode.integrate(t)
    running = time.perf_counter() - start - compiled
    seconds = (compiled + running * shorter) * len(NAMES)
    peer = f"jitcode_lyap dop853 1e-8 (Rossler over {PERIODS // shorter} periods, scaled up)"
    return Row(task, "Dop853 1e-8, first time", peer, first, seconds, "20x the slowest peer")
