"""Forecasting by analogues: what followed when the recent past looked like this before."""

from ._library import decorrelation as decorrelation
from ._simplex import AnalogMap as AnalogMap
from ._simplex import Simplex as Simplex
from ._smap import LocalLinearMap as LocalLinearMap
from ._smap import SMap as SMap
