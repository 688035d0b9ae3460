r"""Reads the LaTeX of a card's equation into a small syntax tree.

The grammar is that of a careful author. Equations are separated by commas; juxtaposition multiplies; `/` divides what
stands left of it by the one factor right of it; a function without brackets takes the product that follows, up to a
sign, a function, a bracket or a thin space (`\sin \omega t\, x` is `x` times the sine of `omega t`); `\bmod` and
`\pmod{m}` take all that stands left of them. What can be read in two ways is refused.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from ._parser import RELATIONS, SYMBOLS, Dialect, Parser
from ._tokens import Token, label, split, steps, tokenize
from ._tree import Equation, EquationError, Node, Reaction, Symbol

__all__ = ["Reading", "read", "symbol"]

_REMARKS = {*RELATIONS, r"\in", r"\sim"} - {"="}


@dataclass
class Reading:
    r"""What a card states: equations, jumps `x \to x + 1: rate`, and remarks.

    Remarks are parts that begin with words, `\text{...}`, words after an equation, conditions such as `x \ge 0` or
    `\xi_n \sim N(0, 1)`, and ranges `i = 0, \dots, n`, which say what the first index is.
    """

    equations: list[Equation] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    first: int = 1


def symbol(text: str) -> Symbol:
    """A lone symbol, such as `I_{ext}`."""
    return Parser(tokenize(text), text, Dialect()).named()


def read(source: str, *, stochastic: bool = False, delayed: bool = False) -> Reading:
    """What the LaTeX of a card states."""
    reading = Reading()
    pieces = _pieces(source, reading)
    clock = re.search(r"\^\{\s*([a-z])\s*\+\s*1\s*\}\s*=", source)
    functions = frozenset(name for piece in pieces if (name := _defined_function(piece, source)))
    dialect = Dialect(functions, stochastic, delayed, clock[1] if clock else "")

    def nodes(pieces: list[list[Token]]) -> tuple[Node, ...]:
        return tuple(Parser(piece, source, dialect).whole() for piece in pieces)

    for piece in pieces:
        text = source[piece[0].at : piece[-1].at + len(piece[-1].text)]
        before, *after = split(piece, r"\to")
        sides = split(piece, "=")
        if after:
            result, *rate = split(after[0], ":", "at rate", "at the rate")
            if len(rate) != 1:
                raise EquationError(f"{text!r} does not say at what rate")
            reading.reactions.append(Reaction(nodes(_list(before)), nodes(_list(result)), nodes(rate)[0], text))
        elif len(sides) < 2:
            raise EquationError(f"no equals sign in {text!r}")
        else:
            reading.equations.append(Equation(nodes(sides), text))
    return reading


def _pieces(source: str, reading: Reading) -> list[list[Token]]:
    """The parts between commas, without the remarks."""
    pieces, remarks = [], []
    for piece in split(tokenize(source), ",", ";", r"\\"):
        outside = [t for t, depth in zip(piece, accumulate(map(steps, piece))) if depth == 0]
        texts, words = {t.text for t in outside}, [t for t in outside if t.kind == "text"]
        if texts & {r"\dots", r"\ldots"}:
            start = None
            while pieces and not start:
                start = re.fullmatch(r"[a-z]=(\d+)", label(pieces[-1]))
                remarks.append(pieces.pop())
            reading.first = int(start[1]) if start else 1
            remarks.append(piece)
        elif words and (words[0] == outside[0] or not texts & {"=", r"\to"}):
            remarks.append(piece)
        elif "=" in texts and words:  # the equation, and how it is meant
            at = piece.index(words[0])
            pieces.append(piece[:at])
            remarks.append(piece[at:])
        elif not texts & {"=", r"\to"} and (remarks or texts & _REMARKS):
            remarks.append(piece)
        elif piece:
            pieces.append(piece)
    reading.remarks = [label(remark) for remark in remarks]
    return pieces


def _list(tokens: list[Token]) -> list[list[Token]]:
    """The members of `(x, y)`, or a single one."""
    inside = split(tokens[1:-1], ",")
    return inside if tokens and tokens[0].text == "(" and tokens[-1].text == ")" and len(inside) > 1 else [tokens]


def _defined_function(piece: list[Token], source: str) -> str | None:
    """`f` of a piece `f(x, y) = ...`."""
    left = split(piece, "=")[0]
    parser = Parser(left, source, Dialect())
    if not left or not (left[0].kind in ("letter", "name") or left[0].text in SYMBOLS):
        return None
    head = parser.named()
    arguments = left[parser.i + 1 : -1]
    only_symbols = not any(t.kind == "number" or t.text in ("+", "-") for t in arguments)
    return head.full if parser.at("(") and left[-1].text == ")" and only_symbols else None
