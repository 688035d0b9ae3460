"""Lyapunov exponents: of systems (spectrum) and of data (largest)."""

from ._rosenstein import largest_lyapunov as largest_lyapunov
from ._spectrum import lyapunov_spectrum as lyapunov_spectrum
