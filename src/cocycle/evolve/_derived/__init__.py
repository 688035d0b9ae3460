"""Systems made from systems: each is a `System` of the right kind, so every tool works on it."""

from ._coupled import couple as couple
from ._poincare import Plane as Plane
from ._poincare import PoincareMap as PoincareMap
from ._poincare import Section as Section
from ._poincare import Surface as Surface
from ._poincare import poincare as poincare
from ._simple import noisy as noisy
from ._simple import observed as observed
from ._simple import reversed_time as reversed_time
from ._stroboscopic import stroboscopic as stroboscopic
from ._tangent import tangent as tangent
