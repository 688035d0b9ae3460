"""Datasets: lengths, reproducibility, noise, and that what is written is read back."""

import jax
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import CocycleError
from cocycle.systems import dataset, read_dataset

NAMES = ["Lorenz63", "Henon", "OrnsteinUhlenbeck"]


@pytest.fixture(scope="module")
def small():
    return dataset(NAMES, periods=6, points_per_period=20, members=2, splits={"train": 2, "test": 1})


def test_lengths(small):
    assert list(small) == NAMES
    assert [len(run) for run in small["Lorenz63"]["train"]] == [80, 80]
    assert [len(run) for run in small["Lorenz63"]["test"]] == [40, 40]
    assert [len(run) for run in small["Henon"]["test"]] == [2, 2]
    assert small["Lorenz63"]["train"][0].variables == ("x", "y", "z")


def test_the_test_part_follows_the_training_part(small):
    train, test = small["Lorenz63"]["train"][0], small["Lorenz63"]["test"][0]
    step = float(train.times[1] - train.times[0])
    assert float(test.times[0] - train.times[-1]) == pytest.approx(step)
    onward = cc.trajectory(cc.systems.Lorenz63(), step, dt=step, x0=train.states[-1], transient=0.0)
    np.testing.assert_allclose(test.states[0], onward.states[-1], atol=1e-5)


def test_members_differ_and_the_key_decides(small):
    first, second = small["Lorenz63"]["train"]
    assert np.abs(np.asarray(first.states) - np.asarray(second.states)).max() > 1
    again = dataset(["Lorenz63"], periods=6, points_per_period=20, members=2, splits={"train": 2, "test": 1})
    np.testing.assert_array_equal(again["Lorenz63"]["train"][1].states, second.states)  # whichever others are asked for
    other = dataset(["Lorenz63"], periods=6, points_per_period=20, key=jax.random.key(1))
    assert np.abs(np.asarray(other["Lorenz63"]["train"][0].states)[:80] - np.asarray(first.states)).max() > 1


def test_noise_is_relative_to_each_variable():
    clean = dataset(["Rossler"], periods=50)["Rossler"]["train"][0]
    noisy = dataset(["Rossler"], periods=50, noise=0.1)["Rossler"]["train"][0]
    ratio = (np.asarray(noisy.states) - np.asarray(clean.states)).std(axis=0) / np.asarray(clean.states).std(axis=0)
    np.testing.assert_allclose(ratio, 0.1, rtol=0.1)


def test_univariate():
    run = dataset(["Rossler"], periods=2, univariate=True)["Rossler"]["test"][0]
    assert run.variables == ("x",)
    assert run.states.shape[1] == 1


@pytest.mark.parametrize("folder", ["data", "data.zarr"])
def test_written_and_read_back(small, tmp_path, folder):
    if folder.endswith("zarr"):
        pytest.importorskip("zarr")
    dataset(NAMES, periods=6, points_per_period=20, members=2, splits={"train": 2, "test": 1}, to=tmp_path / folder)
    back = read_dataset(tmp_path / folder)
    assert dict(back.meta) == dict(small.meta)
    for name in NAMES:
        for split in ("train", "test"):
            for got, wanted in zip(back[name][split], small[name][split], strict=True):
                assert got.variables == wanted.variables
                np.testing.assert_array_equal(got.states, wanted.states)
                np.testing.assert_array_equal(got.times, wanted.times)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"names": ["Lorentz"]}, "Did you mean"),
        ({"names": []}, "no system is named"),
        ({"names": ["henon", "Henon"]}, "more than once"),
        ({"periods": 0}, "periods must be positive"),
        ({"points_per_period": 1}, "at least 2"),
        ({"noise": -1}, "0 or more"),
        ({"splits": {"train": 0}}, "positive lengths"),
        ({"splits": {"train": 1, "test": 1e-9}}, "too few for the splits"),
        ({"to": "file.csv"}, "a folder for Parquet files"),
    ],
)
def test_refused(arguments, sentence):
    with pytest.raises(CocycleError, match=sentence):
        dataset(**({"names": ["Henon"], "periods": 5} | arguments))


def test_no_dataset_there(tmp_path):
    with pytest.raises(CocycleError, match=r"there is no dataset\.json in it"):
        read_dataset(tmp_path)
