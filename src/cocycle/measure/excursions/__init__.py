"""Returns and excursions: how long a motion stays away, or on one side of a level, and what theory says of it."""

from ._excursions import excursion_statistics as excursion_statistics
from ._excursions import persistency as persistency
from ._persistency import persistency_exponent as persistency_exponent
from ._returns import return_times as return_times
