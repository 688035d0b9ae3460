"""Does the XLA setting that importing cocycle makes (see `cocycle/_xla.py`) slow large batches or large states?"""

from ._harness import Row, plainly

THRESHOLD = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold="
SCRIPT = """
import statistics, time, numpy as np, jax, jax.numpy as jnp, cocycle as cc
class Network(cc.Flow):
    weights: jax.Array = cc.param(0.0)
    def vector_field(self, t, x):
        return jnp.tanh(self.weights @ x) - x
    def default_state(self):
        return jnp.ones(self.weights.shape[0]) * 0.1
rng = np.random.default_rng(0)
def random_network(n):
    return Network(weights=1.5 * rng.normal(size=(n, n)) / np.sqrt(n))
{setup}
run()
times = []
for _ in range(5):
    start = time.perf_counter(); run(); times.append(time.perf_counter() - start)
print(statistics.median(times))
"""
CASES = {
    "Lorenz-63, 1e5 saved points at 1e-8, Tsit5": """
system, solver = cc.systems.Lorenz63(), cc.evolve.Tsit5(1e-8, 1e-8)
run = lambda: np.asarray(cc.trajectory(system, 1000.0, dt=0.01, solver=solver).states)""",
    "10,000 Lorenz-63 states to T = 20, RK4": """
starts = rng.normal(size=(10_000, 3)) + 20.0
solver = cc.evolve.RK4(dt=0.01)
run = lambda: np.asarray(cc.ensemble(cc.systems.Lorenz63(), starts, 20.0, dt=0.01, solver=solver, final=True))""",
    "1,000 Lorenz-96 (N = 40) states to T = 10, RK4": """
starts = rng.normal(size=(1_000, 40)) + 8.0
solver = cc.evolve.RK4(dt=0.025)
run = lambda: np.asarray(cc.ensemble(cc.systems.Lorenz96(), starts, 10.0, dt=0.025, solver=solver, final=True))""",
    "100 states of a network of 300 units to T = 10, RK4": """
system, starts, solver = random_network(300), rng.normal(size=(100, 300)), cc.evolve.RK4(dt=0.05)
run = lambda: np.asarray(cc.ensemble(system, starts, 10.0, dt=0.05, solver=solver, final=True))""",
    "one network of 1,000 units to T = 20, RK4": """
system, solver = random_network(1000), cc.evolve.RK4(dt=0.05)
run = lambda: np.asarray(cc.trajectory(system, 20.0, dt=0.05, solver=solver).states)""",
}


def settings() -> list[Row]:
    rows = []
    for task, setup in CASES.items():
        code = SCRIPT.format(setup=setup)
        default = plainly(code, XLA_FLAGS=f"{THRESHOLD}1024")
        rows.append(
            Row(task, "with our XLA setting", "XLA's old default, 1 kB", plainly(code), default, "at least level")
        )
    return rows
