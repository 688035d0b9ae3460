"""The commands about the atlas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ._run import Failure, console, guarded, prepare, table

__all__ = ["atlas"]

Debug = Annotated[bool, typer.Option("--debug", help="Show the full traceback of an error.", hidden=True)]
Results = Annotated[Path, typer.Option(help="Folder of the results.")]
_RESULTS = Path("docs/images/atlas")

atlas = typer.Typer(no_args_is_help=True, help="The field's papers, run: what they claim, and what comes out.")


@atlas.command(name="list")
def list_(debug: Debug = False) -> None:
    """List the papers."""
    with guarded(debug):
        prepare()
        from cocycle.atlas import find

        rows = [[script.key, script.chapter, str(len(script.claims)), script.title] for script in find()]
        console().print(table(["key", "chapter", "claims", ""], rows, right=(2,)))


@atlas.command()
def run(
    keys: Annotated[list[str] | None, typer.Argument(help="Keys of papers; default all.")] = None,
    size: Annotated[str, typer.Option(help="smoke (seconds) or paper (minutes).")] = "smoke",
    seed: Annotated[int, typer.Option(help="Seed of everything random.")] = 0,
    to: Annotated[Path | None, typer.Option(help="Folder for results and figures.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what was run before, unchanged.")] = False,
    debug: Debug = False,
) -> None:
    """Run papers and check what they claim. What an interrupted run finished is not run again where `--to` is given."""
    with guarded(debug):
        prepare()
        from cocycle.atlas import find, stored
        from cocycle.atlas import run as run_one

        out, failures = console(), 0
        for key in keys or [script.key for script in find()]:
            record = stored(key, size, to) if to is not None and not again else None
            if record is None:
                with console(stderr=True).status(f"Running {key}"):
                    record = run_one(key, size=size, seed=seed, to=to)
            out.print(f"[bold]{key}[/] ({record['seconds']:g} s)")
            for claim in record["claims"]:
                failures += not claim["passed"] and not claim["fails"]
                mark = "holds" if claim["passed"] else "FAILS"
                error = f" +- {claim['stderr']:.2g}" if claim["stderr"] else ""
                wanted = f"expected {claim['expect']}, tolerance {claim['tol']:g}"
                out.print(f"  {mark}  {claim['text']}: {claim['got']:.4g}{error} ({wanted})", markup=False)
        if failures:
            raise Failure(f"{failures} claims fail.")


@atlas.command()
def pages(
    to: Annotated[Path, typer.Option(help="Folder to write; what it held is replaced.")] = Path("docs/atlas"),
    results: Results = _RESULTS,
    debug: Debug = False,
) -> None:
    """Write the pages of the documentation from the stored results."""
    with guarded(debug):
        prepare()
        from cocycle.atlas import pages as write

        console().print(f"{write(to, results=results)} papers in {to}.")
