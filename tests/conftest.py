"""Settings for all tests: a persistent compilation cache, and the same random examples in every run."""

import pathlib
import resource

import jax
import pytest
from hypothesis import settings

import cocycle  # noqa: F401  (first: its settings must precede JAX's start)

_CACHE = pathlib.Path(__file__).resolve().parent.parent / ".jax_cache"
jax.config.update("jax_compilation_cache_dir", str(_CACHE))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.05)

# a gate must not depend on luck; look for new failures with `pytest --hypothesis-profile=default`
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

_MOST = 2.5e9  # bytes: compiled programs are kept for ever, and thousands of tests compile thousands of them
_STATUS = pathlib.Path("/proc/self/statm")


def _held() -> int:
    return int(_STATUS.read_text().split()[1]) * resource.getpagesize() if _STATUS.exists() else 0


@pytest.fixture(autouse=True)
def _forget():
    """Forget what was compiled once the process has grown large; the disk still has it."""
    global _MOST
    yield
    if _held() > _MOST:
        jax.clear_caches()
        _MOST = max(_MOST, _held() + 1e9)  # not all of it comes back: not after every test from now on
