"""Deterministic maps for the corpus: steps over a batch, with the parameter ranges of each kind of motion."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["MAPS", "Map"]


@dataclass(frozen=True)
class Map:
    name: str
    step: Callable  # (X (dim, n), p) -> X
    x0: tuple
    kinds: dict[str, dict[str, tuple[float, float]]]
    spread: float = 0.1
    observe: Callable | None = None


def _stack(*rows):
    out = np.empty((len(rows), max(np.size(row) for row in rows)))
    for i, row in enumerate(rows):
        out[i] = row
    return out


def _one(f):
    return lambda X, p: f(X[0], p)[None]


def _two(f):
    return lambda X, p: _stack(*f(X[0], X[1], p))


def _ikeda(x, y, p):
    t = 0.4 - 6 / (1 + x**2 + y**2)
    return 1 + p["u"] * (x * np.cos(t) - y * np.sin(t)), p["u"] * (x * np.sin(t) + y * np.cos(t))


def _standard(x, y, p):
    v = np.mod(y + p["k"] * np.sin(x), 2 * np.pi)
    return np.mod(x + v, 2 * np.pi), v


def _circle(x, p):
    return np.mod(x + p["w"] - p["k"] / (2 * np.pi) * np.sin(2 * np.pi * x), 1.0)


def _lattice(X, p):
    f = p["r"] * X * (1 - X)
    return (1 - p["e"]) * f + p["e"] / 2 * (np.roll(f, 1, 0) + np.roll(f, -1, 0))


def _rulkov(x, y, p):
    return p["a"] / (1 + x**2) + y, y - 0.001 * (x + 1)


def _conservative(x, y, p):
    c, s = np.cos(p["a"]), np.sin(p["a"])
    return x * c - (y - x**2) * s, x * s + (y - x**2) * c


_CH, _PE, _QP, _FP = "chaotic", "periodic", "quasi-periodic", "fixed-point"

MAPS = [
    Map(
        "logistic",
        _one(lambda x, p: p["r"] * x * (1 - x)),
        (0.4,),
        {_CH: {"r": (3.7, 4.0)}, _PE: {"r": (3.05, 3.56)}, _FP: {"r": (2.85, 2.985)}},
    ),
    Map(
        "henon",
        _two(lambda x, y, p: (1 - p["a"] * x**2 + y, 0.3 * x)),
        (0.1, 0.1),
        {_CH: {"a": (1.2, 1.4)}, _PE: {"a": (0.5, 1.02)}, _FP: {"a": (0.25, 0.36)}},
    ),
    Map("ikeda", _two(_ikeda), (0.1, 0.1), {_CH: {"u": (0.8, 0.9)}}),
    Map(
        "standard",
        _two(_standard),
        (1.0, 2.0),
        {_CH: {"k": (3, 7)}, _QP: {"k": (0.2, 0.6)}},
        0.8,
        lambda X: np.stack([np.sin(X[0]), np.cos(X[1]) + 0.5 * np.sin(X[0])]),
    ),
    Map(
        "tent",
        _one(lambda x, p: np.where(x < p["c"], x / p["c"], (1 - x) / (1 - p["c"]))),
        (0.4,),
        {_CH: {"c": (0.15, 0.45)}},
    ),
    Map(
        "cubic",
        _one(lambda x, p: p["r"] * x * (1 - x**2)),
        (0.4,),
        {_CH: {"r": (2.4, 2.6)}, _PE: {"r": (2.05, 2.28)}, _FP: {"r": (1.75, 1.97)}},
    ),
    Map(
        "sine_map",
        _one(lambda x, p: p["r"] * np.sin(np.pi * x)),
        (0.4,),
        {_CH: {"r": (0.9, 1.0)}, _PE: {"r": (0.74, 0.86)}},
    ),
    Map(
        "ricker",
        _one(lambda x, p: x * np.exp(p["r"] * (1 - x))),
        (0.5,),
        {_CH: {"r": (2.75, 3.6)}, _PE: {"r": (2.05, 2.65)}, _FP: {"r": (1.7, 1.97)}},
    ),
    Map(
        "gauss",
        _one(lambda x, p: np.exp(-p["a"] * x**2) + p["b"]),
        (0.1,),
        {_CH: {"a": (6.2, 7.5), "b": (-0.55, -0.45)}, _PE: {"a": (4.9, 6.2), "b": (-0.8, -0.72)}},
    ),
    Map(
        "tinkerbell",
        _two(lambda x, y, p: (x**2 - y**2 + p["a"] * x - 0.6013 * y, 2 * x * y + 2 * x + 0.5 * y)),
        (-0.72, -0.64),
        {_CH: {"a": (0.88, 0.905)}},
        0.005,
    ),
    Map(
        "burgers",
        _two(lambda x, y, p: (0.75 * x - y**2, p["b"] * y + x * y)),
        (-0.1, 0.1),
        {_CH: {"b": (1.72, 1.76)}},
        0.02,
    ),
    Map(
        "holmes",
        _two(lambda x, y, p: (y, -0.2 * x + p["d"] * y - y**3)),
        (0.4, 0.3),
        {_CH: {"d": (2.72, 2.77)}, _PE: {"d": (2.25, 2.35)}, _FP: {"d": (1.5, 2.0)}},
        0.1,
    ),
    Map("lozi", _two(lambda x, y, p: (1 - p["a"] * np.abs(x) + y, 0.5 * x)), (-0.1, 0.1), {_CH: {"a": (1.55, 1.75)}}),
    Map(
        "delayed_logistic",
        _two(lambda x, y, p: (p["a"] * x * (1 - y), x)),
        (0.5, 0.5),
        {_QP: {"a": (2.03, 2.13)}, _FP: {"a": (1.8, 1.96)}},
        0.02,
    ),
    Map(
        "predator_prey_map",
        _two(lambda x, y, p: (p["a"] * x * (1 - x) - 3.2 * x * y, 3.2 * x * y)),
        (0.35, 0.3),
        {_QP: {"a": (2.9, 3.2)}, _CH: {"a": (3.45, 3.75)}},
        0.03,
    ),
    Map("chebyshev", _one(lambda x, p: np.clip(4 * x**3 - 3 * x, -1, 1) * p["s"]), (0.3,), {_CH: {"s": (0.97, 1.0)}}),
    Map("beta_shift", _one(lambda x, p: np.mod(p["b"] * x, 1.0)), (0.3,), {_CH: {"b": (1.3, 3.7)}}),
    Map(
        "circle",
        _one(_circle),
        (0.2,),
        {_QP: {"w": (0.33, 0.45), "k": (0, 0.6)}, _PE: {"w": (0.495, 0.505), "k": (0.9, 0.99)}},
        0.3,
        lambda X: np.concatenate([np.sin(2 * np.pi * X), np.cos(2 * np.pi * X) + 0.3 * np.sin(4 * np.pi * X)]),
    ),
    Map(
        "zaslavskii",
        _two(
            lambda x, y, p: (
                np.mod(x + 400 / 3 * (1 + y) * 0.317 + p["e"] * np.cos(2 * np.pi * x), 1.0),
                np.exp(-3.0) * (y + p["e"] * np.cos(2 * np.pi * x)),
            )
        ),
        (0.2, 0.1),
        {_CH: {"e": (0.3, 0.5)}},
    ),
    Map("lattice", _lattice, (0.3, 0.5, 0.7, 0.2), {_CH: {"r": (3.85, 4.0), "e": (0.05, 0.15)}}, 0.1),
    Map(
        "henon_3d",
        lambda X, p: _stack(p["a"] - X[1] ** 2 - 0.1 * X[2], X[0], X[1]),
        (0.5, 0.5, 0.5),
        {_CH: {"a": (1.6, 1.76)}},
        0.2,
    ),
    Map(
        "kaplan_yorke",
        _two(
            lambda x, y, p: (
                np.where(np.mod(p["b"] * x, 1.0) == 0, 0.3, np.mod(p["b"] * x, 1.0)),
                0.4 * y + np.cos(4 * np.pi * x),
            )
        ),
        (0.2, 0.1),
        {_CH: {"b": (1.7, 2.6)}},
    ),
    Map("rulkov", _two(_rulkov), (-1, -3), {_CH: {"a": (4.1, 4.5)}}, 0.1),
    Map("conservative_henon", _two(_conservative), (0.2, 0.1), {_QP: {"a": (1.2, 1.45)}}, 0.15),
    Map(
        "bogdanov",
        _two(
            lambda x, y, p: (
                x + y + 0.001 * y + 1.2 * x * (x - 1) + p["m"] * x * y,
                y + 0.001 * y + 1.2 * x * (x - 1) + p["m"] * x * y,
            )
        ),
        (0.8, 0.1),
        {_QP: {"m": (-0.003, 0.0)}},
        0.05,
    ),
    Map(
        "hassell",
        _one(lambda x, p: p["l"] * x / (1 + x) ** p["b"]),
        (1.5,),
        {_CH: {"l": (60, 100), "b": (7, 12)}, _PE: {"l": (10, 20), "b": (5, 7)}, _FP: {"l": (4, 7), "b": (2.5, 3)}},
    ),
    Map(
        "coupled_rickers",
        _two(
            lambda x, y, p: (
                0.85 * x * np.exp(p["r"] * (1 - x)) + 0.15 * y * np.exp(p["r"] * (1 - y)),
                0.15 * x * np.exp(p["r"] * (1 - x)) + 0.85 * y * np.exp(p["r"] * (1 - y)),
            )
        ),
        (0.5, 0.9),
        {_CH: {"r": (2.8, 3.4)}},
        0.3,
    ),
    Map(
        "nicholson_bailey",
        _two(lambda x, y, p: (x * np.exp(p["r"] * (1 - x) - 2.2 * y), x * (1 - np.exp(-2.2 * y)))),
        (0.5, 0.3),
        {_QP: {"r": (0.9, 1.3)}, _CH: {"r": (2.7, 3.2)}},
        0.03,
    ),
    Map(
        "rotation_skew",
        _two(
            lambda x, y, p: (np.mod(x + 0.5 * (np.sqrt(5) - 1), 1.0), p["a"] * np.cos(2 * np.pi * x) + 0.5 * np.tanh(y))
        ),
        (0.1, 0.2),
        {_QP: {"a": (0.4, 1.5)}},
        0.2,
        lambda X: np.stack([X[1], X[1] ** 2 + np.cos(2 * np.pi * X[0])]),
    ),
]
