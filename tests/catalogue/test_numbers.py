"""The computed numbers: their checks catch what is wrong, the build survives a kill, and what is stored is current."""

import copy
import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import cocycle as cc
from cocycle.catalogue import Settings, build, judge, record
from cocycle.catalogue._record import fingerprint, tolerance
from cocycle.core import CocycleError, Source, Status
from cocycle.systems import CATALOGUE, COMPUTED, computed, record_of

# -- the checks -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lorenz():
    return record(cc.systems.Lorenz63())


@pytest.fixture(scope="module")
def henon_heiles():
    return record(cc.systems.HenonHeiles(), Settings(relative=0.2))


def _failed(system, found):
    return {name for name, outcome in judge(system, found).items() if outcome.startswith("failed")}


def test_lorenz(lorenz):
    """Against the published exponents and the exact divergence."""
    assert _failed(cc.systems.Lorenz63(), lorenz) == set()
    value, error = np.array(lorenz["lyapunov"]), np.array(lorenz["lyapunov_stderr"])
    assert (np.abs(value - [0.9056, 0.0, -14.5723]) <= 4 * error + 1e-4).all()
    assert lorenz["sum"][0] == pytest.approx(-(10 + 1 + 8 / 3), abs=1e-6)
    assert lorenz["kaplan_yorke"][0] == pytest.approx(2.0621, abs=4 * lorenz["kaplan_yorke"][1] + 1e-4)
    assert lorenz["period"][0] == pytest.approx(0.75, rel=0.1)


def _broken(found, change):
    found = copy.deepcopy(found)
    change(found)
    return found


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda r: r.update(sum=[r["sum"][0] + 0.1, r["sum"][1]]), "check_sum"),
        (lambda r: r.update(sum=[r["sum"][0] + 0.1, r["sum"][1]]), "check_exact_sum"),
        (lambda r: r["lyapunov"].__setitem__(1, 0.05), "check_zero"),
        (lambda r: r["lyapunov"].__setitem__(0, 0.95), "check_literature"),
        (lambda r: r.update(largest=[1.0, 10.0]), "check_bounded"),
        (lambda r: r.update(away=0.5), "check_on_attractor"),
        (lambda r: r.update(halved=0.1), "check_steps"),
        (lambda r: r.update(lyapunov=[0.0, 0.0, -14.0]), "check_tags"),
        (lambda r: r.update(lyapunov=[], refused={"exponent 1": "uncertain"}), "check_exponents"),
    ],
)
def test_a_wrong_number_is_caught(lorenz, change, check):
    assert check in _failed(cc.systems.Lorenz63(), _broken(lorenz, change))


def test_hamiltonian(henon_heiles):
    system = cc.systems.HenonHeiles()
    assert _failed(system, henon_heiles) == set()
    unpaired = _broken(henon_heiles, lambda r: r["lyapunov"].__setitem__(3, -0.5))
    assert "check_pairs" in _failed(system, unpaired)
    lossy = _broken(henon_heiles, lambda r: r.update(drift={"energy": 1e-2}))
    assert "check_conserved" in _failed(system, lossy)


def test_a_disputed_value_must_disagree(lorenz):
    said = cc.core.Known((0.9056,), Source.PAPER, "somewhere", 1e-3, disputed="said to be wrong")

    class Lorenz(cc.systems.Lorenz63):
        card = dataclasses.replace(cc.systems.Lorenz63.card, known={"lyapunov": said})

    assert "check_literature" in _failed(Lorenz(), lorenz)


def test_uncertain_numbers_are_refused():
    found = record(cc.systems.Lorenz63(), Settings(relative=1e-5, seconds=0.0))
    assert found["lyapunov"] == []
    assert "the error allowed is" in found["refused"]["exponent 1"]
    assert "kaplan_yorke" in found["refused"]


def test_a_number_is_refused_alone():
    """The strongly contracting exponent of a bursting orbit may be uncertain where the others are not."""
    system, settings = cc.systems.HyperRossler(), Settings(relative=0.05, seconds=0.0)
    found = record(system, settings)
    assert len(found["lyapunov"]) >= 1
    allowed = tolerance(system, found["lyapunov"], settings)
    assert (np.array(found["lyapunov_stderr"]) <= allowed).all()


# -- the build ------------------------------------------------------------------------------------------------------


def _lines(path):
    return json.loads(pathlib.Path(path).read_text())["systems"]


def _without_times(records):
    return {name: {k: v for k, v in found.items() if k != "seconds"} for name, found in records.items()}


def test_build_goes_on_after_a_kill(tmp_path):
    names = ["Logistic", "Henon", "Rulkov", "Chialvo"]
    whole = build(names, to=tmp_path / "whole.json", work=tmp_path / "first", workers=1)
    code = (
        "from cocycle.catalogue import build\n"
        "if __name__ == '__main__':\n"
        f"    build({names!r}, to={str(tmp_path / 'killed.json')!r}, work={str(tmp_path / 'work')!r}, workers=1)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    process = subprocess.Popen([sys.executable, script], start_new_session=True)
    work = tmp_path / "work"
    while process.poll() is None and not list(work.glob("[!.]*.json")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "killed.json").exists()
    finished = {path.name: path.stat().st_mtime_ns for path in work.glob("[!.]*.json")}
    assert 1 <= len(finished) < len(names)
    kept = {}

    def progress(done, total, name, found):
        kept.update({path.name: path.stat().st_mtime_ns for path in work.glob("[!.]*.json")})

    build(names, to=tmp_path / "killed.json", work=work, workers=1, progress=progress)
    assert all(kept[name] == stamp for name, stamp in finished.items()), "what was finished is not computed again"
    assert _without_times(_lines(tmp_path / "killed.json")) == _without_times(_lines(tmp_path / "whole.json"))
    assert not work.exists()
    assert set(whole) == set(names)


def test_build_of_a_part_keeps_the_rest(tmp_path):
    to = tmp_path / "numbers.json"
    build(["Logistic", "Henon"], to=to, work=tmp_path / "w", workers=1)
    before = _lines(to)
    build(["henon"], to=to, work=tmp_path / "w", workers=1)
    assert list(_lines(to)) == ["Henon", "Logistic"]
    assert _lines(to)["Logistic"] == before["Logistic"]
    with pytest.raises(CocycleError, match="Did you mean"):
        build(["Henin"], to=to)
    with pytest.raises(CocycleError, match="workers must be at least 1"):
        build(["Henon"], to=to, workers=0)


# -- what is stored -------------------------------------------------------------------------------------------------


def test_all_systems_are_stored():
    assert list(_lines(COMPUTED)) == list(CATALOGUE)
    made = json.loads(COMPUTED.read_text())["made"]
    assert made["command"] == "cocycle catalogue build"
    assert set(made["settings"]) >= {"seed", "relative", "seconds"}


@pytest.mark.parametrize("name", CATALOGUE)
def test_stored_numbers_belong_to_this_rule(name):
    """If this fails the rule or the default state has changed: run `cocycle catalogue build NAME`."""
    np.testing.assert_allclose(fingerprint(CATALOGUE[name]()), record_of(name)["rule"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", CATALOGUE)
def test_verified_means_that_every_check_holds(name):
    cls = CATALOGUE[name]
    if cls.card.status is Status.VERIFIED:
        failed = {k: v for k, v in judge(cls(), record_of(name)).items() if v.startswith("failed")}
        assert not failed


def test_at_least_200_systems_are_verified():
    assert sum(cls.card.status is Status.VERIFIED for cls in CATALOGUE.values()) >= 200


def test_at_least_40_values_of_the_literature_agree():
    from cocycle.catalogue import agreement

    found = [
        name
        for name, cls in CATALOGUE.items()
        for known, agrees, _ in agreement(cls(), record_of(name)).values()
        if agrees and known.source in (Source.PAPER, Source.EXACT)
    ]
    assert len(found) >= 40


def test_computed():
    numbers = computed("lorenz")
    assert numbers["lyapunov"].unit == "1/time"
    assert numbers["lyapunov"].diagnostics["complete"]
    assert abs(numbers["lyapunov"].value[0] - 0.9056) <= 4 * numbers["lyapunov"].stderr[0]
    assert computed(cc.systems.Lorenz63)["divergence"].value == pytest.approx(-41 / 3)

    @cc.flow(x0=[1.0])
    def decay(t, x):
        return -x

    with pytest.raises(CocycleError, match="only the systems of the catalogue"):
        computed(decay())


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["Chen", "HyperRossler", "Lozi", "HenonHeiles", "MackeyGlass", "Duffing", "Thomas", "Qi"]
)
def test_a_rebuild_gives_the_stored_numbers(name):
    found, kept = record(CATALOGUE[name]()), record_of(name)
    error = np.hypot(found["lyapunov_stderr"], kept["lyapunov_stderr"])
    assert (np.abs(np.subtract(found["lyapunov"], kept["lyapunov"])) <= 4 * error + 1e-9).all()


def test_every_system_has_a_page(tmp_path):
    from cocycle.catalogue import pages

    assert pages(tmp_path) == len(CATALOGUE)
    text = (tmp_path / "Lorenz63.md").read_text()
    assert "-13.6667" in text and "Edward N. Lorenz" in text
    assert '<a id="lorenz1963"></a>' in (tmp_path / "sources.md").read_text()
    for name in CATALOGUE:
        page = (tmp_path / f"{name}.md").read_text()
        assert "[@" not in page, "every citation is resolved"
        assert f"[{CATALOGUE[name].card.title}]({name}.md)" in (tmp_path / "index.md").read_text()


@pytest.mark.parametrize("name", ["Lorenz63", "Logistic", "KuramotoSivashinsky", "OrnsteinUhlenbeck", "DoublePendulum"])
def test_pictures(name):
    from cocycle.catalogue import picture

    assert picture(CATALOGUE[name]()).startswith(b"\x89PNG")


def test_every_system_has_a_picture():
    folder = pathlib.Path(__file__).parents[2] / "docs" / "images" / "catalogue"
    assert {path.stem for path in folder.glob("*.png")} == set(CATALOGUE)
