"""Evaluates the LaTeX of a system's card: text, tokens, tree, meaning of the symbols, rule."""

from ._fields import Periodic as Periodic
from ._fields import smooth as smooth
from ._read import read as read
from ._rule import jumps as jumps
from ._rule import rule as rule
from ._symbols import Equations as Equations
from ._tree import EquationError as EquationError
