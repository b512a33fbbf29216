"""What pytest and its like pass: fixtures of the file, rows of parametrized tests."""

import pytest
from parameterized import parameterized
from torch import nn

ROWS = [[nn.Linear, {"bias": True}, 3], [nn.Conv2d, {"bias": False}, 4]]


@pytest.fixture
def net():
    return nn.Linear(2, 2)


@pytest.fixture(scope="module")
def lent():
    module = nn.Linear(2, 2)
    yield module
    del module


@pytest.fixture
def twice(net):
    return net.forward(net(1))  # FWD101:16


@pytest.fixture
def number():
    return 3


def helper():
    return nn.Linear(2, 2)


def test_fixtures(net, lent, twice, number, helper):
    net.forward(1)  # FWD101:9
    lent.forward(1)  # FWD101:10
    twice.forward(1)
    number.forward(1)
    helper.forward(1)


def no_test(net):
    net.forward(1)


@pytest.mark.parametrize("layer", [nn.Linear(2, 2), nn.ReLU()])
@pytest.mark.parametrize("kind, width", [(nn.Linear, 1), (nn.Conv2d, 2)])
@pytest.mark.parametrize("mixed", [nn.ReLU(), make_something()])
def test_rows(layer, kind, width, mixed):
    layer.forward(1)  # FWD101:11
    kind(width, width).forward(1)  # FWD101:24
    width.forward(1)
    mixed.forward(1)


class TestIt:
    @pytest.fixture
    def own(self):
        return nn.Linear(2, 2)

    @parameterized.expand(ROWS)
    def test_expanded(self, kind, arguments, number):
        kind(**arguments).forward(number)  # FWD101:27
        arguments.forward(number)

    def test_own(self, own, net):
        own.forward(1)  # FWD101:13
        net.forward(1)  # FWD101:13
