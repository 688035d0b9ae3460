"""Lyapunov exponents: of systems (spectrum) and of data (largest, and those it resolves)."""

from ._jacobian import lyapunov_from_data as lyapunov_from_data
from ._rosenstein import largest_lyapunov as largest_lyapunov
from ._spectrum import lyapunov_spectrum as lyapunov_spectrum
