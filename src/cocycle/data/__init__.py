"""Bundled recordings: monthly sunspots, El Nino sea-surface temperatures, the Santa Fe laser.

Sources, licences and units are in `README.md` beside the files. All three are read from disk; nothing is downloaded.
"""

from pathlib import Path
from typing import NamedTuple

from cocycle.core import CocycleError, Trajectory, read, suggestion

__all__ = ["load", "names", "path"]


class _Recording(NamedTuple):
    title: str
    units: str
    source: str
    licence: str


_RECORDINGS = {
    "el_nino": _Recording(
        "Sea-surface temperature of the equatorial Pacific, monthly, 1950-2010",
        "degrees Celsius",
        "NOAA Climate Prediction Center, ERSST.V3B, regions Nino 1+2, 3, 3.4 and 4",
        "public domain",
    ),
    "santa_fe_laser": _Recording(
        "Intensity of a far-infrared laser in a chaotic state (Santa Fe time series competition, data set A)",
        "8-bit counts",
        "U. Huebner, N. B. Abraham, C. O. Weiss (1989), as distributed with reservoirpy 0.4.2",
        "MIT (of the package it was taken from)",
    ),
    "sunspots": _Recording(
        "Monthly mean sunspot number, 1749-2008",
        "sunspot number",
        "US National Geophysical Data Center",
        "public domain",
    ),
}


def names() -> tuple[str, ...]:
    """The names of the bundled recordings."""
    return tuple(_RECORDINGS)


def path(name: str) -> Path:
    """The CSV file of a bundled recording, for tools that take a file.

    Fails with a `CocycleError` that suggests near misses if there is no such recording.
    """
    return Path(__file__).parent / f"{_resolve(name)}.csv"


def load(name: str) -> Trajectory:
    """A bundled recording: `load("sunspots")`, `load("el_nino")` or `load("santa_fe_laser")`.

    Times are calendar years for the monthly series and sample numbers for the laser, whose interval was not published.
    `meta` holds the title, units, source and licence besides what `cocycle.core.read` records.
    """
    name = _resolve(name)
    recording = read(path(name))
    record = _RECORDINGS[name]
    facts = {"title": record.title, "units": record.units, "source": record.source, "licence": record.licence}
    return Trajectory(
        recording.times,
        recording.states,
        variables=recording.variables,
        meta={**recording.meta, "file": path(name).name, **facts},
    )


def _resolve(name: str) -> str:
    plain = str(name).strip().lower().replace("-", "_").replace(" ", "_")
    if plain not in _RECORDINGS:
        raise CocycleError(
            f"There is no bundled recording {name!r}; there are: {', '.join(_RECORDINGS)}."
            f"{suggestion(plain, _RECORDINGS)}"
        )
    return plain
