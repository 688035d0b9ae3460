"""Are the error bars of Lyapunov exponents as wide as their errors? `python -m benchmarks.error_bars`

For many starts: the stated error relative to the scatter of the estimates, and the share of 95 % intervals that hold
the mean over all starts, with the blocks taken as independent and with their correlation.
"""

import numpy as np

import cocycle as cc
from cocycle.measure._blocks import error_of_mean

CASES = {
    "Lorenz-63, T = 1,000": (cc.systems.Lorenz63(), 1000.0),
    "Rossler, T = 3,000": (cc.systems.Rossler(), 3000.0),
    "Thomas, T = 5,000": (cc.systems.Thomas(), 5000.0),
    "Henon, 20,000 steps": (cc.systems.Henon(), 20_000.0),
}


def main(starts: int = 300) -> None:
    rng = np.random.default_rng(2)
    for name, (system, time) in CASES.items():
        origin = np.asarray(system.default_state())
        blocks = np.array(
            [
                cc.measure.lyapunov_spectrum(system, time=time, x0=origin + 1e-3 * rng.normal(size=origin.shape))
                .diagnostics["blocks"]
                for _ in range(starts)
            ]
        )  # fmt: skip
        values = blocks.mean(axis=1)
        errors = values - values.mean(axis=0)
        independent = blocks.std(axis=1, ddof=1) / np.sqrt(blocks.shape[1])
        correlated = np.array([error_of_mean(b) for b in blocks])
        for label, stated in (("independent", independent), ("correlated", correlated)):
            ratio = np.sqrt((stated**2).mean(axis=0)) / errors.std(axis=0, ddof=1)
            inside = (np.abs(errors) < 1.96 * stated).mean(axis=0)
            print(f"{name:22s} {label:12s} stated / actual {np.round(ratio, 2)}  coverage {np.round(inside, 3)}")


if __name__ == "__main__":
    main()
