"""All systems: class -> module below `cocycle.systems`. Written by `cocycle catalogue index`; do not edit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

MODULE_OF: Mapping[str, str] = {
    "Chialvo": "maps.neuroscience.chialvo",
    "Chua": "flows.electronics.chua",
    "ComplexGinzburgLandau": "pde.complex_ginzburg_landau",
    "CoupledMapLattice": "networks.coupled_map_lattice",
    "DoublePendulum": "hamiltonian.double_pendulum",
    "DoubleWell": "stochastic.double_well",
    "Duffing": "flows.physics.duffing",
    "FitzHughNagumo": "flows.neuroscience.fitzhugh_nagumo",
    "Halvorsen": "flows.mathematics.halvorsen",
    "Henon": "maps.mathematics.henon",
    "HenonHeiles": "hamiltonian.henon_heiles",
    "HindmarshRose": "flows.neuroscience.hindmarsh_rose",
    "HyperRossler": "flows.mathematics.hyper_rossler",
    "Ikeda": "maps.physics.ikeda",
    "Kuramoto": "networks.kuramoto",
    "KuramotoSivashinsky": "pde.kuramoto_sivashinsky",
    "Logistic": "maps.ecology.logistic",
    "Lorenz63": "flows.climate.lorenz63",
    "Lorenz84": "flows.climate.lorenz84",
    "Lorenz96": "flows.climate.lorenz96",
    "LotkaVolterra": "flows.ecology.lotka_volterra",
    "MackeyGlass": "delay.mackey_glass",
    "NonlinearSchroedinger": "pde.nonlinear_schroedinger",
    "OrnsteinUhlenbeck": "stochastic.ornstein_uhlenbeck",
    "Rossler": "flows.mathematics.rossler",
    "Rulkov": "maps.neuroscience.rulkov",
    "SprottA": "flows.mathematics.sprott",
    "SprottB": "flows.mathematics.sprott",
    "SprottC": "flows.mathematics.sprott",
    "SprottD": "flows.mathematics.sprott",
    "SprottE": "flows.mathematics.sprott",
    "StandardMap": "maps.physics.standard_map",
    "Thomas": "flows.mathematics.thomas",
    "VanDerPol": "flows.electronics.van_der_pol",
}

if TYPE_CHECKING:
    from .delay.mackey_glass import MackeyGlass as MackeyGlass
    from .flows.climate.lorenz63 import Lorenz63 as Lorenz63
    from .flows.climate.lorenz84 import Lorenz84 as Lorenz84
    from .flows.climate.lorenz96 import Lorenz96 as Lorenz96
    from .flows.ecology.lotka_volterra import LotkaVolterra as LotkaVolterra
    from .flows.electronics.chua import Chua as Chua
    from .flows.electronics.van_der_pol import VanDerPol as VanDerPol
    from .flows.mathematics.halvorsen import Halvorsen as Halvorsen
    from .flows.mathematics.hyper_rossler import HyperRossler as HyperRossler
    from .flows.mathematics.rossler import Rossler as Rossler
    from .flows.mathematics.sprott import SprottA as SprottA
    from .flows.mathematics.sprott import SprottB as SprottB
    from .flows.mathematics.sprott import SprottC as SprottC
    from .flows.mathematics.sprott import SprottD as SprottD
    from .flows.mathematics.sprott import SprottE as SprottE
    from .flows.mathematics.thomas import Thomas as Thomas
    from .flows.neuroscience.fitzhugh_nagumo import FitzHughNagumo as FitzHughNagumo
    from .flows.neuroscience.hindmarsh_rose import HindmarshRose as HindmarshRose
    from .flows.physics.duffing import Duffing as Duffing
    from .hamiltonian.double_pendulum import DoublePendulum as DoublePendulum
    from .hamiltonian.henon_heiles import HenonHeiles as HenonHeiles
    from .maps.ecology.logistic import Logistic as Logistic
    from .maps.mathematics.henon import Henon as Henon
    from .maps.neuroscience.chialvo import Chialvo as Chialvo
    from .maps.neuroscience.rulkov import Rulkov as Rulkov
    from .maps.physics.ikeda import Ikeda as Ikeda
    from .maps.physics.standard_map import StandardMap as StandardMap
    from .networks.coupled_map_lattice import CoupledMapLattice as CoupledMapLattice
    from .networks.kuramoto import Kuramoto as Kuramoto
    from .pde.complex_ginzburg_landau import ComplexGinzburgLandau as ComplexGinzburgLandau
    from .pde.kuramoto_sivashinsky import KuramotoSivashinsky as KuramotoSivashinsky
    from .pde.nonlinear_schroedinger import NonlinearSchroedinger as NonlinearSchroedinger
    from .stochastic.double_well import DoubleWell as DoubleWell
    from .stochastic.ornstein_uhlenbeck import OrnsteinUhlenbeck as OrnsteinUhlenbeck
