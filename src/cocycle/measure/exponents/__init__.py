"""Lyapunov exponents: of systems (spectrum) and of data (largest)."""

from ._spectrum import lyapunov_spectrum as lyapunov_spectrum
