"""The public contract checks over every solver, learner and measure; and each check catches a broken member."""

import dataclasses
from functools import partial

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle import measure
from cocycle.evolve import (
    ETDRK4,
    RK4,
    SRA1,
    Dop853,
    EulerMaruyama,
    Kvaerno5,
    Leapfrog,
    MethodOfSteps,
    StochasticHeun,
    Tao,
    Tsit5,
    Yoshida4,
)
from cocycle.learn import LEARNERS, Persistence
from cocycle.testing import check_learner, check_measure, check_solver

SOLVERS = (
    RK4(dt=0.02),
    RK4(substeps=4),
    Tsit5(),
    Dop853(),
    Kvaerno5(),
    Leapfrog(dt=0.02),
    Yoshida4(dt=0.02),
    Tao(dt=0.02),
    ETDRK4(dt=0.02),
    EulerMaruyama(dt=0.02),
    StochasticHeun(dt=0.02),
    SRA1(dt=0.02),
    MethodOfSteps(dt=0.05),
)
# every measure of data; those of systems (spectrum, Kaplan-Yorke), and of more columns than the reference data have
# (chimera_index), have tests of their own
NOT_OF_DATA = {
    "BarrierField", "BayesianAutoregression", "ContextTreeWeighting", "CovariantVectors", "EpsilonMachine",
    "FTLEField", "FiniteTimeExponents", "KrichevskyTrofimov", "Loop", "NonUniformEmbedding", "OrbitDiagram",
    "RecurrencePlot", "Refitted", "Ridges", "Series", "TransferEntropyGraph", "VorticityDeviation", "aaft",
    "alignment", "as_series", "causal_states", "chimera_index", "complexity_bounds", "conditional_exponents",
    "covariant_vectors", "cross_recurrence", "diffusion_barriers", "embed", "expansion_entropy",
    "finite_time_exponents", "ftle_field", "ftle_from_tracks", "gaussian_process", "hilbert_phase", "iaaft",
    "joint_recurrence", "kaplan_yorke_dimension", "lagrangian_averaged_vorticity_deviation", "lyapunov_spectrum",
    "master_stability_function", "orbit_diagram", "ordinal_patterns", "pecuzal_embedding", "persistency_exponent",
    "phase_randomised", "predictability_horizon", "pseudo_periodic_surrogates", "rank_test", "recurrence_plot",
    "requential_code_length", "shuffled", "time_shifted", "transfer_entropy_graph", "twin_surrogates",
}  # fmt: skip
MEASURES = [name for name in measure.__all__ if name not in NOT_OF_DATA]


@pytest.mark.parametrize("solver", SOLVERS, ids=lambda s: type(s).__name__)
def test_solver(solver):
    assert check_solver(solver)


def test_every_solver_is_checked():
    solvers = {
        name for name in dir(cc.evolve)
        if isinstance(getattr(cc.evolve, name), type) and issubclass(getattr(cc.evolve, name), cc.evolve.Solver)
    }  # fmt: skip
    assert solvers - {"Solver", "FixedStep"} == {type(s).__name__ for s in SOLVERS}


OPTIONS = {  # arguments without a default, or whose default is for other data
    "block_entropy": {"bins": 8},
    "cao": {"delay": 1},
    "epiplexity": {"classes": 2},
    "false_nearest_neighbours": {"delay": 1},
    "generalised_dimension": {"q": 1},
    "local_dimension": {"quantile": 0.9},
    "prequential_code_length": {"classes": 2},
    "recurrence_rate": {"threshold": 0.3},
    "takens_check": {"dimension": 3, "share": 0.2},
    "windowed_recurrence": {"window": 100},
}


@pytest.mark.parametrize("name", MEASURES)
def test_measure(name):
    assert check_measure(partial(getattr(measure, name), **OPTIONS.get(name, {})), name=name)


@pytest.mark.parametrize("name", sorted(LEARNERS))
def test_learner(name):
    assert check_learner(LEARNERS[name](), name=name)


# -- the checks catch what they are for ----------------------------------------------------------------------------


class BackwardStep(RK4):
    """RK4 with a wrong sign."""

    def step(self, system, t, x, h, key=None):
        return super().step(system, t, x, -h, key)


def test_check_solver_catches_a_wrong_sign():
    with pytest.raises(AssertionError, match="error is"):
        check_solver(BackwardStep(dt=0.02))


class DriftingRecord(RK4):
    """RK4 whose fast path is not its slow path."""

    def record(self, system, t0, x0, dt, n, key=None):
        return super().record(system, t0, x0, 1.01 * dt, n, key)


def test_check_solver_catches_a_fast_path_that_differs():
    with pytest.raises(AssertionError, match="record"):
        check_solver(DriftingRecord(dt=0.02))


def bare(data):
    return 1.0


def lenient(data, estimate):
    values = np.nan_to_num(np.asarray(getattr(data, "states", data), dtype=float))
    return cc.Estimate("mean", float(values.mean()), 0.1) if estimate else float(values.mean())


def unstable(data, state=[0]):  # noqa: B006
    cc.measure.permutation_entropy(data)
    state[0] += 1
    return cc.Estimate("count", float(state[0]), 0.1)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [(bare, "not an Estimate"), (partial(lenient, estimate=True), "it returned|raised"), (unstable, "asking twice")],
)
def test_check_measure_catches(broken, sentence):
    with pytest.raises(AssertionError, match=sentence):
        check_measure(broken, name="broken")


def test_check_learner_catches_a_model_that_is_no_system():
    @dataclasses.dataclass(frozen=True)
    class NoSystem(Persistence):
        """Returns a number."""

        def learn(self, data, key, on_step):
            return jnp.ones(3)

    with pytest.raises(AssertionError, match="not a System"):
        check_learner(NoSystem())
