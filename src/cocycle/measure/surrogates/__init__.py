"""Surrogate data, and tests with them: could a simpler process have made this record?"""

from ._gaussian import gaussian_process as gaussian_process
from ._linear import aaft as aaft
from ._linear import iaaft as iaaft
from ._linear import phase_randomised as phase_randomised
from ._linear import shuffled as shuffled
from ._linear import spectrum_error as spectrum_error
from ._recurrent import pseudo_periodic_surrogates as pseudo_periodic_surrogates
from ._recurrent import time_shifted as time_shifted
from ._recurrent import twin_surrogates as twin_surrogates
from ._significance import rank_test as rank_test
from ._significance import surrogate_test as surrogate_test
