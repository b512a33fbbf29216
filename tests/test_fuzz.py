"""A seeded sample of what benchmarks/fuzz.py does at length: nothing breaks the linter."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path
from random import Random

import fuzz_checks
import pytest
from example_programs import PROGRAMS
from fuzz_checks import Finding, Report, misplaced
from fuzz_mutations import OF_BYTES, OF_TEXT, mutated
from fuzz_programs import Programmer
from test_cases import CASES

from flake8_forward.syntax.unparsing import unparse

LIBRARY = Path(sysconfig.get_path("stdlib"))
SEEDS = [program.path for program in (*PROGRAMS, *CASES)]
MUTATIONS = [*OF_TEXT, *OF_BYTES]


def examine(folder: Path, data: bytes) -> Report:
    path = folder / "main.py"
    path.write_bytes(data)
    return fuzz_checks.examine(path)


@pytest.mark.parametrize("seed", range(10))
def test_mutations(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    reports = []
    for path in chance.sample(SEEDS, 30):
        reports.append(examine(tmp_path, mutated(path.read_bytes(), chance)))
        assert reports[-1].problems == [], path
    assert sum(report.parsed for report in reports) > 5
    assert sum(report.findings for report in reports) > 0


@pytest.mark.parametrize("seed", range(10))
def test_programs(seed: int, tmp_path: Path) -> None:
    reports = []
    for number in range(20):
        program = Programmer(Random(f"{seed} {number}")).program()
        reports.append(examine(tmp_path, program.encode()))
        assert reports[-1].problems == [], program
    assert sum(report.parsed for report in reports) > 10
    assert sum(report.findings for report in reports) > 0


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutation(mutation: object, tmp_path: Path) -> None:
    """Each changes something, and the same seed changes the same."""
    texts = [path.read_text("utf-8") for path in SEEDS[:20]]
    inputs = [text.encode() if mutation in OF_BYTES else text for text in texts]
    assert callable(mutation)
    first = [mutation(item, Random(1)) for item in inputs]
    assert first == [mutation(item, Random(1)) for item in inputs]
    assert first != inputs


@pytest.mark.parametrize(
    "name", ["*.py", "test/test_*gram*.py", "lib2to3/**/data/*.py"]
)
def test_library(name: str) -> None:
    paths = sorted(LIBRARY.glob(name))
    if not paths:
        pytest.skip("not in this Python's library")
    for path in Random(1).sample(paths, min(20, len(paths))):
        assert fuzz_checks.examine(path).problems == [], path


NUMBER = "9" * 2_000
LONG = f"open({'x' * 2_000!r})"
FORWARD = (
    "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n\n\n"
)
FORWARD += "class Net(nn.Module):\n    def forward(self, x):\n        "
INIT = "pass\n\n    def __init__(self):\n        super().__init__()\n        "
QUOTED = {
    "FWD301": f"setattr({LONG}, 'grad', x)",
    "FWD404": f"{INIT}self.weight = nn.Parameter(torch.ones(1)) * {NUMBER}",
    "FWD412": f"return F.scaled_dot_product_attention(x, x, x, None, {NUMBER})",
    "FWD413": f"self.train({'x' * 2_000!r})",
    "FWD414": f"return nn.ReLU(x + {LONG})",
    "FWD901": f"return {LONG}.forward(x)",
}


@pytest.mark.parametrize("code", QUOTED)
def test_long_code_is_shortened(code: str, tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_text(f"{FORWARD}{QUOTED[code]}\n", "utf-8")
    found, _, _ = fuzz_checks.by_plugin(path)
    assert code in [item.code for item in found]
    assert [item for item in found if len(item.text) > 300] == []
    assert [item for item in found if not fuzz_checks.is_legible(item.text)] == []


HUGE = f"0x{'f' * 9_000}"
"""Python reads it, and does not turn it into text."""

HOLDING = (
    *(f"self.train({HUGE})", f"setattr(x + {HUGE}, 'grad', x)"),
    *(f"f({HUGE})(x).backward()", f"return nn.ReLU(x + {HUGE})"),
    *(f"x = nn.Linear({HUGE}, 1)(x)", f"x[{HUGE}].grad = x"),
    *(f"return torch.relu(x * {HUGE}).data", f"f({HUGE}).forward(x)"),
    *(
        f"F.dropout(x, {HUGE})",
        f"F.scaled_dot_product_attention(x, x, x, None, {HUGE})",
    ),
    f"if {HUGE} and x.training: return nn.Parameter(x * {HUGE}).cuda()",
    f"f({HUGE}).y.grad, self.layer = f'{{x:{{{HUGE}}}}}', [nn.ReLU({HUGE})]",
)
MORE = f"""
    @f({HUGE})
    def __init__(self, x: {HUGE}):
        self.layers = [nn.Linear({HUGE}, 1)]
        setattr(self, {HUGE}, nn.ReLU())
        self.add_module({HUGE}, nn.ReLU())
        self.named = nn.ModuleDict({{{HUGE}: nn.ReLU()}})
        self.got = getattr(self, {HUGE})
        self.named[{HUGE}].forward(self.got.forward(1))

    @f({HUGE})
    def forwrad(self, x):
        nn.ModuleList([nn.ReLU()])[{HUGE}].forward(x).view(f({HUGE})).forward(x)


@torch.jit.interface({HUGE})
class Interface(Net):
    @f({HUGE})
    def forward(self, x: Net): x.forward(x)
"""


@pytest.mark.parametrize("number", range(len(HOLDING)))
def test_huge_integer(number: int, tmp_path: Path) -> None:
    report = examine(tmp_path, f"{FORWARD}{HOLDING[number]}{MORE}".encode())
    assert report.problems == []
    assert report.findings > 0


def test_what_cannot_be_unparsed_is_left_out() -> None:
    node = ast.parse(f"f({HUGE}).x + 1", mode="eval")
    assert unparse(node) == unparse(node) == "f(...).x + 1"
    f_string = "f'''{\"\"\"a\nb\"\"\"}''' + 1"
    assert unparse(ast.parse(f_string, mode="eval")).endswith(" + 1")


TEXT = "'self.layer.forward(...)' skips the hooks of a torch.nn.Linear; call 'self.layer(...)'"
QUOTING = "'net.to('cpu').forward(...)' skips hooks if 'net.to('cpu')' is a Module"
WRONG = {
    "line": (3, 12),
    "no line": (0, 12),
    "column": (1, 80),
    "no column": (1, 0),
    "object": (1, 6),
    "dot": (1, 11),
    "part of the name": (1, 13),
    "line end": (2, 1),
}


@pytest.mark.parametrize("place", WRONG.values(), ids=WRONG)
def test_wrong_position_is_seen(place: tuple[int, int]) -> None:
    lines = ["self.layer.forward(x)\n", "\n"]
    assert misplaced(Finding(1, 12, "FWD101", TEXT), lines) is None
    assert misplaced(Finding(*place, "FWD101", TEXT), lines)


def test_message_may_quote_quotes() -> None:
    lines = ["net.to('cpu').forward(x)"]
    found = Finding(1, 15, "FWD901", QUOTING)
    assert misplaced(found, lines) is None
    assert misplaced(found._replace(column=5), lines)


def test_message_may_quote_long_strings() -> None:
    lines = ["f'''", "{net}'''.forward(x)"]
    text = "'f''' {net}'''.forward(...)' skips hooks if 'f''' {net}'''' is a Module"
    assert misplaced(Finding(2, 10, "FWD901", text), lines) is None


def test_crash_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("forward")

    monkeypatch.setattr("flake8_forward.lint.gate.Gate.candidates", fail)
    kinds = [item.partition(":")[0] for item in examine(tmp_path, b"x = 1\n").problems]
    assert kinds == ["crash", "crash"]


def test_hang_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_end(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz_checks, "SECONDS", 1)
    monkeypatch.setattr("flake8_forward.lint.gate.Gate.candidates", never_end)
    kinds = [item.partition(":")[0] for item in examine(tmp_path, b"x = 1\n").problems]
    assert kinds == ["hang", "hang"]
