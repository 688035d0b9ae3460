"""One setting for all tests: the persistent compilation cache, so that a second run compiles nothing."""

import pathlib

import jax

import cocycle  # noqa: F401  (first: its settings must precede JAX's start)

_CACHE = pathlib.Path(__file__).resolve().parent.parent / ".jax_cache"
jax.config.update("jax_compilation_cache_dir", str(_CACHE))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.05)
