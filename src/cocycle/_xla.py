"""Numerical settings, made once, when `cocycle` is imported and before JAX compiles anything.

1. Double precision: exponents and invariants are silently wrong in single. `COCYCLE_PRECISION=single` opts out.
2. XLA's CPU backend turns a *small* while-loop into one native function and dispatches larger bodies operation by
   operation. The default threshold (1 kB up to JAX 0.10) excludes most solver steps, which then run 5 to 7 times
   slower; we raise it to 1 MB: a tenth of that leaves out the tangent steps of 40 variables, and large batches are no
   slower (benchmarks/settings.py). The user's own `XLA_FLAGS` are kept, and a threshold set there wins.
"""

import os
import warnings

import jax

_OPTION = "xla_cpu_small_while_loop_byte_threshold"
_THRESHOLD = 1_000_000


def configure() -> None:
    """Apply both settings. Idempotent."""
    precision = os.environ.get("COCYCLE_PRECISION", "double")
    if precision not in ("single", "double"):
        raise ValueError(f"COCYCLE_PRECISION must be 'single' or 'double'; got {precision!r}.")
    jax.config.update("jax_enable_x64", precision == "double")

    flags = os.environ.get("XLA_FLAGS", "")
    if _OPTION in flags:
        return
    if "xla_backend_extra_options" in flags:
        head, _, tail = flags.partition("xla_backend_extra_options=")
        flags = f"{head}xla_backend_extra_options={_OPTION}={_THRESHOLD},{tail}"
    else:
        flags = f"{flags} --xla_backend_extra_options={_OPTION}={_THRESHOLD}".strip()
    os.environ["XLA_FLAGS"] = flags
    if _backend_is_up():
        warnings.warn(
            "JAX had already started when cocycle was imported, so its fast CPU loops are off (5-7 times slower). "
            "Import cocycle before running anything in JAX, or set "
            f'XLA_FLAGS="--xla_backend_extra_options={_OPTION}={_THRESHOLD}".',
            stacklevel=3,
        )


def _backend_is_up() -> bool:
    try:
        from jax._src import xla_bridge

        return bool(xla_bridge.backends_are_initialized())
    except (ImportError, AttributeError):  # a private name: if it moves we only lose the warning
        return False
