"""Any entropy of coarse-grained copies of the data, scale by scale."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._neighbours import whole
from cocycle.measure._series import as_series

from ._matching import sample_entropy

__all__ = ["coarse_grain", "multiscale_entropy"]


def coarse_grain(values: np.ndarray, scale: int, start: int = 0) -> np.ndarray:
    """Means of successive runs of `scale` samples from `start` on, shape `((T - start) // scale, dim)`."""
    count = (len(values) - start) // scale
    return values[start : start + count * scale].reshape(count, scale, -1).mean(axis=1)


def multiscale_entropy(
    data: Any,
    measure: Callable[..., Estimate] = sample_entropy,
    *,
    scales: int | Sequence[int] | None = None,
    method: str = "composite",
    **options: Any,
) -> Estimate:
    r"""An entropy at several time scales: of the means of runs of 1, 2, 3, ... samples. [@costa2002]

    The value at scale $s$ is `measure` of $y_j = \frac1s \sum_{i=(j-1)s+1}^{js} x_i$. For white noise sample entropy
    falls with scale, to $-\log \operatorname{erf}(r \sqrt{s} / 2)$ for normal noise, because the means shrink while the
    tolerance stays; for 1/f noise it does not.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame.
    - `measure`: any entropy of this package; `options` go to it. Where it has an argument `scale` (the unit of its
      tolerance or its classes), that is the standard deviation of the data at scale 1, at every scale.
    - `scales`: a number (1 up to it) or a list; default up to 20, as far as 100 samples are left.
    - `method`: `"composite"`, the mean over the `s` ways to begin [@wu2013], which scatters less; `"coarse"`, the
      first.

    **Returns** an `Estimate`, one value a scale. `stderr` is that of one coarse-grained series, averaged over the ways
    to begin: they share the data, so this is on the careful side for `"composite"`. It takes the `scale` as given.
    Diagnostics: `scales`. Raises
    `EstimationError` if the measure fails at a scale, with its sentence.
    """
    series = as_series(data, measure="multiscale entropy", min_length=20)
    values = series.values
    if method not in ("composite", "coarse"):
        raise CocycleError(f"multiscale_entropy: method is 'composite' or 'coarse'; got {method!r}.")
    if scales is None:
        scales = max(1, min(20, len(values) // 100))
    if isinstance(scales, (int, np.integer)):
        scales = range(1, whole(scales, "scales") + 1)
    chosen = [whole(s, "scales") for s in scales]
    if not chosen:
        raise CocycleError("multiscale_entropy: scales is empty; give a number or a list of whole numbers.")
    if "scale" in inspect.signature(measure).parameters:
        options = {"scale": values.std(axis=0), **options}
    rows, notes = [], []
    for s in chosen:
        starts = range(s if method == "composite" else 1)
        try:
            found = [measure(coarse_grain(values, s, start), **options) for start in starts]
        except CocycleError as error:
            raise EstimationError(f"multiscale_entropy, scale {s} ({len(values) // s} samples): {error}") from error
        notes += [f"scale {s}: {note}" for note in dict.fromkeys(note for f in found for note in f.notes)]
        intervals = np.array([f.interval for f in found], dtype=float)
        rows.append([np.mean([f.value for f in found]), np.mean([f.stderr for f in found]), *intervals.mean(axis=0)])
    value, stderr, low, high = np.array(rows).T
    name = getattr(measure, "__name__", "entropy")
    diagnostics = {"scales": np.array(chosen), "measure": name, "method": method}
    return Estimate(
        "multiscale_" + name, value, stderr, (low, high), len(values), found[0].unit, diagnostics, tuple(notes[:5])
    )
