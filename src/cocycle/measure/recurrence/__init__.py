"""Recurrence: when a motion comes back to where it was, for how long, and what that says of it."""

from ._quantification import determinism, recurrence_quantification, recurrence_rate

__all__ = ["determinism", "recurrence_quantification", "recurrence_rate"]
