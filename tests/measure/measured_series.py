"""Recordings with known invariants, made here with scipy and plain loops, not with cocycle."""

import functools

import numpy as np
from scipy.integrate import solve_ivp


@functools.cache
def lorenz(length, dt=0.05, seed=0):
    """Lorenz-63 (10, 28, 8/3) on its attractor, `(length, 3)`; largest exponent 0.9056, correlation dimension 2.05."""

    def field(t, s):
        return [10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]]

    start = np.random.default_rng(seed).normal(size=3) + np.array([1, 1, 20])
    times = 50 + dt * np.arange(length)
    return solve_ivp(field, (0, times[-1]), start, t_eval=times, method="DOP853", rtol=1e-7, atol=1e-7).y.T


@functools.cache
def henon(length, seed=0):
    """Henon map (1.4, 0.3), shape `(length, 2)`; largest exponent 0.41922, correlation dimension 1.220 +- 0.036."""
    x, y = 0.1 + 0.01 * np.random.default_rng(seed).normal(), 0.1
    out = np.empty((length, 2))
    for i in range(-500, length):
        x, y = 1 - 1.4 * x * x + y, 0.3 * x
        if i >= 0:
            out[i] = x, y
    return out


@functools.cache
def logistic(length, seed=0):
    """Logistic map at r = 4, shape `(length,)`; exponent ln 2."""
    x = np.random.default_rng(seed).uniform(0.1, 0.9)
    out = np.empty(length)
    for i in range(length):
        x = 4 * x * (1 - x)
        out[i] = x
    return out


def coloured(length, *coefficients, seed=0):
    """Autoregressive noise x_t = sum_k coefficients[k] x_{t-1-k} + white noise."""
    from scipy.signal import lfilter

    return lfilter([1.0], [1.0, *(-c for c in coefficients)], np.random.default_rng(seed).normal(size=length))
