"""Stochastic processes of the corpus: a process takes `(rng, T, n)` and returns `(T, n)` or `(T, d, n)`."""

import numpy as np

U = lambda rng, lo, hi, n: rng.uniform(lo, hi, n)  # noqa: E731
WARM = 300


def _recur(step, state, rng, T, n, noise=None, warm=WARM):
    """Iterate `state = step(state, e)` with `e` the innovations of one step; record the first row of the state."""
    out = np.empty((T, n))
    draw = noise or (lambda: rng.standard_normal(n))
    for i in range(T + warm):
        state = step(state, draw())
        if i >= warm:
            out[i - warm] = state[0]
    return out


def _langevin(drift, diffusion, x0, dt, rng, T, n, sub=8, warm=400, show=lambda x: x[0]):
    """Euler-Maruyama over a batch: state `(dim, n)`, sampling interval `dt` (n,), `sub` steps a sample."""
    x = np.array(np.broadcast_to(np.asarray(x0, float)[:, None], (len(x0), n)))
    h = dt / sub
    out = []
    for i in range(T + warm):
        for _ in range(sub):
            x = x + h * drift(x) + np.sqrt(h) * diffusion(x) * rng.standard_normal(x.shape)
        if i >= warm:
            out.append(show(x))
    return np.stack(out)


# -- noise ------------------------------------------------------------------------------------------------------------
def _iid(draw):
    return lambda rng, T, n: draw(rng, (T, n))


def _shuffled_map(rng, T, n):
    x = np.empty((T, n))
    v = rng.uniform(0.1, 0.9, n)
    for i in range(T):
        v = 3.97 * v * (1 - v)
        x[i] = v
    return rng.permuted(x, axis=0)


def _iid_vector(rng, T, n):
    mix = rng.standard_normal((3, 3))
    return np.einsum("ij,tjn->tin", mix, rng.standard_normal((T, 3, n)))


# -- linear stochastic ------------------------------------------------------------------------------------------------
def _arma(rng, T, a, b, e=None):
    """ARMA with coefficient lists of arrays (n,)."""
    n = len(a[0]) if a else len(b[0])
    e = rng.standard_normal((T + WARM, n)) if e is None else e
    x = np.zeros((T + WARM, n))
    for t in range(len(e)):
        v = e[t].copy()
        for k, c in enumerate(a, 1):
            if t >= k:
                v += c * x[t - k]
        for k, c in enumerate(b, 1):
            if t >= k:
                v += c * e[t - k]
        x[t] = v
    return x[WARM:]


def _ar1(rng, T, n):
    return _arma(rng, T, [U(rng, 0.35, 0.97, n) * rng.choice([1, 1, 1, -1], n)], [])


def _ar2(rng, T, n):
    r, w = U(rng, 0.75, 0.985, n), U(rng, 0.1, 2.6, n)
    return _arma(rng, T, [2 * r * np.cos(w), -(r**2)], [])


def _arp(rng, T, n):
    a = np.ones((1, n))
    for _ in range(3):
        r, w = U(rng, 0.3, 0.95, n), U(rng, 0.1, 3, n)
        q = np.stack([np.ones(n), -2 * r * np.cos(w), r**2])
        a = sum(np.pad(q[[k]] * a, ((k, 2 - k), (0, 0))) for k in range(3))
    return _arma(rng, T, list(-a[1:]), [])


def _spectral_noise(shape):
    """Gaussian noise with an amplitude spectrum `shape(f, n, rng)` of frequencies `(F, 1)` in cycles a sample."""

    def make(rng, T, n):
        size = 2 * T
        f = np.fft.rfftfreq(size)[:, None]
        a = shape(np.maximum(f, 1.0 / size), n, rng)
        z = rng.standard_normal((f.size, n)) + 1j * rng.standard_normal((f.size, n))
        z[0] = 0
        return np.fft.irfft(a * z, n=size, axis=0)[:T]

    return make


def _band(f, n, rng):
    centre, width = U(rng, 0.03, 0.3, n), U(rng, 0.15, 0.6, n)
    return np.exp(-0.5 * (np.log(f / centre) / width) ** 2)


def _var1(rng, T, n):
    out = np.empty((T, 3, n))
    for j in range(n):
        m = rng.standard_normal((3, 3))
        m *= rng.uniform(0.6, 0.95) / np.abs(np.linalg.eigvals(m)).max()
        x = np.zeros(3)
        for t in range(T + 100):
            x = m @ x + rng.standard_normal(3)
            if t >= 100:
                out[t - 100, :, j] = x
    return out


def _oscillator_noise(rng, T, n):
    z, dt = U(rng, 0.05, 0.5, n), U(rng, 0.1, 0.8, n)
    return _langevin(
        lambda x: np.stack([x[1], -x[0] - 2 * z * x[1]]), lambda x: np.array([[0.0], [1.0]]), (0, 0), dt, rng, T, n
    )


def _surrogate_flow(rng, T, n):
    """Phase-randomised Lorenz x: its spectrum, none of its dynamics."""
    x = rng.standard_normal((3, n)) + np.array([[1], [1], [25]])
    dt = U(rng, 0.02, 0.1, n)
    out = np.empty((T, n))
    for t in range(T + 100):
        for _ in range(4):
            h = dt / 4
            f = lambda s: np.stack([10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]])  # noqa: E731
            k1 = f(x)
            x = x + h * f(x + h / 2 * k1)
        if t >= 100:
            out[t - 100] = x[0]
    z = np.fft.rfft(out, axis=0)
    z *= np.exp(2j * np.pi * rng.random(z.shape))
    return np.fft.irfft(z, n=T, axis=0)


def _seasonal_ar(rng, T, n):
    out = np.empty((T, n))
    for j in range(n):
        s, c, a = int(rng.choice([4, 7, 12])), rng.uniform(0.5, 0.85), rng.uniform(0.2, 0.5)
        x = np.zeros(T + WARM)
        e = rng.standard_normal(T + WARM)
        for t in range(s + 1, T + WARM):
            x[t] = c * x[t - s] + a * x[t - 1] - a * c * x[t - s - 1] + e[t]
        out[:, j] = x[WARM:]
    return out


def _standardise(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)
