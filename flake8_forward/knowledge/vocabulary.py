"""What is known of torch's names: the lists that rules and the resolver ask for.

The table in ``vocabulary.json`` is made, and checked against real torch, by
``benchmarks/make_vocabulary.py``: what torch shows of each name, and which names each
list has.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

_TABLE: dict[str, Any] = json.loads(
    Path(__file__).with_name("vocabulary.json").read_text("utf-8")
)


def _having(places: str, traits: str) -> frozenset[str]:
    """Return the names of some places that have one of the traits."""
    wanted = traits.split()
    return frozenset(
        name
        for place in places.split()
        for found, names in _TABLE["traits"][place].items()
        if not set(wanted).isdisjoint(found.split())
        for name in names.split()
    )


def _list(name: str) -> frozenset[str]:
    """Return the names in a list; "*" stands for all that have its traits."""
    row: dict[str, str] = _TABLE["lists"][name]
    names = row["names"]
    if names == "*":
        return _having(row["of"], row["with"])
    return frozenset(names.split())


def _in_torch(name: str) -> frozenset[str]:
    """Return the names in a list of functions, as torch's."""
    return frozenset(f"torch.{function}" for function in _list(name))


PURE_METHODS = _list("PURE_METHODS")
"""Attributes of tensors that change nothing."""
FRESH_FACTORIES = _in_torch("FRESH_FACTORIES")
"""Functions that make a tensor that nobody else holds."""
IMPURE_FUNCTIONS = _list("IMPURE_FUNCTIONS")
"""Functions in torch that change something, or write it."""
PURE_PACKAGES = tuple(f"{name}." for name in sorted(_list("PURE_PACKAGES")))
"""Packages whose functions change nothing."""
TENSOR_METHODS = _list("TENSOR_METHODS")
"""Methods of tensors that return tensors."""
TENSOR_FUNCTIONS = _in_torch("TENSOR_FUNCTIONS")
"""Functions in torch that return tensors."""
TELLING_ATTRIBUTES = _list("TELLING_ATTRIBUTES")
"""Attributes whose use shows that a parameter is a tensor."""
PARTING = _list("PARTING")
"""Those that may return several tensors."""
NO_TENSOR = _list("NO_TENSOR")
"""Functions and methods that may return something else than a tensor."""
NO_GRAPH = _list("NO_GRAPH")
"""Functions and methods whose results have no gradient."""
NEW_TENSOR = _list("NEW_TENSOR")
"""Methods and functions that return other tensors than they are given."""
SAME_DEVICE = _list("SAME_DEVICE")
"""Methods whose result is on the same device."""
DEVICE_ATTRIBUTES = _list("DEVICE_ATTRIBUTES")
"""Attributes by which a tensor is moved, or asked where it is."""
MOVING_OVERRIDES = _list("MOVING_OVERRIDES")
"""Methods of Modules: a class that defines one may move its tensors."""
TOGETHER = _list("TOGETHER")
"""Methods that need their arguments on the same device."""
SAME_VALUES = _list("SAME_VALUES")
"""Attributes of tensors that give the same numbers, with their gradient."""
DETACHED_ATTRIBUTES = _list("DETACHED_ATTRIBUTES")
"""Attributes of tensors that are tensors without a graph."""
VIEWS = _list("VIEWS")
"""Attributes of a tensor that give its own memory, or may."""
STORED_FACTORIES = _list("STORED_FACTORIES")
"""Names in torch that make a tensor of numbers."""
OF_NUMBERS = _list("OF_NUMBERS")
"""Those that make a tensor without dimensions of a single number."""
STORED_SAME_DEVICE = _list("STORED_SAME_DEVICE")
"""Methods that make a tensor on the same device of a new one."""
SHAPING = _list("SHAPING")
"""Those among them that need, or give, dimensions."""
DEFAULT_FACTORIES = _list("DEFAULT_FACTORIES")
"""Names in torch that make a tensor of the default type and device."""
FLOAT_CASTS = _list("FLOAT_CASTS")
"""Methods that turn a tensor into one of other floats."""
INTEGER_CASTS = _list("INTEGER_CASTS")
"""Methods that turn a tensor into one that can have no gradient."""
TENSOR_MOVES = _list("TENSOR_MOVES")
"""Methods that bring a tensor to a device."""
KEEPING = _list("KEEPING")
"""Methods that return a new float tensor on the CPU itself."""
TRANSPOSED = _list("TRANSPOSED")
"""Attributes of a tensor that give it transposed."""
VALUE_KEEPING = _list("VALUE_KEEPING")
"""Methods with an underscore that leave the values as they are."""
MAYBE_ITSELF = _list("MAYBE_ITSELF")
"""Methods that return the tensor itself where nothing is to be done."""
REDUCTIONS = _list("REDUCTIONS")
"""Methods that give one number."""
DROPOUT_ON = _list("DROPOUT_ON")
"""Dropout functions whose ``training`` is True by default."""
DROPOUT_OFF = _list("DROPOUT_OFF")
"""Dropout functions whose ``training`` is False by default."""
TELLING_FUNCTIONS = _list("TELLING_FUNCTIONS") | _in_torch("TELLING_FACTORIES")
"""Functions of torch whose result is data, whatever they are given."""
WEIGHTED = _list("WEIGHTED")
"""Layers that always have weights."""
NOISY = _list("NOISY")
"""Layers that are random in train mode alone."""
CONTAINERS = _list("CONTAINERS")
"""Layers that hold other layers."""
WRAPPERS = _list("WRAPPERS")
"""Classes of torch that hold one Module, as ``.module``."""
SEVERAL_RESULTS = _list("SEVERAL_RESULTS")
"""Layers that return several tensors, or may."""
NO_LAYERS = _list("NO_LAYERS")
"""Modules of which nothing says what they return."""
WEIGHT_FIRST = _list("WEIGHT_FIRST")
"""Losses whose first argument is rightly a tensor, the weights; not so the second."""
WRAPPING = _list("WRAPPING")
"""Functions that return the layer they are given, with other weights."""
PARAMETERS = _list("PARAMETERS")
"""Names of the class of Parameters."""
MODULE_NAMES = _list("MODULE_NAMES")
"""Names of the class of Modules."""
REGISTERED = _list("REGISTERED")
"""Classes of tensors that a Module registers, as they are usually named."""
ALL_REGISTERED = _list("ALL_REGISTERED")
"""Classes of tensors that a Module registers, by all names."""
RETURN_SELF = _list("RETURN_SELF")
"""Methods that return the Module they are called on."""
RETURN_MODULE = _list("RETURN_MODULE")
"""Methods that return one of its submodules."""
RETURN_MODULES = _list("RETURN_MODULES")
"""Methods that go through submodules."""
RETURN_NAMED_MODULES = _list("RETURN_NAMED_MODULES")
"""Methods that go through submodules and their names."""
ONLY_MODULES_HAVE = _list("ONLY_MODULES_HAVE")
"""Methods whose call shows that the object, which has a forward, is a Module."""
ONLY_MODULES_TELL = _list("ONLY_MODULES_TELL")
"""Attributes that show the same."""
LAYER_TENSORS = _list("LAYER_TENSORS")
"""Tensors that layers have."""
TENSOR_DATA = _list("TENSOR_DATA")
"""Attributes of such a tensor that show that the layer is a Module."""
COMMON_MOVES = _list("COMMON_MOVES")
"""Methods of Modules and of tensors that return them elsewhere, or as another type."""
MOVES = _list("MOVES")
"""Methods that return the Module they are called on, with its weights elsewhere."""
CALL_NAMES = _list("CALL_NAMES")
"""What runs when a Module is called: hooks first, then forward."""
REACHING_NAMES = _list("REACHING_NAMES")
"""What a class that defines one of these can call to get to Module's own."""
SHADOWABLE = _list("SHADOWABLE")
"""Methods that users or Module itself call by name, apart from ``type``."""
LISTINGS = _list("LISTINGS")
"""Methods by which a Module lists what it has."""
REGISTRATIONS = _list("REGISTRATIONS")
"""Methods that set a submodule by name."""
ALL_REGISTRATIONS = _list("ALL_REGISTRATIONS")
"""Methods that set a submodule, a Parameter or a buffer by name."""
KEPT_BY = _list("KEPT_BY")
"""Methods that make a Module keep what a function has made."""
MODES = _list("MODES")
"""Methods that change the mode."""
BACKWARD_HOOKS = _list("BACKWARD_HOOKS")
"""Methods that register what runs in the backward pass."""
BY_HAND = _list("BY_HAND")
"""Attributes of layers and Parameters that do by hand what registration would do."""
OPTIMIZING = _list("OPTIMIZING")
"""Methods of a training step: of losses, optimizers and Modules."""
LOADING = _list("LOADING")
"""Names that load or freeze weights."""
SETTING = _list("SETTING")
"""Attributes by which weights are set."""
CONSTANTS = _list("CONSTANTS")
"""Names that set weights to what they are each time."""
TRANSPARENT = _list("TRANSPARENT")
"""Decorators, by last name, that leave a function's signature and result alone."""
WITHOUT_GRADIENT = _list("WITHOUT_GRADIENT")
"""Contexts and decorators in which nothing has a gradient."""
CALLERS = _list("CALLERS")
"""Functions of torch that call the function they are given."""
RETURNING_MODULES = _list("RETURNING_MODULES")
"""Functions of torch, and methods of its other classes, that return Modules."""
TAKEN = _list("TAKEN")
"""Keys that a ModuleDict refuses, as it has attributes of that name."""
OF_MODULES = _list("OF_MODULES")
"""Attributes that every Module, or every layer, has."""
RETURN_VALUE = _list("RETURN_VALUE")
"""Methods of dict and of containers (pop of lists, too) that hand out one value."""
CONTAINER_METHODS = _list("CONTAINER_METHODS")
"""Methods of dict and of containers that hand out what they hold."""
RETURN_ARGUMENT = (
    *(f"{name}." for name in sorted(_list("RETURN_ARGUMENT_PACKAGES"))),
    *sorted(_list("RETURN_ARGUMENT_FUNCTIONS")),
)
"""Beginnings of functions that return the Module they are given."""
RETURNING_METHODS = RETURN_SELF | RETURN_MODULE | RETURN_MODULES | RETURN_NAMED_MODULES
"""Methods of Modules that return Modules."""
WEIGHTS = dict.fromkeys(LAYER_TENSORS, TENSOR_DATA)
"""Attributes of layers, and what is read of them: the layer is a Module."""
CONTAINER_INTERFACES = {
    name: _list(f"{name}_METHODS")
    for name in ("ModuleDict", "ModuleList", "ParameterDict", "ParameterList")
}
"""What can be called on the containers, of what can be on their plain counterparts."""

Switch: TypeAlias = tuple[str, int, bool, str]

SWITCHES: dict[str, list[Switch]] = {
    name: [
        (keyword, position, default, what) for keyword, position, default, what in rows
    ]
    for name, rows in _TABLE["switches"].items()
}
"""By layer: an argument's name, position and default, and what it brings."""
