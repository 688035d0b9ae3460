"""The list of systems, and how to look one up."""

import importlib
import re
import unicodedata
from collections.abc import Iterator, Mapping

from cocycle import core
from cocycle.core import FIELDS, CocycleError, System, suggestion

from ._index import MODULE_OF

__all__ = ["CATALOGUE", "MODULE_OF", "find", "get"]

# Other names that people type.
_ALIASES = {
    "cgle": "ComplexGinzburgLandau",
    "chirikov": "StandardMap",
    "cml": "CoupledMapLattice",
    "ginzburglandau": "ComplexGinzburgLandau",
    "hyperchaoticrossler": "HyperRossler",
    "ks": "KuramotoSivashinsky",
    "lorenz": "Lorenz63",
    "nls": "NonlinearSchroedinger",
    "nonlinearschrodinger": "NonlinearSchroedinger",
    "nosehoover": "SprottA",
    "ou": "OrnsteinUhlenbeck",
}

_KINDS = {
    "flow": core.Flow,
    "map": core.Map,
    "stochastic": core.StochasticFlow,
    "stochasticflow": core.StochasticFlow,
    "randommap": core.RandomMap,
    "delay": core.DelayFlow,
    "delayflow": core.DelayFlow,
    "semilinear": core.SemilinearFlow,
    "semilinearflow": core.SemilinearFlow,
    "pde": core.SemilinearFlow,
    "hamiltonian": core.HamiltonianFlow,
    "hamiltonianflow": core.HamiltonianFlow,
    "lagrangian": core.LagrangianFlow,
    "lagrangianflow": core.LagrangianFlow,
}


class _Catalogue(Mapping[str, type[System]]):
    """Names to classes; a class is imported when it is asked for."""

    def __getitem__(self, name: str) -> type[System]:
        return getattr(importlib.import_module(f"cocycle.systems.{MODULE_OF[name]}"), name)

    def __iter__(self) -> Iterator[str]:
        return iter(MODULE_OF)

    def __len__(self) -> int:
        return len(MODULE_OF)

    def __contains__(self, name: object) -> bool:
        return name in MODULE_OF

    def __repr__(self) -> str:
        return f"<{len(self)} systems: {', '.join(self)}>"


CATALOGUE: Mapping[str, type[System]] = _Catalogue()
"""All named systems, by name; a class is imported when it is looked up."""


def get(name: str) -> type[System]:
    """The class of a named system, however its name is spelled: `get("lorenz-63")`, `get("Mackey Glass")`.

    Case, accents, blanks, hyphens and underscores are ignored. Returns the class; call it for an instance. An unknown
    name raises `CocycleError` with the nearest known ones.
    """
    if not isinstance(name, str):
        raise CocycleError(f"A system is looked up by its name, a string; got {name!r}.")
    known = {_plain(n): n for n in MODULE_OF}
    key = _plain(name)
    if key in known:
        return CATALOGUE[known[key]]
    if key in _ALIASES:
        return CATALOGUE[_ALIASES[key]]
    near = suggestion(key, MODULE_OF) or " `cocycle list` shows all."
    raise CocycleError(f"There is no system called {name!r}.{near}")


def find(
    *,
    kind: type[System] | str | None = None,
    field: str | None = None,
    dim: int | tuple[int, int] | None = None,
    chaotic: bool | None = None,
    tag: str | None = None,
) -> tuple[type[System], ...]:
    """The systems that match all conditions, in alphabetical order.

    **Arguments**

    - `kind`: a class (`cc.Flow`) or its name (`"flow"`, `"map"`, `"delay"`, `"stochastic"`, `"hamiltonian"`, `"pde"`,
      ...).
    - `field`: of science, e.g. `"neuroscience"`.
    - `dim`: the number of entries of the state (at the default size), or the least and the most, `(3, 5)`.
    - `chaotic`: whether the motion at the default parameters has a positive exponent.
    - `tag`: a tag of the card, e.g. `"excitable"`.

    An unknown kind, field or tag is an error, with the nearest known one. `find()` returns all systems.
    """
    classes = tuple(CATALOGUE.values())
    if kind is not None:
        base = _kind(kind)
        classes = tuple(c for c in classes if issubclass(c, base))
    if field is not None:
        if field not in FIELDS:
            raise CocycleError(
                f"There is no field {field!r}.{suggestion(str(field), FIELDS)} Fields: {', '.join(FIELDS)}."
            )
        classes = tuple(c for c in classes if c.card is not None and c.card.field == field)
    if tag is not None:
        tags = {t for c in CATALOGUE.values() if c.card is not None for t in c.card.tags}
        if tag not in tags:
            raise CocycleError(
                f"No system has the tag {tag!r}.{suggestion(tag, tags)} Tags: {', '.join(sorted(tags))}."
            )
        classes = tuple(c for c in classes if c.card is not None and tag in c.card.tags)
    if chaotic is not None:
        classes = tuple(c for c in classes if c.card is not None and ("chaotic" in c.card.tags) == bool(chaotic))
    if dim is not None:
        least, most = (dim, dim) if isinstance(dim, int) else dim
        classes = tuple(c for c in classes if least <= c().dim <= most)
    return classes


def _plain(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", ascii_only.lower())


def _kind(kind: type[System] | str) -> type[System]:
    if isinstance(kind, str):
        if _plain(kind) not in _KINDS:
            raise CocycleError(f"There is no kind {kind!r}.{suggestion(kind, _KINDS)} Kinds: {', '.join(_KINDS)}.")
        return _KINDS[_plain(kind)]
    if isinstance(kind, type) and issubclass(kind, System):
        return kind
    raise CocycleError(f"`kind` is a class of system or its name; got {kind!r}.")
