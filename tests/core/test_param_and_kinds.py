"""Parameters, kinds of system, systems from functions, cards and presets: what they accept and how they refuse."""

import dataclasses
import pickle
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import (
    Card,
    CocycleError,
    Known,
    Source,
    Status,
    as_parameter,
    as_point,
    suggestion,
)


class Spiral(cc.Flow):
    """x' = -a x - b y, y' = b x - a y: eigenvalues -a +- i b."""

    a: Any = cc.param(0.1)
    b: Any = cc.param(1.0)
    scheme: str = eqx.field(static=True, default="plain")
    card: ClassVar[Card | None] = Card(
        title="Spiral",
        equation="x' = Ax",
        cite=(),
        variables=("x", "y"),
        state=(1.0, 0.0),
        presets={"undamped": {"a": 0.0}, "fast": {"b": 5.0}},
    )

    def vector_field(self, t, x):
        del t
        return -self.a * x[0] - self.b * x[1], self.b * x[0] - self.a * x[1]


# -- param ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [2, 2.0, np.float32(2), np.int64(2), jnp.asarray(2), jnp.asarray(2.0), True])
def test_every_number_becomes_the_same_strong_array(value):
    made = as_parameter(value)
    assert made.dtype == jnp.float64 and made.shape == () and not made.weak_type


def test_one_trace_for_all_types_of_number():
    traces = []

    @eqx.filter_jit
    def rate(system):
        traces.append(1)
        return system.vector_field(0.0, jnp.ones(2))[0]

    for value in (2, 2.0, 3.5, np.float64(1.0), jnp.asarray(7)):
        assert float(rate(Spiral(a=value))) == -float(value) - 1.0
    assert len(traces) == 1


def test_what_is_no_parameter():
    with pytest.raises(CocycleError, match=r"must be a real number .*got 'fast'.*eqx.field\(static=True\)"):
        Spiral(a="fast")
    with pytest.raises(CocycleError, match="must be a real number"):
        Spiral(a=1j)
    with pytest.raises(CocycleError, match="must be a real number"):
        Spiral(a=jnp.asarray(1j))
    with pytest.raises(CocycleError, match="must be a real number"):
        Spiral(a=None)


def test_a_parameter_without_default_is_required():
    class Decay(cc.Flow):
        rate: Any = cc.param()

        def vector_field(self, t, x):
            del t
            return -self.rate * x

    assert float(Decay(3).rate) == 3.0
    with pytest.raises(TypeError, match="rate"):
        Decay()


def test_gradients_and_batches_over_parameters():
    slope = jax.grad(lambda a: Spiral(a=a).vector_field(0.0, jnp.asarray([3.0, 0.0]))[0])(2.0)
    assert float(slope) == -3.0
    many = jax.vmap(lambda a: Spiral(a=a))(jnp.arange(4.0))
    assert many.a.shape == (4,)
    whole = jax.grad(lambda s: s.vector_field(0.0, jnp.asarray([3.0, 2.0]))[0])(Spiral(a=2))
    assert float(whole.a) == -3.0 and float(whole.b) == -2.0


# -- systems --------------------------------------------------------------------------------------------------------


def test_replace_and_parameters():
    base = Spiral()
    other = base.replace(b=4)
    assert float(other.b) == 4.0 and other.b.dtype == jnp.float64 and float(base.b) == 1.0
    assert list(base.parameters()) == ["a", "b", "scheme"]
    assert base.replace(scheme="new").scheme == "new"
    with pytest.raises(CocycleError, match=r"Spiral has no parameter 'bb'; it has: a, b, scheme."):
        base.replace(bb=1)
    with pytest.raises(CocycleError, match=r"no parameter 'schema'.*Did you mean 'scheme'\?"):
        base.replace(schema="new")
    with pytest.raises(dataclasses.FrozenInstanceError):
        base.a = 1.0


def test_presets():
    assert float(Spiral.preset("undamped").a) == 0.0
    both = Spiral.preset("fast", a=3)
    assert (float(both.a), float(both.b)) == (3.0, 5.0)
    with pytest.raises(
        CocycleError, match=r"Spiral has no preset 'undampd'; it has: undamped, fast. Did you mean 'undamped'\?"
    ):
        Spiral.preset("undampd")

    class Bare(cc.Map):
        def step(self, n, x):
            del n
            return x

    with pytest.raises(CocycleError, match="Bare has no card"):
        Bare.preset("any")
    with pytest.raises(CocycleError, match=r"Bare has no default state. Pass `x0=...`"):
        Bare().default_state()


def test_names_dimension_divergence():
    assert Spiral().variables == ("x", "y") and Spiral().dim == 2 and Spiral().forcing_period is None
    assert float(Spiral(a=0.3).divergence(0.0, jnp.asarray([1.0, 2.0]))) == pytest.approx(-0.6)
    np.testing.assert_array_equal(Spiral().observe(jnp.asarray([1.0, 2.0])), [1.0, 2.0])
    np.testing.assert_array_equal(as_point((1, jnp.asarray(2.0))), [1.0, 2.0])
    assert as_point((1, 2)).dtype == jnp.float64


def test_kinds_are_abstract():
    for kind in (cc.Flow, cc.Map, cc.StochasticFlow, cc.RandomMap, cc.DelayFlow, cc.ControlledFlow, cc.ControlledMap):
        with pytest.raises(TypeError, match="abstract"):
            kind()


def test_noise_is_dropped_only_on_request():
    class Walk(cc.StochasticFlow):
        theta: Any = cc.param(2.0)

        def drift(self, t, x):
            del t
            return -self.theta * x

        def diffusion(self, t, x):
            del t, x
            return 0.5 * jnp.ones((1, 3))

        def default_state(self):
            return jnp.asarray([1.0])

    walk = Walk()
    assert walk.noise_dim == 3 and walk.dim == 1 and not isinstance(walk, cc.Flow)
    calm = walk.skeleton()
    assert isinstance(calm, cc.Flow) and calm.dim == 1 and calm.variables == walk.variables
    np.testing.assert_array_equal(calm.vector_field(0.0, jnp.asarray([3.0])), [-6.0])


def test_closing_the_loop_and_driving():
    class Cart(cc.ControlledFlow):
        def vector_field(self, t, x, u):
            del t
            return x[1], u[0]

        def default_state(self):
            return jnp.asarray([1.0, 0.0])

    closed = Cart().close(lambda t, x: (-2.0 * x[0] - 3.0 * x[1],))
    assert isinstance(closed, cc.Flow) and closed.dim == 2
    np.testing.assert_array_equal(closed.vector_field(0.0, jnp.asarray([1.0, 1.0])), [1.0, -5.0])
    driven = Cart().drive(lambda t: (jnp.asarray(7.0 * t),))
    np.testing.assert_array_equal(driven.vector_field(2.0, jnp.asarray([1.0, 1.0])), [1.0, 14.0])

    class Shift(cc.ControlledMap):
        dt: ClassVar[Any] = 0.5

        def step(self, n, x, u):
            del n
            return x + u

        def default_state(self):
            return jnp.asarray([0.0])

    loop = Shift().close(lambda n, x: -x)
    assert isinstance(loop, cc.Map) and float(loop.dt) == 0.5
    np.testing.assert_array_equal(loop.step(0, jnp.asarray([4.0])), [0.0])
    np.testing.assert_array_equal(Shift().drive(lambda n: (1.0 * n,)).step(3, jnp.asarray([4.0])), [7.0])


# -- systems from functions -----------------------------------------------------------------------------------------


@cc.flow(x0=[1.0, 2, 3], variables=("u", "v", "w"))
def rossler(t, x, a=0.2, b=0.2, c=5.7, weights=(1.0, 2.0), scheme="plain", on=True, nothing=None):
    """A Rossler system."""
    del t, scheme, on, nothing
    x, y, z = x
    return -y - z, x + a * y, weights[0] * b + z * (x - c)


@cc.map(x0=[0.3], dt=2)
def logistic(n, x, r=4):
    del n
    return r * x * (1 - x)


def test_a_flow_from_a_function():
    system = rossler(c=9, weights=[3, 4])
    assert isinstance(system, cc.Flow) and type(system).__name__ == "rossler" and system.__doc__ == "A Rossler system."
    assert system.variables == ("u", "v", "w") and system.dim == 3
    np.testing.assert_array_equal(system.default_state(), [1.0, 2.0, 3.0])
    assert system.default_state().dtype == jnp.float64
    assert float(system.c) == 9.0 and system.c.dtype == jnp.float64
    np.testing.assert_array_equal(system.weights, [3.0, 4.0])
    assert system.scheme == "plain" and system.on is True and system.nothing is None
    velocity = as_point(system.vector_field(0.0, system.default_state()))
    np.testing.assert_allclose(velocity, [-2 - 3, 1 + 0.4, 0.6 + 3 * (1 - 9)])
    assert float(system.divergence(0.0, system.default_state())) == pytest.approx(0.2 + 1 - 9)
    leaves = jax.tree.leaves(system)
    assert len(leaves) == 4  # a, b, c, weights; the rest is static
    with pytest.raises(CocycleError, match=r"rossler has no parameter 'd'"):
        system.replace(d=1)
    with pytest.raises(TypeError, match="d"):
        rossler(d=1)


def test_a_map_from_a_function():
    system = logistic()
    assert isinstance(system, cc.Map) and float(system.dt) == 2.0
    np.testing.assert_allclose(system.step(0, jnp.asarray([0.25])), [0.75])
    run = cc.trajectory(logistic(r=2.0), time=20.0)
    assert run.dt == pytest.approx(2.0) and len(run) == 11
    assert float(run.states[-1, 0]) == pytest.approx(0.5)  # the superstable fixed point
    assert float(jax.grad(lambda r: logistic(r=r).step(0, jnp.asarray([0.5]))[0])(3.0)) == 0.25


def test_the_same_function_made_twice_shares_no_parameters():
    one, other = rossler(a=1), rossler(a=2)
    assert float(one.a) == 1.0 and float(other.a) == 2.0 and type(one) is type(other)


def test_functions_that_cannot_be_systems():
    for name in ("replace", "variables", "dim", "vector_field", "observe", "card"):
        with pytest.raises(CocycleError, match=f"may not be called '{name}'"):
            exec(f"@cc.flow(x0=[1.0])\ndef f(t, x, {name}=1.0):\n    return x", {"cc": cc})
    with pytest.raises(CocycleError, match=r"`f` must take \(t, x\) first"):

        @cc.flow(x0=[1.0])
        def f(x):
            return x

    with pytest.raises(CocycleError, match=r"`g` must take \(n, x\) first"):

        @cc.map(x0=[1.0])
        def g(n, x=3.0):
            return n, x

    with pytest.raises(CocycleError, match=r"\*args and \*\*kwargs cannot be fields"):

        @cc.flow(x0=[1.0])
        def h(t, x, *rest):
            return t, x, rest

    with pytest.raises(CocycleError, match="give the parameter 'a' a default"):

        @cc.flow(x0=[1.0])
        def k(t, x, a):
            return t, x, a

    with pytest.raises(CocycleError, match="x0 must be a list of numbers"):

        @cc.flow(x0=3.0)
        def m(t, x):
            return t, x

    with pytest.raises(CocycleError, match="2 variable names for a state of 1"):

        @cc.flow(x0=[1.0], variables=("a", "b"))
        def n(t, x):
            return t, x


def test_keyword_only_parameters_and_defaults_of_other_kinds():
    @cc.flow(x0=[1.0])
    def f(t, x, *, a=2, table=((1, 2), (3, 4)), rule=jnp.tanh):
        del t
        return a * rule(x) + table[1][1]

    made = f()
    np.testing.assert_allclose(made.vector_field(0.0, jnp.asarray([0.0])), [4.0])
    assert made.table.shape == (2, 2) and made.rule is jnp.tanh


# -- cards, errors --------------------------------------------------------------------------------------------------


def test_cards_check_themselves():
    facts = {"title": "A", "equation": "", "cite": ()}
    with pytest.raises(CocycleError, match="a disputed status needs a reason"):
        Card(variables=("x",), status=Status.DISPUTED, **facts)
    with pytest.raises(CocycleError, match="2 variable names for a state of 3"):
        Card(variables=("x", "y"), state=(1.0, 2.0, 3.0), **facts)
    card = three = Card(
        variables=("u",), state=(1.0, 2.0, 3.0), known={"lyapunov": Known(0.9, Source.EXACT, "Eq. 1", 0.1)}, **facts
    )
    with pytest.raises(TypeError):
        card.known["other"] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        card.title = "B"

    class Field(Spiral):
        card: ClassVar[Card | None] = three

        def vector_field(self, t, x):
            del t
            return x

    assert Field().variables == ("u0", "u1", "u2")


def test_suggestions():
    known = ["Lorenz63", "Lorenz96", "Rossler"]
    assert suggestion("lorenz63", known).startswith(" Did you mean 'Lorenz63'")
    assert suggestion("xyzzy", known) == ""
    assert suggestion("Rosler", known) == " Did you mean 'Rossler'?"


def test_errors_are_value_errors_and_carry_where():
    assert issubclass(cc.CocycleError, ValueError)
    error = cc.NumericalError("diverged", time=3.0, state=[1.0])
    assert error.time == 3.0 and error.state == [1.0] and isinstance(error, ArithmeticError)
    assert issubclass(cc.EstimationError, cc.NumericalError)
    assert issubclass(cc.DataError, cc.CocycleError)
    assert str(pickle.loads(pickle.dumps(cc.DataError("row 3")))) == "row 3"
