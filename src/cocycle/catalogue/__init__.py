"""The catalogue's own numbers: computed, checked, and written to the file that ships with the systems.

`build` recomputes every computed number of `cocycle.systems`; `cocycle.systems.computed` reads them.
"""

from ._build import build as build
from ._checks import CHECKS as CHECKS
from ._checks import agreement as agreement
from ._checks import judge as judge
from ._indexing import write_index as write_index
from ._pages import pages as pages
from ._pictures import picture as picture
from ._pictures import pictures as pictures
from ._record import Settings as Settings
from ._record import record as record

__all__ = ["CHECKS", "Settings", "agreement", "build", "judge", "pages", "picture", "pictures", "record", "write_index"]
