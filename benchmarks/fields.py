"""Fields on a periodic square: our steps against the same scheme written with numpy and scipy.fft; FFT or matrices."""

import jax
import jax.numpy as jnp
import numpy as np
import scipy.fft

import cocycle as cc
from cocycle.evolve._exponential import phi_functions
from cocycle.systems.pde import _fourier

from ._harness import Row, compare

STEP = 0.005


def etdrk4(linear, nonlinear, h):
    """One step of ETDRK4 in numpy: the scheme of `cocycle.evolve.ETDRK4`, from the same coefficients."""
    z = h * linear
    whole, half = np.exp(z), np.exp(z / 2)
    one, two, three = (np.asarray(phi) for phi in phi_functions(jnp.asarray(z)))
    q = h / 2 * np.asarray(phi_functions(jnp.asarray(z / 2))[0])
    f1, f2, f3 = h * (one - 3 * two + 4 * three), 2 * h * (two - 2 * three), h * (4 * three - two)

    def step(v):
        n_v = nonlinear(v)
        decayed = half * v
        a = decayed + q * n_v
        n_a = nonlinear(a)
        n_b = nonlinear(decayed + q * n_a)
        n_c = nonlinear(half * a + q * (2 * n_b - n_v))
        return whole * v + f1 * n_v + f2 * (n_a + n_b) + f3 * n_c

    return step


def wave_numbers(n, length):
    k = 2 * np.pi / length * np.fft.fftfreq(n, 1 / n)[:, None]
    return k, 2 * np.pi / length * np.arange(n // 2 + 1)


def numpy_flow(system):
    """Forced two-dimensional flow, in the four transforms that our class takes too."""
    n, nu, q = system.n, float(system.nu), system.waves
    k, m = wave_numbers(n, float(system.length))
    square = k**2 + m**2
    mask = (np.abs(k) < n / 3) & (m < n / 3)
    stream = mask / np.where(square == 0, np.inf, square)
    to_u, to_v = 1j * m * stream, -1j * k * stream
    shear, strain = mask * (k**2 - m**2), mask * (-k * m)
    force = np.zeros(square.shape)
    force[0, q] = -float(system.F) * q * n**2 / 2

    def nonlinear(w):
        u = scipy.fft.irfft2(to_u * w, (n, n), overwrite_x=True)
        v = scipy.fft.irfft2(to_v * w, (n, n), overwrite_x=True)
        return shear * scipy.fft.rfft2(u * v) + strain * scipy.fft.rfft2(u * u - v * v) + force

    return etdrk4(-nu * square, nonlinear, STEP)


def numpy_gray_scott(system, h):
    F, k = float(system.F), float(system.k)
    kx, ky = wave_numbers(system.n, float(system.length))
    square = kx**2 + ky**2
    feed = np.zeros(square.shape)
    feed[0, 0] = F * system.n**2
    linear = np.stack([-float(system.Du) * square - F, -float(system.Dv) * square - F - k])

    def nonlinear(modes):
        u, v = scipy.fft.irfft2(modes, (system.n, system.n))
        made = scipy.fft.rfft2(u * v * v)
        return np.stack([feed - made, made])

    return etdrk4(linear, nonlinear, h)


def rows(task, system, step, h, count, goal):
    """Our run of `count` steps, and that of a numpy step; their ends must agree."""
    start = np.asarray(system.default_state())
    shape = (-1, system.n, system.n) if system.components > 1 else (system.n, system.n)

    def ours():
        run = cc.trajectory(system, count * h, dt=count * h, solver=cc.evolve.ETDRK4(dt=h))
        return run.states.block_until_ready()[-1]

    def theirs():
        modes = scipy.fft.rfft2(start.reshape(shape))
        for _ in range(count):
            modes = step(modes)
        return scipy.fft.irfft2(modes, (system.n, system.n)).ravel()

    assert np.abs(np.asarray(ours()) - theirs()).max() < 1e-9
    return compare(f"{task}, {count} steps", ("ETDRK4", ours), {"numpy, scipy.fft, the same": theirs}, goal)


def fields() -> list[Row]:
    out = []
    for n, count in ((32, 2000), (64, 500), (256, 40)):
        flow = cc.systems.get("NavierStokesVorticity")(n=n)
        task = f"Navier-Stokes, {n} x {n}"
        out += rows(task, flow, numpy_flow(flow), STEP, count, "level with numpy")
    for n, count in ((32, 2000), (256, 40)):
        system = cc.systems.get("GrayScott")(n=n, length=0.6 * n / 32)
        task = f"Gray-Scott, {n} x {n}"
        out += rows(task, system, numpy_gray_scott(system, 1.0), 1.0, count, "level with numpy")
    for n, count in ((32, 5000), (64, 1000), (128, 200)):
        out += transforms(n, count)
    return out


def transforms(n, count) -> list[Row]:
    """There and back, in a compiled loop: the FFT, and multiplication by one orthogonal matrix from both sides."""
    matrix = _fourier.basis(n)
    field = jnp.asarray(np.random.default_rng(0).normal(size=(n, n)))

    def loop(there, back):
        body = jax.jit(lambda u: jax.lax.fori_loop(0, count, lambda i, u: back(0.999 * there(u)), u))
        return lambda: body(field).block_until_ready()

    fft = loop(lambda u: _fourier.real_dft(u, 2), lambda modes: _fourier.inverse_real_dft(modes, n, 2))
    dense = loop(lambda u: matrix @ u @ matrix.T, lambda modes: matrix.T @ modes @ matrix)
    return compare(
        f"{count} transforms of {n} x {n}, there and back", ("FFT", fft), {"matrices": dense}, "level from 64 on"
    )
