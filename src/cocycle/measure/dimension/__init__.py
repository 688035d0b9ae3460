"""Dimensions: of an attractor given as data, of the graph of a recording, and from exponents (Kaplan-Yorke)."""

from ._correlation import correlation_dimension as correlation_dimension
from ._generalised import generalised_dimension as generalised_dimension
from ._graphs import higuchi_dimension as higuchi_dimension
from ._graphs import katz_dimension as katz_dimension
from ._intrinsic import intrinsic_dimension as intrinsic_dimension
from ._kaplan_yorke import kaplan_yorke_dimension as kaplan_yorke_dimension
from ._local import local_dimension as local_dimension
