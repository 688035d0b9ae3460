"""Spectra of data: power, cross-spectra, spectrograms, periods, memory."""

from ._cross import cross_spectrum as cross_spectrum
from ._cross import group_delay as group_delay
from ._memory import autocorrelation_time as autocorrelation_time
from ._period import dominant_period as dominant_period
from ._power import power_spectrum as power_spectrum
from ._spectrogram import spectrogram as spectrogram
