"""What must hold of the computed numbers: each check reads a record and answers with a sentence where it fails."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cocycle.core import Flow, HamiltonianFlow, Known, Map, RandomMap, Source, StochasticFlow, System
from cocycle.evolve import time_scale

__all__ = ["CHECKS", "agreement", "judge"]

Record = Mapping[str, Any]
_SIGMAS = 4.0  # some 250 systems with several numbers each: two or three standard errors would fail somewhere by chance


class Failure(Exception):
    """A check that does not hold; the sentence says what and by how much."""


def _spectrum(found: Record) -> tuple[np.ndarray, np.ndarray] | None:
    if not found.get("lyapunov"):
        return None
    value = np.array([-np.inf if v is None else v for v in found["lyapunov"]], dtype=float)
    return value, np.nan_to_num(np.array(found["lyapunov_stderr"], dtype=float))


def _rounding(found: Record) -> float:
    """What the sum of exponents may be off because the steps are finite."""
    return 1e-6 * (1e-3 + max((abs(v) for v in found["lyapunov"] if v is not None), default=0.0))


def check_exponents(system: System, found: Record) -> str | None:
    """The exponents are known to their tolerance, at least down to the first that is not positive."""
    if isinstance(system, RandomMap):
        return "a random map need not be differentiable"
    value, _ = _spectrum(found) or (np.zeros(0), None)
    refused = [f"{name} is {why}" for name, why in found["refused"].items() if name.startswith("exponent")]
    if refused and (not value.size or value[-1] > 0):
        raise Failure(refused[0])
    return None


def check_sum(system: System, found: Record) -> str | None:
    """The exponents add up to the mean divergence along the orbit (of a map: the mean log |det|)."""
    if "sum" not in found or "divergence" not in found:
        return "not all exponents, or no divergence"
    (total, error), (mean, scatter) = found["sum"], found["divergence"]
    slack = _SIGMAS * float(np.hypot(error, scatter)) + _rounding(found)
    if abs(total - mean) > slack:
        raise Failure(f"the exponents add up to {total:.6g}, the mean divergence is {mean:.6g} (allowed {slack:.2g})")
    return None


def check_exact_sum(system: System, found: Record) -> str | None:
    """Where the divergence is constant, the exponents add up to it."""
    card = type(system).card
    if isinstance(system, StochasticFlow) and not system.additive:
        return "noise that depends on the state adds to the exponents"
    for key, rate in (("divergence", float), ("determinant", lambda v: float(np.log(abs(v))))):
        if card is not None and key in card.known and "sum" in found:
            exact = rate(card.known[key].value) / (float(system.dt) if isinstance(system, Map) else 1.0)
            total, error = found["sum"]
            slack = 3 * error + _rounding(found)
            if abs(total - exact) > slack:
                raise Failure(f"the exponents add up to {total:.8g}; exactly it is {exact:.8g} (allowed {slack:.2g})")
            return None
    return "no constant divergence known"


def check_zero(system: System, found: Record) -> str | None:
    """An autonomous flow that does not come to rest has an exponent of zero."""
    spectrum = _spectrum(found)
    if not isinstance(system, Flow) or system.forcing_period is not None or spectrum is None:
        return "not an autonomous flow"
    if "period" not in found:
        return "comes to rest"
    card = type(system).card
    if card is not None and "forced" in card.tags:
        return "forced"
    value, error = spectrum
    period = time_scale(system).period
    excess = np.abs(value) - _SIGMAS * error
    if not found["complete"] and value[-1] > 0:
        return "the exponents computed are all positive"
    if excess.min() > 2e-3 / period:
        raise Failure(f"no exponent of this flow is zero: the nearest is {value[np.argmin(excess)]:.3g}")
    return None


def check_pairs(system: System, found: Record) -> str | None:
    """The exponents of a Hamiltonian flow come in pairs of opposite sign."""
    spectrum = _spectrum(found)
    if not isinstance(system, HamiltonianFlow) or spectrum is None or not found["complete"]:
        return "not Hamiltonian, or not all exponents"
    value, error = spectrum
    slack = _SIGMAS * np.hypot(error, error[::-1]) + 2e-3 / time_scale(system).period
    gap = np.abs(value + value[::-1])
    if (gap > slack).any():
        raise Failure(f"exponents {value} do not pair: {gap.max():.3g} apart, allowed {slack[np.argmax(gap)]:.2g}")
    return None


def check_bounded(system: System, found: Record) -> str | None:
    """The default state stays where it is over 1,000 periods, but for variables declared unbounded."""
    if "largest" not in found:
        return "all variables are declared unbounded"
    first, second = found["largest"]
    if isinstance(system, (StochasticFlow, RandomMap)):
        return "noise visits ever rarer values" if np.isfinite(second) else "not finite"
    if not np.isfinite(second) or second > 2 * first + 1e-9:
        raise Failure(f"the motion grows from {first:.3g} to {second:.3g} over {found['periods']:g} periods")
    return None


def check_on_attractor(system: System, found: Record) -> str | None:
    """The default state lies where the motion returns to: within a twentieth of its extent."""
    if "away" not in found:
        return "noise, an unbounded variable, rest, or too many variables for a return"
    card = type(system).card
    if system.dim > 3 and card is not None and "conservative" in card.tags:
        return "a conservative motion of this dimension takes too long to return"
    if found["away"] > 0.05 * max(1, system.dim - 2):
        raise Failure(f"the default state lies {found['away']:.2g} extents of the motion away from it")
    return None


def check_conserved(system: System, found: Record) -> str | None:
    """What is conserved stays so over 1,000 periods under the default solver."""
    if "drift" not in found:
        return "nothing is declared conserved"
    for name, drift in found["drift"].items():
        if drift > 1e-4:
            raise Failure(f"{name} drifts by {drift:.2g} of its size over {found['periods']:g} periods")
    return None


def check_steps(system: System, found: Record) -> str | None:
    """Halving the steps does not change the orbit over two Lyapunov times."""
    if "halved" not in found:
        return "not a differential equation"
    if found["halved"] > 2e-3:
        raise Failure(f"half steps move the orbit by {found['halved']:.2g} of its extent within {found['over']:g}")
    return None


def check_tags(system: System, found: Record) -> str | None:
    """`chaotic` and `hyperchaotic` are said exactly of what has one positive exponent, or two."""
    spectrum, card = _spectrum(found), type(system).card
    if spectrum is None or card is None or isinstance(system, StochasticFlow):
        return "no exponents"
    value, error = spectrum
    period = 1.0 if isinstance(system, Map) else time_scale(system).period
    positive = int(np.sum(value > _SIGMAS * error + 5e-4 / period))
    for tag, needed in (("chaotic", 1), ("hyperchaotic", 2)):
        if tag in card.tags and positive < needed:
            raise Failure(f"it is tagged {tag} but {positive} exponents are significantly positive: {value[:3]}")
    if positive and "chaotic" not in card.tags and "transient-chaos" not in card.tags:
        raise Failure(f"it is not tagged chaotic but its largest exponent is {value[0]:.3g} +- {error[0]:.2g}")
    return None


def agreement(system: System, found: Record) -> dict[str, tuple[Known, bool, str]]:
    """Each exact or printed invariant of the card with whether ours agrees, and a sentence with both numbers."""
    card, out = type(system).card, {}
    if card is None:
        return out
    spectrum = _spectrum(found)
    for name in ("lyapunov", "kaplan_yorke"):
        known = card.known.get(name)
        if known is None or known.source is Source.COMPUTED or name not in found or spectrum is None:
            continue
        value, error = spectrum if name == "lyapunov" else tuple(np.atleast_1d(v) for v in found[name])
        printed = np.atleast_1d(np.asarray(known.value, dtype=float))
        count = min(len(printed), len(value))
        agrees = (np.abs(value[:count] - printed[:count]) <= known.tol + _SIGMAS * error[:count]).all()
        ours = ", ".join(f"{v:.5g} +- {e:.1g}" for v, e in zip(value[:count], error[:count]))
        theirs = ", ".join(f"{v:.5g}" for v in printed[:count])
        out[name] = (known, bool(agrees), f"{theirs} is known ({known.where}), {ours} is computed")
    return out


def check_literature(system: System, found: Record) -> str | None:
    """Exact and printed values agree with ours; a printed one that is disputed does not."""
    compared = agreement(system, found)
    for name, (known, agrees, sentence) in compared.items():
        if not agrees and not known.disputed:
            raise Failure(f"{name}: {sentence}")
        if agrees and known.disputed:
            raise Failure(f"{name} is disputed, but agrees: {sentence}")
    return None if compared else "no value known"


CHECKS: tuple[Callable[[System, Record], str | None], ...] = (
    check_exponents,
    check_sum,
    check_exact_sum,
    check_zero,
    check_pairs,
    check_bounded,
    check_on_attractor,
    check_conserved,
    check_steps,
    check_tags,
    check_literature,
)
"""All checks of computed numbers, in the order in which they are reported."""


def judge(system: System, found: Record) -> dict[str, str]:
    """The outcome of every check: `passed`, `does not apply: reason`, or `failed: what and by how much`."""
    if "error" in found:
        return {"check_exponents": f"failed: {found['error']}"}
    out = {}
    for check in CHECKS:
        try:
            reason = check(system, found)
        except Failure as failure:
            out[check.__name__] = f"failed: {failure}"
        else:
            out[check.__name__] = "passed" if reason is None else f"does not apply: {reason}"
    return out
