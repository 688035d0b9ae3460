"""Deterministic flows for the corpus: vector fields over a batch, with the parameter ranges of each kind of motion.

Every field takes `(t, X, p)` with `X` of shape `(dim, n)`, `t` of shape `(n,)` and `p` a dictionary of arrays `(n,)`,
and returns the time derivative. `kinds` maps a kind of motion to parameter ranges; whether a draw really moves that way
is checked on the noise-free orbit (in corpus.py), never on what an observer sees.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["FLOWS", "Flow"]


from .fields import (
    _aizawa,
    _angles,
    _blasius,
    _brusselator,
    _chua,
    _competition,
    _coupled_vdp,
    _damped_duffing,
    _double_pendulum,
    _driven_pendulum,
    _duffing,
    _fitzhugh,
    _goodwin,
    _growth,
    _hastings,
    _henon_heiles,
    _hindmarsh,
    _hyper_rossler,
    _kepler,
    _kuramoto,
    _lorenz63,
    _lorenz84,
    _lorenz96,
    _lotka,
    _morris,
    _network,
    _oscillator,
    _repressilator,
    _rosenzweig,
    _selkov,
    _sir,
    _spherical,
    _springs,
    _sprott,
    _stuart_landau,
    _tanks,
    _toda,
    _ueda,
    _vanderpol,
    _vano,
    _wilson_cowan,
)


@dataclass(frozen=True)
class Flow:
    name: str
    f: Callable
    x0: tuple
    kinds: dict[str, dict[str, tuple[float, float]]]
    time: float = 6.0  # rough characteristic time, refined by a pilot run
    spread: float = 0.1
    observe: Callable | None = None  # (dim, n) -> (channels, n)
    positive: bool = False
    steps: int = 80  # integration steps per characteristic time


_CH = "chaotic"
_PE = "periodic"
_QP = "quasi-periodic"
_FP = "fixed-point"
_ = {}

FLOWS = [
    Flow(
        "lorenz63",
        _lorenz63,
        (1, 2, 20),
        {_CH: {"rho": (26, 45)}, _PE: {"rho": (148, 165)}, _FP: {"rho": (12, 19)}},
        0.8,
        steps=100,
    ),
    Flow(
        "rossler",
        _sprott(lambda x, y, z, p: (-y - z, x + 0.2 * y, 0.2 + z * (x - p["c"]))),
        (1, 1, 0),
        {_CH: {"c": (5.0, 9)}, _PE: {"c": (2.3, 3.9)}},
        steps=140,
    ),
    Flow("chua", _chua, (0.7, 0, 0), {_CH: {"alpha": (15.2, 16)}, _FP: {"alpha": (6.8, 8)}}, 2.5),
    Flow(
        "thomas",
        _sprott(lambda x, y, z, p: (np.sin(y) - p["b"] * x, np.sin(z) - p["b"] * y, np.sin(x) - p["b"] * z)),
        (1, 0.5, 0),
        {_CH: {"b": (0.1, 0.19)}, _FP: {"b": (0.35, 0.6)}},
        8,
    ),
    Flow(
        "halvorsen",
        _sprott(
            lambda x, y, z, p: (
                -p["a"] * x - 4 * y - 4 * z - y**2,
                -p["a"] * y - 4 * z - 4 * x - z**2,
                -p["a"] * z - 4 * x - 4 * y - x**2,
            )
        ),
        (-5, 0, 0),
        {_CH: {"a": (1.27, 1.5)}},
        1.5,
    ),
    Flow("sprott_b", _sprott(lambda x, y, z, p: (y * z, x - y, 1 - x * y)), (0.5, 0.5, 0), {_CH: _}, 5),
    Flow(
        "sprott_d",
        _sprott(lambda x, y, z, p: (-y, x + z, x * z + 3 * y**2)),
        (-0.5, 0.1, 0),
        {_CH: _},
        6,
        0.02,
        steps=120,
    ),
    Flow("sprott_f", _sprott(lambda x, y, z, p: (y + z, -x + 0.5 * y, x**2 - z)), (0.1, 0.1, 0), {_CH: _}),
    Flow("sprott_k", _sprott(lambda x, y, z, p: (x * y - z, x - y, x + 0.3 * z)), (0.1, 0.1, 0.1), {_CH: _}),
    Flow("sprott_l", _sprott(lambda x, y, z, p: (y + 3.9 * z, 0.9 * x**2 - y, 1 - x)), (1, 1, 0.3), {_CH: _}),
    Flow("sprott_n", _sprott(lambda x, y, z, p: (-2 * y, x + z**2, 1 + y - 2 * z)), (0.1, 0.1, 0.1), {_CH: _}),
    Flow(
        "sprott_o",
        _sprott(lambda x, y, z, p: (y, x - z, x + x * z + 2.7 * y)),
        (0.1, 0.1, 0.1),
        {_CH: _},
        5,
        0.02,
        steps=100,
    ),
    Flow("sprott_q", _sprott(lambda x, y, z, p: (-z, x - y, 3.1 * x + y**2 + 0.5 * z)), (0.1, 0.1, 0.1), {_CH: _}, 4),
    Flow("sprott_s", _sprott(lambda x, y, z, p: (-x - 4 * y, x + z**2, 1 + x)), (0.1, 0.1, 0.1), {_CH: _}, 3),
    Flow(
        "chen",
        _sprott(lambda x, y, z, p: (35 * (y - x), (p["c"] - 35) * x - x * z + p["c"] * y, x * y - 3 * z)),
        (-3, 2, 20),
        {_CH: {"c": (27, 28.4)}},
        0.5,
        steps=120,
    ),
    Flow(
        "lu",
        _sprott(lambda x, y, z, p: (36 * (y - x), -x * z + p["c"] * y, x * y - 3 * z)),
        (1, 1, 10),
        {_CH: {"c": (18, 21)}},
        0.6,
    ),
    Flow(
        "rucklidge",
        _sprott(lambda x, y, z, p: (-2 * x + p["l"] * y - y * z, x, -z + y**2)),
        (1, 1, 4),
        {_CH: {"l": (6.5, 7.2)}, _FP: {"l": (3, 4.2)}},
        4,
    ),
    Flow(
        "shimizu_morioka",
        _sprott(lambda x, y, z, p: (y, (1 - z) * x - 0.75 * y, -p["b"] * z + x**2)),
        (0.3, 0.2, 0.5),
        {_CH: {"b": (0.4, 0.46)}},
        6,
    ),
    Flow("nose_hoover", _sprott(lambda x, y, z, p: (y, -x + y * z, 1 - y**2)), (0, 5, 0), {_CH: _}, 6, 0.02),
    Flow(
        "moore_spiegel",
        _sprott(lambda x, y, z, p: (y, z, -z - (p["T"] - 20 + 20 * x**2) * y - p["T"] * x)),
        (0.1, 0.1, 0),
        {_CH: {"T": (5.5, 8)}},
        2,
        steps=200,
    ),
    Flow(
        "rikitake",
        _sprott(lambda x, y, z, p: (-2 * x + z * y, -2 * y + x * (z - p["a"]), 1 - x * y)),
        (1, 0.5, 3),
        {_CH: {"a": (4.6, 5.4)}},
        3,
    ),
    Flow(
        "jerk",
        _sprott(lambda x, y, z, p: (y, z, -p["A"] * z + y**2 - x)),
        (0.02, 0, 0),
        {_CH: {"A": (2.017, 2.04)}, _PE: {"A": (2.1, 2.3)}},
        6,
        0.002,
    ),
    Flow(
        "genesio_tesi",
        _sprott(lambda x, y, z, p: (y, z, -x - 1.1 * y - p["a"] * z + x**2)),
        (0.1, 0.1, 0.1),
        {_CH: {"a": (0.435, 0.45)}, _PE: {"a": (0.5, 0.7)}},
        6,
        0.03,
    ),
    Flow(
        "arneodo",
        _sprott(lambda x, y, z, p: (y, z, p["a"] * x - 3.5 * y - z - x**3)),
        (0.2, 0.2, -0.7),
        {_CH: {"a": (5.3, 5.7)}, _PE: {"a": (3.6, 4.3)}, _FP: {"a": (1.8, 2.9)}},
        3,
    ),
    Flow("lorenz84", _lorenz84, (1, 0, 0.5), {_CH: {"F": (7.5, 8.5), "G": (0.95, 1.1)}}, 4),
    Flow(
        "newton_leipnik",
        _sprott(lambda x, y, z, p: (-0.4 * x + y + 10 * y * z, -x - 0.4 * y + 5 * x * z, 0.175 * z - 5 * x * y)),
        (0.349, 0, -0.16),
        {_CH: _},
        5,
        0.01,
        steps=100,
    ),
    Flow(
        "burke_shaw",
        _sprott(lambda x, y, z, p: (-10 * (x + y), -y - 10 * x * z, 10 * x * y + p["v"])),
        (0.6, 0, 0),
        {_CH: {"v": (4.1, 4.5)}},
        0.7,
        steps=120,
    ),
    Flow(
        "dadras",
        _sprott(lambda x, y, z, p: (y - 3 * x + 2.7 * y * z, 1.7 * y - x * z + z, 2 * x * y - 9 * z)),
        (1, 1, 1),
        {_CH: _},
        2,
    ),
    Flow(
        "finance",
        _sprott(lambda x, y, z, p: (z + (y - 0.9) * x, 1 - 0.2 * y - x**2, -x - p["c"] * z)),
        (1, 2, 0.5),
        {_CH: {"c": (1.15, 1.3)}},
        6,
    ),
    Flow(
        "four_species", _vano, (0.3, 0.46, 0.13, 0.36), {_CH: {"s": (0.045, 0.055)}}, 30, 0.01, steps=120, positive=True
    ),
    Flow(
        "food_chain",
        _hastings,
        (0.8, 0.2, 9),
        {_CH: {"b1": (2.9, 3.2)}, _PE: {"b1": (2.0, 2.2)}},
        60,
        0.02,
        steps=200,
        positive=True,
    ),
    Flow("hindmarsh_rose", _hindmarsh, (-1, 0, 2.9), {_CH: {"I": (3.15, 3.3)}, _PE: {"I": (1.5, 2.3)}}, 40, steps=700),
    Flow("double_pendulum", _double_pendulum, (2.2, 2.4, 0, 0), {_CH: _}, 4, 0.2, _angles(0, 1)),
    Flow("henon_heiles", _henon_heiles, (0.0, 0.1, 0.49, 0.1), {_CH: _}, 6.3, 0.01),
    Flow("hyper_rossler", _hyper_rossler, (-10, -6, 0, 10), {_CH: {"b": (2.9, 3.1)}}, 6, 0.2, steps=140),
    Flow("lorenz96", _lorenz96, (8, 8.1, 8, 7.9, 8, 8.2), {_CH: {"F": (8, 12)}, _FP: {"F": (0.4, 0.85)}}, 2),
    Flow(
        "duffing",
        _duffing,
        (0.5, 0),
        {
            _CH: {"delta": (0.25, 0.32), "gamma": (0.45, 0.52), "omega": (1.18, 1.22)},
            _PE: {"delta": (0.25, 0.35), "gamma": (0.15, 0.27), "omega": (1.15, 1.25)},
            _FP: {"delta": (0.1, 0.5), "gamma": (0, 0), "omega": (1, 1)},
        },
        5.2,
    ),
    Flow(
        "ueda", _ueda, (2.5, 0), {_CH: {"k": (0.05, 0.09), "B": (7.5, 12)}, _PE: {"k": (0.1, 0.3), "B": (1, 4)}}, 6.28
    ),
    Flow(
        "vanderpol",
        _vanderpol,
        (1, 0),
        {
            _PE: {"mu": (0.3, 6), "A": (0, 0), "omega": (1, 1)},
            _CH: {"mu": (5, 5), "A": (5, 5), "omega": (2.463, 2.468)},
            _QP: {"mu": (0.5, 2), "A": (0.3, 0.8), "omega": (1.7, 2.3)},
        },
        6.5,
        steps=300,
    ),
    Flow(
        "driven_pendulum",
        _driven_pendulum,
        (0.5, 0.5),
        {
            _CH: {"c": (0.5, 0.5), "g": (1.47, 1.53)},
            _PE: {"c": (0.5, 0.5), "g": (0.6, 1.0)},
            _FP: {"c": (0.1, 0.4), "g": (0, 0)},
        },
        9,
        observe=_angles(0),
    ),
    Flow("aizawa", _aizawa, (0.1, 0, 0), {_CH: {"f": (0.1, 0.1)}, _QP: {"f": (0, 0)}}, 1.8, 0.03),
    Flow("blasius", _blasius, (5, 5, 0.01), {_CH: {"b": (0.9, 1.05)}}, 6, steps=200, positive=True),
    Flow(
        "random_network",
        _network,
        tuple(np.linspace(-1, 1, 24)),
        {_CH: {"g": (2.4, 3.2)}, _FP: {"g": (0.5, 0.8)}},
        10,
        0.5,
        lambda X: X[:6],
    ),
    Flow("fitzhugh_nagumo", _fitzhugh, (1, 0), {_PE: {"I": (0.4, 1.3)}, _FP: {"I": (0.0, 0.25)}}, 40, 0.3, steps=200),
    Flow("morris_lecar", _morris, (-20, 0.1), {_PE: {"I": (95, 150)}, _FP: {"I": (20, 60)}}, 80, 2, steps=300),
    Flow(
        "brusselator",
        _brusselator,
        (1.2, 2),
        {
            _PE: {"b": (2.2, 3.5), "A": (0, 0), "omega": (1, 1)},
            _FP: {"b": (1.0, 1.8), "A": (0, 0), "omega": (1, 1)},
            _QP: {"b": (2.1, 2.5), "A": (0.02, 0.06), "omega": (1.4, 1.9)},
        },
        7,
        0.3,
        steps=200,
        positive=True,
    ),
    Flow(
        "rosenzweig_macarthur",
        _rosenzweig,
        (0.5, 0.3),
        {_PE: {"K": (1.2, 2.0)}, _FP: {"K": (0.55, 0.8)}},
        25,
        0.1,
        positive=True,
    ),
    Flow(
        "repressilator",
        _repressilator,
        (1, 2, 3, 1, 2, 1),
        {_PE: {"a": (8, 30)}, _FP: {"a": (0.5, 1.5)}},
        8,
        positive=True,
    ),
    Flow("wilson_cowan", _wilson_cowan, (0.1, 0.1), {_PE: {"P": (0.6, 1.5)}, _FP: {"P": (-1.5, -0.5)}}, 8, 0.03),
    Flow("kepler", _kepler, (1.3, 0, 0, 0.8), {_PE: _}, 9, 0.15, lambda X: X[:2], steps=600),
    Flow("toda", _toda, (0.2, -0.3, 0.5, 1.0, -0.4, -0.6), {_QP: _}, 4, 0.3, lambda X: X[3:]),
    Flow(
        "springs",
        _springs,
        (1, 1, 0, 0.5),
        {_QP: {"w": (1.31, 2.9)}},
        6,
        0.3,
        lambda X: np.stack([X[0] + 0.6 * X[1], X[0] * X[1], X[2] - X[3]]),
    ),
    Flow("coupled_vanderpol", _coupled_vdp, (1, 0, 1, 0.5), {_QP: {"w": (1.4, 1.9), "k": (0.05, 0.15)}}, 6),
    Flow(
        "kuramoto",
        _kuramoto,
        (0, 1, 2),
        {_QP: {"a": (1.35, 1.7), "b": (1.95, 2.6), "k": (0.1, 0.3)}},
        6,
        0.5,
        lambda X: np.stack([np.sin(X).sum(0), np.cos(X[0]) + 0.5 * np.cos(X[1]), np.sin(X[2]) - 0.7 * np.cos(X[1])]),
    ),
    Flow(
        "spherical_pendulum",
        _spherical,
        (1.0, 0, 0.3, 0.9),
        {_QP: _},
        6,
        0.15,
        lambda X: np.stack([np.sin(X[0]) * np.cos(X[1]), np.sin(X[0]) * np.sin(X[1])]),
    ),
    Flow(
        "stuart_landau",
        _stuart_landau,
        (1, 0.2),
        {_PE: {"m": (0.3, 1), "c": (-1, 1.5)}, _FP: {"m": (-0.3, -0.05), "c": (0, 1)}},
        5,
        0.3,
    ),
    Flow("sir", _sir, (0.9, 0.02), {_FP: {"b": (3, 8)}}, 5, 0.01, positive=True),
    Flow("competition", _competition, (0.1, 0.15, 0.05), {_FP: {"r": (0.5, 2)}}, 8, 0.02, positive=True),
    Flow("tanks", _tanks, (0, 0, 0, 0), {_FP: {"u": (1, 3)}}, 8, 0.3),
    Flow("damped_duffing", _damped_duffing, (2, 0), {_FP: {"c": (0.05, 0.4), "b": (0.2, 1.5)}}, 5, 0.5),
    Flow("damped_oscillator", _oscillator, (1, 0), {_FP: {"z": (0.02, 1.3)}}, 6, 0.5),
    Flow("growth", _growth, (0.02,), {_FP: {"r": (0.5, 2), "q": (0.5, 2)}}, 8, 0.008, positive=True),
    Flow("lotka_volterra", _lotka, (0.6, 0.8), {_PE: {"g": (0.5, 2)}}, 6, 0.2, positive=True),
    Flow("selkov", _selkov, (0.6, 1.2), {_PE: {"b": (0.5, 0.7)}, _FP: {"b": (0.85, 1.2)}}, 7, 0.1, positive=True),
    Flow(
        "goodwin", _goodwin, (0.5, 0.7, 0.9), {_PE: {"k": (0.35, 0.5)}, _FP: {"k": (0.9, 1.1)}}, 12, 0.1, positive=True
    ),
]
