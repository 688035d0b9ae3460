"""Signs of chaos: the 0-1 test, how long a forecast can be right, the entropy-complexity plane."""

from ._horizon import predictability_horizon as predictability_horizon
from ._plane import entropy_complexity_scan as entropy_complexity_scan
from ._zero_one import zero_one_test as zero_one_test
