"""Learners: data in, `System` out. `forecast` continues a context with any fitted model.

A learner is a small frozen object of settings; `learner.fit(data)` returns a fitted model, which is a `System` and
outlives it.
"""

from collections.abc import Mapping as _Mapping
from types import MappingProxyType as _MappingProxyType

from ._fitted import DelayModel as DelayModel
from ._fitted import Fitted as Fitted
from ._fitted import FittedMap as FittedMap
from ._fitted import NoisyModel as NoisyModel
from ._fitted import WithInputs as WithInputs
from ._forecast import RollingForecasts as RollingForecasts
from ._forecast import forecast as forecast
from ._forecast import rolling_forecasts as rolling_forecasts
from ._learner import Learner as Learner
from .analog import AnalogMap as AnalogMap
from .analog import LocalLinearMap as LocalLinearMap
from .analog import Simplex as Simplex
from .analog import SMap as SMap
from .koopman import DMD as DMD
from .koopman import HAVOK as HAVOK
from .koopman import DMDMap as DMDMap
from .koopman import HAVOKMap as HAVOKMap
from .linear import AR as AR
from .linear import LinearDelayMap as LinearDelayMap
from .linear import Mean as Mean
from .linear import Persistence as Persistence
from .linear import SeasonalNaive as SeasonalNaive
from .nvar import NVAR as NVAR
from .nvar import PolynomialDelayMap as PolynomialDelayMap
from .reservoir import EchoState as EchoState
from .reservoir import EchoStateMap as EchoStateMap
from .sparse import Fourier as Fourier
from .sparse import FunctionLibrary as FunctionLibrary
from .sparse import Polynomial as Polynomial
from .sparse import SINDy as SINDy
from .sparse import SINDyMap as SINDyMap
from .sparse import SparseFlow as SparseFlow
from .sparse import SparseMap as SparseMap

LEARNERS: _Mapping[str, type[Learner]] = _MappingProxyType(
    {
        "mean": Mean,
        "persistence": Persistence,
        "seasonal-naive": SeasonalNaive,
        "ar": AR,
        "dmd": DMD,
        "sindy": SINDy,
        "sindy-map": SINDyMap,
        "nvar": NVAR,
        "havok": HAVOK,
        "simplex": Simplex,
        "smap": SMap,
        "echo-state": EchoState,
    }
)
"""Every learner by name, from simple to complicated: of two that forecast equally well, `study` takes the earlier."""
