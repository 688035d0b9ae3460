"""Contract checks, public: run them over your own systems, solvers, learners and measures."""

from ._data import reference_data as reference_data
from ._learner import check_learner as check_learner
from ._measure import bad_inputs as bad_inputs
from ._measure import check_measure as check_measure
from ._solver import check_solver as check_solver
from ._system import check_system as check_system
