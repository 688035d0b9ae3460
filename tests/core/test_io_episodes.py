"""Several runs in one file, holes that cut a recording, and inputs whose future is known."""

import numpy as np
import pandas as pd
import pytest

import cocycle as cc
from cocycle.core import DataError, read, read_episodes


def written(tmp_path, frame):
    path = tmp_path / "data.csv"
    frame.to_csv(path, index=False)
    return path


def test_a_column_tells_runs_apart_and_each_keeps_its_own_times(tmp_path):
    rng = np.random.default_rng(0)
    frames = [
        pd.DataFrame({"trial": name, "t": 0.5 * np.arange(n), "x": rng.normal(size=n), "still": 3.0})
        for name, n in (("b", 40), ("a", 30), ("c", 25))
    ]
    runs = read_episodes(written(tmp_path, pd.concat(frames)), episode="trial")
    assert [len(run) for run in runs] == [40, 30, 25]  # in the order of the file
    for run, frame in zip(runs, frames, strict=True):
        assert run.variables == ("x",)  # constant in all runs: left out
        np.testing.assert_array_equal(np.asarray(run.states)[:, 0], frame["x"])
        np.testing.assert_array_equal(run.times, frame["t"])
    assert sum("tells 3 runs apart" in note for note in runs[0].meta["notes"]) == 1
    assert sum("'still' is constant" in note for note in runs[0].meta["notes"]) == 1


def test_a_column_constant_in_one_run_only_stays(tmp_path):
    x = np.concatenate([np.zeros(20), np.arange(20.0)])
    frame = pd.DataFrame({"run": np.repeat([1, 2], 20), "x": x, "y": np.sin(np.arange(40))})
    first, second = read_episodes(written(tmp_path, frame), episode="run")
    assert first.variables == second.variables == ("x", "y")


def test_holes_cut_into_episodes_where_read_keeps_the_longest(tmp_path):
    x = np.sin(0.3 * np.arange(300))
    x[50:52] = np.nan  # short: bridged
    x[100:130] = np.nan
    x[250:257] = np.nan
    x[259:270] = np.nan  # leaves an island of two samples: too short
    path = written(tmp_path, pd.DataFrame({"t": np.arange(300.0), "x": x}))
    runs = read_episodes(path)
    assert [(run.times[0], run.times[-1]) for run in runs] == [(0, 99), (130, 249), (270, 299)]
    assert not np.asarray(runs[0].mask)[50:52].any() and runs[1].mask is None
    assert len(read(path)) == 120
    assert any("cut the recording into 4 parts; 3 of them are used" in note for note in runs[0].meta["notes"])


def test_members_of_an_ensemble_are_episodes(tmp_path):
    run = cc.ensemble(cc.systems.Logistic(), np.array([[0.1], [0.2], [0.3]]), 30.0)
    run.to_csv(tmp_path / "e.csv")
    runs = read_episodes(tmp_path / "e.csv")
    np.testing.assert_array_equal(np.stack([np.asarray(r.states) for r in runs]), np.asarray(run.states))


def test_rows_with_inputs_only_are_their_future(tmp_path):
    t = np.arange(60.0)
    frame = pd.DataFrame({"t": t, "x": np.where(t < 50, np.cos(t), np.nan), "u": t**2, "v": -t})
    frame.loc[57:, "u"] = np.nan  # known only so far
    run = read(written(tmp_path, frame), inputs=["u", "v"])
    assert len(run) == 50 and run.times[-1] == 49
    assert run.meta["future_inputs"]["after"] == 49
    np.testing.assert_array_equal(run.meta["future_inputs"]["values"], np.stack([t**2, -t], axis=1)[50:57])
    # without inputs the same rows are nothing but incomplete
    assert "future_inputs" not in read(written(tmp_path, frame), columns=["x"]).meta


def test_runs_with_different_columns_are_refused(tmp_path):
    frame = pd.DataFrame({"run": np.repeat([1, 2], 20), "x": np.cos(np.arange(40.0)), "y": np.sin(np.arange(40.0))})
    frame.loc[20:, "y"] = np.nan
    with pytest.raises(DataError, match="the runs do not have the same columns: x, y in the first, x in another"):
        read_episodes(written(tmp_path, frame), episode="run")


def test_an_unknown_episode_column_is_named(tmp_path):
    frame = pd.DataFrame({"run": np.repeat([1, 2], 20), "x": np.arange(40.0)})
    with pytest.raises(DataError, match=r"no column 'rnu' \(from episode\).*Did you mean 'run'"):
        read_episodes(written(tmp_path, frame), episode="rnu")


def test_runs_stacked_without_saying_so_are_refused_with_the_remedy(tmp_path):
    """`t` starts anew in each run: it is the time, not a variable."""
    x = np.random.default_rng(0).normal(size=120)
    frame = pd.DataFrame({"trial": np.repeat(["a", "b", "c"], 40), "t": np.tile(0.5 * np.arange(40), 3), "x": x})
    with pytest.raises(DataError, match=r"3 separate runs in one file.*--episode"):
        read(written(tmp_path, frame))
    assert len(read_episodes(written(tmp_path, frame), episode="trial")) == 3


def test_the_hour_of_the_day_is_no_time(tmp_path):
    frame = pd.DataFrame({"hour": np.tile(np.arange(24), 5), "load": np.random.default_rng(0).normal(size=120)})
    run = read(written(tmp_path, frame))
    assert run.meta["time_column"] is None and run.variables == ("hour", "load")


def test_frames_come_back_as_read_frame_gives_them():
    """A frame that cocycle made keeps its inputs and mask; what is no frame gets the same sentence."""
    rng = np.random.default_rng(0)
    mask = np.ones(60, bool)
    mask[7] = False
    made = cc.Trajectory(np.arange(60.0), rng.normal(size=(60, 2)), inputs=rng.normal(size=(60, 1)), mask=mask)
    (run,) = read_episodes(made.to_dataframe())
    np.testing.assert_array_equal(run.states, made.states)
    np.testing.assert_array_equal(run.inputs, made.inputs)
    np.testing.assert_array_equal(run.mask, mask)
    with pytest.raises(cc.CocycleError, match="takes a pandas DataFrame or Series; got dict"):
        read_episodes({"x": [1.0]})
