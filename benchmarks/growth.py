"""How CPU time and peak memory grow with the input, as exponents: 1 is linear.

    python benchmarks/growth.py                      all shapes
    python benchmarks/growth.py --shapes chain bases --rounds 3
    python benchmarks/growth.py --shapes fwd3 --fix

A shape is a project that can be generated in any size. Each is linted in
three sizes, and its time and memory over those of the size 1 are fitted as
`size ** exponent` (least squares on the logarithms; the least of some rounds). Exits
with 1 if an exponent is over the goal.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cost
from growth_examples import dense, many

GOAL = 1.1
NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n\n\n"
METHOD = "    def forward(self, x):\n        x.grad = None\n        return x\n"
FACTORS = (1, 2, 4)
MANY = [f"m{number}.py" for number in range(20)]
"""Files of the same contents, where one takes too little time to be measured."""

EXAMPLES = Path(__file__).parent.parent / "examples"

Files = dict[str, str]
Make = Callable[[int], Files]


def repeated(template: str, count: int) -> str:
    return "".join(template.format(n, n + 1) for n in range(count))


def file_size(count: int) -> Files:
    return {"main.py": NET + "Net().forward(1)\n" + "value = f(1, [2], x=3)\n" * count}


def classes(count: int) -> Files:
    return {"main.py": NET + repeated("class C{0}(Net):\n" + METHOD, count)}


def chain(count: int) -> Files:
    links = repeated("class C{1}(C{0}): pass\n", count)
    code = f"{NET}class C0(Net): pass\n{links}C{count}().forward(1)\n"
    return dict.fromkeys(MANY, code)


def bases(count: int) -> Files:
    names = ", ".join(f"B{n}" for n in range(count))
    each = repeated("class B{0}(Net): pass\n", count)
    code = f"{NET}{each}class C({names}): pass\nC().forward(1)\n"
    return dict.fromkeys(MANY, code)


def files(count: int) -> Files:
    uses = {
        f"m{n}.py": f"from p{n} import Net\nNet().forward(1)\n" for n in range(count)
    }
    return {**uses, **{f"p{n}.py": NET for n in range(count)}}


def words(count: int) -> Files:
    return {"main.py": NET + "net = Net()\n" + "net.forward(1)\n" * count}


def assignments(count: int) -> Files:
    body = repeated("    v{1} = net.forward(v{0})\n", count)
    return {"main.py": f"{NET}def f(v0):\n    net = Net()\n{body}"}


def attributes(count: int) -> Files:
    body = repeated("        self.a{0} = f()\n        self.a{0}.forward(1)\n", count)
    body += "        Net().forward(1)\n"
    return {"main.py": f"{NET}class K(nn.Module):\n    def forward(self):\n{body}"}


def methods(count: int) -> Files:
    each = (
        "    def f{0}(self):\n        self.a{0} = Net()\n        self.a{0}.forward(1)\n"
    )
    return {"main.py": f"{NET}class K(nn.Module):\n{repeated(each, count)}"}


def depth(count: int) -> Files:
    return {"main.py": f"{NET}Net().forward({'f(' * count}1{')' * count})\n" * 200}


def example(make: Callable[[str, int], str], program: str, count: int) -> Files:
    return {"main.py": make(program, count)}


def examples() -> Iterator[tuple[str, tuple[Make, int]]]:
    """Yield the shapes made from each rule's incorrect program."""
    for path in sorted(EXAMPLES.glob("fwd*/bad.py")):
        program, name = path.read_text("utf-8"), path.parent.name
        yield f"{name[:6]}, many", (partial(example, many, program), 100)
        yield f"{name[:6]}, dense", (partial(example, dense, program), 500)


SHAPES: dict[str, tuple[Make, int]] = {
    "file size, lines": (file_size, 20_000),
    "classes in a file": (classes, 500),
    "chain of classes": (chain, 200),
    "bases of a class": (bases, 80),
    "files": (files, 400),
    "suspicious words": (words, 2_000),
    "assignments": (assignments, 1_500),
    "attributes": (attributes, 4_000),
    "methods": (methods, 500),
    "depth of expressions": (depth, 20),
    **dict(examples()),
}
"""By name: what makes the files, and the first of the sizes."""


def measure(contents: Files, rounds: int, *more: str) -> cost.Cost:
    """Lint files in a folder of their own; return the least time and memory."""
    module = "flake8_forward.command.main"
    command = [sys.executable, "-m", module, "--isolated", "--jobs=1"]
    command += ["--select=FWD,FWD9", *more]
    with tempfile.TemporaryDirectory() as name:
        for path, text in contents.items():
            Path(name, path).write_text(text, encoding="utf-8")
        command = ["/bin/sh", "-c", '"$@" || [ $? = 1 ]', "sh", *command]
        taken = [cost.measure(command, Path(name)) for _ in range(rounds)]
    return cost.Cost(*(min(each) for each in zip(*taken, strict=True)))


def exponent(sizes: list[int], values: list[float]) -> float:
    """Return the slope of the logarithms."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(max(value, 1e-3)) for value in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return above / sum((a - x) ** 2 for a in xs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shapes", nargs="*", default=[], metavar="WORD")
    parser.add_argument("--rounds", type=int, default=3, help="(default: 3)")
    parser.add_argument("--fix", action="store_true", help="fix instead of linting")
    options = parser.parse_args()
    more = ["--fix"] if options.fix else []
    print(f"{'':22}{'sizes':>22}{'seconds':>18}{'MB':>18}{'time':>7}{'memory':>8}")
    worst = 0.0
    for name, (make, first) in SHAPES.items():
        if options.shapes and not any(word in name for word in options.shapes):
            continue
        empty = measure(make(1), options.rounds + 2, *more)
        sizes = [first * factor for factor in FACTORS]
        taken = [measure(make(size), options.rounds, *more) for size in sizes]
        seconds = [each.seconds - empty.seconds for each in taken]
        memory = [each.megabytes - empty.megabytes for each in taken]
        grown = exponent(sizes, seconds), exponent(sizes, memory)
        worst = max(worst, *grown)
        print(
            f"{name:22}{'/'.join(map(str, sizes)):>22}"
            f"{'/'.join(f'{value:.2f}' for value in seconds):>18}"
            f"{'/'.join(f'{value:.0f}' for value in memory):>18}"
            f"{grown[0]:7.2f}{grown[1]:8.2f}",
            flush=True,
        )
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
