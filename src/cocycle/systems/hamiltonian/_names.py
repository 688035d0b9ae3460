"""Names of canonical variables, for systems with a size of their own."""

__all__ = ["canonical"]


def canonical(n: int) -> tuple[str, ...]:
    """`q1 ... qn, p1 ... pn`."""
    return tuple(f"{letter}{i + 1}" for letter in "qp" for i in range(n))
