"""Cuts LaTeX into tokens."""

import re
from dataclasses import dataclass

__all__ = ["Token", "label", "split", "steps", "tokenize"]


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int
    apart: bool = False  # a thin space stands before it


_SIZES = r"left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|q?quad"
_TOKEN = re.compile(
    rf"""(?P<thin>\\,) | (?P<blank>\s+|~|\\[!;:>\ ]|\\(?:{_SIZES})(?![A-Za-z]))
    | \\(?:text|mbox)\{{(?P<text>[^{{}}]*)\}}
    | \\(?:operatorname|mathrm|mathbf|mathit|boldsymbol)\*?\s*(?:\{{(?P<name>[^{{}}\\]*)\}}|(?P<one>[A-Za-z]))
    | (?P<environment>\\(?:begin|end)\{{[a-z]+\}})
    | (?P<number>\d+(?:\.\d+)?|\.\d+) | (?P<command>\\(?:[A-Za-z]+|[{{}}|\\])) | (?P<letter>[A-Za-z]) | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


def tokenize(source: str) -> list[Token]:
    tokens, apart = [], False
    for match in _TOKEN.finditer(source):
        kind = str(match.lastgroup)
        if kind in ("thin", "blank"):
            apart = apart or kind == "thin"
            continue
        text = match.group(kind).strip()
        tokens.append(Token("name" if kind == "one" else kind, text, match.start(), apart))
        apart = False
    return tokens


def steps(token: Token) -> int:
    """How a token changes the depth of brackets."""
    if token.kind == "environment":
        return 1 if "begin" in token.text else -1
    if token.kind not in ("sign", "command"):
        return 0
    return (token.text in ("(", "[", "{", r"\{")) - (token.text in (")", "]", "}", r"\}"))


def split(tokens: list[Token], *separators: str) -> list[list[Token]]:
    """The stretches between separators that stand in no bracket."""
    pieces, depth = [[]], 0
    for token in tokens:
        depth += steps(token)
        if depth == 0 and token.text in separators and token.kind in ("sign", "command", "text"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def label(tokens: list[Token]) -> str:
    return "".join(t.text.removeprefix("\\") for t in tokens)
