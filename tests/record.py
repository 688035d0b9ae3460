"""A page of the docs from the JUnit report of the slow tests. `python tests/record.py report.xml page.md`"""

import datetime
import importlib.metadata
import pathlib
import platform
import sys
import xml.etree.ElementTree as ElementTree

HEAD = """# The slow checks

Statistical and paper-size checks take too long for every change. `make test-all` runs them after the others and writes
this page: size and power of tests, coverage of error bars over many runs, published exponents of the catalogue, whole
studies.
"""


def page(report: pathlib.Path) -> str:
    suites = ElementTree.parse(report).getroot()
    cases = sorted(suites.iter("testcase"), key=lambda c: (c.get("classname", ""), c.get("name", "")))
    outcome = {case: "failed" if case.find("failure") is not None or case.find("error") is not None else
               "skipped" if case.find("skipped") is not None else "passed" for case in cases}  # fmt: skip
    count = {word: list(outcome.values()).count(word) for word in ("passed", "failed", "skipped")}
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("cocycle", "jax", "numpy", "scipy"))
    lines = [
        HEAD,
        f"{datetime.date.today()}, Python {platform.python_version()}, {versions}: **{count['passed']} passed, "
        f"{count['failed']} failed, {count['skipped']} skipped.**",
        "",
        "| file | check | outcome | seconds |",
        "|---|---|---|---|",
    ]
    for case in cases:
        file = case.get("classname", "").removeprefix("tests.").replace(".", "/")
        name = case.get("name", "").removeprefix("test_").replace("_", " ").replace("|", "\\|")
        lines.append(f"| {file} | {name} | {outcome[case]} | {float(case.get('time', 0)):.1f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[2]).write_text(page(pathlib.Path(sys.argv[1])))
