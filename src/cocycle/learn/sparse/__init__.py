"""Equations from data: sparse combinations of candidate functions."""

from ._library import Fourier as Fourier
from ._library import FunctionLibrary as FunctionLibrary
from ._library import Polynomial as Polynomial
from ._sindy import SINDy as SINDy
from ._sindy import SINDyMap as SINDyMap
from ._sindy import SparseFlow as SparseFlow
from ._sindy import SparseMap as SparseMap
