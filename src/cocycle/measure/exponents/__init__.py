"""Lyapunov exponents of systems and of data, and expansion entropy."""

from ._alignment import alignment as alignment
from ._conditional import conditional_exponents as conditional_exponents
from ._covariant import CovariantVectors as CovariantVectors
from ._covariant import covariant_vectors as covariant_vectors
from ._expansion_entropy import expansion_entropy as expansion_entropy
from ._finite_time import FiniteTimeExponents as FiniteTimeExponents
from ._finite_time import finite_time_exponents as finite_time_exponents
from ._jacobian import lyapunov_from_data as lyapunov_from_data
from ._rosenstein import largest_lyapunov as largest_lyapunov
from ._spectrum import lyapunov_spectrum as lyapunov_spectrum
