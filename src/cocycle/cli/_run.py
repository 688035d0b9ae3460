"""What surrounds every command: settings of JAX, errors as one sentence, Ctrl-C."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["Failure", "command_line", "console", "guarded", "open_in_browser", "prepare", "table"]


class Failure(Exception):
    """A sentence for the user; the program ends with exit code 2."""


def command_line() -> str:
    """The command as it was typed."""
    return shlex.join(["cocycle", *sys.argv[1:]])


def prepare() -> None:
    """Keep compiled programs between runs: the second study compiles almost nothing."""
    import jax

    if "JAX_COMPILATION_CACHE_DIR" not in os.environ:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        jax.config.update("jax_compilation_cache_dir", str(base / "cocycle" / "jax"))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.2)


def console(stderr: bool = False) -> Any:
    """A rich console."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


@contextmanager
def guarded(debug: bool) -> Iterator[None]:
    """Errors become one sentence: exit code 2 for what the user can mend, 1 for what should not happen."""
    import typer

    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        raise typer.Exit(130) from None
    except Exception as error:
        if debug:
            raise
        from cocycle.core import CocycleError

        text = " ".join(str(error).split())
        if isinstance(error, (CocycleError, Failure)):
            print(f"error: {text}", file=sys.stderr)
            raise typer.Exit(2) from None
        if isinstance(error, OSError):
            print(f"error: {error.strerror or text}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
            raise typer.Exit(2) from None
        print(
            f"internal error ({type(error).__name__}): {text or 'no message'}. Run again with --debug and report it.",
            file=sys.stderr,
        )
        raise typer.Exit(1) from None


def table(columns: list[str], rows: list[list[str]], *, right: tuple[int, ...] = (), title: str | None = None) -> Any:
    """A plain table for the terminal."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for index, name in enumerate(columns):
        made.add_column(name, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def open_in_browser(path: Path) -> None:
    """Show a page in the user's browser."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


def shown(function: Callable[[], Any]) -> Any:
    """Run with a spinner on the terminal."""
    with console(stderr=True).status("Working"):
        return function()
