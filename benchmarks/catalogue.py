"""Lyapunov spectra of many systems, compilation included: how many a core computes in a minute."""

import json
import os
import subprocess
import sys
import tempfile
import time

import jax
import numpy as np

import cocycle as cc

from ._harness import Row, optional

TOL = 1e-8
SLOW = ("Rossler", "SprottB")  # what the slow peers are asked, over a fortieth of the time
PERIODS, SHORTER = 4000, 40


def _ours(name: str):
    """The spectrum over the time that gave the catalogue's own error bars."""
    system, time = cc.systems.get(name)(), cc.systems.record_of(name)["time"]
    return cc.measure.lyapunov_spectrum(system, time=time, solver=cc.evolve.Dop853(TOL, TOL))


def _theirs(ts, name: str):
    """The same by tsdynamics, from our state on the attractor: from a random one some of its systems escape."""
    start = [float(v) for v in cc.systems.get(name)().default_state()]
    return ts.analysis.lyapunov_spectrum(
        getattr(ts.systems, name)(),
        final_time=cc.systems.record_of(name)["time"],
        solver="dop853",
        rtol=TOL,
        atol=TOL,
        ic=start,
    )


def _shared(ts) -> list[str]:
    """Flows of at most six variables that both have under one name, but for stiff ones: they need other solvers."""
    return [
        name
        for name, cls in cc.systems.CATALOGUE.items()
        if issubclass(cls, cc.Flow) and hasattr(ts.systems, name) and cls().dim <= 6
        if "lyapunov" in cc.systems.record_of(name) and "fast-slow" not in (cls.card.tags if cls.card else ())
    ]


def _span(name: str) -> float:
    return PERIODS * cc.evolve.time_scale(cc.systems.get(name)()).period


def _against_tsdynamics(ts) -> list[Row]:
    """Every shared system: ours first (compiling) and again, theirs (which compiles nothing)."""
    _theirs(ts, "Rossler")
    first = again = peer = 0.0
    done, left_out = [], []
    for name in _shared(ts):
        start = time.perf_counter()
        ours = _ours(name)
        middle = time.perf_counter()
        _ours(name)
        end = time.perf_counter()
        try:
            theirs = np.asarray(_theirs(ts, name))
        except Exception as error:
            left_out.append(f"{name} ({type(error).__name__})")
            continue
        last = time.perf_counter()
        slack = 0.05 / cc.evolve.time_scale(cc.systems.get(name)()).period  # neither is exact about a zero
        if abs(theirs.max() - ours.value[0]) > 0.1 * abs(ours.value[0]) + 5 * ours.stderr[0] + slack:
            left_out.append(f"{name} ({theirs.max():.3g}, ours {ours.value[0]:.3g})")
            continue
        first, again, peer = first + middle - start, again + end - middle, peer + last - end
        done.append(name)
    print(f"  not compared: {', '.join(left_out)}")
    task = f"{len(done)} flows of the catalogue, spectra as long as its error bars need"
    goal = "3x the fastest peer"
    return [
        Row(task, "Dop853 1e-8, first time", "tsdynamics dop853 1e-8", first, peer, goal),
        Row(task, "Dop853 1e-8, a new process, JAX's cache on disk", "tsdynamics dop853 1e-8", _kept(done), peer, goal),
        Row(task, "Dop853 1e-8, again", "tsdynamics dop853 1e-8", again, peer, goal),
    ]


_KEPT = """
import json, sys, time
import jax
import cocycle as cc
from benchmarks.catalogue import _ours
jax.config.update("jax_compilation_cache_dir", sys.argv[1])
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
_ours("Lorenz63")
start = time.perf_counter()
for name in json.loads(sys.argv[2]):
    _ours(name)
print(time.perf_counter() - start)
"""


def _kept(names: list[str]) -> float:
    """Seconds of a process that finds on disk what another one has compiled, as `cocycle` keeps it for its commands."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _KEPT, folder, json.dumps(names)]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ) for _ in range(2)]
    return float(runs[1].stdout)


def _usual(name: str):
    return cc.measure.lyapunov_spectrum(
        cc.systems.get(name)(), periods=PERIODS, solver=cc.evolve.Dop853(TOL, TOL), transient=0.0
    )


def catalogue() -> list[Row]:
    jax.config.update("jax_enable_compilation_cache", False)
    _ours("Lorenz63")  # what is compiled once for all systems
    rows: list[Row] = []
    if (ts := optional("tsdynamics")) is not None:
        rows += _against_tsdynamics(ts)
        jax.clear_caches()
    start = time.perf_counter()
    for name in SLOW:
        _usual(name)
    first = time.perf_counter() - start
    task = f"{' and '.join(SLOW)}, spectra over {PERIODS} periods"
    goal = "20x the slowest peer"
    if (dysts := optional("dysts.analysis")) is not None:
        flows = optional("dysts.flows")
        start = time.perf_counter()
        for name in SLOW:
            count = 100 * PERIODS // SHORTER
            dysts.find_lyapunov_exponents(getattr(flows, name)(), count, pts_per_period=100, tol=TOL)
        peer = f"dysts find_lyapunov_exponents (over {PERIODS // SHORTER} periods, scaled up)"
        seconds = (time.perf_counter() - start) * SHORTER
        rows.append(Row(task, "Dop853 1e-8, first time", peer, first, seconds, goal))
    if (jit := optional("jitcode")) is not None:
        jax.clear_caches()
        start = time.perf_counter()
        _usual("Rossler")
        rows.append(_jitcode(jit, time.perf_counter() - start))
    return rows or [Row(task, "Dop853 1e-8, first time", "-", first, None, goal)]


def _jitcode(jit, ours: float) -> Row:
    """Rossler by jitcode_lyap, C compiler included, over a tenth of the time and scaled up."""
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
    task, peer = f"Rossler, spectrum over {PERIODS} periods", "jitcode_lyap dop853 1e-8 (a tenth of it, scaled up)"
    return Row(task, "Dop853 1e-8, first time", peer, ours, compiled + running * shorter, "20x the slowest peer")
