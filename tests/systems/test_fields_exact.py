"""Fields on grids against exact solutions, conserved quantities, and rates and derivatives from elsewhere."""

import math

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle import systems as s
from cocycle.systems import CATALOGUE
from cocycle.systems.pde import _chebyshev as chebyshev


@eqx.filter_jit
def field(system, x):
    return system.vector_field(0.0, x)


@eqx.filter_jit
def field_along(system, x, direction):
    """The derivative of the rule."""
    return jax.jvp(lambda y: system.vector_field(0.0, y), (x,), (direction,))[1]


def end(system, time, x0, dt):
    """The state after `time`, in steps of `dt`."""
    return np.asarray(cc.trajectory(system, time, dt=time, x0=x0, solver=cc.evolve.ETDRK4(dt=dt)).states[-1])


# -- exact solutions ----------------------------------------------------------------------------------------------


def test_advection_and_diffusion():
    system = s.AdvectionDiffusion(n=16, dimensions=2)
    x = np.asarray(system.grid)
    x, y = x[:, None], x[None, :]

    def wave(t):
        moved = np.cos(2 * (x - t) + 3 * y) * math.exp(-13 * 0.05 * t) + np.sin(x - t + 0 * y) * math.exp(-0.05 * t)
        return np.ravel(moved)

    np.testing.assert_allclose(end(system, 2.0, wave(0), 0.5), wave(2), atol=1e-12)
    np.testing.assert_allclose(system.solution(jnp.asarray(wave(0)), 2.0), wave(2), atol=1e-12)


def test_burgers():
    # theta = 1 + a e^(-nu t) cos x solves the heat equation
    system = s.Burgers(nu=0.2)
    x = np.asarray(system.grid)

    def exact(t):
        decayed = 0.9 * math.exp(-0.2 * t)
        return 0.4 * decayed * np.sin(x) / (1 + decayed * np.cos(x))

    np.testing.assert_allclose(end(system, 3.0, exact(0), 0.02), exact(3), atol=1e-8)
    np.testing.assert_allclose(system.solution(jnp.asarray(exact(0)), 3.0), exact(3), atol=1e-11)
    # seen from a moving train: after 2 pi / 0.7 back where it was
    turn = 2 * math.pi / 0.7
    moved = end(system, turn, exact(0) + 0.7, 0.02)
    np.testing.assert_allclose(moved, exact(turn) + 0.7, atol=1e-8)
    np.testing.assert_allclose(system.solution(jnp.asarray(exact(0) + 0.7), turn), moved, atol=1e-8)


def hirota(x, t, speeds, places):
    """Two solitons of u_t + 6 u u_x + u_xxx = 0, as twice the curvature of a logarithm."""
    k, m = np.sqrt(speeds)
    a = ((k - m) / (k + m)) ** 2

    def log(x):
        f = jnp.exp(k * (x - places[0]) - k**3 * t)
        g = jnp.exp(m * (x - places[1]) - m**3 * t)
        return jnp.log(1 + f + g + a * f * g)

    return 2 * jax.vmap(jax.grad(jax.grad(log)))(jnp.asarray(x))


def test_korteweg_de_vries():
    system = s.KortewegDeVries(length=60.0, n=192)
    x = np.asarray(system.grid)
    start, later = (hirota(x, t, (1.5, 0.6), (20.0, 30.0)) for t in (0.0, 16.0))
    assert np.abs(start - later).max() > 0.5
    np.testing.assert_allclose(end(system, 16.0, start, 0.02), later, atol=2e-5)
    alone = s.KortewegDeVries(a=2.0, b=0.5)
    np.testing.assert_allclose(
        end(alone, 5.0, alone.soliton(1.0, 10.0), 0.02), alone.soliton(1.0, 10.0, 5.0), atol=1e-5
    )
    # mass, momentum and energy of a soliton, by its integrals
    got = alone.invariants(alone.soliton(1.0, 10.0))
    height, kappa = 1.5, math.sqrt(0.5)
    assert float(got["mass"]) == pytest.approx(2 * height / kappa, rel=1e-6)
    assert float(got["momentum"]) == pytest.approx(4 / 3 * height**2 / kappa, rel=1e-6)
    energy = 0.25 * 16 / 15 * height**2 * kappa - 2 / 6 * 16 / 15 * height**3 / kappa
    assert float(got["energy"]) == pytest.approx(energy, rel=1e-6)


@pytest.mark.slow
def test_solitary_waves():
    kawahara = s.Kawahara(alpha=1.2, beta=0.8, length=60.0)
    np.testing.assert_allclose(
        end(kawahara, 30.0, kawahara.solitary_wave(20.0), 0.1), kawahara.solitary_wave(20.0, 30.0), atol=1e-6
    )
    bbm = s.BenjaminBonaMahony(n=192)
    np.testing.assert_allclose(
        end(bbm, 10.0, bbm.solitary_wave(2.0, 30.0), 0.05), bbm.solitary_wave(2.0, 30.0, 10.0), atol=1e-5
    )
    ono = s.BenjaminOno()
    np.testing.assert_allclose(end(ono, 20.0, ono.wave(2.5, 10.0), 0.05), ono.wave(2.5, 10.0, 20.0), atol=1e-6)


def test_sine_gordon():
    system = s.SineGordon()
    run = end(system, 7.0, system.breather(0.6), 0.05)
    np.testing.assert_allclose(run, system.breather(0.6, 7.0), atol=1e-5)
    assert float(system.invariants(run)["energy"]) == pytest.approx(16 * 0.8, rel=1e-6)
    met = end(system, 20.0, system.collision(0.5, -10.0), 0.05)
    np.testing.assert_allclose(met, system.collision(0.5, 10.0), atol=2e-4)
    gamma = 1 / math.sqrt(0.75)
    assert float(system.invariants(met)["energy"]) == pytest.approx(16 * gamma, rel=1e-4)


@pytest.mark.slow
def test_phi_four():
    system = s.PhiFour()
    pair = system.collision(0.3)
    assert float(system.invariants(pair)["energy"]) == pytest.approx(4 * math.sqrt(2) / 3 / math.sqrt(0.91), rel=1e-5)
    # the field moves as the kink does: u_t = v, and v_t from the exact wave
    steps = [np.asarray(system.kink(0.3, 15.0, t)[1]) for t in (-1e-4, 1e-4)]
    got = np.asarray(field(system, pair)).reshape(2, -1)
    np.testing.assert_allclose(got[0], pair[128:], atol=1e-12)
    np.testing.assert_allclose(got[1, 12:52], ((steps[1] - steps[0]) / 2e-4)[12:52], atol=1e-5)
    # parted after two bounces, parted at once, captured [campbell1983]: is the middle outside again?
    for w, time in ((0.2, 180.0), (0.4, 80.0)):
        assert end(system, time, system.collision(w), 0.1)[64] > 0.8
    middle = np.asarray(cc.trajectory(system, 250.0, dt=0.5, x0=system.collision(0.18)).states)[-200:, 64]
    assert (np.diff(np.sign(middle)) != 0).sum() > 10


def test_plane_waves():
    for system, t in ((s.LambdaOmega(n=16), 6.0), (s.ComplexGinzburgLandau(b=0.5, c=-0.5, n=16, dimensions=2), 5.0)):
        np.testing.assert_allclose(end(system, t, system.plane_wave(1), 0.02), system.plane_wave(1, t), atol=1e-7)


def test_fisher_front():
    system = s.FisherKPP(length=120.0, D=1.5, r=0.8)

    x = np.asarray(system.grid)
    np.testing.assert_allclose(system.front(80.0, 0.0)[:1], 1.0, atol=1e-8)

    def hill(t):  # a front to the right and its mirror image to the left, far from each other
        ahead = [math.sqrt(0.8 / 9) * (z - 80 - 5 / math.sqrt(6) * math.sqrt(1.2) * t) for z in (x, 120 - x)]
        return 1 / (1 + np.exp(ahead[0])) ** 2 / (1 + np.exp(ahead[1])) ** 2

    np.testing.assert_allclose(end(system, 8.0, hill(0), 0.02), hill(8), atol=1e-5)
    # from a small settlement the front comes near the slowest speed, from below
    default = s.FisherKPP()
    mass = [end(default, t, default.default_state(), 0.05).mean() * 100 for t in (12.0, 17.0)]
    assert default.card.known["front_speed"].value == 2.0
    assert 1.8 < (mass[1] - mass[0]) / 5 / 2 < 2.0


def test_eddies_decay():
    system = s.NavierStokesVorticity(F=0.0, nu=0.05, alpha=0.1)
    x = np.asarray(system.grid)
    x, y = x[:, None], x[None, :]
    eddies = np.ravel(2 * np.cos(x) * np.cos(y))
    np.testing.assert_allclose(end(system, 3.0, eddies, 0.05), eddies * math.exp(-0.2 * 3), atol=1e-12)
    # any field of waves of one length: here 5 = 1 + 4 = 4 + 1
    mixed = np.ravel(np.cos(x + 2 * y) + 0.5 * np.sin(2 * x - y) + 0.3 * np.cos(2 * x + y))
    np.testing.assert_allclose(end(system, 2.0, mixed, 0.05), mixed * math.exp(-0.35 * 2), atol=1e-12)


@pytest.mark.slow
def test_advection_of_vorticity_conserves():
    system = s.NavierStokesVorticity(F=0.0, nu=0.0, n=17, waves=2)
    w = jnp.asarray(np.random.default_rng(4).normal(size=system.dim))
    w = system.from_modes(system.mask * system.to_modes(w - w.mean()))
    rate = field(system, w)
    stream = system.from_modes(system.to_modes(w) / jnp.where(system.laplacian == 0, jnp.inf, -system.laplacian))
    assert jnp.abs(rate).max() > 0.3
    assert abs(float(jnp.vdot(w, rate))) < 1e-10  # enstrophy
    assert abs(float(jnp.vdot(stream, rate))) < 1e-10  # energy


def test_kolmogorov_flow_loses_stability():
    # on a square with four waves of the force, at 9.9669 [chandler2013]
    system = s.NavierStokesVorticity(nu=1 / 9.9669, waves=4)
    x, y = system.angles
    laminar = system.state(-9.9669 / 4 * jnp.cos(4 * y))
    np.testing.assert_allclose(field(system, laminar), 0, atol=1e-12)
    orders = range(-9, 10)
    bumps = jnp.stack([system.state(f(x + m * y)) for m in orders for f in (jnp.cos, jnp.sin)])
    push = jax.vmap(lambda bump: field_along(system, laminar, bump))(bumps)
    matrix = np.asarray(push @ bumps.T).T / (system.dim / 2)
    assert np.linalg.eigvals(matrix).real.max() == pytest.approx(0.0, abs=2e-6)


def test_heat_rod():
    system = s.HeatRod(D=0.7, a=-1.0, b=2.0)
    start = system.line() + system.wave(1) - 0.5 * system.wave(4)
    decays = [math.exp(-0.7 * (j * math.pi / 2) ** 2 * 0.3) for j in (1, 4)]
    exact = system.line() + decays[0] * system.wave(1) - 0.5 * decays[1] * system.wave(4)
    np.testing.assert_allclose(end(system, 0.3, start, 0.1), exact, atol=1e-11)
    np.testing.assert_allclose(system.profile(exact)[jnp.array([0, -1])], [-1.0, 2.0])


def test_differentiation_on_an_interval():
    x, matrix = chebyshev.points(20), chebyshev.differentiation(20)
    np.testing.assert_allclose(matrix @ x**7, 7 * x**6, atol=1e-12)
    np.testing.assert_allclose(matrix @ np.exp(x), np.exp(x), atol=1e-12)


def test_metastable_domain():
    # program 34 of [trefethen2000]: the domain is there at 30 and gone at 70
    system = s.AllenCahnInterval()
    run = np.asarray(cc.trajectory(system, 70.0, dt=10.0).states)
    walls = (np.diff(np.sign(run), axis=1) != 0).sum(axis=1)
    assert list(walls[[0, 3, 7]]) == [3, 3, 1]
    np.testing.assert_allclose(run[-1], np.tanh(np.asarray(system.grid) / math.sqrt(0.02)), atol=2e-3)


# -- rates, thresholds, walls -------------------------------------------------------------------------------------


def growth(system, uniform, order):
    """Rates of the wave with `order` waves along each axis on a uniform state, from the rule's derivative."""
    base = system.state(*uniform)
    wave = sum(k * angle for k, angle in zip(order, system.angles))
    count = len(uniform)
    matrix = np.zeros((count, count))
    for j in range(count):
        bump = system.state(*(jnp.cos(wave) if i == j else 0.0 for i in range(count)))
        push = field_along(system, base, bump)
        matrix[:, j] = np.asarray(push).reshape(count, -1) @ np.ravel(jnp.cos(wave)) / np.sum(np.cos(wave) ** 2)
    return np.linalg.eigvals(matrix).real.max()


@pytest.mark.slow
def test_growth_rates():
    q = 2 * math.pi / 24
    assert growth(s.CahnHilliard(gamma=0.8), [0.3], (2, 1)) == pytest.approx(
        5 * q**2 * (1 - 3 * 0.09 - 0.8 * 5 * q**2), abs=1e-10
    )
    assert growth(s.SwiftHohenberg(), [0.0], (7,)) == pytest.approx(0.3 - (1 - (7 / 8) ** 2) ** 2, abs=1e-10)
    k2 = (3 * 2 * math.pi / 50) ** 2
    assert growth(s.Nikolaevskiy(), [0.0], (3,)) == pytest.approx(k2 * (0.5 - (1 - k2) ** 2), abs=1e-9)
    # the Turing matrix of Schnakenberg's reaction
    k2 = 13 * (2 * math.pi / 40) ** 2
    turing = np.array([[0.8 - k2, 1.0], [-1.8, -1.0 - 20 * k2]])
    system = s.SchnakenbergField()
    rate = np.linalg.eigvals(turing).real.max()
    assert rate > 0
    assert growth(system, [1.0, 0.9], (2, 3)) == pytest.approx(rate, abs=1e-10)
    # and in time
    base = np.asarray(system.state(1.0, 0.9))
    first, second = system.angles
    start = base + 1e-6 * np.asarray(system.state(jnp.cos(2 * first + 3 * second), 0.0))
    sizes = [np.ptp(end(system, t, start, 0.1) - base) for t in (20.0, 40.0)]
    assert math.log(sizes[1] / sizes[0]) / 20 == pytest.approx(rate, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "parameter", "rates"),
    [
        ("SchnakenbergField", "d", lambda d, k: [[0.8 - k, 1.0], [-1.8, -1.0 - d * k]]),
        ("BrusselatorField", "B", lambda B, k: [[B - 1 - k, 4.5**2], [-B, -(4.5**2) - 8 * k]]),
        ("KellerSegel", "chi", lambda chi, k: [[-0.1 * k - 1, chi * k], [1, -k - 1]]),
        ("SwiftHohenberg", "r", lambda r, k: [[r - (1 - k) ** 2]]),
        ("Nikolaevskiy", "r", lambda r, k: [[k * (r - (1 - k) ** 2)]]),
    ],
)
def test_thresholds(name, parameter, rates):
    """At the card's value the fastest of all waves just begins to grow."""
    critical = CATALOGUE[name].card.known[f"bifurcation:{parameter}"].value
    squares = np.linspace(0.05, 4, 4000)
    shifted = (np.array([rates(critical + e, k) for k in squares], float) for e in (-1e-3, 1e-3))
    fastest = [np.linalg.eigvals(matrices).real.max() for matrices in shifted]
    assert fastest[0] < 0 < fastest[1]
    system = CATALOGUE[name]()  # and the matrices are those of the rule
    uniform = {"SchnakenbergField": [1.0, 0.9], "BrusselatorField": [4.5, 7.5 / 4.5], "KellerSegel": [1.0, 1.0]}
    order = (3,) * system.dimensions
    k2 = len(order) * 9 * (2 * math.pi / float(system.length)) ** 2
    mine = np.linalg.eigvals(np.array(rates(float(getattr(system, parameter)), k2), float)).real.max()
    assert growth(system, uniform.get(name, [0.0]), order) == pytest.approx(mine, abs=1e-9)


@pytest.mark.slow
def test_threshold_of_indirect_chemotaxis():
    critical = s.IndirectChemotaxis.card.known["bifurcation:delta"].value
    for delta, grows in ((0.99 * critical, True), (1.01 * critical, False)):
        assert (growth(s.IndirectChemotaxis(delta=delta), [1.0, 1 / delta], (1,)) > 0) == grows
    gathered = end(s.IndirectChemotaxis(), 60.0, None, 0.1)[:64]
    spread = end(s.IndirectChemotaxis.preset("spreading"), 60.0, None, 0.1)[:64]
    assert gathered.max() > 5
    assert np.ptp(spread) < 1e-3
    assert gathered.mean() == pytest.approx(1.0, abs=1e-10)


@pytest.mark.slow
def test_rolls_and_patches():
    system = s.SwiftHohenberg(r=0.01, length=2 * math.pi * 4, n=32)
    rolls = end(system, 1500.0, 0.1 * jnp.cos(system.grid), 0.5)
    assert rolls.max() == pytest.approx(2 * math.sqrt(0.01 / 3), rel=2e-3)
    patch = end(s.SwiftHohenberg.preset("patch"), 300.0, None, 0.1)
    assert np.abs(patch[48:80]).max() > 1
    assert np.abs(np.r_[patch[:20], patch[-20:]]).max() < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("system", [s.AllenCahn(n=32, dimensions=2), s.CahnHilliard(), s.SwiftHohenberg(s=0.5)])
def test_free_energy_falls(system):
    # the rule is minus the gradient of the energy (that of Cahn and Hilliard: its Laplacian)
    rng = np.random.default_rng(5)
    start = system.from_modes(system.mask * system.to_modes(jnp.asarray(rng.normal(size=system.dim))))
    gradient = jax.grad(system.free_energy)(start) / (float(system.length) / system.n) ** system.dimensions
    if isinstance(system, s.CahnHilliard):
        gradient = -system.from_modes(system.laplacian * system.to_modes(gradient))
    np.testing.assert_allclose(field(system, start), -gradient, atol=1e-9 * float(jnp.abs(gradient).max()))


def test_walls():
    # a disc shrinks with its curvature: its area by 2 pi epsilon^2 a unit of time
    system = s.AllenCahn(epsilon=0.08, n=96, dimensions=2)
    x = np.asarray(system.grid) - math.pi
    disc = np.ravel(np.tanh((1.8 - np.hypot(x[:, None], x[None, :])) / (math.sqrt(2) * 0.08)))
    area = [(end(system, t, disc, 0.2) + 1).mean() / 2 * (2 * math.pi) ** 2 for t in (10.0, 40.0)]
    assert (area[0] - area[1]) / 30 == pytest.approx(2 * math.pi * 0.08**2, rel=0.02)
    mixture = s.CahnHilliard(gamma=2.0, length=80.0, n=256, dimensions=1)
    x = (np.asarray(mixture.grid) - 40) / 2
    assert np.abs(field(mixture, jnp.asarray(np.tanh(x + 10) - np.tanh(x - 10) - 1))).max() < 1e-5


def test_conserved_means():
    # on rough states too
    rng = np.random.default_rng(6)
    for system in (s.CahnHilliard(), s.KellerSegel(r=0.0), s.IndirectChemotaxis(n=32, dimensions=2)):
        x = system.default_state() + jnp.asarray(rng.normal(size=system.dim))
        rate = np.asarray(system.fields(field(system, x))).reshape(system.components, -1)[0]
        assert np.abs(rate).max() > 1
        assert abs(rate.mean()) < 1e-12 * np.abs(rate).max()


def test_fire_burns_what_heats():
    # T + A S / C_S changes only by cooling; with none of it the heat of a burnt ground is that of its fuel
    system = s.Wildfire(C=0.0, n=64, length=30.0)
    start = system.default_state()
    burnt = end(system, 400.0, start, 0.1)
    sums = [x[:64].mean() + 187.93 / 0.1625 * x[64:].mean() for x in (np.asarray(start), burnt)]
    assert burnt[64:].max() < 0.01
    assert sums[1] == pytest.approx(sums[0], rel=1e-12)
    unlit = end(system.replace(C=4.8372e-5), 400.0, jnp.where(start > 1, 300 + (start - 300) / 8, start), 0.1)
    assert unlit[64:].min() > 0.9


@pytest.mark.slow
def test_presets_of_gray_scott_live():
    for preset in s.GrayScott.card.presets:
        u, v = s.GrayScott.preset(preset).fields(end(s.GrayScott.preset(preset), 3000.0, None, 2.0))
        assert v.max() > 0.1
        assert np.ptp(u) > 0.1


@pytest.mark.slow
def test_pulse_on_a_ring():
    system = s.FitzHughNagumoField()
    run = np.asarray(cc.trajectory(system, 60.0, dt=0.5, transient=100.0).states)[:, :128]
    front = np.unwrap(2 * np.pi / 128 * run.argmax(axis=1))
    assert (run.max(axis=1) > 1.5).all()
    speed = np.diff(front[::20])
    assert np.ptp(speed) < 0.2 * np.abs(speed.mean())
    assert speed.mean() > 0.5
