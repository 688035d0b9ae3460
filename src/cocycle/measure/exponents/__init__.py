"""Lyapunov exponents: of systems (spectrum) and of data (largest); expansion entropy."""

from ._expansion_entropy import expansion_entropy as expansion_entropy
from ._rosenstein import largest_lyapunov as largest_lyapunov
from ._spectrum import lyapunov_spectrum as lyapunov_spectrum
