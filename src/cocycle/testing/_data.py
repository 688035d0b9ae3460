"""Reference data that the checks of learners and measures share: one series of each kind of motion."""

import numpy as np

from cocycle.core import Trajectory

__all__ = ["reference_data"]


def reference_data(length: int = 400) -> dict[str, Trajectory]:
    """A sine, the logistic map, the Henon map (two variables), white noise and an AR(1) process; seeded."""
    rng = np.random.default_rng(12345)
    t = np.arange(length)
    logistic, henon, ar = np.empty(length), np.empty((length, 2)), np.empty(length)
    logistic[0], henon[0], ar[0] = 0.4, (0.1, 0.1), 0.0
    noise = rng.normal(size=(2, length))
    for i in range(1, length):
        logistic[i] = 3.9 * logistic[i - 1] * (1 - logistic[i - 1])
        henon[i] = 1 - 1.4 * henon[i - 1, 0] ** 2 + henon[i - 1, 1], 0.3 * henon[i - 1, 0]
        ar[i] = 0.7 * ar[i - 1] + noise[0, i]
    return {
        "sine": Trajectory.from_numpy(np.sin(2 * np.pi * t / 23.7) + 0.01 * noise[1], dt=0.1),
        "logistic": Trajectory.from_numpy(logistic),
        "henon": Trajectory.from_numpy(henon, variables=("x", "y")),
        "noise": Trajectory.from_numpy(noise[1]),
        "ar": Trajectory.from_numpy(ar, dt=2.0),
    }
