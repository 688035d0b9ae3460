"""A step's stages in a loop or written out one after another: which is faster for which size of system."""

import jax
import numpy as np

import cocycle as cc
from cocycle.evolve import _runge_kutta

from ._harness import Row, seconds

SOLVER = cc.evolve.Dop853(1e-8, 1e-8)


def _many(name: str):
    system = cc.systems.get(name)()
    x = np.asarray(system.default_state())
    starts = x * (1 + 1e-3 * np.random.default_rng(0).normal(size=(256, x.size)))
    period = cc.evolve.time_scale(system).period
    return lambda: jax.block_until_ready(cc.ensemble(system, starts, 10 * period, dt=10 * period, solver=SOLVER).states)


def _spectrum(name: str):
    system = cc.systems.get(name)()
    return lambda: cc.measure.lyapunov_spectrum(system, periods=100, solver=SOLVER)


CASES = {
    "256 Lorenz-63 states": lambda: _many("Lorenz63"),
    "256 Henon-Heiles states": lambda: _many("HenonHeiles"),
    "256 Hodgkin-Huxley states": lambda: _many("HodgkinHuxley"),
    "256 states of 20 Kuramoto phases": lambda: _many("Kuramoto"),
    "256 Lorenz-96 (N = 40) states": lambda: _many("Lorenz96"),
    "Lorenz-63 spectrum": lambda: _spectrum("Lorenz63"),
    "Hodgkin-Huxley spectrum": lambda: _spectrum("HodgkinHuxley"),
    "Lorenz-96 (N = 40) spectrum": lambda: _spectrum("Lorenz96"),
}


def stages() -> list[Row]:
    """Each case both ways, first (compiling) and again."""
    jax.config.update("jax_enable_compilation_cache", False)
    usual, rows = _runge_kutta._SMALL, []
    try:
        for task, make in CASES.items():
            run, times = make(), {}
            for way, small in (("looped", -1), ("written out", 10**9)):
                _runge_kutta._SMALL = small
                jax.clear_caches()
                times[way] = (seconds(run), min(seconds(run) for _ in range(3)))
            for i, when in enumerate(("first", "again")):
                rows.append(
                    Row(
                        f"{task}, {when}",
                        "Dop853, stages looped",
                        "Dop853, stages written out",
                        times["looped"][i],
                        times["written out"][i],
                        "-",
                    )
                )
    finally:
        _runge_kutta._SMALL = usual
        jax.clear_caches()
    return rows
