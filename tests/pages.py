"""The pages' code and the output that they show. `python tests/pages.py PAGE ...` writes outputs and pictures anew.

A block of Python may be followed by a block marked `text`: what it prints; or by a picture `![...](....svg)`: the
variable `figure` of the block, as `cocycle.viz.to_svg` draws it.
"""

import contextlib
import io
import os
import pathlib
import re
import sys
import tempfile

PICTURE = re.compile(r"\n+!\[[^\]]*\]\((?P<file>[^)]+\.svg)\)")
BLOCK = re.compile(r"```python\n(?P<code>.*?)```(?P<gap>\n+```text\n(?P<output>.*?)```)?", flags=re.S)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def runs(text: str, name: str, namespace: dict | None = None):
    """(block, what it printed) for every block of a page, run in order in one namespace."""
    namespace = {} if namespace is None else namespace
    namespace["__name__"] = "page"
    for block in BLOCK.finditer(text):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block["code"], name, "exec"), namespace)
        yield block, printed.getvalue()


def same(shown: str, printed: str, tolerance: float = 0.05) -> bool:
    """The same words, and numbers within 5 % or 0.02: another processor rounds a chaotic orbit differently."""
    words = [re.sub(r"\s+", " ", NUMBER.sub("#", text)).strip() for text in (shown, printed)]
    numbers = [[float(n) for n in NUMBER.findall(text)] for text in (shown, printed)]
    close = all(abs(a - b) <= 0.02 + tolerance * abs(a) for a, b in zip(*numbers, strict=False))
    return words[0] == words[1] and len(numbers[0]) == len(numbers[1]) and close


def rewritten(text: str, path: pathlib.Path) -> str:
    """The page with the outputs that its blocks print now, where it shows any; its pictures are drawn."""
    new, end, namespace = [], 0, {}
    for block, printed in runs(text, str(path), namespace):
        if picture := PICTURE.match(text, block.end()):
            from cocycle.viz import to_svg

            (path.parent / picture["file"]).parent.mkdir(parents=True, exist_ok=True)
            (path.parent / picture["file"]).write_text(to_svg(namespace["figure"]), encoding="utf-8")
        if block["gap"] is not None:
            new += [text[end : block.start("output")], printed.rstrip("\n") + "\n"]
            end = block.end("output")
    return "".join(new) + text[end:]


if __name__ == "__main__":
    for here in [pathlib.Path(page).resolve() for page in sys.argv[1:]]:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            here.write_text(rewritten(here.read_text(), here))
            os.chdir(here.parent)
