"""Nonlinear stochastic processes of the corpus: noise drives a nonlinear system."""

import numpy as np

from .stochastic import U, _langevin, _recur


# -- nonlinear stochastic ---------------------------------------------------------------------------------------------
def _setar(rng, T, n):
    a, b, c = U(rng, 0.4, 0.9, n), U(rng, -0.9, -0.3, n), U(rng, -0.5, 0.5, n)
    return _recur(lambda s, e: (np.where(s[0] < c, 1 + a * s[0], -1 + b * s[0]) + e,), (np.zeros(n),), rng, T, n)


def _expar(rng, T, n):
    a, b = U(rng, 0.2, 0.5, n), U(rng, 0.8, 1.6, n)
    return _recur(
        lambda s, e: ((a + b * np.exp(-(s[0] ** 2))) * s[0] - 0.7 * s[1] + 0.6 * e, s[0]),
        (np.zeros(n), np.zeros(n)),
        rng,
        T,
        n,
    )


def _bilinear(rng, T, n):
    a, b = U(rng, 0.3, 0.6, n), U(rng, 0.35, 0.55, n)
    return _recur(lambda s, e: (a * s[0] + e + b * s[0] * s[1], e), (np.zeros(n), np.zeros(n)), rng, T, n)


def _garch(rng, T, n):
    a, b = U(rng, 0.15, 0.35, n), U(rng, 0.5, 0.64, n)

    def step(s, e):
        v = 0.1 + a * s[0] ** 2 + b * s[1]
        return np.sqrt(v) * e, v

    return _recur(step, (np.zeros(n), np.ones(n)), rng, T, n)


def _stochastic_volatility(rng, T, n):
    a, s = U(rng, 0.9, 0.97, n), U(rng, 0.3, 0.5, n)
    return _recur(
        lambda x, e: (np.exp(x[1] / 2) * e, a * x[1] + s * rng.standard_normal(n)),
        (np.zeros(n), np.zeros(n)),
        rng,
        T,
        n,
    )


def _egarch(rng, T, n):
    a, b = U(rng, 0.25, 0.5, n), U(rng, 0.85, 0.95, n)

    def step(s, e):
        v = b * s[1] + a * (np.abs(e) - 0.8) - 0.15 * e
        return 0.3 * s[0] + np.exp(s[1] / 2) * e, v

    return _recur(step, (np.zeros(n), np.zeros(n)), rng, T, n)


def _double_well(rng, T, n):
    d, dt = U(rng, 0.2, 0.4, n), U(rng, 0.1, 0.6, n)
    return _langevin(lambda x: x - x**3, lambda x: np.sqrt(2 * d), (1.0,), dt, rng, T, n)


def _noisy_fhn(rng, T, n):
    d, dt = U(rng, 0.15, 0.3, n), U(rng, 0.6, 2.0, n)
    return _langevin(
        lambda x: np.stack([x[0] - x[0] ** 3 / 3 - x[1] + 0.2, 0.08 * (x[0] + 0.7 - 0.8 * x[1])]),
        lambda x: np.stack([d, 0 * d]),
        (-1, -0.5),
        dt,
        rng,
        T,
        n,
    )


def _noisy_vdp(rng, T, n):
    m, d, dt = U(rng, 0.5, 2.5, n), U(rng, 0.8, 1.4, n), U(rng, 0.15, 0.5, n)
    return _langevin(
        lambda x: np.stack([x[1], m * (1 - x[0] ** 2) * x[1] - x[0]]),
        lambda x: np.stack([0 * d, d]),
        (1, 0),
        dt,
        rng,
        T,
        n,
        sub=16,
    )


def _cir(rng, T, n):
    k, s, dt = U(rng, 0.5, 1.5, n), U(rng, 0.9, 1.3, n), U(rng, 0.1, 0.5, n)
    return _langevin(
        lambda x: k * (1 - x),
        lambda x: s * np.sqrt(np.maximum(x, 1e-6)),
        (1.0,),
        dt,
        rng,
        T,
        n,
        show=lambda x: np.maximum(x[0], 0),
    )


def _logistic_growth_noise(rng, T, n):
    s, dt = U(rng, 0.7, 1.1, n), U(rng, 0.1, 0.6, n)
    return _langevin(lambda x: x * (1 - x), lambda x: s * x, (1.0,), dt, rng, T, n, show=lambda x: np.maximum(x[0], 0))


def _switching(rng, T, n):
    p = U(rng, 0.01, 0.05, n)
    a, b = U(rng, 0.7, 0.95, n), U(rng, -0.8, 0.1, n)

    def step(s, e):
        k = np.where(rng.random(n) < p, 1 - s[1], s[1])
        return np.where(k > 0.5, a * s[0] + 0.5 * e, b * s[0] + 1.5 * e), k

    return _recur(step, (np.zeros(n), np.zeros(n)), rng, T, n)


def _noisy_ricker(rng, T, n):
    r, s = U(rng, 1.2, 1.9, n), U(rng, 0.3, 0.6, n)
    return _recur(lambda x, e: (x[0] * np.exp(r * (1 - x[0]) + s * e),), (np.ones(n),), rng, T, n)


def _toggle(rng, T, n):
    d, dt = U(rng, 0.25, 0.4, n), U(rng, 0.2, 1.0, n)
    return _langevin(
        lambda x: np.stack([3 / (1 + np.abs(x[1]) ** 2) - x[0], 3 / (1 + np.abs(x[0]) ** 2) - x[1]]),
        lambda x: d * np.sqrt(np.maximum(x, 0.02)),
        (2, 0.3),
        dt,
        rng,
        T,
        n,
    )


def _stochastic_lv(rng, T, n):
    s, dt = U(rng, 0.1, 0.25, n), U(rng, 0.15, 0.6, n)
    return _langevin(
        lambda x: np.stack([x[0] * (1 - x[0] / 6 - x[1]), x[1] * (x[0] - 1)]),
        lambda x: s * x,
        (1.2, 0.8),
        dt,
        rng,
        T,
        n,
        sub=16,
    )


def _random_coefficient(rng, T, n):
    a, s = U(rng, 0.2, 0.6, n), U(rng, 0.4, 0.65, n)
    return _recur(lambda x, e: ((a + s * rng.standard_normal(n)) * x[0] + e,), (np.zeros(n),), rng, T, n)


def _noisy_sine_map(rng, T, n):
    q = U(rng, 0.08, 0.2, n)

    def step(x, e):
        kick = np.where(rng.random(n) < q, rng.uniform(-2, 2, n), 0.0)
        return (2.4 * np.sin(x[0]) + kick,)

    return _recur(step, (np.full(n, 0.5),), rng, T, n)


def _birth_death(rng, T, n):
    b, dt = U(rng, 1.5, 2.5, n), U(rng, 0.1, 0.4, n)
    x = np.full(n, 5.0)
    out = np.empty((T, n))
    h = dt / 4
    for t in range(T + 200):
        for _ in range(4):
            up, down = rng.poisson(np.maximum(b * x * (1 - x / 12), 0) * h), rng.poisson(x * h)
            x = np.clip(x + up - down, 1, 12)
        if t >= 200:
            out[t - 200] = x
    return out


def _queue(rng, T, n):
    load = U(rng, 0.5, 0.75, n)
    return _recur(
        lambda x, e: (np.maximum(x[0] + rng.exponential(1, n) * load - rng.exponential(1, n), 0),),
        (np.zeros(n),),
        rng,
        T,
        n,
    )


def _quadratic_map_noise(rng, T, n):
    a, s = U(rng, 1.0, 1.5, n), U(rng, 0.2, 0.4, n)
    return _recur(lambda x, e: (np.tanh(1 - a * x[0] ** 2 + 0.4 * x[0]) + s * e,), (np.zeros(n),), rng, T, n)


def _nonlinear_ma(rng, T, n):
    a = U(rng, 0.6, 1.2, n)
    e = rng.standard_normal((T + 2, n))
    return e[2:] + a * e[1:-1] * e[:-2] + 0.4 * e[1:-1] ** 2


def _theta_neuron(rng, T, n):
    d, dt = U(rng, 0.5, 0.9, n), U(rng, 0.15, 0.5, n)
    return _langevin(
        lambda x: 1 - np.cos(x) + (1 + np.cos(x)) * -0.1,
        lambda x: d * (1 + np.cos(x)) / 1.5,
        (0.0,),
        dt,
        rng,
        T,
        n,
        show=lambda x: 1 - np.cos(x[0]),
    )


def _flipping_pendulum(rng, T, n):
    d, dt = U(rng, 0.6, 1.0, n), U(rng, 0.15, 0.6, n)
    return _langevin(
        lambda x: np.stack([x[1], -np.sin(x[0]) - 0.3 * x[1]]),
        lambda x: np.stack([0 * d, d]),
        (0, 0),
        dt,
        rng,
        T,
        n,
        show=lambda x: np.sin(x[0]),
    )


def _noisy_phase(rng, T, n):
    w, d = U(rng, 0.2, 1.2, n), U(rng, 0.15, 0.35, n)
    phase = np.cumsum(w + d * rng.standard_normal((T, n)), axis=0)
    return np.cos(phase) + 0.6 * np.cos(2 * phase + 0.7)


def _resonance(rng, T, n):
    d, dt, w = U(rng, 0.25, 0.4, n), U(rng, 0.2, 0.6, n), U(rng, 0.05, 0.2, n)
    clock = [np.zeros(n)]

    def drift(x):
        clock[0] = clock[0] + dt / 8
        return x - x**3 + 0.12 * np.cos(w * clock[0])

    return _langevin(drift, lambda x: np.sqrt(2 * d), (1.0,), dt, rng, T, n)


def _noisy_circle(rng, T, n):
    w, k, d = U(rng, 0.1, 0.4, n), U(rng, 0.5, 1.0, n), U(rng, 0.06, 0.12, n)
    x = rng.random(n)
    out = np.empty((T, n))
    for t in range(T):
        x = np.mod(x + w - k / (2 * np.pi) * np.sin(2 * np.pi * x) + d * rng.standard_normal(n), 1)
        out[t] = np.cos(2 * np.pi * x) + 0.4 * np.sin(4 * np.pi * x)
    return out
