"""Collective motion: how much a population moves as one, and whether it can."""

from ._master import master_stability_function as master_stability_function
from ._order import chimera_index as chimera_index
from ._order import hilbert_phase as hilbert_phase
from ._order import order_parameter as order_parameter
from ._order import phase_locking_value as phase_locking_value
from ._order import synchronisation_error as synchronisation_error
