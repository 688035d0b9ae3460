"""Finished parts of a study on disk: each is written whole or not at all, and read back when the study resumes."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, replacing, write_atomically

__all__ = ["Store", "plain"]


def plain(value: Any) -> Any:
    """Anything we store as JSON: arrays become lists, tuples lists, estimates dictionaries; NaN and infinity null."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, np.integer)) and not isinstance(value, np.bool_):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, Estimate):
        return plain(value.to_dict())
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    if hasattr(value, "__array__"):
        return plain(np.asarray(value).tolist())
    return str(value)


class Store:
    """Named results under `directory/.study`, valid for one set of data and options only (`identity`).

    `memo(name, compute)` returns the stored result if there is one and else computes, stores and returns it. Results
    always pass through JSON, so a resumed study sees exactly what an uninterrupted one saw.
    """

    def __init__(self, directory: Path, identity: Mapping[str, Any], *, resume: bool):
        self.directory = directory
        self.folder = directory / ".study"
        self.reused = 0
        stamp = hashlib.sha256(json.dumps(plain(identity), sort_keys=True).encode()).hexdigest()
        key = self.folder / "identity"
        if resume and key.exists():
            if key.read_text().strip() != stamp:
                raise CocycleError(
                    f"The study in {directory} was made from other data or with other options, so it cannot be resumed;"
                    " leave out --resume to start anew."
                )
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        write_atomically(key, stamp + "\n")

    def path(self, name: str) -> Path:
        """The file of a result."""
        return self.folder / f"{name}.json"

    def get(self, name: str) -> Any:
        """A stored result, or `None`."""
        try:
            return json.loads(self.path(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def put(self, name: str, result: Any) -> Any:
        """Store a result and return it as it will be read back."""
        text = json.dumps(plain(result), allow_nan=False)
        write_atomically(self.path(name), text)
        return json.loads(text)

    def put_array(self, name: str, array: np.ndarray) -> None:
        """Store an array that is too large for JSON."""
        path = self.folder / f"{name}.npy"
        with replacing(path) as temporary, temporary.open("wb") as file:  # a name would get `.npy` appended
            np.save(file, array, allow_pickle=False)

    def array(self, name: str) -> np.ndarray:
        """A stored array."""
        return np.load(self.folder / f"{name}.npy", allow_pickle=False)

    def memo(self, name: str, compute: Callable[[], Any]) -> Any:
        """The result called `name`, computed only if it is not there yet."""
        known = self.get(name)
        if known is not None:
            self.reused += 1
            return known
        return self.put(name, compute())
