"""The atlas: the field's papers, run. One script a paper; what it claims is checked, and what fails stays visible.

A script lives in `atlas/<chapter>/<key>.py` and defines `PAPER`, `SIZES`, `CLAIMS`, `compute(size, key)` and
`figure(result)`; see `Paper` and `Claim`. `cocycle atlas run KEY` runs it.
"""

from ._pages import pages as pages
from ._paper import Claim as Claim
from ._paper import Finding as Finding
from ._paper import Paper as Paper
from ._paper import Script as Script
from ._run import find as find
from ._run import run as run
from ._run import stored as stored

__all__ = ["Claim", "Finding", "Paper", "Script", "find", "pages", "run", "stored"]
