"""Code lengths: what a sequential predictor needs to write a record down, and how much of that is the model.

`_symbolic` and `_linear` have the predictors with exact Bayesian mixtures, `_prequential` the protocol and the length,
`_epiplexity` the split of the length into model and noise.
"""

from ._epiplexity import epiplexity, epiplexity_from_losses, requential_code_length
from ._linear import BayesianAutoregression
from ._prequential import Refitted, prequential_code_length
from ._symbolic import ContextTreeWeighting, KrichevskyTrofimov

__all__ = [
    "BayesianAutoregression",
    "ContextTreeWeighting",
    "KrichevskyTrofimov",
    "Refitted",
    "epiplexity",
    "epiplexity_from_losses",
    "prequential_code_length",
    "requential_code_length",
]
