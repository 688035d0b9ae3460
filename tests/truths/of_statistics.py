"""What is known of recordings: entropies, information, spectra, and the levels of tests."""

import math

import jax
import numpy as np
import processes as make
from scipy.integrate import quad
from scipy.linalg import solve_discrete_lyapunov
from scipy.special import ndtr, ndtri
from truth import Truth

from cocycle import measure


def shannon(p):
    return -sum(v * math.log(v) for v in np.ravel(p) if v > 0)


def entropy(name, ask, data, accepted, source, *, slow=True, within=0.0, error=0.0, label="", **options):
    function = getattr(measure, ask)
    return Truth(
        name, ask + label, lambda: function(data(), **options), accepted, source, error, within, slow
    )  # fmt: skip


# the logistic map at r = 4 is the tent map in another coordinate, where the orders of (u, Tu, TTu) are intervals
ORDERS = np.array([5, 1, 2, 4, 3]) / 15
MARKOV = 0.75 * shannon([0.9, 0.1]) + 0.25 * shannon([0.7, 0.3])  # stationary law (3/4, 1/4)
EDGES = ndtri(np.arange(1, 5) / 5) / math.sqrt(12) + 0.5  # where the classes end for the uniform law on [0, 1]
CLASSES = np.diff(np.concatenate([[0], EDGES, [1]]))


def mahonian(m):
    """Permutations of m by their number of inversions."""
    counts = np.ones(1)
    for k in range(2, m + 1):
        counts = np.convolve(counts, np.ones(k))
    return counts / counts.sum()


def collision(p):
    return -math.log((p**2).sum())


def bubble(m):
    return (collision(mahonian(m + 1)) - collision(mahonian(m))) / math.log((m + 1) / (m - 1))


def approximate(r):
    def term(x):
        return -math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) * math.log(ndtr(x + r) - ndtr(x - r))

    return quad(term, -8, 8)[0]


def pulse():
    """Periodic by construction: nothing to sample, so the error bar of the measure is left aside."""
    return abs(measure.approximate_entropy(np.tile([85.0, 80.0, 89.0], 17), m=2, r=3, scale=1.0).value), 0.0


def ar_spectrum_entropy(coefficient, frequencies):
    frequency = np.arange(1, frequencies + 1) / (2 * frequencies)
    power = 1 / (1 - 2 * coefficient * np.cos(2 * np.pi * frequency) + coefficient**2)
    power[-1] /= 2  # the highest frequency has no negative partner
    return shannon(power / power.sum())


def zigzag_complexity():
    """Two patterns of order 3, equally often."""
    p, u = np.array([0.5, 0.5, 0, 0, 0, 0]), np.full(6, 1 / 6)

    def divergence(q):
        return shannon((q + u) / 2) - shannon(q) / 2 - shannon(u) / 2

    return divergence(p) / divergence(np.eye(6)[0]) * shannon(p) / math.log(6)


def sine_roots(n, omega):
    ratio = abs(math.sin(n * omega) / math.sin(omega))
    root = np.sqrt([n + ratio, n - ratio])
    return shannon(root / root.sum())


def logistic():
    return make.logistic(50_000)


SIDE = 0.2 / math.sqrt(12)
ROOTS = np.sqrt([1.6, 0.4]) / np.sqrt([1.6, 0.4]).sum()
NATS = {"normalise": False}
ENTROPIES = [
    entropy("white noise, Cauchy", "permutation_entropy", lambda: np.random.default_rng(1).standard_cauchy(20_000), 1.0,
            "all orders alike [@bandt2002]", slow=False, order=4, correct_bias=True),
    entropy("ramp", "permutation_entropy", lambda: np.arange(50.0) ** 3, 0.0, "one order only", slow=False, order=4),
    entropy("Logistic, r = 4", "permutation_entropy", logistic, shannon(ORDERS), "orders 5, 1, 2, 4, 3 of 15",
            label=", Shannon", order=3, **NATS),
    entropy("Logistic, r = 4", "permutation_entropy", logistic, collision(ORDERS), "-ln sum p^2", label=", Renyi 2",
            order=3, kind="renyi", q=2.0, **NATS),
    entropy("Logistic, r = 4", "permutation_entropy", logistic, 1 - (ORDERS**2).sum(), "1 - sum p^2",
            label=", Tsallis 2", order=3, kind="tsallis", q=2.0, **NATS),
    entropy("uniform white noise", "permutation_entropy", lambda: make.uniform(30_000),
            shannon(np.array([1, 1.5, 1.5, 1.5, 1.5, 1]) / 8), "mean steps 1/4 of monotone, 3/8 of other windows",
            label=", by steps", order=3, weighting="amplitude", mean_share=0.0, **NATS),
    entropy("zigzag", "statistical_complexity", lambda: np.cumsum(np.tile([1.0, -1.1], 5000)), zigzag_complexity(),
            "two equal states of six", error=1e-4, order=3),
    entropy("normal white noise", "dispersion_entropy", lambda: make.normal(20_000, seed=6), 1.0, "all classes alike",
            slow=False, classes=5, correct_bias=True),
    entropy("uniform white noise", "dispersion_entropy", lambda: make.uniform(20_000, seed=6), 2 * shannon(CLASSES),
            "twice the entropy of the classes", classes=5, **NATS),
    entropy("period 3", "dispersion_entropy", lambda: np.tile([0.0, 1.0, 3.0], 334)[:1001], math.log(3), "ln 3",
            error=1e-5, classes=6, **NATS),
    entropy("Markov chain", "block_entropy", lambda: make.markov(40_000, seed=8), MARKOV, "its entropy rate",
            label=", rate", slow=False, length=2, rate=True),
    entropy("Markov chain", "block_entropy", lambda: make.markov(40_000, seed=8), shannon([0.75, 0.25]) + 2 * MARKOV,
            "H1 + 2 h", label=", length 3", length=3),
    entropy("period 4", "block_entropy", lambda: np.tile([0, 1, 1, 2], 100), 0.0, "0", label=", rate", within=1e-3,
            length=3, rate=True),
    *(
        entropy("white noise, Cauchy", "bubble_entropy", lambda: np.random.default_rng(11).standard_cauchy(100_000),
                bubble(m), "permutations by their inversions", label=f", m = {m}", m=m, slow=m > 3)
        for m in (3, 10)
    ),
    entropy("0101..., period 2", "lempel_ziv_complexity", lambda: np.tile([0, 1], 60), 3.0, "0.1.01... [@kaspar1987]",
            classes=None, **NATS),
    entropy("sine on a bin", "spectral_entropy", lambda: np.sin(2 * np.pi * np.arange(16_384) / 16),
            shannon([1 / 6, 2 / 3, 1 / 6]), "the three bins of Hann's taper", segments=63, **NATS),
    entropy("AR(1), a = 0.7", "spectral_entropy", lambda: make.autoregressive(32_000, 0.7, seed=15),
            ar_spectrum_entropy(0.7, 1882), "of the exact spectrum", error=0.01, segments=16, correct_bias=True,
            **NATS),
    entropy("AR(1), a = 0.6", "svd_entropy", lambda: make.autoregressive(20_000, 0.6, seed=16), shannon(ROOTS),
            "eigenvalues 1 + a and 1 - a", order=2, **NATS),
    entropy("sine", "svd_entropy", lambda: 7 + np.sin(2 * np.pi / 50 * np.arange(2004)), sine_roots(5, 2 * np.pi / 50),
            "eigenvalues of its autocorrelation matrix", order=5, **NATS),
    entropy("normal white noise", "sample_entropy", lambda: make.normal(8000, seed=6), -math.log(math.erf(0.1)),
            "-ln erf(r / 2)", slow=False),
    entropy("uniform white noise", "sample_entropy", lambda: make.uniform(8000, seed=6),
            -math.log(2 * SIDE - SIDE**2), "-ln(2 s - s^2), s = r / sqrt 12"),
    entropy("normal white noise", "multiscale_entropy", lambda: make.normal(6000, seed=25),
            tuple(-math.log(math.erf(0.15 * math.sqrt(s))) for s in (1, 2, 3)), "-ln erf(r sqrt(s) / 2)", scales=3,
            r=0.3),
    Truth("pulse 85, 80, 89", "approximate_entropy", pulse, 1.0997e-5,
          "worked example of the encyclopaedias, absolute value", error=5e-10, slow=True),
    entropy("normal white noise", "approximate_entropy", lambda: make.normal(20_000, seed=20), approximate(0.5),
            "-E ln(Phi(x + r) - Phi(x - r))", m=1, r=0.5),
    entropy("normal white noise", "fuzzy_entropy", lambda: make.normal(3000, seed=23), 0.5 * math.log(1 + 2 / 0.16),
            "ln(1 + 2 / r^2) / 2", m=1, r=0.4),
]  # fmt: skip


def conditional_variance(covariance, of, given):
    c, b = covariance[np.ix_(given, given)], covariance[np.ix_(given, [of])]
    return float(covariance[of, of] - (b.T @ np.linalg.solve(c, b))[0, 0])


def linear_transfer(matrix, source, target):
    """Half the log of the ratio of forecast variances, from the exact covariance of one row and the next."""
    s, n = solve_discrete_lyapunov(matrix, np.eye(len(matrix))), len(matrix)
    both = np.block([[s, (matrix @ s).T], [matrix @ s, s]])
    short = conditional_variance(both, n + target, [target])
    return 0.5 * math.log(short / conditional_variance(both, n + target, [target, source]))


COVARIANCE = np.array([[1, 0.6, 0.7], [0.6, 1, 0.5], [0.7, 0.5, 1]])
PARTIAL = (0.6 - 0.7 * 0.5) / math.sqrt((1 - 0.49) * (1 - 0.25))
LAW = np.array([[0.5, 0.0], [0.5, 0.4]])


def mutual(name, data, accepted, source, *, slow=True, within=0.0, **options):
    return entropy(name, "conditional_mutual_information", data, accepted, source, slow=slow, within=within,
                   surrogates=0, **options)  # fmt: skip


def transfer(name, arrow, accepted, source):
    def run():
        data = make.vector_autoregressive(LAW, 4000, seed=4)
        return measure.transfer_entropy(data, source=arrow[0], target=arrow[1], surrogates=0)

    return Truth(name, "transfer_entropy", run, accepted, source, within=0.02, slow=True)


INFORMATION = [
    mutual("two independent normal variables", lambda: make.gaussian(np.eye(2), 3000), 0.0, "0", within=0.03),
    mutual("two normal variables, rho = -0.9", lambda: make.gaussian([[1, -0.9], [-0.9, 1]], 3000),
           -0.5 * math.log(1 - 0.81), "-ln(1 - rho^2) / 2"),
    mutual("three normal variables, given the third", lambda: make.gaussian(COVARIANCE, 5000, seed=2),
           -0.5 * math.log(1 - PARTIAL**2), "-ln(1 - partial rho^2) / 2", within=0.02, given=[2]),
    transfer("linear process, with the arrow", (0, 1), linear_transfer(LAW, 0, 1),
             "half the log ratio of forecast variances [@barnett2009]"),
    transfer("linear process, against the arrow", (1, 0), 0.0, "0 [@barnett2009]"),
]  # fmt: skip


def spectrum_at_a_quarter():
    """Mean of the estimates near f = 1/4, where the spectrum is nearly straight."""
    found = measure.power_spectrum(make.autoregressive(60_000, 0.6, seed=2), segments=64)
    return found[int(np.argmin(np.abs(found.diagnostics["frequency"] - 0.25)))]


def mean_p(test, runs):
    p = np.array([test(seed) for seed in range(runs)])
    return p.mean(), p.std(ddof=1) / math.sqrt(runs)


def surrogate_p(seed):
    x = make.autoregressive(200, 0.7, seed=seed)
    return measure.surrogate_test(x, statistic="time-reversal", n=19, key=jax.random.key(seed), sides="upper").value


def rank_p(seed):
    own, *others = make.normal(20, seed=seed)
    return measure.rank_test(own, others, sides="upper").value


def stationarity_p(seed):
    return measure.stationarity(make.normal(400, seed=seed)).diagnostics["p_values"][0, 0]


def line():
    return np.sin(2 * np.pi * np.arange(1000) / 23.7) + 0.5 * make.normal(1000, seed=3)


SPECTRA = [
    Truth("AR(1), a = 0.6", "power_spectrum, f = 1/4", spectrum_at_a_quarter, 2 / 1.36, "2 / (1 + a^2)", within=0.3,
          slow=True),
    entropy("sine of period 23.7 in noise", "dominant_period", line, 23.7, "as made", slow=False),
    entropy("period 3", "dominant_period", lambda: np.arange(600) % 3, 3.0, "as made", within=1e-2),
    entropy("white noise", "autocorrelation_time", lambda: make.normal(20_000, seed=6), 1.0, "1 sample"),
    entropy("AR(1), a = 0.9", "autocorrelation_time", lambda: make.autoregressive(40_000, 0.9, seed=6), 19.0,
            "(1 + a) / (1 - a)"),
    Truth("AR(1), 100 records", "surrogate_test, mean p", lambda: mean_p(surrogate_p, 100), 21 / 40,
          "uniform on 1/20, ..., 1", within=0.06, slow=True),
    Truth("normal numbers, 300 draws", "rank_test, mean p", lambda: mean_p(rank_p, 300), 21 / 40,
          "uniform on 1/20, ..., 1", within=0.06, slow=True),
    Truth("white noise, 300 records", "stationarity, mean p of the level", lambda: mean_p(stationarity_p, 300), 0.5,
          "uniform on [0, 1]", within=0.06, slow=True),
]  # fmt: skip

TRUTHS = {
    "Entropies": ENTROPIES,
    "Information": INFORMATION,
    "Spectra and tests": SPECTRA,
}
