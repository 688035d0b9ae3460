"""The commands about named systems: list, show, and `catalogue`, which makes the catalogue's own numbers and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ._run import Failure, console, guarded, prepare, table

__all__ = ["add_to"]

Debug = Annotated[bool, typer.Option("--debug", help="Show the full traceback of an error.", hidden=True)]

catalogue = typer.Typer(no_args_is_help=True, help="Make the numbers, pictures and pages of the named systems.")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(name="list")(list_)
    app.command()(show)
    app.add_typer(catalogue, name="catalogue")


def list_(
    kind: Annotated[str | None, typer.Option(help="Only of this kind: flow, map, delay, stochastic ...")] = None,
    field: Annotated[str | None, typer.Option(help="Only of this field, such as neuroscience.")] = None,
    dim: Annotated[str | None, typer.Option(help="Only with so many variables: 3, or 3-5.")] = None,
    chaotic: Annotated[
        bool | None, typer.Option("--chaotic/--not-chaotic", help="Only chaotic ones, or others.")
    ] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag, such as excitable.")] = None,
    debug: Debug = False,
) -> None:
    """List the named systems."""
    with guarded(debug):
        from cocycle import systems

        rows = []
        for system in systems.find(kind=kind, field=field, dim=_range(dim), chaotic=chaotic, tag=tag):
            card: Any = system.card
            rows.append([system.__name__, kind_of(system), str(system().dim), card.title, card.field, _tags(card)])
        console().print(table(["name", "kind", "dim", "", "field", "tags"], rows, right=(2,)))
        console().print(f"{len(rows)} systems. `cocycle show NAME` tells more; `cocycle study NAME` studies one.")


def _range(text: str | None) -> tuple[int, int] | None:
    """`3` or `3-5` as the least and the most."""
    if text is None:
        return None
    parts = text.split("-")
    if len(parts) > 2 or not all(part.strip().isdigit() for part in parts):
        raise Failure(f"--dim takes a number of variables or a range, such as 3 or 3-5; got {text!r}.")
    return int(parts[0]), int(parts[-1])


def show(name: Annotated[str, typer.Argument(help="Name of a system.")], debug: Debug = False) -> None:
    """Show what is known about a named system."""
    with guarded(debug):
        import numpy as np

        from cocycle import systems

        kind = systems.get(name)
        system = kind()
        out, card = console(), kind.card
        assert card is not None
        out.print(f"[bold]{kind.__name__}[/]  {card.title}")
        out.print(f"  {card.equation}", markup=False)
        out.print()
        rows = [["kind", kind_of(kind)], ["field", card.field], ["variables", _few(system.variables)]]
        for key, value in system.parameters().items():
            array = np.asarray(value) if np.ndim(value) <= 1 and np.size(value) <= 8 else None
            text = "(array)" if array is None else str(value) if array.dtype == object else f"{array.tolist()}"
            rows.append([f"parameter {key}", text])
        rows += [[key, f"{value:g}"] for key in ("period", "dt", "transient") if (value := getattr(card, key))]
        for key, known in card.known.items():
            dispute = f"; disputed: {known.disputed}" if known.disputed else ""
            rows.append([f"known {key}", f"{known.value}  ({known.where}{dispute})"])
        if systems.record_of(kind.__name__):
            rows += [[f"computed {key}", _number(found)] for key, found in systems.computed(kind).items()]
        rows += [[f"preset {key}", ", ".join(f"{k}={v}" for k, v in p.items())] for key, p in card.presets.items()]
        rows += [["tags", _tags(card)], ["sources", ", ".join(card.cite)]]
        rows += [["status", card.status.value + (f": {card.reason}" if card.reason else "")]]
        out.print(table(["", ""], [[str(a), str(b)] for a, b in rows]))


def _number(found: Any) -> str:
    return repr(found).split(" = ", 1)[1].removesuffix(")")


def kind_of(system: Any) -> str:
    """The name of the nearest general kind of a system."""
    from cocycle import core

    for kind in (
        core.SemilinearFlow, core.HamiltonianFlow, core.LagrangianFlow, core.Flow, core.Map, core.StochasticFlow,
        core.RandomMap, core.DelayFlow, core.ControlledFlow, core.ControlledMap,
    ):  # fmt: skip
        if issubclass(system, kind):
            return kind.__name__
    return "System"


def _tags(card: Any) -> str:
    return ", ".join(sorted(card.tags))


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:4])}, ... ({len(names)})"


@catalogue.command()
def build(
    names: Annotated[list[str] | None, typer.Argument(help="Systems to compute; default all.")] = None,
    to: Annotated[Path | None, typer.Option(help="File to write; default the one that the library reads.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes at once; default one a core.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what an interrupted build had finished.")] = False,
    debug: Debug = False,
) -> None:
    """Recompute every computed number and check it. An interrupted build goes on where it was."""
    with guarded(debug):
        prepare()
        from cocycle.catalogue import build as run

        out, failures = console(), 0

        def progress(finished: int, total: int, name: str, found: dict[str, Any]) -> None:
            nonlocal failures
            out.print(f"{finished:4d}/{total} {name} ({found.get('seconds', 0):g} s)")
            for check, outcome in found["checks"].items():
                if outcome.startswith("failed"):
                    failures += 1
                    out.print(f"          {check.removeprefix('check_')} {outcome}", markup=False)

        made = run(names or None, to=to, workers=workers, fresh=fresh, progress=progress)
        out.print(f"{len(made)} systems, {failures} failed checks.")
        if failures:
            raise typer.Exit(1)


@catalogue.command()
def index(debug: Debug = False) -> None:
    """Write the generated list of systems, after a file was added or removed."""
    with guarded(debug):
        from cocycle.catalogue import write_index

        console().print(f"{write_index()} systems.")


@catalogue.command()
def pictures(
    names: Annotated[list[str] | None, typer.Argument(help="Systems to draw; default all.")] = None,
    to: Annotated[Path, typer.Option(help="Folder to write.")] = Path("docs/images/catalogue"),
    debug: Debug = False,
) -> None:
    """Draw a small picture of each system."""
    with guarded(debug):
        prepare()
        from cocycle.catalogue import pictures as run

        out = console()
        failed = run(names or None, to=to, progress=lambda i, n, name: out.print(f"{i:4d}/{n} {name}"))
        if failed:
            raise Failure(f"could not draw: {', '.join(failed)}.")


@catalogue.command()
def pages(
    to: Annotated[Path, typer.Option(help="Folder to write; what it held is replaced.")] = Path("docs/catalogue"),
    debug: Debug = False,
) -> None:
    """Write the pages of the documentation: one a system, and an index."""
    with guarded(debug):
        from cocycle.catalogue import pages as run

        console().print(f"{run(to)} pages in {to}.")
