"""The record itself: shapes, parts, sampling interval, resampling, behaviour under JAX transforms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from cocycle.core import CocycleError, DataError, Provenance, Trajectory

T = np.arange(20) * 0.5
STATES = np.stack([T, T**2], axis=1)


def record(**more):
    return Trajectory(T, STATES, variables=("x", "y"), **more)


def test_what_it_is():
    made = record(meta={"system": "Test"})
    assert len(made) == 20 and made.dim == 2 and made.dt == 0.5 and not made.is_ensemble
    assert repr(made) == "Trajectory(20x2: x, y; t = 0 .. 9.5, Test)"
    assert Trajectory(T, STATES).variables == ("x0", "x1")
    many = Trajectory(T, np.stack([STATES, STATES]))
    assert many.is_ensemble and many.dim == 2 and len(many) == 20
    assert many["x1"].shape == (2, 20) and many[3:5].states.shape == (2, 2, 2)


def test_wrong_shapes():
    with pytest.raises(CocycleError, match=r"\(T, dim\).*got \(20,\).*states\[:, None\]"):
        Trajectory(T, T)
    with pytest.raises(CocycleError, match=r"times has shape \(19,\) but there are 20 states"):
        Trajectory(T[1:], STATES)
    with pytest.raises(CocycleError, match="3 variable names for 2 columns"):
        Trajectory(T, STATES, variables="xyz")


def test_parts():
    made = record(mask=T != 1.0, inputs=T[:, None] + 7)
    np.testing.assert_array_equal(made["y"], T**2)
    part = made[2:10:2]
    np.testing.assert_array_equal(part.times, T[2:10:2])
    np.testing.assert_array_equal(part.inputs[:, 0], T[2:10:2] + 7)
    np.testing.assert_array_equal(part.mask, (T != 1.0)[2:10:2])
    swapped = made.select(["y", "x"])
    assert swapped.variables == ("y", "x")
    np.testing.assert_array_equal(swapped.states, STATES[:, ::-1])
    with pytest.raises(CocycleError, match=r"No variable 'Y'; there are: x, y. Did you mean 'y'\?"):
        made["Y"]
    with pytest.raises(CocycleError, match="No variable 'z'"):
        made.select(["x", "z"])
    with pytest.raises(CocycleError, match="by a variable name or by a slice"):
        made[3]


def test_sampling_interval():
    uneven = T.copy()
    uneven[7] += 0.1
    with pytest.raises(DataError, match=r"not equally spaced: the step from row [67] to [78]"):
        _ = Trajectory(uneven, STATES).dt
    with pytest.raises(DataError, match="single sample"):
        _ = Trajectory(T[:1], STATES[:1]).dt
    with pytest.raises(DataError, match="not equally spaced"):
        _ = Trajectory(T[::-1], STATES).dt


def test_resample_is_linear_interpolation():
    fine = record().resample(0.25)
    assert fine.dt == 0.25 and len(fine) == 39 and fine.mask is None
    np.testing.assert_allclose(fine["x"], fine.times)
    np.testing.assert_allclose(fine["y"][1::2], (T[1:] ** 2 + T[:-1] ** 2) / 2)
    holed = Trajectory(np.delete(T, [8, 9, 10]), np.delete(STATES, [8, 9, 10], axis=0)).resample(0.5)
    np.testing.assert_allclose(holed.times, T)
    np.testing.assert_allclose(holed.states[:, 0], T)
    assert holed.mask is not None and not holed.mask[9] and holed.mask[[0, 5, 15]].all()
    driven = record(inputs=3 * T[:, None]).resample(0.25)
    np.testing.assert_allclose(driven.inputs[:, 0], 3 * driven.times)
    marked = record(mask=np.arange(20) != 6).resample(0.5)
    np.testing.assert_array_equal(np.flatnonzero(~marked.mask), [6])


def test_resample_refuses_what_it_cannot_do():
    with pytest.raises(DataError, match=r"row 5 does not.*Sort"):
        Trajectory(np.where(np.arange(20) == 5, 0.0, T), STATES).resample(0.5)
    with pytest.raises(CocycleError, match="positive"):
        record().resample(0.0)
    with pytest.raises(CocycleError, match="positive"):
        record().resample(-1.0)
    with pytest.raises(CocycleError, match="one run"):
        Trajectory(T, np.stack([STATES, STATES])).resample(0.25)


def test_from_and_to_numpy():
    made = Trajectory.from_numpy(T, dt=0.1)
    assert made.states.shape == (20, 1) and made.dt == pytest.approx(0.1)
    np.testing.assert_array_equal(Trajectory.from_numpy(STATES, times=T).to_numpy(), STATES)
    assert Trajectory.from_numpy(STATES, variables=("a", "b")).variables == ("a", "b")
    assert Trajectory.from_numpy([1, 2, 3]).states.dtype == float
    with pytest.raises(CocycleError, match="not both"):
        Trajectory.from_numpy(T, dt=0.1, times=T)
    with pytest.raises(DataError, match="real numbers; got dtype"):
        Trajectory.from_numpy(np.array(["a"]))
    with pytest.raises(DataError, match=r"got \(1, 2, 3\)"):
        Trajectory.from_numpy(np.zeros((1, 2, 3)))


def test_it_passes_through_jax():
    made = Trajectory(jnp.asarray(T), jnp.asarray(STATES), variables=("x", "y"), meta={"seed": 1})
    traces = []

    @jax.jit
    def twice(trajectory):
        traces.append(1)
        return Trajectory(trajectory.times, 2 * trajectory.states, variables=trajectory.variables, meta=trajectory.meta)

    out = twice(made)
    np.testing.assert_allclose(out.states, 2 * STATES)
    assert out.variables == ("x", "y") and out.meta["seed"] == 1
    twice(made)
    assert len(traces) == 1
    gradient = jax.grad(lambda s: Trajectory(made.times, s)["x1"].sum())(made.states)
    np.testing.assert_array_equal(gradient, np.stack([np.zeros(20), np.ones(20)], axis=1))
    batch = jax.vmap(lambda a: Trajectory(made.times, a * made.states).states)(jnp.arange(3.0))
    assert batch.shape == (3, 20, 2)


def test_provenance_is_compared_by_identity():
    one, other = Provenance(a=1), Provenance(a=1)
    assert one != other and one == one and one["a"] == 1
    assert len({one, other}) == 2


def test_it_is_frozen():
    with pytest.raises(AttributeError):
        record().times = T
