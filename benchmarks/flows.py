"""Trajectories, spectra and ensembles of Lorenz-63 and Lorenz-96, and Kuramoto-Sivashinsky."""

import dataclasses

import jax
import numpy as np

import cocycle as cc

from ._harness import Row, Scaled, compare, optional, plainly

DT, N, TOL = 0.01, 100_000, 1e-8
START = (1.0, 1.0, 1.0)


def lorenz_heyoka(heyoka):
    x, y, z = heyoka.make_vars("x", "y", "z")
    return [(x, 10.0 * (y - x)), (y, x * (28.0 - z) - y), (z, x * y - 8.0 / 3.0 * z)]


def trajectory() -> list[Row]:
    system = cc.systems.Lorenz63()

    def ours(solver):
        return lambda: cc.trajectory(system, N * DT, dt=DT, x0=START, solver=solver).states.block_until_ready()

    peers = {}
    if (heyoka := optional("heyoka")) is not None:
        integrator = heyoka.taylor_adaptive(lorenz_heyoka(heyoka), list(START), tol=TOL)
        grid = np.arange(N + 1) * DT

        def run_heyoka():
            integrator.time = 0.0
            integrator.state[:] = START
            return integrator.propagate_grid(grid)

        peers["heyoka, tol 1e-8"] = run_heyoka
    task = "Lorenz-63, 1e5 saved points at 1e-8"
    rows = compare(task, ("Dop853", ours(cc.evolve.Dop853(TOL, TOL))), peers, "within 1.5x of heyoka; 10x diffrax")
    rows += compare(task, ("Tsit5", ours(cc.evolve.Tsit5(TOL, TOL))), peers, "within 1.5x of heyoka; 10x diffrax")
    if optional("diffrax") is not None:
        for row, method in ((rows[-1], "Tsit5"), (rows[0], "Dopri8")):
            peer = f"diffrax {method} 1e-8, as users get it"
            rows.append(dataclasses.replace(row, peer=peer, peer_seconds=plainly(DIFFRAX.format(method=method))))
    return rows


DIFFRAX = """
import statistics, time, diffrax, jax, jax.numpy as jnp
jax.config.update("jax_enable_x64", True)

def field(t, u, args):
    x, y, z = u
    return jnp.stack([10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z])

@jax.jit
def run(x0):
    return diffrax.diffeqsolve(
        diffrax.ODETerm(field), diffrax.{method}(), 0.0, 1000.0, None, x0, max_steps=None,
        saveat=diffrax.SaveAt(ts=jnp.arange(100_001) * 0.01),
        stepsize_controller=diffrax.PIDController(rtol=1e-8, atol=1e-8)).ys

times = []
for _ in range(6):
    start = time.perf_counter()
    run(jnp.ones(3)).block_until_ready()
    times.append(time.perf_counter() - start)
print(statistics.median(times[1:]))
"""


def spectrum() -> list[Row]:
    system = cc.systems.Lorenz63()

    def ours(solver, dt):
        return lambda: cc.measure.lyapunov_spectrum(system, time=1e4, dt=dt, transient=50.0, solver=solver)

    peers = {}
    if (ts := optional("tsdynamics")) is not None:
        lorenz = ts.systems.Lorenz()
        peers["tsdynamics dop853 1e-8"] = lambda: ts.analysis.lyapunov_spectrum(
            lorenz, final_time=1e4, solver="dop853", rtol=1e-8, atol=1e-8
        )
    task = "Lorenz-63 spectrum, T = 1e4"
    goal = "5x tsdynamics"
    rows = compare(task, ("RK4, dt = 0.01", ours(cc.evolve.RK4(dt=0.01), 0.1)), peers, goal)
    rows += compare(task, ("Dop853 1e-8", ours(cc.evolve.Dop853(TOL, TOL), 0.5)), peers, goal)
    if (pns := optional("pynamicalsys")) is not None:
        theirs = pns.ContinuousDynamicalSystem(model="lorenz system")
        theirs.integrator("rk4", time_step=0.01)
        rows += compare(
            task,
            ("RK4, dt = 0.01", ours(cc.evolve.RK4(dt=0.01), 0.1)),
            {
                "pynamicalsys rk4, dt = 0.01": lambda: theirs.lyapunov(
                    np.array([0.1, 0.1, 0.1]), 1e4, parameters=[10.0, 28.0, 8.0 / 3.0], transient_time=50.0
                )
            },
            "40x pynamicalsys",
            runs=2,
        )
    lorenz96 = cc.systems.Lorenz96()
    peers = {}
    if (jit := optional("jitcode")) is not None:
        peers["jitcode_lyap dop853 1e-6 (a tenth of it, scaled up)"] = _lorenz96_by(jit)
    rows += compare(
        "Lorenz-96, N = 40, full spectrum, T = 1000",
        (
            "RK4, dt = 0.025",
            lambda: cc.measure.lyapunov_spectrum(
                lorenz96, time=1000.0, dt=0.5, transient=50.0, solver=cc.evolve.RK4(dt=0.025)
            ),
        ),
        peers,
        "5x jitcode",
        runs=3,
    )
    return rows


def _lorenz96_by(jit, n=40, forcing=8.0, span=100.0):
    """A run of jitcode over a tenth of the time, which reports ten times what it took; the compiler is not counted."""
    y = jit.y
    field = [(y((i + 1) % n) - y((i - 2) % n)) * y((i - 1) % n) - y(i) + forcing for i in range(n)]
    ode = jit.jitcode_lyap(field, n_lyap=n)
    ode.set_integrator("dop853", rtol=1e-6, atol=1e-6)
    ode.set_initial_value(forcing + np.random.default_rng(0).normal(size=n), 0.0)

    def run():
        start, times = ode.t, np.arange(0.5, span + 0.25, 0.5)
        for t in times:
            ode.integrate(start + t)

    return Scaled(run, 1000.0 / span)


def ensemble() -> list[Row]:
    system = cc.systems.Lorenz63()
    starts = np.random.default_rng(0).normal(size=(10_000, 3)) + np.array([0.0, 0.0, 20.0])

    def ours(solver):
        return lambda: cc.ensemble(system, starts, 20.0, dt=DT, solver=solver, final=True).block_until_ready()

    rows = []
    peers = {}
    if (numba := optional("numba")) is not None:
        step = _numba_rk4(numba)
        peers["numba, by hand, blocks of 64"] = lambda: step(np.ascontiguousarray(starts.T), DT, 2000)
    task = "10,000 Lorenz states to T = 20, RK4 dt = 0.01"
    rows += compare(task, ("RK4", ours(cc.evolve.RK4(dt=DT))), peers, "level with numba")
    peers = {}
    if (heyoka := optional("heyoka")) is not None:
        for width in (4, 8):
            integrator = heyoka.taylor_adaptive_batch(lorenz_heyoka(heyoka), np.ones((3, width)), tol=TOL)

            def run(integrator=integrator, width=width):
                columns = starts.T
                for i in range(0, starts.shape[0], width):
                    integrator.set_time(0.0)
                    integrator.state[:] = columns[:, i : i + width]
                    integrator.propagate_until(20.0)

            peers[f"heyoka batch of {width}, tol 1e-8"] = run
    task = "10,000 Lorenz states to T = 20 at 1e-8"
    rows += compare(task, ("Dop853", ours(cc.evolve.Dop853(TOL, TOL))), peers, "level with heyoka's batch", runs=3)
    return rows


def _numba_rk4(numba):
    @numba.njit
    def run(states, h, n):
        total = states.shape[1]
        for b in range(0, total, 64):
            m = min(64, total - b)
            x, y, z = states[0, b : b + m].copy(), states[1, b : b + m].copy(), states[2, b : b + m].copy()
            for _ in range(n):
                for j in range(m):
                    a, c, d = x[j], y[j], z[j]
                    ax, ay, az = 10.0 * (c - a), a * (28.0 - d) - c, a * c - 8 / 3 * d
                    u, v, w = a + h / 2 * ax, c + h / 2 * ay, d + h / 2 * az
                    bx, by, bz = 10.0 * (v - u), u * (28.0 - w) - v, u * v - 8 / 3 * w
                    u, v, w = a + h / 2 * bx, c + h / 2 * by, d + h / 2 * bz
                    cx, cy, cz = 10.0 * (v - u), u * (28.0 - w) - v, u * v - 8 / 3 * w
                    u, v, w = a + h * cx, c + h * cy, d + h * cz
                    dx, dy, dz = 10.0 * (v - u), u * (28.0 - w) - v, u * v - 8 / 3 * w
                    x[j] = a + h / 6 * (ax + 2 * bx + 2 * cx + dx)
                    y[j] = c + h / 6 * (ay + 2 * by + 2 * cy + dy)
                    z[j] = d + h / 6 * (az + 2 * bz + 2 * cz + dz)
            states[0, b : b + m], states[1, b : b + m], states[2, b : b + m] = x, y, z
        return states

    return run


def kuramoto_sivashinsky() -> list[Row]:
    system = cc.systems.KuramotoSivashinsky()
    peers = {}
    if (exponax := optional("exponax")) is not None:
        stepper = exponax.stepper.KuramotoSivashinskyConservative(1, 22.0, 64, 0.25, order=4)
        roll = jax.jit(exponax.rollout(stepper, 4000, include_init=True))
        start = np.asarray(system.default_state())[None]
        peers["exponax ETDRK4"] = lambda: roll(start).block_until_ready()
    return compare(
        "Kuramoto-Sivashinsky, L = 22, N = 64, T = 1000, dt = 0.25",
        (
            "ETDRK4",
            lambda: cc.trajectory(
                system, 1000.0, dt=0.25, solver=cc.evolve.ETDRK4(substeps=1)
            ).states.block_until_ready(),
        ),
        peers,
        "2x exponax",
    )
