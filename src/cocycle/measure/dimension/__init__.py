"""Dimensions: from a spectrum of exponents (Kaplan-Yorke) and from data (correlation)."""

from ._correlation import correlation_dimension as correlation_dimension
from ._kaplan_yorke import kaplan_yorke_dimension as kaplan_yorke_dimension
