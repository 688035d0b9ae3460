"""Parses the LaTeX of one expression: a Pratt parser by methods, one for each level of binding."""

from dataclasses import dataclass

from ._tokens import Token, label, split
from ._tree import Call, Cases, EquationError, Node, Number, Op, Operator, Part, Rate, Symbol, Total

__all__ = ["Dialect", "Parser", "RELATIONS", "SYMBOLS"]

# symbols that are one command; the variants `\varepsilon` ... mean the same letter
SYMBOLS = {
    f"\\{name}": name.removeprefix("var")
    for name in (
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
        *("xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta"),
        *("Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "varepsilon", "vartheta", "varrho"),
        *("varpi", "varsigma", "varphi", "ell", "hbar", "infty"),
    )
}
_ELEMENTARY = {
    *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch", "arcsin", "arccos"),
    *("arctan", "arsinh", "artanh", "exp", "ln", "log", "max", "min", "sgn", "sign", "H", "erf", "sinc"),
    *("Re", "Im", "arg"),
}
_ACCENTS = {r"\bar": "bar", r"\hat": "hat", r"\tilde": "tilde", r"\overline": "bar"}
_PAIRS = {"(": ")", "[": "]", r"\{": r"\}"}
RELATIONS = {"<": "<", ">": ">", "=": "==", r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">=", r"\ne": "!="}
RELATIONS[r"\neq"] = "!="
_TIMES = (r"\cdot", r"\times", r"\circ", "*")
# what ends a product; any other token begins a factor, or is an error there
_ENDS = {*"+-/*^_=<>)],;&}'!:.", *RELATIONS, *_TIMES, r"\}", r"\\", r"\bmod", r"\pmod", r"\end{cases}"}
_ENDS |= {r"\rfloor", r"\rceil", r"\rvert", r"\rangle"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What decides how an equation is read: the functions it defines, and the kind of its system."""

    functions: frozenset[str] = frozenset()
    stochastic: bool = False  # `dx` is a differential
    delayed: bool = False  # `x(t - a)` is `x` at another time
    clock: str = ""  # the letter which as a superscript is time: `x_i^{n+1}`


class Parser:
    def __init__(self, tokens: list[Token], source: str, dialect: Dialect):
        self.tokens, self.source, self.dialect = list(tokens), source, dialect
        self.i = 0
        self.bars = 0  # open absolute values

    # reading tokens

    def fail(self, why: str) -> EquationError:
        if self.i < len(self.tokens):
            at = self.tokens[self.i].at
            return EquationError(f"{why} at {self.source[at : at + 30]!r}")
        end = self.tokens[-1].at + len(self.tokens[-1].text) if self.tokens else len(self.source)
        return EquationError(f"{why} after {self.source[max(0, end - 30) : end]!r}")

    @property
    def next(self) -> Token:
        return self.tokens[self.i] if self.i < len(self.tokens) else Token("end", "", len(self.source))

    def at(self, *texts: str) -> bool:
        return self.next.kind in ("sign", "command", "environment") and self.next.text in texts

    def take(self, *texts: str) -> str | None:
        if not self.at(*texts):
            return None
        self.i += 1
        return self.tokens[self.i - 1].text

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise self.fail(f"expected {text!r}")

    def argument(self) -> list[Token]:
        """The tokens of a group in braces, or the one digit, letter or command that TeX takes in its place."""
        token = self.next
        if self.take("{"):
            start, depth = self.i, 1
            while depth:
                if self.next.kind == "end":
                    raise self.fail("a brace is not closed")
                depth += self.at("{") - self.at("}")
                self.i += 1
            return self.tokens[start : self.i - 1]
        if token.kind == "end":
            raise self.fail("an argument is missing")
        if token.kind == "number" and len(token.text) > 1:
            self.tokens[self.i] = Token("number", token.text[1:], token.at + 1)
            return [Token("number", token.text[0], token.at)]
        self.i += 1
        return [token]

    def inner(self, tokens: list[Token]) -> Node:
        return Parser(tokens, self.source, self.dialect).whole()

    def whole(self) -> Node:
        node = self.expression()
        if self.next.kind != "end":
            raise self.fail(f"cannot read {self.next.text!r}")
        return node

    # from the loosest binding to the tightest

    def expression(self) -> Node:
        node = self.addition()
        while True:
            if self.take(r"\bmod"):
                node = Op("mod", (node, self.addition()))
            elif self.take(r"\pmod"):
                node = Op("mod", (node, self.inner(self.argument())))
            else:
                return node

    def addition(self) -> Node:
        sign = self.take("+", "-")
        node = self.product()
        node = Op("neg", (node,)) if sign == "-" else node
        while sign := self.take("+", "-"):
            node = Op(sign, (node, self.product()))
        return node

    def product(self) -> Node:
        node, divisor = self.factor(), None
        while True:
            if self.take("/"):
                divisor = self.factor()
                node = Op("/", (node, divisor))
            elif self.at(*_TIMES) or self.begins():
                if divisor is not None and not isinstance(divisor, Number):
                    raise self.fail("`a / b c` can be read in two ways (write \\frac or brackets)")
                self.take(*_TIMES)
                node = Op("*", (node, self.factor()))
            else:
                return node

    def begins(self) -> bool:
        """Whether a factor begins here."""
        if self.next.kind in ("end", "text"):
            return False
        return not (self.at(*_ENDS) or (self.at("|") and self.bars > 0))

    def factor(self) -> Node:
        node = self.scripts(self.atom())
        # a derivative acts on the factor that follows
        return Op("apply", (node, self.factor())) if _acts(node) and self.begins() else node

    def scripts(self, node: Node) -> Node:
        while True:
            if self.take("^"):
                tokens = self.argument()
                if label(tokens) in ("*", "ast"):
                    node = Op("conj", (node,))
                else:
                    node = Op("^", (node, self.inner(tokens)))
            elif self.take("_"):
                below = label(self.argument())
                node = Op("max", (node, Number(0.0))) if below == "+" else Op("apply", (Operator(below), node))
            else:
                return node

    def atom(self) -> Node:
        token = self.next
        if token.kind in ("end", "text", "environment") and token.text != r"\begin{cases}":
            raise self.fail("an expression is missing")
        self.i += 1
        text = token.text
        if token.kind == "number":
            return Number(float(text))
        if token.kind == "letter":
            following = self.next
            touching = following.at == token.at + 1 and (following.kind == "letter" or following.text in SYMBOLS)
            if self.dialect.stochastic and text == "d" and touching:
                return Rate(self.named(), 1)
            return self.symbol(text)
        if token.kind == "name":
            return self.function(text) if text in _ELEMENTARY else self.symbol(text)
        if text in _PAIRS:
            return self.group(_PAIRS[text])
        if text in ("|", r"\lvert"):
            self.bars += 1
            node = self.expression()
            self.bars -= 1
            self.expect({"|": "|", r"\lvert": r"\rvert"}[text])
            return Op("abs", (node,))
        if text in (r"\lfloor", r"\lceil"):
            node = self.group({r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}[text])
            return Op(text[2:], (node,))
        if text in SYMBOLS:
            return self.symbol(SYMBOLS[text])
        if text[1:] in _ELEMENTARY:
            return self.function(text[1:])
        if (known := getattr(self, f"_{text[1:]}", None)) and text[0] == "\\":
            return known()
        if text == r"\begin{cases}":
            return self.cases()
        if text in _ACCENTS:
            inner = self.inner(self.argument())
            if not isinstance(inner, Symbol):
                return Op("conj", (inner,))
            return self.symbol(f"{_ACCENTS[text]} {inner.name}", inner.parts)
        self.i -= 1
        raise self.fail(f"cannot read {text!r}")

    def group(self, close: str) -> Node:
        nodes = self.items(close)
        if len(nodes) != 1:
            raise self.fail("a list stands where one expression should, before")
        return nodes[0]

    def items(self, close: str) -> tuple[Node, ...]:
        bars, self.bars = self.bars, 0
        nodes = [self.expression()]
        while self.take(","):
            nodes.append(self.expression())
        self.expect(close)
        self.bars = bars
        return tuple(nodes)

    # symbols and functions

    def named(self) -> Symbol:
        node = self.atom()
        if not isinstance(node, Symbol):
            self.i -= 1
            raise self.fail("expected a symbol")
        return node

    def symbol(self, name: str, parts: tuple[Part, ...] = ()) -> Node:
        primes = 0
        while True:
            if self.take("_"):
                parts += self.parts(self.argument())
            elif self.take("'"):
                primes += 1
            elif self.at("^") and self.dialect.clock and (time := self.superscript()):
                parts += time
            else:
                break
        symbol = Symbol(name, parts, primes)
        ahead = label(self.tokens[self.i : self.i + 3])
        if symbol.full in self.dialect.functions and self.at("("):
            self.i += 1
            return Call(symbol, self.items(")"))
        if self.dialect.delayed and (ahead == "(t)" or ahead[:3] == "(t-"):
            self.i += 1
            return Call(symbol, self.items(")"))
        return symbol

    def parts(self, tokens: list[Token]) -> tuple[Part, ...]:
        parts = []
        for piece in split(tokens, ","):
            try:
                node = self.inner(piece)
            except EquationError:  # a label only, such as `*`
                node = None
            parts.append(Part(label(piece), node))
        return tuple(parts)

    def superscript(self) -> tuple[Part, ...]:
        """The superscript, where it is a time."""
        start, self.i = self.i, self.i + 1
        parts = self.parts(self.argument())
        if parts[0].text.split("+")[0] == self.dialect.clock:
            return parts
        self.i = start
        return ()

    def function(self, name: str) -> Node:
        if name in ("max", "min") and self.at("_"):
            return self.total(name)
        power = self.inner(self.argument()) if self.take("^") else None
        if isinstance(power, Op):
            raise self.fail(f"{name}^{{-1}} can be read in two ways (write 1/{name} or arc{name}), before")
        if bracket := self.take(*_PAIRS):
            args = self.items(_PAIRS[bracket])
        else:
            node = self.factor()
            while self.begins() and not self.next.apart and self.is_plain(self.next):
                node = Op("*", (node, self.factor()))
            args = (node,)
        node = Op(name, args)
        return node if power is None else Op("^", (node, power))

    @staticmethod
    def is_plain(token: Token) -> bool:
        """Whether a factor that begins so may follow inside the argument of a function without brackets."""
        return token.kind in ("number", "letter") or token.text in (*SYMBOLS, r"\frac", r"\tfrac")

    # commands: the method `_name` reads what follows `\name`

    def _frac(self) -> Node:
        return Op("/", (self.inner(self.argument()), self.inner(self.argument())))

    _tfrac = _dfrac = _frac

    def _sqrt(self) -> Node:
        degree = self.group("]") if self.take("[") else None
        radicand = self.inner(self.argument())
        return Op("sqrt", (radicand,)) if degree is None else Op("^", (radicand, Op("/", (Number(1.0), degree))))

    def _dot(self, order: int = 1) -> Node:
        inner = Parser(self.argument(), self.source, self.dialect).named()
        whole = self.symbol(inner.name, inner.parts)
        if isinstance(whole, Call):  # \dot x(t)
            whole = whole.symbol
        assert isinstance(whole, Symbol)
        return Rate(whole, order)

    def _ddot(self) -> Node:
        return self._dot(2)

    def _nabla(self) -> Node:
        if self.take(r"\cdot"):
            return Operator("div")
        if not self.take("^"):
            return Operator("grad")
        power = self.inner(self.argument())
        if not isinstance(power, Number) or power.value % 2:
            raise self.fail("only even powers of \\nabla are read, not that before")
        return Op("^", (Operator("laplace"), Number(power.value / 2)))

    def _partial(self) -> Node:
        self.expect("_")
        axes = label(self.argument())
        if axes == "t":
            return Symbol(self.named().name, (Part("t", None),))
        return Operator(axes)

    def _sum(self) -> Node:
        return self.total("sum")

    def _prod(self) -> Node:
        return self.total("prod")

    def _langle(self) -> Node:
        return Op("mean", (self.group(r"\rangle"),))

    def total(self, op: str) -> Node:
        below: list[Token] = []
        high = None
        while script := self.take("_", "^"):
            if script == "_":
                below = self.argument()
            else:
                high = self.inner(self.argument())
        if not below:
            raise self.fail("a sum does not say over what, before")
        low, condition, names = None, None, []
        pieces = split(below, ",")
        for piece in pieces:
            start, *bound = split(piece, "=")
            if bound:
                low = self.inner(bound[0])
            elif len(piece) > 1:
                condition = Parser(piece, self.source, self.dialect).condition()
            names += [label(start)] if len(start) == 1 else []
        names = names or [t.text for t in below if t.kind == "letter"]  # of `j \ne i`
        return Total(op, tuple(dict.fromkeys(names)), low, high, condition, self.product())

    def cases(self) -> Node:
        start = self.i
        while not self.take(r"\end{cases}"):
            if self.next.kind == "end":
                raise self.fail("\\begin{cases} is not closed")
            self.i += 1
        branches = []
        for row in split(self.tokens[start : self.i - 1], r"\\"):
            if not row:
                continue
            value, *condition = split(row, "&")
            if len(condition) != 1:
                raise self.fail("a row of cases needs one & between value and condition, before")
            inner = self.inner(value[:-1] if value[-1].text == "," else value)
            branches.append((inner, Parser(condition[0], self.source, self.dialect).condition()))
        return Cases(tuple(branches))

    def condition(self) -> Node | None:
        """Comparisons, chained or joined by commas; `None` for otherwise."""
        parts: list[Node] = []
        while self.next.kind != "end":
            if self.next.kind == "text":
                word = self.next.text.strip()
                self.i += 1
                if word in ("otherwise", "else"):
                    return None
                if word not in ("if", "for", "and", "when", "where"):
                    self.i -= 1
                    raise self.fail(f"cannot read the condition {word!r}")
                continue
            left = self.expression()
            while relation := self.take(*RELATIONS):
                right = self.expression()
                parts.append(Op(RELATIONS[relation], (left, right)))
                left = right
            if not parts:
                raise self.fail("expected a comparison")
            self.take(",")
        if not parts:
            raise self.fail("a condition is missing")
        whole = parts[0]
        for part in parts[1:]:
            whole = Op("and", (whole, part))
        return whole


def _acts(node: Node) -> bool:
    """Whether a node is a derivative, or an expression in derivatives, still without its operand."""
    if isinstance(node, Operator):
        return True
    return isinstance(node, Op) and node.name != "apply" and any(_acts(a) for a in node.args)
