"""The table of truths, by family, and the printed numbers that are not on it."""

import re

import of_geometry
import of_statistics
import of_systems

from cocycle.systems import CATALOGUE

TRUTHS = {**of_systems.TRUTHS, **of_geometry.TRUTHS, **of_statistics.TRUTHS}


def disputed():
    """(system, printed, source, evidence) from the cards of the catalogue."""
    for name, system in CATALOGUE.items():
        for known in system.card.known.values():
            if known.disputed:
                key, _, place = known.where.partition(", ")
                source = (
                    (f"[@{key}]" + (f", {place}" if place else ""))
                    if re.fullmatch(r"[a-z]+\d{4}\w*", key)
                    else known.where
                )
                value = known.value
                yield (
                    name,
                    ", ".join(f"{v:.6g}" for v in value) if isinstance(value, tuple) else value,
                    source,
                    known.disputed,
                )
