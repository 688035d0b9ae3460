"""Finding scripts, running them, and keeping what came out."""

import hashlib
import importlib.metadata
import importlib.util
import json
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import jax

from cocycle.core import CocycleError, suggestion, write_atomically
from cocycle.viz import to_png

from ._paper import Script

__all__ = ["find", "folder", "run", "stored"]


@cache
def folder() -> Path:
    """Where the scripts are: with the installed package, or beside its sources in a checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "papers", here.parents[2] / "atlas"):
        if place.is_dir():
            return place
    raise CocycleError(f"The scripts of the atlas are missing: there is no folder {here / 'papers'}.")


def _paths() -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder().glob("*/*.py")) if not path.stem.startswith("_")}


def find(key: str | None = None) -> Any:
    """One script by its key, or all of them as a tuple, by chapter and key."""
    paths = _paths()
    if key is None:
        return tuple(_load(path) for path in paths.values())
    if key not in paths:
        raise CocycleError(f"The atlas has no paper {key!r}.{suggestion(key, paths)} `cocycle atlas list` shows all.")
    return _load(paths[key])


@cache
def _load(path: Path) -> Script:
    name = f"cocycle_atlas.{path.parent.name}.{path.stem}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # classes that a script defines must be found by name
    spec.loader.exec_module(module)
    return Script(path.stem, path.parent.name, path, module)


def run(key: str, *, size: str = "smoke", seed: int = 0, to: Path | str | None = None) -> dict[str, Any]:
    """Run a script, check its claims, draw its figure.

    **Arguments**

    - `key`: the paper's key; `cocycle atlas list` shows them.
    - `size`: `"smoke"` (seconds) or `"paper"` (minutes).
    - `seed`: of everything random.
    - `to`: a folder for `KEY.SIZE.json` and `KEY.SIZE.png` (default: nothing is written).

    **Returns** the record that is written: `claims` (each with what was expected, what was got, whether it holds), the
    seconds it took, versions, and a digest of the script.
    """
    script = find(key)
    began = time.perf_counter()
    result = script.module.compute(script.size(size), jax.random.key(seed))
    findings = [claim.check(result).to_dict() for claim in script.claims if size in claim.sizes]
    record = {
        "key": key,
        "chapter": script.chapter,
        "title": script.title,
        "size": size,
        "seed": seed,
        "claims": findings,
        "seconds": round(time.perf_counter() - began, 1),
        "script": _digest(script.path),
        "versions": {name: importlib.metadata.version(name) for name in ("cocycle", "jax", "numpy")},
    }
    figure = script.module.figure(result)
    if to is not None:
        to = Path(to)
        to.mkdir(parents=True, exist_ok=True)
        write_atomically(to / f"{key}.{size}.png", to_png(figure, dpi=110, colours=128))
        write_atomically(to / f"{key}.{size}.json", json.dumps(record, indent=1) + "\n")
    return record


def stored(key: str, size: str, at: Path | str) -> dict[str, Any] | None:
    """The record of an earlier run of the same script, or None where there is none or the script has changed."""
    path = Path(at) / f"{key}.{size}.json"
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return record if record["script"] == _digest(find(key).path) else None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
