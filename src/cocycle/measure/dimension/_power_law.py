"""What dimensions share: a curve of ln(mass) against ln(radius), its straight stretch, and the Estimate made of it."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._reconstruct import Reconstruction
from cocycle.measure._scaling import ScalingRegion, scaling_region

__all__ = ["BLOCKS", "SHIFT", "Curve", "bin_edges", "estimate_of", "power_law", "require_power_law", "with_edges"]

BLOCKS = 10
SHIFT = 50  # bits dropped of a squared distance: 4 bins an octave of r^2, 8 an octave of r


class Curve(NamedTuple):
    """`y` against `x`, both logarithms, and the curve that each block of points sees (linearised about the whole)."""

    x: np.ndarray
    y: np.ndarray
    blocks: np.ndarray


def bin_edges(first: int, stop: int) -> np.ndarray:
    """The upper edge of r^2 of the bins `first .. stop - 1`, exactly: a bin is the leading bits of the float."""
    return (np.arange(first + 1, stop + 1) << SHIFT).view(float)


def power_law(curve: Curve, penalty=None) -> ScalingRegion | None:
    """The straight stretch over a factor 10 in y and 2 in x that gives the slope with the least error, if any."""
    return scaling_region(
        curve.x,
        curve.y,
        curve.blocks,
        min_points=5,
        min_extent=np.log(2),
        min_rise=np.log(10),
        max_bend=0.15,
        penalty=penalty,
    )


def require_power_law(curve: Curve, space: Reconstruction, measure: str, symbol: str, penalty=None) -> ScalingRegion:
    """`power_law`, or an `EstimationError` that says what was looked at."""
    region = power_law(curve, penalty)
    if region is None:
        raise EstimationError(
            f"{measure}: ln {symbol}(r) has no straight stretch over a factor 10 in {symbol} and 2 in r (embedding "
            f"dimension {space.dimension}, {len(space.points)} points, Theiler window {space.theiler}). "
            "More data or another `delay` and `dimension` may show one."
        )
    return region


def with_edges(region: ScalingRegion, curve: Curve, space: Reconstruction) -> ScalingRegion:
    """The edges of the set in the error: in a cube of the data's size balls of radius r miss the share r D / (2 side).

    A set may have no edges, or only some: a bias anywhere between nothing and this, root mean square 1 / sqrt 3 of it.
    """
    side = float(np.ptp(space.points, axis=0).max())
    low, high = curve.x[region.start], curve.x[region.stop]
    cut = 0.5 * region.slope * float(np.exp(high) - np.exp(low)) / (high - low) / side / np.sqrt(3)
    return region._replace(misfit=float(np.hypot(region.misfit, cut)), stderr=float(np.hypot(region.stderr, cut)))


def estimate_of(
    name: str, curve: Curve, region: ScalingRegion, space: Reconstruction, notes: list[str], **more: Any
) -> Estimate:
    """The slope with what an expert needs to distrust it, and the notes that hold for every dimension of points."""
    total, rows = space.points.shape[1], len(space.points)
    notes = list(notes)
    if region.slope > total - max(2 * region.stderr, 0.05 * total):
        notes.append(f"The slope equals the dimension of the space ({total}): the points fill it, as noise does.")
    if region.slope > 2 * np.log10(rows):
        notes.append(f"{rows} points cannot show a dimension above {2 * np.log10(rows):.1f}.")
    return Estimate(
        name,
        region.slope,
        region.stderr,
        n=rows,
        diagnostics={
            "log_radius": curve.x,
            "log_sum": curve.y,
            "log_sum_stderr": curve.blocks.std(axis=0, ddof=1) / np.sqrt(len(curve.blocks)),
            **region.diagnostics(curve.x, curve.y),
            **more,
            "delay": space.delay,
            "dimension": space.dimension,
            "theiler": space.theiler,
            "reasons": space.reasons,
        },
        notes=tuple(notes),
    )
