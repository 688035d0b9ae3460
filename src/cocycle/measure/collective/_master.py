"""The master stability function: which coupling keeps identical systems in step."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    Derived,
    Estimate,
    Flow,
    NotApplicableError,
    NumericalError,
    as_parameter,
    as_point,
    param,
)
from cocycle.evolve import Solver, cocycle, time_scale
from cocycle.measure._arguments import duration, start
from cocycle.measure._blocks import error_of_mean

__all__ = ["master_stability_function"]

_MEASURE = "master stability function"
_BLOCKS = 32
_DECAY = 4.0  # most nats over one interval: beyond, the solver's absolute tolerance would hide a displacement


def master_stability_function(
    system: Flow,
    coupling: Any,
    alphas: Any,
    *,
    time: float | None = None,
    periods: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
) -> Estimate:
    r"""The largest exponent of a displacement from synchrony, for every strength of coupling. [@pecora1998]

    $$\dot \xi = \big[ Df(s(t)) - \alpha H \big]\, \xi, \qquad \dot s = f(t, s).$$

    In a network $\dot x_i = f(x_i) - \sigma \sum_j L_{ij} H x_j$ with a Laplacian $L$, the displacement along an
    eigenvector of $L$ with eigenvalue $\gamma$ obeys this equation at $\alpha = \sigma \gamma$. Synchrony is
    stable where the function is negative at $\sigma \gamma_k$ for all $k \ge 2$.

    **Arguments**

    - `system`: a `Flow`, one node alone. - `coupling`: $H$, shape `(dim, dim)`.
    - `alphas`: numbers, shape `(k,)`; complex ones for directed networks.
    - `time` or `periods`: length of the average (default 1000 periods). - `transient`, `x0`, `solver`: as for
      `lyapunov_spectrum`.

    **Returns** an `Estimate` of shape `(k,)` in 1/time. All strengths share one trajectory, so the curve is smooth; its
    error is common to neighbouring strengths. `stderr` joins the sampling error (scatter and correlation of 32 block
    means) and the discretisation error (32 intervals again with a finer solver). Diagnostics: `alphas`, `blocks`
    `(32, k)`, `sampling_error`, `discretisation_error`, `crossings` (real strengths at which the function changes sign,
    by linear interpolation), `dt`, `time`.

    **Fails** with `NumericalError` where the trajectory diverges. At $\alpha = 0$ it is the largest Lyapunov exponent;
    for $H = 1$ it is that less $\alpha$, exactly.
    """
    if not isinstance(system, Flow):
        cocycle(system)  # raises the right sentence if it is no system
        raise NotApplicableError(f"{_MEASURE}: {type(system).__name__} is not a Flow.")
    dim = system.dim
    matrix = np.asarray(coupling, dtype=float)
    if matrix.shape != (dim, dim) or not np.isfinite(matrix).all():
        raise CocycleError(f"{_MEASURE}: coupling must be a finite matrix of shape ({dim}, {dim}); got {matrix.shape}.")
    strengths = np.atleast_1d(np.asarray(alphas))
    if (
        strengths.ndim != 1
        or not len(strengths)
        or strengths.dtype.kind not in "iufc"
        or not np.isfinite(strengths).all()
    ):
        raise CocycleError(f"{_MEASURE}: alphas must be finite numbers, shape (k,); got {alphas!r}.")
    if time is not None and periods is not None:
        raise CocycleError("Give `time` or `periods`, not both.")
    cocycle(system, solver=solver)  # raises the right sentence for a solver that does not fit
    scale = time_scale(system)
    count = 1000.0 if periods is None else duration(periods, "periods")
    span = count * scale.period if time is None else duration(time, "time")
    quickest = np.abs(strengths).max() * np.linalg.norm(matrix, 2)
    dt = min(scale.period / 8, _DECAY / quickest if quickest > 0 else np.inf)
    per_block = round(span / dt / _BLOCKS)
    if per_block < 1:
        raise CocycleError(
            f"{_MEASURE}: {span:g} time units hold fewer than {_BLOCKS} intervals of {dt:g}. Lengthen it."
        )

    parts = 2 if np.iscomplexobj(strengths) else 1
    displaced = _Displaced(system, matrix, np.real(strengths), as_parameter(np.imag(strengths)) if parts == 2 else None)
    phi = cocycle(displaced, dt, solver)
    x = start(system, x0)
    vectors = np.random.default_rng(0).normal(size=(len(strengths), parts, dim))
    state = jnp.concatenate([x, jnp.asarray((vectors / _size(vectors)).ravel())])
    wait = scale.transient if transient is None else duration(transient, "transient", zero=True)
    _, t, state = _run(phi, 0.0, state, max(1, round(wait / dt / _BLOCKS)))
    _check(system, state, t)
    coarse, _, _ = _run(phi, t, state, 1)
    fine, _, _ = _run(phi.refined(), t, state, 1)
    difference = (np.asarray(coarse) - np.asarray(fine)) / dt
    bias = np.sqrt(difference.mean(axis=0) ** 2 + difference.var(axis=0) / _BLOCKS)
    logs, t, state = _run(phi, t, state, per_block)
    _check(system, state, t)
    blocks = np.asarray(logs) / (per_block * dt)
    sampling = error_of_mean(blocks)
    value = blocks.mean(axis=0)
    where: dict[str, Any] = {"alphas": strengths}
    if parts == 2:
        where["positions"] = np.column_stack([np.real(strengths), np.imag(strengths)])
        where["axes"] = ("real part of alpha", "imaginary part of alpha")
    return Estimate(
        "master_stability_function",
        value,
        np.hypot(sampling, bias),
        n=per_block * _BLOCKS,
        unit="1/time",
        diagnostics={
            **where,
            "blocks": blocks,
            "sampling_error": sampling,
            "discretisation_error": bias,
            "crossings": _crossings(strengths, value) if parts == 1 else np.empty(0),
            "dt": dt,
            "time": per_block * _BLOCKS * dt,
        },
    )


class _Displaced(Derived, Flow):
    """A state and one displacement from synchrony for every strength; for complex strengths two real parts of each."""

    of: Flow
    matrix: Any = param()
    real: Any = param()
    imaginary: Any = None
    carries_displacements: ClassVar = True

    @property
    def parts(self):
        return 1 if self.imaginary is None else 2

    def vector_field(self, t, x):
        dim = self.matrix.shape[0]
        point, displacements = x[:dim], x[dim:].reshape(-1, self.parts, dim)
        velocity, push = jax.linearize(lambda y: as_point(self.of.vector_field(t, y)), point)
        felt = displacements @ self.matrix.T
        change = jax.vmap(jax.vmap(push))(displacements) - self.real[:, None, None] * felt
        if self.imaginary is not None:  # -(a + ib) H (u + iw)
            turned = jnp.stack([felt[:, 1], -felt[:, 0]], axis=1)
            change = change + self.imaginary[:, None, None] * turned
        return jnp.concatenate([velocity, change.ravel()])

    def default_state(self):
        x = self.of.default_state()
        return jnp.concatenate([x, jnp.ones(self.real.shape[0] * self.parts * x.shape[0], x.dtype)])

    def observe(self, state):
        return state

    @property
    def variables(self):
        return tuple(f"x{i}" for i in range(self.default_state().shape[0]))


def _size(vectors):
    return ((vectors**2).sum(axis=(1, 2), keepdims=True)) ** 0.5


def _run(phi, t, state, per_block):
    logs, t, state = _blocks(phi, jnp.asarray(t, float), state, jnp.asarray(np.int64(per_block)))
    return logs, t, state


@eqx.filter_jit
def _blocks(phi, t, state, per_block):
    """Logarithms of the growth summed per block, shape `(_BLOCKS, strengths)`; the end. The count is traced."""
    dim, parts = phi.system.matrix.shape[0], phi.system.parts

    def interval(_, carry):
        t, state, total = carry
        state = phi(t, state)
        vectors = state[dim:].reshape(-1, parts, dim)
        size = _size(vectors)
        state = jnp.concatenate([state[:dim], (vectors / size).ravel()])
        return t + phi.dt, state, total + jnp.log(size[:, 0, 0])

    def block(carry, _):
        t, state = carry
        zero = jnp.zeros(phi.system.real.shape[0], state.dtype)
        t, state, total = jax.lax.fori_loop(0, per_block, interval, (t, state, zero))
        return (t, state), total

    (t, state), logs = jax.lax.scan(block, (t, state), None, length=_BLOCKS)
    return logs, t, state


def _crossings(alphas, value):
    """Where a curve over sorted real strengths changes sign."""
    order = np.argsort(alphas)
    a, v = alphas[order].astype(float), value[order]
    i = np.flatnonzero(np.sign(v[:-1]) * np.sign(v[1:]) < 0)
    return a[i] - v[i] * (a[i + 1] - a[i]) / (v[i + 1] - v[i])


def _check(system, state, t):
    if not np.isfinite(np.asarray(state)).all():
        raise NumericalError(
            f"{_MEASURE}: {type(system).__name__} diverged before t = {float(t):g}. Start on the attractor (`x0=`), or "
            "use a more accurate `solver=`.",
            time=float(t),
        )
