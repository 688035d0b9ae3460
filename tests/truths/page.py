"""The page of truths, row by row."""

import pathlib

import numpy as np
from table import TRUTHS, disputed

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "measures" / "truths.md"
HEAD = """# Truths

What others know, and what the measures of this library say of it: exact answers, and published numbers with their
sources. No accepted value comes from our own code. `python tests/truths` writes this page; the tests hold every row.

A row is met when the two differ by less than three error bars, ours and that of the accepted value together, and when
our error bar is small enough to say something: below a tenth of the value, or below a size that the table in the code
states where the value is zero. The last column is the difference in error bars, the largest where there are several
numbers. Where an answer is exact but for rounding, it is met to 1e-9, and the column counts in that.

"""


def number(value, error):
    """Digits up to the second of the error."""
    error = float(error)
    if not np.isfinite(error) or error < 1e-12:
        return f"{value:.6g}"
    digits = min(10, max(0, 1 - int(np.floor(np.log10(error)))))
    return f"{float(value) + 0.0:.{digits}f} ± {error:.1g}"


def row(place):
    family, index = place
    truth = TRUTHS[family][index]
    outcome = truth.outcome()
    ours = ", ".join(number(v, e) for v, e in zip(outcome.value, outcome.stderr, strict=True))
    errors = np.broadcast_to(truth.error, outcome.accepted.shape)
    accepted = ", ".join(
        f"{v:.6g}" + (f" ± {e:.1g}" if e else "") for v, e in zip(outcome.accepted, errors, strict=True)
    )
    source = truth.source.replace("|", "\\|")
    cells = (truth.system, f"`{truth.measure.split(',')[0]}`" + "".join(truth.measure.partition(",")[1:]), accepted)
    mark = "" if outcome.met else " **not met**"
    return family, outcome.met, f"| {' | '.join(cells)} | {source} | {ours} | {outcome.deviation:.1f}{mark} |"


def page(rows):
    met = sum(ok for _, ok, _ in rows)
    lines = [HEAD + f"**{len(rows)} rows, {met} met, {len(rows) - met} not met.**"]
    for family in TRUTHS:
        lines += ["", f"## {family}", "", "| system | measure | accepted | source | ours | difference |"]
        lines += ["|---|---|---|---|---|---|", *(text for name, _, text in rows if name == family)]
    lines += ["", "## Disputed", "", "Printed numbers that we do not find, and why.", ""]
    lines += ["| system | printed | source | evidence |", "|---|---|---|---|"]
    lines += [f"| {name} | {value} | {source} | {why} |" for name, value, source, why in disputed()]
    return "\n".join(lines) + "\n"
