"""Vector fields of the corpus's flows over a batch: `(t, X, p)` with `X` of shape `(dim, n)`."""

import numpy as np


def _stack(*rows):
    out = np.empty((len(rows), max(np.size(row) for row in rows)))
    for i, row in enumerate(rows):
        out[i] = row
    return out


def _sprott(body):
    return lambda t, X, p: _stack(*body(X[0], X[1], X[2], p))


def _lorenz63(t, X, p):
    x, y, z = X
    return _stack(10 * (y - x), x * (p["rho"] - z) - y, x * y - 8 / 3 * z)


def _chua(t, X, p):
    x, y, z = X
    h = -0.714 * x + 0.5 * (-1.143 + 0.714) * (np.abs(x + 1) - np.abs(x - 1))
    return _stack(p["alpha"] * (y - x - h), x - y + z, -28 * y)


def _lorenz84(t, X, p):
    x, y, z = X
    return _stack(-(y**2) - z**2 - 0.25 * x + 0.25 * p["F"], x * y - 4 * x * z - y + p["G"], 4 * x * y + x * z - z)


def _lorenz96(t, X, p):
    return (np.roll(X, -1, 0) - np.roll(X, 2, 0)) * np.roll(X, 1, 0) - X + p["F"]


def _double_pendulum(t, X, p):
    a, b, va, vb = X
    d = a - b
    den = 3 - np.cos(2 * d)
    fa = -3 * np.sin(a) - np.sin(a - 2 * b) - 2 * np.sin(d) * (vb**2 + va**2 * np.cos(d))
    fb = 2 * np.sin(d) * (2 * va**2 + 2 * np.cos(a) + vb**2 * np.cos(d))
    return _stack(va, vb, fa / den, fb / den)


def _vano(t, X, p):
    r = np.array([1, 0.72, 1.53, 1.27])[:, None]
    a = np.array([[1, 1.09, 1.52, 0], [0, 1, 0.44, 1.36], [2.33, 0, 1, 0.47], [1.21, 0.51, 0.35, 1]])
    return r * X * (1 - (0.95 + p["s"]) * (a @ X) - (0.05 - p["s"]) * X)


def _hastings(t, X, p):
    x, y, z = X
    f1, f2 = 5 * x / (1 + p["b1"] * x), 0.1 * y / (1 + 2 * y)
    return _stack(x * (1 - x) - f1 * y, f1 * y - f2 * z - 0.4 * y, f2 * z - 0.01 * z)


def _hindmarsh(t, X, p):
    x, y, z = X
    return _stack(y - x**3 + 3 * x**2 - z + p["I"], 1 - 5 * x**2 - y, 0.006 * (4 * (x + 1.6) - z))


def _henon_heiles(t, X, p):
    x, y, u, v = X
    return _stack(u, v, -x - 2 * x * y, -y - x**2 + y**2)


def _hyper_rossler(t, X, p):
    x, y, z, w = X
    return _stack(-y - z, x + 0.25 * y + w, p["b"] + x * z, -0.5 * z + 0.05 * w)


def _duffing(t, X, p):
    x, v = X
    return _stack(v, -p["delta"] * v + x - x**3 + p["gamma"] * np.cos(p["omega"] * t))


def _ueda(t, X, p):
    x, v = X
    return _stack(v, -p["k"] * v - x**3 + p["B"] * np.cos(t))


def _vanderpol(t, X, p):
    x, v = X
    return _stack(v, p["mu"] * (1 - x**2) * v - x + p["A"] * np.cos(p["omega"] * t))


def _driven_pendulum(t, X, p):
    a, v = X
    return _stack(v, -p["c"] * v - np.sin(a) + p["g"] * np.cos(2 / 3 * t))


def _aizawa(t, X, p):
    x, y, z = X
    return _stack(
        (z - 0.7) * x - 3.5 * y,
        3.5 * x + (z - 0.7) * y,
        0.6 + 0.95 * z - z**3 / 3 - (x**2 + y**2) * (1 + 0.25 * z) + p["f"] * z * x**3,
    )


def _blasius(t, X, p):
    x, y, z = X
    eat = 0.2 * x * y / (1 + 0.05 * x)
    return _stack(x - eat, -p["b"] * y + eat - y * z, -10 * (z - 0.006) + y * z)


_J = np.random.default_rng(20).standard_normal((24, 24)) / np.sqrt(24)


def _network(t, X, p):
    return -X + p["g"] * (_J @ np.tanh(X))


def _fitzhugh(t, X, p):
    v, w = X
    return _stack(v - v**3 / 3 - w + p["I"], 0.08 * (v + 0.7 - 0.8 * w))


def _morris(t, X, p):
    v, w = X
    m = 0.5 * (1 + np.tanh((v + 1.2) / 18))
    winf = 0.5 * (1 + np.tanh((v - 2) / 30))
    dv = (p["I"] - 4.4 * m * (v - 120) - 8 * w * (v + 84) - 2 * (v + 60)) / 20
    return _stack(dv, 0.04 * (winf - w) * np.cosh((v - 2) / 60))


def _brusselator(t, X, p):
    x, y = X
    return _stack(1 + x**2 * y - (p["b"] + 1) * x + p["A"] * np.cos(p["omega"] * t), p["b"] * x - x**2 * y)


def _rosenzweig(t, X, p):
    x, y = X
    eat = x * y / (0.3 + x)
    return _stack(x * (1 - x / p["K"]) - eat, 0.8 * eat - 0.4 * y)


def _repressilator(t, X, p):
    m, q = X[:3], X[3:]
    return np.concatenate([p["a"] / (1 + np.roll(q, 1, 0) ** 2.5) - m + 0.1, 2.0 * (m - q)])


def _wilson_cowan(t, X, p):
    e, i = X
    s = lambda u: 1 / (1 + np.exp(-u))  # noqa: E731
    return _stack(-e + s(16 * e - 12 * i + p["P"] - 4), 0.7 * (-i + s(15 * e - 3 * i - 5)))


def _kepler(t, X, p):
    x, y, u, v = X
    r3 = (x**2 + y**2) ** 1.5
    return _stack(u, v, -x / r3, -y / r3)


def _toda(t, X, p):
    q, v = X[:3], X[3:]
    f = np.exp(-(q - np.roll(q, 1, 0)))
    return np.concatenate([v, f - np.roll(f, -1, 0)])


def _springs(t, X, p):
    x, y, u, v = X
    return _stack(u, v, -x, -(p["w"] ** 2) * y)


def _coupled_vdp(t, X, p):
    x, u, y, v = X
    return _stack(
        u, 0.5 * (1 - x**2) * u - x + p["k"] * (y - x), v, 0.5 * (1 - y**2) * v - p["w"] ** 2 * y + p["k"] * (x - y)
    )


def _kuramoto(t, X, p):
    w = np.array([1.0, 1.0, 1.0])[:, None] * _stack(np.ones_like(p["a"]), p["a"], p["b"])
    return w + p["k"] / 3 * np.sin(X[None] - X[:, None]).sum(axis=1)


def _spherical(t, X, p):
    th, _, v, w = X
    s, c = np.sin(th), np.cos(th)
    return _stack(v, w, s * c * w**2 - s, -2 * v * w * c / s)


def _stuart_landau(t, X, p):
    x, y = X
    r2 = x**2 + y**2
    return _stack(p["m"] * x - y - r2 * (x - p["c"] * y), x + p["m"] * y - r2 * (y + p["c"] * x))


def _sir(t, X, p):
    s, i = X
    return _stack(0.3 * (1 - s) - p["b"] * s * i, p["b"] * s * i - 1.3 * i)


def _competition(t, X, p):
    a = np.array([[1, 0.6, 0.4], [0.5, 1, 0.7], [0.3, 0.6, 1]])
    return p["r"] * X * (1 - a @ X)


def _tanks(t, X, p):
    return np.concatenate([(p["u"] - X[:1]), 0.6 * (X[:-1] - X[1:])])


def _damped_duffing(t, X, p):
    x, v = X
    return _stack(v, -p["c"] * v - x - p["b"] * x**3)


def _oscillator(t, X, p):
    x, v = X
    return _stack(v, -2 * p["z"] * v - x)


def _growth(t, X, p):
    return p["r"] * X * (1 - X ** p["q"])


def _lotka(t, X, p):
    x, y = X
    return _stack(x * (1 - y), p["g"] * y * (x - 1))


def _selkov(t, X, p):
    x, y = X
    return _stack(-x + 0.08 * y + x**2 * y, p["b"] - 0.08 * y - x**2 * y)


def _goodwin(t, X, p):
    x, y, z = X
    return _stack(1.0 / (1 + z**12) - p["k"] * x, x - p["k"] * y, y - p["k"] * z)


def _angles(*which):
    def observe(X):
        return np.concatenate([np.sin(X[[i]]) if i in which else X[[i]] for i in range(X.shape[0])])

    return observe
