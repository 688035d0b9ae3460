"""Bayesian mixtures over sources of symbols: one context length, or all context trees at once."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np

from cocycle.core import CocycleError
from cocycle.measure._neighbours import whole

__all__ = ["ContextTreeWeighting", "KrichevskyTrofimov", "SymbolCode"]


class SymbolCode(ABC):
    """A predictor of symbols 0, 1, ..., `letters` - 1, from the symbols before."""

    letters: int | None

    @property
    @abstractmethod
    def memory(self) -> int:
        """How many symbols back it looks. The first so many cost `log(letters)` nats each."""

    @abstractmethod
    def _losses(self, rows: "_Rows") -> tuple[np.ndarray, np.ndarray]:
        """Nats of the old rows, as it learns; and of the new rows, having learnt the old ones."""

    def of(self, letters: int):
        """The same, for so many letters where it was not told how many there are."""
        if self.letters is None:
            return replace(self, letters=letters)  # pyright: ignore[reportArgumentType]
        if whole(self.letters, "letters", 2) < letters:
            raise CocycleError(
                f"{type(self).__name__}: the data have {letters} kinds of symbols, more than letters={self.letters}."
            )
        return self

    def learning(self, values: np.ndarray) -> np.ndarray:
        """Nats that each symbol costs, given those before it. `values`: `(T, 1)`. Returns `(T,)`."""
        return self._padded(self._losses(_Rows(values[:, 0], None, self.memory))[0])

    def learned(self, values: np.ndarray, new: np.ndarray | None = None) -> np.ndarray:
        """Nats that each symbol of `new` (default: of `values`) costs the model that has learnt all of `values`."""
        again = values if new is None else new
        return self._padded(self._losses(_Rows(values[:, 0], again[:, 0], self.memory))[1])

    def _padded(self, losses: np.ndarray) -> np.ndarray:
        return np.concatenate([np.full(self.memory, math.log(self.letters or 1)), losses])


@dataclass(frozen=True)
class KrichevskyTrofimov(SymbolCode):
    r"""A Markov chain of fixed order with unknown probabilities, each context with its own Dirichlet prior.

    $P(x_{t+1} = a \mid \text{context } c) = (n_{ca} + \alpha)/(n_c + \alpha A)$ with the counts so far: the exact
    Bayesian mixture over all chains of this order. $\alpha = 1/2$ is the estimator of [@krichevsky1981], whose length
    exceeds that of the best chain by $\frac12 \log n$ a parameter, which is least possible.

    - `order`: symbols in a context, 0 or more. - `pseudo_count`: $\alpha$.
    - `letters`: $A$; `None`: as many as the record has.
    """

    order: int = 0
    letters: int | None = None
    pseudo_count: float = 0.5

    def __post_init__(self):
        whole(self.order, "order", 0)
        if not self.pseudo_count > 0:
            raise CocycleError(f"KrichevskyTrofimov: `pseudo_count` is greater than 0; got {self.pseudo_count!r}.")

    @property
    def memory(self) -> int:
        return self.order

    def _losses(self, rows):
        for context in rows.contexts(self.order):
            last = context
        old, new = rows.estimates(last, self.letters, self.pseudo_count)
        return -old, -new


@dataclass(frozen=True)
class ContextTreeWeighting(SymbolCode):
    r"""All Markov chains of variable memory at once: the exact Bayesian mixture over context trees. [@willems1995]

    Every tree whose leaves are contexts of up to `depth` symbols, with a Krichevsky-Trofimov mixture in each leaf, is
    weighted by 1/2 for every node above `depth`, leaf or not. The sum over these doubly exponentially many trees is
    computed node by node, $P_w^s = \frac12 P_e^s + \frac12 \prod_a P_w^{as}$. For any binary sequence and any tree with
    $L$ leaves, $L_d$ of them at `depth`, the length is above that of the best parameters of this tree by no more than

    $$(2L - 1 - L_d) \log 2 + L\left(\tfrac12 \log \tfrac{n}{L} + \log 2\right), \qquad n \ge L.$$

    - `depth`: longest memory, 1 or more. - `letters`: size of the alphabet; `None`: as many as the record has.
    """

    depth: int = 8
    letters: int | None = None

    def __post_init__(self):
        whole(self.depth, "depth")

    @property
    def memory(self) -> int:
        return self.depth

    def _losses(self, rows):
        nodes = list(rows.contexts(self.depth))
        old, new = rows.estimates(nodes[-1], self.letters, 0.5)  # the deepest nodes are leaves
        for node in reversed(nodes[:-1]):
            leaf_old, leaf_new = rows.estimates(node, self.letters, 0.5)
            # log of the odds that the node is a leaf: even at first, then what it would have saved at each visit
            saved = leaf_old - old
            odds, final = _before(node[: rows.n], saved), _sum(node, saved)
            old = np.logaddexp(leaf_old - np.logaddexp(0, -odds), old - np.logaddexp(0, odds))
            odds = final[node[rows.n :]]
            new = np.logaddexp(leaf_new - np.logaddexp(0, -odds), new - np.logaddexp(0, odds))
        return -old, -new


class _Rows:
    """Symbols with those before them, of the record (`n` rows) and of a second one that is not learnt from."""

    def __init__(self, old: np.ndarray, new: np.ndarray | None, memory: int):
        records = [old.astype(np.int64)] + ([] if new is None else [new.astype(np.int64)])
        if min(r.size for r in records) <= memory:
            raise CocycleError(f"A memory of {memory} symbols needs a longer record; got {records[-1].size} symbols.")
        self.n = old.size - memory
        self.symbol = np.concatenate([r[memory:] for r in records])
        self.lags = [np.concatenate([r[memory - k : r.size - k] for r in records]) for k in range(1, memory + 1)]

    def contexts(self, depth: int):
        """The number of each row's context, of 0, 1, ..., `depth` symbols."""
        context = np.zeros(self.symbol.size, np.int64)
        yield context
        for lag in self.lags[:depth]:
            context = np.unique(context * 256 + lag, return_inverse=True)[1]
            yield context

    def estimates(self, context: np.ndarray, letters: int | None, alpha: float) -> tuple[np.ndarray, np.ndarray]:
        """Log-probabilities of the old rows, from the counts before each; and of the new rows, from all of these."""
        assert letters is not None
        n, pair = self.n, context * 256 + self.symbol
        pair = np.unique(pair, return_inverse=True)[1]
        ones = np.ones(n)
        old = np.log(_before(pair[:n], ones) + alpha) - np.log(_before(context[:n], ones) + alpha * letters)
        all_pairs, all_visits = _sum(pair, ones)[pair[n:]], _sum(context, ones)[context[n:]]
        return old, np.log(all_pairs + alpha) - np.log(all_visits + alpha * letters)


def _before(group: np.ndarray, x: np.ndarray) -> np.ndarray:
    """For each row, the sum of `x` over the earlier rows of the same group."""
    order = np.argsort(group, kind="stable")
    total = np.cumsum(x[order]) - x[order]
    sorted_groups = group[order]
    first = np.concatenate([[True], sorted_groups[1:] != sorted_groups[:-1]])
    start = np.maximum.accumulate(np.where(first, np.arange(group.size), 0))
    out = np.empty(group.size)
    out[order] = total - total[start]
    return out


def _sum(group: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The sum of `x` over the old rows of each group; 0 for a group that only new rows have."""
    return np.bincount(group[: x.size], x, minlength=int(group.max()) + 1)
