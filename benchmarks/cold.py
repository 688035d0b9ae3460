"""From a fresh interpreter: import, first spectrum, a second parameter value, a second system."""

import json
import statistics
import subprocess
import sys

from ._harness import Row

CODE = """
import time; t0 = time.perf_counter()
import jax, equinox; t1 = time.perf_counter()
import cocycle as cc; t2 = time.perf_counter()
lorenz = cc.systems.Lorenz63()
cc.measure.lyapunov_spectrum(lorenz); t3 = time.perf_counter()
cc.measure.lyapunov_spectrum(lorenz.replace(rho=30)); t4 = time.perf_counter()
cc.measure.lyapunov_spectrum(cc.systems.Rossler()); t5 = time.perf_counter()
import json; print(json.dumps([t2 - t1, t3 - t0, t4 - t3, t5 - t4]))
"""


def cold() -> list[Row]:
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    added, first, second_value, second_system = (statistics.median(column) for column in zip(*runs, strict=True))
    rows = [
        ("import cocycle, beyond jax and equinox", added, "at most 0.3 s"),
        ("python -c to the first spectrum of a named system", first, "under 3 s"),
        ("a second parameter value", second_value, "compiles nothing"),
        ("a second system", second_system, "under 1 s more"),
    ]
    return [Row(task, "cold, no persistent cache", "-", value, None, goal) for task, value, goal in rows]
