"""`measure`: the characterisation alone, of a recording or of a system."""

from __future__ import annotations

from typing import Any

from ._analyse import truth_of
from ._characterise import choices_of, measures_of
from ._options import Options
from ._source import open_recording
from ._store import plain

__all__ = ["measure"]


def measure(source: Any, options: Options | None = None) -> dict[str, Any]:
    """All data measures of a recording; for a named system also the true exponents and dimension.

    **Returns** plain data: `measures` and `choices` as in `results.json`, and `notes` on how the data were read.
    """
    options = options or Options(mode="quick")
    recording = open_recording(source, options)
    notes = list(recording.info["notes"])
    embedding, choices, _ = choices_of([recording.longest], options)
    records, _ = measures_of(recording.longest, embedding, options, notes=notes)
    if recording.system is not None:
        records += list(truth_of(recording.system, options).values())
    return plain({"measures": records, "choices": choices, "notes": notes})
