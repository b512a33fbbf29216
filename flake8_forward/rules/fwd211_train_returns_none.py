"""FWD211: train() or eval() returns None."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods.modes import can_end, definition, extends_inherited
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, ending_in_return, returning
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule


class TrainReturnsNone(WordRule):
    """``train`` or ``eval`` of a Module that can return None.

    Both return the Module itself, so that ``net = Net().eval()`` and
    ``net.cuda().train()`` work; ``Module.eval`` returns what ``train(False)`` returns.
    If an override forgets its ``return``, such an expression is None, and the error
    appears later, where the network is called.

    Exempt: methods with other parameters, such as ``train(self, loader)``, unless they
    call ``super().train(...)``; declarations that only raise, are abstract or are
    overloads; decorated methods; generators.

    Fix: ``return self`` at every end. Automatic and safe, unless the method is
    annotated ``-> None``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train
    """

    code = "FWD211"
    definitions = frozenset({"eval", "train"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if the override may end without a value."""
        node = definition(context)
        cls = context.defining_class
        if node is None or cls is None or context.body is None:
            return None
        empty = [item for item in context.body.nodes(ast.Return) if _is_empty(item)]
        ends = can_end(node.body)
        if not empty and not ends:
            return None
        if not _has_modules_parameters(node) and not (
            _takes_a_mode(node) and extends_inherited(node)
        ):
            return None
        if not context.is_module(cls):
            return None
        return Report(
            node,
            f"'{node.name}' of the Module {cls.name} can return None, so "
            f"'net = net.{node.name}()' can set 'net' to None; return 'self'",
            fix=lambda: _returning_self(node, empty, ends),
        )


def _returning_self(
    method: ast.FunctionDef, empty: list[ast.Return], ends: bool
) -> Fix | None:
    """Return the Module at every end, unless an annotation promises None."""
    if method.returns is not None:
        return None
    me = [*method.args.posonlyargs, *method.args.args][0].arg
    rewrites = [returning(item, me) for item in empty]
    if ends:
        rewrites.append(ending_in_return(method, me))
    return Fix(tuple(rewrites))


def _is_empty(node: ast.Return) -> bool:
    value = node.value
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _has_modules_parameters(node: ast.FunctionDef) -> bool:
    """Tell whether the parameters are those of Module's own method."""
    args = node.args
    if args.vararg or args.kwonlyargs or args.kwarg:
        return False
    named = [*args.posonlyargs, *args.args][1:]
    if node.name == "eval" or len(named) != 1:
        return node.name == "eval" and not named
    default = args.defaults[0] if args.defaults else None
    if default is None:
        return named[0].arg == "mode"
    return isinstance(default, ast.Constant) and isinstance(default.value, bool)


def _takes_a_mode(node: ast.FunctionDef) -> bool:
    """Tell whether a call with the arguments of Module's own method is valid."""
    named = [*node.args.posonlyargs, *node.args.args][1:]
    given = node.name == "train"
    return len(named) - given <= len(node.args.defaults) and (
        None not in node.args.kw_defaults
    )
