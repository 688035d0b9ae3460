"""The bundled recordings are what their README says, and what is known of them from elsewhere."""

import hashlib
import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest

import cocycle.data as data
from cocycle.core import CocycleError, dates

README = (Path(data.__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", data.names())
def test_readme_states_each_file_truly(name):
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}` "))
    path, recording = data.path(name), data.load(name)
    assert re.search(r"`([0-9a-f]{64})`", row)[1] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"| {len(recording):,} |" in row
    assert all(f"`{v}`" in row for v in recording.variables)
    assert f"## {name}" in README
    assert path.stat().st_size < 200_000
    section = README.split(f"## {name}")[1].split("\n## ")[0]
    assert "- Licence:" in section and "- Original:" in section and "- Taken from:" in section


@pytest.mark.parametrize("name", data.names())
def test_recordings_need_no_repair(name):
    recording = data.load(name)
    assert recording.mask is None and recording.meta["notes"] == []
    assert np.isfinite(recording.states).all() and recording.dt > 0
    for key in ("title", "units", "source", "licence", "sha256"):
        assert recording.meta[key]
    assert recording.meta["file"] == f"{name}.csv"


def test_sunspots():
    spots = data.load("sunspots")
    when = dates(spots)
    assert spots.dt == pytest.approx(1 / 12) and spots.meta["time_unit"] == "years"
    assert when[0] == np.datetime64("1749-01") and when[-1] == np.datetime64("2008-12")
    np.testing.assert_array_equal(spots["sunspots"][:3], [58.0, 62.6, 70.0])
    # the highest month on record: October 1957, 253.8 (Zurich number)
    assert spots["sunspots"].max() == 253.8 and when[np.argmax(spots["sunspots"])] == np.datetime64("1957-10")
    # eleven years: the strongest period of the yearly means
    yearly = spots["sunspots"].reshape(-1, 12).mean(axis=1)
    power = np.abs(np.fft.rfft(yearly - yearly.mean())) ** 2
    assert 10 < 1 / np.fft.rfftfreq(yearly.size)[np.argmax(power)] < 12


def test_el_nino():
    sst = data.load("el_nino")
    assert sst.variables == ("nino12", "nino3", "nino34", "nino4") and len(sst) == 61 * 12
    np.testing.assert_array_equal(sst.states[0], [23.11, 23.74, 24.83, 27.03])
    warm = dates(sst)[np.argmax(sst["nino3"])]  # the great El Nino of 1997/98
    assert np.datetime64("1997-10") <= warm <= np.datetime64("1998-04")
    assert (np.diff(sst.states.mean(axis=0)) > 0).all()  # warmer to the west


def test_laser():
    laser = data.load("santa_fe_laser")
    assert len(laser) == 10_093 and laser.dt == 1.0 and laser.meta["time_unit"] == "samples"
    np.testing.assert_array_equal(laser["intensity"][:8], [86, 141, 95, 41, 22, 21, 32, 72])
    assert laser["intensity"].min() == 0 and laser["intensity"].max() == 255
    power = np.abs(np.fft.rfft(laser["intensity"] - laser["intensity"].mean())) ** 2
    assert 7 < 1 / np.fft.rfftfreq(len(laser))[np.argmax(power)] < 8.5  # the pulsation


def test_names_are_forgiving_and_misses_are_suggested():
    assert data.path("Santa-Fe laser") == data.path("santa_fe_laser")
    with pytest.raises(CocycleError, match=r"no bundled recording 'sunspot'; .*Did you mean 'sunspots'\?"):
        data.load("sunspot")


def test_agrees_with_the_package_it_came_from():
    if importlib.util.find_spec("statsmodels") is None:
        pytest.skip("statsmodels, the source of two recordings, is not installed")
    import statsmodels.datasets as sm

    table = sm.elnino.load_pandas().data.to_numpy()[:, 1:]
    np.testing.assert_array_equal(data.load("el_nino")["nino12"], table.ravel())
