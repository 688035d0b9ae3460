"""The catalogue of named systems: one short file each, loaded on first use.

`CATALOGUE` maps names to classes, `find` filters them, `get` takes a loosely spelled name. A system of your own needs
no registration: any class that passes `cocycle.testing.check_system` is as good as these.
"""

import importlib as _importlib
from typing import TYPE_CHECKING as _TYPE_CHECKING

from ._catalogue import CATALOGUE as CATALOGUE
from ._catalogue import MODULE_OF as _MODULE_OF
from ._catalogue import find as find
from ._catalogue import get as get

__all__ = ["CATALOGUE", "find", "get", *_MODULE_OF]  # pyright: ignore[reportUnsupportedDunderAll]

if _TYPE_CHECKING:
    from .delay.mackey_glass import MackeyGlass as MackeyGlass
    from .flows.chua import Chua as Chua
    from .flows.duffing import Duffing as Duffing
    from .flows.fitzhugh_nagumo import FitzHughNagumo as FitzHughNagumo
    from .flows.halvorsen import Halvorsen as Halvorsen
    from .flows.hindmarsh_rose import HindmarshRose as HindmarshRose
    from .flows.hyper_rossler import HyperRossler as HyperRossler
    from .flows.lorenz63 import Lorenz63 as Lorenz63
    from .flows.lorenz84 import Lorenz84 as Lorenz84
    from .flows.lorenz96 import Lorenz96 as Lorenz96
    from .flows.lotka_volterra import LotkaVolterra as LotkaVolterra
    from .flows.rossler import Rossler as Rossler
    from .flows.sprott import SprottA as SprottA
    from .flows.sprott import SprottB as SprottB
    from .flows.sprott import SprottC as SprottC
    from .flows.sprott import SprottD as SprottD
    from .flows.sprott import SprottE as SprottE
    from .flows.thomas import Thomas as Thomas
    from .flows.van_der_pol import VanDerPol as VanDerPol
    from .hamiltonian.double_pendulum import DoublePendulum as DoublePendulum
    from .hamiltonian.henon_heiles import HenonHeiles as HenonHeiles
    from .maps.chialvo import Chialvo as Chialvo
    from .maps.henon import Henon as Henon
    from .maps.ikeda import Ikeda as Ikeda
    from .maps.logistic import Logistic as Logistic
    from .maps.rulkov import Rulkov as Rulkov
    from .maps.standard_map import StandardMap as StandardMap
    from .networks.coupled_map_lattice import CoupledMapLattice as CoupledMapLattice
    from .networks.kuramoto import Kuramoto as Kuramoto
    from .pde.complex_ginzburg_landau import ComplexGinzburgLandau as ComplexGinzburgLandau
    from .pde.kuramoto_sivashinsky import KuramotoSivashinsky as KuramotoSivashinsky
    from .pde.nonlinear_schroedinger import NonlinearSchroedinger as NonlinearSchroedinger
    from .stochastic.double_well import DoubleWell as DoubleWell
    from .stochastic.ornstein_uhlenbeck import OrnsteinUhlenbeck as OrnsteinUhlenbeck


def __getattr__(name: str):
    if name in _MODULE_OF:
        return getattr(_importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cocycle.core import suggestion

    raise AttributeError(f"module {__name__!r} has no system {name!r}.{suggestion(name, _MODULE_OF)}")


def __dir__():
    return list(__all__)
