"""Further processes for the tuning part, added after the split and before any result on the unseen part was seen.

They widen what the classifier learns of noisy cycles, noise-driven maps, slow changes and tori, of which the first
draw of the split left few in the tuning part, and of regular signals under heavy noise. Four are of the same type as an
unseen entry (see docs/verdict.md, which also gives the results without those).
"""

import numpy as np

from .signals import _harmonics, _pulses, _sine, _time, _two_tones
from .stochastic import WARM, U, _arma, _langevin, _recur, _spectral_noise, _standardise

__all__ = ["EXTRA"]


# -- nonlinear stochastic: noisy cycles, noise-driven maps, jumps, multiplicative noise --------------------------------
def _noisy_hopf(rng, T, n):
    d, dt, c = U(rng, 0.35, 0.7, n), U(rng, 0.1, 0.7, n), U(rng, -1, 1.5, n)

    def drift(x):
        r2 = x[0] ** 2 + x[1] ** 2
        return np.stack([x[0] - x[1] - r2 * (x[0] - c * x[1]), x[0] + x[1] - r2 * (x[1] + c * x[0])])

    return _langevin(drift, lambda x: np.stack([d, d]), (1, 0), dt, rng, T, n)


def _noisy_brusselator(rng, T, n):
    b, d, dt = U(rng, 2.1, 3.0, n), U(rng, 0.12, 0.25, n), U(rng, 0.15, 0.7, n)
    drift = lambda x: np.stack([1 + x[0] ** 2 * x[1] - (b + 1) * x[0], b * x[0] - x[0] ** 2 * x[1]])  # noqa: E731
    return _langevin(drift, lambda x: d * np.abs(x), (1, 2), dt, rng, T, n, sub=20)


def _noisy_wilson_cowan(rng, T, n):
    p, d, dt = U(rng, 0.4, 1.4, n), U(rng, 0.06, 0.12, n), U(rng, 0.2, 0.9, n)
    s = lambda u: 1 / (1 + np.exp(-u))  # noqa: E731

    def drift(x):
        return np.stack([-x[0] + s(16 * x[0] - 12 * x[1] + p - 4), 0.7 * (-x[1] + s(15 * x[0] - 3 * x[1] - 5))])

    return _langevin(drift, lambda x: np.stack([d, d]), (0.2, 0.2), dt, rng, T, n)


def _noisy_prey(rng, T, n):
    k, d, dt = U(rng, 0.7, 1.4, n), U(rng, 0.1, 0.2, n), U(rng, 0.4, 2.5, n)

    def drift(x):
        x = np.maximum(x, 1e-3)
        eat = x[0] * x[1] / (0.3 + x[0])
        return np.stack([x[0] * (1 - x[0] / k) - eat, 0.8 * eat - 0.4 * x[1]])

    return _langevin(drift, lambda x: d * np.maximum(x, 1e-3), (0.5, 0.4), dt, rng, T, n, sub=20)


def _relaxation_phase(rng, T, n):
    """A spike per turn of a phase that diffuses: excitable cells, heart beats."""
    w, d, s = U(rng, 0.15, 0.7, n), U(rng, 0.1, 0.25, n), U(rng, 2, 6, n)
    return np.exp(s * (np.cos(np.cumsum(w + d * rng.standard_normal((T, n)), axis=0)) - 1))


def _noisy_period_two(rng, T, n):
    r, d = U(rng, 3.05, 3.4, n), U(rng, 0.05, 0.09, n)
    return _recur(lambda x, e: (np.clip(r * x[0] * (1 - x[0]) + d * e, 0.03, 0.97),), (np.full(n, 0.5),), rng, T, n)


def _noisy_cubic(rng, T, n):
    r, d = U(rng, 1.6, 2.2, n), U(rng, 0.1, 0.2, n)
    return _recur(lambda x, e: (np.clip(r * x[0] * (1 - x[0] ** 2) + d * e, -1.1, 1.1),), (np.full(n, 0.4),), rng, T, n)


def _noisy_gauss_map(rng, T, n):
    a, b, d = U(rng, 3, 5, n), U(rng, -0.6, -0.2, n), U(rng, 0.12, 0.3, n)
    return _recur(lambda x, e: (np.exp(-a * x[0] ** 2) + b + d * e,), (np.full(n, 0.1),), rng, T, n)


def _noisy_delay_map(rng, T, n):
    a, d = U(rng, 1.5, 1.95, n), U(rng, 0.04, 0.1, n)
    return _recur(
        lambda x, e: (np.clip(a * x[0] * (1 - x[1]) + d * e, 0.02, 1.2), x[0]),
        (np.full(n, 0.4), np.full(n, 0.4)),
        rng,
        T,
        n,
    )


def _jumps(rng, T, n):
    a, q = U(rng, 0.6, 0.95, n), U(rng, 0.01, 0.05, n)

    def step(x, e):
        return (a * x[0] + 0.3 * e + np.where(rng.random(n) < q, rng.exponential(4, n), 0),)

    return _recur(step, (np.zeros(n),), rng, T, n)


def _telegraph(rng, T, n):
    up, down, s = U(rng, 0.02, 0.1, n), U(rng, 0.02, 0.1, n), U(rng, 0.2, 0.6, n)

    def step(x, e):
        flip = rng.random(n) < np.where(x[1] > 0, down, up)
        state = np.where(flip, -x[1], x[1])
        return state + s * e, state

    return _recur(step, (np.ones(n), np.ones(n)), rng, T, n)


def _arch(rng, T, n):
    a, m = U(rng, 0.4, 0.7, n), U(rng, 0, 0.5, n)

    def step(x, e):
        new = np.sqrt(0.3 + a * x[1] ** 2) * e
        return m * x[0] + new, new

    return _recur(step, (np.zeros(n), np.zeros(n)), rng, T, n)


def _three_wells(rng, T, n):
    d, dt = U(rng, 0.3, 0.6, n), U(rng, 0.1, 0.6, n)
    return _langevin(
        lambda x: -1.5 * np.sin(2 * np.pi * x / 2.5) - 0.15 * x, lambda x: np.sqrt(2 * d), (0.5,), dt, rng, T, n
    )


def _integrate_and_fire(rng, T, n):
    i, d = U(rng, 0.06, 0.13, n), U(rng, 0.08, 0.2, n)

    def step(x, e):
        v = x[0] * 0.92 + i + d * e
        return (np.where(v > 1, -0.3, v),)

    return _recur(step, (np.zeros(n),), rng, T, n)


def _threshold_memory(rng, T, n):
    a, b = U(rng, 0.5, 1.0, n), U(rng, -1.0, -0.3, n)
    return _recur(lambda x, e: (e + np.where(x[1] > 0, a, b) * x[1], e), (np.zeros(n), np.zeros(n)), rng, T, n)


# -- linear stochastic ------------------------------------------------------------------------------------------------
def _two_scales(rng, T, n):
    fast, slow = (_arma(rng, T, [a], []) for a in (U(rng, 0.2, 0.7, n), U(rng, 0.9, 0.98, n)))
    return _standardise(fast) + U(rng, 0.5, 1.5, n) * _standardise(slow)


def _late_echo(rng, T, n):
    out = np.empty((T, n))
    for j in range(n):
        lag, c = int(rng.integers(3, 15)), rng.uniform(0.5, 0.85) * rng.choice([-1, 1])
        x, e = np.zeros(T + WARM), rng.standard_normal(T + WARM)
        for t in range(lag, T + WARM):
            x[t] = c * x[t - lag] + e[t]
        out[:, j] = x[WARM:]
    return out


def _student_ar(rng, T, n):
    return _arma(rng, T, [U(rng, 0.4, 0.9, n)], [], rng.standard_t(4, (T + WARM, n)))


def _exponential_ar(rng, T, n):
    return _arma(rng, T, [U(rng, 0.4, 0.85, n)], [U(rng, -0.2, 0.4, n)], rng.exponential(1, (T + WARM, n)) - 1)


def _vector_oscillators(rng, T, n):
    out = []
    for _ in range(3):
        r, w = U(rng, 0.8, 0.97, n), U(rng, 0.2, 2, n)
        out.append(_standardise(_arma(rng, T, [2 * r * np.cos(w), -(r**2)], [])))
    return np.einsum("ij,jtn->tin", rng.standard_normal((3, 3)), np.stack(out))


def _cubed(rng, T, n):
    x = _standardise(_arma(rng, T, [U(rng, 0.5, 0.9, n), U(rng, -0.3, 0.05, n)], []))
    return x + 0.25 * x**3


def _resonant(f, n, rng):
    centre, q = U(rng, 0.02, 0.2, n), U(rng, 4, 25, n)
    return 1 / np.sqrt((1 - (f / centre) ** 2) ** 2 + (f / centre / q) ** 2)


def _difference(f, n, rng):
    return np.minimum(f / U(rng, 0.05, 0.25, n), 1.0) + 1e-3


# -- nonstationary ----------------------------------------------------------------------------------------------------
def _slow_curve(rng, T, n, waves=2):
    t = _time(T)
    return sum(U(rng, -1, 1, n) * np.cos(np.pi * k * t + U(rng, 0, 6, n)) / k for k in range(1, waves + 1))


def _modulated_noise(rng, T, n):
    return np.exp(U(rng, 0.8, 1.4, n) * _standardise(_slow_curve(rng, T, n))) * rng.standard_normal((T, n))


def _smooth_transition(rng, T, n):
    t = _time(T)
    step = np.tanh((t - U(rng, 0.3, 0.7, n)) * U(rng, 5, 15, n))
    return U(rng, 1.5, 3, n) * step + _arma(rng, T, [U(rng, 0.2, 0.8, n)], [])


def _pitch_jump(rng, T, n):
    w = np.where(_time(T) < U(rng, 0.3, 0.7, n), U(rng, 0.1, 0.3, n), U(rng, 0.5, 1.2, n))
    return np.sin(np.cumsum(w, axis=0))


def _ramped_lorenz(rng, T, n):
    x = rng.standard_normal((3, n)) + np.array([[1], [1], [20]])
    h, out = U(rng, 0.03, 0.09, n) / 6, np.empty((T, n))
    for t in range(T):
        rho = 15 + 35 * t / T
        f = lambda s, r=rho: np.stack([10 * (s[1] - s[0]), s[0] * (r - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]])  # noqa: E731
        for _ in range(6):
            k1 = f(x)
            k2 = f(x + h / 2 * k1)
            k3 = f(x + h / 2 * k2)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(x + h * k3))
        out[t] = x[2]
    return out


def _walk_and_season(rng, T, n):
    t = np.arange(T)[:, None]
    walk = _standardise(np.cumsum(rng.standard_normal((T, n)), axis=0))
    return walk + U(rng, 0.3, 1, n) * np.sin(2 * np.pi * t / U(rng, 8, 40, n)) + 0.2 * rng.standard_normal((T, n))


def _sloping_chaos(rng, T, n):
    x, out = rng.uniform(0.2, 0.8, n), np.empty((T, n))
    for t in range(T):
        x = 3.95 * x * (1 - x)
        out[t] = x
    return out + U(rng, 1, 2.5, n) * _time(T)


def _sliding_cycle(rng, T, n):
    t = np.arange(T)[:, None]
    return np.sin(U(rng, 0.1, 0.8, n) * t) + U(rng, 1.5, 4, n) * _standardise(_slow_curve(rng, T, n))


def _noisy_walk(rng, T, n):
    return np.cumsum(rng.standard_normal((T, n)), axis=0) + U(rng, 2, 6, n) * rng.standard_normal((T, n))


# -- regular ----------------------------------------------------------------------------------------------------------
def _near_tones(rng, T, n):
    w, t = U(rng, 0.2, 1.2, n), np.arange(T)[:, None]
    beat = 2 * np.pi * U(rng, 8, 16, n) / T * (1 + 0.01 * np.sqrt(2))
    return np.sin(w * t) + U(rng, 0.4, 0.9, n) * np.sin((w + beat) * t + 1)


def _skew_torus(rng, T, n):
    t, w = np.arange(T)[:, None], U(rng, 0.15, 0.7, n)
    a, b = w * t, w * (np.sqrt(13) - 3) * t + 0.5
    return np.cos(a + 0.5 * np.sin(b)) * (1.2 + np.cos(b)) + 0.3 * np.sin(2 * a)


def _rotation_of_plane(rng, T, n):
    """A map: rotation by an irrational angle read through a nonlinear instrument."""
    phase = (
        2 * np.pi * np.arange(T)[:, None] * rng.choice([(np.sqrt(5) - 1) / 2, np.sqrt(2) - 1, np.pi - 3, np.e - 2], n)
    )
    return np.exp(U(rng, 0.3, 1.5, n) * np.cos(phase)) + 0.4 * np.sin(2 * phase)


def _penning(rng, T, n):
    t, w = np.arange(T)[:, None], U(rng, 0.3, 0.9, n)
    fast, slow, axial = w * 1.0, w * 0.1371, w * 0.5236
    one = np.cos(fast * t) + U(rng, 0.5, 1, n) * np.cos(slow * t)
    two = np.sin(fast * t) - U(rng, 0.5, 1, n) * np.sin(slow * t)
    return np.stack([one, two, np.sin(axial * t)], axis=1)


def _quasi_product(rng, T, n):
    t, w = np.arange(T)[:, None], U(rng, 0.2, 0.8, n)
    return np.tanh(1.5 * np.sin(w * t)) * (0.4 + np.cos(w / np.sqrt(11) * t))


def _rectified(rng, T, n):
    return np.abs(np.sin(np.arange(T)[:, None] * U(rng, 0.03, 0.7, n)) + U(rng, 0, 0.4, n))


def _bursts_in_step(rng, T, n):
    p = np.arange(T)[:, None] * U(rng, 0.01, 0.04, n)
    return np.exp(-((np.mod(p, 1) - 0.5) ** 2) * 20) * np.sin(2 * np.pi * p * rng.integers(5, 9, n))


def _folded_cosine(rng, T, n):
    return np.exp(U(rng, 1, 3, n) * np.cos(np.arange(T)[:, None] * U(rng, 0.05, 1.0, n)))


def _loud(signal, low=0.2, high=0.9):
    """An exact signal under more noise of the instrument than the rest of the corpus has."""

    def make(rng, T, n):
        x = _standardise(signal(rng, T, n))
        return x + U(rng, low, high, n) * rng.standard_normal((T, n))

    return make


def _slow_sine(rng, T, n):
    return np.sin(2 * np.pi * np.arange(T)[:, None] / T * U(rng, 5, 18, n) + U(rng, 0, 6, n))


NL, LI, NS, QP, PE, NO = (
    "nonlinear-stochastic",
    "linear-stochastic",
    "nonstationary",
    "quasi-periodic",
    "periodic",
    "noise",
)

EXTRA = {
    "noisy_hopf": (NL, _noisy_hopf, True),
    "noisy_brusselator": (NL, _noisy_brusselator, True),
    "noisy_wilson_cowan": (NL, _noisy_wilson_cowan, True),
    "noisy_prey": (NL, _noisy_prey, True),
    "relaxation_phase": (NL, _relaxation_phase, True),
    "noisy_period_two": (NL, _noisy_period_two, True),
    "noisy_cubic": (NL, _noisy_cubic, True),
    "noisy_gauss_map": (NL, _noisy_gauss_map, True),
    "noisy_delay_map": (NL, _noisy_delay_map, True),
    "jumps": (NL, _jumps, True),
    "telegraph": (NL, _telegraph, True),
    "arch": (NL, _arch, True),
    "three_wells": (NL, _three_wells, True),
    "integrate_and_fire": (NL, _integrate_and_fire, True),
    "threshold_memory": (NL, _threshold_memory, True),
    "two_scales": (LI, _two_scales, True),
    "late_echo": (LI, _late_echo, True),
    "student_ar": (LI, _student_ar, True),
    "exponential_ar": (LI, _exponential_ar, True),
    "vector_oscillators": (LI, _vector_oscillators, True),
    "cubed_ar": (LI, _cubed, True),
    "resonant_noise": (LI, _spectral_noise(_resonant), True),
    "high_pass_noise": (LI, _spectral_noise(_difference), True),
    "modulated_noise": (NS, _modulated_noise, True),
    "smooth_transition": (NS, _smooth_transition, True),
    "pitch_jump": (NS, _pitch_jump, False),
    "ramped_lorenz": (NS, _ramped_lorenz, False),
    "walk_and_season": (NS, _walk_and_season, True),
    "sloping_chaos": (NS, _sloping_chaos, False),
    "sliding_cycle": (NS, _sliding_cycle, False),
    "noisy_walk": (NS, _noisy_walk, True),
    "near_tones": (QP, _near_tones, False),
    "skew_torus": (QP, _skew_torus, False),
    "rotation_of_plane": (QP, _rotation_of_plane, False),
    "penning_trap": (QP, _penning, False),
    "quasi_product": (QP, _quasi_product, False),
    "rectified": (PE, _rectified, False),
    "bursts_in_step": (PE, _bursts_in_step, False),
    "folded_cosine": (PE, _folded_cosine, False),
    "triangular": (NO, lambda r, T, n: r.random((T, n)) + r.random((T, n)), True),
    "weibull": (NO, lambda r, T, n: r.weibull(1.5, (T, n)), True),
    "dice": (NO, lambda r, T, n: r.integers(1, 7, (T, n)).astype(float), True),
    "loud_sine": (PE, _loud(_sine), False),
    "loud_slow_sine": (PE, _loud(_slow_sine, 0.0), False),
    "loud_harmonics": (PE, _loud(_harmonics), False),
    "loud_pulses": (PE, _loud(_pulses), False),
    "loud_cosine": (PE, _loud(_folded_cosine), False),
    "loud_two_tones": (QP, _loud(_two_tones, 0.15, 0.6), False),
    "loud_torus": (QP, _loud(_skew_torus, 0.15, 0.6), False),
}
