"""Advancing systems in time: solvers, the cocycle, trajectories, ensembles, derived systems."""

from ._cocycle import Cocycle as Cocycle
from ._cocycle import cocycle as cocycle
from ._runge_kutta import RK4 as RK4
from ._runge_kutta import Dop853 as Dop853
from ._runge_kutta import Tsit5 as Tsit5
from ._solver import FixedStep as FixedStep
from ._solver import Solver as Solver
from ._time_scale import TimeScale as TimeScale
from ._time_scale import time_scale as time_scale
from ._trajectory import ensemble as ensemble
from ._trajectory import trajectory as trajectory
