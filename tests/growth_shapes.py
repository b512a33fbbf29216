"""Projects that can be made in any size, by what there is more of in a larger one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from growth_examples import dense, many

NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n\n\n"
METHOD = "    def forward(self, x):\n        x.grad = None\n        return x\n"
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
    return {"main.py": f"{NET}Net().forward({'f(' * count}1{')' * count})\n" * 40}


def results(count: int) -> Files:
    """A helper with many results, called for each item of a list."""
    each = "    if n == {0}:\n        return nn.Linear({0}, 1)\n"
    body = f"def make(n):\n{repeated(each, count)}    return nn.Linear(1, 1)\n"
    calls = repeated("make({0}), ", count)
    init = f"        super().__init__()\n        self.layers = [{calls}]\n"
    return {"main.py": f"{NET}{body}class K(Net):\n    def __init__(self):\n{init}"}


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
    "results of a helper": (results, 2_000),
    **dict(examples()),
}
"""By name: what makes the files, and the first of the sizes."""
