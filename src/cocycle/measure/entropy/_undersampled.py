"""Shannon entropy from few counts: estimators that correct the plug-in value for states that were rarely or never seen.

All take `counts (seen,)`, positive, of independent draws, and the number of `states` that there could be; in nats.
"""

import math

import numpy as np

__all__ = ["ESTIMATORS"]


def _plug_in(n: float, c: np.ndarray) -> float:
    return math.log(n) - float(c @ np.log(c)) / n


def miller_madow(counts: np.ndarray, states: int) -> float:
    """Plug-in plus (seen - 1) / (2 n) [@miller1955]."""
    n = float(counts.sum())
    return _plug_in(n, counts) + (counts.size - 1) / (2 * n)


def jackknife(counts: np.ndarray, states: int) -> float:
    """Plug-in extrapolated from leaving out each of the n draws."""
    n, c = float(counts.sum()), counts.astype(float)
    total, less = float(c @ np.log(c)), np.log(np.maximum(c - 1, 1)) * (c - 1)
    without = math.log(n - 1) - (total - c * np.log(c) + less) / (n - 1)
    return n * _plug_in(n, c) - (n - 1) / n * float(c @ without)


def grassberger(counts: np.ndarray, states: int) -> float:
    """log n - sum of c G(c) / n [@grassberger2003]."""
    from scipy.special import digamma

    n, c = float(counts.sum()), counts.astype(float)
    sign = np.where(c % 2 == 0, 1.0, -1.0)
    g = digamma(c) + 0.5 * sign * (digamma((c + 1) / 2) - digamma(c / 2))
    return math.log(n) - float(c @ g) / n


def chao_shen(counts: np.ndarray, states: int) -> float:
    """Horvitz-Thompson sum over the states seen, with Good's estimate of the probability that was seen [@chao2003]."""
    n = float(counts.sum())
    single = min(float((counts == 1).sum()), n - 1)  # were all states seen once, nothing would be left
    p = (1 - single / n) * counts / n
    return float(np.sum(-p * np.log(p) / -np.expm1(n * np.log1p(-np.minimum(p, 1 - 1e-15)))))


def nemenman(counts: np.ndarray, states: int) -> float:
    """Posterior mean for a mixture of symmetric Dirichlet priors that is flat in the entropy expected [@nemenman2002].

    With concentration b on each of K states that expectation is psi(K b + 1) - psi(b + 1).
    """
    from scipy.special import digamma, gammaln, polygamma

    if states == 1:
        return 0.0
    n = float(counts.sum())
    value, times = np.unique(np.append(counts, np.zeros(states - counts.size, counts.dtype)), return_counts=True)
    b = np.exp(np.linspace(math.log(1e-8 / states), math.log(1e5), 1500))[:, None]
    k = states * b[:, 0]
    evidence = gammaln(k) - gammaln(n + k) + (gammaln(value + b) - gammaln(b)) @ times
    prior = states * polygamma(1, k + 1) - polygamma(1, b[:, 0] + 1)
    log_weight = evidence + np.log(np.maximum(prior, 1e-300)) + np.log(b[:, 0])  # steps are equal in log b
    mean = digamma(n + k + 1) - ((value + b) * digamma(value + b + 1)) @ times / (n + k)
    weight = np.exp(log_weight - log_weight.max())
    return float(weight @ mean / weight.sum())


ESTIMATORS = {
    "miller-madow": miller_madow,
    "jackknife": jackknife,
    "grassberger": grassberger,
    "chao-shen": chao_shen,
    "nsb": nemenman,
}
