"""Causal states: the least machine that predicts a sequence of symbols as well as its whole past does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError

from ._neighbours import whole
from ._series import as_series
from ._symbols import as_symbols

__all__ = ["EpsilonMachine", "causal_states"]

_BATCHES = 20  # of the record, for the jackknife
_FEW = 20  # histories that occur less often are kept with the shorter one that ends them
_LIMIT = 500  # symbols, for the sum of the excess entropy


@dataclass(frozen=True)
class EpsilonMachine:
    """A machine of causal states: `transitions[s, a]` is the state that symbol `a` leads to from `s`, -1 for never.

    - `probabilities`: `(states, letters)`, of the next symbol in each state. - `stationary`: `(states,)`.
    - `alphabet`: the values of the symbols, or `None` if the data were sorted into classes.
    - `histories`: for each state, the most frequent recent symbols that lead to it.
    - `entropy_rate`, `statistical_complexity`, `excess_entropy`: `Estimate`s in nats.
    """

    transitions: np.ndarray
    probabilities: np.ndarray
    stationary: np.ndarray
    alphabet: np.ndarray | None
    histories: tuple[tuple[int, ...], ...]
    entropy_rate: Estimate
    statistical_complexity: Estimate
    excess_entropy: Estimate
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"EpsilonMachine({len(self.stationary)} states, entropy rate {self.entropy_rate.value:.4g}, statistical "
            f"complexity {self.statistical_complexity.value:.4g}, excess entropy {self.excess_entropy.value:.4g} nats)"
        )

    def plot(self) -> Any:
        """From state to state: how likely (dark: likely), as `cocycle.viz` draws. States are named by a history."""
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        places = np.arange(len(self.stationary))
        matrix = np.zeros((places.size, places.size))
        for state, symbol in np.argwhere(self.transitions >= 0):
            matrix[state, self.transitions[state, symbol]] += self.probabilities[state, symbol]
        names = [" ".join(str(a) for a in history) for history in self.histories]
        figure = cocycle.viz.heatmap(matrix, x=places, y=places, x_title="to the state", y_title="from the state")
        figure.update_traces(zmin=0, zmax=1)
        return figure.update_xaxes(tickvals=places, ticktext=names).update_yaxes(tickvals=places, ticktext=names)


def causal_states(
    data: Any, *, history: int | None = None, classes: int | None = None, alpha: float = 0.01
) -> EpsilonMachine:
    r"""Causal states of a sequence of symbols, and the complexity of its least predictor. [@crutchfield1989]

    Two pasts are equivalent if they give the future the same distribution; the classes are the causal states
    $\mathcal{S}$. With their stationary distribution $\pi$ and the probabilities $P(a \mid s)$ of the next symbol,

    $$h_\mu = -\sum_s \pi_s \sum_a P(a \mid s) \log P(a \mid s), \quad C_\mu = -\sum_s \pi_s \log \pi_s, \quad
    E = \sum_{L=1}^{\infty} (h_L - h_\mu)$$

    are the entropy rate, the **statistical complexity** (the memory that optimal prediction needs) and the excess
    entropy (the information that past and future share), with $h_L = H_L - H_{L-1}$ from the blocks of the machine.
    $E \le C_\mu$. Another thing than `statistical_complexity`, a product of entropy and disequilibrium of ordinal
    patterns that has the same name in the literature.

    The states are found as by causal state splitting [@shalizi2004]: histories are lengthened by one symbol at a time
    up to `history`; one whose next symbol differs from that of its state (G test) goes to a state that fits, or
    founds one; then states are split until the symbol and the state give the next state, and transient states drop out.

    **Arguments**

    - `data`: `(T,)` symbols, one variable. - `classes`: as `prequential_code_length`.
    - `history`: symbols in the longest history, 2 or more. Default: the longest, up to 10, with words that occur 50
      times on average; shorter where that gives no consistent machine. It must be long enough to tell the state, some
      of the time.
    - `alpha`: the chance of a false state at each length (divided by the number of tests). Small probabilities of
      real differences need long records.

    **Returns** an `EpsilonMachine`. The errors are a jackknife over 20 batches of the record and belong to the machine
    found; **they have no part for a wrong machine**. What speaks for one is in `diagnostics`: `by_history`, the number
    of states with histories two and one symbols shorter (0: no consistent machine), and with these; `of_a_quarter`, the
    number in the first quarter of the record; `impossible`, the share of symbols that the machine excludes; `loss` and
    `loss_of_histories`, nats a symbol of the machine and of all histories of full length (a chain of that order). Notes
    say where these disagree. A process without a finite machine (many partitions of chaotic maps, most noisy
    observations of a chain) gets more states the longer the record, slowly: the numbers are those of an approximation,
    and the notes do not catch every such case.
    Raises `EstimationError` if no recurrent machine is found or it excludes more than 1 % of the record.
    """
    series = as_series(data, measure="causal states", min_length=200, univariate=True)
    symbols, letters = as_symbols(series.column, classes, "causal states")
    x = symbols.astype(np.int64)
    if not 0 < alpha < 0.5:
        raise CocycleError(f"causal_states: `alpha` is a probability between 0 and 0.5; got {alpha!r}.")
    length = _longest(x, letters) if history is None else whole(history, "history", 2)
    if (length + 1) * np.log2(letters) > 60:
        raise CocycleError(f"causal_states: {letters} symbols in histories of {length} are too many words.")
    while True:
        tables = _tables(x, letters, length)
        try:
            target, names, path, impossible = _consistent(x, tables, letters, length, alpha)
            break
        except EstimationError:
            if history is not None or length == 2:
                raise
            length -= 1
    batches = np.array_split(path, _BATCHES)
    counts = np.stack([np.bincount(b, minlength=target.size) for b in batches]).reshape(_BATCHES, *target.shape)
    total = counts.sum(axis=0)
    value = _numbers(total, target)
    left_out = np.array([_numbers(total - c, target) for c in counts])
    errors = np.sqrt((_BATCHES - 1) * ((left_out - left_out.mean(axis=0)) ** 2).mean(axis=0))
    full = np.array(list(tables[length].values()), dtype=float)
    direct = -np.sum(full * np.log(np.where(full > 0, full, 1) / full.sum(axis=1, keepdims=True))) / full.sum()
    direct += np.maximum((full > 0).sum(axis=1) - 1, 0).sum() / (2 * full.sum())  # Miller-Madow
    shorter = [_states(x, letters, k, alpha) for k in range(max(2, length - 2), length)]
    part = x[: x.size // 4]
    quarter = _states(part, letters, min(length, _longest(part, letters)), alpha)
    diagnostics = {
        "history": length,
        "of_a_quarter": quarter,
        "by_history": [*shorter, len(target)],
        "impossible": impossible,
        "loss": float(value[0]),
        "loss_of_histories": float(direct),
        "symbols": letters,
    }
    notes = []
    if len(set(diagnostics["by_history"])) > 1:
        notes.append(
            f"The number of states changes with the length of histories: {diagnostics['by_history']} up to {length}. "
            "Either the process has no finite machine, or the record is too short for it: this is an approximation."
        )
    if quarter not in (0, len(target)):
        notes.append(
            f"A quarter of the record gives {quarter} states, all of it {len(target)}: with more data there may be "
            "more, and the process may have no finite machine."
        )
    if value[0] - direct > 4 * errors[0] + 0.002:
        notes.append(
            f"The machine predicts with {value[0]:.4g} nats a symbol, histories of {length} symbols with {direct:.4g}: "
            "states are missing."
        )
    estimates = [
        Estimate(name, v, e, None, path.size, "nats", diagnostics, tuple(notes))
        for name, v, e in zip(("entropy_rate", "statistical_complexity", "excess_entropy"), value, errors, strict=True)
    ]
    visits = total.sum(axis=1, keepdims=True)
    return EpsilonMachine(
        np.where(total > 0, target, -1),
        total / visits,
        visits[:, 0] / visits.sum(),
        None if classes is not None else np.unique(series.column),
        tuple(_word(min(h for h in names if names[h] == s), letters, length - 1) for s in range(len(target))),
        estimates[0],
        estimates[1],
        estimates[2],
        diagnostics,
        tuple(notes),
    )


def _word(code: int, letters: int, length: int) -> tuple[int, ...]:
    return tuple(code // letters**k % letters for k in reversed(range(length)))


def _codes(x: np.ndarray, letters: int, length: int) -> np.ndarray:
    """The `length` symbols before each time `length, length + 1, ...`, as a number with the latest as last digit."""
    code = np.zeros(x.size - length, np.int64)
    for k in range(length, 0, -1):
        code = code * letters + x[length - k : x.size - k]
    return code


def _longest(x: np.ndarray, letters: int) -> int:
    for length in range(3, 11):
        if np.unique(_codes(x, letters, length + 1)).size * 50 > x.size:
            return length - 1
    return 10


def _tables(x: np.ndarray, letters: int, length: int) -> list[dict[int, np.ndarray]]:
    """For each length of history up to `length`, how often each symbol followed each history."""
    tables = []
    for k in range(length + 1):
        codes, place = np.unique(_codes(x, letters, k)[length - k :], return_inverse=True)
        counts = np.bincount(place * letters + x[length:], minlength=codes.size * letters).reshape(-1, letters)
        tables.append(dict(zip(codes.tolist(), counts, strict=True)))
    return tables


def _p_values(one: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Of the G tests that the symbols counted in `one` have the distribution of each row of `many`."""
    from scipy.special import chdtrc, xlogy

    both = one + many
    g = (xlogy(one, one).sum() + xlogy(many, many).sum(axis=1)) - xlogy(both, both).sum(axis=1)
    sizes = many.sum(axis=1)
    g += xlogy(both.sum(axis=1), both.sum(axis=1)) - xlogy(one.sum(), one.sum()) - xlogy(sizes, sizes)
    freedom = (both > 0).sum(axis=1) - 1
    return np.where(freedom > 0, chdtrc(np.maximum(freedom, 1), np.maximum(2 * g, 0)), 1.0)


def _consistent(x: np.ndarray, tables: list[dict[int, np.ndarray]], letters: int, length: int, alpha: float):
    """The machine and its path through the record, which it must allow."""
    target, names = _machine(tables, letters, length, alpha)
    path, impossible = _follow(x, target, names, letters, length)
    if impossible > 0.01 or path.size < x.size // 2:
        raise EstimationError(
            f"causal states: with histories of {length} symbols, the machine of {len(target)} states excludes "
            f"{impossible:.1%} of the symbols that occur. The record is too short for its memory, or the process has "
            "no small machine: try another `history` or other `classes`."
        )
    return target, names, path, impossible


def _states(x: np.ndarray, letters: int, length: int, alpha: float) -> int:
    try:
        return len(_consistent(x, _tables(x, letters, length), letters, length, alpha)[0])
    except EstimationError:
        return 0


def _machine(tables: list[dict[int, np.ndarray]], letters: int, length: int, alpha: float):
    """Targets `(states, letters)` and the state of each history of `length - 1` symbols that belongs to one."""
    states = _split_by_next_symbol(tables, letters, length, alpha)
    groups, signatures = _split_by_next_state(tables, states, letters, length)
    number = max(groups.values()) + 1
    target = np.full((number, letters), -1)
    for group, signature in signatures.items():
        target[group] = [-1 if s is None else s for s in signature]
    weight = np.zeros(number)
    for h, group in groups.items():
        weight[group] += tables[length - 1][h].sum()
    kept = _recurrent(target, weight)
    if kept is None:
        raise EstimationError(
            f"causal states: histories of {length} symbols give no recurrent machine. The record is too short for its "
            "memory: lower `history`, or take fewer `classes`."
        )
    new = {old: i for i, old in enumerate(kept)}
    target = np.array([[new.get(int(t), -1) for t in target[s]] for s in kept])
    return target, {h: new[g] for h, g in groups.items() if g in new}


def _split_by_next_symbol(tables, letters: int, length: int, alpha: float) -> list[dict[int, int]]:
    """For each length of history, the state of each: histories of one state give the next symbol the same odds."""
    states: list[dict[int, int]] = [{0: 0}]
    sums = np.array([tables[0][0]], dtype=float)
    for k in range(1, length + 1):
        level = alpha / len(tables[k])
        parent = {h: states[-1][h % letters ** (k - 1)] for h in tables[k]}
        found: dict[int, int] = {}
        for h, counts in sorted(tables[k].items(), key=lambda item: -item[1].sum()):
            own = parent[h]
            others = np.maximum(sums[own] - counts, 0)  # the state without this history; the larger part keeps its name
            few = counts.sum() < _FEW or others.sum() < counts.sum()
            if few or _p_values(counts, others[None])[0] >= level:
                found[h] = own
                continue
            fits = _p_values(counts, sums)
            fits[own] = 0
            best = int(np.argmax(fits))
            if fits[best] < level:
                best = len(sums)
                sums = np.vstack([sums, np.zeros(letters)])
            found[h] = best
            sums[own] = np.maximum(sums[own] - counts, 0)
            sums[best] += counts
        sums = np.zeros_like(sums)
        for h, counts in tables[k].items():
            sums[found[h]] += counts
        states.append(_merged(found, sums, level))
    return states


def _merged(found: dict[int, int], sums: np.ndarray, level: float) -> dict[int, int]:
    """States that came to give the same odds become one, the closest first; `sums` is changed along."""
    renamed = np.arange(len(sums))
    while True:
        live = np.flatnonzero(sums.sum(axis=1) > 0)
        fits = np.array(
            [[p if b > a else 0.0 for b, p in zip(live, _p_values(sums[a], sums[live]), strict=True)] for a in live]
        )
        if fits.size == 0 or fits.max() < level:
            return {h: int(renamed[s]) for h, s in found.items()}
        a, b = (live[i] for i in np.unravel_index(np.argmax(fits), fits.shape))
        keep, drop = (a, b) if sums[a].sum() >= sums[b].sum() else (b, a)
        sums[keep] += sums[drop]
        sums[drop] = 0
        renamed[renamed == drop] = keep


def _split_by_next_state(tables, states: list[dict[int, int]], letters: int, length: int):
    """Groups of histories of `length - 1` symbols such that group and symbol give the next group; and which."""
    sources, ends = tables[length - 1], letters ** (length - 1)
    groups = {h: states[length - 1][h] for h in sources}
    while True:
        parts: dict[int, set[int]] = {}
        for h, group in groups.items():
            parts.setdefault(states[length - 1][h], set()).add(group)

        def after(h: int, a: int, parts=parts, groups=groups):
            """The group of history and symbol; `None` if they do not say."""
            longer = h * letters + a
            if sources[h][a] == 0 or longer not in states[length]:
                return None
            state, end = states[length][longer], longer % ends
            if state == states[length - 1].get(end):
                return groups[end]
            # its oldest symbol matters, so its end does not tell which part of the state it is in
            return next(iter(parts[state])) if len(parts.get(state, ())) == 1 else None

        found: dict[int, list[list]] = {}  # of each group, the signatures of its parts
        place = {}
        for h in sorted(sources, key=lambda h: -sources[h].sum()):
            mine = [after(h, a) for a in range(letters)]
            if sources[h].sum() < _FEW and groups[h] in found:
                mine = [None] * letters
            known = found.setdefault(groups[h], [])
            for i, signature in enumerate(known):
                if all(s is None or m is None or s == m for s, m in zip(signature, mine, strict=True)):
                    known[i] = [m if s is None else s for s, m in zip(signature, mine, strict=True)]
                    break
            else:
                i = len(known)
                known.append(mine)
            place[h] = (groups[h], i)
        numbers = {part: i for i, part in enumerate(sorted(set(place.values())))}
        if len(numbers) == len(set(groups.values())):
            return groups, {group: found[group][0] for group in found}
        groups = {h: numbers[part] for h, part in place.items()}
        # from now on groups are numbered anew; which state of the first splitting they belong to is read off `states`


def _recurrent(target: np.ndarray, weight: np.ndarray) -> list[int] | None:
    """The states of the closed class that is visited most."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    rows, columns = np.nonzero(target >= 0)
    graph = csr_matrix((np.ones(rows.size), (rows, target[rows, columns])), shape=(len(target), len(target)))
    count, label = connected_components(graph, connection="strong")
    best, most = None, 0.0
    for c in range(count):
        inside = label == c
        outgoing = target[inside][target[inside] >= 0]
        if outgoing.size and inside[outgoing].all() and weight[inside].sum() > most:
            best, most = np.flatnonzero(inside).tolist(), weight[inside].sum()
    return best


def _follow(x: np.ndarray, target: np.ndarray, names: dict[int, int], letters: int, length: int):
    """State times letters plus symbol at each time when the state is known; and the share of symbols it excludes."""
    histories, nexts = _codes(x, letters, length - 1).tolist(), x[length - 1 :].tolist()
    moves, path, state, wrong = target.tolist(), [], -1, 0
    for h, a in zip(histories, nexts, strict=True):
        if state < 0:
            state = names.get(h, -1)
            if state < 0:
                continue
        after = moves[state][a]
        if after < 0:
            wrong += 1
        else:
            path.append(state * letters + a)
        state = after
    return np.array(path, dtype=np.int64), wrong / max(len(path) + wrong, 1)


def _numbers(counts: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Entropy rate, statistical complexity, excess entropy of a machine with these counts of transitions."""
    from scipy.special import entr

    visits = counts.sum(axis=1)
    weights = visits / visits.sum()
    odds = counts / np.maximum(visits, 1)[:, None]
    own = entr(odds).sum(axis=1)
    return np.array([weights @ own, entr(weights).sum(), _excess(odds, target, own)])


def _excess(odds: np.ndarray, target: np.ndarray, own: np.ndarray) -> float:
    """The sum over L of h_L - h: what not knowing the state costs an observer who starts to read.

    He holds a distribution over states; one who knows the state pays nothing more, so only the others are followed.
    """
    from scipy.special import entr

    states, letters = odds.shape
    moves = np.zeros((letters, states, states))
    for a in range(letters):
        seen = np.flatnonzero(odds[:, a] > 0)
        moves[a, seen, target[seen, a]] = odds[seen, a]
    balance = np.vstack([moves.sum(axis=0).T - np.eye(states), np.ones(states)])
    stationary = np.linalg.lstsq(balance, np.append(np.zeros(states), 1.0), rcond=None)[0]
    beliefs, weights, total = np.maximum(stationary, 0)[None], np.ones(1), 0.0
    for _ in range(_LIMIT):
        total += float(weights @ (entr(beliefs @ odds).sum(axis=1) - beliefs @ own))
        beliefs = np.concatenate([(weights[:, None] * beliefs) @ m for m in moves])
        weights = beliefs.sum(axis=1)
        unsure = (weights > 1e-8) & (beliefs.max(axis=1, initial=0.0) < (1 - 1e-12) * weights)
        if not unsure.any():
            break
        beliefs, weights = beliefs[unsure] / weights[unsure, None], weights[unsure]
        keys, place = np.unique(np.round(beliefs, 9), axis=0, return_inverse=True)
        beliefs, weights = keys / keys.sum(axis=1, keepdims=True), np.bincount(place.ravel(), weights)
    return total
