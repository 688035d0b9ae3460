"""Delay embedding: which delay, which dimension, which variables, and whether the result is an embedding."""

from ._delay import mutual_information as mutual_information
from ._delay import select_delay as select_delay
from ._dimension import cao as cao
from ._dimension import false_nearest_neighbours as false_nearest_neighbours
from ._dimension import select_dimension as select_dimension
from ._pecuzal import NonUniformEmbedding as NonUniformEmbedding
from ._pecuzal import pecuzal_embedding as pecuzal_embedding
from ._takens import takens_check as takens_check
from ._vectors import embed as embed
