"""Maps against loops written by hand in numba: the spectrum of Henon's map, the orbit diagram of the logistic map."""

import numpy as np

import cocycle as cc

from ._harness import Row, compare, optional

STEPS = 1_000_000
VALUES, TRANSIENT, KEPT = 10_000, 1000, 200
LANES = 64


def maps() -> list[Row]:
    """A million steps of Henon's map with both exponents; 10,000 values of r, 1,200 steps each, of which 200 kept."""
    numba = optional("numba")
    henon, logistic = cc.systems.Henon(), cc.systems.Logistic()
    r = np.linspace(2.5, 4.0, VALUES)
    spectra, diagrams = {}, {}
    if numba is not None:
        qr = numba.njit(_henon)
        row, blocked = numba.njit(_diagram), numba.njit(_blocked_diagram)
        spectra["numba, by hand"] = lambda: qr(STEPS)
        diagrams["numba, by hand, a value at a time"] = lambda: row(r, TRANSIENT, KEPT)
        diagrams["numba, by hand, blocks of 64"] = lambda: blocked(r, TRANSIENT, KEPT)
    ours = ("lyapunov_spectrum, with error", lambda: cc.measure.lyapunov_spectrum(henon, time=STEPS))
    rows = compare("Henon's map, both exponents, 1e6 steps", ours, spectra, "level with numba", runs=11)
    ours = ("orbit_diagram", lambda: cc.measure.orbit_diagram(logistic, "r", r, steps=KEPT, transient=TRANSIENT))
    return rows + compare("logistic map, 10,000 values x 1,200 steps", ours, diagrams, "level with numba", runs=11)


def _henon(steps):
    """Gram-Schmidt of two vectors at every step."""
    x, y = 0.1, 0.1
    a0, a1, b0, b1 = 1.0, 0.0, 0.0, 1.0
    first = second = 0.0
    for _ in range(steps):
        slope = -2.8 * x
        a0, a1 = slope * a0 + a1, 0.3 * a0
        b0, b1 = slope * b0 + b1, 0.3 * b0
        x, y = 1 - 1.4 * x * x + y, 0.3 * x
        length = np.sqrt(a0 * a0 + a1 * a1)
        a0, a1 = a0 / length, a1 / length
        along = a0 * b0 + a1 * b1
        b0, b1 = b0 - along * a0, b1 - along * a1
        first += np.log(length)
        length = np.sqrt(b0 * b0 + b1 * b1)
        b0, b1 = b0 / length, b1 / length
        second += np.log(length)
    return first / steps, second / steps


def _diagram(r, transient, kept):
    points = np.empty((r.size, kept))
    for i in range(r.size):
        x = 0.3
        for _ in range(transient):
            x = r[i] * x * (1 - x)
        for k in range(kept):
            x = r[i] * x * (1 - x)
            points[i, k] = x
    return points


def _blocked_diagram(r, transient, kept):
    points = np.empty((kept, r.size))
    x = np.empty(LANES)
    for start in range(0, r.size, LANES):
        part = r[start : start + LANES]
        x[:] = 0.3
        for _ in range(transient):
            for i in range(part.size):
                x[i] = part[i] * x[i] * (1 - x[i])
        for k in range(kept):
            for i in range(part.size):
                x[i] = part[i] * x[i] * (1 - x[i])
                points[k, start + i] = x[i]
    return points
