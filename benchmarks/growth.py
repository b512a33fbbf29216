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
from pathlib import Path

import cost

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from growth_shapes import SHAPES, Files

GOAL = 1.1
FACTORS = (1, 2, 4)


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
