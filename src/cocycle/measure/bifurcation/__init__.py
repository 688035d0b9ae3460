"""What a system does as a parameter varies."""

from ._orbit_diagram import OrbitDiagram as OrbitDiagram
from ._orbit_diagram import orbit_diagram as orbit_diagram
