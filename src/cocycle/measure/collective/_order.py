"""Order parameters and distances from synchrony of a recorded population."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._neighbours import whole
from cocycle.measure._series import Series, as_series

__all__ = ["chimera_index", "hilbert_phase", "order_parameter", "phase_locking_value", "synchronisation_error"]

_BLOCKS = 16
_T = 2.13  # 97.5 % quantile of Student's t with 15 degrees of freedom, as the error is estimated from 16 blocks
_STRAIGHT = 0.1  # share of samples at which the amplitude may all but vanish before a phase is refused


def order_parameter(phases: Any, *, m: int = 1) -> Estimate:
    r"""The order parameter of a population of phases: 1 where they agree, about $1/\sqrt{N}$ where they do not care.

    $$r_m(t) = \Big| \frac1N \sum_{j=1}^N e^{i m \theta_j(t)} \Big|$$

    and its mean over time. $m = 1$: Kuramoto's [@kuramoto1984]; $m > 1$: Daido's, which is 1 too where the phases form
    up to $m$ clusters at equal distances [@daido1992].

    **Arguments**: `phases`, in radians (wrapped or not), shape `(T, N)`, at least 32 samples of two oscillators; of a
    signal: `hilbert_phase`. `m`: a whole number, 1 or more.

    **Returns** an `Estimate`; `stderr` from the scatter and the correlation of 16 block means. Diagnostics: `r`, shape
    `(T,)`; `angle`, the phase of the mean field $/ m$; `fluctuation`, the standard deviation of `r` in time.
    """
    m = whole(m, "m")
    values, dt = _population(phases, "the order parameter")
    mean = np.exp(1j * m * values).mean(axis=1)
    r = np.abs(mean)
    return _averaged(
        "order_parameter", dt, r, upper=1.0, read_on="r", r=r, angle=np.angle(mean) / m, fluctuation=float(r.std()), m=m
    )


def synchronisation_error(data: Any, *, nodes: int | None = None) -> Estimate:
    r"""The distance of a population from complete synchrony, in units of the size of its motion.

    $$e(t) = \sqrt{\frac1N \sum_i \|x_i(t) - \bar x(t)\|^2} \Big/ s, \qquad \bar x = \frac1N \sum_i x_i,$$

    $s$ the root mean square distance of all $x_i$ from their mean over nodes and time: 0 for complete synchrony, about
    1 for independent nodes (exactly $\sqrt{1 - 1/N}$ on average of the square).

    **Arguments**: `data`, shape `(T, N * d)`: the nodes one after another, as `couple` lays them out; at least 32
    samples. `nodes`: $N$; default: as many as there are columns ($d = 1$).

    **Returns** an `Estimate` of the mean over time; `stderr` from the scatter and the correlation of 16 block means.
    Diagnostics: `error` $e(t)$, shape `(T,)`; `final`, the mean over the last block; `size`, $s$.
    """
    series = as_series(data, measure="the synchronisation error", min_length=2 * _BLOCKS)
    columns = series.values.shape[1]
    count = columns if nodes is None else whole(nodes, "nodes")
    if count < 2 or columns % count:
        raise CocycleError(
            f"synchronisation_error: {columns} columns are not {count} nodes, 2 or more, of equal dimension. Give "
            "`nodes=`."
        )
    x = series.values.reshape(len(series.values), count, -1)
    away = ((x - x.mean(axis=1, keepdims=True)) ** 2).sum(axis=2).mean(axis=1)
    size = float(np.sqrt(((x - x.mean(axis=(0, 1))) ** 2).sum(axis=2).mean()))
    error = np.sqrt(away) / size
    final = float(error[-max(1, len(error) // _BLOCKS) :].mean())
    return _averaged(
        "synchronisation_error", series.dt, error, read_on="error", error=error, final=final, size=size, nodes=count
    )


def phase_locking_value(phases: Any, *, n: int = 1, m: int = 1) -> Estimate:
    r"""How constant the phase difference of two oscillators is: 1 locked, 0 independent. [@lachaux1999]

    $$\mathrm{PLV} = \Big| \frac1T \sum_t e^{i (n \theta_1(t) - m \theta_2(t))} \Big|$$

    over time (within one recording). Of independent oscillators it is not 0 but about $1/\sqrt{T_\mathrm{eff}}$: test
    it against `time_shifted` surrogates with `rank_test`.

    **Arguments**: `phases`, in radians, shape `(T, 2)`, at least 32 samples; of a signal: `hilbert_phase`. `n`, `m`:
    the locking ratio.

    **Returns** an `Estimate`; `stderr` from 16 block means of the phasor along its mean direction, with their
    correlation. Diagnostics: `difference`, the mean phase difference; `chance`, the value that independent blocks would
    give by chance.
    """
    n, m = whole(n, "n"), whole(m, "m")
    values, _ = _population(phases, "the phase-locking value")
    if values.shape[1] != 2:
        raise DataError(f"the phase-locking value compares two oscillators; got {values.shape[1]} columns. Choose two.")
    phasor = np.exp(1j * (n * values[:, 0] - m * values[:, 1]))
    mean = phasor.mean()
    turned = phasor * np.exp(-1j * np.angle(mean))
    blocks = np.array([part.mean() for part in np.array_split(turned, _BLOCKS)])
    along, across = (float(error_of_mean(part[:, None])[0]) for part in (np.real(blocks), np.imag(blocks)))
    value = float(np.abs(mean))
    return Estimate(
        "phase_locking_value",
        value,
        along,
        interval=(max(0.0, value - _T * along), min(1.0, value + _T * along)),
        n=len(values),
        diagnostics={
            "difference": float(np.angle(mean)),
            "chance": float(np.hypot(along, across)),
            "ratio": (n, m),
            "phase_differences": np.angle(phasor),
        },
    )


def chimera_index(phases: Any, communities: Any) -> Estimate:
    r"""How unequally synchronised the communities of a population are, at any one time. [@shanahan2010]

    With $r_c(t)$ the order parameter of community $c$ of $M$,

    $$\chi = \Big\langle \frac{1}{M-1} \sum_c \big(r_c(t) - \langle r \rangle_C(t)\big)^2 \Big\rangle_T, \qquad
    \lambda = \Big\langle \frac{1}{T-1} \sum_t \big(r_c(t) - \langle r_c \rangle_T\big)^2 \Big\rangle_C.$$

    $\chi$, the chimera index, is large where some communities are coherent while others are not; $\lambda$, the
    metastability index, where communities come and go. Both are 0 for a population that is all in step.

    **Arguments**: `phases`, in radians, shape `(T, N)`, at least 32 samples; `communities`: for each of the $N$
    oscillators the label of its community, at least two communities of two oscillators or more.

    **Returns** an `Estimate` of $\chi$; `stderr` from the scatter and the correlation of 16 block means. Diagnostics:
    `metastability` $\lambda$, `r` `(T, M)`, `labels`, `spread` (the variance over communities in time).

    Communities of few oscillators have an $r$ of about $1/\sqrt n$ with a scatter of its own even where nothing is
    synchronised: compare with `chance`, what independent phases would give, $(1 - \pi/4)\,\overline{1/n}$ for large n.
    """
    values, dt = _population(phases, "the chimera index")
    labels, member = np.unique(np.asarray(communities), return_inverse=True)
    if np.ndim(communities) != 1 or len(member) != values.shape[1]:
        raise CocycleError(
            f"chimera_index: give one label for each of the {values.shape[1]} oscillators; got shape "
            f"{np.shape(communities)}."
        )
    sizes = np.bincount(member)
    if len(labels) < 2 or sizes.min() < 2:
        raise CocycleError(
            f"chimera_index: at least two communities of two oscillators or more are compared; got sizes "
            f"{sizes.tolist()}."
        )
    phasor = np.exp(1j * values)
    r = np.stack([np.abs(phasor[:, member == c].mean(axis=1)) for c in range(len(labels))], axis=1)
    spread = r.var(axis=1, ddof=1)
    chance = float((1 - np.pi / 4) * (1 / sizes).mean() + (np.sqrt(np.pi / sizes) / 2).var(ddof=1))
    return _averaged(
        "chimera_index",
        dt,
        spread,
        read_on="spread",
        metastability=float(r.var(axis=0, ddof=1).mean()),
        spread=spread,
        r=r,
        labels=labels.tolist(),
        chance=chance,
    )


def hilbert_phase(data: Any) -> np.ndarray:
    """The phase of an oscillation by its analytic signal: the angle of `x + i H[x]`, `H` the Hilbert transform.

    `data`: `(T,)` or `(T, N)`, one oscillation about its mean a column; narrow-band, or the angle is no phase. Returns
    radians in `(-pi, pi]`, same shape. The first and last period are distorted by the ends: leave them out.
    [@pikovsky2001]

    Raises `DataError` where the amplitude all but vanishes (below a tenth of its mean) in over a tenth of the samples:
    the signal then does not turn around one centre.
    """
    from scipy.signal import hilbert

    series = as_series(data, measure="the Hilbert phase", min_length=20)
    z = np.asarray(hilbert(series.values - series.values.mean(axis=0), axis=0))
    size = np.abs(z)
    small = (size < 0.1 * size.mean(axis=0)).mean(axis=0)
    if small.max() > _STRAIGHT:
        name = series.variables[int(np.argmax(small))]
        raise DataError(
            f"the Hilbert phase: the amplitude of {name!r} all but vanishes in {small.max():.0%} of the samples, so "
            "its angle is no phase. Filter the signal to a narrow band first."
        )
    phase = np.angle(z)
    return phase[:, 0] if np.ndim(data) == 1 else phase


def _population(phases: Any, measure: str) -> tuple[np.ndarray, float]:
    """The phases, one column an oscillator, and the sampling interval."""
    series: Series = as_series(phases, measure=measure, min_length=2 * _BLOCKS, allow_constant=True)
    if series.values.shape[1] < 2:
        raise DataError(f"{measure} needs two oscillators or more, a column each; got one.")
    if not np.ptp(series.values) > 0:
        raise DataError(f"{measure}: all phases are one constant number, which says nothing of a motion.")
    return series.values, series.dt


def _averaged(name: str, dt: float, values: np.ndarray, upper: float = np.inf, **diagnostics: Any) -> Estimate:
    """The mean over time with the error of its blocks; both the values and the interval lie in [0, upper]."""
    diagnostics = {"times": dt * np.arange(len(values)), **diagnostics}
    blocks = np.array([part.mean() for part in np.array_split(values, _BLOCKS)])
    value, stderr = float(values.mean()), float(error_of_mean(blocks[:, None])[0])
    interval = (max(0.0, value - _T * stderr), min(upper, value + _T * stderr))
    return Estimate(name, value, stderr, interval=interval, n=len(values), diagnostics=diagnostics)
