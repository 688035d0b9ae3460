"""`check_measure`: the contract that every measure of data keeps."""

from collections.abc import Callable, Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, Estimate, Map, Trajectory

from ._data import reference_data

__all__ = ["bad_inputs", "check_measure"]


class Resting(Map):
    """A system, where a recording is asked for."""

    def step(self, n, x):
        return x

    def default_state(self):
        return jnp.zeros(1)


def bad_inputs() -> dict[str, Any]:
    """Data that no measure may accept, by what is wrong with it."""
    import pandas as pd

    good = reference_data(300)["logistic"].states[:, 0]
    nan, inf = good.copy(), good.copy()
    nan[17], inf[3] = np.nan, np.inf
    gap = Trajectory(np.arange(300.0), good[:, None], mask=np.arange(300) % 7 != 0)
    uneven = Trajectory(np.cumsum(1.0 + (np.arange(300) % 7)), good[:, None])
    return {
        "a NaN": nan,
        "an infinity": inf,
        "a constant": np.full(300, 2.5),
        "three samples": good[:3],
        "nothing": np.empty(0),
        "complex numbers": good.astype(complex),
        "strings": np.array(["a", "b"] * 150),
        "objects": np.array([object()] * 300),
        "three axes": good.reshape(10, 10, 3),
        "ragged rows": [[1.0], [1.0, 2.0]] * 100,
        "many gaps": gap,
        "uneven times": uneven,
        "an unsorted index": pd.Series(good, index=np.arange(300)[::-1]),
        "an ensemble": Trajectory(np.arange(300.0), np.stack([good, good])[:, :, None]),
        "a number": 3.0,
        "None": None,
        "text": "recording.csv",
        "a dictionary": {"x": good.tolist()},
        "a system": Resting(),
    }


def check_measure(measure: Callable[[Any], Any], *, name: str | None = None, skip: tuple[str, ...] = ()) -> list[str]:
    """Check a measure of data against its contract. `measure` takes data only; bind its options first.

    On good data (regular, chaotic, random) it returns an `Estimate` (or a mapping of them) that is finite, names
    itself and carries an error bar or an interval, or it raises a sentence; never a bare number, a NaN or another
    exception. The same numbers as an array, a list, pandas or a `Trajectory` give the same value; the data stay
    unchanged; asking twice gives the same. Bad data are refused with a sentence. `skip` names those that are fine here.

    Raises `AssertionError` with a sentence; returns the names of the reference data on which it gave a number.
    """
    title = name or getattr(measure, "__name__", repr(measure))

    def expect(condition, sentence):
        if not bool(condition):
            raise AssertionError(f"{title}: {sentence}")

    answered = []
    for kind, data in reference_data().items():
        try:
            found = _ask(measure, data)
        except CocycleError as error:
            expect(len(str(error)) > 30, f"on {kind}, the error is not a sentence: {error!r}")
            continue
        answered.append(kind)
        for label, estimate in found.items():
            expect(
                isinstance(estimate, Estimate), f"on {kind}, {label} is a {type(estimate).__name__}, not an Estimate."
            )
            expect(estimate.name, f"on {kind}, the estimate {label} has no name.")
            expect(np.isfinite(np.asarray(estimate.value)).all(), f"on {kind}, {label} is not finite.")
            bar = estimate.stderr is not None or estimate.interval is not None
            # a p-value is its own statement of uncertainty
            p_value = "reason" in estimate.diagnostics and 0 <= float(np.min(estimate.value)) <= 1
            expect(bar or p_value, f"on {kind}, {label} has neither a standard error nor an interval.")
            if estimate.interval is not None:
                low, high = (np.asarray(v) for v in estimate.interval)
                expect((low <= high).all(), f"on {kind}, the interval of {label} is upside down.")
            hash(estimate.to_dict().__repr__())
        again = _ask(measure, data)
        expect(_same(found, again), f"on {kind}, asking twice gives different answers.")
    expect(answered, "it gives no number on any of the reference data.")

    data = reference_data()[answered[0]]
    values = np.asarray(data.states).copy()
    unit = Trajectory.from_numpy(values)
    reference = _ask(measure, unit)
    forms = {"an array": values, "a list": values.tolist(), "a data frame": unit.to_dataframe()}
    for form, given in forms.items():
        expect(_same(_ask(measure, given), reference), f"given as {form}, the same numbers give another answer.")
    expect((np.asarray(data.states) == values).all(), "it changed the data it was given.")

    for what, given in bad_inputs().items():
        if what in skip:
            continue
        try:
            measure(given)
        except CocycleError as error:
            expect(len(str(error)) > 30, f"given {what}, the error is not a sentence: {error!r}")
        except Exception as error:
            raise AssertionError(f"{title}: given {what}, it raised {type(error).__name__}: {error}") from error
        else:
            raise AssertionError(f"{title}: given {what}, it returned a value.")
    return answered


def _ask(measure, data) -> dict[str, Any]:
    found = measure(data)
    return dict(found) if isinstance(found, Mapping) else {"it": found}


def _same(a, b) -> bool:
    return all(np.allclose(np.asarray(a[k].value), np.asarray(b[k].value), rtol=1e-9, atol=1e-12) for k in a)
