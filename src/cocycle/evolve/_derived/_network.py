"""The systems that `couple` builds: what nodes do alone, what they feel of each other, and one class a kind."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from cocycle.core import DelayFlow, Flow, Map, RandomMap, StochasticFlow, System, as_point, param

__all__ = [
    "DelayNetwork",
    "FlowNetwork",
    "LaggedNetwork",
    "MapNetwork",
    "Network",
    "RandomNetwork",
    "StochasticNetwork",
]


class Network(eqx.Module):
    """Nodes and what they feel. Inside, states lie in a table `(n, largest dim)`, a row a node, short rows filled up.

    - `nodes`: one system at every node (`same`); one system whose parameters have a leading axis `n`; or, where nodes
      are unlike, a tuple.
    - `lags`: where an edge looks: 0 at the present, k at the k-th past, -1 where there is no edge. `None`: all present.
    """

    nodes: Any
    weights: Any
    coupling: Any
    strength: Any = param()
    start: Any = param()
    higher: Any = None
    higher_strength: Any = param(1.0)
    n: int = eqx.field(static=True, default=0)
    same: bool = eqx.field(static=True, default=True)
    names: tuple[tuple[str, ...], ...] = eqx.field(static=True, default=())
    lags: tuple[tuple[int, ...], ...] | None = eqx.field(static=True, default=None)
    hyperedges: tuple[tuple[int, ...], ...] = eqx.field(static=True, default=())

    # -- states --------------------------------------------------------------------------------------------------

    @property
    def dims(self) -> tuple[int, ...]:
        return tuple(len(names) for names in self.names)

    @property
    def dim(self) -> int:
        return sum(self.dims)

    @property
    def ragged(self) -> bool:
        return len(set(self.dims)) > 1

    def _places(self):
        """Row and column in the table of every entry of the state."""
        dims = self.dims
        return np.repeat(np.arange(self.n), dims), np.concatenate([np.arange(d) for d in dims])

    def table(self, state):
        if not self.ragged:
            return state.reshape(self.n, -1)
        return jnp.zeros((self.n, max(self.dims)), state.dtype).at[self._places()].set(state)

    def flat(self, table):
        return table[self._places()] if self.ragged else table.ravel()

    def unravel(self, state):
        if not self.ragged:
            return state.reshape(self.n, -1)
        return tuple(jnp.split(state, np.cumsum(self.dims)[:-1]))

    def variables(self):
        return tuple(f"{name}_{i}" for i, names in enumerate(self.names) for name in names)

    # -- what the nodes do alone ---------------------------------------------------------------------------------

    def each(self, method, table):
        """`method(node, point)` at every node, as a table."""
        if not isinstance(self.nodes, tuple):
            return eqx.filter_vmap(method, in_axes=(None if self.same else eqx.if_array(0), 0))(self.nodes, table)
        return self._filled([method(node, row[:d]) for node, row, d in zip(self.nodes, table, self.dims)])

    def _filled(self, rows):
        width = max(self.dims)
        return jnp.stack([jnp.pad(row, (0, width - row.shape[0])) for row in rows])

    def forcing_period(self):
        if not isinstance(self.nodes, tuple):
            return self.nodes.forcing_period if self.same else None
        found = [node.forcing_period for node in self.nodes if node.forcing_period is not None]
        if len(found) < 2:
            return found[0] if found else None
        known = not any(isinstance(period, Tracer) for period in found)
        return found[0] if known and len({float(period) for period in found}) == 1 else None

    # -- what they feel ------------------------------------------------------------------------------------------

    def exchange(self, table, pasts=()):
        """All that the nodes feel, as a table. `pasts`: the tables at the times that `lags` counts from 1."""
        felt = self._called(table, pasts) if callable(self.coupling) else self._linear(table, pasts)
        return felt + self._higher(table) if self.hyperedges else felt

    def _linear(self, table, pasts):
        if pasts:
            lags = np.asarray(self.lags)
            parts = [(self.weights * (lags == k)) @ past for k, past in enumerate((table, *pasts)) if (lags == k).any()]
            arriving = sum(parts[1:], parts[0])
        else:
            arriving = self.weights @ table
        difference = arriving - jnp.sum(self.weights, axis=1)[:, None] * table
        return self.strength * difference @ self.coupling.T

    def _called(self, table, pasts):
        pair = lambda a, b: as_point(self.coupling(a, b))  # noqa: E731
        if self.ragged:
            return self._called_singly(table, pasts)
        if pasts:
            seen = jnp.stack([table, *pasts])[np.maximum(self.lags, 0), np.arange(self.n)]  # type: ignore[arg-type]
            calls = jax.vmap(lambda a, row: jax.vmap(lambda b: pair(a, b))(row))(table, seen)
        else:
            calls = jax.vmap(lambda a: jax.vmap(lambda b: pair(a, b))(table))(table)
        return self.strength * jnp.einsum("ij,ijk->ik", self.weights, calls)

    def _called_singly(self, table, pasts):
        """States of unlike lengths cannot be stacked: the function is called edge by edge."""
        sources, lags, dims = (table, *pasts), np.asarray(self.lags), self.dims
        felt = [jnp.zeros(d, table.dtype) for d in dims]
        for i, j in np.argwhere(lags >= 0):
            seen = sources[lags[i, j]][j, : dims[j]]
            felt[i] = felt[i] + self.weights[i, j] * as_point(self.coupling(table[i, : dims[i]], seen))
        return self.strength * self._filled(felt)

    def _higher(self, table):
        strengths = jnp.broadcast_to(self.higher_strength, (len(self.hyperedges),))
        if self.ragged:
            points = [row[:d] for row, d in zip(table, self.dims)]
            felt = [jnp.zeros_like(point) for point in points]
            for strength, edge in zip(strengths, self.hyperedges):
                for i in edge:
                    others = tuple(points[j] for j in edge if j != i)
                    felt[i] = felt[i] + strength * as_point(self.higher(points[i], others))
            return self._filled(felt)
        felt = jnp.zeros_like(table)
        sizes = np.array([len(edge) for edge in self.hyperedges])
        call = jax.vmap(lambda a, others: as_point(self.higher(a, others)))
        for size in np.unique(sizes):
            which = np.flatnonzero(sizes == size)
            members = np.array([self.hyperedges[e] for e in which])
            for place in range(size):
                own, others = members[:, place], np.delete(members, place, axis=1)
                felt = felt.at[own].add(strengths[which, None] * call(table[own], table[others]))
        return felt


# -- one class a kind -------------------------------------------------------------------------------------------


class _Coupled(System):
    network: eqx.AbstractVar[Network]

    def unravel(self, state):
        """The states of the nodes, shape `(n, dim)`; a tuple of them where they differ in length."""
        return self.network.unravel(state)

    def default_state(self):
        return self.network.start

    @property
    def variables(self):
        return self.network.variables()

    @property
    def forcing_period(self):
        return self.network.forcing_period()


def _velocity(t):
    return lambda node, y: as_point(node.vector_field(t, y))


class FlowNetwork(_Coupled, Flow):
    network: Network

    def vector_field(self, t, x):
        table = self.network.table(x)
        return self.network.flat(self.network.each(_velocity(t), table) + self.network.exchange(table))


class DelayNetwork(_Coupled, DelayFlow):
    network: Network
    times: Any = param()

    @property
    def delays(self):
        return self.times

    def vector_field(self, t, x, delayed):
        net = self.network
        table, pasts = net.table(x), [net.table(past) for past in delayed]
        return net.flat(net.each(_velocity(t), table) + net.exchange(table, pasts))


class MapNetwork(_Coupled, Map):
    network: Network
    dt: Any = param()

    def step(self, n, x):
        images = _images(self.network, n, x)
        return self.network.flat(images + self.network.exchange(images))


def _images(network, n, x):
    return network.each(lambda node, y: as_point(node.step(n, y)), network.table(x))


class LaggedNetwork(_Coupled, Map):
    """A map whose nodes feel earlier steps. The state is the present and then the past, the latest first."""

    network: Network
    dt: Any = param()
    steps: tuple[int, ...] = eqx.field(static=True, default=())

    def unravel(self, state):
        """The present states of the nodes, shape `(n, dim)`; a tuple of them where they differ in length."""
        return self.network.unravel(self.observe(state))

    def default_state(self):
        return jnp.tile(self.network.start, max(self.steps) + 1)

    @property
    def variables(self):
        names, past = self.network.variables(), range(1, max(self.steps) + 1)
        return (*names, *(f"{name}_lag{k}" for k in past for name in names))

    def observe(self, state):
        return state[: self.network.dim]

    def step(self, n, x):
        net = self.network
        earlier = x.reshape(-1, net.dim)
        images = _images(net, n, earlier[0])
        pasts = [_images(net, n - k, earlier[k]) for k in self.steps]
        return jnp.concatenate([net.flat(images + net.exchange(images, pasts)), x[: -net.dim]])


class RandomNetwork(_Coupled, RandomMap):
    network: Network
    dt: Any = param()

    def step(self, n, x, key):
        net = self.network
        table, keys = net.table(x), jax.random.split(key, net.n)

        def one(node, y, key):
            return as_point(node.step(n, y, key) if isinstance(node, RandomMap) else node.step(n, y))

        if isinstance(net.nodes, tuple):
            rows = [one(node, row[:d], k) for node, row, d, k in zip(net.nodes, table, net.dims, keys)]
            images = net._filled(rows)
        else:
            axes = (None if net.same else eqx.if_array(0), 0, 0)
            images = eqx.filter_vmap(one, in_axes=axes)(net.nodes, table, keys)
        return net.flat(images + net.exchange(images))


class StochasticNetwork(_Coupled, StochasticFlow):
    network: Network

    @property
    def _noisy(self):
        nodes = self.network.nodes
        return [v for v in nodes if isinstance(v, StochasticFlow)] if isinstance(nodes, tuple) else [nodes]

    @property
    def calculus(self):
        return self._noisy[0].calculus

    @property
    def additive(self):
        return all(node.additive for node in self._noisy)

    def drift(self, t, x):
        def one(node, y):
            return as_point(node.drift(t, y) if isinstance(node, StochasticFlow) else node.vector_field(t, y))

        table = self.network.table(x)
        return self.network.flat(self.network.each(one, table) + self.network.exchange(table))

    def diffusion(self, t, x):
        net = self.network
        if isinstance(net.nodes, tuple):
            points = zip(net.nodes, net.table(x), net.dims)
            blocks = [
                jnp.asarray(node.diffusion(t, row[:d])) if isinstance(node, StochasticFlow) else jnp.zeros((d, 0))
                for node, row, d in points
            ]
            return jax.scipy.linalg.block_diag(*blocks)
        blocks = net.each(lambda node, y: jnp.asarray(node.diffusion(t, y)), net.table(x))
        n, dim, noise = blocks.shape
        return jnp.einsum("idk,ij->idjk", blocks, jnp.eye(n)).reshape(n * dim, n * noise)
