"""The catalogue as a whole: complete, documented, lazily loaded, and looked up by any spelling."""

import inspect
import pathlib
import pkgutil
import re
import subprocess
import sys

import pytest

import cocycle as cc
from cocycle import systems
from cocycle.catalogue import _indexing
from cocycle.core import FIELDS, CocycleError, Map, SemilinearFlow, System
from cocycle.systems import CATALOGUE, find, get
from cocycle.systems._catalogue import _ALIASES
from cocycle.systems._index import MODULE_OF


def _defined():
    """All system classes that the files below `cocycle.systems` define, by walking them."""
    found = {}
    for module in pkgutil.walk_packages(systems.__path__, systems.__name__ + "."):
        if module.name.rsplit(".", 1)[1].startswith("_"):
            continue
        loaded = __import__(module.name, fromlist=["_"])
        for name, value in vars(loaded).items():
            if inspect.isclass(value) and issubclass(value, System) and value.__module__ == module.name:
                found[name] = value
    return found


def test_complete():
    assert _defined() == dict(CATALOGUE)
    assert list(CATALOGUE) == sorted(CATALOGUE)


def test_exported():
    for name, cls in CATALOGUE.items():
        assert getattr(systems, name) is cls
        assert name in dir(systems)


def test_index_is_current():
    """The generated list holds what the files define: if not, run `cocycle catalogue index`."""
    assert pathlib.Path(systems.__file__ or "").with_name("_index.py").read_text() == _indexing.text()


@pytest.mark.parametrize("name", CATALOGUE)
def test_filed_by_kind_and_field(name):
    kind, *field = MODULE_OF[name].split(".")[:-1]
    card = CATALOGUE[name].card
    assert card.field in FIELDS
    if kind in ("flows", "maps"):
        assert field == [card.field]


@pytest.mark.parametrize("cls", CATALOGUE.values(), ids=CATALOGUE)
def test_documented(cls):
    assert cls.card is not None
    text = inspect.getdoc(cls)
    assert "$$" in text, "the docstring shows the equation"
    assert "@" in text, "the docstring names a source"
    for parameter in cls().parameters():
        assert f"`{parameter}`" in text, f"the docstring explains {parameter}"
    for key in cls.card.cite:
        assert f"@{key}" in text, f"the docstring says what {key} is cited for"
    assert set(cls.card.cite) <= _keys()
    for known in cls.card.known.values():
        if known.source.value == "paper":
            assert known.where.split(",")[0] in cls.card.cite


def _keys():
    root = pathlib.Path(cc.__file__).parent
    files = [*root.glob("references.bib"), *root.glob("references.d/*.bib")]
    return set(re.findall(r"^@\w+\{([^,\s]+),", "\n".join(f.read_text() for f in files), re.M))


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Lorenz63", "Lorenz63"),
        ("lorenz-63", "Lorenz63"),
        ("LORENZ_63", "Lorenz63"),
        ("lorenz", "Lorenz63"),
        ("Hénon", "Henon"),
        ("Rössler", "Rossler"),
        ("mackey glass", "MackeyGlass"),
        ("nonlinear Schrödinger", "NonlinearSchroedinger"),
        ("KS", "KuramotoSivashinsky"),
    ],
)
def test_get(spelling, name):
    assert get(spelling) is CATALOGUE[name]


def test_get_unknown():
    with pytest.raises(CocycleError, match=r"no system called 'lornz63'. Did you mean 'Lorenz63'"):
        get("lornz63")
    with pytest.raises(CocycleError, match="cocycle list"):
        get("qqqqqqqq")
    with pytest.raises(CocycleError, match="a string; got 63"):
        get(63)  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match=r"Did you mean .*'Lorenz63'"):
        systems.Lorenz36  # noqa: B018
    with pytest.raises(KeyError):
        CATALOGUE["lorenz63"]


def test_aliases_lead_somewhere():
    assert set(_ALIASES.values()) <= set(CATALOGUE)
    assert not set(_ALIASES) & {name.lower() for name in CATALOGUE}


def test_find():
    assert find() == tuple(CATALOGUE.values())
    assert set(find(kind="map")) == {c for c in CATALOGUE.values() if issubclass(c, Map)}
    assert find(kind="pde") == find(kind=SemilinearFlow)
    assert {"DoublePendulum", "HenonHeiles"} <= {c.__name__ for c in find(kind="hamiltonian")}
    assert {c.__name__ for c in find(tag="hyperchaotic", kind="flow", dim=4)} >= {"HyperRossler"}
    assert all(c().dim in (3, 4) for c in find(kind="map", dim=(3, 4)))
    assert find(kind="map", dim=77) == ()
    neurons = find(field="neuroscience")
    assert {"Rulkov", "FitzHughNagumo"} <= {c.__name__ for c in neurons}
    assert set(find(field="neuroscience", chaotic=True)) | set(find(field="neuroscience", chaotic=False)) == set(
        neurons
    )
    assert "FitzHughNagumo" not in {c.__name__ for c in find(chaotic=True)}
    with pytest.raises(CocycleError, match="Did you mean 'chaotic'"):
        find(tag="caotic")
    with pytest.raises(CocycleError, match="Did you mean 'delay'"):
        find(kind="dealy")
    with pytest.raises(CocycleError, match="Did you mean 'neuroscience'"):
        find(field="neurosciense")
    with pytest.raises(CocycleError, match="class of system"):
        find(kind=int)  # type: ignore[arg-type]


def test_import_is_lazy():
    code = (
        "import sys, cocycle as cc\n"
        "assert not [m for m in sys.modules if m.startswith('cocycle.systems')]\n"
        "cc.systems.Lorenz63\n"
        "files = [m for m in sys.modules if m.startswith('cocycle.systems.flows.') and m.count('.') > 3]\n"
        "assert files == ['cocycle.systems.flows.climate.lorenz63'], files\n"
        "assert not {'scipy', 'pandas', 'diffrax'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: systems.Lorenz96(n=3), "at least 4 sites"),
        (lambda: systems.CoupledMapLattice(n=2), "at least 3 sites"),
        (lambda: systems.KuramotoSivashinsky(n=4), "at least 8 grid points"),
        (lambda: systems.NonlinearSchroedinger(n=4), "at least 8 grid points"),
        (lambda: systems.ComplexGinzburgLandau(n=4), "at least 8 grid points"),
        (lambda: systems.Kuramoto(omega=1.0), "shape \\(n,\\)"),
    ],
)
def test_sizes_refused(make, sentence):
    with pytest.raises(CocycleError, match=sentence):
        make()
