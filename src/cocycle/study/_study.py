"""`study`: the main job, stage by stage. Every stage is stored when it is finished and never made twice."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from statistics import NormalDist
from typing import Any

import jax
import numpy as np

from cocycle import core
from cocycle.core import CocycleError, Trajectory, write_atomically

from . import _analyse, _examine, _sensitivity
from ._candidates import Candidate, candidates
from ._characterise import Embedding, characterise, choices_of
from ._options import Options
from ._progress import Progress
from ._results import SCHEMA_VERSION, check
from ._select import Fold, choose, evaluate, family_best, rolling_origin, sentence_of
from ._source import Recording, open_recording
from ._split import Split, split
from ._store import Store, plain

__all__ = ["Study", "study"]


@dataclass(frozen=True)
class Study:
    """A finished (or interrupted) study: its `directory` and its `results`, as in `results.json`."""

    directory: Path
    results: Mapping[str, Any]

    @property
    def report(self) -> Path:
        """The page to read."""
        return self.directory / "report.html"

    @property
    def complete(self) -> bool:
        """Whether all stages are finished."""
        return self.results["status"] == "complete"

    @property
    def model(self) -> Any:
        """The chosen model, fitted to all data."""
        return core.load(self.directory / "model")

    def __repr__(self) -> str:
        verdict = self.results.get("verdict", {}).get("kind", "no verdict yet")
        return f"Study({self.results['source']['name']}: {verdict}; {self.directory})"


def study(
    source: Any,
    out: str | Path | None = None,
    *,
    options: Options | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    command: str | None = None,
    **settings: Any,
) -> Study:
    """Find out what dynamics made a recording, and what comes next.

    Reads, measures, decides what kind of dynamics it is, selects a model by rolling-origin validation in the training
    part, examines it once in the test part, forecasts beyond the end, analyses the fitted model, and writes everything
    to a directory.

    **Arguments**

    - `source`: a file or a list of files, the name of a system (or a `System`), a `Trajectory`, an array, a DataFrame.
    - `out`: the directory to write (default `study-NAME`): `report.html`, `results.json`, `forecast.csv`,
      `model/`, `trajectory.nc`.
    - `options`, or its fields as keywords: `mode="quick"`, `horizon=50`, `split="0.8"`, `seed=0`, `delay`,
      `dimension`, `theiler`, `threshold`, `degree`, `columns`, `time_column`, `inputs`, `level`; see `Options`.
    - `resume`: go on where an interrupted study in `out` stopped.
    - `progress`: where to report progress (default: nowhere).

    **Returns** a `Study`. An interruption (Ctrl-C) is not an error: the finished parts are written, `complete` is
    false, and `resume=True` goes on from there.

    ```python
    result = cc.study.study("sunspots.csv", mode="quick")
    result.results["verdict"]["kind"]
    ```
    """
    if options is not None and settings:
        raise CocycleError("Give either `options` or single settings, not both.")
    options = options or _options(settings)
    progress = progress or Progress()
    with progress.stage("read", "Reading the data"):
        recording = open_recording(source, options)
    directory = Path(out) if out is not None else Path(f"study-{_stem(recording)}")
    identity = {"options": options.to_dict(), "hash": recording.info["hash"], "schema": SCHEMA_VERSION}
    store = Store(directory, identity, resume=resume)
    run = _Run(recording, options, store, progress, command or f"cocycle.study.study({recording.info['name']!r})")
    status = "complete"
    try:
        run.all_stages()
    except KeyboardInterrupt:
        status = "partial"
    return run.write(status)


def _options(settings: Mapping[str, Any]) -> Options:
    known = set(Options.__dataclass_fields__)
    for name in settings:
        if name not in known:
            raise CocycleError(f"study has no setting {name!r}.{core.suggestion(name, known)}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}
    if "split" in values:
        values["split"] = str(values["split"])
    return Options(**values)


def _stem(recording: Recording) -> str:
    name = recording.info["files"][0]["name"].rsplit(".", 1)[0] if recording.info["files"] else recording.info["name"]
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-").lower() or "data"


class _Run:
    """One study in progress: what the stages share, and the stages in order."""

    def __init__(self, recording: Recording, options: Options, store: Store, progress: Progress, command: str):
        self.recording, self.options, self.store = recording, options, store
        self.progress, self.command = progress, command
        self.key = jax.random.key(options.seed)
        self.began = time.monotonic()

    # -- what the stages stand on -------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> Split:
        """Training and test parts."""
        return split(self.recording.episodes, self.options.split, most=self.options.budget.fit_samples)

    @cached_property
    def horizon(self) -> tuple[int, dict[str, Any]]:
        """How far ahead to forecast, and why."""
        return _examine.horizon_of(self.parts, self.options)

    @cached_property
    def embedding(self) -> tuple[Embedding, list[dict[str, Any]], dict[str, Any]]:
        """Delay and dimension, from the training part."""
        return choices_of(self.parts.train, self.options)

    @cached_property
    def folds(self) -> list[Fold]:
        """Rolling-origin folds of the training part."""
        budget = self.options.budget
        return rolling_origin(self.parts.train, folds=budget.folds, origins=budget.origins, horizon=self.horizon[0])

    @cached_property
    def field(self) -> tuple[list[Candidate], dict[str, str]]:
        """The candidates and the learners left out."""
        return candidates(self.folds[0].fit, self.options)

    # -- the stages ---------------------------------------------------------------------------------------------

    def all_stages(self) -> None:
        """Run what is not there yet."""
        with self.progress.stage("characterise", "Measuring the data"):
            self.store.memo("choices", self._choices)
            self.store.memo("characterise", self._characterise)
        with self.progress.stage("verdict", "Deciding what kind of dynamics it is"):
            self.store.memo("verdict", lambda: self.decide(self.recording.longest))
        with self.progress.stage("select", "Learning and selecting by rolling-origin validation"):
            self._select()
        with self.progress.stage("forecast", "Examining in the test part and forecasting"):
            self._forecast()
        with self.progress.stage("analyse", "Analysing the fitted model"):
            self.store.memo("analysis", self._analyse)
        with self.progress.stage("sensitivity", "Asking whether the verdict survives"):
            self._sensitivity()

    def _choices(self) -> dict[str, Any]:
        _, chosen, curves = self.embedding
        return {"choices": [*chosen, self.horizon[1]], "curves": curves}

    def _characterise(self) -> dict[str, Any]:
        return characterise(self.recording.longest, self.embedding[0], self.options, self.progress.step)

    def decide(self, data: Trajectory) -> dict[str, Any]:
        """The verdict on a recording as plain data."""
        from ._verdict import verdict

        try:
            found = verdict(data, quick=self.options.quick, key=self.key, on_step=self.progress.step)
        except CocycleError as error:  # too short, or constant: that is an answer too
            return {"kind": "undecided", "confidence": 0.0, "sentence": sentence_of(error), "evidence": {},
                    "probabilities": {}, "remedy": None}  # fmt: skip
        return {
            "kind": found.kind,
            "confidence": float(found.confidence),
            "sentence": found.sentence,
            "evidence": plain(found.evidence),
            "probabilities": plain(found.probabilities),
            "remedy": found.remedy,
        }

    def _select(self) -> None:
        folds = self.folds
        field, left_out = self.field
        records = []
        for index, candidate in enumerate(field):
            self.progress.step(candidate.name, index / len(field))
            records.append(
                self.store.memo(f"select/{index:03d}", lambda i=index, c=candidate: self._evaluate(i, c, folds))
            )

        def conclude():
            chosen, reason = choose(records, folds, self.horizon[0])
            return {
                "records": records,
                "left_out": left_out,
                "best": [r["name"] for r in family_best(records)],
                "chosen": chosen["name"],
                "reason": reason,
                "beats": not chosen["baseline"],
                "folds": len(folds),
                "origins": sum(len(f.origins) for f in folds),
            }

        self.store.memo("select", conclude)

    def _evaluate(self, index: int, candidate: Candidate, folds) -> dict[str, Any]:
        record, residuals = evaluate(candidate, folds, horizon=self.horizon[0], key=self.key)
        if residuals is not None:
            self.store.put_array(f"select/{index:03d}", residuals)
        return record

    def _forecast(self) -> None:
        selected = self.store.get("select")
        place = {c.name: (i, c) for i, c in enumerate(self.field[0])}
        examined = []
        for index, name in enumerate(selected["best"]):
            self.progress.step(f"Testing {name}", 0.8 * index / len(selected["best"]))
            chosen = name == selected["chosen"]
            examined.append(self.store.memo(f"test/{index:02d}", lambda p=place[name], c=chosen: self._examine(*p, c)))
        self.progress.step("Forecasting beyond the data", 0.85)
        self.store.memo("forecast", lambda: self._final(place[selected["chosen"]][1], examined))

    def _examine(self, index: int, candidate: Candidate, chosen: bool) -> dict[str, Any]:
        past = self.store.array(f"select/{index:03d}")
        return _examine.examine(
            candidate, chosen, self.parts, past, horizon=self.horizon[0], rows=self.rows,
            options=self.options, lyapunov=self.exponent, key=self.key,
        )  # fmt: skip

    @cached_property
    def rows(self) -> int:
        """Length of the records that models were run along in the validation."""
        return max(len(seen) for seen in self.folds[0].seen)

    @property
    def exponent(self) -> float | None:
        """The largest Lyapunov exponent of the data, if it is positive beyond its error."""
        for record in self.store.get("characterise")["measures"]:
            if record["name"] == "largest_lyapunov" and record["value"] is not None and record["interval"]:
                return float(record["value"]) if record["interval"][0] > 0 else None
        return None

    def _final(self, candidate: Candidate, examined: list[dict[str, Any]]) -> dict[str, Any]:
        """Refit to all data, save, and forecast what comes next."""
        chosen = next(e for e in examined if e["skill"]["chosen"])
        if "half_width" not in chosen:
            raise CocycleError(f"The chosen model could not be tested: {chosen['skill']['failed']}")
        data = _examine.learned_from(self.recording.episodes, self.options.budget.fit_samples)
        model = candidate.learner.fit(data, key=self.key)
        core.save(model, self.store.directory / "model")
        width = np.asarray(chosen["half_width"])
        future, low, high, notes = _examine.beyond(model, data[-1][-self.rows :], self.horizon[0], width)
        labels = self.recording.clock.labels(data[-1], np.asarray(future.times))
        held = chosen["held"]
        if chosen["level"] < self.options.level:
            notes.append(
                f"{chosen['calibration']} past errors support intervals of {100 * chosen['level']:.0f} % only, not "
                f"{100 * self.options.level:.0f} %."
            )
        values = np.concatenate([np.asarray(e.states) for e in data])
        negative = [v for j, v in enumerate(data[0].variables) if values[:, j].min() >= 0 > low[:, j].min()]
        if negative:
            names = ", ".join(negative)
            notes.append(f"The recording has no negative {names}; read an interval below zero as one down to zero.")
        order = sorted(examined, key=lambda e: (e["skill"]["mase"] is None, e["skill"]["mase"] or 0.0))
        return {
            "info": {
                "model": candidate.name,
                "horizon": self.horizon[0],
                "level": chosen["level"],
                "half_width": width,
                "calibration": chosen["calibration"],
                "coverage": {"level": chosen["level"], "observed": held["value"], "low": held["low"],
                             "high": held["high"], "trials": held["trials"], "forecasts": len(self._tested_rows())},
                "skill": [e["skill"] for e in order],
                "sentence": _examine.sentence(examined, self.horizon[0], chosen["level"]),
                "notes": notes,
            },
            "labels": labels,
            "times": future.times,
            "states": future.states,
            "low": low,
            "high": high,
        }  # fmt: skip

    def _tested_rows(self):
        return _examine.test_origins(self.parts, self.horizon[0], self.options.budget.test_origins)

    def _analyse(self) -> dict[str, Any]:
        model = core.load(self.store.directory / "model")
        data = _examine.learned_from([self.recording.episodes[-1]], self.options.budget.fit_samples)[0]
        measures = self.store.get("characterise")["measures"]
        found = _analyse.analyse(model, data, self.embedding[0], measures, self.options, self.progress.step)
        if self.recording.system is not None:
            self.progress.step("The true system", 0.9)
            found["truth"] = _analyse.truth_of(self.recording.system, self.options)
        return found

    def _sensitivity(self) -> None:
        data = self.recording.longest
        verdict = self.store.get("verdict")
        normal = NormalDist().inv_cdf(0.5 + self.store.get("forecast")["info"]["level"] / 2)
        noise = np.asarray(self.store.get("forecast")["info"]["half_width"])[0] / normal
        judged = bool(verdict["evidence"])  # a recording too short for a verdict has none to lose
        rows = _sensitivity.alterations(data, noise, self.options) if judged else []
        for index, (change, make) in enumerate(rows):
            self.progress.step(f"Verdict on {change}", index / len(rows))
            self.store.memo(
                f"sensitivity/{index}",
                lambda c=change, m=make: _sensitivity.sensitivity(c, m(), verdict["kind"], self.decide),
            )
        self.store.put("sensitivity", [self.store.get(f"sensitivity/{i}") for i in range(len(rows))])

    # -- writing ------------------------------------------------------------------------------------------------

    def write(self, status: str) -> Study:
        """Everything that is finished, to the directory."""
        from ._assemble import assemble
        from ._files import write_files

        with self.progress.stage("write", "Writing the report"):
            results = assemble(self, status)
            results["seconds"] = dict(self.progress.seconds)
            check(results)
            write_files(self, results)
            import json

            write_atomically(self.store.directory / "results.json", json.dumps(results, indent=1, allow_nan=False))
        return Study(self.store.directory, results)


def versions() -> dict[str, str]:
    """The software that made the study."""
    from importlib.metadata import version

    names = ("cocycle", "jax", "equinox", "numpy", "scipy")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
