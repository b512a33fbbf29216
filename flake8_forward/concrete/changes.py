"""What fixes do to concrete nodes.

None is returned where a change would lose a comment, or where the code is not written
as expected: then there is no fix.
"""

from __future__ import annotations

import libcst as cst

_NOTHING = cst.SimpleWhitespace("")
_BLANK = cst.SimpleWhitespace(" ")


def without_attribute(node: cst.CSTNode) -> cst.CSTNode | None:
    """Return what an attribute is an attribute of."""
    if not isinstance(node, cst.Attribute) or _has_comment(node.dot):
        return None
    return _enclosed(node.value, node)


def renamed(node: cst.CSTNode, name: str) -> cst.CSTNode | None:
    """Return a definition with another ``name``."""
    return node.with_changes(name=cst.Name(name))


def returning(node: cst.CSTNode, name: str) -> cst.CSTNode | None:
    """Return a ``return`` of ``name``."""
    return node.with_changes(value=cst.Name(name), whitespace_after_return=_BLANK)


def ending_in_return(node: cst.CSTNode, name: str) -> cst.CSTNode | None:
    """Return a function that ends in a ``return`` of ``name``."""
    if not isinstance(node, cst.FunctionDef):
        return None
    added = cst.Return(cst.Name(name))
    body = node.body
    if isinstance(body, cst.IndentedBlock):
        line = cst.SimpleStatementLine([added])
        return node.with_changes(body=body.with_changes(body=[*body.body, line]))
    *before, last = body.body
    assert isinstance(last, cst.BaseSmallStatement)
    added = added.with_changes(semicolon=last.semicolon)
    last = last.with_changes(semicolon=cst.Semicolon(whitespace_after=_BLANK))
    return node.with_changes(body=body.with_changes(body=[*before, last, added]))


def without_comma(node: cst.CSTNode) -> cst.CSTNode | None:
    """Return the element of a tuple that has one, and no parentheses."""
    if not isinstance(node, cst.Tuple) or node.lpar or len(node.elements) != 1:
        return None
    return node.elements[0].value


def as_argument(node: cst.CSTNode, function: str) -> cst.CSTNode | None:
    """Return a call of ``function`` with ``node``, or without an empty list or dict."""
    if not isinstance(node, cst.BaseExpression):
        return None
    # The parentheses of a tuple are its own; others stay around the call.
    own = int(isinstance(node, cst.Tuple) and bool(node.lpar))
    outer = len(node.lpar) - own
    argument = node.with_changes(lpar=node.lpar[outer:], rpar=node.rpar[:own])
    if isinstance(node, cst.Tuple) and not own:
        argument = _parenthesized(argument)
    is_empty = _code(argument) in ("[]", "{}")
    return cst.Call(
        func=cst.parse_expression(function),
        args=[] if is_empty else [cst.Arg(argument)],
        lpar=node.lpar[:outer],
        rpar=node.rpar[own:],
    )


def with_argument(node: cst.CSTNode, name: str, value: str) -> cst.CSTNode | None:
    """Return a call with one more argument, its last, by its ``name``."""
    if not isinstance(node, cst.Call):
        return None
    added = cst.Arg(
        cst.parse_expression(value),
        keyword=cst.Name(name),
        equal=cst.AssignEqual(_NOTHING, _NOTHING),
    )
    if not node.args:
        if _has_comment(node.whitespace_before_args):
            return None
        added = added.with_changes(whitespace_after_arg=node.whitespace_before_args)
        return node.with_changes(args=[added], whitespace_before_args=_NOTHING)
    *before, last = node.args
    gap = [*last.value.rpar, last.whitespace_after_arg]
    if isinstance(last.comma, cst.Comma):
        gap.append(last.comma)
        added = added.with_changes(whitespace_after_arg=last.comma.whitespace_after)
        comma = last.comma.with_changes(whitespace_after=_BLANK)
        last = last.with_changes(comma=comma)
    else:
        added = added.with_changes(whitespace_after_arg=last.whitespace_after_arg)
        comma = cst.Comma(whitespace_after=_BLANK)
        last = last.with_changes(comma=comma, whitespace_after_arg=_NOTHING)
    if any(map(_has_comment, gap)):
        return None
    return node.with_changes(args=[*before, last, added])


def conditional(node: cst.CSTNode, test: str, otherwise: str) -> cst.CSTNode | None:
    """Return ``node if test else otherwise``."""
    if not isinstance(node, cst.BaseExpression):
        return None
    is_plain = isinstance(node, (cst.BaseNumber, cst.BaseString))
    body = _bare(node) if is_plain else _operand(_bare(node))
    return cst.IfExp(
        test=cst.parse_expression(test),
        body=body,
        orelse=cst.parse_expression(otherwise),
        lpar=node.lpar,
        rpar=node.rpar,
    )


def done_inside(node: cst.CSTNode, function: str) -> cst.CSTNode | None:
    """Return the only call of ``function`` in ``node``, with the rest done inside."""
    if not isinstance(node, cst.BaseExpression):
        return None
    call = _only_call(node, function)
    if call is None or not call.args or call.args[0].star or call.args[0].keyword:
        return None
    first = call.args[0].value
    operand = _enclosed(_operand(_bare(first)), call)
    done = _bare(node).deep_replace(call, operand)
    rest = _bare(node).deep_replace(call, cst.Name(function))
    if not isinstance(done, cst.BaseExpression) or _has_comment(rest):
        return None
    argument = call.args[0].with_changes(value=_enclosed(done, first))
    return _enclosed(_bare(call).with_changes(args=[argument, *call.args[1:]]), node)


def _only_call(node: cst.BaseExpression, function: str) -> cst.Call | None:
    """Return the call of ``function`` in ``node``, None if there is not just one."""
    found: list[cst.Call] = []
    work: list[cst.CSTNode] = [node]
    while work:
        each = work.pop()
        work += each.children
        if isinstance(each, cst.Call):
            name = each.func.attr if isinstance(each.func, cst.Attribute) else each.func
            if isinstance(name, cst.Name) and name.value == function:
                found.append(each)
    return found[0] if len(found) == 1 else None


def _operand(node: cst.BaseExpression) -> cst.BaseExpression:
    """Return ``node`` as it can stand before a dot or an operator."""
    is_closed = isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript))
    return node if is_closed else _parenthesized(node)


def _parenthesized(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.with_changes(
        lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()]
    )


def _bare(node: cst.BaseExpression) -> cst.BaseExpression:
    """Return ``node`` without its parentheses."""
    return node.with_changes(lpar=[], rpar=[])


def _enclosed(
    node: cst.BaseExpression, outer: cst.BaseExpression
) -> cst.BaseExpression:
    """Return ``node`` with the parentheses of ``outer`` around its own."""
    return node.with_changes(
        lpar=[*outer.lpar, *node.lpar], rpar=[*node.rpar, *outer.rpar]
    )


def _has_comment(node: cst.CSTNode) -> bool:
    """Tell whether there may be a comment in ``node``; a string with ``#`` counts."""
    return "#" in _code(node)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)
