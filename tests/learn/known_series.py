"""Series with known dynamics, made without the library."""

import numpy as np


def lorenz(n, dt=0.02, seed=0, inner=None):
    """Lorenz-63 by classical Runge-Kutta steps of at most 0.0025; the first 20 time units are dropped."""
    h = dt / max(1, int(np.ceil(dt / 0.0025))) if inner is None else inner
    per = round(dt / h)
    x = np.random.default_rng(seed).normal([0.0, 0.0, 25.0])

    def f(x):
        return np.array([10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]])

    out = np.empty((n, 3))
    for i in range(-round(20 / dt), n):
        if i >= 0:
            out[i] = x
        for _ in range(per):
            k1 = f(x)
            k2 = f(x + h / 2 * k1)
            k3 = f(x + h / 2 * k2)
            k4 = f(x + h * k3)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return out


def logistic(n, r=3.9, x=0.3):
    out = np.empty(n)
    for i in range(n):
        out[i] = x
        x = r * x * (1 - x)
    return out


def henon(n, a=1.4, b=0.3):
    x, y = 0.1, 0.1
    out = np.empty((n, 2))
    for i in range(-100, n):
        if i >= 0:
            out[i] = x, y
        x, y = 1 - a * x * x + y, b * x
    return out


def autoregression(n, coefficients, sd=1.0, seed=0, mean=0.0):
    rng = np.random.default_rng(seed)
    p = len(coefficients)
    x = np.zeros(n + 200)
    for i in range(p, len(x)):
        x[i] = np.dot(coefficients, x[i - p : i][::-1]) + sd * rng.normal()
    return x[200:] + mean


def sine(n, period=25.0, dt=1.0):
    return np.sin(2 * np.pi * np.arange(n) * dt / period)
