"""What is known of systems: exponents, dimensions from them, angles, growth, horizons, synchronisation."""

import jax
import jax.numpy as jnp
import numpy as np
from truth import Truth

import cocycle as cc
from cocycle import measure
from cocycle.core import StochasticFlow, param
from cocycle.systems import CATALOGUE

LOG2 = np.log(2)
GOLDEN = np.log((3 + np.sqrt(5)) / 2)
SQUARE = ((0.0, 1.0), (0.0, 1.0))
UNIT = ((-1.0, 1.0), (-1.0, 1.0))
MATRIX = np.array([[0.1, 1.0, 0.0], [-1.0, 0.1, 0.3], [0.0, 0.2, -1.0]])
STABLE = np.array([[-0.4, 1.0, 0.3], [-0.7, -1.0, 0.5], [0.2, 0.4, -2.0]])
SKEW = np.array([[1.0, 0.8, 0.3], [0.0, 0.6, 0.7], [0.2, 0.0, 0.9]])  # columns: directions far from orthogonal
SKEW = SKEW / np.linalg.norm(SKEW, axis=0)


@cc.flow(x0=[1.0, 0.5, 0.3])
def rest(t, x, rates=(-0.5, -1.0, -3.0)):
    return rates * x


@cc.flow(x0=[0.1, 0.2])
def rotors(t, x):
    return jnp.ones_like(x[0]), jnp.sqrt(2.0) * jnp.ones_like(x[0])


@cc.flow(x0=[0.0, 0.0, 0.0])
def focus(t, x):
    return jnp.asarray(MATRIX) @ x


@cc.flow(x0=[1.0, 0.5, 0.3])
def stable(t, x):
    return jnp.asarray(STABLE) @ x


@cc.map(x0=[1e-200, 0.0, 0.0])
def oblique(n, x):
    return jnp.asarray(SKEW @ np.diag([1.4, 0.9, 0.3]) @ np.linalg.inv(SKEW)) @ x


@cc.flow(x0=[0.1, 0.2])
def saddle(t, x, a=0.7):
    return a * x[0], -a * x[1]


@cc.flow(x0=[1.0, 0.0])
def rotation(t, x, w=2.0):
    return -w * x[1], w * x[0]


@cc.flow(x0=[0.0, 1.0])
def shear(t, x, k=1.3):
    return k * x[1], 0.0 * x[0]


@cc.map(x0=[0.2345])
def tripling(n, x):
    return ((3 * x[0]) % 1.0,)


@cc.map(x0=[0.3])
def tent(n, x, height=1.0):
    return (2 * height * jnp.minimum(x[0], 1 - x[0]),)


@cc.map(x0=[0.3])
def turn(n, x):
    return ((x[0] + 0.381966) % 1.0,)


@cc.map(x0=[0.3])
def contraction(n, x):
    return (0.4 * x[0] + 0.2,)


class MatrixNoise(StochasticFlow):
    """dX = sigma dW X, W a matrix of independent Wiener processes (Ito)."""

    sigma: object = param(0.5)

    def default_state(self):
        return jnp.array([1.0, 0.0])

    def drift(self, t, x):
        return jnp.zeros(2)

    def diffusion(self, t, x):
        return self.sigma * jnp.kron(jnp.eye(2), x[None, :])


def spectrum(system, name, accepted, source, *, error=0.0, within=0.0, slow=True, **options):
    return Truth(
        name,
        "lyapunov_spectrum",
        lambda: measure.lyapunov_spectrum(system(), **options),
        accepted,
        source,
        error,
        within,
        slow,
    )


def printed(name, *, error, source=None, k=None, within=0.005, slow=True, key="lyapunov", **options):
    """A catalogue system with the exponents that its card quotes; `error` is that of the printed digits."""
    known = CATALOGUE[name].card.known[key]
    accepted = known.value[:k]
    if k or len(accepted) < CATALOGUE[name]().dim:
        options["k"] = len(accepted)
    return spectrum(
        CATALOGUE[name], name, accepted, source or known.where, error=error, within=within, slow=slow, **options
    )


SPROTT = "[@sprott2003], appendix A"

SPECTRA = [
    spectrum(rest, "linear flow, fixed point", (-0.5, -1.0, -3.0), "its rates", within=0.02, periods=100.0),
    spectrum(
        lambda: cc.systems.Lorenz63(rho=0.5),
        "Lorenz63, rho = 0.5, fixed point",
        ((-11 + np.sqrt(101)) / 2, -8 / 3, (-11 - np.sqrt(101)) / 2),
        "eigenvalues at the origin: -beta and the roots of x^2 + 11 x + 5",
        periods=200.0,
    ),
    printed("HopfNormalForm", error=0.0, periods=200.0, source="limit cycle: 0 and -2 mu"),
    spectrum(rotors, "two rotors, torus", (0.0, 0.0), "parallel flow", within=1e-6, periods=200.0),
    printed("HarmonicOscillator", error=0.0, within=1e-6, periods=200.0, source="eigenvalues +-i omega"),
    printed("Pendulum", error=0.0, within=0.01, periods=500.0, source="one degree of freedom: 0, 0"),
    printed("ArnoldCat", error=0.0, time=2000, source="+-ln((3 + sqrt 5) / 2)"),
    printed("Logistic", error=0.0, slow=False, time=20_000, source="r = 4: ln 2, conjugate to the tent map"),
    spectrum(
        lambda: cc.systems.Logistic(r=3.2),
        "Logistic, r = 3.2, period 2",
        np.log(abs(4 + 6.4 - 3.2**2)) / 2,
        "ln|4 + 2 r - r^2| / 2",
        within=1e-6,
        time=4000,
    ),
    printed("SkewTent", error=0.0, time=20_000, source="-a ln a - (1 - a) ln(1 - a)"),
    printed("GeneralizedBaker", error=0.0, time=20_000, source="alpha and beta weigh the strips"),
    printed("ContinuedFraction", error=0.0, time=20_000, source="Gauss map: pi^2 / (6 ln 2)"),
    printed("CubicMap", error=0.0, time=20_000, source="ln 3, conjugate to u -> 3 u + pi"),
    printed("Belykh", error=0.0, time=2000, source="ln gamma, ln lambda"),
    printed("Henon", error=5e-6, slow=False, time=100_000, source=SPROTT),
    printed("Lozi", error=5e-6, time=200_000, source=SPROTT),
    printed("Ikeda", error=5e-5, time=200_000, source=SPROTT),
    printed("Tinkerbell", error=5e-6, time=200_000, source=SPROTT),
    spectrum(
        lambda: cc.systems.StandardMap(K=30.0),
        "StandardMap, K = 30",
        (np.log(15.0), -np.log(15.0)),
        "ln(K / 2), up to order 1 / K^2 [@chirikov1979]",
        error=0.002,
        time=100_000,
    ),
    printed("Lorenz63", error=5e-5, within=0.02, slow=False, time=1000.0, source=SPROTT),
    printed("Rossler", error=5e-5, time=20_000.0, source=SPROTT),
    printed("Chen", error=5e-5, time=2000.0, within=0.02, source=SPROTT),
    printed("Halvorsen", error=5e-5, time=5000.0, within=0.02, source=SPROTT),
    printed("Thomas", error=5e-5, time=100_000.0, source=SPROTT),
    printed("SprottB", error=5e-4, time=10_000.0, within=0.01, source="[@sprott1994], table I"),
    printed("HyperRossler", error=(0.0035, 0.0035, 0.0035), time=20_000.0, source="[@wolf1985], table 1, times ln 2"),
    printed(
        "KuramotoSivashinsky",
        error=0.003,
        within=0.01,
        time=10_000.0,
        source="L = 22 [@cvitanovic2010], three printed digits, and one zero more for the mean",
    ),
    printed("Lorenz96", error=0.08, time=200.0, within=0.05, source="errors double in 2.1 days [@lorenz1996]"),
    spectrum(
        cc.systems.OrnsteinUhlenbeck,
        "OrnsteinUhlenbeck",
        -1.0,
        "-theta: displacements feel no noise",
        within=0.01,
        time=200.0,
        key=jax.random.key(0),
    ),
    spectrum(
        lambda: cc.systems.GeometricBrownianMotion(mu=0.1, sigma=0.4),
        "GeometricBrownianMotion",
        0.02,
        "mu - sigma^2 / 2",
        within=0.01,
        time=4000.0,
        key=jax.random.key(3),
    ),
    spectrum(
        MatrixNoise,
        "isotropic matrix noise, Ito",
        (0.0, -0.25),
        "sigma^2 (n - 2 i) / 2 [@newman1986]",
        within=0.02,
        time=2000.0,
        transient=10.0,
        key=jax.random.key(3),
    ),
]


def dimension(name, accepted, source, *, system=None, error=0.0, within=0.0, slow=True, **options):
    return Truth(
        name,
        "kaplan_yorke_dimension",
        lambda: measure.kaplan_yorke_dimension((system or CATALOGUE[name])(), **options),
        accepted,
        source,
        error,
        within,
        slow,
    )


KAPLAN_YORKE = [
    dimension("linear flow, fixed point", 0.0, "all exponents are negative", system=rest, slow=False, periods=100.0),
    dimension("VanDerPol, limit cycle", 1.0, "one zero exponent", system=cc.systems.VanDerPol, periods=300.0),
    dimension("Lorenz63", 2.06215, SPROTT, error=5e-6, time=3000.0),
    dimension("Henon", 1.25827, SPROTT, error=5e-6, time=200_000),
    dimension("KaplanYorke", 1 + np.log(2) / np.log(5), "1 + ln a / |ln alpha| [@kaplan1979]", time=20_000),
    dimension(
        "GeneralizedBaker", 1.60945072058015, "1 + H(alpha) / |alpha ln lambda_a + beta ln lambda_b|", time=20_000
    ),
    dimension("Lorenz96", 27.1, "[@lorenz1998], section 3", error=0.05, periods=300),
    *(
        dimension(
            f"MackeyGlass, tau = {tau}",
            value,
            "[@farmer1982]",
            system=lambda tau=tau: cc.systems.MackeyGlass(tau=float(tau)),
            error=error,
            k=k,
            time=20_000.0,
        )
        for tau, value, error, k in ((17, 2.10, 0.02, 4), (23, 2.82, 0.03, 5), (30, 3.58, 0.04, 6))
    ),
]


def oblique_angle():
    found = measure.covariant_vectors(oblique(), time=100, transient=100)
    return found.angles(0, 2).mean(), found.errors.max()


def cat_angle():
    found = measure.covariant_vectors(cc.systems.ArnoldCat(), time=300)
    return found.angles(0, 1).mean(), found.errors.max()


def lorenz_neutral():
    """The mean angle between the second vector and the flow's direction."""
    system = cc.systems.Lorenz63()
    found = measure.covariant_vectors(system, time=50.0)
    field = np.array([np.asarray(system.vector_field(0.0, x)) for x in jnp.asarray(found.states)])
    field /= np.linalg.norm(field, axis=1, keepdims=True)
    beyond = found.vectors[:, 1] - np.sum(found.vectors[:, 1] * field, axis=1, keepdims=True) * field
    return np.linalg.norm(beyond, axis=1).mean(), max(found.errors[1], 1e-7)


def conditional(system, name, response, accepted, source, *, error=0.0, within=0.0, **options):
    return Truth(
        name,
        "conditional_exponents",
        lambda: measure.conditional_exponents(system(), response, **options),
        accepted,
        source,
        error,
        within,
        True,
    )


def windows(system, name, quantity, accepted, source, *, within=0.0, window, time, **options):
    return Truth(
        name,
        f"finite_time_exponents, {quantity}",
        lambda: getattr(measure.finite_time_exponents(system(), window=window, time=time, **options), quantity),
        accepted,
        source,
        0.0,
        within,
        True,
    )


def expansion(system, name, box, accepted, source, *, within=0.0, slow=True, **options):
    return Truth(
        name,
        "expansion_entropy",
        lambda: measure.expansion_entropy(system(), box, **options),
        accepted,
        source,
        0.0,
        within,
        slow,
    )


def field(system, name, accepted, source, time):
    def run():
        found = measure.ftle_field(system(), UNIT, 5, time)
        return found.field.max(), found.stderr

    return Truth(name, "ftle_field", run, accepted, source, 0.0, 1e-5, True)


def tracks():
    start = np.random.default_rng(1).uniform(-1, 1, (400, 3))
    end = start * np.exp([1.0, 0.2, -1.2]) + 0.02 * np.random.default_rng(2).normal(size=(400, 3))
    found = measure.ftle_from_tracks(np.stack([start, end], axis=1))
    # neighbouring particles share their neighbours: the error of the mean is at most the mean error
    return found.value.mean(), found.stderr.mean()


STEP = 0.3 * 0.7 * np.log(0.7 / 0.3) ** 2
A = np.diag([1.0, 0.0, 0.0])
GROWTH = [
    Truth(
        "linear map, oblique directions",
        "covariant_vectors, angle",
        oblique_angle,
        np.arccos(abs(SKEW[:, 0] @ SKEW[:, 2])),
        "between its eigenvectors",
        slow=True,
    ),
    Truth("ArnoldCat", "covariant_vectors, angle", cat_angle, np.pi / 2, "a symmetric matrix", slow=True),
    Truth("Lorenz63", "covariant_vectors, second", lorenz_neutral, 0.0, "parallel to the flow", within=1e-6, slow=True),
    conditional(
        stable,
        "linear flow, response x, z",
        [0, 2],
        tuple(np.sort(np.linalg.eigvals(STABLE[np.ix_([0, 2], [0, 2])]).real)[::-1]),
        "eigenvalues of the block",
        periods=100.0,
    ),
    conditional(cc.systems.Lorenz63, "Lorenz63 driven by y", ["x", "z"], (-8 / 3, -10.0), "-beta, -sigma", time=500.0),
    conditional(
        lambda: cc.systems.Lorenz63(rho=60.0),
        "Lorenz63, rho = 60, driven by x",
        ["y", "z"],
        (-1.81, -1.86),
        "[@pecora1990], table I",
        error=0.005,
        time=2000.0,
    ),
    conditional(
        lambda: cc.systems.Rossler(a=0.2, b=0.2, c=9.0),
        "Rossler driven by z",
        ["x", "y"],
        (0.1, 0.1),
        "a / 2, twice",
        time=2000.0,
    ),
    windows(lambda: cc.systems.SkewTent(a=0.3), "SkewTent, a = 0.3", "variance", STEP / 20,
            "independent steps: a (1 - a) ln^2((1 - a) / a) / window", window=20, time=40_000),
    windows(lambda: cc.systems.SkewTent(a=0.3), "SkewTent, a = 0.3", "diffusion", STEP,
            "a (1 - a) ln^2((1 - a) / a)", within=0.15 * STEP, window=20, time=40_000),
    windows(cc.systems.Logistic, "Logistic, r = 4", "variance", np.pi**2 / 600, "pi^2 / (6 window^2)",
            within=2e-3, window=10, time=40_000),
    windows(lambda: cc.systems.GeometricBrownianMotion(mu=0.1, sigma=0.4), "GeometricBrownianMotion", "variance", 0.16,
            "sigma^2 / window", window=1.0, time=2000.0, key=jax.random.key(0)),
    expansion(tent, "tent map", (0.0, 1.0), LOG2, "two branches of slope 2", points=4000),
    expansion(contraction, "contraction, fixed point", (0.0, 1.0), 0.0, "nothing expands", points=4000),
    expansion(turn, "rotation, quasi-periodic", (0.0, 1.0), 0.0, "an isometry", points=4000),
    expansion(cc.systems.ArnoldCat, "ArnoldCat", SQUARE, GOLDEN, "ln((3 + sqrt 5) / 2)", points=4000),
    expansion(lambda: tent(height=1.5), "tent map of slope 3, open", (0.0, 1.0), LOG2, "ln 3 less the escape ln 3/2"),
    expansion(lambda: cc.systems.Logistic(r=3.83), "Logistic, r = 3.83, period 3", (0.0, 1.0),
              np.log((1 + np.sqrt(5)) / 2), "golden mean shift beside the cycle [@hunt2015]"),
    field(saddle, "saddle flow", 0.7, "its rate", 1.5),
    field(rotation, "rotation", 0.0, "an isometry", 4.0),
    field(shear, "shear flow", np.arcsinh(1.3 * 3.0 / 2) / 3.0, "arsinh(k t / 2) / t", 3.0),
    Truth("noisy tracks, linear flow", "ftle_from_tracks", tracks, 1.0, "its largest rate", slow=True),
    Truth(
        "x -> 3 x mod 1",
        "predictability_horizon",
        lambda: measure.predictability_horizon(tripling(), error=1e-6, tolerance=0.3),
        np.log(0.3 / 1e-6) / np.log(3),
        "ln(tolerance / error) / ln 3",
        error=0.02,  # the pairs that wrap round before
        slow=True,
    ),
    Truth(
        "Lorenz63, coupled in all variables",
        "master_stability_function",
        lambda: measure.master_stability_function(cc.systems.Lorenz63(), np.eye(3), [0.0, 2.0], time=1000.0),
        (0.9056, 0.9056 - 2.0),
        "the largest exponent less alpha; " + SPROTT,
        error=5e-5,
        slow=True,
    ),
    Truth(
        "linear flow, coupled in x",
        "master_stability_function",
        lambda: measure.master_stability_function(focus(), A, [0.4, 3.0], time=3000.0, transient=200.0),
        tuple(np.linalg.eigvals(MATRIX - alpha * A).real.max() for alpha in (0.4, 3.0)),
        "eigenvalues of the matrix less alpha times the coupling",
        within=0.01,
        slow=True,
    ),
]  # fmt: skip

TRUTHS = {
    "Exponents of systems": SPECTRA,
    "Dimensions from exponents": KAPLAN_YORKE,
    "Directions, growth, entropy and stability of systems": GROWTH,
}
