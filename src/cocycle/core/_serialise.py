"""Saving and loading systems: JSON for structure, safetensors for numbers. Never pickle.

A saved system is a directory of two files. `model.json` names every class by `module:qualified name` and holds the
static fields; `arrays.safetensors` holds the arrays bit by bit. Loading imports the named modules and fills the
fields; no code from the files is run.
"""

import dataclasses
import hashlib
import importlib
import json
import math
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
import jax.core
import jax.numpy as jnp
import numpy as np

from ._errors import CocycleError, DataError
from ._files import write_atomically
from ._system import System

__all__ = ["load", "save"]

_FORMAT = 1
_MODEL, _ARRAYS = "model.json", "arrays.safetensors"


def save(system: System, directory: Any) -> Path:
    """Write a system (a fitted model, or any other) to `directory`, to be restored by `load`.

    Arrays are stored bit by bit, so a restored system moves exactly as the saved one. Classes and functions are stored
    by name: a system of your own can be loaded wherever its module can be imported. Returns the directory.

    Raises `CocycleError` for a field that is neither an array, a number, a string, a container of those, a module,
    nor a function that can be named (a lambda cannot).
    """
    from safetensors.numpy import save as to_bytes

    if not isinstance(system, System):
        raise CocycleError(f"save takes a System; got {type(system).__name__}.")
    arrays: dict[str, np.ndarray] = {}
    tree = _encode(system, type(system).__name__, arrays)
    blob = to_bytes(arrays)
    from importlib.metadata import version

    record = {
        "format": _FORMAT,
        "cocycle": version("cocycle"),
        "arrays_sha256": hashlib.sha256(blob).hexdigest(),
        "system": tree,
    }
    text = json.dumps(record, indent=1, allow_nan=False)
    directory = Path(directory)
    # each file appears whole or not at all, and the one that refers to the other comes last
    for name, content in ((_ARRAYS, blob), (_MODEL, text.encode())):
        write_atomically(directory / name, content)
    return directory


def load(directory: Any) -> Any:
    """Restore a system written by `save`.

    Raises `DataError` in one sentence if a file is missing or damaged, if the two files do not belong together, or if
    the class of the system cannot be imported here or has other fields than when it was saved.
    """
    directory = Path(directory)
    for name in (_MODEL, _ARRAYS):
        if not (directory / name).is_file():
            raise DataError(f"load: there is no {name} in {directory}. Give the directory that `save` wrote.")
    try:
        record = json.loads((directory / _MODEL).read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"load: {directory / _MODEL} is damaged ({error}). Save the system again.") from error
    if not isinstance(record, dict) or not {"format", "system", "arrays_sha256"} <= record.keys():
        raise DataError(f"load: {directory / _MODEL} is not a saved system. Give the directory that `save` wrote.")
    if record["format"] != _FORMAT:
        raise DataError(
            f"load: {directory} is in format {record['format']}, written by cocycle {record.get('cocycle', '?')}; this "
            f"version reads format {_FORMAT}. Use that version."
        )
    blob = (directory / _ARRAYS).read_bytes()
    if hashlib.sha256(blob).hexdigest() != record["arrays_sha256"]:
        raise DataError(
            f"load: {directory / _ARRAYS} is damaged, or belongs to another model: its checksum differs. Save again."
        )
    from safetensors.numpy import load as from_bytes

    try:
        system = _decode(record["system"], from_bytes(blob), directory)
    except (KeyError, TypeError, IndexError) as error:
        raise DataError(f"load: {directory / _MODEL} is damaged ({error!r}). Save the system again.") from error
    if not isinstance(system, System):
        raise DataError(f"load: {directory / _MODEL} holds a {type(system).__name__}, not a System.")
    return system


# -- encoding: every value becomes plain JSON; anything but null, true, false, strings and integers is tagged -------


def _encode(value: Any, where: str, arrays: dict[str, np.ndarray]) -> Any:
    if value is None or isinstance(value, (bool, str)) or type(value) is int:
        return value
    if isinstance(value, eqx.Module):
        fields = {
            f.name: _encode(getattr(value, f.name), f"{where}.{f.name}", arrays)
            for f in dataclasses.fields(value)
            if hasattr(value, f.name)
        }
        return {"module": _name_of(type(value)), "fields": fields}
    if isinstance(value, float):
        return {"float": value if math.isfinite(value) else str(value)}
    if isinstance(value, jax.core.Tracer):
        raise CocycleError(f"save: {where} is traced. Save outside of jit, vmap and grad.")
    if isinstance(value, jax.Array) and jnp.issubdtype(value.dtype, jax.dtypes.prng_key):
        kind = str(jax.random.key_impl(value))
        return {"key": _store(np.asarray(jax.random.key_data(value)), arrays), "kind": kind}
    if isinstance(value, (jax.Array, np.ndarray, np.generic)):
        kind = "jax" if isinstance(value, jax.Array) else "numpy"
        array = np.asarray(value)
        if array.dtype.kind == "c":
            real = np.ascontiguousarray(array).view(np.finfo(array.dtype).dtype).reshape(*array.shape, 2)
            return {"array": _store(real, arrays), "kind": kind, "complex": True}
        if array.dtype.kind not in "biuf":
            raise CocycleError(f"save: {where} is an array of dtype {array.dtype}, which cannot be stored.")
        return {"array": _store(array, arrays), "kind": kind}
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return {type(value).__name__: [_encode(v, f"{where}[{i}]", arrays) for i, v in enumerate(value)]}
    if isinstance(value, dict) and all(isinstance(k, str) for k in value):
        return {"dict": {k: _encode(v, f"{where}[{k!r}]", arrays) for k, v in value.items()}}
    if callable(value) and hasattr(value, "__qualname__") and "<" not in value.__qualname__:
        return {"function": _name_of(value)}
    raise CocycleError(
        f"save: {where} is {type(value).__name__} {value!r:.60}, which cannot be stored. Use arrays, numbers, strings, "
        "containers of them, modules, or functions defined at the top level of a module."
    )


def _store(array: np.ndarray, arrays: dict[str, np.ndarray]) -> str:
    name = f"a{len(arrays)}"
    arrays[name] = np.ascontiguousarray(array).reshape(array.shape)
    return name


def _name_of(thing: Any) -> str:
    return f"{thing.__module__}:{thing.__qualname__}"


def _decode(tree: Any, arrays: dict[str, np.ndarray], directory: Path) -> Any:
    if not isinstance(tree, dict):
        return tree
    if "module" in tree:
        return _rebuild(tree, arrays, directory)
    if "float" in tree:
        return float(tree["float"])
    if "key" in tree:
        return jax.random.wrap_key_data(jnp.asarray(arrays[tree["key"]]), impl=tree["kind"])
    if "array" in tree:
        array = arrays[tree["array"]]
        if tree.get("complex"):
            array = array.view(np.result_type(array.dtype, np.complex64))[..., 0]
        return jnp.asarray(array) if tree["kind"] == "jax" else array
    for kind in (list, tuple):
        if kind.__name__ in tree:
            return kind(_decode(v, arrays, directory) for v in tree[kind.__name__])
    if "dict" in tree:
        return {k: _decode(v, arrays, directory) for k, v in tree["dict"].items()}
    return _imported(tree["function"], directory)


def _rebuild(tree: dict, arrays: dict[str, np.ndarray], directory: Path) -> Any:
    cls = _imported(tree["module"], directory)
    if not (isinstance(cls, type) and issubclass(cls, eqx.Module)):
        raise DataError(
            f"load: {tree['module']} in {directory} is not a module of cocycle or equinox; it is not loaded."
        )
    known = {f.name for f in dataclasses.fields(cls)}
    saved = tree["fields"]
    if set(saved) != known:
        odd = ", ".join(sorted(set(saved) ^ known))
        raise DataError(
            f"load: {tree['module']} has changed since {directory} was saved (fields that differ: {odd}). "
            "Use the version of the code that saved it."
        )
    module = object.__new__(cls)
    for name, value in saved.items():  # as on unflattening a pytree: fields are set, no constructor is run
        object.__setattr__(module, name, _decode(value, arrays, directory))
    return module


def _imported(name: str, directory: Path) -> Any:
    module, _, qualified = name.partition(":")
    if "<" in qualified:
        raise DataError(
            f"load: the system in {directory} was defined inside a function ({name}) and cannot be found again. Define "
            "it at the top level of a module, and save it again."
        )
    try:
        found: Any = importlib.import_module(module)
        for part in qualified.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError) as error:
        raise DataError(
            f"load: the system in {directory} is a {name}, which cannot be imported here ({error}). Make the "
            "module that defines it importable."
        ) from error
    return found
