"""The equations of cards: what their LaTeX means, against values worked out by hand; and that a wrong one is caught."""

import dataclasses
import math
from typing import Any, ClassVar

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle import systems
from cocycle.core import Card
from cocycle.testing._latex import EquationError, Equations, read, rule
from cocycle.testing._subject import Subject
from cocycle.testing._system_equation import check_equation


def card(equation, variables, **changes):
    fields = dict(title="A test", equation=equation, cite=("nobody",), variables=variables, period=1.0)
    return Card(**{**fields, **changes})


def system(base, equation, variables, state, symbols=(), **members):
    """An instance of a new class of a kind, with a card and whatever its kind demands."""
    own = {"card": card(equation, variables, symbols=dict(symbols)), "default_state": lambda self: jnp.array(state)}
    for name in base.__abstractmethods__:
        own.setdefault(name, lambda self, *args: None)
    cls = type("Toy", (base,), {**own, **members, "__annotations__": {"card": ClassVar}})
    return cls()


def gives(made, x, **at):
    """The rule that the card of a system states, at one state."""
    return rule(Equations(made), np.array(x, float)[:, None], **at)[:, 0]


PARAMETERS = {"a": 2.0, "b": 3.0, "k1": 5.0, "k_2": 7.0, "I_ext": 11.0, "sigma": 13.0, "lam": 17.0, "omega": 19.0}
PARAMETERS |= {"A": np.array([[1.0, 2.0], [3.0, 4.0]]), "w": np.array([10.0, 20.0])}
X, Y, T = 0.5, -1.5, 0.25


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # products, fractions, powers
        ("a x y", 2 * X * Y),
        ("2x - 3y", 2 * X - 3 * Y),
        ("-x^2", -0.25),
        ("a x^{-1} + x^2 y", 4 + 0.25 * Y),
        (r"\frac{a}{b}x", X * 2 / 3),
        (r"\frac12 x + \tfrac{1}{4}\, y", X / 2 + Y / 4),
        ("x/2 + 1/a", 0.75),
        ("3/4 x", 0.375),
        ("1 - 2 - 3", -4),
        ("a \\cdot 10^{-1} \\times 5", 1.0),
        (r"\sqrt{2 x} + \sqrt[3]{8}", 3),
        (r"|x| + |y| - |x + |y||", 0.0),
        (r"|x|\,|y|^2 |y|", 0.5 * 1.5**3),
        (r"\{[(x + 1) a] - 1\} b", 6),
        (r"\left( x + 1 \right) \bigl[ a - 1 \bigr]", 1.5),
        # symbols: parameters under their usual spellings, constants, time
        (r"k_1 + k_{2}", 12),
        (r"I_{ext} + I_{\text{ext}} + I_{\mathrm{ext}}", 33),
        (r"\sigma + \lambda", 30),
        (r"\pi e + t", math.pi * math.e + T),
        # functions; without brackets they take the product that follows
        (r"\sin x + \cos(y) x", math.sin(X) + math.cos(Y) * X),
        (r"\sin^2 x + \cos^2 x", 1),
        (r"\sin x^2", math.sin(0.25)),
        (r"\sin(x)^2", math.sin(X) ** 2),
        (r"a \sin \omega t \cos x", 2 * math.sin(19 * T) * math.cos(X)),
        (r"\sin 2\pi x\, y", Y * math.sin(math.pi)),
        (r"\cos \omega t (1 - x)", math.cos(19 * T) / 2),
        (r"\tanh \frac{x}{a} - y", math.tanh(0.25) - Y),
        (r"e^{-x^2} - \exp(-x^2) + \ln a", math.log(2)),
        (r"\arctan x + \operatorname{sgn}(y) + \operatorname{sech} x", math.atan(X) - 1 + 1 / math.cosh(X)),
        (r"\operatorname{H}(x) - \operatorname{H}(y)", 1),
        (r"\max(x, y, 0) + \min\{x, y\}", X + Y),
        (r"[x]_+ + (y)_+", X),
        (r"\lfloor 3 x \rfloor + \lceil y \rceil", 0),
        (r"7 x \bmod 1", 0.5),
        (r"y \pmod{2\pi}", Y + 2 * math.pi),
        # cases
        (r"\begin{cases} x & x < 0 \\ a x & \text{otherwise} \end{cases}", 1),
        (r"b + \begin{cases} 1 & \text{if } 0 \le x < 1, \\ 2 & x \ge 1, \\ 3 & x < 0 \end{cases}", 4),
        (r"\begin{cases} 1 & y > 0 \text{ and } x > 0 \\ 2 & y \ne 0, x = \tfrac12 \end{cases}", 2),
        # sums, and arrays
        (r"\sum_{j=1}^{3} j^2", 14),
        (r"\sum_{j=0}^{2} x^j + 1", 2.75),
        (r"\prod_{k=1}^{4} k", 24),
        (r"\sum_j w_j - w_1", 20),
        (r"A_{12} + A_{2,1}", 5),
        (r"\sum_i \sum_{j \ne i} A_{ij} w_j", 2 * 20 + 3 * 10),
        (r"\sum_{i,j} A_{ij}", 10),
        (r"\sum_{i<j} A_{ij}", 2),
        (r"\sum_i w_i \max_j A_{ij}", 2 * 10 + 4 * 20),
        # what other equations define
        (r"u + 1,\ u = x y", X * Y + 1),
        (r"f(a) - f(x, ),\ f(z) = z^2", None),
        (r"f(a) - x f(y + 1),\ f(z) = z^2 + v,\ v = x", 4.5 - X * 0.75),
        (r"g(x, a),\ g(y, z) = y - z", X - 2),
        (r"\alpha_m(x) + \alpha_n,\ \alpha_m(v) = a v,\ \alpha_n = b", 4),
        (r"\tilde x + r^2,\ \tilde x = 1,\ r^2 = x^2 + y^2", 3.5),
    ],
)
def test_expression(expression, value):
    made = system(cc.Flow, rf"\dot x = {expression},\ \dot y = 0", ("x", "y"), [X, Y], **PARAMETERS)
    if value is None:
        with pytest.raises(EquationError):
            gives(made, [X, Y], t=T)
    else:
        np.testing.assert_allclose(gives(made, [X, Y], t=T), [value, 0], rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize(
    ("equation", "variables", "x", "expected"),
    [
        (r"3 \dot w = v,\ \frac{1}{2} \dot{v} = 1", ("v", "w"), (6, 0), (2, 2)),
        (r"\dot v + v = w,\ -\dot w = \dot v", ("v", "w"), (1, 4), (3, -3)),
        (r"\ddot x + \dot x = -x", ("x", "v"), (2, 3), (3, -5)),
        (r"\ddot x_1 = x_2,\ \ddot x_2 = -\dot x_1", ("x1", "x2", "v1", "v2"), (1, 2, 3, 4), (3, 4, 2, -3)),
        (
            r"\dot\theta_1 = \theta_2,\ \dot\theta_{2} = x_a,\ \dot x_a = 0",
            ("theta1", "theta2", "x_a"),
            (1, 2, 3),
            (2, 3, 0),
        ),
        (r"\dot z = (1 + i) z,\ z = x + i y", ("x", "y"), (1, 2), (-1, 3)),
        (r"\dot z = i \bar z |z|^2 + \operatorname{Re} z,\ z = x + i y", ("x", "y"), (1, 2), (11, 5)),
        # lattices: cyclic, of one name or of several
        (r"\dot x_i = x_{i+1} - 2 x_{i-2}", ("x",), (1, 2, 3, 4), (2 - 6, 3 - 8, 4 - 2, 1 - 4)),
        (r"\dot x_i = x_{i+1},\ x_0 = x_{N+1} = 7", ("x1", "x2", "x3"), (1, 2, 3), (2, 3, 7)),
        (r"\dot x_i = x_{i-1} x_i, \quad i = 1, \dots, n", ("x1", "x2", "x3"), (1, 2, 3), (3, 2, 6)),
        (r"\dot x_i = x_i + i \delta_{i2},\ \dot x_0 = 0, i = 0, \dots, N - 1", ("x",), (1, 2, 3), (0, 2, 5)),
        (r"\dot x_i = x_i + i \delta_{i2},\ \dot x_1 = 0", ("x",), (1, 2, 3), (0, 4, 3)),
        (r"\dot x_i = y_i,\ \dot y_i = -x_{i+1}", ("x", "y"), (1, 2, 3, 4), (3, 4, -2, -1)),
        (r"\dot x_i = \sum_j (x_j - x_i) - \sum_{j \ne i} x_j", ("x",), (1, 2, 4), (7 - 3 - 6, 7 - 6 - 5, 7 - 12 - 3)),
        (r"\dot x_i = \sum_{j=i-1}^{i+1} x_j", ("x",), (1, 2, 3, 4), (7, 6, 9, 8)),
        (r"\dot x_i = i m_{i+1},\ m_j = \sum_i x_i + x_j", ("x",), (1, 2, 3), (8, 18, 21)),
        (r"\dot z_j = i z_{j+1},\ z_j = x_j + i y_j", ("x", "y"), (1, 2, 3, 4), (-4, -3, 2, 1)),
        (
            r"\dot Y_{j,k} = Y_{j+1,k},\ Y_{j+N,k} = Y_{j,k+1}",
            ("Y1_1", "Y2_1", "Y1_2", "Y2_2"),
            (1, 2, 3, 4),
            (2, 3, 4, 1),
        ),
    ],
)
def test_flow(equation, variables, x, expected):
    made = system(cc.Flow, equation, variables, [float(v) for v in x], N=3 if len(x) == 3 else 2)
    np.testing.assert_allclose(gives(made, x), expected, rtol=1e-13)


@pytest.mark.parametrize(
    ("equation", "variables", "x", "expected"),
    [
        (r"x_{n+1} = x_n^2 + y_n,\ y_{n+1} = x_{n+1} - y_n", ("x", "y"), (2, 3), (7, 4)),
        (r"x_{t+1} = 2 x_t \pmod{1}", ("x",), (0.75,), (0.5,)),
        (r"x' = x y,\ y' = x' + 1", ("x", "y"), (2, 3), (6, 7)),
        (r"z_{n+1} = i z_n + 1,\ z = x + i y", ("x", "y"), (2, 3), (-2, 2)),
        (r"x_i' = f(x_i) + f(x_{i+1}),\ f(x) = x^2", ("x",), (1, 2, 3), (5, 13, 10)),
        (r"x_i^{n+1} = (x_i^n)^2 + x_{i-1}^n", ("x",), (1, 2, 3), (4, 5, 11)),
        (r"x_{i,n+1} = x_{i-1,n}", ("x",), (1, 2, 3), (3, 1, 2)),
    ],
)
def test_map(equation, variables, x, expected):
    np.testing.assert_allclose(gives(system(cc.Map, equation, variables, [float(v) for v in x]), x), expected)


def test_hamiltonian_and_lagrangian():
    H = r"H = \tfrac12 p_1^2 + \frac{p_2^2}{2 q_1^2} + |q_2|^3"
    made = system(cc.HamiltonianFlow, H, ("q1", "q2", "p1", "p2"), [1.0, 1.0, 0.0, 0.0])
    np.testing.assert_allclose(gives(made, (2, -1, 3, 4)), (3, 1, 16 / 8, 3), rtol=1e-14)
    # a bead on a rotating parabola: (1 + q^2) v' = -q v^2 - q
    L = r"L = \tfrac12 (1 + q^2) \dot q^2 - \tfrac12 q^2"
    made = system(cc.LagrangianFlow, L, ("q", "v"), [1.0, 0.0])
    np.testing.assert_allclose(gives(made, (2, 3)), (3, (-2 * 9 - 2) / 5), rtol=1e-10)


def test_vectors_of_a_lattice():
    H = r"H = \sum_i \frac{|p_i|^2}{2 w_i} - \sum_i \sum_{j<i} \frac{1}{|q_i - q_j|}"
    read_state = {
        "positions": lambda self, x: jnp.reshape(x[:4], (2, 2)),
        "momenta": lambda self, x: jnp.reshape(x[4:], (2, 2)),
    }
    names = {"q": "positions", "p": "momenta"}
    made = system(cc.HamiltonianFlow, H, ("q", "p"), [0.0] * 8, names, w=np.array([1.0, 2.0]), **read_state)
    force = np.array([3, 4]) / 125
    np.testing.assert_allclose(gives(made, (0, 0, 3, 4, 5, 6, 8, 9)), (5, 6, 4, 4.5, *force, *-force), rtol=1e-14)


def test_delays():
    for equation in (
        r"\dot x = a x_\tau - x",
        r"\dot x(t) = a x(t - \tau) - x(t)",
        r"\dot x = a u - x,\ u = x(t - \tau)",
    ):
        made = system(cc.DelayFlow, equation, ("x",), [1.0], a=2.0, tau=3.0, delays=np.array([1.0, 3.0]))
        np.testing.assert_allclose(gives(made, (5,), past=np.array([[[10.0]], [[20.0]]])), [35])
    with pytest.raises(EquationError, match=r"taken 4 ago, but the delays of the class are \[1\. 3\.\]"):
        wrong = system(cc.DelayFlow, r"\dot x = x(t - 4)", ("x",), [1.0], delays=np.array([1.0, 3.0]))
        gives(wrong, (5,), past=np.zeros((2, 1, 1)))


def test_noise():
    equation = r"dx = -x\,dt + y\,dW_1 + 2\,dW_2,\ 2\,dy = (x + y)\,dt + 4\,dW_1"
    made = system(cc.StochasticFlow, equation, ("x", "y"), [1.0, 1.0])
    np.testing.assert_allclose(gives(made, (2, 3)), (-2, 2.5))
    np.testing.assert_allclose(gives(made, (2, 3), dt=0.0, noise=np.array([1.0, 0.0])), (3, 2))
    np.testing.assert_allclose(gives(made, (2, 3), dt=0.0, noise=np.array([0.0, 1.0])), (2, 0))
    lattice = system(cc.StochasticFlow, r"dx_i = x_{i+1}\,dt + x_i\,dW_i", ("x",), [1.0, 1.0, 1.0])
    np.testing.assert_allclose(gives(lattice, (2, 3, 4)), (3, 4, 2))
    np.testing.assert_allclose(gives(lattice, (2, 3, 4), dt=0.0, noise=np.array([0.0, 1.0, 0.0])), (0, 3, 0))


def test_random_maps():
    equation = r"x_{n+1} = \sum_{k=1}^{2} w_k x_{n+1-k} + \sigma \xi_n \text{ with Gaussian } \xi_n"
    made = system(cc.RandomMap, equation, ("x",), [1.0, 2.0], w=np.array([10.0, 20.0]), sigma=2.0)
    np.testing.assert_allclose(gives(made, (1, 2), noise=np.array([0.25])), (50.5, 1))

    class Births(cc.RandomMap):
        k: Any = cc.param(2.0)
        card: ClassVar = card(r"x \to x + 1 \text{ at the rate } k,\ (x, y) \to (x - 1, y + 2): k x y", ("x", "y"))
        stoichiometry: ClassVar = ((1, 0), (-1, 2))
        default_state = lambda self: jnp.array([3.0, 4.0])  # noqa: E731
        step = lambda self, n, x, key: x  # noqa: E731
        propensities = lambda self, x: (self.k, self.k * x[0] * x[1])  # noqa: E731

    assert check_equation(Subject(Births())) is None
    for right, wrong, sentence in (("x + 1", "x + 2", "the jumps of the card are"), ("k x y", "k x", "the rate of")):
        broken = dataclasses.replace(Births.card, equation=Births.card.equation.replace(right, wrong))
        with pytest.raises(AssertionError, match=sentence):
            check_equation(
                Subject(type("Broken", (Births,), {"card": broken, "__annotations__": {"card": ClassVar}})())
            )


N, LENGTH = 16, 5.0
K = 2 * math.pi / LENGTH


def field(equation, x, shape=(N,), variables=("u",), **members):
    members.setdefault(
        "fields", lambda self, x: np.reshape(x, shape if len(variables) == 1 else (len(variables), *shape))
    )
    made = system(cc.SemilinearFlow, equation, variables, np.ravel(x), length=LENGTH, **members)
    return gives(made, np.ravel(x)).reshape(np.shape(x))


def test_fields():
    s = K * LENGTH / N * np.arange(N)
    u, c = np.sin(s), np.cos(s)
    close = lambda got, expected: np.testing.assert_allclose(got, expected, atol=1e-11)  # noqa: E731
    close(field(r"u_t = u u_x - 3 u_{xx}", u), K * u * c + 3 * K**2 * u)
    close(field(r"\partial_t u = \partial_x (u^2) + (u^2)_x", u), 4 * K * u * c)
    close(field(r"u_t + u_x = -[2 - (1 + \nabla^2)^2] u", u), -K * c - (2 - (1 - K**2) ** 2) * u)
    close(field(r"2 u_t = |\partial_x| u", u), K * u / 2)
    close(field(r"u_t - u_{xxt} = u_x", u), K * c / (1 + K**2))
    close(field(r"u_t = v_x,\ v_t = -u", np.stack([u, c]), variables=("u", "v")), [-K * u, -u])
    plane = np.sin(s)[:, None] * np.cos(2 * s)
    expected = -5 * K**2 * plane + K * np.cos(s)[:, None] * np.cos(2 * s) - 2 * K * np.sin(s)[:, None] * np.sin(2 * s)
    close(field(r"u_t = \nabla^2 u + u_x + u_y", plane, (N, N)), expected)


def test_vectors_means_and_stream_functions():
    s = K * LENGTH / N * np.arange(N)
    u, v = np.sin(s)[:, None] + 0 * s, np.cos(s)[:, None] * np.sin(s)
    ux, vx, vy = K * np.cos(s)[:, None], -K * np.sin(s)[:, None] * np.sin(s), K * np.cos(s)[:, None] * np.cos(s)
    close = lambda got, expected: np.testing.assert_allclose(got, expected, atol=1e-11)  # noqa: E731
    both = field(r"u_t = \nabla \cdot (u \nabla v),\ v_t = |\nabla v|^2", np.stack([u, v]), (N, N), ("u", "v"))
    close(both, [ux * vx - 2 * K**2 * u * v, vx**2 + vy**2])
    close(field(r"u_t = u - \langle u^2 \rangle", u, (N, N)), u - 0.5)
    close(field(r"u_t = \psi_y + 3 \psi,\ -\nabla^2 \psi = u", v, (N, N)), (vy + 3 * v) / (2 * K**2))
    close(field(r"u_t = \cos(2 \pi x / L) u_x", np.sin(s), L=LENGTH), K * np.cos(s) ** 2)


def test_interval():
    x = -np.cos(np.pi * np.arange(10) / 9)
    made = system(
        cc.SemilinearFlow, r"u_t = a u_{xx} + u u_x,\ u(-1) = b,\ u(1) = a", ("u",), x[1:-1], a=2.0, b=0.0, grid=x[1:-1]
    )
    u = 1 + x**5  # 0 and 2 at the ends
    np.testing.assert_allclose(gives(made, u[1:-1]), (40 * x**3 + u * 5 * x**4)[1:-1], rtol=1e-11)


def test_complex_field():
    s = K * LENGTH / N * np.arange(N)
    read_field = {"fields": None, "field": lambda self, x: jnp.split(x, 2)[0] + 1j * jnp.split(x, 2)[1]}
    got = field(r"i A_t = -\tfrac12 A_{xx} - |A|^2 A", np.stack([np.cos(s), np.sin(s)]), variables=("A",), **read_field)
    rate = -1j * (K**2 / 2 - 1)  # of the plane wave
    wave = rate * np.exp(1j * s)
    np.testing.assert_allclose(got, [wave.real, wave.imag], atol=1e-12)


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        (r"\dot x = \foo x,\ \dot y = 0", r"cannot read '\\\\foo' at '\\\\foo x"),
        (r"\dot x = (x + y,\ \dot y = 0", r"no equals sign|expected '\)'"),
        (r"\dot x = x),\ \dot y = 0", r"cannot read '\)' at '\)"),
        (r"\dot x = x / a y,\ \dot y = 0", "`a / b c` can be read in two ways"),
        (r"\dot x = \sin^{-1} x,\ \dot y = 0", "can be read in two ways"),
        (r"\dot x = ,\ \dot y = 0", "an expression is missing"),
        (r"\dot x = \frac{x}{y,\ \dot y = 0", "a brace is not closed"),
        (r"\dot x + 1,\ \dot y = 0", "no equals sign in"),
        (r"\dot x = q x,\ \dot y = 0", "no meaning is known for the symbol 'q'; known are: x, y, a, w"),
        (r"\dot x = w,\ \dot y = 0", r"'w' is an array of shape \(2,\): write its index"),
        (r"\dot x = y", "no equation says how y moves"),
        (r"\dot x = \dot y,\ \dot y = \dot x", "recursion"),
        (r"\dot x = i y,\ \dot y = 0", "gives complex values for a real variable"),
        (r"\dot z = 1,\ \dot x = 0,\ \dot y = 0", "'z' is no variable; the variables are: x, y"),
        (r"\dot x = f(x),\ f(a, b) = a,\ \dot y = 0", "f takes 2 arguments, not 1"),
        (r"\dot x = \sum_k 1,\ \dot y = 0", "cannot tell over what the sum over k runs"),
        (r"\dot x = \begin{cases} 1 \\ 2 & x > 0 \end{cases},\ \dot y = 0", "one & between value and condition"),
        (r"x + y = 1,\ \dot x = 0,\ \dot y = 0", "moves no variable and defines no symbol"),
    ],
)
def test_error(equation, message):
    made = system(
        cc.Flow, equation, ("x", "y"), [X, Y], a=1.0, w=np.ones(2), parameters=lambda self: {"a": 1.0, "w": 2.0}
    )
    with pytest.raises(AssertionError, match=f"Toy: the equation of the card cannot be evaluated: .*(?:{message})"):
        check_equation(Subject(made))


def test_a_rule_in_words_is_not_evaluated():
    words = system(cc.Map, r"x_{n+1} \text{ is drawn with the chance } p_n,\ p_n = x_n", ("x",), [1.0])
    assert check_equation(Subject(words)) == "the card gives the rule in words"
    half = system(cc.Flow, r"\dot x = y,\ \text{and so on}", ("x", "y"), [1.0, 1.0], vector_field=lambda s, t, x: x)
    with pytest.raises(AssertionError, match="no equation says how y moves"):
        check_equation(Subject(half))
    plain = cc.flow(x0=[1.0])(lambda t, x: -x)()
    assert check_equation(Subject(plain)) == "no card"
    reading = read(r"\dot x_i = x_i, \quad i = 0, 1, \dots, n,\ x_i \ge 0,\ y = 2 \text{ by choice}")
    assert reading.remarks == ["1", "i=0", "dots", "n", "x_ige0", "by choice"]
    assert (len(reading.equations), reading.first) == (2, 0)


class Switch(cc.Flow):
    """Equal parameters, one that is zero, time, and a branch away from the default state."""

    a: Any = cc.param(1.0)
    b: Any = cc.param(1.0)
    c: Any = cc.param(0.0)
    card: ClassVar = card(r"\dot x = a y - b \max(x, 0),\ \dot y = -x + c x y + a \cos t", ("x", "y"), state=(1.0, 2.0))

    def vector_field(self, t, x):
        x, y = x
        return self.a * y - self.b * jnp.maximum(x, 0), -x + self.c * x * y + self.a * jnp.cos(t)


WRONG = [
    (Switch, "a y - b", "b y - a"),
    (Switch, "+ c x y", ""),
    (Switch, r"\max(x, 0)", "x"),
    (Switch, r"\cos t", "1"),
    (systems.Lorenz63, "- y,", "+ y,"),
    (systems.Lorenz63, r"- \beta z", ""),
    (systems.FitzHughNagumo, "v^3/3", "v^3/2"),
    (systems.FitzHughNagumo, r"\tau \dot w", r"\dot w"),
    (systems.Chua, "|x-1|", "|x-2|"),
    (systems.Duffing, r"\omega t", "t"),
    (systems.Henon, "1 - a", "1 + a"),
    (systems.StandardMap, r"\theta_n \pmod{2\pi}", r"\theta_n"),
    (systems.StandardMap, "p_{n+1} \\pmod", "p_n \\pmod"),
    (systems.Ikeda, r"- i \alpha", r"+ i \alpha"),
    (systems.Lorenz96, "x_{i-2}", "x_{i-1}"),
    (systems.Kuramoto, r"\theta_j - \theta_i", r"\theta_i - \theta_j"),
    (systems.CoupledMapLattice, "x_{i+1}", "x_i"),
    (systems.HenonHeiles, r"\tfrac13", r"\tfrac12"),
    (systems.DoublePendulum, r"m_2 g l_2 \cos q_2", r"m_1 g l_2 \cos q_2"),
    (systems.MackeyGlass, r"- \gamma x,", r"- \gamma x_\tau,"),
    (systems.DoubleWell, r"\sigma\,dW", r"2 \sigma\,dW"),
    (systems.KuramotoSivashinsky, "- u_{xx} -", "+ u_{xx} -"),
    (systems.NonlinearSchroedinger, r"i \psi_t", r"-i \psi_t"),
    (systems.ComplexGinzburgLandau, "(1 + i c)", "(1 - i c)"),
    (systems.NavierStokesVorticity, r"\nabla^2 \psi = -\omega", r"\nabla^2 \psi = \omega"),
    (systems.HeatRod, "u(1) = b", "u(1) = a"),
    (systems.Lorenz96TwoScale, "= Y_{j,k+1}", "= Y_{j,k}"),
    (systems.NBody, "|q_i - q_j|}", "|q_i - q_j|^2}"),
    (systems.StochasticHopf, r"\sigma\,dW_2", r"\sigma\,dW_1"),
    (systems.Autoregressive, "a_k x_{n+1-k}", "a_k x_n"),
    (systems.BirthDeath, r"\gamma x", r"\gamma"),
]


@pytest.mark.parametrize(("cls", "right", "wrong"), WRONG, ids=lambda v: getattr(v, "__name__", None))
def test_a_wrong_equation_is_caught(cls, right, wrong, monkeypatch):
    subject = Subject(cls())
    assert check_equation(subject) is None
    assert right in cls.card.equation
    monkeypatch.setattr(cls, "card", dataclasses.replace(cls.card, equation=cls.card.equation.replace(right, wrong)))
    with pytest.raises(AssertionError, match="the equation of the card is not the rule"):
        check_equation(subject)


@pytest.mark.parametrize(
    ("cls", "changes", "message"),
    [
        (systems.Lorenz96, {"symbols": {"F": "force"}}, "the card calls 'F' 'force', which the class does not have"),
        (systems.Lorenz63, {"symbols": {"r": "rho"}}, "the card explains symbols that its equation lacks: r"),
        (systems.Lorenz63, {"equation": systems.Lorenz63.card.equation + r",\ s = x y"}, "nothing uses what .*: s"),
        (systems.Lorenz63, {"equation": systems.Lorenz63.card.equation + r" = x^2"}, "says two things of z"),
        (systems.DoubleWell, {"equation": r"dx = (a x - b x^3)\,dt + \sigma \circ dW"}, "calculus is 'ito'"),
        (systems.HeatRod, {"equation": "u_t = D u_{xx},\\ u(-1) = a,\\ u(0) = b"}, "the grid does not lie between"),
        (systems.NoisyLogistic, {"equation": r"x_{n-1} = r x_n \text{ and so on}"}, "no equation says how x moves"),
    ],
)
def test_other_faults_of_a_card(cls, changes, message, monkeypatch):
    monkeypatch.setattr(cls, "card", dataclasses.replace(cls.card, **changes))
    with pytest.raises(AssertionError, match=message):
        check_equation(Subject(cls()))
