"""Entropies of data.

`_distribution` has the definitions (Shannon, Renyi, Tsallis) and the one estimator from symbols; the encodings that make
symbols of a series, and the entropies that count similar stretches, have a file each.
"""

from ._complexity import complexity_bounds, statistical_complexity
from ._matching import sample_entropy
from ._ordinal import ordinal_patterns, permutation_entropy

__all__ = [
    "complexity_bounds",
    "ordinal_patterns",
    "permutation_entropy",
    "sample_entropy",
    "statistical_complexity",
]
