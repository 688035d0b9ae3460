"""Causal states of processes whose machines are known [Crutchfield and Feldman 2003]."""

import numpy as np
import pytest

import cocycle as cc
from cocycle.measure import causal_states
from cocycle.testing import check_measure

BIT = np.log(2)
# for each state: (probability, symbol, next state)
GOLDEN = (((0.5, 1, 0), (0.5, 0, 1)), ((1.0, 1, 0),))  # no two zeros in a row
EVEN = (((0.5, 0, 0), (0.5, 1, 1)), ((1.0, 1, 0),))  # ones in blocks of even length; no Markov chain of any order
RRXOR = (  # two random bits and their exclusive or, again and again
    ((0.5, 0, 1), (0.5, 1, 2)),
    ((0.5, 0, 3), (0.5, 1, 4)),
    ((0.5, 0, 4), (0.5, 1, 3)),
    ((1.0, 0, 0),),
    ((1.0, 1, 0),),
)
HIDDEN = (((0.5, 0, 0), (0.5, 0, 1)), ((0.5, 0, 1), (0.5, 1, 0)))  # symbol and state do not give the next state


def sequence(machine, n, seed=0):
    out, state = [], 0
    for u in np.random.default_rng(seed).random(n):
        branch = np.searchsorted(np.cumsum([p for p, _, _ in machine[state][:-1]]), u, "right")
        _, symbol, state = machine[state][branch]
        out.append(symbol)
    return np.array(out)


def numbers(machine):
    return [(float(np.asarray(e.value)), float(np.asarray(e.stderr))) for e in (
        machine.entropy_rate, machine.statistical_complexity, machine.excess_entropy)]  # fmt: skip


H23 = np.log2(3) - 2 / 3  # entropy of (2/3, 1/3), in bits


@pytest.mark.parametrize(
    ("process", "states", "truth"),
    [(GOLDEN, 2, (2 / 3, H23, H23 - 2 / 3)), (EVEN, 2, (2 / 3, H23, H23))],
    ids=["golden mean", "even"],
)
def test_known_machines(process, states, truth):
    machine = causal_states(sequence(process, 12_000))
    assert len(machine.stationary) == states
    for (value, error), true in zip(numbers(machine), truth, strict=True):
        assert abs(value - true * BIT) < 4 * error
        assert error < 0.03
    zero = machine.transitions[:, 0]  # one state cannot give a 0 (after a 0; after an odd number of ones)
    assert sorted(zero >= 0) == [False, True]
    assert machine.diagnostics["by_history"] == [states] * 3
    assert not machine.notes


def test_periodic_sequence_and_coin():
    for word in ([0, 1], [0, 0, 1], [0, 0, 1, 0, 1], [0, 0, 0, 1, 1, 0, 1]):
        rate, memory, shared = numbers(causal_states(np.tile(word, 300)))
        assert rate[0] == pytest.approx(0, abs=1e-12)
        assert memory[0] == pytest.approx(np.log(len(word)), abs=0.01)
        assert shared[0] == pytest.approx(np.log(len(word)), abs=0.01)
    coin = (np.random.default_rng(0).random(10_000) < 0.3).astype(int)
    machine = causal_states(coin)
    assert machine.transitions.tolist() == [[0, 0]]
    rate, memory, shared = numbers(machine)
    assert abs(rate[0] + 0.3 * np.log(0.3) + 0.7 * np.log(0.7)) < 4 * rate[1]
    assert memory[0] == shared[0] == 0


def test_markov_chain_of_three_letters():
    p = np.array([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.4, 0.4, 0.2]])
    chain = tuple(tuple((p[s, a], a, a) for a in range(3)) for s in range(3))
    machine = causal_states(np.array([5.0, -1.0, 2.5])[sequence(chain, 12_000)])
    stationary = np.linalg.matrix_power(p, 60)[0]
    memory = -np.sum(stationary * np.log(stationary))
    rate = -np.sum(stationary[:, None] * p * np.log(p))
    for (value, error), true in zip(numbers(machine), (rate, memory, memory - rate), strict=True):
        assert abs(value - true) < 4 * error
    assert np.asarray(machine.alphabet).tolist() == [-1.0, 2.5, 5.0]
    assert np.allclose(machine.probabilities.sum(axis=1), 1)
    assert np.allclose(machine.stationary @ machine.probabilities, stationary[[1, 2, 0]], atol=0.02)


def test_says_when_there_is_no_finite_machine():
    """After k zeros the next symbol is 1 with probability k / (2 k + 2): each k is a causal state of its own."""
    machine = causal_states(sequence(HIDDEN, 15_000, seed=1))
    assert any("no finite machine" in note for note in machine.notes)
    k = np.arange(200)
    one = k / (2 * k + 2)
    visits = np.cumprod(np.concatenate([[1.0], 1 - one[:-1]]))
    visits /= visits.sum()
    rate = -np.sum(visits * (np.where(one > 0, one * np.log(np.maximum(one, 1e-300)), 0) + (1 - one) * np.log1p(-one)))
    value, error = numbers(machine)[0]
    assert abs(value - rate) < 4 * error
    with pytest.raises(cc.core.CocycleError, match="alpha"):
        causal_states(np.arange(500) % 3, alpha=2)


def test_contract():
    assert check_measure(
        lambda data: {"C": causal_states(data, classes=2).statistical_complexity}, name="causal states"
    )


@pytest.mark.slow
def test_exclusive_or():
    found = []
    for seed in range(4):
        try:
            machine = causal_states(sequence(RRXOR, 200_000, seed))
        except cc.core.EstimationError:
            continue
        if len(machine.stationary) == 5:
            found.append([v for v, _ in numbers(machine)])
    assert len(found) >= 2
    memory = (np.log2(3) + 2 / 3) * BIT  # a third in one state, a third in each of two pairs
    assert np.allclose(np.mean(found, axis=0), [2 / 3 * BIT, memory, memory], atol=0.003)


@pytest.mark.slow
@pytest.mark.parametrize(("process", "truth"), [(GOLDEN, (2 / 3, H23, H23 - 2 / 3)), (EVEN, (2 / 3, H23, H23))])
def test_error_bars(process, truth):
    runs = np.array([numbers(causal_states(sequence(process, 4000, seed))) for seed in range(60)])
    assert np.allclose(runs[:, :, 1].mean(axis=0), runs[:, :, 0].std(axis=0), rtol=0.3)
    inside = np.abs(runs[:, :, 0] - np.array(truth) * BIT) < 1.96 * runs[:, :, 1]
    assert (inside.mean(axis=0) > 0.85).all()
