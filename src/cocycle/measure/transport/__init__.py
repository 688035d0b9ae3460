"""Transport: how a flow stretches what it carries, and the barriers that this draws."""

from ._field import FTLEField as FTLEField
from ._field import ftle_field as ftle_field
from ._ridges import Ridges as Ridges
from ._tracks import ftle_from_tracks as ftle_from_tracks
