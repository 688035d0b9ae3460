"""`python -m cocycle.cli` is the `cocycle` program."""

from ._app import main

main()
