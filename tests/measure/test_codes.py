"""Code lengths and epiplexity, against closed forms of Bayesian mixtures and entropy rates."""

import itertools
import math

import numpy as np
import pytest
from scipy.special import gammaln

import cocycle as cc
from cocycle.measure import (
    BayesianAutoregression,
    ContextTreeWeighting,
    KrichevskyTrofimov,
    Refitted,
    epiplexity,
    epiplexity_from_losses,
    prequential_code_length,
    requential_code_length,
)


def dirichlet_length(counts):
    """Nats of symbols with these counts under the Dirichlet(1/2) mixture: minus the log of a Beta function."""
    counts = np.asarray(counts, dtype=float)
    prior = np.full(counts.size, 0.5)
    beta = gammaln(counts + prior).sum() - gammaln((counts + prior).sum())
    return float(gammaln(prior).sum() - gammaln(prior.sum()) - beta)


def counts_after(x, context, memory, letters):
    """Counts of symbols that follow a context (latest symbol last), from row `memory` on."""
    k, c = len(context), np.zeros(letters, int)
    for t in range(memory, len(x)):
        if tuple(x[t - k : t]) == context:
            c[x[t]] += 1
    return c


def trees(context, depth):
    """All context trees under a node, as (nats of its prior, leaves)."""
    if len(context) == depth:
        return [(0.0, [context])]
    split = [trees((a, *context), depth) for a in (0, 1)]
    return [(math.log(2), [context])] + [
        (math.log(2) + p + q, left + right) for (p, left), (q, right) in itertools.product(*split)
    ]


def _three(found):
    return 3.5 * float(np.asarray(found.stderr))


def chain(transitions, n, rng):
    """A Markov chain by its transition matrix."""
    steps, state, out = rng.random(n), 0, np.empty(n, int)
    edges = np.cumsum(transitions, axis=1)
    for t in range(n):
        out[t] = state = int(np.searchsorted(edges[state], steps[t]))
    return out


def autoregression(n, rng, coefficients=(1.2, -0.5), sigma=1.0):
    from scipy.signal import lfilter

    noise = sigma * rng.normal(size=n + 500)
    return lfilter([1.0], [1.0, *(-np.array(coefficients))], noise)[500:]


@pytest.mark.parametrize(
    "code", [KrichevskyTrofimov(0, 2), KrichevskyTrofimov(2, 2), ContextTreeWeighting(3, 2), ContextTreeWeighting(1, 3)]
)
def test_the_probabilities_of_all_sequences_sum_to_one(code):
    words = itertools.product(range(code.letters), repeat=6)  # Kraft's equality
    assert sum(math.exp(-code.learning(np.array(w)[:, None]).sum()) for w in words) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("order", [0, 2])
def test_dirichlet_mixture_in_closed_form(order):
    x = np.random.default_rng(0).choice(3, 400, p=[0.6, 0.3, 0.1])
    expected = order * math.log(3) + sum(
        dirichlet_length(counts_after(x, c, order, 3)) for c in itertools.product(range(3), repeat=order)
    )
    assert float(prequential_code_length(x, KrichevskyTrofimov(order))) == pytest.approx(expected, rel=1e-11)


def test_context_tree_weighting_is_the_sum_over_all_trees():
    x = chain(np.array([[0.9, 0.1], [0.4, 0.6]]), 150, np.random.default_rng(1))
    depth = 3
    models = trees((), depth)
    assert len(models) == 26  # of all binary context trees of depth 3
    assert sum(math.exp(-prior) for prior, _ in models) == pytest.approx(1)
    length = {c: dirichlet_length(counts_after(x, c, depth, 2)) for _, leaves in models for c in leaves}
    logs = [-prior - sum(length[c] for c in leaves) for prior, leaves in models]
    expected = depth * math.log(2) - np.logaddexp.reduce(logs)
    assert float(prequential_code_length(x, ContextTreeWeighting(depth))) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("seed", range(3))
def test_context_tree_weighting_keeps_its_redundancy_bound(seed):
    """For every sequence [Willems 1995, theorem 2, without the two bits of arithmetic coding]."""
    rng, depth, n = np.random.default_rng(seed), 4, 2000
    leaves = {(0,): rng.random(), (0, 1): rng.random(), (1, 1): rng.random()}  # probability of a 1
    x = [0] * depth
    for u in rng.random(n):
        p = next(p for c, p in leaves.items() if tuple(x[-len(c) :]) == c)
        x.append(int(u < p))
    x = np.array(x)
    truth = -sum(
        math.log(p if x[t] else 1 - p)
        for t in range(depth, n + depth)
        for c, p in leaves.items()
        if tuple(x[t - len(c) : t]) == c
    )
    size = len(leaves)
    bound = (2 * size - 1) * math.log(2) + size * (0.5 * math.log(n / size) + math.log(2))
    length = prequential_code_length(x, ContextTreeWeighting(depth)).diagnostics["losses"][depth:].sum()
    assert -10 < length - truth < bound  # a code is shorter than the truth by 10 nats once in e^10


def test_rates_of_a_chain_and_of_the_logistic_map():
    rng, n = np.random.default_rng(2), 20_000
    p = np.array([[0.9, 0.1], [0.3, 0.7]])
    rate = -np.sum(np.array([0.75, 0.25])[:, None] * p * np.log(p))
    found = prequential_code_length(chain(p, n, rng), ContextTreeWeighting(4))
    learning = math.log(n) + 3 * math.log(2)  # two parameters, and the tree
    assert abs(float(found) - n * rate - learning) < _three(found)
    x = np.empty(n)
    x[0] = 0.3
    for t in range(1, n):  # r = 4: the binary partition at 1/2 makes a fair coin
        x[t] = 4 * x[t - 1] * (1 - x[t - 1])
    found = prequential_code_length((x > 0.5).astype(int), ContextTreeWeighting(6))
    assert abs(float(found) - n * math.log(2)) < 20
    assert found.unit == "nats" and found.n == n


def reference_marginal(x, y):
    """log of the marginal density of y under the prior 1/sigma^2, up to a constant."""
    slope, *_ = np.linalg.lstsq(x, y, rcond=None)
    squares, freedom = np.sum((y - x @ slope) ** 2), len(y) - x.shape[1]
    return gammaln(freedom / 2) - freedom / 2 * np.log(np.pi * squares) - 0.5 * np.linalg.slogdet(x.T @ x)[1]


def test_autoregression_is_a_ratio_of_marginal_likelihoods():
    y = autoregression(300, np.random.default_rng(3))
    found = prequential_code_length(y, BayesianAutoregression(2, delay=2))
    x = np.column_stack([np.ones(296), y[2:-2], y[:-4]])
    expected = reference_marginal(x[:4], y[4:8]) - reference_marginal(x, y[4:])
    assert float(found) == pytest.approx(expected, rel=1e-9)
    assert found.diagnostics["given"] == 8
    # several variables: the second is predicted from the first as well
    both = np.column_stack([y, np.roll(y, 5) + np.random.default_rng(4).normal(size=300)])
    past = np.column_stack([np.ones(299), both[:-1]])
    expected = sum(
        reference_marginal(z[:5], v[:5]) - reference_marginal(z, v)
        for z, v in ((past, both[1:, 0]), (np.column_stack([past, both[1:, 0]]), both[1:, 1]))
    )
    assert float(prequential_code_length(both, BayesianAutoregression(1))) == pytest.approx(expected, rel=1e-9)


def test_autoregression_reaches_the_entropy_rate():
    n, sigma = 20_000, 0.3
    y = autoregression(n, np.random.default_rng(5), sigma=sigma)
    found = prequential_code_length(y, BayesianAutoregression(2))
    rate = 0.5 * math.log(2 * math.pi * math.e * sigma**2)
    assert abs(float(found) - n * rate - 2 * math.log(n)) < _three(found)
    scaled = prequential_code_length(1000 * y, BayesianAutoregression(2))
    assert float(scaled) - float(found) == pytest.approx((n - 6) * math.log(1000), rel=1e-9)
    assert float(found) < float(prequential_code_length(y, BayesianAutoregression(1)))


def test_epiplexity_of_a_fair_coin_and_of_a_period_in_closed_form():
    n = 20_000
    coin = np.random.default_rng(6).integers(0, 2, n)
    found = epiplexity(coin)  # the regret of one parameter, and one bit for the tree
    assert abs(float(found) - math.log(2) - 0.5 * math.log(math.pi * n / 2)) < 0.1 + _three(found)
    assert found.diagnostics["entropy"] == pytest.approx(n * math.log(2), abs=4)
    assert float(found) / found.diagnostics["entropy"] < 1e-3
    period = epiplexity(np.arange(n) % 2, KrichevskyTrofimov(1))
    visits = np.array([n // 2, n // 2 - 1])
    learning = sum(dirichlet_length([v, 0]) for v in visits)
    final = -np.sum(visits * np.log((visits + 0.5) / (visits + 1)))
    assert float(period) == pytest.approx(learning - final, rel=1e-9)
    assert period.diagnostics["entropy"] < 2


def test_epiplexity_grows_by_half_the_log_a_parameter():
    rng = np.random.default_rng(7)
    bits = rng.random(8) * 0.8 + 0.1  # third order: eight parameters
    x = [0, 0, 0]
    for u in rng.random(30_000):
        x.append(int(u < bits[4 * x[-3] + 2 * x[-2] + x[-1]]))
    found = epiplexity(x, [KrichevskyTrofimov(k) for k in range(6)])
    assert "order=3" in found.diagnostics["predictor"]
    assert found.diagnostics["parameters"] == pytest.approx(8, rel=0.05)
    assert float(found) == pytest.approx(4 * math.log(30_000 / 8) + 4 * math.log(math.pi / 2), abs=1.5)
    runs = [
        epiplexity(autoregression(4000, np.random.default_rng(s)), BayesianAutoregression(2)).diagnostics["parameters"]
        for s in range(6)
    ]
    assert np.mean(runs) == pytest.approx(
        4, abs=float(4 * np.std(runs) / math.sqrt(6) + 0.3)
    )  # two lags, mean, variance


def test_epiplexity_from_a_learning_curve():
    t = np.arange(1, 20_001)
    area = 5 * np.sum(1 / t)
    exact = epiplexity_from_losses(0.7 + 5 / t, final=0.7)
    assert float(exact) == pytest.approx(area, rel=1e-9)
    errors, bars = [], []
    for seed in range(40):
        curve = 0.7 + 300 * np.exp(-t / 100) / 100 + np.random.default_rng(seed).normal(size=t.size)
        found = epiplexity_from_losses(curve)
        errors.append(float(found) - 3 / math.expm1(0.01))
        bars.append(found.stderr)
    assert np.std(errors) == pytest.approx(np.mean(bars), rel=0.35)
    assert abs(np.mean(errors)) < 4 * np.std(errors) / math.sqrt(40)
    assert "still falls" in epiplexity_from_losses(3 - 2 * t / t.size).notes[0]


def test_requential_length_and_its_bound():
    found = requential_code_length(np.full(10, 7 * math.log(2)))  # 7 bits a message: 7 + 2 * 3 + 5.21
    assert float(found) == pytest.approx(70 * math.log(2))
    assert found.diagnostics["bound"] == pytest.approx(182.1 * math.log(2))
    assert "overhead" in found.notes[0]
    with pytest.raises(cc.core.DataError, match="row 1"):
        requential_code_length([1.0, -0.5])


def gaussian(past, following):
    """Nats of a normal density with the mean and variance of the past."""
    mean, variance = past.mean(), past.var()
    return 0.5 * np.log(2 * np.pi * variance) + (following[:, 0] - mean) ** 2 / (2 * variance)


def test_any_model_that_can_be_fitted():
    y = np.random.default_rng(8).normal(size=4000)
    found = prequential_code_length(y, Refitted(gaussian, first=20))
    pieces = [gaussian(y[:a, None], y[a:b, None]).sum() for a, b in [(20, 40), (40, 80), (80, 160), (160, 320)]]
    assert found.diagnostics["losses"][:300].sum() == pytest.approx(sum(pieces), rel=1e-12)
    assert abs(found.diagnostics["per_row"] - 0.5 * math.log(2 * math.pi * math.e)) < 0.05
    split = epiplexity(y, Refitted(gaussian, first=20))
    assert 0 < float(split) < 60

    def prophet(past, following):
        return np.abs(following[:, 0] - following[:, 0].mean())

    with pytest.raises(cc.core.CocycleError, match="looks ahead"):
        prequential_code_length(y, Refitted(prophet))


def test_what_is_refused():
    with pytest.raises(cc.core.EstimationError, match="rounding error"):
        prequential_code_length(np.sin(np.arange(500) * 0.3), BayesianAutoregression(2))
    with pytest.raises(cc.core.DataError, match="classes"):
        prequential_code_length(np.random.default_rng(0).normal(size=500))
    with pytest.raises(cc.core.DataError, match="letters"):
        prequential_code_length(np.arange(500) % 3, KrichevskyTrofimov(1, letters=2))
    with pytest.raises(cc.core.CocycleError, match="Refitted"):
        prequential_code_length(np.arange(500) % 3, gaussian)
    with pytest.raises(cc.core.CocycleError, match="longer record"):
        prequential_code_length(np.arange(200) % 2, ContextTreeWeighting(300))
    with pytest.raises(cc.core.DataError, match="parts of 25 rows"):
        epiplexity(np.arange(200) % 2, ContextTreeWeighting(30))


def test_says_when_there_is_no_one_model():
    def forgetful(past, following):
        return gaussian(past[-100:], following)

    growing = np.random.default_rng(0).normal(size=2000) * np.linspace(1, 30, 2000)
    assert "the data change" in epiplexity(growing, Refitted(forgetful, first=20, growth=1.1)).notes[0]


@pytest.mark.slow
def test_error_bars_are_those_of_other_records():
    lengths, bars, model, spread = [], [], [], []
    for seed in range(100):
        x = chain(np.array([[0.9, 0.1], [0.3, 0.7]]), 4000, np.random.default_rng(seed))
        found, split = prequential_code_length(x, ContextTreeWeighting(4)), epiplexity(x, ContextTreeWeighting(4))
        lengths.append(float(found))
        bars.append(found.stderr)
        model.append(float(split))
        spread.append(split.stderr)
    assert np.std(lengths) == pytest.approx(np.mean(bars), rel=0.25)
    assert 0.6 < np.mean(spread) / np.std(model) < 2
