"""Measures: what a motion is like, as numbers with error bars. On systems, and on data.

Every measure returns an `Estimate` and takes its data through one door, `as_series`. Names load on first use.
"""

import importlib as _importlib
from typing import TYPE_CHECKING as _TYPE_CHECKING

_WHERE = {
    "_series": ("Series", "as_series"),
    "bifurcation": ("OrbitDiagram", "orbit_diagram"),
    "epsilon_machine": ("EpsilonMachine", "causal_states"),
    "causality": ("TransferEntropyGraph", "cross_correlation", "transfer_entropy_graph"),
    "chaos": ("entropy_complexity_scan", "predictability_horizon", "zero_one_test"),
    "codes": (
        "BayesianAutoregression",
        "ContextTreeWeighting",
        "KrichevskyTrofimov",
        "Refitted",
        "epiplexity",
        "epiplexity_from_losses",
        "prequential_code_length",
        "requential_code_length",
    ),
    "collective": (
        "chimera_index",
        "hilbert_phase",
        "master_stability_function",
        "order_parameter",
        "phase_locking_value",
        "synchronisation_error",
    ),
    "dimension": (
        "correlation_dimension",
        "generalised_dimension",
        "higuchi_dimension",
        "intrinsic_dimension",
        "kaplan_yorke_dimension",
        "katz_dimension",
        "local_dimension",
    ),
    "embedding": (
        "NonUniformEmbedding",
        "cao",
        "embed",
        "false_nearest_neighbours",
        "mutual_information",
        "pecuzal_embedding",
        "select_delay",
        "select_dimension",
        "takens_check",
    ),
    "entropy": (
        "approximate_entropy",
        "block_entropy",
        "bubble_entropy",
        "complexity_bounds",
        "dispersion_entropy",
        "fuzzy_entropy",
        "lempel_ziv_complexity",
        "multiscale_entropy",
        "ordinal_patterns",
        "permutation_entropy",
        "sample_entropy",
        "spectral_entropy",
        "statistical_complexity",
        "svd_entropy",
    ),
    "excursions": ("excursion_statistics", "persistency", "persistency_exponent", "return_times"),
    "exponents": (
        "CovariantVectors",
        "FiniteTimeExponents",
        "alignment",
        "conditional_exponents",
        "covariant_vectors",
        "expansion_entropy",
        "finite_time_exponents",
        "largest_lyapunov",
        "lyapunov_from_data",
        "lyapunov_spectrum",
    ),
    "information": ("conditional_mutual_information", "transfer_entropy"),
    "recurrence": (
        "RecurrencePlot",
        "cross_recurrence",
        "determinism",
        "joint_recurrence",
        "recurrence_network",
        "recurrence_plot",
        "recurrence_quantification",
        "recurrence_rate",
        "recurrence_times",
        "windowed_recurrence",
    ),
    "spectra": (
        "autocorrelation_time",
        "cross_spectrum",
        "dominant_period",
        "group_delay",
        "power_spectrum",
        "spectrogram",
    ),
    "stationary": ("stationarity",),
    "surrogates": (
        "aaft",
        "gaussian_process",
        "iaaft",
        "phase_randomised",
        "pseudo_periodic_surrogates",
        "rank_test",
        "shuffled",
        "surrogate_test",
        "time_shifted",
        "twin_surrogates",
    ),
    "transport": (
        "BarrierField",
        "FTLEField",
        "Loop",
        "Ridges",
        "VorticityDeviation",
        "diffusion_barriers",
        "ftle_field",
        "ftle_from_tracks",
        "lagrangian_averaged_vorticity_deviation",
    ),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}
__all__ = sorted(_MODULE_OF)  # pyright: ignore[reportUnsupportedDunderAll]

if _TYPE_CHECKING:
    from ._series import Series as Series
    from ._series import as_series as as_series
    from .bifurcation import OrbitDiagram as OrbitDiagram
    from .bifurcation import orbit_diagram as orbit_diagram
    from .causality import TransferEntropyGraph as TransferEntropyGraph
    from .causality import cross_correlation as cross_correlation
    from .causality import transfer_entropy_graph as transfer_entropy_graph
    from .chaos import entropy_complexity_scan as entropy_complexity_scan
    from .chaos import predictability_horizon as predictability_horizon
    from .chaos import zero_one_test as zero_one_test
    from .codes import BayesianAutoregression as BayesianAutoregression
    from .codes import ContextTreeWeighting as ContextTreeWeighting
    from .codes import KrichevskyTrofimov as KrichevskyTrofimov
    from .codes import Refitted as Refitted
    from .codes import epiplexity as epiplexity
    from .codes import epiplexity_from_losses as epiplexity_from_losses
    from .codes import prequential_code_length as prequential_code_length
    from .codes import requential_code_length as requential_code_length
    from .collective import chimera_index as chimera_index
    from .collective import hilbert_phase as hilbert_phase
    from .collective import master_stability_function as master_stability_function
    from .collective import order_parameter as order_parameter
    from .collective import phase_locking_value as phase_locking_value
    from .collective import synchronisation_error as synchronisation_error
    from .dimension import correlation_dimension as correlation_dimension
    from .dimension import generalised_dimension as generalised_dimension
    from .dimension import higuchi_dimension as higuchi_dimension
    from .dimension import intrinsic_dimension as intrinsic_dimension
    from .dimension import kaplan_yorke_dimension as kaplan_yorke_dimension
    from .dimension import katz_dimension as katz_dimension
    from .dimension import local_dimension as local_dimension
    from .embedding import NonUniformEmbedding as NonUniformEmbedding
    from .embedding import cao as cao
    from .embedding import embed as embed
    from .embedding import false_nearest_neighbours as false_nearest_neighbours
    from .embedding import mutual_information as mutual_information
    from .embedding import pecuzal_embedding as pecuzal_embedding
    from .embedding import select_delay as select_delay
    from .embedding import select_dimension as select_dimension
    from .embedding import takens_check as takens_check
    from .entropy import approximate_entropy as approximate_entropy
    from .entropy import block_entropy as block_entropy
    from .entropy import bubble_entropy as bubble_entropy
    from .entropy import complexity_bounds as complexity_bounds
    from .entropy import dispersion_entropy as dispersion_entropy
    from .entropy import fuzzy_entropy as fuzzy_entropy
    from .entropy import lempel_ziv_complexity as lempel_ziv_complexity
    from .entropy import multiscale_entropy as multiscale_entropy
    from .entropy import ordinal_patterns as ordinal_patterns
    from .entropy import permutation_entropy as permutation_entropy
    from .entropy import sample_entropy as sample_entropy
    from .entropy import spectral_entropy as spectral_entropy
    from .entropy import statistical_complexity as statistical_complexity
    from .entropy import svd_entropy as svd_entropy
    from .epsilon_machine import EpsilonMachine as EpsilonMachine
    from .epsilon_machine import causal_states as causal_states
    from .excursions import excursion_statistics as excursion_statistics
    from .excursions import persistency as persistency
    from .excursions import persistency_exponent as persistency_exponent
    from .excursions import return_times as return_times
    from .exponents import CovariantVectors as CovariantVectors
    from .exponents import FiniteTimeExponents as FiniteTimeExponents
    from .exponents import alignment as alignment
    from .exponents import conditional_exponents as conditional_exponents
    from .exponents import covariant_vectors as covariant_vectors
    from .exponents import expansion_entropy as expansion_entropy
    from .exponents import finite_time_exponents as finite_time_exponents
    from .exponents import largest_lyapunov as largest_lyapunov
    from .exponents import lyapunov_from_data as lyapunov_from_data
    from .exponents import lyapunov_spectrum as lyapunov_spectrum
    from .information import conditional_mutual_information as conditional_mutual_information
    from .information import transfer_entropy as transfer_entropy
    from .recurrence import RecurrencePlot as RecurrencePlot
    from .recurrence import cross_recurrence as cross_recurrence
    from .recurrence import determinism as determinism
    from .recurrence import joint_recurrence as joint_recurrence
    from .recurrence import recurrence_network as recurrence_network
    from .recurrence import recurrence_plot as recurrence_plot
    from .recurrence import recurrence_quantification as recurrence_quantification
    from .recurrence import recurrence_rate as recurrence_rate
    from .recurrence import recurrence_times as recurrence_times
    from .recurrence import windowed_recurrence as windowed_recurrence
    from .spectra import autocorrelation_time as autocorrelation_time
    from .spectra import cross_spectrum as cross_spectrum
    from .spectra import dominant_period as dominant_period
    from .spectra import group_delay as group_delay
    from .spectra import power_spectrum as power_spectrum
    from .spectra import spectrogram as spectrogram
    from .stationary import stationarity as stationarity
    from .surrogates import aaft as aaft
    from .surrogates import gaussian_process as gaussian_process
    from .surrogates import iaaft as iaaft
    from .surrogates import phase_randomised as phase_randomised
    from .surrogates import pseudo_periodic_surrogates as pseudo_periodic_surrogates
    from .surrogates import rank_test as rank_test
    from .surrogates import shuffled as shuffled
    from .surrogates import surrogate_test as surrogate_test
    from .surrogates import time_shifted as time_shifted
    from .surrogates import twin_surrogates as twin_surrogates
    from .transport import BarrierField as BarrierField
    from .transport import FTLEField as FTLEField
    from .transport import Loop as Loop
    from .transport import Ridges as Ridges
    from .transport import VorticityDeviation as VorticityDeviation
    from .transport import diffusion_barriers as diffusion_barriers
    from .transport import ftle_field as ftle_field
    from .transport import ftle_from_tracks as ftle_from_tracks
    from .transport import lagrangian_averaged_vorticity_deviation as lagrangian_averaged_vorticity_deviation


def __getattr__(name: str):
    if name in _MODULE_OF:
        return getattr(_importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module 'cocycle.measure' has no attribute {name!r}")


def __dir__():
    return list(__all__)
