"""`flow` and `map`: a system from a function, in three lines."""

import builtins
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import equinox as eqx
import numpy as np

from ._errors import CocycleError
from ._param import as_parameter, param
from ._system import Flow, Map, System

__all__ = ["flow", "map"]

_RESERVED = frozenset(name for name in dir(System) if not name.startswith("_")) | {"vector_field", "step", "dt"}


def flow(*, x0: Sequence[float], variables: Sequence[str] | None = None) -> Callable[[Callable], type[Flow]]:
    """Make a `Flow` from a function `f(t, x, parameter=default, ...)`.

    ```python
    @cc.flow(x0=[1.0, 1.0, 1.0])
    def rossler(t, x, a=0.2, b=0.2, c=5.7):
        x, y, z = x
        return -y - z, x + a * y, b + z * (x - c)

    rossler(c=9.0)          # a System
    ```

    Numeric defaults (and lists of numbers) become parameters; other defaults stay static options.
    """
    return lambda function: _system_class(function, Flow, "vector_field", ("t", "x"), x0, variables)


def map(
    *, x0: Sequence[float], variables: Sequence[str] | None = None, dt: float = 1.0
) -> Callable[[Callable], type[Map]]:
    """Make a `Map` from a function `F(n, x, parameter=default, ...)`; `dt` is the time of one step."""
    return lambda function: _system_class(function, Map, "step", ("n", "x"), x0, variables, dt=dt)


def _system_class(function, kind, method, leading, x0, variables, **class_attributes):
    name = function.__name__
    names = list(inspect.signature(function).parameters.values())
    if len(names) < 2 or any(p.default is not p.empty for p in names[:2]):
        raise CocycleError(f"`{name}` must take ({leading[0]}, {leading[1]}) first, then its parameters with defaults.")
    annotations: dict[str, Any] = {}
    namespace: dict[str, Any] = {
        "__module__": function.__module__,
        "__qualname__": function.__qualname__,
        "__doc__": function.__doc__,
        "__annotations__": annotations,
        **class_attributes,
    }
    for parameter in names[2:]:
        if parameter.name in _RESERVED:
            raise CocycleError(
                f"`{name}`: a parameter may not be called {parameter.name!r}, a name every system uses. Rename it."
            )
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise CocycleError(f"`{name}`: write out the parameters; *args and **kwargs cannot be fields.")
        if parameter.default is parameter.empty:
            raise CocycleError(f"`{name}`: give the parameter {parameter.name!r} a default value.")
        annotations[parameter.name] = Any
        namespace[parameter.name] = _field(parameter.default)

    state = np.asarray(x0, dtype=float)
    if state.ndim != 1 or state.size == 0:
        raise CocycleError(f"`{name}`: x0 must be a list of numbers, the state; got shape {state.shape}.")
    if variables is not None:
        if len(variables) != state.size:
            raise CocycleError(f"`{name}`: {len(variables)} variable names for a state of {state.size} entries.")
        namespace["variables"] = tuple(variables)
    parameter_names = tuple(annotations)

    def rule(self, time, x):
        return function(time, x, **{p: getattr(self, p) for p in parameter_names})

    namespace[method] = rule
    namespace["default_state"] = lambda self: as_parameter(state)
    namespace["_function"] = staticmethod(function)
    return builtins.type(name, (kind,), namespace)


def _field(default):
    if isinstance(default, (bool, str)) or default is None:
        return eqx.field(default=default, static=True)
    try:
        array = np.asarray(default)
    except ValueError:
        return eqx.field(default=default, static=True)
    if array.dtype.kind not in "iuf":
        return eqx.field(default=default, static=True)
    if array.ndim == 0:
        return param(default)
    return param(tuple(np.asarray(default, dtype=float).tolist()) if array.ndim == 1 else _nested(array))


def _nested(array):
    return tuple(_nested(row) if row.ndim else float(row) for row in array)
