"""What the checks of systems share: the system under test, and its rule at many points."""

import dataclasses
from functools import cached_property
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import Map, RandomMap, System, rule

__all__ = ["Subject", "invariants", "invariants_at", "rules"]


@dataclasses.dataclass(frozen=True)
class Subject:
    """A system under test: its rule as a function of time and point, and a few points to try it at."""

    system: System

    @property
    def name(self) -> str:
        return type(self.system).__name__

    @property
    def discrete(self) -> bool:
        return isinstance(self.system, (Map, RandomMap))

    @cached_property
    def points(self) -> jax.Array:
        """The default state and four others close to it, shape `(5, dim)`."""
        x = np.asarray(self.system.default_state(), dtype=float)
        scale = np.maximum(np.abs(x), 0.1 * np.abs(x).max(initial=0.1))
        kicks = np.random.default_rng(0).normal(size=(4, x.size))
        return jnp.asarray(np.concatenate([x[None], x + 0.02 * scale * kicks]))

    @cached_property
    def at_defaults(self) -> bool:
        """Whether the parameters are those that the card's numbers belong to."""
        try:
            default = type(self.system)()
        except TypeError:  # required arguments: there is no default system
            return False
        return bool(eqx.tree_equal(self.system, default))

    @cached_property
    def moves(self) -> jax.Array:
        """The rule at `points`."""
        return rules(self.system, 0.0, self.points)

    def known(self, name: str) -> Any:
        card = type(self.system).card
        return None if card is None or name not in card.known or not self.at_defaults else card.known[name]

    def expect(self, condition: Any, sentence: str) -> None:
        if not bool(condition):
            raise AssertionError(f"{self.name}: {sentence}")

    def close(self, got: Any, wanted: Any, tolerance: float, sentence: str) -> None:
        got, wanted = np.asarray(got), np.asarray(wanted)
        self.expect(got.shape == wanted.shape, f"{sentence} (shapes {got.shape} and {wanted.shape}).")
        error = float(np.max(np.abs(got - wanted), initial=0.0))
        self.expect(error <= tolerance, f"{sentence} (largest difference {error:.3g}, allowed {tolerance:.3g}).")


@eqx.filter_jit
def _rules(system, t, points):
    return jax.vmap(lambda x: rule(system, t, x))(points)


def rules(system: System, t: Any, points: jax.Array) -> jax.Array:
    """The rule at many points, under jit and vmap. Five at a time: one compilation serves any number of points."""
    t = jnp.asarray(t, int if isinstance(system, (Map, RandomMap)) else float)
    count = points.shape[0]
    padded = jnp.concatenate([points, jnp.broadcast_to(points[:1], (-count % 5, points.shape[1]))])
    blocks = [_rules(system, t, padded[i : i + 5]) for i in range(0, padded.shape[0], 5)]
    return jnp.concatenate(blocks)[:count]


def invariants(system: System) -> tuple[str, ...]:
    """Names of the quantities that the system declares conserved."""
    return tuple(jax.eval_shape(lambda x: invariants_at(system, x), system.default_state()))


def invariants_at(system: Any, x: Any) -> dict[str, Any]:
    """`system.invariants(x)`, a dict, where defined; and the energy of a mechanical system."""
    declared = dict(system.invariants(x)) if hasattr(system, "invariants") else {}
    if hasattr(system, "energy"):
        declared["energy"] = system.energy(x)
    return declared
