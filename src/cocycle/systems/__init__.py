"""The catalogue of named systems: one short file each, loaded on first use.

`CATALOGUE` maps names to classes, `find` filters them, `get` takes a loosely spelled name. A system of your own needs
no registration: any class that passes `cocycle.testing.check_system` is as good as these.
"""

import importlib as _importlib
from typing import TYPE_CHECKING as _TYPE_CHECKING

from ._catalogue import CATALOGUE as CATALOGUE
from ._catalogue import find as find
from ._catalogue import get as get
from ._causal import CausalData as CausalData
from ._causal import causal_data as causal_data
from ._computed import COMPUTED as COMPUTED
from ._computed import computed as computed
from ._computed import record_of as record_of
from ._dataset import Dataset as Dataset
from ._dataset import dataset as dataset
from ._dataset import read_dataset as read_dataset
from ._index import MODULE_OF as _MODULE_OF

_TOOLS = (
    "CATALOGUE",
    "COMPUTED",
    "CausalData",
    "Dataset",
    "causal_data",
    "computed",
    "dataset",
    "find",
    "get",
    "read_dataset",
    "record_of",
)
__all__ = [*_TOOLS, *_MODULE_OF]  # pyright: ignore[reportUnsupportedDunderAll]

if _TYPE_CHECKING:
    from ._index import *  # noqa: F403


def __getattr__(name: str):
    if name in _MODULE_OF:
        return getattr(_importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cocycle.core import suggestion

    raise AttributeError(f"module {__name__!r} has no system {name!r}.{suggestion(name, _MODULE_OF)}")


def __dir__():
    return list(__all__)
