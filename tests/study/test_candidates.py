"""Who takes part in the selection, in what order, and what the user's flags fix."""

import numpy as np
import pytest

from cocycle.core import CocycleError, Trajectory
from cocycle.learn import LEARNERS, Polynomial
from cocycle.study import Options
from cocycle.study._candidates import candidates

RNG = np.random.default_rng(0)
DATA = [Trajectory.from_numpy(np.cumsum(RNG.normal(size=(800, 2)), axis=0) * 0.01 + RNG.normal(size=(800, 2)))]


def of(found, family):
    return [c.learner for c in found if c.family == family]


def test_all_take_part_from_simple_to_complicated():
    found, left_out = candidates(DATA, Options())
    assert {c.family for c in found} | set(left_out) == set(LEARNERS)
    order = [list(LEARNERS).index(c.family) for c in found]
    assert order == sorted(order)
    assert [c.baseline for c in found[:3]] == [True] * 3 and not any(c.baseline for c in found[3:])
    assert all(kind.title for kind in LEARNERS.values())
    assert len({kind.title for kind in LEARNERS.values()}) == len(LEARNERS)


def test_flags_fix_the_settings_of_every_learner_that_has_them():
    found, _ = candidates(DATA, Options(degree=2, delay=4, dimension=3))
    assert {learner.library.order for learner in of(found, "sindy") + of(found, "sindy-map")} == {2}
    assert isinstance(of(found, "sindy")[0].library, Polynomial)
    assert {(m.order, m.stride, m.delays) for m in of(found, "nvar")} == {(2, 4, 3)}
    assert {(m.delay, m.dimension) for m in of(found, "simplex") + of(found, "smap")} == {(4, 3)}
    assert any("polynomials to degree 2" in c.name for c in found)


def test_quick_tries_few_settings_of_slow_learners():
    found, _ = candidates(DATA, Options(mode="quick"))
    for family, kind in LEARNERS.items():
        assert len(of(found, family)) <= kind.few


def test_a_misspelt_learner_is_named():
    with pytest.raises(CocycleError, match=r"no learner 'nvr'.*Did you mean 'nvar'"):
        candidates(DATA, Options(learners=("nvr",)))
