"""The orbit diagram: where a map settles, for many values of a parameter."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    DataError,
    Map,
    NotApplicableError,
    NumericalError,
    System,
    as_point,
)
from cocycle.evolve import cocycle
from cocycle.measure._arguments import start
from cocycle.measure._neighbours import whole

__all__ = ["OrbitDiagram", "orbit_diagram"]

_NUMBERS = 2048  # of the states that advance together: what the first cache holds
_wide: Any = partial(eqx.filter_jit, compiler_options={"xla_cpu_prefer_vector_width": 512})  # type: ignore[call-overload]


@dataclass(frozen=True, repr=False)
class OrbitDiagram:
    """Orbits after their transients, one for each value of a parameter.

    - `parameter`: its name; `values`, shape `(n,)`.
    - `points`: shape `(n, steps, dim)`; NaN where the orbit has left for infinity.
    - `variables`: the names of the last axis.
    """

    parameter: str
    values: np.ndarray
    points: np.ndarray
    variables: tuple[str, ...]

    def __repr__(self) -> str:
        lost = int(np.count_nonzero(~self.bounded))
        gone = f", {lost} of them unbounded" if lost else ""
        return (
            f"OrbitDiagram({self.parameter} = {self.values[0]:g} to {self.values[-1]:g}, "
            f"{self.values.size} values{gone}, {self.points.shape[1]} points each)"
        )

    @property
    def bounded(self) -> np.ndarray:
        """Whether the orbit stayed finite, shape `(n,)`."""
        return np.all(np.isfinite(self.points[:, -1]), axis=-1)

    def periods(self, *, longest: int = 64, tolerance: float = 1e-6) -> np.ndarray:
        r"""The period of the orbit at each value, in steps; 0 where it has none up to `longest`. Shape `(n,)`.

        The smallest $p$ with $|x_{k+p} - x_k| \le$ `tolerance` times the extent of the whole diagram, for every
        variable and every $k$. Near a bifurcation orbits settle slowly: a longer `transient` then finds periods that
        this one misses.
        """
        steps = self.points.shape[1]
        if not 1 <= longest < steps:
            raise CocycleError(
                f"OrbitDiagram.periods: longest must lie between 1 and {steps - 1} (steps - 1); got {longest}."
            )
        found = np.zeros(self.values.size, dtype=int)
        extent = np.nanmax(self.points, axis=(0, 1)) - np.nanmin(self.points, axis=(0, 1))
        close = tolerance * np.where(extent > 0, extent, 1.0)
        for p in range(longest, 0, -1):
            found[(np.abs(self.points[:, p:] - self.points[:, :-p]) <= close).all(axis=(1, 2))] = p
        return found

    def plot(self, variable: int | str = 0) -> Any:
        """How often each place is visited, parameter by parameter (dark: often), as `cocycle.viz` draws."""
        column = self.variables.index(variable) if isinstance(variable, str) else int(variable)
        points = self.points[self.bounded, :, column]
        low, high = float(points.min()), float(points.max())
        rows = 400
        edges = np.linspace(low, high if high > low else low + 1.0, rows + 1)
        counts = np.full((rows, self.values.size), np.nan)
        for i in np.flatnonzero(self.bounded):
            counts[:, i] = np.histogram(self.points[i, :, column], edges)[0]
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        figure = cocycle.viz.heatmap(
            np.log1p(counts), x=self.values, y=(edges[1:] + edges[:-1]) / 2,
            x_title=self.parameter, y_title=self.variables[column],
        )  # fmt: skip
        return figure.update_xaxes(constrain=None)


def orbit_diagram(
    system: System,
    parameter: str,
    values: Any,
    *,
    steps: int = 200,
    transient: int = 1000,
    x0: Any = None,
    follow: bool = False,
) -> OrbitDiagram:
    r"""Where the orbits of a map settle, for many values of a parameter: the orbit (or bifurcation) diagram.

    $$x_{k+1} = f(x_k; p), \qquad \text{kept: } x_k, \quad \text{transient} < k \le \text{transient} + \text{steps}.$$

    A differential equation enters as the map of its returns: `poincare(flow, section)` or `stroboscopic(flow)`.

    **Arguments**

    - `parameter`: the name of a field that holds one number; of a derived map, of the system that it is made of.
    - `values`: the values that it takes, shape `(n,)`.
    - `steps`, `transient`: how many points to keep, and how many to drop before. Convergence at a bifurcation is slower
      than any rate: there the points show the transient.
    - `x0`: the state that every orbit starts from (default: the default state).
    - `follow`: start each orbit where the one before it ended: one attractor followed, in the order of `values`. Up and
      down differ where attractors coexist (hysteresis).

    **Returns** an `OrbitDiagram`: `values`, `points`, `variables`, with `periods()` and `plot()`.

    **Raises** `NotApplicableError` for a system that is no map without noise, `CocycleError` for an unknown parameter,
    `DataError` for values that are no finite numbers, `NumericalError` if no orbit stays finite.
    """
    if not isinstance(system, System):
        cocycle(system)  # raises the right sentence
    if not isinstance(system, Map):
        name = type(system).__name__
        raise NotApplicableError(
            f"orbit_diagram follows a map without noise; {name} is none. Of a differential equation pass its returns: "
            "`cc.evolve.poincare(flow, ...)`, or `cc.evolve.stroboscopic(flow)` if it is driven."
        )
    values = np.asarray(values)
    if values.ndim != 1 or values.size == 0 or values.dtype.kind not in "iuf" or not np.isfinite(values).all():
        raise DataError("orbit_diagram: `values` must be a list of finite numbers, shape (n,).")
    steps, transient = whole(steps, "steps"), whole(transient, "transient", 0)
    owner = _owner(system, parameter)
    begin = start(system, x0)
    run = _followed if follow else _side_by_side
    inside = values.astype(float)
    points = np.asarray(run(system, parameter, owner, jnp.asarray(inside), begin, jnp.asarray(transient), steps))
    if not np.isfinite(points).all():
        points = np.where(np.isfinite(points), points, np.nan)
    diagram = OrbitDiagram(parameter, inside, points, system.variables)
    if not diagram.bounded.any():
        raise NumericalError(
            f"orbit_diagram: every orbit of {type(system).__name__} leaves for infinity. Start in the basin of an "
            "attractor (`x0=`), or take other values."
        )
    return diagram


def _owner(system, parameter) -> tuple[str, ...]:
    """The way to the system that has the parameter: () if it is `system`, else through what it is made of."""
    path, part = (), system
    while True:
        known = part.parameters()
        if np.size(known.get(parameter, ())) == 1 and eqx.is_array(known[parameter]):
            return path
        inner = next((name for name in ("of", "flow") if isinstance(known.get(name), System)), None)
        if inner is None:
            part.replace(**{parameter: None})  # raises the sentence that lists the parameters
            raise CocycleError(f"orbit_diagram: {type(part).__name__}.{parameter} is not one number.")
        path, part = (*path, inner), known[inner]


def _with(system, parameter, owner, value):
    def where(tree):
        for name in owner:
            tree = getattr(tree, name)
        return getattr(tree, parameter)

    return eqx.tree_at(where, system, value.reshape(where(system).shape))


def _step(system, parameter, owner, value, n, x):
    return as_point(_with(system, parameter, owner, value).step(n, x))


@_wide
def _abreast(system, parameter, owner, values, start, transient, steps):
    """All values at once, side by side in the last axis; shape `(steps, dim, n)`."""

    def step(n, x):
        one = lambda value, point: _step(system, parameter, owner, value, n, point)  # noqa: E731
        return jax.vmap(one, in_axes=(0, 1), out_axes=1)(values, x)

    def keep(carry, _):
        n, x = carry
        x = step(n, x)
        return (n + 1, x), x

    x = jax.lax.fori_loop(0, transient, step, jnp.repeat(start[:, None], values.size, axis=1))
    return jax.lax.scan(keep, (transient, x), None, length=steps)[1]


def _side_by_side(system, parameter, owner, values, start, transient, steps):
    """Blocks of values that stay in the cache; of derived maps, whose steps are searches, few that wait for one."""
    most = 16 if owner else max(64, _NUMBERS // system.dim)
    blocks = -(-values.size // most)
    lanes = -(-values.size // blocks)
    found = []
    for first in range(0, values.size, lanes):
        part = values[np.minimum(np.arange(first, first + lanes), values.size - 1)]  # of one length: compiled once
        found.append(np.asarray(_abreast(system, parameter, owner, part, start, transient, steps)))
    points = found[0] if blocks == 1 else np.concatenate(found, axis=2)
    return points[:, :, : values.size].transpose(2, 0, 1)


@eqx.filter_jit
def _followed(system, parameter, owner, values, start, transient, steps):
    """One value after the other, each from where the last one ended; after an escape from the start again."""

    def one(x, value):
        def step(n, x):
            return _step(system, parameter, owner, value, n, x)

        def keep(carry, _):
            n, x = carry
            x = step(n, x)
            return (n + 1, x), x

        x = jax.lax.fori_loop(0, transient, step, x)
        (_, x), points = jax.lax.scan(keep, (transient, x), None, length=steps)
        return jnp.where(jnp.isfinite(x).all(), x, start), points

    return jax.lax.scan(one, start, values)[1]
