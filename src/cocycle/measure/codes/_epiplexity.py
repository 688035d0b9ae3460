"""Epiplexity: of the length of a record, the part that is the model learnt from it."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._series import as_series

from ._prequential import prepared
from ._symbolic import ContextTreeWeighting

__all__ = ["epiplexity", "epiplexity_from_losses", "requential_code_length"]

_PARTS = 8  # of the record, learnt separately for the error bar
_BLOCKS = 32


def epiplexity(data: Any, predictor: Any = None, *, classes: int | None = None) -> Estimate:
    r"""Epiplexity: how many nats of structure a class of predictors learns from a record. [@finzi2026epiplexity]

    Among programs $P$ that run within a time $T$, the one with the shortest description of data and itself,
    $|P| + \mathbb{E} \log 1/P(X)$, has the **epiplexity** $S_T = |P|$ and the **time-bounded entropy**
    $H_T = \mathbb{E} \log 1/P(X)$. The programs are here the models that a predictor reaches by learning, and their
    length is estimated from the prequential code: what learning cost beyond the model that was learnt,

    $$|P| \approx \sum_{t=1}^{n} \left[\log \frac{1}{P_t(x_t)} - \log \frac{1}{P_n(x_t)}\right],$$

    the area of the learning curve above the final model (equation 8 there), whose losses are taken on the same rows.
    For a regular family of $k$ parameters it is $\frac{k}{2} \log n$ plus a constant [@rissanen1984]. Given several
    predictors, the one with the least $|P| + H$ is reported: that is the definition, for the class of these.

    **What it is not**: as its authors say, the difference of two code lengths bounds no program's length from below or
    above. It counts what this learner learns; another class sees more, or less. A chaotic orbit has little of it for an
    observer that sees noise.

    **Arguments**

    - `data`, `classes`: as `prequential_code_length`.
    - `predictor`: one, or a list; default `ContextTreeWeighting()`.

    **Returns** an `Estimate` in nats. `stderr`: the standard deviation of $S$ between eight parts of the record learnt
    separately, which is how much it differs from record to record; it has neither the choice of predictors nor, for
    numbers, the rows of the first fit, which are given. Diagnostics: `entropy` ($H$, nats) with its `entropy_stderr`,
    `code_length` ($S + H$), `parameters` (twice the growth of $S$ from the first eighth of the record to all of it,
    divided by $\log 8$: about $k$ for a regular family), `predictor`, `candidates` ($S$ and $H$ of each),
    `learning_curve` (sum of the terms up to `rows`). A note says if the final model does worse than the learner did on
    the way (data that change).
    """
    several = list(predictor) if isinstance(predictor, Sequence) else [predictor]
    if not several:
        raise CocycleError("epiplexity: the list of predictors is empty; give one or more.")
    found = [_split(data, ContextTreeWeighting() if p is None else p, classes) for p in several]
    rows = min(f["terms"].size for f in found)  # lengths are compared on the rows that all of them encode
    best = min(found, key=lambda f: f["terms"][-rows:].sum() + f["final"][-rows:].sum())
    terms, final, values, chosen = best["terms"], best["final"], best["values"], best["predictor"]
    curve = np.cumsum(terms)
    value = float(curve[-1])
    try:
        parts = np.array([_terms(chosen, part)[0].sum() for part in np.array_split(values, _PARTS)])
    except CocycleError as error:
        raise DataError(
            f"epiplexity: the error bar learns {_PARTS} parts of {len(values) // _PARTS} rows each, which this "
            f"predictor cannot: {error} Give a longer record or a smaller model."
        ) from error
    blocks = np.array([part.mean() for part in np.array_split(final, _BLOCKS)])
    diagnostics = best["diagnostics"] | {
        "entropy": float(final.sum()),
        "entropy_stderr": float(error_of_mean(blocks)) * final.size,
        "code_length": float(terms.sum() + final.sum()),
        "parameters": float(2 * (value - parts[0]) / math.log(_PARTS)),  # both begin alike
        "predictor": repr(chosen),
        "candidates": [[float(f["terms"].sum()), float(f["final"].sum())] for f in found],
        "parts": parts,
        "rows": np.arange(1, terms.size + 1),
        "learning_curve": curve,
        "read_on": "learning_curve",
    }
    notes = []
    if value < -1:
        notes.append(
            "The final model fits the record worse than the learner did on the way: the data change, and there is no "
            "one model whose length could be told."
        )
    return Estimate(
        "epiplexity", value, float(parts.std(ddof=1)), None, terms.size, "nats", diagnostics, tuple(notes)
    )  # fmt: skip


def _split(data: Any, predictor: Any, classes: int | None) -> dict[str, Any]:
    values, predictor, diagnostics = prepared(data, predictor, classes, "epiplexity")
    terms, final = _terms(predictor, values)
    return {"terms": terms, "final": final, "values": values, "predictor": predictor, "diagnostics": diagnostics}


def _terms(predictor: Any, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each row cost beyond the final model, and what it costs that one."""
    learning, final = np.asarray(predictor.learning(values)), np.asarray(predictor.learned(values))
    rows = min(learning.size, final.size)
    learning, final = learning[-rows:], final[-rows:]
    if not (np.isfinite(learning).all() and np.isfinite(final).all()):
        raise EstimationError(
            "epiplexity: the predictor gave a row probability 0 or a density without width. Give it a floor of noise."
        )
    return learning - final, final


def epiplexity_from_losses(losses: Any, *, final: float | None = None, tail: float = 0.1) -> Estimate:
    r"""Epiplexity from a recorded learning curve: its area above the final loss. [@finzi2026epiplexity]

    $S = \sum_t (\ell_t - \ell_\infty)$ with the loss $\ell_t$ in nats on data that had not been seen before (one pass);
    times the rows in a batch if $\ell_t$ is a mean over one.

    - `losses`: `(steps,)`, in the order of training.
    - `final`: $\ell_\infty$, the loss of the final model on fresh data; `None`: the mean of the last share `tail` of
      the curve.

    **Returns** an `Estimate` in nats. `stderr` has the noise of the curve and, with `final=None`, that of
    $\ell_\infty$, which is multiplied by the number of steps and is nearly always the larger part: `epiplexity`, which
    compares both models on the same rows, is much sharper. A note says if the curve still falls at its end; the area is
    too small then. Diagnostics: `final`, `tail` (rows that it was taken from), `learning_curve` (the area up to each of
    the `steps`), `loss` (as given).
    """
    series = as_series(losses, measure="epiplexity from losses", min_length=100, univariate=True, allow_constant=False)
    curve = series.column
    if not 0 < tail <= 0.5:
        raise CocycleError(f"epiplexity_from_losses: `tail` is a share between 0 and 0.5; got {tail!r}.")
    n = curve.size
    last = curve[-max(int(tail * n), 16) :]
    blocks = np.array([part.mean() for part in np.array_split(last, 8)])
    noise = float(error_of_mean(blocks)) * last.size  # of the sum over the last rows
    floor = float(last.mean()) if final is None else float(final)
    if not math.isfinite(floor):
        raise DataError(f"epiplexity_from_losses: `final` must be a finite number of nats; got {final!r}.")
    # noise of the curve's sum, and of the floor times all rows; a floor from the curve shares its tail with the sum
    share = last.size / n
    if final is None:
        early = noise * math.sqrt((1 - share) / share)
        stderr = math.hypot(early, noise * (1 - share) / share)
    else:
        stderr = noise / math.sqrt(share)
    line, residual = np.polyfit(np.arange(8.0), blocks, 1, full=True)[:2]
    slope_error = math.sqrt(float(residual.sum()) / 6 / 42)  # of a line through eight points
    notes = []
    if -line[0] > 3.7 * slope_error and -line[0] * n > 1:  # Student's t with six degrees of freedom, 1 %
        notes.append("The curve still falls at its end: more data would teach more, and the area is too small.")
    area = np.cumsum(curve - floor)
    diagnostics = {
        "final": floor, "tail": last.size, "steps": np.arange(1, n + 1), "learning_curve": area, "loss": curve,
        "read_on": "learning_curve",
    }  # fmt: skip
    return Estimate("epiplexity", area[-1], stderr, None, n, "nats", diagnostics, tuple(notes))


def requential_code_length(divergences: Any) -> Estimate:
    r"""Requential code length: the information that a student model got from its teacher. [@qiu2026requential]

    Student and decoder draw proposals from the student; relative entropy coding names the one that is distributed as
    the teacher, and both train on it. Step $i$ costs the divergence $D_i = \mathrm{KL}(P^t_i \| P^s_i)$ of one message
    (a batch) and an overhead; on average the code is no longer than (in bits, with $D_i$ in bits, and $\kappa = 5.21$)

    $$\sum_i \left[D_i + 2 \log_2(1 + D_i) + \kappa\right].$$

    Unlike the prequential estimate this is the length of a code for the student that exists, and noise in the data
    costs nothing: only what the teacher has learnt is sent. Initial weights, the order of updates and the seed are
    shared and not counted.

    - `divergences`: $D_i \ge 0$ of each message, `(steps,)`, in nats.

    **Returns** an `Estimate` in nats: the sum of the divergences. There is no error bar: the divergences are taken as
    exact. The interval goes from the sum to the bound, which a real code may need. With small messages (a few nats) the
    overhead is most of it; a note says so. Diagnostics: `bound`.
    """
    series = as_series(
        divergences, measure="requential code length", min_length=1, univariate=True, allow_constant=True
    )  # fmt: skip
    each = series.column
    if each.min() < 0:
        raise DataError(
            f"requential code length: row {int(np.argmin(each))} is {each.min():.3g}, but a divergence is never "
            "negative. Average single log-ratios over the batch first."
        )
    bits = each / math.log(2)
    bound = float(np.sum(bits + 2 * np.log2(1 + bits) + 5.21)) * math.log(2)
    value = float(each.sum())
    notes = []
    if bound > 2 * value:
        notes.append(
            f"The overhead of {each.size} messages is up to {bound - value:.4g} nats, more than the divergences: send "
            "larger batches."
        )
    return Estimate(
        "requential_code_length", value, None, (value, bound), each.size, "nats", {"bound": bound}, tuple(notes)
    )  # fmt: skip
