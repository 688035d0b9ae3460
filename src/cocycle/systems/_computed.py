"""The numbers that were computed for the systems at their defaults, from the file that ships with them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, System

from ._catalogue import get

__all__ = ["COMPUTED", "computed", "record_of"]

COMPUTED = Path(__file__).with_name("_computed.json")
"""Where the numbers lie; `cocycle catalogue build` writes it."""


@cache
def _load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def record_of(name: str) -> dict[str, Any]:
    """All that the build wrote of a system, as plain data; empty where it has not been built."""
    return _load(COMPUTED)["systems"].get(name, {}) if COMPUTED.exists() else {}


def computed(system: type[System] | System | str) -> dict[str, Estimate]:
    """The computed numbers of a named system at its default parameters, each with its standard error.

    ```python
    cc.systems.computed("Lorenz63")["lyapunov"]
    ```

    Keys, where they apply: `lyapunov` (the exponents, largest first, per unit time), `kaplan_yorke`, `divergence` (the
    mean along the orbit; of a map the mean of log |det|), `period` (of the dominant peak of the power spectrum). How
    they were made is in `diagnostics`: length of the run, interval, seed, versions. Numbers whose error bar is above
    its tolerance are left out.
    """
    cls = get(system) if isinstance(system, str) else system if isinstance(system, type) else type(system)
    found = record_of(cls.__name__)
    if not found or get(cls.__name__) is not cls:
        raise CocycleError(
            f"Nothing is computed for {cls.__name__}: only the systems of the catalogue have stored numbers. "
            "`cocycle.measure.lyapunov_spectrum` measures any system."
        )
    made = _load(COMPUTED)["made"]
    origin = {"seed": made["settings"]["seed"], "versions": made["versions"], "command": made["command"]}
    out: dict[str, Estimate] = {}
    if found.get("lyapunov"):
        value = np.array([-np.inf if v is None else v for v in found["lyapunov"]], dtype=float)
        details = {"time": found["time"], "dt": found["interval"], "complete": found["complete"], **origin}
        out["lyapunov"] = Estimate(
            "lyapunov_spectrum", value, found["lyapunov_stderr"], unit="1/time", diagnostics=details
        )
    for key, unit in (("kaplan_yorke", ""), ("divergence", "1/time"), ("period", "time")):
        if key in found:
            out[key] = Estimate(key, *found[key], unit=unit, diagnostics=origin)
    return out
