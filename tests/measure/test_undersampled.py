"""Bias-corrected estimators of Shannon entropy, against literal formulas and known distributions."""

import math

import numpy as np
import pytest
from scipy import integrate
from scipy.special import digamma, gammaln, polygamma

import cocycle as cc
from cocycle.measure import block_entropy, bubble_entropy, dispersion_entropy, permutation_entropy
from cocycle.measure.entropy._undersampled import ESTIMATORS

COUNTS, STATES = np.array([5, 3, 2, 1, 1]), 9


def plug_in(counts):
    n = sum(counts)
    return -sum(c / n * math.log(c / n) for c in counts if c)


def by_hand(name):
    counts, n = COUNTS.tolist(), int(COUNTS.sum())
    if name == "miller-madow":
        return plug_in(counts) + 4 / 24
    if name == "jackknife":  # leave out every draw in turn
        less = [plug_in([c - (i == j) for j, c in enumerate(counts)]) for i in range(5) for _ in range(counts[i])]
        return n * plug_in(counts) - (n - 1) * sum(less) / n
    if name == "grassberger":  # his recurrence
        g = {1: -np.euler_gamma - math.log(2), 2: 2 - np.euler_gamma - math.log(2)}
        for m in range(1, 4):
            g[2 * m + 1], g[2 * m + 2] = g[2 * m], g[2 * m] + 2 / (2 * m + 1)
        return math.log(n) - sum(c * g[c] for c in counts) / n
    if name == "chao-shen":
        p = [(1 - 2 / 12) * c / n for c in counts]
        return -sum(q * math.log(q) / (1 - (1 - q) ** n) for q in p)

    # Nemenman, Shafee, Bialek: an integral over the expected entropy xi, flat from 0 to log K
    def xi(b):
        return digamma(STATES * b + 1) - digamma(b + 1)

    def evidence(b):
        seen = sum(gammaln(c + b) - gammaln(b) for c in counts)
        return math.exp(gammaln(STATES * b) - gammaln(n + STATES * b) + seen + 25)

    def mean(b):
        every = counts + [0] * (STATES - 5)
        total = n + STATES * b
        return digamma(total + 1) - sum((c + b) / total * digamma(c + b + 1) for c in every)

    def slope(b):
        return STATES * polygamma(1, STATES * b + 1) - polygamma(1, b + 1)

    assert slope(0.3) == pytest.approx((xi(0.3 + 1e-6) - xi(0.3 - 1e-6)) / 2e-6, rel=1e-6)
    top, bottom = (
        integrate.quad(lambda u, f=f: f(math.exp(u)) * math.exp(u), -25, 12, limit=300)[0]
        for f in (lambda b: evidence(b) * slope(b) * mean(b), lambda b: evidence(b) * slope(b))
    )
    return top / bottom


@pytest.mark.parametrize("name", ESTIMATORS)
def test_formulas(name):
    assert ESTIMATORS[name](COUNTS, STATES) == pytest.approx(by_hand(name), rel=1e-6)


LAWS = {
    "uniform": np.full(500, 1 / 500),
    "Zipf": (1 / np.arange(1, 501)) / np.sum(1 / np.arange(1, 501)),
    "geometric": 0.98 ** np.arange(500) / np.sum(0.98 ** np.arange(500)),
}


@pytest.mark.parametrize(("law", "p"), LAWS.items(), ids=LAWS)
def test_bias_at_two_states_a_draw(law, p):
    """250 draws from 500 states: what is left of the bias of the plug-in value, as a share of it."""
    truth = -np.sum(p * np.log(p))
    draws = [np.random.default_rng(seed).multinomial(250, p) for seed in range(40)]
    draws = [c[c > 0] for c in draws]
    bias = {name: np.mean([f(c, 500) for c in draws]) - truth for name, f in ESTIMATORS.items()}
    plain = np.mean([plug_in(c) for c in draws]) - truth
    assert plain < -0.25
    left = {name: b / plain for name, b in bias.items()}
    assert 0 < left["grassberger"] < left["miller-madow"] < 0.75  # still too low, but less so
    assert 0 < left["jackknife"] < left["miller-madow"]
    assert abs(left["chao-shen"]) < 0.4
    assert abs(left["nsb"]) < (0.3 if law == "Zipf" else 0.1)


@pytest.mark.parametrize("name", ESTIMATORS)
def test_as_an_option(name):
    noise = np.random.default_rng(0).integers(0, 4, 6000)
    found = block_entropy(noise, length=2, rate=True, correct_bias=name)
    assert abs(float(found) - math.log(4)) < 4 * np.asarray(found.stderr)
    assert 1e-5 < np.asarray(found.stderr) < 5e-3
    x = np.random.default_rng(1).normal(size=700)
    plain = permutation_entropy(x, order=6)
    assert float(plain) < float(permutation_entropy(x, order=6, correct_bias=name)) <= 1


def test_what_is_refused():
    x = np.random.default_rng(1).normal(size=700)
    for call in (
        lambda: permutation_entropy(x, correct_bias="best"),
        lambda: permutation_entropy(x, correct_bias="nsb", weighting="variance"),
        lambda: dispersion_entropy(x, correct_bias="nsb", kind="renyi", q=2),
        lambda: bubble_entropy(x, correct_bias="nsb"),  # of order 2 unless told otherwise
        lambda: cc.measure.statistical_complexity(x, correct_bias="nsb"),  # pyright: ignore[reportArgumentType]
        lambda: cc.measure.spectral_entropy(x, correct_bias="nsb"),  # pyright: ignore[reportArgumentType]
    ):
        with pytest.raises(cc.core.CocycleError, match="correct_bias"):
            call()


@pytest.mark.slow
@pytest.mark.parametrize("name", ESTIMATORS)
def test_error_bars(name):
    p = LAWS["Zipf"][:200] / LAWS["Zipf"][:200].sum()
    runs = [
        block_entropy(np.random.default_rng(seed).choice(200, 1500, p=p), length=1, correct_bias=name)
        for seed in range(80)
    ]
    assert np.mean([r.stderr for r in runs]) == pytest.approx(np.std([float(r) for r in runs]), rel=0.25)
