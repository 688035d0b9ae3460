"""Is it an embedding? Whether what was held out is a continuous function of the delay vectors."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._neighbours import delay_matrix, nearest_neighbours, require_neighbours, theiler_window, whole
from cocycle.measure._series import as_series

from ._continuity import MOST, continuity_scale, missed
from ._delay import select_delay
from ._vectors import middle

__all__ = ["takens_check"]


def takens_check(
    data: Any,
    dimension: int,
    *,
    delay: int | None = None,
    column: int | str = 0,
    resolution: float = 0.5,
    share: float = 0.05,
    theiler: int | None = None,
    alpha: float = 0.05,
) -> Estimate:
    r"""Share of the points at which delay vectors of one variable fail to tell the state: is it an embedding?

    If $v_t = (x_{t - (d-1)\tau}, \ldots, x_t)$ is an embedding [@takens1981; @sauer1991], every other coordinate of
    the state is a continuous function of $v_t$. Held out are the other columns at time $t$, and the next delay
    coordinate $x_{t + \tau}$. At a reference point the function is continuous at the scale $\varepsilon$ if, of its 8
    to 13 nearest neighbours in $v$, more than a tossed coin would put (level `alpha`) lie within $\varepsilon$ of its
    own value [@pecora1995; @pecora2007]. The coin is what a fold makes: where two sheets of the attractor fall on each
    other, half of the neighbours are on the wrong one.

    The null hypothesis is that it is **no** embedding: in some held-out coordinate the function fails at the
    scale $\varepsilon$ = `resolution` on at least `share` of the attractor (the chance of a fold to pass unseen is
    taken off). A small p-value is evidence for an embedding,
    at this scale and for the coordinates that were recorded; a large one says no, or too few data.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`. A single variable is judged by its own future alone: it
      cannot show a symmetry that folds the attractor (z of Lorenz-63 does not see (x, y) -> (-x, -y)).
    - `dimension`, `delay`: of the delay vectors; `delay` by default `select_delay`. - `column`: of the variable used.
    - `resolution`: $\varepsilon$ in standard deviations of the held-out coordinate.
    - `share`: the share of failures that counts as no embedding.
    - `theiler`: samples; reference points are that far apart too, and at least 13, so that they count as independent
      (default: one mean period, and at least the span of a delay vector).

    **Returns** an Estimate: the share of failures in the worst held-out coordinate. `interval`: exact binomial, 95 %,
    over the reference points; it does not contain what more data, hence nearer neighbours, would change. `diagnostics`:
    `p`, `embedding` (p <= 0.05), `shares` and `scales` (median $\varepsilon^*$) by coordinate, `reason`, `delay`,
    `theiler`. p is the largest over the coordinates (an intersection-union test [@berger1982]).

    **Raises** `DataError` if there are too few reference points for any p-value below 0.05.
    """
    from scipy.stats import beta, binom

    series = as_series(data, measure="Takens check", min_length=100)
    series, notes = middle(series)
    place = series.variables.index(column) if column in series.variables else column
    if not isinstance(place, (int, np.integer)) or not 0 <= place < len(series.variables):
        raise DataError(f"Takens check: there is no column {column!r} among {', '.join(series.variables[:8])}.")
    for name, number in (("resolution", resolution), ("share", share), ("alpha", alpha)):
        if not 0 < number < (0.5 if name == "alpha" else np.inf if name == "resolution" else 1):
            raise CocycleError(f"takens_check: `{name}` is out of range; got {number!r}.")
    x = series.values[:, [place]]
    dimension = whole(dimension, "dimension")
    delay = int(select_delay(x).value) if delay is None else whole(delay, "delay")
    span = dimension * delay
    window = theiler_window(series, span, theiler)
    rows = len(x) - span
    apart = max(window + 1, MOST)  # so far apart that they share few neighbours, and count as independent
    references = np.arange(0, max(rows, 0), apart)
    failing = share * (1 - missed(alpha))  # some of the folded points pass by chance
    least = int(np.ceil(np.log(0.05) / np.log1p(-failing)))
    if len(references) < least:
        raise DataError(
            f"Takens check: {len(x)} samples give {len(references)} reference points {apart} samples apart; "
            f"{least} are needed to show a share of failures below {share:g}. Give more data, or a larger `share`."
        )
    points = delay_matrix(x, delay, dimension)[:rows]
    found = nearest_neighbours(points, references, window, k=MOST)
    have = require_neighbours(found, "Takens check", window)
    here, near = references[have], found.index[have]
    last = span - delay
    others = [c for c in range(len(series.variables)) if c != place]
    held = {series.variables[c]: series.values[last : last + rows, c] for c in others}
    held[f"{series.variables[place]} at t + {delay}"] = x[span:, 0]
    shares, scales = {}, {}
    for name, y in held.items():
        scale = continuity_scale(np.abs(y[near] - y[here, None]), alpha) / y.std()
        shares[name], scales[name] = float(np.mean(scale > resolution)), float(np.median(scale))
    count = len(here)
    worst = max(shares, key=lambda name: shares[name])
    failures = round(shares[worst] * count)
    p = float(binom.cdf(failures, count, failing))
    low = float(beta.ppf(0.025, failures, count - failures + 1)) if failures else 0.0
    high = float(beta.ppf(0.975, failures + 1, count - failures)) if failures < count else 1.0
    verdict = "an embedding at this scale" if p <= 0.05 else "no embedding, or too few data to show one"
    return Estimate(
        "takens_check",
        failures / count,
        interval=(low, high),
        n=count,
        diagnostics={
            "reason": f"{worst!r} is no function of the delay vectors at {failures} of {count} points "
            f"(p = {p:.2g}): {verdict}",
            "p": p,
            "embedding": p <= 0.05,
            "shares": shares,
            "scales": scales,
            "delay": delay,
            "dimension": dimension,
            "theiler": window,
        },
        notes=notes,
    )
