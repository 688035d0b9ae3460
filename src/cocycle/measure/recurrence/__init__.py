"""Recurrence: when a motion comes back to where it was, for how long, and what that says of it."""

from ._network import recurrence_network
from ._pairs import cross_recurrence, joint_recurrence
from ._quantification import determinism, recurrence_quantification, recurrence_rate

__all__ = [
    "cross_recurrence",
    "determinism",
    "joint_recurrence",
    "recurrence_network",
    "recurrence_quantification",
    "recurrence_rate",
]
