"""A number with its error bar: construction, conversion, indexing, what it prints and stores."""

import json

import jax.numpy as jnp
import numpy as np
import pytest

from cocycle.core import CocycleError, Estimate


def test_interval_follows_from_the_standard_error():
    one = Estimate("rate", 0.9, stderr=0.1, n=100, unit="1/time")
    assert one.interval == (pytest.approx(0.9 - 0.196), pytest.approx(0.9 + 0.196))
    many = Estimate("spectrum", [0.9, 0.0, -14.5], stderr=[0.01, 0.02, 0.03])
    np.testing.assert_allclose(many.interval[1], [0.9196, 0.0392, -14.4412])
    kept = Estimate("p", 0.3, stderr=0.1, interval=(0.2, 0.5))
    assert kept.interval == (0.2, 0.5)
    assert Estimate("p", 0.3).interval is None


def test_it_is_a_number():
    one = Estimate("rate", jnp.asarray(0.5), stderr=jnp.asarray(0.1))
    assert float(one) == 0.5 and isinstance(one.value, float) and isinstance(one.stderr, float)
    assert np.asarray(one).shape == ()
    many = Estimate("spectrum", [1.0, 2.0])
    np.testing.assert_array_equal(np.asarray(many), [1.0, 2.0])
    assert np.asarray(many, dtype=np.float32).dtype == np.float32
    np.testing.assert_array_equal(np.exp(many), np.exp([1.0, 2.0]))
    assert float(Estimate("one", [3.0])) == 3.0
    with pytest.raises(CocycleError, match=r"holds 2 numbers; take `.value\[i\]`"):
        float(many)
    with pytest.raises(CocycleError, match=r"stderr has shape \(3,\) but value has shape \(2,\)"):
        Estimate("bad", [1.0, 2.0], stderr=[1.0, 2.0, 3.0])


def test_changing_the_array_does_not_change_the_estimate():
    many = Estimate("spectrum", [1.0, 2.0])
    array = np.asarray(many)
    array[0] = 99.0
    assert many.value[0] == 1.0
    source = np.array([1.0, 2.0])
    made = Estimate("spectrum", source)
    source[0] = 99.0
    assert made.value[0] == 1.0
    with pytest.raises(AttributeError):
        many.value = 3.0
    with pytest.raises(TypeError):
        many.diagnostics["a"] = 1


def test_entries():
    many = Estimate("spectrum", [0.9, -14.5], stderr=[0.01, 0.03], n=7, unit="1/time", notes=("short",))
    last = many[1]
    assert (last.name, last.value, last.stderr, last.n, last.unit) == ("spectrum[1]", -14.5, 0.03, 7, "1/time")
    assert last.interval == (pytest.approx(-14.5588), pytest.approx(-14.4412)) and last.notes == ("short",)
    assert many[-1].value == -14.5
    np.testing.assert_array_equal(many[:1].value, [0.9])
    only = Estimate("x", [1.0, 2.0], interval=([0.0, 1.0], [2.0, 4.0]))[1]
    assert only.interval == (1.0, 4.0) and only.stderr is None
    with pytest.raises(CocycleError, match="single number; it cannot be indexed"):
        Estimate("x", 1.0)[0]


def test_what_it_prints():
    assert repr(Estimate("rate", 0.90561, stderr=0.0012, unit="1/time")) == "Estimate(rate = 0.9056 +- 0.0012 1/time)"
    assert repr(Estimate("p", 0.25, interval=(0.1, 0.4))) == "Estimate(p = 0.25 [0.1, 0.4])"
    assert repr(Estimate("s", [1.0, 2.0], stderr=[0.1, 0.5])) == "Estimate(s = [1.00 +- 0.1, 2.00 +- 0.5])"
    assert repr(Estimate("s", np.zeros(9))).endswith("0, ...])")
    assert "123457 +- 2.5e+02" in repr(Estimate("big", 123456.7, stderr=250.0))
    assert repr(Estimate("none", float("nan"))) == "Estimate(none = nan)"


def test_json():
    nested = Estimate("inner", 1.0)
    made = Estimate(
        "rate",
        [1.0, np.nan],
        stderr=[0.1, np.inf],
        n=np.int64(5),
        unit="1/time",
        notes=("a",),
        diagnostics={
            "curve": np.arange(3.0),
            "counts": np.arange(2),
            "flag": np.bool_(True),
            "word": "yes",
            "inner": nested,
            "pair": (1, "a", None),
            "table": {"low": np.float64(1.5), "high": [2.0]},
            "object": object(),
            "hole": np.nan,
        },
    )
    back = json.loads(json.dumps(made.to_dict(), allow_nan=False))
    assert back["value"] == [1.0, None] and back["stderr"] == [0.1, None]
    assert back["n"] == 5 and back["unit"] == "1/time" and back["notes"] == ["a"]
    assert back["interval"][0] == [pytest.approx(0.804), None]
    kept = back["diagnostics"]
    assert (
        kept["curve"] == [0.0, 1.0, 2.0] and kept["counts"] == [0, 1] and kept["flag"] is True and kept["word"] == "yes"
    )
    assert kept["inner"]["value"] == 1.0 and kept["pair"] == [1, "a", None] and kept["hole"] is None
    assert kept["table"] == {"low": 1.5, "high": [2.0]}
    assert "object" not in kept
    assert "stderr" not in Estimate("x", 1.0).to_dict()
    json.dumps(Estimate("x", 1.0, diagnostics={"mixed": [1.0, object()]}).to_dict(), allow_nan=False)
