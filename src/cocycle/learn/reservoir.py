"""Echo-state network: a fixed random recurrent network driven by the data, with a linear readout fitted by ridge."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, param

from ._data import Episodes
from ._fitted import About, FittedMap, about, spread, with_inputs
from ._learner import Learner, check_positive
from ._least_squares import Factored, factor
from .analog import decorrelation

__all__ = ["EchoState", "EchoStateMap"]


class Reservoir(eqx.Module):
    r"""$r' = (1 - a)\,r + a \tanh(W r + W_{in} z + b)$ with a sparse `W`: row `i` has `weights[i]` at `index[i]`."""

    index: Any
    weights: Any = param()
    input_weights: Any = param()
    bias: Any = param()
    leak: Any = param()

    def drive(self, r, z):
        """The reservoir state after one input `z`."""
        total = jnp.sum(self.weights * r[self.index], axis=1) + self.input_weights @ z + self.bias
        return (1 - self.leak) * r + self.leak * jnp.tanh(total)

    def dense(self) -> np.ndarray:
        """`W` as a full matrix."""
        matrix = np.zeros((len(self.weights), len(self.weights)))
        np.add.at(matrix, (np.arange(len(matrix))[:, None], np.asarray(self.index)), np.asarray(self.weights))
        return matrix


class EchoStateMap(FittedMap):
    r"""A driven reservoir that reads out its own next input.

    State: the newest observation, then the reservoir, which has seen all observations before it. One step drives the
    reservoir with the (standardised) observation $z_n$ and reads $x_{n+1} = \bar x + S\,(c + V [r_{n+1}, z_n])$.
    """

    about: About
    reservoir: Reservoir
    intercept: Any = param()
    readout: Any = param()
    input_center: Any = None
    input_scale: Any = None
    washout: int = eqx.field(static=True, default=0)
    forgets: ClassVar[bool] = False

    @property
    def context_length(self):
        return self.washout + 1

    @property
    def variables(self):
        return self.about.variables + tuple(f"r{i}" for i in range(self.reservoir.bias.shape[0]))

    def observe(self, state):
        return state[: len(self.about.variables)]

    def _standard(self, x, u):
        z = (x - self.about.center) / self.about.scale
        if self.input_center is None:
            return z
        if u is None:
            raise CocycleError("This model was fitted with inputs: call step(n, x, u).")
        return jnp.concatenate([z, (u - self.input_center) / self.input_scale], axis=-1)

    def states(self, values, inputs=None):
        values = jnp.asarray(values)
        z = self._standard(values, None if inputs is None else jnp.asarray(inputs))

        def body(r, z):
            return self.reservoir.drive(r, z), r

        _, r = jax.lax.scan(body, jnp.zeros_like(self.reservoir.bias), z)
        return jnp.concatenate([values, r], axis=1)[self.washout :]

    def advance(self, n, x, u=None):
        del n
        obs = len(self.about.variables)
        z = self._standard(x[:obs], u)
        r = self.reservoir.drive(x[obs:], z)
        new = self.intercept + self.readout @ jnp.concatenate([r, z])
        return jnp.concatenate([self.about.center + self.about.scale * new, r])

    def perturbed(self, x, innovation):
        return x.at[: len(self.about.variables)].add(innovation)


@dataclasses.dataclass(frozen=True)
class EchoState(Learner):
    r"""Echo-state network (reservoir computing). [@jaeger2004; @lukosevicius2012]

    $$r_{n+1} = (1 - a)\,r_n + a \tanh(W r_n + W_{in} z_n + b), \qquad \hat x_{n+1} = c + V [r_{n+1}, z_n].$$

    `W`, `W_in` and `b` are random and fixed; only the readout is fitted, by ridge regression through an orthogonal
    factorisation, and then the network runs on its own output.

    **Settings**

    - `size`: number of units. `connections`: nonzero entries in each row of `W`.
    - `spectral_radius` of `W`; `leak` $a$ in (0, 1], smaller for slower data.
    - `input_scaling`: input weights are uniform in plus or minus this, for standardised variables; `bias` likewise.
    - `ridge`: penalty without unit; left out, the one whose iterated forecasts along the training data have the least
      error.
    - `washout`: samples at the start of every episode and every context that only wash out the zero initial state.
    - `max_samples`: at most so many of the newest training samples are used (memory: samples times units).

    `fit(..., key=)` draws the network; without a key it is the same one every time.
    """

    size: int = 500
    spectral_radius: float = 0.9
    input_scaling: float = 0.5
    leak: float = 0.3
    bias: float = 0.5
    connections: int = 10
    ridge: float | None = None
    washout: int = 100
    max_samples: int = 30_000

    uses_inputs: ClassVar[bool] = True

    title: ClassVar[str] = "echo-state network"
    few: ClassVar[int] = 2

    def __post_init__(self):
        check_positive(self, size=2, connections=1, washout=0, max_samples=100)
        for name in ("spectral_radius", "input_scaling"):
            if not getattr(self, name) > 0:
                raise CocycleError(f"EchoState: {name} must be positive; got {getattr(self, name)}.")
        if not 0 < self.leak <= 1:
            raise CocycleError(f"EchoState: leak must lie in (0, 1]; got {self.leak}.")

    def minimum(self, dim):
        return self.washout + 50

    @classmethod
    def grid(cls, data):
        size = 300 if data.total < 1000 else 500
        return [cls(size=size), cls(size=size, leak=1.0), cls(size=size, leak=1.0, input_scaling=0.1)]

    def learn(self, data, key, on_step):
        data = _recent(data.at_least(self.washout + 2), self.max_samples)
        record = about(data, np.zeros(1), np.zeros((2, data.dim)), n_inputs=data.n_inputs)
        u_center = u_scale = None
        if data.inputs is not None:
            known = np.concatenate(data.inputs)
            u_center, u_scale = jnp.asarray(known.mean(axis=0)), jnp.asarray(spread(known))
        reservoir = _draw(self, data.dim + data.n_inputs, jax.random.key(0) if key is None else key)
        blank = np.zeros((data.dim, self.size + data.dim + data.n_inputs))
        model = EchoStateMap(record, reservoir, np.zeros(data.dim), blank, u_center, u_scale, washout=self.washout)
        on_step(1, 4)
        features, targets, driven = [], [], []
        for i, episode in enumerate(data.values):
            inputs = None if data.inputs is None else data.inputs[i]
            states, after, z = _run(model, episode, inputs)
            driven.append(np.asarray(states))
            features.append(np.concatenate([np.asarray(after), np.asarray(z)], axis=1)[:-1])
            targets.append((episode[self.washout + 1 :] - record.center) / record.scale)
        on_step(2, 4)
        problem = factor(np.concatenate(features), np.concatenate(targets))
        on_step(3, 4)
        ridge = self.ridge
        if ridge is None and data.inputs is not None:
            ridge = problem.cross_validated()
        if ridge is None:
            longest = int(np.argmax([len(d) for d in driven]))
            ridge = _steady_ridge(problem, model, driven[longest])
        fit = problem.solve(ridge)
        record = about(data, driven[-1][-1], fit.residuals * np.asarray(record.scale), fit.freedom, data.n_inputs)
        on_step(4, 4)
        return with_inputs(
            EchoStateMap(record, reservoir, fit.intercept, fit.coefficients.T, u_center, u_scale, washout=self.washout)
        )


@eqx.filter_jit
def _run(model, values, inputs):
    """States along an episode, and what the readout sees at each: the reservoir one step later, and the input."""
    states = model.states(values, inputs)
    u = None if inputs is None else jnp.asarray(inputs)[model.washout :]
    z = model._standard(jnp.asarray(values)[model.washout :], u)
    after = jax.vmap(model.reservoir.drive)(states[:, len(model.about.variables) :], z)
    return states, after, z


def _recent(data: Episodes, most: int) -> Episodes:
    """The newest `most` samples, whole episodes first."""
    values, inputs, left = [], [], most
    for i in range(len(data.values) - 1, -1, -1):
        if left < 2 and values:
            break
        values.insert(0, data.values[i][-left:])
        if data.inputs is not None:
            inputs.insert(0, data.inputs[i][-left:])
        left -= len(values[0])
    return data._replace(values=tuple(values), inputs=tuple(inputs) if inputs else None)


def _draw(settings: EchoState, columns: int, key: Any) -> Reservoir:
    seed = np.asarray(jax.random.key_data(key) if jnp.issubdtype(key.dtype, jax.dtypes.prng_key) else key).ravel()
    rng = np.random.default_rng([int(s) for s in seed])
    n, k = settings.size, min(settings.connections, settings.size)
    index = np.stack([rng.choice(n, k, replace=False) for _ in range(n)])
    weights = rng.uniform(-1, 1, (n, k))
    drawn = Reservoir(
        jnp.asarray(index),
        weights,
        settings.input_scaling * rng.uniform(-1, 1, (n, columns)),
        settings.bias * rng.uniform(-1, 1, n),
        settings.leak,
    )
    return Reservoir(
        drawn.index,
        weights * (settings.spectral_radius / _radius(drawn.dense())),
        drawn.input_weights,
        drawn.bias,
        drawn.leak,
    )


def _radius(matrix: np.ndarray) -> float:
    """Modulus of the largest eigenvalue, by Arnoldi iteration where the matrix is large enough for it."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import ArpackNoConvergence, eigs

    n = len(matrix)
    if n >= 100:
        try:
            v0 = np.ones(n)
            found = eigs(csr_matrix(matrix), k=4, ncv=80, v0=v0, return_eigenvectors=False, tol=1e-3)  # type: ignore[arg-type]
            return float(np.abs(found).max())
        except ArpackNoConvergence:
            pass
    return float(np.abs(np.linalg.eigvals(matrix)).max())


_RIDGES = np.logspace(-14, -1, 14)


def _steady_ridge(problem: Factored, model: EchoStateMap, driven: np.ndarray) -> float:
    """The ridge with the least iterated error along the training data; all ridges and origins run together."""
    record, reservoir = model.about, model.reservoir
    center, scale = np.asarray(record.center), np.asarray(record.scale)
    truth = (driven[:, : len(center)] - center) / scale
    horizon = int(np.clip(8 * decorrelation(truth), 20, 200))
    horizon = max(1, min(horizon, len(truth) // 2))
    origins = np.unique(np.linspace(0, len(truth) - 1 - horizon, 12).astype(int))
    solutions = [problem.coefficients(ridge) for ridge in _RIDGES]
    intercept = np.stack([b for b, _ in solutions])[:, None]
    weights = np.stack([c for _, c in solutions])
    inner, outer = reservoir.dense().T, np.asarray(reservoir.input_weights).T
    bias, leak = np.asarray(reservoir.bias), float(reservoir.leak)
    shape = (len(_RIDGES), len(origins))
    z = np.broadcast_to(truth[origins], (*shape, truth.shape[1])).copy()
    r = np.broadcast_to(driven[origins, len(center) :], (*shape, len(bias))).copy()
    score = np.zeros(len(_RIDGES))
    for lead in range(1, horizon + 1):
        total = (r.reshape(-1, len(bias)) @ inner).reshape(r.shape) + z @ outer + bias
        r = (1 - leak) * r + leak * np.tanh(total)
        z = intercept + np.matmul(np.concatenate([r, z], axis=2), weights)
        z = np.clip(z, -30, 30)
        error = np.sqrt(np.mean((z - truth[origins + lead]) ** 2, axis=(1, 2)))
        score += np.log(np.clip(error, 1e-14, 100.0))
    return float(_RIDGES[int(np.argmin(score))])
