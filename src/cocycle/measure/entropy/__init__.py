"""Entropies of data.

`_distribution` has the definitions (Shannon, Renyi, Tsallis) and the one estimator from symbols; the encodings that
make symbols of a series, and the entropies that count similar stretches, have a file each.
"""

from ._bubble import bubble_entropy
from ._complexity import complexity_bounds, statistical_complexity
from ._dispersion import block_entropy, dispersion_entropy
from ._fuzzy import fuzzy_entropy
from ._lempel_ziv import lempel_ziv_complexity
from ._matching import approximate_entropy, sample_entropy
from ._multiscale import multiscale_entropy
from ._ordinal import ordinal_patterns, permutation_entropy
from ._spectral import spectral_entropy, svd_entropy

__all__ = [
    "approximate_entropy",
    "block_entropy",
    "bubble_entropy",
    "complexity_bounds",
    "dispersion_entropy",
    "fuzzy_entropy",
    "lempel_ziv_complexity",
    "multiscale_entropy",
    "ordinal_patterns",
    "permutation_entropy",
    "sample_entropy",
    "spectral_entropy",
    "statistical_complexity",
    "svd_entropy",
]
