"""Finite-time Lyapunov exponents: how the growth of displacements scatters along one orbit."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError, System
from cocycle.evolve import Cocycle, Solver
from cocycle.measure._blocks import error_of_mean

from ._settle import settle
from ._spectrum import mean_rates
from ._tangents import BLOCKS, blocks, is_discrete, plan, title

__all__ = ["FiniteTimeExponents", "finite_time_exponents"]

_PER_BLOCK = 8  # windows a block holds at least: its mean square must say something


@dataclass(frozen=True, eq=False)
class FiniteTimeExponents:
    """Exponents over consecutive windows of one orbit, and what their scatter amounts to.

    **Fields**

    - `times`: where each window starts, shape `(windows,)`; `window`: its length.
    - `exponents`: shape `(windows, k)`, in the order of their means.
    - `mean`: the Lyapunov exponents, as `lyapunov_spectrum` gives them.
    - `variance`: of the exponents over one window, shape `(k,)`. It depends on the window.
    - `diffusion`: the diffusion coefficients, shape `(k,)`, which do not: the variance times the window, for long
      windows.
    """

    times: np.ndarray
    exponents: np.ndarray
    window: float
    mean: Estimate
    variance: Estimate
    diffusion: Estimate

    def plot(self) -> Any:
        """How the exponents over a window are distributed, and their means with error bars, as `cocycle.viz` draws."""
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        means = np.atleast_1d(self.mean.value)
        ends = self.mean.interval or (means, means)
        groups = [
            {"name": f"exponent {i + 1}", "values": v, "at": means[i], "low": ends[0][i], "high": ends[1][i]}
            for i, v in enumerate(self.exponents.T[:6])
        ]
        title = f"exponent over {self.window:g} time units (1/time)"
        return cocycle.viz.histogram(groups, x_title=title, y_title="density (time)")


def finite_time_exponents(
    system: System | Cocycle,
    window: float | None = None,
    *,
    k: int | None = None,
    time: float | None = None,
    periods: float | None = None,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
) -> FiniteTimeExponents:
    r"""Lyapunov exponents over windows of length $\tau$ along one orbit: their distribution, variance and diffusion.

    $\lambda_i(\tau) = \frac1\tau \log R_{ii}$, with $R$ the product of the triangular factors over the window: the
    growth that `lyapunov_spectrum` averages. Its sums diffuse,
    $\operatorname{Var}[\tau\lambda_i(\tau)] \simeq D_i \tau$ for long windows
    [@pikovsky2016, chapter 5; @kuptsov2011large], and

    $$D_i = \tau\,(c_0 + 2 c_1)$$

    with $c_j$ the covariance of the exponents of windows $j$ apart: the slope of that variance between one window
    and two. So what neighbours exchange at their common end, which makes $\tau \operatorname{Var}$ depend on
    $\tau$, drops out. Only the first exponent and sums of the first few are free of the choice of the norm and of the
    orthonormalisation at finite $\tau$; the diffusion coefficients are for all.

    **Arguments**

    - `window`: $\tau$, in units of time (default: 5 periods; for a map 50 steps).
    - The others as for `lyapunov_spectrum`; at least 256 windows must fit into `time`.

    **Returns** a `FiniteTimeExponents`. The error bars of `variance` (unit `1/time^2`) and `diffusion` (`1/time`) are
    from the scatter of 32 block means; to that of `diffusion` is added $2\tau c_2$ as far as it exceeds its own
    error: windows too short for the limit. They do not hold the solver's error, which that of `mean` does.

    **Fails** with `EstimationError` where a direction is contracted to nothing (its log length has no variance), with
    `CocycleError` where the windows are too few or no whole number of intervals.
    """
    planned = plan(system, time, periods, dt, transient, solver)
    unit = float(planned.phi.dt) if is_discrete(planned.phi) else planned.period
    wanted = (50 if is_discrete(planned.phi) else 5) * unit if window is None else float(window)
    if not wanted > 0:
        raise CocycleError(f"finite_time_exponents: window must be positive; got {wanted:g}.")
    if isinstance(system, Cocycle) or is_discrete(planned.phi) or dt is not None:
        if window is None:
            wanted = float(planned.phi.dt) * max(1, round(wanted / float(planned.phi.dt)))
    else:  # a whole number of intervals
        even = wanted / np.ceil(wanted / float(planned.phi.dt) - 1e-9)
        planned = plan(system, time, periods, even, transient, solver)._replace(given=False)
    parts = wanted / float(planned.phi.dt)
    if parts < 0.5 or abs(parts - round(parts)) > 1e-6:
        raise CocycleError(
            f"finite_time_exponents: the window {wanted:g} is not a whole number of intervals of "
            f"{float(planned.phi.dt):g}. Change it, or `dt`."
        )
    count = round(planned.span / wanted)
    if count < BLOCKS * _PER_BLOCK:
        raise CocycleError(
            f"finite_time_exponents: {planned.span:g} time units hold {count} windows of {wanted:g}; their scatter "
            f"needs at least {BLOCKS * _PER_BLOCK}. Lengthen `time` or shorten `window`."
        )
    orbit = settle(planned, k, x0, key)
    per_window = round(wanted / orbit.interval)
    start, logs, per_block = orbit, [], -(-count // BLOCKS)
    for stream in range(per_block):
        grown, _, orbit = blocks(orbit, per_window, key, 10 + stream)
        logs.append(grown)
    exponents = np.concatenate(logs) / wanted
    if not np.isfinite(exponents).all():
        raise EstimationError(
            f"finite_time_exponents: along this orbit of {title(orbit.phi)} a direction is contracted to nothing "
            "(superstable), so the scatter of its exponent is not defined. Take fewer (`k=`) or another orbit."
        )
    exponents = exponents[:, np.argsort(-exponents.mean(axis=0), kind="stable")]
    means = exponents.reshape(BLOCKS, per_block, -1).mean(axis=1)
    variance, diffusion = _scatter(exponents, wanted, per_block)
    return FiniteTimeExponents(
        times=float(start.t) + wanted * np.arange(len(exponents)),
        exponents=exponents,
        window=wanted,
        mean=mean_rates("finite_time_mean", planned, start, means, per_block * per_window, key),
        variance=variance,
        diffusion=diffusion,
    )


def _scatter(exponents, window, per_block) -> tuple[Estimate, Estimate]:
    """Variance, and diffusion coefficient with the part that longer correlations may add to it."""
    n = len(exponents)
    x = exponents - exponents.mean(axis=0)

    def product(lag):
        """Block means of the products of windows `lag` apart."""
        pairs = np.zeros_like(x)
        pairs[: n - lag] = x[: n - lag] * x[lag:]
        return pairs.reshape(BLOCKS, per_block, -1).mean(axis=1)

    square, next_to, beyond = product(0), product(1), product(2)
    # centring on the sample's own mean takes Var(mean) off every product
    variance, error = square.mean(axis=0) * n / (n - 1), error_of_mean(square)
    terms = window * (square + 2 * next_to)
    diffusion, sampling = terms.mean(axis=0) * n / (n - 3), error_of_mean(terms)
    rest = 2 * window * beyond
    cut = np.sqrt(np.maximum(rest.mean(axis=0) ** 2 - error_of_mean(rest) ** 2, 0.0))
    return (
        Estimate("finite_time_variance", variance, error, n=n, unit="1/time^2", diagnostics={"window": window}),
        Estimate(
            "diffusion_coefficients",
            diffusion,
            np.hypot(sampling, cut),
            n=n,
            unit="1/time",
            diagnostics={
                "window": window,
                "scaled_variance": window * variance,
                "sampling_error": sampling,
                "truncation_error": cut,
            },
        ),
    )
