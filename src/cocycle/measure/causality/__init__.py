"""Who drives whom: correlation at a lag, and graphs of transfer entropy."""

from ._correlation import cross_correlation as cross_correlation
from ._graph import TransferEntropyGraph as TransferEntropyGraph
from ._graph import transfer_entropy_graph as transfer_entropy_graph
