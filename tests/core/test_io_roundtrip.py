"""What is written comes back: values, names, inputs, mask, members, provenance; in every format."""

import json

import jax.numpy as jnp
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cocycle.core import Trajectory, dates, from_xarray, read, read_frame, to_dataframe, to_xarray

N = 40
RNG = np.random.default_rng(3)
META = {
    "system": "Lorenz63",
    "parameters": {"rho": jnp.asarray(28.0), "solver": object()},
    "seed": 7,
    "time_unit": "days",
    "date_origin": "2001-02-03",
    "notes": ["one", "two"],
}


def record(*, ensemble=False, inputs=False, mask=False, meta=META, names=("x", "speed (m/s)")):
    states = RNG.normal(size=(3, N, len(names)) if ensemble else (N, len(names)))
    return Trajectory(
        5.0 + 0.1 * np.arange(N),
        states,
        inputs=RNG.normal(size=(N, 2)) if inputs else None,
        mask=np.arange(N) % 9 != 4 if mask else None,
        variables=names,
        meta={**meta, **({"inputs": ("u", "valve")} if inputs else {})},
    )


def same(a, b):
    np.testing.assert_array_equal(a.times, b.times)
    np.testing.assert_array_equal(a.states, b.states)
    assert a.variables == b.variables
    for one, other in ((a.inputs, b.inputs), (a.mask, b.mask)):
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_array_equal(one, other)


KINDS = [
    {},
    {"inputs": True},
    {"mask": True},
    {"inputs": True, "mask": True},
    {"ensemble": True},
    {"ensemble": True, "mask": True},
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: "-".join(k) or "plain")
def test_pandas_xarray_parquet_netcdf_keep_everything(kind, tmp_path):
    made = record(**kind)
    frame = to_dataframe(made)
    same(read_frame(frame), made)
    same(read_frame(frame.reset_index()), made)
    same(Trajectory.from_dataframe(made.to_dataframe()), made)
    data = to_xarray(made)
    same(from_xarray(data), made)
    same(Trajectory.from_xarray(made.to_xarray()), made)
    made.to_netcdf(tmp_path / "a.nc")
    same(Trajectory.from_netcdf(tmp_path / "a.nc"), made)
    made.to_parquet(tmp_path / "a.parquet")
    for back in (read_frame(frame), from_xarray(data), read(tmp_path / "a.nc")):
        assert back.meta["system"] == "Lorenz63" and back.meta["seed"] == 7
        assert back.meta["parameters"]["rho"] == 28.0
        assert back.meta["notes"] == ["one", "two"]
        np.testing.assert_array_equal(dates(back), dates(made))
        if made.inputs is not None:
            assert back.meta["inputs"] == ("u", "valve")
    same(Trajectory.from_parquet(tmp_path / "a.parquet"), made)
    assert read(tmp_path / "a.parquet").meta["seed"] == 7


def test_csv_keeps_numbers_to_the_last_bit(tmp_path):
    made = record()
    made.to_csv(tmp_path / "a.csv")
    same(Trajectory.from_csv(tmp_path / "a.csv"), made)
    driven = record(inputs=True)
    driven.to_csv(tmp_path / "a.csv")
    same(read(tmp_path / "a.csv", inputs=["u", "valve"]), driven)
    members = record(ensemble=True)
    members.to_csv(tmp_path / "a.csv")
    same(read(tmp_path / "a.csv"), members)


def test_csv_keeps_the_mask(tmp_path):
    made = record(mask=True)
    made.to_csv(tmp_path / "a.csv")
    back = read(tmp_path / "a.csv")
    np.testing.assert_array_equal(back.mask, made.mask)
    np.testing.assert_array_equal(back.states[made.mask], made.states[made.mask])
    assert back.variables == made.variables


finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrays(float, st.tuples(st.integers(10, 30), st.integers(1, 3)), elements=finite),
    st.floats(-1e3, 1e3),
    st.floats(1e-3, 1e3),
)
def test_any_record_comes_back(tmp_path, states, start, dt):
    made = Trajectory(start + dt * np.arange(len(states)), states)
    same(read_frame(to_dataframe(made)), made)
    same(from_xarray(to_xarray(made)), made)
    made.to_netcdf(tmp_path / "a.nc")
    same(read(tmp_path / "a.nc"), made)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrays(float, st.tuples(st.integers(10, 30), st.integers(1, 3)), elements=st.floats(-90, 90)),
    st.floats(-1e3, 1e3),
    st.floats(1e-2, 1e3),
)
def test_any_record_that_moves_comes_back_from_text(tmp_path, states, start, dt):
    states[0] -= 91.0  # no constant column
    made = Trajectory(start + dt * np.arange(len(states)), states)
    made.to_csv(tmp_path / "a.csv")
    same(read(tmp_path / "a.csv"), made)


def test_what_others_see(tmp_path):
    made = record(inputs=True, mask=True)
    frame = made.to_dataframe()
    assert list(frame.columns) == ["x", "speed (m/s)", "u", "valve", "mask"] and frame.index.name == "time"
    levels = record(ensemble=True).to_dataframe()
    assert levels.index.names == ["member", "time"] and len(levels) == 3 * N
    made.to_netcdf(tmp_path / "a.nc")
    with xr.open_dataset(tmp_path / "a.nc", engine="h5netcdf") as data:  # plain xarray, no warning
        assert dict(data.sizes) == {"time": N}
        assert data.attrs["system"] == "Lorenz63" and data.attrs["notes"] == "one\ntwo"
        assert data["speed (m_per_s)"].attrs["long_name"] == "speed (m/s)"
        assert data["u"].attrs["role"] == "input" and data["mask"].dtype == bool
        assert data["date"].values[0] == np.datetime64("2001-02-08")
        assert json.loads(data.attrs["cocycle_meta"])["seed"] == 7
    made.to_parquet(tmp_path / "a.parquet")
    assert list(pd.read_parquet(tmp_path / "a.parquet").columns) == ["time", "x", "speed (m/s)", "u", "valve", "mask"]


@pytest.mark.parametrize("names", [("time", "mask"), ("member", "date"), ("a/b", "")])
def test_awkward_names(names, tmp_path):
    for made in (record(names=names), record(names=names, ensemble=True), record(names=names, mask=True)):
        same(read_frame(to_dataframe(made)), made)
        made.to_netcdf(tmp_path / "a.nc")
        same(read(tmp_path / "a.nc"), made)


def test_old_dates_survive_netcdf(tmp_path):
    made = Trajectory(
        np.arange(24) / 12 + 1000, RNG.normal(size=(24, 1)), meta={"date_origin": "0000-01-01", "calendar": "months"}
    )
    made.to_netcdf(tmp_path / "a.nc")
    back = read(tmp_path / "a.nc")
    same(back, made)
    assert dates(back)[13] == np.datetime64("1001-02")


def test_a_changed_frame_is_read_as_a_plain_table():
    frame = record().to_dataframe()
    assert len(read_frame(frame.iloc[:20])) == 20
    holed = frame.copy()
    holed.iloc[5, 0] = np.nan
    back = read_frame(holed)
    assert not back.mask[5] and back.variables == ("x", "speed (m/s)")
    assert read_frame(frame.drop(columns="x")).variables == ("speed (m/s)",)
    assert read_frame(frame.rename(columns={"x": "z"})).variables == ("z", "speed (m/s)")


def test_columns_of_a_netcdf_file_of_ours(tmp_path):
    made = record(inputs=True)
    made.to_netcdf(tmp_path / "a.nc")
    assert read(tmp_path / "a.nc", columns=["x"]).variables == ("x",)
    assert read(tmp_path / "a.nc", columns=["valve"], inputs=["x"]).meta["inputs"] == ("x",)
    assert len(read(tmp_path / "a.nc", max_rows=10)) == 10
