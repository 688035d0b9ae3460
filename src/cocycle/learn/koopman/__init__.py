"""Linear models of nonlinear dynamics in well-chosen coordinates: modes, and delay coordinates."""

from ._dmd import DMD as DMD
from ._dmd import DMDMap as DMDMap
from ._havok import HAVOK as HAVOK
from ._havok import HAVOKMap as HAVOKMap
