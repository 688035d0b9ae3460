"""Changing, high-dimensional and exact signals of the corpus."""

import numpy as np

from .stochastic import U, _arma


# -- deterministic chaos that is neither a small flow nor a map -------------------------------------------------------
def _mackey_glass(rng, T, n):
    """Delay equation, tau 17 to 23: 20 steps of the Heun scheme a delay and more; sampled about 10 to 25 a cycle."""
    tau = U(rng, 17, 23, n)
    lag, every = 120, int(rng.integers(14, 34))
    h = tau / lag
    past = 1.2 + 0.2 * rng.standard_normal((1, n)) * np.ones((lag + 1, 1))
    ring, head, x = past.copy(), 0, past[-1].copy()
    g = lambda y: 0.2 * y / (1 + y**10)  # noqa: E731
    out = np.empty((T, n))
    for i in range((T + 60) * every):
        old, new = ring[head], ring[(head + 1) % (lag + 1)]
        k1 = g(old) - 0.1 * x
        x = x + h / 2 * (k1 + g(new) - 0.1 * (x + h * k1))
        ring[head] = x
        head = (head + 1) % (lag + 1)
        if i % every == 0 and i >= 60 * every:
            out[i // every - 60] = x
    return out


def _kuramoto_sivashinsky(rng, T, n):
    """u_t = -u_xx - u_xxxx - u u_x on a ring of length 22 (exponent about 0.045): ETD2-RK, 32 modes; 5 grid points."""
    m, length, h = 64, 22.0, 0.1
    k = 2 * np.pi / length * np.arange(m // 2 + 1)[:, None]
    lin = k**2 - k**4
    e = np.exp(h * lin)
    safe = np.where(np.abs(lin) < 1e-9, 1.0, lin)
    p1 = np.where(np.abs(lin) < 1e-9, h, (e - 1) / safe)
    p2 = np.where(np.abs(lin) < 1e-9, h / 2, (e - 1 - h * lin) / (h * safe**2))
    keep = (np.arange(m // 2 + 1) < m // 3)[:, None]
    f = lambda v: -0.5j * k * keep * np.fft.rfft(np.fft.irfft(v, n=m, axis=0) ** 2, axis=0)  # noqa: E731
    v = np.fft.rfft(rng.standard_normal((m, n)) * 0.3, axis=0) * keep
    v[0] = 0
    every = int(rng.integers(8, 18))
    out = np.empty((T, 5, n))
    for i in range(T * every + 2000):
        a = f(v)
        w = e * v + p1 * a
        v = w + p2 * (f(w) - a)
        if i >= 2000 and (i - 2000) % every == 0:
            out[(i - 2000) // every] = np.fft.irfft(v, n=m, axis=0)[::13]
    return out


# -- nonstationary ----------------------------------------------------------------------------------------------------
def _time(T):
    return np.linspace(0, 1, T)[:, None]


def _walk(rng, T, n):
    return np.cumsum(rng.standard_normal((T, n)) + U(rng, -0.05, 0.05, n), axis=0)


def _trend(rng, T, n):
    return U(rng, 3, 8, n) * _time(T) * rng.choice([-1, 1], n) + _arma(rng, T, [U(rng, 0, 0.7, n)], [])


def _parabola(rng, T, n):
    return U(rng, 6, 14, n) * (_time(T) - U(rng, 0.2, 0.8, n)) ** 2 * 2 + rng.standard_normal((T, n))


def _level_shift(rng, T, n):
    return np.where(_time(T) > U(rng, 0.25, 0.75, n), U(rng, 2.5, 5, n), 0) + _arma(rng, T, [U(rng, 0, 0.6, n)], [])


def _variance_change(rng, T, n):
    return np.where(_time(T) > U(rng, 0.3, 0.7, n), U(rng, 2.5, 5, n), 1) * _arma(rng, T, [U(rng, 0, 0.6, n)], [])


def _variance_ramp(rng, T, n):
    return np.exp(U(rng, 1.5, 2.5, n) * _time(T)) * rng.standard_normal((T, n))


def _chirp(rng, T, n):
    cycles = U(rng, 15, 40, n) * np.sqrt(T / 1000)
    t = _time(T)
    return np.sin(2 * np.pi * cycles * (0.4 * t + U(rng, 0.5, 1.5, n) * t**2))


def _drifting_logistic(rng, T, n):
    x = rng.uniform(0.2, 0.8, n)
    out = np.empty((T, n))
    for t in range(T):
        x = (3.0 + 0.95 * t / T) * x * (1 - x)
        out[t] = x
    return out


def _ramped_rossler(rng, T, n):
    x = rng.standard_normal((3, n)) * 0.1 + np.array([[1], [1], [0]])
    h = U(rng, 0.2, 0.5, n) / 4
    out = np.empty((T, n))
    for t in range(T):
        c = 2.5 + 8 * t / T
        f = lambda s, c=c: np.stack([-s[1] - s[2], s[0] + 0.2 * s[1], 0.2 + s[2] * (s[0] - c)])  # noqa: E731
        for _ in range(4):
            k1 = f(x)
            k2 = f(x + h / 2 * k1)
            k3 = f(x + h / 2 * k2)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(x + h * k3))
        out[t] = x[0]
    return out


def _changing_ar(rng, T, n):
    x, out, a, b = np.zeros(n), np.empty((T, n)), U(rng, -0.5, 0.2, n), U(rng, 0.8, 0.97, n)
    for t in range(T):
        x = (a + (b - a) * t / T) * x + rng.standard_normal(n)
        out[t] = x
    return out


def _ar_break(rng, T, n):
    x, out, a, b, c = np.zeros(n), np.empty((T, n)), U(rng, -0.6, 0.2, n), U(rng, 0.85, 0.97, n), U(rng, 0.3, 0.7, n)
    for t in range(T):
        x = np.where(t < c * T, a, b) * x + rng.standard_normal(n)
        out[t] = x
    return out


def _growing(rng, T, n):
    return np.exp(U(rng, 2, 3.5, n) * _time(T)) * np.sin(2 * np.pi * U(rng, 10, 60, n) * _time(T))


def _geometric_walk(rng, T, n):
    return np.exp(np.cumsum(U(rng, 0.5, 1.2, n) * rng.standard_normal((T, n)) / np.sqrt(T), axis=0))


def _arima(rng, T, n):
    return np.cumsum(_arma(rng, T, [U(rng, 0.2, 0.7, n)], [U(rng, -0.3, 0.5, n)]), axis=0)


def _steep_spectrum(f, n, rng):
    return f ** (-U(rng, 1.7, 2.6, n) / 2)


def _exponential_growth(rng, T, n):
    return np.exp(U(rng, 2, 4, n) * _time(T)) * (1 + 0.05 * rng.standard_normal((T, n)))


def _hopf_passage(rng, T, n):
    z = 0.05 * (rng.standard_normal(n) + 1j * rng.standard_normal(n))
    h, out = U(rng, 0.15, 0.6, n) / 4, np.empty((T, n))
    for t in range(T):
        m = -0.4 + 1.2 * t / T
        for _ in range(4):
            z = z + h * ((m + 1j) * z - np.abs(z) ** 2 * z) + 0.03 * np.sqrt(h) * rng.standard_normal(n)
        out[t] = z.real
    return out


def _swap(rng, T, n):
    """Chaotic logistic map that becomes a period-2 orbit at some moment."""
    x, out, c = rng.uniform(0.2, 0.8, n), np.empty((T, n)), U(rng, 0.3, 0.7, n)
    for t in range(T):
        x = np.where(t < c * T, 3.9, 3.2) * x * (1 - x)
        out[t] = x
    return out


def _seasonal_trend(rng, T, n):
    t = np.arange(T)[:, None]
    return (
        U(rng, 4, 8, n) * _time(T)
        + np.sin(2 * np.pi * t / rng.choice([12, 24, 52], n))
        + 0.4 * rng.standard_normal((T, n))
    )


# -- exact periodic and quasi-periodic signals ------------------------------------------------------------------------
def _sine(rng, T, n):
    return np.sin(np.arange(T)[:, None] * U(rng, 0.05, 2.2, n) + U(rng, 0, 6, n))


def _harmonics(rng, T, n):
    w, t = U(rng, 0.05, 0.5, n), np.arange(T)[:, None]
    return sum(U(rng, 0.2, 1, n) * np.sin(k * w * t + U(rng, 0, 6.28, n)) for k in range(1, 6))


def _square(rng, T, n):
    return np.sign(np.sin(np.arange(T)[:, None] * U(rng, 0.05, 0.9, n) + U(rng, 0, 6, n)) + U(rng, -0.5, 0.5, n)) * 1.0


def _sawtooth(rng, T, n):
    return np.mod(np.arange(T)[:, None] * U(rng, 0.01, 0.2, n) + U(rng, 0, 1, n), 1.0)


def _pulses(rng, T, n):
    p = np.mod(np.arange(T)[:, None] * U(rng, 0.01, 0.08, n) + U(rng, 0, 1, n), 1.0)
    return np.exp(-0.5 * ((p - 0.5) / U(rng, 0.05, 0.12, n)) ** 2)


def _cycle_table(rng, T, n):
    """A random pattern of 3 to 24 values repeated for ever."""
    out = np.empty((T, n))
    for j in range(n):
        pattern = rng.standard_normal(int(rng.integers(3, 25)))
        out[:, j] = np.resize(pattern, T)
    return out


def _two_tones(rng, T, n):
    w, t = U(rng, 0.1, 0.8, n), np.arange(T)[:, None]
    ratio = rng.choice([np.sqrt(2), (1 + np.sqrt(5)) / 2, np.sqrt(3), np.pi / 2, np.e], n)
    return np.sin(w * t) + U(rng, 0.4, 1, n) * np.sin(w * ratio * t + U(rng, 0, 6, n))


def _three_tones(rng, T, n):
    w, t = U(rng, 0.1, 0.5, n), np.arange(T)[:, None]
    return (
        np.sin(w * t)
        + U(rng, 0.5, 1, n) * np.sin(w * np.sqrt(2) * t)
        + U(rng, 0.5, 1, n) * np.sin(w * np.sqrt(5.3) * t + 1)
    )


def _modulated(rng, T, n):
    w, t = U(rng, 0.4, 1.5, n), np.arange(T)[:, None]
    return (1 + U(rng, 0.4, 0.9, n) * np.cos(w / (8 * 1.2337) * t)) * np.sin(w * t)


def _phase_modulated(rng, T, n):
    w, t = U(rng, 0.4, 1.2, n), np.arange(T)[:, None]
    return np.sin(w * t + U(rng, 0.8, 2, n) * np.sin(w / (4 * np.sqrt(3)) * t))


def _torus_wave(rng, T, n):
    w, t = U(rng, 0.1, 0.6, n), np.arange(T)[:, None]
    return np.tanh(2 * np.sin(w * t)) + U(rng, 0.4, 1, n) * np.exp(np.cos(w * np.sqrt(7.1) * t + 1)) / 1.5
