"""Series whose causes are known, for methods that infer causes from data."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    DelayFlow,
    Derived,
    Flow,
    Map,
    NotApplicableError,
    NumericalError,
    RandomMap,
    StochasticFlow,
    System,
    Trajectory,
    as_point,
    param,
)
from cocycle.evolve import MethodOfSteps, couple, default_solver, noisy, time_scale, trajectory

__all__ = ["CausalData", "causal_data"]


@dataclass(frozen=True)
class CausalData:
    """Series of the observed nodes of a network, with what causes what.

    - `data`: a `Trajectory` of the observed nodes only, node after node.
    - `causes`: shape `(n, n)`; `causes[i, j]`: `j` drives `i` directly, by an edge or in a hyperedge. The diagonal is
      true only where a node feels itself through the graph.
    - `lags`: shape `(n, n)`, the time that an effect takes; NaN where there is none. Of flows the delay, 0 without one.
      Of maps one step more: what arrives undelayed is felt in the next state.
    - `weights`: shape `(n, n)`, the strength of each edge; 0 where only hyperedges act.
    - `hyperedges`: the groups that act together, by the places of their nodes.
    - `confounded`: the pairs `(i, j)` with a hidden common cause, one for each confounder.
    - `labels`: the nodes' names in the graph that was given.
    - `network`: the whole system, hidden nodes last.
    """

    data: Trajectory
    causes: np.ndarray
    lags: np.ndarray
    weights: np.ndarray
    hyperedges: tuple[tuple[int, ...], ...]
    confounded: tuple[tuple[int, int], ...]
    labels: tuple[Hashable, ...]
    network: System

    def __repr__(self) -> str:
        count = int(self.causes.sum())
        hidden = f", {len(self.confounded)} hidden" if self.confounded else ""
        return f"CausalData({len(self.labels)} nodes{hidden}, {count} causes; {len(self.data)} samples)"

    def to_networkx(self, *, hidden: bool = False):
        """A networkx `DiGraph`, an edge from cause to effect with `weight` and `lag`.

        With `hidden` the confounders too, named `("hidden", k)`. Needs the package networkx.
        """
        try:
            import networkx as nx
        except ImportError:
            raise NotApplicableError("to_networkx needs the package networkx: `pip install networkx`.") from None
        graph = nx.DiGraph()
        graph.add_nodes_from(self.labels)
        for i, j in np.argwhere(self.causes):
            graph.add_edge(self.labels[j], self.labels[i], weight=float(self.weights[i, j]), lag=float(self.lags[i, j]))
        for k, pair in enumerate(self.confounded if hidden else ()):
            graph.add_edges_from((("hidden", k), self.labels[i]) for i in pair)
        return graph


def causal_data(
    nodes: System | Sequence[System],
    graph: Any,
    coupling: Callable[[Any, Any], Any] | Any | None = None,
    *,
    strength: float = 1.0,
    delay: Any = None,
    hyperedges: Iterable[Sequence[Hashable]] | None = None,
    higher: Callable[[Any, Any], Any] | None = None,
    higher_strength: Any = 1.0,
    confounders: int = 0,
    confounder: System | None = None,
    driving_noise: float = 0.0,
    noise: float = 0.0,
    variable: int | str | None = 0,
    periods: float = 100.0,
    points_per_period: int = 20,
    transient: float | None = None,
    key: Any = None,
) -> CausalData:
    r"""Simulate a network and return what it recorded together with its true causes.

    ```python
    found = cc.systems.causal_data(cc.systems.Logistic(r=3.9), graph, strength=0.1, periods=2000)
    found.data, found.causes, found.lags
    ```

    **Arguments**

    - `nodes`, `graph`, `coupling`, `strength`, `delay`, `hyperedges`, `higher`, `higher_strength`: as in
      `cc.evolve.couple`.
    - `confounders`: how many hidden nodes to add. Each drives two observed nodes that share neither edge nor hyperedge,
      drawn by the key, with weight 1 (times `strength`) and no delay, and feels nothing.
    - `confounder`: what hidden nodes are (default: the first of the nodes). One that is unlike the nodes makes this a
      network of unlike nodes: with the default coupling, all then feel the first variable only.
    - `driving_noise`: $D$ of white noise inside the motion of all variables, $\sqrt{2D}\,dW$ (see `cc.evolve.noisy`);
      of maps a normal number of variance $2D\,dt$ at each step. Not for flows with delays, nor where nodes are random.
    - `noise`: standard deviation of Gaussian noise on the recorded series, relative to that of each.
    - `variable`: which variable of each node is recorded, by place or name (default the first); `None`: all.
    - `periods`, `points_per_period`: length and density of the sampling, by the shortest period of the nodes. Of maps
      `periods` is the number of steps, each recorded.
    - `transient`: time to run and drop first (default: the longest that the nodes need alone).
    - `key`: of the start (a little off the default state), confounders and noise: the same key gives the same data
      (default `jax.random.key(0)`).

    **Returns** a `CausalData`. Synchronised nodes carry no trace of who drives whom: keep `strength` below that.

    **Raises** `CocycleError` for what `couple` refuses, impossible sampling, unknown variables and more confounders
    than there are pairs to drive; `NotApplicableError` for driving noise where there can be none; `NumericalError`
    where the network diverges. [@runge2019]
    """
    key = jax.random.key(0) if key is None else key
    draw, start, motion, reading = jax.random.split(key, 4)
    _check(confounders, driving_noise, noise, periods, points_per_period)
    # built once without confounders: `couple` checks all that is given and reads the graph
    plain = couple(
        nodes, graph, coupling, strength=strength, delay=delay, hyperedges=hyperedges, higher=higher,
        higher_strength=higher_strength,
    )  # fmt: skip
    built = plain.network  # type: ignore[attr-defined]
    n, weights, groups = built.n, np.asarray(built.weights), built.hyperedges
    given = [nodes] * n if isinstance(nodes, System) else list(nodes)
    step = float(getattr(plain, "dt")) if isinstance(plain, (Map, RandomMap)) else 0.0  # noqa: B009
    tau = np.broadcast_to(0.0 if delay is None else np.asarray(delay, dtype=float), (n, n))
    causes, lags = _causes(weights, strength, tau * (step or 1.0) + step, groups, higher_strength, step)
    pairs = _pairs(causes, confounders, draw)
    network = plain
    if pairs:
        hidden = given[0] if confounder is None else confounder
        alone = isinstance(nodes, System) and confounder is None
        network = couple(
            nodes if alone else [*given, *[hidden] * len(pairs)], _with_hidden(weights, pairs, 1.0), coupling,
            strength=strength, delay=_with_hidden(tau, pairs, 0.0), hyperedges=groups, higher=higher,
            higher_strength=higher_strength,
        )  # fmt: skip
    network = _driven(network, driving_noise)
    columns, names = _columns(given, variable)
    states, dt, meta = _run(network, given, periods, points_per_period, transient, start, motion)
    states = states[:, columns]
    if noise > 0:
        states = states + noise * states.std(axis=0) * np.asarray(jax.random.normal(reading, states.shape))
    data = Trajectory(dt * np.arange(len(states)), states, variables=names, meta=meta)
    labels = tuple(graph.nodes) if hasattr(graph, "is_directed") else tuple(range(n))
    return CausalData(data, causes, lags, float(strength) * weights, groups, pairs, labels, network)


def _check(confounders, driving_noise, noise, periods, points_per_period) -> None:
    if confounders < 0:
        raise CocycleError(f"causal_data: confounders must be 0 or more; got {confounders}.")
    for name, value in (("driving_noise", driving_noise), ("noise", noise)):
        if not (np.ndim(value) == 0 and value >= 0 and np.isfinite(value)):
            raise CocycleError(f"causal_data: {name} must be a number, 0 or more; got {value}.")
    if not periods > 0:
        raise CocycleError(f"causal_data: periods must be positive; got {periods}.")
    if points_per_period < 2:
        raise CocycleError(f"causal_data: points_per_period must be at least 2; got {points_per_period}.")


# -- what causes what -------------------------------------------------------------------------------------------


def _causes(weights, strength, delays, groups, higher_strength, step):
    """Who drives whom, and after which time."""
    causes = (weights != 0) & (float(strength) != 0)
    lags = np.where(causes, delays, np.nan)
    for strength, group in zip(np.broadcast_to(higher_strength, (len(groups),)), groups):
        for i in group:
            for j in group:
                if i != j and strength != 0 and not causes[i, j]:
                    causes[i, j], lags[i, j] = True, step
    return causes, lags


def _pairs(causes, count, key) -> tuple[tuple[int, int], ...]:
    """Pairs of nodes of which neither drives the other, no pair twice."""
    free = [(i, j) for i in range(len(causes)) for j in range(i) if not (causes[i, j] or causes[j, i])]
    if count > len(free):
        raise CocycleError(
            f"causal_data: {count} confounders, but only {len(free)} pairs of nodes are not joined already."
        )
    if not count:
        return ()
    chosen = np.asarray(jax.random.choice(key, len(free), (count,), replace=False))
    return tuple((free[k][1], free[k][0]) for k in chosen)


def _with_hidden(matrix, pairs, value):
    """The matrix with a row and a column more for each confounder; `value` where a pair feels its own."""
    n = len(matrix)
    out = np.zeros((n + len(pairs),) * 2)
    out[:n, :n] = matrix
    for k, pair in enumerate(pairs):
        out[list(pair), n + k] = value
    return out


# -- the run ----------------------------------------------------------------------------------------------------


class _NoisyMap(Derived, RandomMap):
    """A map with independent normal noise on its present state, which `observe` shows; the past is left as it was."""

    of: Map
    D: Any = param()
    dt: Any = param()
    present: int = eqx.field(static=True, default=0)

    def step(self, n, x, key):
        kick = jnp.sqrt(2 * self.D * self.dt) * jax.random.normal(key, (self.present,))
        return as_point(self.of.step(n, x)).at[: self.present].add(kick)


def _driven(network, intensity) -> System:
    if not intensity:
        return network
    if isinstance(network, Map):
        present = jax.eval_shape(network.observe, network.default_state()).shape[0]
        return _NoisyMap(of=network, D=intensity, dt=network.dt, present=present)
    if isinstance(network, Flow):
        return noisy(network, intensity)
    why = "flows with delays take none" if isinstance(network, DelayFlow) else "these nodes are random already"
    raise NotApplicableError(f"causal_data: driving_noise is for maps and for flows without delays; {why}.")


def _columns(given, variable) -> tuple[np.ndarray, list[str]]:
    """Which entries of the state are recorded, and what they are called."""
    columns, names, offset = [], [], 0
    for i, node in enumerate(given):
        known = node.variables
        if isinstance(variable, str) and variable not in known:
            raise CocycleError(
                f"causal_data: node {i}, a {type(node).__name__}, has no variable {variable!r}; it has: "
                f"{', '.join(known)}."
            )
        if isinstance(variable, int) and not 0 <= variable < len(known):
            raise CocycleError(
                f"causal_data: node {i}, a {type(node).__name__}, has {len(known)} variables; there is no number "
                f"{variable}."
            )
        place = known.index(variable) if isinstance(variable, str) else variable
        places = range(len(known)) if place is None else [place]
        columns += [offset + p for p in places]
        names += [f"{known[p]}_{i}" for p in places]
        offset += len(known)
    return np.array(columns), names


def _run(network, given, periods, points_per_period, transient, start, motion):
    """The states after the transient, the sampling interval, and where they come from."""
    scales = [time_scale(node) for node in {type(node): node for node in given}.values()]
    discrete = isinstance(network, (Map, RandomMap))
    period = min(scale.period for scale in scales)
    dt = period if discrete else period / points_per_period
    count = round(periods) if discrete else round(periods * points_per_period)
    if count < 2:
        raise CocycleError(f"causal_data: {count} samples are too few; raise periods.")
    wait = max(scale.transient for scale in scales) if transient is None else float(transient)
    rest = network.default_state()
    x0 = rest * (1 + 1e-3 * jax.random.normal(start, rest.shape))  # every key another part of the motion
    solver = None
    if not discrete:
        # the nodes know their fastest motion; a network of slow and fast ones has no period of its own
        solver = default_solver(network, dt)
        if isinstance(network, DelayFlow):
            solver = MethodOfSteps(dt=min(period / 100, float(np.min(network.delays)) / 5))
        elif isinstance(network, StochasticFlow):
            solver = eqx.tree_at(lambda s: s.dt, solver, jnp.asarray(period / 100), is_leaf=lambda leaf: leaf is None)
    random = isinstance(network, (StochasticFlow, RandomMap))
    try:
        run = trajectory(
            network, (count - 1) * dt, dt=dt, transient=round(wait / dt) * dt, x0=x0, solver=solver,
            key=motion if random else None,
        )  # fmt: skip
    except NumericalError as error:  # its remedies are arguments of `trajectory`
        raise NumericalError(
            "causal_data: the network diverged. Lower `driving_noise` or `strength`, or take nodes with a wider basin.",
            time=error.time,
            state=error.state,
        ) from error
    return np.asarray(run.states), dt, dict(run.meta)
