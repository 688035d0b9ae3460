"""The command line, `cocycle`: every command is one function of the library with its result shown.

Nothing heavy is imported before a command runs.
"""

from ._app import main as main
