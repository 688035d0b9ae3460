"""Transport: how a flow stretches what it carries, and the barriers that this draws."""

from ._barriers import BarrierField as BarrierField
from ._barriers import diffusion_barriers as diffusion_barriers
from ._field import FTLEField as FTLEField
from ._field import ftle_field as ftle_field
from ._loops import Loop as Loop
from ._ridges import Ridges as Ridges
from ._tracks import ftle_from_tracks as ftle_from_tracks
from ._vorticity import VorticityDeviation as VorticityDeviation
from ._vorticity import lagrangian_averaged_vorticity_deviation as lagrangian_averaged_vorticity_deviation
