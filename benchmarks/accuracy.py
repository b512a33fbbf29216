"""Compare the plugin's answers about real code with the truth.

    python benchmarks/accuracy.py [PACKAGE ...]
    python benchmarks/accuracy.py timm --misses      also list what it did not find
    python benchmarks/accuracy.py --repos DIR [OWNER/NAME ...]

The last reads research repositories instead of packages. DIR holds a git directory
DIR/<owner>+<name>/repo for each repository in data/research_calls.json.

Wrong claims are always listed. A package or repository is read with only its own
source code available; torch is not installed.
"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import findings
import make_truth
import packages
import repositories
from answers import Answers, Case, Row, ask, report
from make_truth import Fact

DUNDER_CALLS = ("FWD201", "FWD202")


@dataclass(frozen=True)
class Package(Answers):
    """A package with the plugin's answers, which include its classes, and the truth."""

    name: str
    facts: list[Fact]
    classes: list[Row]


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
    for label in labels:
        if label["pkg"] != package.name:
            continue
        file = label["path"].partition("/")[2]
        start = label["line"], label["col"]
        what = f"{'deliberate ' * label['deliberate']}{label['label']}"
        wanted = label["call"] and what == "module"
        text = f"{label['recv']}: {what}: {label['why']}"
        yield package.labelled(wanted, file, start, text)


def self_forwards(package: Package) -> Iterator[Case]:
    """Yield every `self.forward(...)` in a method of a Module: is it reported?

    Not in `forward` itself, where it recurses, nor in `__call__`, which leads to it.
    """
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
                yield Case(True, place in package.forward_calls, text)


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
RESEARCH = ".forward(...) calls in research repositories (FWD101, FWD102)"


def read_packages(names: Sequence[str], python: Path, cache: Path) -> Iterator[Package]:
    """Yield those named packages of which the truth is known, all of them if none."""
    for name in packages.chosen(names):
        if facts := make_truth.read(name):
            folder = packages.unpacked(name, cache)
            classes, named = (ask(python, w, folder) for w in ("classes", "receivers"))
            found = findings.lint(python, folder)
            yield Package(folder, named, found, name, facts, classes)


def research(
    names: Sequence[str], python: Path, mirrors: Path, cache: Path
) -> dict[str, list[Case]]:
    """Return the labelled calls in the named repositories, in all of them if none.

    A call should be reported if its receiver is a Module.
    """
    cases = {}
    for repository in repositories.research(names):
        name = repository["repo"]
        folder = repositories.unpacked(name, repository["commit"], mirrors, cache)
        if folder is None:
            continue
        calls = [c for c in repository["calls"] if c["label"] != "unknown"]
        paths = sorted({call["path"] for call in calls})
        named = ask(python, "receivers", folder, paths)
        answers = Answers(folder, named, findings.lint(python, folder, paths))
        cases[name] = [research_case(answers, name, call) for call in calls]
    return cases


def research_case(answers: Answers, name: str, call: Row) -> Case:
    """Return the case of a labelled call in the repository `name`."""
    wanted = call["label"] == "module"
    why = ": ".join(filter(None, (call["receiver"], call["label"], call["why"])))
    start = call["line"], call["col"]
    case = answers.labelled(wanted, call["path"], start, why)
    return case._replace(text=f"{name} {case.text}")


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--misses", action="store_true", help="list them all")
    repositories.add_option(parser)
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    if options.repos:
        calls = research(options.names, python, options.repos, options.cache)
        report(RESEARCH, calls, options.misses)
        return
    read = list(read_packages(options.names, python, options.cache))
    for measure, cases_of in MEASURES.items():
        cases = {package.name: list(cases_of(package)) for package in read}
        report(measure, cases, options.misses or cases_of in ALWAYS_LISTED)


if __name__ == "__main__":
    main()
