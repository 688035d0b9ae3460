"""The 95 % intervals hold the truth in 90 to 99 % of 200 independent runs, and the harness sees where they do not."""

import numpy as np
import pytest
from intervals import CASES, LEAST, MOST, Case, inside

from cocycle.core import Estimate


@pytest.mark.slow
@pytest.mark.parametrize("case", [c for c in CASES if not c.unmet], ids=lambda c: c.name)
def test_the_interval_covers(case):
    assert LEAST <= np.mean(inside(case)) <= MOST


def test_the_harness_tells_honest_from_narrow_and_wide():
    def covered(claimed):
        def run(seed):
            return Estimate("mean", np.random.default_rng(seed).normal(), claimed)

        return np.mean(inside(Case("mean", "noise", run, lambda: 0.0, "0")))

    assert LEAST <= covered(1.0) <= MOST
    assert covered(0.5) < LEAST
    assert covered(2.0) > MOST
