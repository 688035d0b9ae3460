"""`check_learner`: the contract that every learner and its fitted model keep."""

import tempfile
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, DataError, System, Trajectory, load, save
from cocycle.evolve import cocycle
from cocycle.learn import Learner, forecast

from ._data import reference_data

__all__ = ["check_learner"]


def check_learner(learner: Learner, *, name: str | None = None) -> list[str]:
    """Check a learner against its contract, on each kind of motion.

    `fit` returns a `System` on data that `applicable` accepts, and raises its reason otherwise; the same data and key
    give the same model; the forecast continues the context's times with finite numbers; the model's derivative exists;
    saved and loaded it forecasts to the bit the same; too little data, gaps and NaN never give a model silently.

    Raises `AssertionError` with a sentence; returns the names of the reference data that it learned.
    """
    title = name or type(learner).__name__

    def expect(condition: Any, sentence: str) -> None:
        if not bool(condition):
            raise AssertionError(f"{title}: {sentence}")

    expect((type(learner).__doc__ or "").strip(), "there is no docstring.")
    learned = []
    for kind, data in reference_data().items():
        reason = learner.applicable(data)
        if reason is not None:
            expect(len(reason) > 20, f"on {kind}, the reason for not applying is no sentence: {reason!r}")
            try:
                learner.fit(data)
            except DataError:
                continue
            expect(False, f"on {kind}, it says that it does not apply ({reason}) and fits all the same.")
        try:
            model = learner.fit(data, key=jax.random.key(1))
        except CocycleError as error:
            expect(len(str(error)) > 30, f"on {kind}, the error is not a sentence: {error!r}")
            continue
        learned.append(kind)
        expect(isinstance(model, System), f"on {kind}, fit returned a {type(model).__name__}, not a System.")
        _check_model(model, data, kind, expect)
        if len(learned) == 1:
            twin = learner.fit(data, key=jax.random.key(1))
            expect(_path(model, data) == _path(twin, data), f"on {kind}, the same data and key give another model.")
    expect(learned, "it learns none of the reference data.")

    short = reference_data()[learned[0]][:2]
    reason = learner.applicable(short)
    if reason is not None:
        try:
            learner.fit(short)
            expect(False, "it fitted two samples although it says that it needs more.")
        except DataError as error:
            expect(len(str(error)) > 30, f"the error on two samples is not a sentence: {error!r}")
    values = np.asarray(reference_data()[learned[0]].states).copy()
    values[:] = np.nan
    try:
        learner.fit(Trajectory.from_numpy(values))
        expect(False, "it fitted nothing but NaN.")
    except CocycleError as error:
        expect(len(str(error)) > 20, f"the error on NaN is not a sentence: {error!r}")
    return learned


def _path(model, data) -> bytes:
    return np.asarray(forecast(model, data, 5, throw=False).states).tobytes()


def _check_model(model, data, kind, expect) -> None:
    ahead = forecast(model, data, 5, throw=False)
    expect(ahead.states.shape == (5, data.dim), f"on {kind}, a forecast of 5 has shape {ahead.states.shape}.")
    expect(ahead.variables == data.variables, f"on {kind}, the forecast names {ahead.variables}, not {data.variables}.")
    first = float(np.asarray(data.times)[-1]) + data.dt
    expect(abs(float(ahead.times[0]) - first) < 1e-6 * data.dt, f"on {kind}, the forecast does not continue the times.")
    expect(np.isfinite(ahead.states[0]).all(), f"on {kind}, the first forecast is not finite.")
    state = model.warm_up(data)
    observed = np.asarray(model.observe(state))
    gap = np.max(np.abs(observed - np.asarray(data.states)[-1]))
    if state.size >= getattr(model, "context_length", 1) * data.dim:  # a smaller state is a projection of the context
        expect(
            gap < 1e-6 * (1 + np.abs(observed).max()),
            f"on {kind}, the warmed-up state does not observe the last sample.",
        )
    phi = cocycle(model)
    if not phi.random:
        moved, slope = jax.jvp(lambda x: phi(jnp.asarray(0.0), x), (state,), (jnp.ones_like(state),))
        expect(
            moved.shape == state.shape and jnp.isfinite(slope).all(), f"on {kind}, the model has no finite derivative."
        )
    with tempfile.TemporaryDirectory() as folder:
        save(model, folder)
        expect(_path(load(folder), data) == _path(model, data), f"on {kind}, the loaded model forecasts differently.")
