"""Networks of coupled systems."""

from collections.abc import Callable, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    Flow,
    Map,
    NotApplicableError,
    StochasticFlow,
    System,
    as_parameter,
    as_point,
    param,
)

__all__ = ["couple"]


def couple(
    nodes: System | Sequence[System],
    graph: Any,
    coupling: Callable[[Any, Any], Any] | Any | None = None,
    *,
    strength: Any = 1.0,
) -> System:
    r"""A network of systems, $\dot x_i = f_i(t, x_i) + \sigma \sum_j A_{ij}\, g(x_i, x_j)$.

    **Arguments**

    - `nodes`: one system, repeated at every node, or a list of `n` systems of one class (their parameters may differ).
    - `graph`: the weights $A_{ij}$ with which `i` feels `j`, shape `(n, n)`.
    - `coupling`: `g(x_i, x_j) -> (dim,)`; or a matrix $H$ `(dim, dim)` for the diffusive $H(x_j - x_i)$; default all
      variables, $H = 1$. Linear coupling costs one matrix product a step, a function `n * n` calls.
    - `strength`: $\sigma$, a parameter of the network.

    **Returns** a system of the nodes' kind with states of shape `(n * dim,)`, node after node (`unravel(state)` gives
    `(n, dim)`). Maps are coupled through their images,
    $x_i' = F_i(x_i) + \sigma \sum_j A_{ij}\, g(F_i(x_i), F_j(x_j))$; stochastic flows through their drift, with
    independent noise at each node. [@pecora1998, eq. 1; @kaneko1984]
    """
    weights = as_parameter(graph)
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1]:
        raise CocycleError(f"couple: graph must be a square matrix of weights (n, n); got shape {weights.shape}.")
    n = weights.shape[0]
    same = isinstance(nodes, System)
    if same:
        stacked: Any = nodes
    else:
        nodes = list(nodes)  # type: ignore[arg-type]
        if len(nodes) != n:
            raise CocycleError(f"couple: {len(nodes)} nodes for a graph of {n}; give one system per row.")
        kinds = {type(node) for node in nodes}
        structures = {jax.tree.structure(node) for node in nodes}
        if len(kinds) > 1 or len(structures) > 1:
            names = ", ".join(sorted(kind.__name__ for kind in kinds))
            raise CocycleError(f"couple: all nodes must be of one class with the same options; got {names}.")
        stacked = jax.tree.map(lambda *leaves: jnp.stack([jnp.asarray(v) for v in leaves]), *nodes)
    first: System = nodes if same else nodes[0]  # type: ignore[assignment, index]
    dim = first.dim
    if coupling is None:
        coupling = np.eye(dim)
    if not callable(coupling):
        coupling = as_parameter(coupling)
        if coupling.shape != (dim, dim):
            raise CocycleError(f"couple: the coupling matrix must have shape ({dim}, {dim}); got {coupling.shape}.")
    starts = tuple(node.default_state() for node in ([first] * n if same else nodes))  # type: ignore[union-attr]
    start = jnp.concatenate([_apart(x, i) for i, x in enumerate(starts)])
    network = _Network(stacked, weights, coupling, strength, start, n, same, first.variables)
    for kind, made in ((Flow, _FlowNetwork), (StochasticFlow, _StochasticNetwork)):
        if isinstance(first, kind):
            return made(network)
    if isinstance(first, Map):
        return _MapNetwork(network=network, dt=first.dt)
    raise NotApplicableError(f"couple: cannot couple a {type(first).__name__}; give Flows, Maps or StochasticFlows.")


def _apart(x, i):
    """Start a little off the synchronous state, which is invariant: a network started on it could never leave it."""
    return x * (1 + 1e-3 * np.sin(1.0 + 2.0 * i)) + 1e-6 * np.cos(3.0 * i)


class _Network(eqx.Module):
    nodes: Any
    weights: Any
    coupling: Any
    strength: Any = param()
    start: Any = param()
    n: int = eqx.field(static=True, default=0)
    same: bool = eqx.field(static=True, default=True)
    names: tuple[str, ...] = eqx.field(static=True, default=())

    def unravel(self, state):
        return state.reshape(self.n, -1)

    def each(self, method, points):
        """`method(node, point)` at every node."""
        return eqx.filter_vmap(method, in_axes=(None if self.same else eqx.if_array(0), 0))(self.nodes, points)

    def exchange(self, points):
        """The sum over neighbours, shape `(n, dim)`."""
        if callable(self.coupling):
            pair = lambda a, b: as_point(self.coupling(a, b))  # noqa: E731
            table = jax.vmap(lambda a: jax.vmap(lambda b: pair(a, b))(points))(points)
            return self.strength * jnp.einsum("ij,ijk->ik", self.weights, table)
        difference = self.weights @ points - jnp.sum(self.weights, axis=1)[:, None] * points
        return self.strength * difference @ self.coupling.T

    def variables(self):
        return tuple(f"{name}_{i}" for i in range(self.n) for name in self.names)

    def forcing_period(self):
        return self.nodes.forcing_period if self.same else None


class _Coupled(System):
    network: eqx.AbstractVar[_Network]

    def unravel(self, state):
        """The states of the nodes, shape `(n, dim)`."""
        return self.network.unravel(state)

    def default_state(self):
        return self.network.start

    @property
    def variables(self):
        return self.network.variables()

    @property
    def forcing_period(self):
        return self.network.forcing_period()


class _FlowNetwork(_Coupled, Flow):
    network: _Network

    def vector_field(self, t, x):
        points = self.unravel(x)
        own = self.network.each(lambda node, y: as_point(node.vector_field(t, y)), points)
        return (own + self.network.exchange(points)).ravel()


class _MapNetwork(_Coupled, Map):
    network: _Network
    dt: Any = param()

    def step(self, n, x):
        images = self.network.each(lambda node, y: as_point(node.step(n, y)), self.unravel(x))
        return (images + self.network.exchange(images)).ravel()


class _StochasticNetwork(_Coupled, StochasticFlow):
    network: _Network

    @property
    def calculus(self):
        return self.network.nodes.calculus

    @property
    def additive(self):
        return self.network.nodes.additive

    def drift(self, t, x):
        points = self.unravel(x)
        own = self.network.each(lambda node, y: as_point(node.drift(t, y)), points)
        return (own + self.network.exchange(points)).ravel()

    def diffusion(self, t, x):
        blocks = self.network.each(lambda node, y: jnp.asarray(node.diffusion(t, y)), self.unravel(x))
        n, dim, noise = blocks.shape
        return jnp.einsum("idk,ij->idjk", blocks, jnp.eye(n)).reshape(n * dim, n * noise)
