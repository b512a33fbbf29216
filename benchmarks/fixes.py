"""Would the plugin have found what maintainers fixed? Lint the versions before.

    python benchmarks/fixes.py --repos DIR

DIR holds a git directory DIR/<owner>+<name>/repo for each repository in
data/fixes.json. All sources are unpacked, as the plugin reads imported files too;
only the fixed file is linted.
"""

from __future__ import annotations

import ast
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import findings
import packages
import repositories

Fix = dict[str, Any]
# The prefixes of the codes that would have reported each kind of fix.
CODES = {"call": ("FWD1",), "dunder_call": ("FWD201", "FWD202"), "typo": ("FWD",)}


def lines_of(fix: Fix, path: Path) -> set[int]:
    """Return the lines where a finding counts: that of the fix and of its `forward`."""
    lines: set[int] = {fix["line"]}
    try:
        words = findings.forward_words(path)
    except SyntaxError:
        return lines
    for node, (line, _) in words.items():
        starts = node.lineno in (fix["line"], fix["call_lineno"])
        if starts and ast.unparse(node.value) == fix["receiver"]:
            lines.add(line)
    return lines


def found(fix: Fix, folder: Path, python: Path) -> bool:
    """Tell whether linting the file as it was reports what was fixed."""
    lines = lines_of(fix, folder / fix["path"])
    return any(
        finding.line in lines and finding.code.startswith(CODES[fix["kind"]])
        for finding in findings.lint(python, folder, [fix["path"]])
    )


def describe(fix: Fix, folder: Path) -> str:
    """Render a fix as a line: kind, place, intent and the source line."""
    source = (folder / fix["path"]).read_text(encoding="utf-8", errors="replace")
    line = source.splitlines()[fix["line"] - 1].strip()
    try:
        ast.parse(source)
    except SyntaxError as error:
        line += f"  [does not parse: {error.msg}]"
    place = f"{fix['repo']} {fix['parent'][:8]} {fix['path']}:{fix['line']}"
    return f"{fix['kind']} ({fix['intent']}) {place}: {line}"


def main() -> None:
    parser = packages.arguments(__doc__)
    repositories.add_option(parser, required=True)
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    text = (packages.DATA / "fixes.json").read_text(encoding="utf-8")
    known, hits, misses = Counter[str](), Counter[str](), []
    for fix in json.loads(text):
        commit = fix["repo"], fix["parent"]
        folder = repositories.unpacked(*commit, options.repos, options.cache)
        if folder is None or fix["label"] != "module":
            continue
        groups = ("all", fix["kind"], fix["repo"])
        known.update(groups)
        if found(fix, folder, python):
            hits.update(groups)
        else:
            misses.append(describe(fix, folder))
    if not known:
        sys.exit("no fix could be checked")
    for group, number in known.items():
        share = hits[group] / number
        print(f"{group:30}{hits[group]:4} of {number:4} {share:8.2%}")
    print("\n".join(f"  missed: {miss}" for miss in misses))


if __name__ == "__main__":
    main()
