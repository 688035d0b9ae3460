"""The command line: thin, quick to answer, one sentence an error."""

import json
import subprocess
import sys

import numpy as np
import pytest
from typer.testing import CliRunner

from cocycle.cli._app import app

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(a) for a in arguments])


def test_help_lists_every_command_and_loads_nothing_heavy():
    result = run("--help")
    assert result.exit_code == 0
    for command in ("study", "forecast", "compare", "list", "show", "simulate", "measure"):
        assert command in result.output
    for module in ("cocycle.cli._app", "cocycle.cli._run"):
        heavy = ["jax", "numpy", "scipy", "pandas", "plotly", "matplotlib", "rich.progress"]
        code = (
            f"import sys; before = set(sys.modules); import {module}; new = set(sys.modules) - before; "
            f"print([m for m in {heavy} if m in new])"
        )
        code = "import cocycle, numpy\n" + code  # what the package itself loads is not counted
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "[]"


def test_version():
    assert run("--version").output.startswith("cocycle ")


def test_list_and_show():
    listed = run("list", "--kind", "map")
    assert listed.exit_code == 0 and "Henon" in listed.output and "Lorenz63" not in listed.output
    for name in ("lorenz63", "Lorenz63"):
        shown = run("show", name)
        assert shown.exit_code == 0 and "Lorenz 1963" in shown.output and "rho" in shown.output


def test_simulate_writes_what_was_asked(tmp_path):
    out = tmp_path / "henon.csv"
    assert run("simulate", "henon", "--samples", 50, "--out", out).exit_code == 0
    table = np.genfromtxt(out, delimiter=",", names=True)
    assert len(table) == 50
    x, y = table["x"], table["y"]
    np.testing.assert_allclose(x[1:], 1 - 1.4 * x[:-1] ** 2 + y[:-1], atol=1e-9)  # it is the Henon map


def test_measure_prints_json(tmp_path):
    out = tmp_path / "sine.csv"
    t = np.arange(400)
    out.write_text("x\n" + "\n".join(f"{v:.10f}" for v in np.sin(2 * np.pi * t / 25)))
    result = run("measure", out, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    period = next(m for m in found["measures"] if m["name"] == "dominant_period")
    assert period["value"] == pytest.approx(25, rel=0.01)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["study", "nothing.csv"], "There is no file 'nothing.csv'"),
        (["study", "lorentz63"], "Did you mean 'Lorenz63'"),
        (["study", "henon", "--quick", "--thorough"], "exclude each other"),
        (["study", "henon", "--horizon", "0"], "horizon must be a whole number"),
        (["show", "lorenz36"], "Did you mean"),
        (["simulate", "henon", "--out", "x.doc"], "must end in"),
        (["simulate", "henon", "--samples", "1"], "at least 2"),
        (["compare", "here", "there"], "holds no finished study"),
        (["forecast", "here", "--context", "x.csv"], "holds no finished study"),
    ],
)
def test_errors_are_one_sentence_and_exit_code_two(arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output and "Traceback" not in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_an_internal_error_is_a_sentence_and_exit_code_one(monkeypatch):
    from cocycle import systems

    def broken(**_):
        raise RuntimeError("wires crossed")

    monkeypatch.setattr(systems, "find", broken)
    result = run("list")
    assert result.exit_code == 1 and "internal error (RuntimeError): wires crossed" in result.output
    with pytest.raises(RuntimeError, match="wires crossed"):
        runner.invoke(app, ["list", "--debug"], catch_exceptions=False)
