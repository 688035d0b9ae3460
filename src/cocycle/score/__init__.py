"""Scores: how good is a forecast. Plain functions on arrays `(T,)` or `(T, dim)`."""

from ._point import mase as mase
from ._point import rmse as rmse
from ._point import smape as smape
from ._point import valid_prediction_time as valid_prediction_time
from ._probabilistic import coverage as coverage
from ._probabilistic import crps as crps
from ._probabilistic import crps_gaussian as crps_gaussian
from ._probabilistic import crps_quantiles as crps_quantiles
