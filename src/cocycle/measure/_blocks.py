"""The error of an average along one orbit, from the scatter of its blocks."""

import numpy as np

__all__ = ["error_of_mean"]


def error_of_mean(blocks):
    """Standard error of the mean of correlated block means, as if they followed an AR(1) process.

    A block's growth ends with the stretching at its last point, which the next block starts from: neighbours are
    anticorrelated, and the plain scatter overstates the error of a zero exponent of a flow sixfold. Slow changes of the
    orbit correlate them the other way. With `r` the correlation of neighbours (its bias in short series removed
    [@marriott1954]) the variance of the mean is that of independent blocks times (1 + r) / (1 - r).
    """
    n = len(blocks)
    centred = blocks - blocks.mean(axis=0)
    power = np.sum(centred**2, axis=0)
    r = np.sum(centred[1:] * centred[:-1], axis=0) / np.where(power > 0, power, 1.0)
    r = np.clip(r + (1 + 3 * r) / n, -0.95, 0.95)
    return np.sqrt(power / (n - 1) / n * (1 + r) / (1 - r))
