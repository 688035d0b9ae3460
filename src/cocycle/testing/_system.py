"""`check_system`: the contract that every system keeps, as a public function.

Each check is a plain function of a `Subject`. It raises `AssertionError` with a sentence where the contract is broken,
and returns a reason where it does not apply. The library runs them over its catalogue; run them over your own systems.
"""

import dataclasses
from collections.abc import Callable

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, ControlledFlow, ControlledMap, System, rule

from ._subject import Subject, invariants, invariants_at, rules
from ._system_equation import check_equation
from ._system_kinds import KIND_CHECKS
from ._system_runs import RUN_CHECKS

__all__ = ["SYSTEM_CHECKS", "check_system"]


@eqx.filter_jit
def _directional(system, points, directions, h):
    """At each point along its direction: the exact derivative, central differences, and the transposed derivative."""

    def one(x, v):
        exact = jax.jvp(lambda y: rule(system, 0.0, y), (x,), (v,))[1]
        difference = (rule(system, 0.0, x + h * v) - rule(system, 0.0, x - h * v)) / (2 * h)
        return exact, difference

    return jax.vmap(one)(points, directions)


@eqx.filter_jit
def _jacobians(system, points):
    return jax.vmap(jax.jacfwd(lambda x: rule(system, 0.0, x)))(points)


# -- the checks -------------------------------------------------------------------------------------------------


def check_card(s: Subject) -> str | None:
    """The card, if there is one, is complete and its presets are parameters."""
    card = type(s.system).card
    if card is None:
        return "no card"
    s.expect(card.title.strip() and card.equation.strip(), "the card needs a title and an equation in LaTeX.")
    s.expect(card.equation.count("{") == card.equation.count("}"), "the card's equation has unbalanced braces.")
    s.expect(card.cite, "the card cites no source.")
    s.expect(len(set(card.variables)) == len(card.variables), f"variables repeat: {card.variables}.")
    needed = ("dt", "transient") if s.discrete else ("period", "dt", "transient")
    for name in needed:
        value = getattr(card, name)
        value = np.nan if value is None else value
        s.expect(np.isfinite(value), f"the card has no {name}.")
        s.expect(
            value > 0 or (name == "transient" and value == 0), f"the card's {name} is {value}; it must be positive."
        )
    if not s.discrete:
        dt, period = card.dt or np.nan, card.period or np.nan
        s.expect(dt <= period / 10, f"dt = {dt} does not resolve the period {period}.")
    fields = {f.name for f in dataclasses.fields(s.system)}
    for preset, values in card.presets.items():
        unknown = set(values) - fields
        s.expect(not unknown, f"preset {preset!r} names parameters that do not exist: {unknown}.")
    for name, known in card.known.items():
        s.expect(known.where.strip(), f"the known number {name!r} does not say where it comes from.")
        s.expect(np.isfinite(np.asarray(known.value, dtype=float)).all(), f"the known number {name!r} is not finite.")
        s.expect(known.tol >= 0, f"the known number {name!r} has a negative tolerance.")
    return None


def check_state(s: Subject) -> None:
    """The default state is one finite floating-point array of shape `(dim,)`, named by unique variables."""
    x = s.system.default_state()
    s.expect(isinstance(x, jax.Array), f"the default state must be a JAX array; got {x!r}.")
    s.expect(x.ndim == 1 and x.size > 0, f"the default state must have shape (dim,); got {x.shape}.")
    s.expect(x.dtype == jnp.result_type(float), f"the default state has dtype {x.dtype}, not {jnp.result_type(float)}.")
    s.expect(jnp.isfinite(x).all(), "the default state is not finite.")
    s.expect(s.system.dim == x.size, f"dim is {s.system.dim} but the default state has {x.size} entries.")
    names = s.system.variables
    s.expect(len(names) == x.size, f"{len(names)} variables for a state of {x.size} entries.")
    s.expect(len(set(names)) == len(names), f"variable names repeat: {names}.")
    observed = jnp.asarray(s.system.observe(x))
    s.expect(observed.ndim == 1 and jnp.isfinite(observed).all(), "observe(state) must give a finite array (obs,).")


def check_output(s: Subject) -> None:
    """The rule gives `dim` finite numbers of the state's dtype."""
    x = s.points[0]
    try:
        out = jax.eval_shape(lambda x: rule(s.system, 0.0, x), x)
    except jax.errors.JAXTypeError as error:
        raise AssertionError(
            f"{s.name}: the rule cannot be traced. Write it with jax.numpy, and branches with jnp.where. {error}"
        ) from error
    s.expect(out.shape == x.shape, f"the rule gives shape {out.shape} for a state of shape {x.shape}.")
    s.expect(out.dtype == x.dtype, f"the rule gives dtype {out.dtype} for a state of dtype {x.dtype}.")
    s.expect(jnp.isfinite(s.moves[0]).all(), "the rule is not finite at the default state.")


def check_pytree(s: Subject) -> None:
    """Leaves are floating-point arrays (or functions); taking the system apart and together changes nothing."""
    leaves, structure = jax.tree.flatten(s.system)
    for leaf in leaves:
        if callable(leaf):
            continue
        s.expect(
            eqx.is_array(leaf), f"the field value {leaf!r} is no array: declare it with `param(...)` or as static."
        )
        inexact = jnp.issubdtype(leaf.dtype, jnp.inexact)
        s.expect(inexact, f"a parameter has dtype {leaf.dtype}: declare it with `param(...)`.")
        s.expect(not leaf.weak_type, "a parameter is weakly typed and would recompile: declare it with `param(...)`.")
    again = jax.tree.unflatten(structure, leaves)
    s.expect(eqx.tree_equal(s.system, again), "flattening and unflattening changes the system.")
    hash(structure)  # static fields must be hashable to be cached by jit
    s.close(rules(again, 0.0, s.points), s.moves, 0.0, "the rebuilt system moves differently")


def check_transformations(s: Subject) -> None:
    """`jit` and `vmap` change nothing."""
    loop = np.stack([rule(s.system, 0.0, x) for x in s.points[:2]])
    scale = float(np.abs(loop).max()) + 1e-300
    s.close(s.moves[:2], loop, 1e-9 * scale, "jit and vmap give another result than a plain loop")


def check_jacobian(s: Subject) -> None:
    """Derivatives with respect to the state equal finite differences."""
    points = s.points[1:]
    directions = jnp.asarray(np.random.default_rng(1).normal(size=points.shape))
    h = 6e-6 * max(float(jnp.abs(points).max()), 1e-3)
    exact, difference = _directional(s.system, points, directions, h)
    s.expect(jnp.isfinite(exact).all(), "the derivative with respect to the state is not finite.")
    scale = float(jnp.abs(difference).max()) + float(jnp.abs(s.moves).max()) + 1e-12
    s.close(exact, difference, 1e-5 * scale, "the derivative with respect to the state is not that of the rule")


def check_gradient(s: Subject) -> str | None:
    """Derivatives with respect to the parameters are finite and equal finite differences."""
    parameters, rest = eqx.partition(s.system, eqx.is_inexact_array)
    leaves, structure = jax.tree.flatten(parameters)
    if not leaves:
        return "no parameters"
    x = s.points[1]
    weights = jnp.asarray(np.random.default_rng(2).normal(size=x.shape))

    def value(leaves):
        system = eqx.combine(jax.tree.unflatten(structure, leaves), rest)
        return jnp.vdot(weights, rule(system, 0.0, x))

    directions = [jnp.maximum(jnp.abs(leaf), 1e-3) for leaf in leaves]

    @jax.jit
    def both(leaves):
        gradient = jax.grad(value)(leaves)
        h = 1e-6
        up = value([a + h * d for a, d in zip(leaves, directions)])
        down = value([a - h * d for a, d in zip(leaves, directions)])
        return sum(jnp.vdot(g, d) for g, d in zip(gradient, directions)), (up - down) / (2 * h), value(leaves)

    exact, difference, size = both(leaves)
    s.expect(jnp.isfinite(exact), "the gradient with respect to the parameters is not finite.")
    scale = abs(float(difference)) + abs(float(size)) + 1e-9
    s.close(exact, difference, 1e-5 * scale, "the gradient with respect to the parameters is not that of the rule")
    return None


def check_compilation(s: Subject) -> str | None:
    """A new parameter value, of whatever numeric type, compiles nothing."""
    names = [n for n, v in s.system.parameters().items() if eqx.is_array(v)]
    if not names:
        return "no parameters"
    traces = []

    @eqx.filter_jit
    def run(system, x):
        traces.append(1)
        return rule(system, 0.0, x)

    run(s.system, s.points[0])
    for name in names:
        value = np.asarray(getattr(s.system, name))
        other = (1.01 * value).tolist()
        run(s.system.replace(**{name: other}), s.points[0])
        run(s.system.replace(**{name: jnp.asarray(other)}), s.points[0])
    s.expect(len(traces) == 1, f"new parameter values compile the rule {len(traces)} times: declare them with `param`.")
    return None


def check_replace(s: Subject) -> None:
    """`replace` changes one parameter in a copy, an unknown name is an error, every preset moves."""
    leaves, structure = jax.tree.flatten(s.system)
    before = jax.tree.unflatten(structure, [jnp.array(v) if eqx.is_array(v) else v for v in leaves])
    for name, value in s.system.parameters().items():
        if not eqx.is_array(value):
            continue
        other = s.system.replace(**{name: value + 0.5})
        s.close(getattr(other, name), value + 0.5, 0.0, f"replace({name}=...) does not set it")
        s.expect(type(other) is type(s.system), f"replace({name}=...) gives a {type(other).__name__}.")
    s.expect(eqx.tree_equal(before, s.system), "replace changes the original.")
    try:
        s.system.replace(no_such_parameter=1.0)
    except CocycleError:
        pass
    else:
        raise AssertionError(f"{s.name}: replace accepts a parameter that does not exist.")
    card = type(s.system).card
    for preset in card.presets if card is not None else ():
        system = type(s.system).preset(preset)
        x = system.default_state()
        s.expect(jnp.isfinite(rules(system, 0.0, x[None])).all(), f"preset {preset!r} is not finite at its default.")


def check_time(s: Subject) -> str | None:
    """A system that calls itself autonomous does not depend on time; a driven one repeats after its period."""
    card = type(s.system).card
    here = s.moves
    scale = float(jnp.abs(here).max()) + 1e-300
    if s.system.forcing_period is not None:
        period = float(s.system.forcing_period)
        s.expect(period > 0, f"the forcing period must be positive; it is {period}.")
        s.close(rules(s.system, period, s.points), here, 1e-9 * scale, "the rule does not repeat with its period")
        elsewhere = jnp.stack([rules(s.system, f * period, s.points) for f in (0.21, 0.37, 0.5)])
        s.expect(jnp.abs(elsewhere - here).max() > 1e-9 * scale, "it has a forcing period but does not depend on time.")
        return None
    if s.discrete or (card is not None and "autonomous" in card.tags):
        s.close(rules(s.system, 7, s.points), here, 0.0, "it has no forcing period, yet its rule depends on time")
        return None
    return "not said to be autonomous"


def check_divergence(s: Subject) -> str | None:
    """The trace (for a map: the determinant) of the Jacobian is the one on the card."""
    name = "determinant" if s.discrete else "divergence"
    known = s.known(name)
    if known is None:
        return f"no constant {name} known"
    jacobians = np.asarray(_jacobians(s.system, s.points))
    got = np.linalg.det(jacobians) if s.discrete else np.trace(jacobians, axis1=1, axis2=2)
    s.close(got, np.full(len(got), known.value), known.tol, f"the {name} is not the {known.value:g} of the card")
    return None


def check_fixed_points(s: Subject) -> str | None:
    """The card's fixed points are fixed."""
    known = s.known("fixed_points")
    if known is None:
        return "no fixed points known"
    points = jnp.asarray(known.value, dtype=float)
    s.expect(points.ndim == 2 and points.shape[1] == s.system.dim, "fixed_points must be a tuple of states.")
    rest = points if s.discrete else jnp.zeros_like(points)
    s.close(rules(s.system, 0.0, points), rest, known.tol, "a fixed point of the card is not fixed")
    return None


def check_symmetries(s: Subject) -> str | None:
    """The card's signed permutations commute with the rule (`symmetry`) or reverse its time (`reversor`)."""
    applied = [name for name in ("symmetry", "reversor") if s.known(name) is not None]
    if not applied:
        return "no symmetry known"
    for name in applied:
        known = s.known(name)
        index, sign = np.abs(known.value).astype(int) - 1, jnp.sign(jnp.asarray(known.value, dtype=float))
        s.expect(sorted(index) == list(range(s.system.dim)), f"{name} must be a signed permutation of 1..dim.")
        act = lambda x: sign * x[..., index]  # noqa: B023, E731 - used within this turn of the loop
        moved, image = rules(s.system, 0.0, act(s.points)), act(s.moves)
        if name == "reversor":
            s.expect(not s.discrete, "a reversor of a map is not checked: leave it out.")
            image = -image
        s.close(moved, image, known.tol * (1 + float(jnp.abs(image).max())), f"the {name} of the card does not hold")
    return None


def check_invariants(s: Subject) -> str | None:
    """Conserved quantities do not change along the rule, at any point."""
    if not invariants(s.system):
        return "none declared"

    @eqx.filter_jit
    def rates(system, points):
        def one(x):
            if s.discrete:
                before, after = invariants_at(system, x), invariants_at(system, rule(system, 0.0, x))
                return {k: (after[k] - before[k], jnp.abs(before[k])) for k in before}
            speed = rule(system, 0.0, x)
            gradients = jax.jacrev(lambda y: invariants_at(system, y))(x)
            return {k: (jnp.vdot(g, speed), jnp.linalg.norm(g) * jnp.linalg.norm(speed)) for k, g in gradients.items()}

        return jax.vmap(one)(points)

    for name, (rate, size) in rates(s.system, s.points).items():
        s.close(rate, jnp.zeros_like(rate), 1e-9 * (float(size.max()) + 1e-3), f"{name!r} is not conserved")
    return None


SYSTEM_CHECKS: tuple[Callable[[Subject], str | None], ...] = (
    check_card,
    check_state,
    check_output,
    check_pytree,
    check_transformations,
    check_jacobian,
    check_gradient,
    check_compilation,
    check_replace,
    check_time,
    check_divergence,
    check_fixed_points,
    check_symmetries,
    check_invariants,
    check_equation,
    *KIND_CHECKS,
    *RUN_CHECKS,
)
"""All checks, in the order in which `check_system` runs them."""


def check_system(system: System, *, runs: bool = True) -> dict[str, str]:
    """Check that a system keeps the contract of its kind. For the catalogue, and for systems of your own.

    ```python
    cc.testing.check_system(MySystem())
    ```

    Checked are: the card; the default state; shape and dtype of the rule; that it is a pytree of parameters, that
    `jit`, `vmap` and a second parameter value change nothing and compile nothing; derivatives with respect to state and
    parameters against finite differences; time dependence; the card's exact numbers (`divergence` or
    `determinant`, `fixed_points`, `symmetry`, `reversor`); conserved quantities (a method `invariants(x)` that returns
    a dict, and the energy of mechanical systems); the structure that each refinement promises; and runs of 20
    periods: bounded, insensitive to the solver's tolerance, conserving what is conserved (these only with `runs`; they
    take a third of the time).

    **Returns** a dict: the name of each check, and `"passed"` or `"does not apply: reason"`.

    **Raises** `AssertionError` with the system, the check and a sentence at the first broken promise; `CocycleError` if
    `system` is no system at all, or has an open input (close the loop first).
    """
    if not isinstance(system, System):
        hint = " Call it to make an instance." if isinstance(system, type) and issubclass(system, System) else ""
        raise CocycleError(f"check_system takes a System; got {system!r}.{hint}")
    if isinstance(system, (ControlledFlow, ControlledMap)):
        raise CocycleError(
            f"{type(system).__name__} has an open input: check `system.close(policy)` or `system.drive(signal)`."
        )
    subject = Subject(system)
    outcome = {}
    for check in SYSTEM_CHECKS:
        if check in RUN_CHECKS and not runs:
            continue
        reason = check(subject)
        outcome[check.__name__] = "passed" if reason is None else f"does not apply: {reason}"
    return outcome
