"""Error against time: Lorenz-63 to t = 10, against a Taylor series in 50 decimal digits."""

import pathlib
import statistics
from decimal import Decimal, localcontext

import numpy as np

import cocycle as cc

from ._harness import Row, optional, seconds
from .flows import lorenz_heyoka

START, END, RUNS = (1.0, 1.0, 20.0), 10.0, 500
FIGURE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "images" / "work-precision.svg"
TOLERANCES = tuple(10.0**-k for k in range(3, 14))
STEPS = tuple(0.04 / 2**k for k in range(8))


def reference(order: int = 40, steps: int = 500) -> np.ndarray:
    """The end point by a Taylor series of high order, its coefficients by recurrence, in 50 digits."""
    with localcontext() as context:
        context.prec = 50
        sigma, rho, beta, h = Decimal(10), Decimal(28), Decimal(8) / 3, Decimal(END) / steps
        state = [Decimal(v) for v in START]
        for _ in range(steps):
            x, y, z = ([v] for v in state)
            for k in range(order):
                xz = sum(x[i] * z[k - i] for i in range(k + 1))
                xy = sum(x[i] * y[k - i] for i in range(k + 1))
                x.append(sigma * (y[k] - x[k]) / (k + 1))
                y.append((rho * x[k] - xz - y[k]) / (k + 1))
                z.append((xy - beta * z[k]) / (k + 1))
            state = [sum(c * h**i for i, c in enumerate(series)) for series in (x, y, z)]
        return np.array([float(v) for v in state])


def runs():
    """(method, setting, function that returns the states at 10, 20, ..., 1000)."""
    system = cc.systems.Lorenz63()

    def ours(solver):
        return lambda: np.asarray(cc.trajectory(system, RUNS * END, dt=END, x0=START, solver=solver).states)[1:]

    for h in STEPS:
        yield "RK4", h, ours(cc.evolve.RK4(dt=h))
    for tol in TOLERANCES:
        yield "Tsit5", tol, ours(cc.evolve.Tsit5(tol, tol))
    for tol in TOLERANCES:
        yield "Dop853", tol, ours(cc.evolve.Dop853(tol, tol))
    if (heyoka := optional("heyoka")) is not None:
        grid = np.arange(RUNS + 1) * END
        for tol in (*TOLERANCES, 1e-15):
            integrator = heyoka.taylor_adaptive(lorenz_heyoka(heyoka), list(START), tol=tol)

            def run(integrator=integrator):
                integrator.time = 0.0
                integrator.state[:] = START
                return integrator.propagate_grid(grid)[-1][1:]

            yield "heyoka (Taylor)", tol, run


def work_precision() -> list[Row]:
    """Writes the figure; returns the time each method needs for an error of 1e-6 and of 1e-10."""
    truth = reference()
    curves: dict[str, list[tuple[float, float]]] = {}
    for method, _, function in runs():
        error = float(np.abs(function()[0] - truth).max())
        time = statistics.median(seconds(function) for _ in range(5)) / RUNS
        curves.setdefault(method, []).append((time, error))
    draw(curves)
    rows = []
    for wanted in (1e-6, 1e-10):
        needed = {m: min((t for t, e in points if e <= wanted), default=None) for m, points in curves.items()}
        task = f"Lorenz-63 to t = 10, error at most {wanted:g}"
        peer = needed.get("heyoka (Taylor)")
        for method in ("RK4", "Tsit5", "Dop853"):
            if needed[method] is not None:
                label = "-" if peer is None else "heyoka (Taylor)"
                rows.append(Row(task, method, label, needed[method], peer, "-"))
    return rows


def draw(curves: dict[str, list[tuple[float, float]]]) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.2), layout="constrained")
    axes = figure.add_subplot()
    for (method, points), marker in zip(curves.items(), "so^D"):
        axes.loglog(*np.transpose(points), marker=marker, markersize=4, linewidth=1.2, label=method)
    axes.set(xlabel="seconds per run to t = 10", ylabel="error of the end point", ylim=(1e-13, 100))
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    FIGURE.parent.mkdir(exist_ok=True)
    figure.savefig(FIGURE, metadata={"Date": None})
