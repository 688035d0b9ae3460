"""Numbers as people write them: as many digits as the error bar allows, powers of ten where they help."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["against", "number", "percent", "sig"]

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def sig(value: Any, digits: int = 3) -> str:
    """A number with so many significant digits: `0.0123`, `1,234`, `1.2 × 10⁻⁶`; a dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, (list, tuple)):
        return ", ".join(sig(v, digits) for v in value)
    if isinstance(value, (bool, str)):
        return str(value)
    value = float(value)
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "–"
    size = math.floor(math.log10(abs(value)))
    if size < -4 or size >= 7:
        text = (
            f"{value / 10.0**size:.{digits - 1}f}".rstrip("0").rstrip(".") + f" × 10{str(size).translate(_SUPERSCRIPT)}"
        )
    elif float(value).is_integer() and abs(value) < 1e7:
        text = f"{int(value):,}"
    else:
        text = f"{value:,.{max(0, digits - 1 - size)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def number(value: Any, stderr: Any = None) -> str:
    """A value with its standard error: `0.906 ± 0.012`; both to the second digit of the error."""
    if value is None:
        return "–"
    if isinstance(value, (list, tuple)):
        errors = stderr if isinstance(stderr, (list, tuple)) else [None] * len(value)
        return ", ".join(number(v, e) for v, e in zip(value, errors))
    if not stderr or not math.isfinite(stderr):
        return sig(value)
    value, stderr = float(value), float(stderr)
    size = math.floor(math.log10(stderr))
    largest = math.floor(math.log10(max(abs(value), stderr)))
    if largest >= 7 or largest < -4:
        scale = 10.0**largest
        places = max(0, 1 - (size - largest))
        power = f" × 10{str(largest).translate(_SUPERSCRIPT)}"
        text = f"({value / scale:.{places}f} ± {stderr / scale:.{places}f}){power}"
    else:
        places = max(0, 1 - size)
        text = f"{value:,.{places}f} ± {stderr:,.{places}f}"
    return text.replace("-", "−")


def percent(share: Any, digits: int = 0) -> str:
    """A share as a percentage."""
    return "–" if share is None else f"{100 * float(share):.{digits}f} %"


def against(mine: float, theirs: float, of: str) -> str:
    """An error next to another: `35 % less than X`, `12 times smaller than X`, `the same as X`, `8 % more than X`."""
    if mine <= 0 or theirs <= 0:
        return f"against {sig(theirs)} of {of}"
    ratio = theirs / mine
    if ratio >= 1000:
        return f"over a thousand times smaller than that of {of}"
    if ratio >= 10:
        return f"{sig(ratio, 2)} times smaller than that of {of}"
    change = 100 * (1 - mine / theirs)
    if abs(change) < 0.5:
        return f"the same as that of {of}"
    return f"{abs(change):.0f} % {'less' if change > 0 else 'more'} than that of {of}"
