"""Compare the plugin's answers about real packages with the truth.

    python benchmarks/accuracy.py [PACKAGE ...]
    python benchmarks/accuracy.py timm --misses      also list what it did not find

Wrong claims are always listed. A package is read with only its own
source code available; torch is not installed.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import findings
import make_truth
import packages
from make_truth import Fact

Row = dict[str, Any]
FORWARD_CALLS = ("FWD101", "FWD102")
DUNDER_CALLS = ("FWD201", "FWD202")
Position = tuple[str, int, int]


class Case(NamedTuple):
    """Something that the plugin should or should not claim, and whether it does."""

    wanted: bool
    claimed: bool
    text: str


class Package(NamedTuple):
    """A package with the plugin's answers: two JSON lists, and flake8's findings."""

    name: str
    folder: Path
    facts: list[Fact]
    classes: list[Row]
    receivers: list[Row]
    found: list[findings.Finding]

    def reported(self, codes: Iterable[str]) -> set[Position]:
        """Return the positions of the findings with one of the codes."""
        wanted = set(codes)
        return {(f.file, f.line, f.column) for f in self.found if f.code in wanted}


def ask(python: Path, what: str, folder: Path) -> list[Row]:
    """Return the output of `python -m flake8_forward WHAT --json` for a folder."""
    done = subprocess.run(
        [str(python), "-m", "flake8_forward", what, "--json", "."],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{what} failed in {folder}:\n{done.stderr}")
    rows: list[Row] = json.loads(done.stdout)
    for row in rows:
        row["file"] = Path(row["file"]).as_posix()
    return rows


def statement_of(package: Package, fact: Fact) -> ast.ClassDef:
    """Return the class statement of a fact."""
    named = make_truth.definitions(findings.parsed(package.folder / fact.file))
    nodes = [node for qualname, node in named if qualname == fact.qualname]
    return min(nodes, key=lambda node: abs(node.lineno - fact.lineno))


def paired(package: Package) -> Iterator[tuple[Fact, Row, str]]:
    """Yield each fact with the plugin's row for it, and a description of both."""
    said: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in package.classes:
        said[row["file"], row["qualname"]].append(row)
    absent = {"line": 0, "verdict": "absent", "custom_call": False, "why": ""}
    for fact in package.facts:
        rows = said[fact.file, fact.qualname] or [absent]
        distances = [abs(row["line"] - fact.lineno) for row in rows]
        row = rows[distances.index(min(distances))]
        place = f"{fact.file}:{fact.lineno} {fact.qualname}"
        yield fact, row, f"{place}: {row['verdict']} ({row['why']})"


def modules(package: Package) -> Iterator[Case]:
    """Yield every class in the truth: is it reported to be a Module?"""
    for fact, row, text in paired(package):
        yield Case(bool(fact.is_module), row["verdict"] == "module", text)


def custom_calls(package: Package) -> Iterator[Case]:
    """Yield every Module found as such: is its `__call__` reported to be custom?"""
    for fact, row, text in paired(package):
        if fact.is_module and row["verdict"] == "module":
            yield Case(bool(fact.custom_call), bool(row["custom_call"]), text)


def own_calls(package: Package) -> Iterator[Case]:
    """Yield every Module with a `__call__` in its own body: is it reported?"""
    lines = {(file, line) for file, line, _ in package.reported(DUNDER_CALLS)}
    for fact in package.facts:
        if fact.is_module and fact.own_call:
            node = statement_of(package, fact)
            span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            claimed = any((fact.file, line) in lines for line in span)
            yield Case(True, claimed, f"{fact.file}:{fact.lineno} {fact.qualname}")


def receivers(package: Package) -> Iterator[Case]:
    """Yield every labelled receiver: is it reported if the call is unintended?"""
    labels = json.loads((packages.DATA / "receivers.json").read_text(encoding="utf-8"))
    hits = package.reported(FORWARD_CALLS)
    said = {(row["file"], row["line"], row["column"]): row for row in package.receivers}
    for label in labels:
        if label["pkg"] != package.name:
            continue
        file = label["path"].partition("/")[2]
        start = label["line"], label["col"]
        words = findings.forward_words(package.folder / file).items()
        word = next(w for node, w in words if (node.lineno, node.col_offset) == start)
        row = said.get((file, *word), {"verdict": "absent", "why": ""})
        what = f"{'deliberate ' * label['deliberate']}{label['label']}"
        text = f"{file}:{word[0]}:{word[1]} {label['recv']}: {what}: {label['why']}"
        wanted = label["call"] and what == "module"
        claimed = (file, *word) in hits
        yield Case(wanted, claimed, f"{text}; {row['verdict']} ({row['why']})")


def self_forwards(package: Package) -> Iterator[Case]:
    """Yield every `self.forward(...)` in a method of a Module: is it reported?

    Not in `forward` itself, where it recurses, nor in `__call__`, which leads to it.
    """
    hits = package.reported(FORWARD_CALLS)
    for fact in package.facts:
        if not fact.is_module:
            continue
        words = findings.forward_words(package.folder / fact.file)
        for method in statement_of(package, fact).body:
            if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if method.name in ("forward", "__call__", "_call_impl"):
                continue
            custom = ", custom __call__" * fact.custom_call
            for node in calls_of_self_forward(method):
                place = (fact.file, *words[node])
                text = f"{fact.file}:{place[1]} {fact.qualname}.{method.name}{custom}"
                yield Case(True, place in hits, text)


def calls_of_self_forward(function: ast.AST) -> Iterator[ast.Attribute]:
    """Yield each called `self.forward` in a method, for the `self` of the method."""
    if not takes_self(function):
        return
    pending = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        if takes_self(node) or isinstance(node, ast.ClassDef):
            continue
        pending.extend(ast.iter_child_nodes(node))
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and ast.unparse(called) == "self.forward":
            yield called


def takes_self(node: ast.AST) -> bool:
    """Tell whether a node is a function whose first parameter is called self."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return False
    parameters = [*node.args.posonlyargs, *node.args.args]
    return [parameter.arg for parameter in parameters[:1]] == ["self"]


MEASURES: dict[str, Callable[[Package], Iterator[Case]]] = {
    "Modules among all classes": modules,
    "custom __call__ among the Modules found": custom_calls,
    "__call__ in a Module's own body (FWD201, FWD202)": own_calls,
    "labelled receivers of .forward (FWD101, FWD102)": receivers,
    "self.forward(...) in Modules (FWD101, FWD102)": self_forwards,
}
# Few enough to be accounted for one by one.
ALWAYS_LISTED = (own_calls, receivers)


def percent(part: int, whole: int) -> str:
    """Render a share, or a dash if there is nothing to share."""
    return f"{part / whole:8.2%}" if whole else f"{'-':>8}"


def summary(name: str, cases: list[Case]) -> str:
    """Render a line: the shares of what should and should not be claimed that is."""
    wanted = [case.claimed for case in cases if case.wanted]
    others = [case.claimed for case in cases if not case.wanted]
    right, wrong = sum(wanted), sum(others)
    found = f"{right:6} of {len(wanted):6} {percent(right, len(wanted))}"
    false = f"{wrong:6} of {len(others):6} {percent(right, right + wrong)}"
    return f"{name:20}{found}{false}"


def report(read: list[Package], measure: str, misses: bool) -> None:
    """Print a table of one measure, then the mistakes that are to be listed."""
    cases = {package.name: list(MEASURES[measure](package)) for package in read}
    everything = [case for each in cases.values() for case in each]
    print(f"\n{measure}\n{'':20}{'found':>16}   recall{'wrongly':>16} precision")
    for name, each in cases.items():
        if each:
            print(summary(name, each))
    print(summary("all", everything))
    for case in everything:
        if case.claimed and not case.wanted:
            print(f"  wrong: {case.text}")
    if misses or MEASURES[measure] in ALWAYS_LISTED:
        for case in everything:
            if case.wanted and not case.claimed:
                print(f"  missed: {case.text}")


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    parser.add_argument("--misses", action="store_true", help="list them all")
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    read = []
    for name in packages.chosen(options.packages):
        if facts := make_truth.read(name):
            folder = packages.unpacked(name, options.cache)
            classes, named = (ask(python, w, folder) for w in ("classes", "receivers"))
            found = findings.lint(python, folder)
            read.append(Package(name, folder, facts, classes, named, found))
    for measure in MEASURES:
        report(read, measure, options.misses)


if __name__ == "__main__":
    main()
