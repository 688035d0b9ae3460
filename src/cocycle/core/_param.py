"""`param`: the one way to declare a parameter of a system."""

from __future__ import annotations

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from ._errors import CocycleError

__all__ = ["as_parameter", "param"]


def as_parameter(value: Any) -> jax.Array:
    """A strong floating-point array of the default dtype: `29`, `29.0` and `jnp.array(29)` share one trace."""
    if isinstance(value, jax.Array) and not jnp.issubdtype(value.dtype, jnp.complexfloating):
        return value if value.dtype.kind == "f" and not value.weak_type else value.astype(jnp.result_type(float))
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise CocycleError(
            f"A parameter must be a real number or an array of real numbers; got {value!r} "
            f"(dtype {array.dtype}). Strings and other options belong in a static field, "
            "`eqx.field(static=True)`."
        )
    # cast in numpy: a cast in JAX would be a compilation
    return jnp.asarray(array.astype(jax.dtypes.canonicalize_dtype(float)))


def param(default: Any = ...) -> Any:
    """Declare a parameter field: `rho: jax.Array = param(28.0)`.

    The value, whatever its Python type, becomes a floating-point array when the system is built, so
    `jax.grad` and `jax.vmap` over it work and no second value ever recompiles. Without a default the
    parameter is required.
    """
    if default is ...:
        return eqx.field(converter=as_parameter)
    return eqx.field(default=default, converter=as_parameter)
