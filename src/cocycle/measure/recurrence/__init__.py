"""Recurrence: when a motion comes back to where it was, for how long, and what that says of it."""

from ._network import recurrence_network
from ._pairs import cross_recurrence, joint_recurrence
from ._plot import RecurrencePlot, recurrence_plot
from ._quantification import determinism, recurrence_quantification, recurrence_rate
from ._times import recurrence_times
from ._windowed import windowed_recurrence

__all__ = [
    "RecurrencePlot",
    "cross_recurrence",
    "determinism",
    "joint_recurrence",
    "recurrence_network",
    "recurrence_plot",
    "recurrence_quantification",
    "recurrence_rate",
    "recurrence_times",
    "windowed_recurrence",
]
