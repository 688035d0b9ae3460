"""The Kaplan-Yorke (Lyapunov) dimension."""

from typing import Any

import numpy as np

from cocycle.core import Estimate, NotApplicableError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure.exponents import lyapunov_spectrum

__all__ = ["kaplan_yorke_dimension"]


def kaplan_yorke_dimension(system: Any, **options: Any) -> Estimate:
    r"""$D = j + \sum_{i \le j}\lambda_i / |\lambda_{j+1}|$, $j$ the largest index whose partial sum is not below 0.

    Takes a system (and the options of `lyapunov_spectrum`), or a spectrum already estimated. The standard error is a
    jackknife over the spectrum's blocks, so correlations between exponents count. [@kaplan1979]

    0 for a stable fixed point. Where the exponents do not contract at all (a conservative system), it is the number
    of exponents. A partial spectrum whose sum is still positive is an error: more exponents are needed.
    """
    spectrum = system if isinstance(system, Estimate) else lyapunov_spectrum(system, **options)
    value = np.atleast_1d(np.asarray(spectrum.value))
    if np.isnan(value).any():
        raise NotApplicableError(
            f"Exponent {int(np.argmax(np.isnan(value)))} of those given is NaN: no dimension follows."
        )
    total = float(np.sum(value))
    slack = 2.0 * float(np.sqrt(np.sum(np.atleast_1d(spectrum.stderr) ** 2))) if spectrum.stderr is not None else 0.0
    if not spectrum.diagnostics.get("complete", True) and total > -slack:
        raise NotApplicableError(
            f"The exponents given ({value.size}) sum to {total:.3g}: the dimension lies beyond them. Compute more "
            "(`k=`)."
        )
    error = np.nan_to_num(np.atleast_1d(spectrum.stderr)) if spectrum.stderr is not None else 0 * value
    complete = bool(spectrum.diagnostics.get("complete", True))
    dimension = _formula(value, error, complete)
    blocks = spectrum.diagnostics.get("blocks")
    stderr = None
    if blocks is not None and np.isfinite(blocks).all():
        n = len(blocks)
        leave_one_out = (blocks.sum(axis=0) - blocks) / (n - 1)
        values = np.array([_formula(row, error, complete) for row in leave_one_out])
        stderr = float(error_of_mean(n * values.mean() - (n - 1) * values))  # of the pseudo-values
    return Estimate(
        "kaplan_yorke_dimension",
        dimension,
        stderr,
        n=spectrum.n,
        diagnostics={
            "exponents": value,
            "sum": total,
            "counts_of_exponents": np.arange(value.size + 1),
            "sums": np.concatenate([[0.0], np.cumsum(value)]),
            "read_on": "counts_of_exponents",
        },
    )


def _formula(exponents, error, complete) -> float:
    """The formula, steady where it jumps: at an exponent that is zero within its error, and at the last one.

    A limit cycle has dimension 1, not 0, a conservative motion that of its space. Elsewhere a partial sum may pass
    through zero and the dimension with it through a whole number, without a jump.
    """
    sums = np.cumsum(exponents)
    near = sums >= -2.0 * np.sqrt(np.cumsum(error**2)) - 1e-12
    zero = np.abs(exponents) <= 2.0 * error + 1e-12
    zero[-1] |= complete
    held = np.flatnonzero((sums >= -1e-12) | (near & zero))
    if held.size == 0 or exponents[0] < -2.0 * error[0] - 1e-12:
        return 0.0
    j = int(held[-1]) + 1
    if j == exponents.size:
        return float(j)
    return j + max(0.0, float(sums[j - 1])) / abs(float(exponents[j]))
