"""The main job from end to end, on small data with few learners; and that it survives interruption."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from cocycle.core import CocycleError, Trajectory
from cocycle.study import Options, Progress, check, compare, continue_forecast, load_results, study
from cocycle.study._candidates import candidates
from cocycle.study._select import evaluate, rolling_origin
from cocycle.study._split import split

FEW = {"mode": "quick", "learners": ("ar",), "horizon": 6}


def recording(n=420, seed=0):
    """A noisy oscillation: an AR(2) process with a period of about ten samples."""
    rng = np.random.default_rng(seed)
    x = np.zeros(n)
    for i in range(2, n):
        x[i] = 1.5 * x[i - 1] - 0.9 * x[i - 2] + rng.normal()
    return x


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    file = folder / "series.csv"
    file.write_text("day,level\n" + "\n".join(f"{i},{v!r}" for i, v in enumerate(recording().tolist())))
    return study(file, folder / "out", **FEW), file


def test_everything_is_written_and_fits_the_schema(finished):
    result, _ = finished
    found = load_results(result.directory)
    check(found)
    assert found["status"] == "complete" and found == json.loads(json.dumps(dict(result.results)))
    for name in ("report.html", "results.json", "forecast.csv", "trajectory.nc", "model"):
        assert (result.directory / name).exists(), name
    assert found["source"]["files"][0]["name"] == "series.csv" and len(found["source"]["files"][0]["sha256"]) == 64
    assert {c["flag"] for c in found["choices"]} >= {"--delay", "--dimension", "--horizon"}
    assert all(c["reason"] for c in found["choices"])


def test_an_autoregression_is_learned_and_beats_the_baselines(finished):
    result, _ = finished
    learn, forecast = result.results["learn"], result.results["forecast"]
    assert learn["beats_baseline"] and "autoregression" in learn["chosen"]
    best = min(forecast["skill"], key=lambda s: s["mase"])
    assert best["chosen"]
    # the one-step error of the true model has a standard deviation of 1: half the 90 % interval is 1.645
    assert 1.3 < forecast["half_width"][0][0] < 2.2
    assert forecast["coverage"]["low"] <= 0.9 <= forecast["coverage"]["high"]


def test_a_measure_without_an_answer_is_a_sentence(finished):
    result, _ = finished
    for record in result.results["measures"]:
        assert (record["failed"] is None) != (record["value"] is None)
        assert "unexpectedly" not in (record["failed"] or "")


def test_the_report_is_self_contained(finished):
    result, _ = finished
    page = result.report.read_text(encoding="utf-8")
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", outside)
    assert page.count("plotly.js v") == 1 and outside.count("<svg") == outside.count('class="plot"') >= 8
    ids = re.findall(r'\bid="([^"]+)"', outside)
    assert len(ids) == len(set(ids))
    assert result.results["verdict"]["kind"] in outside and result.results["source"]["hash"] in outside


def test_the_saved_model_forecasts_as_in_the_study(finished):
    result, file = finished
    table = [line.split(",") for line in (result.directory / "forecast.csv").read_text().splitlines()]
    assert table[0] == ["time (days)", "level", "level_low", "level_high"] and len(table) == 7
    again = continue_forecast(result.directory, file)
    np.testing.assert_allclose(again.forecast.states[:, 0], [float(r[1]) for r in table[1:]], rtol=1e-12)
    np.testing.assert_allclose(again.low[:, 0], [float(r[2]) for r in table[1:]], rtol=1e-12)
    assert len(continue_forecast(result.directory, file, 2).low) == 2
    with pytest.raises(CocycleError, match="1 to 6 samples"):
        continue_forecast(result.directory, file, 7)


def test_a_study_compared_with_itself_differs_nowhere(finished):
    result, _ = finished
    rows = compare(result.directory, result.directory)
    assert len(rows) > 10 and not any(row["differs"] for row in rows)


def same(one, two):
    """Results without the clock."""

    def bare(results):
        kept = {k: v for k, v in results.items() if k not in ("created", "seconds", "command")}
        text = json.dumps(kept)
        return re.sub(r'"seconds": [0-9.e-]+', "", text)

    return bare(one) == bare(two)


class _Stop(Progress):
    """Presses Ctrl-C when a stage begins."""

    def __init__(self, at):
        super().__init__()
        self.at = at

    def show(self, text, fraction):
        if self._name == self.at and fraction == 0.0:
            raise KeyboardInterrupt


def test_an_interrupted_study_is_usable_and_goes_on_to_the_same_result(finished, tmp_path):
    result, file = finished
    partial = study(file, tmp_path / "out", **FEW, progress=_Stop("forecast"))
    assert not partial.complete and "forecast" not in partial.results and "learn" in partial.results
    check(load_results(tmp_path / "out"))
    assert "--resume" in partial.report.read_text(encoding="utf-8")
    done = study(file, tmp_path / "out", **FEW, resume=True)
    assert done.complete and same(done.results, result.results)
    with pytest.raises(CocycleError, match="cannot be resumed"):
        study(file, tmp_path / "out", mode="quick", learners=("ar",), horizon=5, resume=True)


def test_the_selection_never_sees_the_test_part():
    options = Options(**FEW)

    def selected(values):
        parts = split([Trajectory.from_numpy(values)], "0.8", most=10_000)
        folds = rolling_origin(parts.train, folds=2, origins=10, horizon=6)
        field, _ = candidates(folds[0].fit, options)
        return [evaluate(c, folds, horizon=6, key=None)[0]["errors"].tolist() for c in field]

    values = recording()
    mutated = values.copy()
    mutated[336:] = 1e3 * np.random.default_rng(1).normal(size=84)
    assert selected(values) == selected(mutated)


@pytest.mark.slow
def test_a_killed_study_goes_on(finished, tmp_path):
    result, file = finished
    command = [sys.executable, "-m", "cocycle.cli", "study", str(file), "--quick", "--learners", "ar", "--horizon", "6"]
    command += ["--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    waited = time.monotonic()
    while not list((tmp_path / "out" / ".study").glob("select/*.json")):  # in the middle of the selection
        assert process.poll() is None and time.monotonic() - waited < 300
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "out" / "results.json").exists()
    subprocess.run([*command, "--resume"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert same(load_results(tmp_path / "out"), result.results)


@pytest.mark.slow
def test_several_files_with_a_known_input(tmp_path):
    rng = np.random.default_rng(4)
    files = []
    for index, n in enumerate((300, 260)):
        u, x = np.sin(np.arange(n) / 7.0) + index, np.zeros(n)
        for i in range(1, n):
            x[i] = 0.7 * x[i - 1] + 2.0 * u[i - 1] + 0.1 * rng.normal()
        files.append(tmp_path / f"run{index}.csv")
        rows = (f"{i},{a!r},{b!r}" for i, (a, b) in enumerate(zip(x.tolist(), u.tolist())))
        files[-1].write_text("t,x,u\n" + "\n".join(rows))
    found = study(files, tmp_path / "out", mode="quick", inputs=("u",), learners=("ar",), horizon=5).results
    assert found["source"]["episodes"] == 2 and found["source"]["inputs"] == ["u"]
    assert found["source"]["variables"] == ["x"] and found["split"]["rows"] == [240, 208]
    # with the input known, the one-step error is the noise: half the interval is 1.645 * 0.1
    assert 0.12 < found["forecast"]["half_width"][0][0] < 0.22
    assert any("inputs held" in note for note in found["analysis"]["notes"])
    assert any("Future inputs" in note for note in found["forecast"]["notes"])


def test_the_known_future_of_an_input_enters_the_forecast(tmp_path):
    """x' = 0.7 x + 2 u without noise: with u known ahead, the forecast is the recursion itself."""
    rng = np.random.default_rng(4)
    n, ahead = 400, 6
    u, x = rng.normal(size=n + ahead), np.zeros(n + ahead)
    for i in range(1, n + ahead):
        x[i] = 0.7 * x[i - 1] + 2.0 * u[i - 1]
    seen = np.where(np.arange(n + ahead) < n, x, np.nan)
    path = tmp_path / "driven.csv"
    pd.DataFrame({"t": np.arange(n + ahead), "x": seen, "u": u}).to_csv(path, index=False)
    result = study(path, tmp_path / "out", mode="quick", inputs=("u",), learners=("ar",), horizon=ahead)
    table = pd.read_csv(result.directory / "forecast.csv")
    np.testing.assert_allclose(table["x"], x[n:], atol=1e-6)
    assert not any("Future inputs" in note for note in result.results["forecast"]["notes"])


@pytest.mark.slow
def test_a_named_system_is_compared_with_its_truth(tmp_path):
    found = study("henon", tmp_path / "out", mode="quick", samples=800, learners=("nvar",), horizon=5).results
    truth = found["analysis"]["truth"]
    assert abs(truth["spectrum"]["value"][0] - 0.419) < 0.02
    model = found["analysis"]["spectrum"]["value"]
    assert abs(model[0] - 0.419) < 0.04  # the Henon map is quadratic: the fitted model has its exponent
    assert found["verdict"]["kind"] == "chaotic"
    points = [p for p in found["analysis"]["fixed_points"] if p["inside"]]
    assert any(abs(p["state"][0] - 0.631354) < 1e-4 for p in points)  # (-0.7 + sqrt(6.09)) / 2.8


def test_misuse_is_explained(tmp_path):
    with pytest.raises(CocycleError, match="Did you mean 'horizon'"):
        study(recording(), horizn=5)
    with pytest.raises(CocycleError, match="either"):
        study(recording(), options=Options(), horizon=5)
    with pytest.raises(CocycleError, match="There is no learner"):
        study(recording(120), tmp_path / "out", mode="quick", learners=("arr",))
