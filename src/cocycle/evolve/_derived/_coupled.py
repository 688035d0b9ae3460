"""`couple`: networks of systems. What it is given is checked here; what it builds is in `_network`."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from cocycle.core import (
    CocycleError,
    Flow,
    Map,
    NotApplicableError,
    RandomMap,
    StochasticFlow,
    System,
    as_parameter,
    as_point,
)

from ._network import DelayNetwork, FlowNetwork, LaggedNetwork, MapNetwork, Network, RandomNetwork, StochasticNetwork

__all__ = ["couple", "graph_weights", "hyperedge_places"]

_KINDS = (Flow, StochasticFlow, Map, RandomMap)


def couple(
    nodes: System | Sequence[System],
    graph: Any,
    coupling: Callable[[Any, Any], Any] | Any | None = None,
    *,
    strength: Any = 1.0,
    delay: Any = None,
    hyperedges: Iterable[Sequence[Hashable]] | None = None,
    higher: Callable[[Any, Any], Any] | None = None,
    higher_strength: Any = 1.0,
) -> System:
    r"""A network of systems, $\dot x_i = f_i(t, x_i) + \sigma \sum_j A_{ij}\, g(x_i, x_j(t - \tau_{ij}))
    + \sum_{e \ni i} \sigma_e\, h(x_i, x_{e \setminus i})$.

    ```python
    ring = networkx.cycle_graph(10)
    network = cc.evolve.couple(cc.systems.Lorenz63(), ring, strength=0.5, delay=0.1)
    ```

    **Arguments**

    - `nodes`: one system, repeated at every node, or a list of `n` systems. Nodes may differ in parameters, class and
      dimension, but not in time: flows (with or without noise) or maps (likewise).
    - `graph`: the weights $A_{ij}$ with which `i` feels `j`, shape `(n, n)`; or a networkx graph: on an edge from `u`
      to `v`, `v` feels `u`, by its `weight` (default 1). The nodes are then in the graph's order.
    - `coupling`: `g(x_i, x_j) -> (dim_i,)`; or a matrix $H$ `(dim, dim)` for the diffusive $H(x_j - x_i)$. Default: all
      variables, $H = 1$; of unlike nodes (another class, other options or sizes) the first variable of each. Linear
      coupling costs one matrix product a step, a function `n * n` calls (nodes of unlike dimension: one an edge).
    - `strength`: $\sigma$, a parameter of the network.
    - `delay`: $\tau_{ij}$, a number or shape `(n, n)`, 0 or more; few distinct values, since each costs a look into the
      past. Only what arrives is delayed: diffusive coupling is $H(x_j(t - \tau) - x_i(t))$. Of maps, whole steps.
    - `hyperedges`: groups of two or more nodes (of a networkx graph, by its labels). Every member feels the others
      through `higher`, without delay, and only `hyperedges` says so: it does not change the graph.
    - `higher`: `h(x_i, others) -> (dim_i,)`, `others` of shape `(m - 1, dim)` in the order of the hyperedge (a tuple of
      states where nodes differ in dimension).
    - `higher_strength`: $\sigma_e$, a number or one a hyperedge.

    **Returns** a system with states of shape `(n * dim,)`, node after node (`unravel(state)` gives `(n, dim)`, or a
    tuple of states of unlike dimension); variables are called `name_i`.

    - Flows: a `Flow`, with delays a `DelayFlow` that starts from a constant past.
    - Flows of which some are stochastic: a `StochasticFlow`, coupled through the drift; noise independent at each node.
    - Maps are coupled through their images, $x_i' = F_i(x_i) + \sigma \sum_j A_{ij}\, g(F_i(x_i), F_j(x_j))$, with
      delays through $F_j(x_j(n - \tau_{ij}))$. The state is then the present followed by the past (`name_i_lag1` ...)
      and `observe` gives the present. With a `RandomMap` among them: a `RandomMap`.

    **Raises** `CocycleError` for sizes, nodes, delays and functions that do not fit, `NotApplicableError` for kinds
    that cannot be coupled: `DelayFlow`s, and noise together with delays. [@pecora1998, eq. 1; @kaneko1984;
    @atay2004, eq. 1; @bick2023]
    """
    weights, labels = graph_weights(graph)
    n = len(labels)
    given = _nodes(nodes, n)
    kind = _kind(given)
    stored = _stored(nodes, given)
    dims = {node.dim for node in given}
    edges, times, lags = _delays(delay, weights, kind, given)
    coupling = _coupling(coupling, given, isinstance(stored, tuple), edges)
    groups = hyperedge_places(hyperedges, labels)
    _check_higher(higher, groups, given)
    higher_strength = as_parameter(higher_strength)
    if higher_strength.shape not in ((), (len(groups),)):
        raise CocycleError(
            f"couple: higher_strength must be a number or one for each of the {len(groups)} hyperedges; got shape "
            f"{higher_strength.shape}."
        )
    names = tuple(tuple(node.variables) for node in given)
    start = jnp.concatenate([_apart(node.default_state(), i) for i, node in enumerate(given)])
    network = Network(
        stored, weights, coupling, strength, start, higher, higher_strength, n, isinstance(nodes, System), names,
        lags if times or len(dims) > 1 else None, groups,
    )  # fmt: skip
    if kind in (Map, RandomMap):
        dt = getattr(given[0], "dt")  # noqa: B009 - a class attribute or a field, of maps only
        if times:
            return LaggedNetwork(network=network, dt=dt, steps=tuple(int(k) for k in times))
        return (RandomNetwork if kind is RandomMap else MapNetwork)(network=network, dt=dt)
    if times:
        return DelayNetwork(network, times)
    return (StochasticNetwork if kind is StochasticFlow else FlowNetwork)(network)


def _apart(x, i):
    """Start a little off the synchronous state, which is invariant: a network started on it could never leave it."""
    return x * (1 + 1e-3 * np.sin(1.0 + 2.0 * i)) + 1e-6 * np.cos(3.0 * i)


# -- the graph --------------------------------------------------------------------------------------------------


def graph_weights(graph: Any) -> tuple[jax.Array, list]:
    """The weights `A[i, j]` with which `i` feels `j`, and the names of the nodes."""
    if hasattr(graph, "is_directed") and hasattr(graph, "edges"):  # a networkx graph, which need not be installed
        labels = list(graph.nodes)
        place = {label: i for i, label in enumerate(labels)}
        found = np.zeros((len(labels), len(labels)))
        for u, v, data in graph.edges(data=True):
            weight = data.get("weight", 1.0)
            found[place[v], place[u]] += weight
            if not graph.is_directed() and u != v:
                found[place[u], place[v]] += weight
        return as_parameter(found), labels
    weights = as_parameter(graph)
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1]:
        raise CocycleError(f"couple: graph must be a square matrix of weights (n, n); got shape {weights.shape}.")
    return weights, list(range(weights.shape[0]))


def hyperedge_places(hyperedges: Iterable[Sequence[Hashable]] | None, labels: list) -> tuple[tuple[int, ...], ...]:
    """The hyperedges by the places of their nodes."""
    place = {label: i for i, label in enumerate(labels)}
    out = []
    for edge in () if hyperedges is None else hyperedges:
        edge = tuple(edge)
        for node in edge:
            if node not in place:
                raise CocycleError(f"couple: the hyperedge {edge} names {node!r}, which is no node of the graph.")
        if len(edge) < 2 or len(set(edge)) < len(edge):
            raise CocycleError(f"couple: a hyperedge joins two or more different nodes; got {edge}.")
        out.append(tuple(place[node] for node in edge))
    return tuple(out)


# -- the nodes --------------------------------------------------------------------------------------------------


def _nodes(nodes, n) -> list[System]:
    given = [nodes] * n if isinstance(nodes, System) else list(nodes)
    if len(given) != n:
        raise CocycleError(f"couple: {len(given)} nodes for a graph of {n}; give one system per row.")
    if not given:
        raise CocycleError("couple: the graph has no nodes.")
    for node in given:
        if not isinstance(node, System):
            raise CocycleError(f"couple: nodes must be Systems; got {node!r}.")
    return given


def _kind(given) -> type[System]:
    """What the network is: noise at one node makes it random."""
    for node in given:
        if not isinstance(node, _KINDS):
            raise NotApplicableError(
                f"couple: cannot couple a {type(node).__name__}; give Flows, StochasticFlows, Maps or RandomMaps."
            )
    first = {isinstance(node, (Map, RandomMap)): node for node in given}
    if len(first) > 1:
        raise NotApplicableError(
            f"couple: {type(first[False]).__name__} moves in continuous time and {type(first[True]).__name__} in "
            "steps; a network has one time."
        )
    if True in first:
        steps = [getattr(node, "dt") for node in given]  # noqa: B009
        if not any(isinstance(dt, Tracer) for dt in steps) and np.ptp([float(dt) for dt in steps]) > 0:
            raise CocycleError("couple: the maps must have steps of one length `dt`.")
        return RandomMap if any(isinstance(node, RandomMap) for node in given) else Map
    noisy = [node for node in given if isinstance(node, StochasticFlow)]
    if len({node.calculus for node in noisy}) > 1:
        raise CocycleError("couple: the noise of some nodes is in the Ito, of others in the Stratonovich calculus.")
    return StochasticFlow if noisy else Flow


def _stored(nodes, given) -> Any:
    """Nodes that differ in their parameters only become one system with stacked parameters: one call serves all."""
    if isinstance(nodes, System):
        return nodes
    leaves = [jax.tree.leaves(node) for node in given]
    numbers = all(eqx.is_array(leaf) for row in leaves for leaf in row)
    shapes = {tuple(np.shape(leaf) for leaf in row) for row in leaves} if numbers else ()
    structures = {(type(node), jax.tree.structure(node)) for node in given}
    if len(shapes) == 1 and len(structures) == 1 and len({node.dim for node in given}) == 1:
        return jax.tree.map(lambda *values: jnp.stack(values), *given)
    return tuple(given)


# -- coupling ---------------------------------------------------------------------------------------------------


def _delays(delay, weights, kind, given):
    """The edges, the distinct positive delays among them, and for each pair which delay it has."""
    edges = np.ones(weights.shape, bool) if isinstance(weights, Tracer) else np.asarray(weights) != 0
    tau = np.asarray(0.0 if delay is None else delay, dtype=float)
    if tau.shape not in ((), weights.shape):
        raise CocycleError(f"couple: delay must be a number or have shape {weights.shape}; got shape {tau.shape}.")
    tau = np.broadcast_to(tau, weights.shape)
    if not (tau >= 0).all() or not np.isfinite(tau).all():
        raise CocycleError(f"couple: a delay is 0 or more; got {tau[~(tau >= 0) | ~np.isfinite(tau)][0]:g}.")
    times = np.unique(tau[edges & (tau > 0)])
    if times.size and kind in (StochasticFlow, RandomMap):
        name = next(type(node).__name__ for node in given if isinstance(node, kind))
        raise NotApplicableError(f"couple: noise together with delays is not available, and {name} is random.")
    if kind is Map and (times != np.round(times)).any():
        raise CocycleError(f"couple: delays of maps are whole steps; got {times[times != np.round(times)][0]:g}.")
    lags = np.where(edges, np.searchsorted(times, tau) + (tau > 0), -1)
    return edges, tuple(times.tolist()), tuple(tuple(row) for row in lags.tolist())


def _coupling(coupling, given, unlike, edges):
    dims = [node.dim for node in given]
    if coupling is None:
        coupling = np.eye(max(dims))
        if unlike:  # their other variables need not mean the same
            coupling[1:] = 0
    elif not callable(coupling):
        coupling = as_parameter(coupling)
        if len(set(dims)) > 1:
            raise CocycleError(
                f"couple: a coupling matrix needs nodes of one dimension; these have {sorted(set(dims))}. Give a "
                "function."
            )
        if coupling.shape != (dims[0], dims[0]):
            raise CocycleError(
                f"couple: the coupling matrix must have shape ({dims[0]}, {dims[0]}); got {coupling.shape}."
            )
    if not callable(coupling):
        return as_parameter(coupling)
    checked = set()
    for i, j in np.argwhere(edges):
        if (dims[i], dims[j]) not in checked:
            checked.add((dims[i], dims[j]))
            _check_shape("coupling(x_i, x_j)", coupling, given[i], given[j].default_state())
    return coupling


def _check_higher(higher, groups, given):
    if (higher is None) != (not groups):
        missing = "hyperedges" if higher is not None else "higher"
        raise CocycleError(f"couple: `hyperedges` and `higher` go together; there is no `{missing}`.")
    dims = [node.dim for node in given]
    checked = set()
    for edge in groups:
        sizes = tuple(dims[i] for i in edge)
        if sizes not in checked:
            checked.add(sizes)
            others: Any = [given[j].default_state() for j in edge[1:]]
            others = jnp.stack(others) if len(set(dims)) == 1 else tuple(others)
            _check_shape("higher(x_i, others)", higher, given[edge[0]], others)


def _check_shape(name, function, node, other):
    """A wrong shape would fail, or be broadcast, in the middle of a run."""
    shape = jax.eval_shape(lambda x, y: as_point(function(x, y)), node.default_state(), other).shape
    if shape != (node.dim,):
        raise CocycleError(
            f"couple: {name} must give shape ({node.dim},) for a {type(node).__name__}; it gives {shape}."
        )
