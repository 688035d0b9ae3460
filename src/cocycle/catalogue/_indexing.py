"""Writes `systems/_index.py`, the generated list of all systems: `cocycle catalogue index`.

The list exists so that a name can be looked up without reading, let alone importing, some two hundred files. A new
system is one file below `systems/`, with its class in `__all__`; then this command, or nothing: a test says if the list
is out of date.
"""

import ast
from pathlib import Path

from cocycle import systems
from cocycle.core import CocycleError

__all__ = ["index", "write_index"]

_FOLDER = Path(systems.__file__).parent
_HEAD = '''"""All systems: class -> module below `cocycle.systems`. `cocycle catalogue index` writes it; do not edit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

MODULE_OF: Mapping[str, str] = {
'''


def index() -> dict[str, str]:
    """The public names that the files define, each with its module, alphabetically; read, not imported."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.rglob("[!_]*.py")):
        module = ".".join(path.relative_to(_FOLDER).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                for name in ast.literal_eval(node.value):
                    if name in found:
                        raise CocycleError(f"Two files define {name}: {found[name]} and {module}.")
                    found[name] = module
    return dict(sorted(found.items()))


def text() -> str:
    """What `_index.py` should hold."""
    found = index()
    entries = "".join(f'    "{name}": "{module}",\n' for name, module in found.items())
    by_module = sorted((module, name) for name, module in found.items())
    imports = "".join(f"    from .{module} import {name} as {name}\n" for module, name in by_module)
    return f"{_HEAD}{entries}}}\n\nif TYPE_CHECKING:\n{imports}"


def write_index() -> int:
    """Write the generated list of systems anew, after a file was added or removed; how many systems it has."""
    (_FOLDER / "_index.py").write_text(text(), encoding="utf-8")
    return len(index())
