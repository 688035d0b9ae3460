"""What is saved comes back to the bit, or one sentence says why not."""

import json

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import load, save


@cc.flow(x0=[1.0, 1.0, 1.0], variables=("x", "y", "z"))
def rossler(t, x, a=0.2, b=0.2, c=5.7, weights=(1.0, 2.0), mode="plain"):
    x, y, z = x
    return -y - z, x + a * y, b + z * (x - c)


def cubic(x):
    return x - x**3


class Holder(cc.Map):
    """Every kind of field."""

    array: jax.Array
    host: np.ndarray
    whole: jax.Array
    spectrum: jax.Array
    key: jax.Array
    inner: tuple
    table: dict
    rule: object = eqx.field(static=True)
    rate: float = eqx.field(static=True)
    limit: float = eqx.field(static=True)
    absent: object = None

    def step(self, n, x):
        return self.rule(x)

    def default_state(self):
        return jnp.ones(1)


def holder(**changes):
    fields = dict(
        array=jnp.array([1 / 3, -0.0, jnp.nan, 1e-310]),
        host=np.arange(6).reshape(2, 3),
        whole=jnp.array([1, 2], dtype=jnp.int32),
        spectrum=jnp.array([1 + 2j, 3 - 1j]),
        key=jax.random.key(7),
        inner=(rossler(c=9.0), [1, "two", None, True]),
        table={"a": 0.1, "b": np.float64(2.0)},
        rule=cubic,
        rate=1 / 3,
        limit=float("inf"),
    )
    return Holder(**{**fields, **changes})


def test_every_kind_of_field_comes_back(tmp_path):
    before = holder()
    after = load(save(before, tmp_path))
    assert jax.tree.structure(before) == jax.tree.structure(after)
    for p, q in zip(jax.tree.leaves(before), jax.tree.leaves(after), strict=True):
        assert type(p) is type(q) or np.ndim(p) == 0
        if isinstance(p, jax.Array) and jnp.issubdtype(p.dtype, jax.dtypes.prng_key):
            p, q = jax.random.key_data(p), jax.random.key_data(q)
        p, q = np.asarray(p), np.asarray(q)
        assert p.dtype == q.dtype and p.shape == q.shape and p.tobytes() == q.tobytes()
    assert after.rule is cubic and after.rate == 1 / 3 and after.limit == np.inf and after.absent is None
    assert after.inner[1] == [1, "two", None, True]


def test_a_system_from_a_function_moves_as_before(tmp_path):
    system = rossler(c=9.0, mode="other")
    restored = load(save(system, tmp_path))
    assert type(restored) is rossler and restored.mode == "other"
    a, b = (cc.trajectory(s, time=5.0, dt=0.1).states for s in (system, restored))
    np.testing.assert_array_equal(a, b)


def test_a_derived_system(tmp_path):
    system = cc.systems.Lorenz63(rho=30.0)
    restored = load(save(system, tmp_path))
    assert isinstance(restored, cc.systems.Lorenz63) and float(restored.rho) == 30.0


def test_saving_twice_replaces(tmp_path):
    save(rossler(c=1.0), tmp_path)
    save(rossler(c=2.0), tmp_path)
    assert float(load(tmp_path).c) == 2.0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["arrays.safetensors", "model.json"]


def test_no_pickle_and_plain_text(tmp_path):
    save(rossler(), tmp_path)
    record = json.loads((tmp_path / "model.json").read_text())
    assert record["system"]["module"].endswith(":rossler")
    assert record["cocycle"]


def test_a_system_defined_inside_a_function_is_named(tmp_path):
    @cc.flow(x0=[1.0])
    def local(t, x, a=1.0):
        return (-a * x[0],)

    save(local(), tmp_path)
    with pytest.raises(cc.DataError, match="defined inside a function"):
        load(tmp_path)


@pytest.mark.parametrize("field", [{"rule": lambda x: x}, {"table": {"a": object()}}, {"host": np.array(["text"])}])
def test_what_cannot_be_stored_is_refused_with_its_place(tmp_path, field):
    with pytest.raises(cc.CocycleError, match=rf"Holder\.{next(iter(field))}"):
        save(holder(**field), tmp_path)
    assert not (tmp_path / "model.json").exists()


def test_a_trajectory_is_no_system(tmp_path):
    with pytest.raises(cc.CocycleError, match="save takes a System"):
        save(cc.Trajectory.from_numpy(np.ones(3)), tmp_path)


def corrupt(directory, change):
    record = json.loads((directory / "model.json").read_text())
    change(record)
    (directory / "model.json").write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda d: (d / "model.json").unlink(), "no model.json"),
        (lambda d: (d / "arrays.safetensors").unlink(), "no arrays.safetensors"),
        (lambda d: (d / "model.json").write_text('{"format": 1,'), "is damaged"),
        (lambda d: (d / "model.json").write_bytes(b"\xff\xfe\x00"), "is damaged"),
        (lambda d: (d / "model.json").write_text("[]"), "not a saved system"),
        (lambda d: (d / "arrays.safetensors").write_bytes(b"junk"), "checksum"),
        (lambda d: corrupt(d, lambda r: r.update(format=99)), "format 99"),
        (lambda d: corrupt(d, lambda r: r["system"]["fields"].pop("a")), "fields that differ: a"),
        (lambda d: corrupt(d, lambda r: r["system"].update(module="no_such_module:x")), "cannot be imported"),
        (lambda d: corrupt(d, lambda r: r["system"].update(module="math:nothing")), "cannot be imported"),
        (lambda d: corrupt(d, lambda r: r["system"].update(module="subprocess:Popen")), "is not loaded"),
        (lambda d: corrupt(d, lambda r: r["system"]["fields"].update(a={"array": "zz", "kind": "jax"})), "is damaged"),
        (lambda d: corrupt(d, lambda r: r["system"]["fields"].update(a={"odd": 1})), "is damaged"),
        (lambda d: corrupt(d, lambda r: r.update(system=3)), "not a System"),
    ],
)
def test_damage_is_one_sentence(tmp_path, damage, message):
    directory = save(rossler(), tmp_path)
    damage(directory)
    with pytest.raises(cc.DataError, match=message) as caught:
        load(directory)
    assert "\n" not in str(caught.value)
