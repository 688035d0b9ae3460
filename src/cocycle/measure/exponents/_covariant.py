"""Covariant Lyapunov vectors by Ginelli's algorithm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, DelayFlow, Estimate, EstimationError, NotApplicableError, System
from cocycle.evolve import Cocycle, Solver
from cocycle.measure._orthonormal import orthonormalise

from ._settle import settle
from ._spectrum import mean_rates
from ._tangents import BLOCKS, begin, check, plan, stretch, title, triangular

__all__ = ["CovariantVectors", "covariant_vectors"]

_CHUNK = 256  # intervals
_ALIGN = 50  # periods (of a map: steps) that the vectors get to align, forward and backward, unless told otherwise
_VAGUE = 0.01  # radians: a vector with a larger error is named in the notes
_MOST = 4e9  # bytes
_FAR = 2**30  # the intervals before the orbit that is kept count from here: other noise


@dataclass(frozen=True, eq=False)
class CovariantVectors:
    """Covariant Lyapunov vectors along an orbit.

    **Fields**

    - `times` `(n,)` and `states` `(n, size)`: the orbit; `size` is `dim`, of a delay equation that of its history.
    - `vectors`: `(n, k, size)`, unit length, in the order of the exponents; the sign of each is constant.
    - `rates`: `(n, k)`, growth rate of each over the interval that starts at that time.
    - `exponents`: their means, an `Estimate`.
    - `errors`: `(k,)`, radians: how far the vectors may still be from their limits, at either end of the orbit.
    - `notes`: sentences that a reader must see next to the vectors.
    """

    times: np.ndarray
    states: np.ndarray
    vectors: np.ndarray
    rates: np.ndarray
    exponents: Estimate
    errors: np.ndarray
    notes: tuple[str, ...]
    _forward: np.ndarray = field(repr=False)  # error of the span of the first 1 .. k, at the start
    _backward: np.ndarray = field(repr=False)  # (2, k, k): coordinates of the vectors at the end, from two beginnings

    def angles(self, first: int | Sequence[int], second: int | Sequence[int]) -> np.ndarray:
        """The smallest angle between the spans of two groups of vectors at every time, radians, shape `(n,)`.

        Groups are indices from 0, one or several: `angles(0, 2)`, `angles([0], [1, 2])`. Between 0 and pi/2.
        """
        one, two = (self._group(g) for g in (first, second))
        if set(one) & set(two):
            raise CocycleError(f"angles: the groups {one} and {two} share a vector.")
        return _smallest_angle(self.vectors[:, one], self.vectors[:, two])

    def error(self, group: int | Sequence[int]) -> float:
        """How far the span of consecutive vectors may be from its limit, radians.

        Vectors of equal exponents are not defined one by one, but their common span is.
        """
        members = self._group(group)
        a, b = min(members), max(members)
        if len(members) != b - a + 1:
            raise CocycleError(f"error: give consecutive vectors; got {members}.")
        spans = [np.linalg.qr(c[:, a : b + 1])[0].T for c in self._backward]
        return float(np.hypot(self._forward[b], _apart(*spans)))

    def hyperbolicity(self) -> Estimate:
        r"""The smallest angle met between expanding and contracting directions, radians.

        Uniform hyperbolicity keeps it away from zero; tangencies of stable and unstable manifolds bring it to zero
        [@ginelli2007; @kuptsov2012]. Exponents within three standard errors of zero count as neutral; their vectors
        are put once with the expanding and once with the contracting ones, and the smaller angle counts.

        **Returns** an `Estimate`: over a finite record the smallest angle can only be too large, so the interval is
        from 0 to the value (which is certain, not 95 %) and there is no standard error. Diagnostics: `angles` `(n,)`,
        `median`, `minima`: the smallest over the first 1/8, 1/4, 1/2 of the record and all of it. If they go on
        falling, it is not hyperbolic.
        """
        value, slack = np.asarray(self.exponents.value), 3 * np.nan_to_num(np.asarray(self.exponents.stderr)) + 1e-12
        k = len(value)
        up, down = int(np.sum(value > slack)), int(np.sum(value < -slack))
        cuts = sorted({cut for cut in (up, k - down) if 0 < cut < k})
        if not up or not down or not self.exponents.diagnostics["complete"]:
            raise NotApplicableError(
                f"hyperbolicity needs all vectors, some expanding and some contracting; here are {k}, {up} expanding "
                f"and {down} contracting."
            )
        for cut in cuts:
            worst = max(self.error(range(cut)), self.error(range(cut, k)))
            if worst > _VAGUE:
                raise EstimationError(
                    f"hyperbolicity: the span of the first {cut} vectors and that of the others have an error of "
                    f"{worst:.2g} radians. Give them longer to align (`transient=`)."
                )
        angles = np.min([self.angles(range(cut), range(cut, k)) for cut in cuts], axis=0)
        least = float(angles.min())
        parts = np.array([angles[: max(1, len(angles) // p)].min() for p in (8, 4, 2, 1)])
        return Estimate(
            "hyperbolicity",
            least,
            interval=(0.0, least),
            n=len(angles),
            unit="rad",
            diagnostics={"angles": angles, "median": float(np.median(angles)), "minima": parts, "cuts": cuts},
        )

    def plot(self) -> Any:
        """How often which angle lies between neighbouring vectors, as `cocycle.viz` draws.

        Where a curve reaches zero the directions touch. With one vector only: how its growth rate is distributed.
        """
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        k = self.vectors.shape[1]
        if k == 1:
            groups = [{"name": "vector 1", "values": self.rates[:, 0]}]
            return cocycle.viz.histogram(groups, x_title="growth rate (1/time)", y_title="density")
        pairs = range(min(k - 1, 6))
        groups = [{"name": f"vectors {i + 1} and {i + 2}", "values": self.angles(i, i + 1)} for i in pairs]
        return cocycle.viz.histogram(groups, x_title="angle (rad)", y_title="density (1/rad)")

    def _group(self, group) -> list[int]:
        k = self.vectors.shape[1]
        members = [group] if isinstance(group, (int, np.integer)) else list(group)
        if not members or not all(isinstance(i, (int, np.integer)) and 0 <= i < k for i in members):
            raise CocycleError(f"A group holds indices of vectors from 0 to {k - 1}; got {group!r}.")
        return [int(i) for i in members]


def covariant_vectors(
    system: System | Cocycle,
    *,
    k: int | None = None,
    time: float | None = None,
    periods: float | None = None,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
) -> CovariantVectors:
    r"""Covariant Lyapunov vectors: the directions that the linearised dynamics maps onto each other.

    $D\phi^t(x)\, v_i(x) \parallel v_i(\phi^t x)$, growing at the rate $\lambda_i$ forward and backward in time
    [@ginelli2007]. Forward, orthonormal frames $Q_n$ and triangular factors $R_n$ of the tangent dynamics are stored;
    backward, upper triangular coordinates of the vectors, $C_n \propto R_{n+1}^{-1} C_{n+1}$ with columns of unit
    length, converge to those of $v_i = Q_n c_i$. Unlike the orthonormal frames, the vectors do not depend on the norm.

    **Arguments**

    - `k`: how many, in the order of the exponents (default: all; of a delay equation it must be given).
    - `time` or `periods`: length of the orbit kept (default 200 periods; for a map 2000 steps).
    - `transient`: time for the orbit to settle, then for the frames to align forward, and after the end of the orbit
      kept for the vectors to align backward (default: the system's own, at least 50 periods or steps). Either is
      rounded up to chunks of 256 intervals.
    - The others as for `lyapunov_spectrum`. Along a realisation of the noise the vectors depend on its future too.

    **Returns** a `CovariantVectors`. Its `errors` are measured: frames from other directions, run for the transient,
    differ by so much at the start; coordinates from another end value differ by so much at the end. Vectors of
    exponents closer than about 1 / transient are not told apart and the notes say so; their span may still be good,
    see `error`. They do not hold the solver's error. Memory: `8 n k (size + k)` bytes, and `8 k^2` an interval for the
    backward transient; the work goes in chunks of 256 intervals. Over 4 GB is refused.

    **Fails** with `NotApplicableError` where a direction is contracted to nothing (the backward step has no
    answer), with `NumericalError` where the trajectory diverges.
    """
    planned = plan(system, time, periods, dt, transient, solver, default=(200, 2000))
    if k is None and isinstance(planned.phi.system, DelayFlow):
        raise CocycleError("covariant_vectors: a delay equation has as many vectors as its history; give `k=`.")
    k, size = (int(m) for m in begin(planned, k, x0, key).vectors.shape)
    orbit = settle(planned, min(k + 1, size), x0, key)  # one more, to see how far the span of the first k has come
    align = planned.wait if transient is not None else max(planned.wait, _ALIGN * planned.period)
    interval = orbit.interval
    n, after = round(planned.span / interval), max(1, round(align / interval))
    needed = 8.0 * k * (n * (size + k) + after * k)
    if needed > _MOST:
        raise CocycleError(
            f"covariant_vectors: {n} times {k} vectors of {size} entries need {needed / 1e9:.1f} GB. Shorten `time`, "
            "lengthen `dt` or take fewer (`k=`)."
        )

    orbit, forward = _align(orbit, k, after, key)
    times, states, vectors, rates, backward = _follow(orbit, n, after, key)
    errors = np.hypot(forward, [_apart(*(c[:, j][None] for c in backward)) for j in range(k)])
    per_block = n // BLOCKS
    means = rates[: per_block * BLOCKS].reshape(BLOCKS, per_block, k).mean(axis=1)
    exponents = mean_rates("covariant_exponents", planned, orbit, means, per_block, key, sort=False)
    notes = exponents.notes
    vague = [str(j) for j in range(k) if errors[j] > _VAGUE]
    if vague:
        notes += (
            f"Vectors that have not converged (see `errors`): {', '.join(vague)}. Their exponents are too close to a "
            "neighbour's for the transient. The span of a group may have, see `error`.",
        )
    return CovariantVectors(times, states, vectors, rates, exponents, errors, notes, forward, backward)


def _align(orbit, k: int, count: int, key):
    """Run `count` intervals (or a few more) with frames, and see how far others that start anywhere have come by then.

    Both must see the same orbit to the last bit, so the others live in the coordinates of the frames. Returns the orbit
    with its first `k` vectors, and the angles between the spans of the first 1 .. k.
    """
    phi, t, state, frame = orbit
    wide, size = frame.shape
    others = jnp.asarray(np.linalg.qr(np.random.default_rng(1).normal(size=(wide, wide)))[0])
    for start in range(0, count, _CHUNK):
        (t, state, frame), found = _forward_chunk(phi, t, state, frame, jnp.asarray(start - _FAR), key)
        check(phi, state, float(t))
        others = _turned(found[3], others)
    angles = np.array([_apart(np.eye(wide)[: j + 1], np.asarray(others)[: j + 1]) for j in range(k)])
    if k == size:
        angles[-1] = 0.0  # the whole space
    return orbit._replace(t=t, state=state, vectors=frame[:k]), angles


@eqx.filter_jit
def _turned(factors, rows):
    """Orthonormal rows, moved by triangular factors one after another."""
    return jax.lax.scan(lambda p, r: (orthonormalise(p @ r.T)[0], None), rows, factors)[0]


def _follow(orbit, n: int, after: int, key):
    """There and back: times, states, vectors and rates at `n` times, and coordinates of the vectors at the last one."""
    k, size = orbit.vectors.shape
    chunks = -(-(n + after) // _CHUNK)
    times, states, vectors = np.empty(n), np.empty((n, size)), np.empty((n, k, size))
    factors, (t, state, frame) = np.empty((chunks * _CHUNK, k, k)), orbit[1:]
    for start in range(0, chunks * _CHUNK, _CHUNK):
        (t, state, frame), found = _forward_chunk(orbit.phi, t, state, frame, jnp.asarray(start), key)
        check(orbit.phi, state, float(t))
        count = max(0, min(_CHUNK, n - start))
        for whole, part in zip((times, states, vectors), found, strict=False):
            whole[start : start + count] = np.asarray(part)[:count]
        factors[start : start + _CHUNK] = found[3]
    if np.diagonal(factors, axis1=1, axis2=2).min() <= 0:
        raise NotApplicableError(
            f"covariant_vectors: along this orbit of {title(orbit.phi)} a direction is contracted to nothing "
            "(superstable), so nothing can be followed backward. Take fewer vectors (`k=`) or another orbit."
        )

    ends = np.triu(np.random.default_rng(0).normal(size=(2, k, k))) + np.eye(k)
    current, rates, backward = jnp.asarray(ends / np.linalg.norm(ends, axis=1, keepdims=True)), np.empty((n, k)), ends
    for start in reversed(range(0, chunks * _CHUNK, _CHUNK)):
        current, coordinates, grown = _backward_chunk(jnp.asarray(factors[start : start + _CHUNK]), current)
        count = min(_CHUNK, n - start)
        if count <= 0:  # still beyond the end
            continue
        coordinates, kept = np.asarray(coordinates)[:count], slice(start, start + count)
        if start + count == n:
            backward = coordinates[-1]
        vectors[kept] = np.einsum("nij,nis->njs", coordinates[:, 0], vectors[kept])
        rates[kept] = np.asarray(grown)[:count, 0] / orbit.interval
    return times, states, vectors, rates, backward


@eqx.filter_jit
def _forward_chunk(phi, t, state, vectors, start, key):
    """Time, state and frame before each of `_CHUNK` intervals, and its triangular factor."""

    def interval(carry, i):
        t, state, vectors = carry
        sub = None if key is None else jax.random.fold_in(jax.random.fold_in(key, 5), (start + i).astype(jnp.uint32))
        moved, images, turned, _ = stretch(phi, t, state, vectors, sub)
        return (t + phi.dt, moved, turned), (t, state, vectors, triangular(images, turned))

    return jax.lax.scan(interval, (t, state, vectors), jnp.arange(_CHUNK))


@eqx.filter_jit
def _backward_chunk(factors, end):
    """Coordinates `(2, k, k)` at the start of each interval, and the log growth over it."""

    def interval(later, factor):
        earlier = jax.vmap(lambda c: jax.scipy.linalg.solve_triangular(factor, c))(later)
        length = jnp.linalg.norm(earlier, axis=1)
        earlier = earlier / length[:, None]
        return earlier, (earlier, -jnp.log(length))

    start, (coordinates, grown) = jax.lax.scan(interval, end, factors, reverse=True)
    return start, coordinates, grown


def _apart(one, two) -> float:
    """The largest principal angle between the spans of orthonormal rows, radians."""
    beyond = two - (two @ one.T) @ one
    return float(np.arcsin(min(np.linalg.norm(beyond, 2), 1.0)))


def _smallest_angle(one, two):
    """The smallest principal angle between the spans of rows, `(n, a, size)` and `(n, b, size)`; accurate near zero."""
    one, two = (np.linalg.qr(np.swapaxes(g, 1, 2))[0] for g in (one, two))
    if one.shape[2] < two.shape[2]:
        one, two = two, one
    overlap = np.swapaxes(one, 1, 2) @ two
    beyond = two - one @ overlap
    cosine = np.linalg.svd(overlap, compute_uv=False)[:, 0]
    sine = np.linalg.svd(beyond, compute_uv=False)[:, -1]
    return np.arctan2(sine, cosine)
