"""`check_solver`: the contract that every solver keeps, on problems whose solution is known."""

from collections.abc import Callable
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    DelayFlow,
    Flow,
    HamiltonianFlow,
    SemilinearFlow,
    StochasticFlow,
    System,
    as_parameter,
    param,
)
from cocycle.core import map as from_function
from cocycle.evolve import Solver, cocycle

__all__ = ["SOLVER_CHECKS", "check_solver"]


class _Spiral(Flow):
    """x' = A x with A = [[-a, w], [-w, -a]], forced by nothing: a damped rotation."""

    a: jax.Array = param(0.3)
    w: jax.Array = param(2.0)

    def vector_field(self, t, x):
        return -self.a * x[0] + self.w * x[1], -self.w * x[0] - self.a * x[1]

    def default_state(self):
        return as_parameter([1.0, 0.5])


class _Oscillator(HamiltonianFlow):
    separable = True

    def hamiltonian(self, q, p):
        return 0.5 * jnp.sum(q**2) + 0.5 * jnp.sum(p**2)

    def default_state(self):
        return as_parameter([1.0, 0.5])


class _Logistic(SemilinearFlow):
    """u' = u - u^2 in each entry, split into its linear and its nonlinear part."""

    def to_modes(self, x):
        return x

    def from_modes(self, modes):
        return modes

    def linear(self):
        return jnp.ones(2)

    def nonlinear(self, t, modes):
        return -(modes**2)

    def default_state(self):
        return as_parameter([0.1, 0.5])


class _Quiet(StochasticFlow):
    """A stochastic equation whose noise is switched off, so that its path is known."""

    additive = True
    size: jax.Array = param(0.0)

    def drift(self, t, x):
        return -x

    def diffusion(self, t, x):
        return self.size * jnp.eye(2)

    def default_state(self):
        return as_parameter([1.0, 0.5])


class _QuietStratonovich(_Quiet):
    calculus = "stratonovich"


class _Delayed(DelayFlow):
    """x' = -x(t - 1) with history 1: polynomials, piece by piece."""

    tau: jax.Array = param(1.0)

    @property
    def delays(self):
        return self.tau[None]

    def vector_field(self, t, x, delayed):
        return -delayed[0]

    def default_state(self):
        return as_parameter([1.0])


class Problem(NamedTuple):
    """A system of one kind, how far it is followed, and its exact state there."""

    kind: type[System]
    system: System
    dt: float
    steps: int
    end: np.ndarray


def _problems() -> list[Problem]:
    t = 1.5
    c, s = np.cos(2 * t), np.sin(2 * t)
    spiral = np.exp(-0.3 * t) * np.array([c * 1.0 + s * 0.5, -s * 1.0 + c * 0.5])
    oscillator = np.array([np.cos(t) + 0.5 * np.sin(t), -np.sin(t) + 0.5 * np.cos(t)])
    u0 = np.array([0.1, 0.5])
    logistic = u0 * np.exp(t) / (1 + u0 * (np.exp(t) - 1))
    decay = np.exp(-t) * np.array([1.0, 0.5])
    delayed = np.array([1 - 1.5 + 0.5**2 / 2])  # 1 - t + (t - 1)^2 / 2 on [1, 2]
    return [
        Problem(Flow, _Spiral(), 0.1, 15, spiral),
        Problem(HamiltonianFlow, _Oscillator(), 0.1, 15, oscillator),
        Problem(SemilinearFlow, _Logistic(), 0.1, 15, logistic),
        Problem(StochasticFlow, _Quiet(), 0.1, 15, decay),
        Problem(StochasticFlow, _QuietStratonovich(), 0.1, 15, decay),
        Problem(DelayFlow, _Delayed(), 0.1, 15, delayed),
    ]


@eqx.filter_jit
def _run(phi, start, steps: int, key):
    """The point after `steps` intervals, one at a time."""

    def body(state, i):
        return phi(i * phi.dt, state, None if key is None else jax.random.fold_in(key, i)), None

    return phi.output(jax.lax.scan(body, phi.init(start), jnp.arange(steps))[0])


@eqx.filter_jit
def _record(phi, start, steps: int, key):
    return phi.record(jnp.asarray(0.0), phi.init(start), steps, key)


@eqx.filter_jit
def _together(phi, starts, keys):
    """One interval for many states, in a batch and each alone."""
    states = jax.vmap(phi.init, in_axes=1, out_axes=-1)(starts)
    alone = [phi(jnp.asarray(0.0), states[..., i], None if keys is None else keys[i]) for i in range(starts.shape[1])]
    return phi.many(jnp.asarray(0.0), states, keys), jnp.stack(alone, axis=-1)


@eqx.filter_jit
def _slope(phi, start, direction, steps: int, key):
    """The derivative of the run along a direction, exact and by central differences."""
    end = lambda x: _run(phi, x, steps, key)  # noqa: E731
    h = 1e-4
    exact = jax.jvp(end, (start,), (direction,))[1]
    return exact, (end(start + h * direction) - end(start - h * direction)) / (2 * h)


def _follow(phi, problem, key=None):
    return _run(phi, problem.system.default_state(), problem.steps, key)


class _Case(NamedTuple):
    solver: Solver
    problem: Problem
    phi: Any
    key: Any

    def expect(self, condition: Any, sentence: str) -> None:
        if not bool(condition):
            raise AssertionError(f"{type(self.solver).__name__} on {type(self.problem.system).__name__}: {sentence}")


def check_facts(case: _Case) -> None:
    """`accepts` and `order` are stated; leaves are arrays."""
    solver = case.solver
    case.expect(solver.accepts and all(issubclass(k, System) for k in solver.accepts), "`accepts` must name kinds.")
    case.expect(solver.order > 0, "`order` must be positive.")
    case.expect((type(solver).__doc__ or "").strip(), "there is no docstring.")


def check_accuracy(case: _Case) -> None:
    """It arrives where the exact solution is, and the refined solver arrives closer."""
    error = float(jnp.max(jnp.abs(_follow(case.phi, case.problem, case.key) - case.problem.end)))
    finer = float(jnp.max(jnp.abs(_follow(case.phi.refined(), case.problem, case.key) - case.problem.end)))
    case.expect(error < 0.1, f"the error is {error:.3g} where the solution is of order 1.")
    case.expect(finer < 0.8 * error or finer < 1e-9, f"refined, the error is {finer:.3g}; before it was {error:.3g}.")


def check_record(case: _Case) -> None:
    """Recording a run and advancing it interval by interval give the same points."""
    phi, problem = case.phi, case.problem
    states = _record(phi, problem.system.default_state(), problem.steps, case.key)
    case.expect(states.shape == (problem.steps + 1, problem.system.dim), f"record gave shape {states.shape}.")
    last = _follow(phi, problem, case.key)
    gap, error = float(jnp.max(jnp.abs(states[-1] - last))), float(jnp.max(jnp.abs(last - problem.end)))
    # a scheme with variables of its own (an extended phase space) starts them anew at each advance: up to its own error
    case.expect(gap < 1e-6 + 3 * error, f"record and repeated advance differ by {gap:.3g}, the error is {error:.3g}.")


def check_batch(case: _Case) -> None:
    """Many states side by side move as each alone."""
    starts = case.problem.system.default_state()[:, None] * jnp.array([1.0, 0.7, 1.2])
    keys = None if case.key is None else jax.random.split(case.key, 3)
    together, alone = _together(case.phi, starts, keys)
    gap = float(jnp.max(jnp.abs(together - alone)))
    case.expect(gap < 1e-7, f"in a batch, a state moves differently from alone by {gap:.3g}.")


def check_derivative(case: _Case) -> None:
    """Forward-mode derivatives with respect to the start are those of finite differences."""
    start = case.problem.system.default_state()
    direction = jnp.cos(jnp.arange(start.size) + 1.0)
    exact, difference = _slope(case.phi, start, direction, 3, case.key)
    case.expect(jnp.isfinite(exact).all(), "the derivative is not finite.")
    gap = float(jnp.max(jnp.abs(exact - difference)))
    case.expect(gap < 1e-4, f"the derivative differs from finite differences by {gap:.3g}.")


def check_refusal(case: _Case) -> None:
    """A system of another kind is refused with a sentence."""

    @from_function(x0=[0.5])
    def other(n, x):
        return x

    try:
        cocycle(other(), None, case.solver)
    except CocycleError as error:
        case.expect(len(str(error)) > 20, "the refusal of another kind of system is not a sentence.")
    else:
        case.expect(False, "a map was accepted.")


SOLVER_CHECKS: tuple[Callable[[_Case], None], ...] = (
    check_facts,
    check_accuracy,
    check_record,
    check_batch,
    check_derivative,
    check_refusal,
)


def check_solver(solver: Solver) -> list[str]:
    """Check a solver against its contract, on a problem of each kind that it names in `accepts`.

    Accuracy against exact solutions (and better accuracy when refined), `record` and batches equal to repeated
    `advance`, derivatives equal to finite differences, other kinds refused. Raises `AssertionError` with a
    sentence; returns the names of the problems tried. The order of convergence is a question of its own.
    """
    tried = []
    for problem in _problems():
        if problem.kind not in solver.accepts:  # one problem a kind: a method for flows is not tried on each refinement
            continue
        try:
            phi = cocycle(problem.system, problem.dt, solver)
        except CocycleError:
            continue
        case = _Case(solver, problem, phi, jax.random.key(0) if phi.random else None)
        for check in SOLVER_CHECKS:
            check(case)
        tried.append(type(problem.system).__name__.strip("_"))
    if not tried:
        raise AssertionError(f"{type(solver).__name__} accepts none of the reference problems.")
    return tried
