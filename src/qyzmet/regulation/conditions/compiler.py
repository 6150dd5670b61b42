"""Turns the tree of an expression into closures, one kind of node at a time; every other kind is refused."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from qyzmet.regulation.conditions.errors import ConditionError
from qyzmet.regulation.conditions.partial import Facts, Part, Test, joined
from qyzmet.regulation.conditions.scanner import Fact, Literal, scan
from qyzmet.regulation.conditions.values import comparable, listed, ordered, stands

__all__ = ["Expression", "Facts", "Test"]

Value = Callable[[Facts], Any]

_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_REFUSED: dict[type, str] = {
    ast.Call: "nothing can be called in a condition; compare facts with values",
    ast.BinOp: "there is no arithmetic in a condition; compare facts with values",
    ast.Subscript: "`[…]` after a fact has no meaning; name the fact in full",
    ast.List: "a list can only stand after `in`",
    ast.Tuple: "write a list in square brackets: ['a', 'b']",
    Literal: "a value alone is no condition; compare a fact with it",
}


class Expression:
    """One expression compiled: `test`, the `facts` it asks for, the words facts are `compared` with."""

    def __init__(self, text: str) -> None:
        self._scanned = scan(text)
        self.facts = frozenset(atom.name for atom in self._scanned.atoms.values() if isinstance(atom, Fact))
        self.compared: set[tuple[str, str]] = set()
        tree = self._tree()
        self.test = self._test(tree)
        self.parts = self._part(tree)

    def _tree(self) -> ast.expr:
        try:
            return ast.parse(self._scanned.source, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
            column = self._scanned.indent + (getattr(problem, "offset", None) or 1)
            raise ConditionError("the condition breaks off or does not fit together here", column) from None

    def _column(self, node: ast.AST) -> int:
        return self._scanned.indent + int(getattr(node, "col_offset", 0)) + 1

    def _atom(self, node: ast.AST) -> Fact | Literal | ast.AST:
        """The fact or literal a placeholder stands for, any other node as it is."""
        return self._scanned.atoms[node.col_offset] if isinstance(node, ast.Name) else node

    def _test(self, node: ast.expr) -> Test:
        if isinstance(node, ast.BoolOp):
            return _joined(isinstance(node.op, ast.And), [self._test(part) for part in node.values])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self._test(node.operand)
            return lambda facts: not inner(facts)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            return _joined(
                True, [self._pair(*pair) for pair in zip(sides, node.ops, sides[1:], strict=False)]
            )
        atom = self._atom(node)
        if isinstance(atom, Fact):
            name = atom.name
            return lambda facts: stands(facts.get(name))
        if isinstance(atom, Literal) and isinstance(atom.value, bool):
            answer = atom.value
            return lambda facts: answer
        raise self._refused(node)

    def _part(self, node: ast.expr) -> Part:
        if isinstance(node, ast.BoolOp):
            return joined(
                "and" if isinstance(node.op, ast.And) else "or", [self._part(part) for part in node.values]
            )
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return joined("not", [self._part(node.operand)])
        atoms = [self._atom(inner) for inner in ast.walk(node)]
        facts = frozenset(atom.name for atom in atoms if isinstance(atom, Fact))
        return Part("test", facts, self._test(node))

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Test:
        if isinstance(op, ast.In | ast.NotIn):
            return self._membership(left, right, wanted=isinstance(op, ast.In))
        if isinstance(op, ast.Is | ast.IsNot):
            raise ConditionError("`is` is not used here; write `==` or `!=`", self._column(left))
        a, b = self._value(left), self._value(right)
        self._note(left, right)
        if isinstance(op, ast.Eq):
            return lambda facts: (x := a(facts)) is not None and x == b(facts)
        if isinstance(op, ast.NotEq):
            return lambda facts: (x := a(facts)) is None or x != b(facts)
        compare = _ORDER[type(op)]
        return lambda facts: ordered(compare, a(facts), b(facts))

    def _membership(self, left: ast.expr, right: ast.expr, wanted: bool) -> Test:
        value, atom = self._value(left), self._atom(right)
        if isinstance(atom, Fact):
            name = atom.name
            self._note(left, right)
            return lambda facts: (value(facts) in listed(facts.get(name))) is wanted
        if not isinstance(right, ast.List):
            raise ConditionError("`in` needs a list after it: ['a', 'b']", self._column(right))
        for item in right.elts:
            self._note(left, item)
        items = frozenset(comparable(self._literal(item)) for item in right.elts)
        return lambda facts: (value(facts) in items) is wanted

    def _value(self, node: ast.expr) -> Value:
        atom = self._atom(node)
        if isinstance(atom, Fact):
            name = atom.name
            return lambda facts: comparable(facts.get(name))
        literal = comparable(self._literal(node))
        return lambda facts: literal

    def _literal(self, node: ast.expr) -> object:
        atom = self._atom(node)
        if isinstance(atom, Literal):
            return atom.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self._atom(node.operand)
            if isinstance(inner, Literal) and not isinstance(inner.value, bool | str):
                return -inner.value
        if isinstance(atom, Fact):
            raise ConditionError(f"a list holds values, not facts; write '{atom.name}'", self._column(node))
        raise self._refused(node)

    def _note(self, *sides: ast.expr) -> None:
        atoms = [self._atom(side) for side in sides]
        names = [atom.name for atom in atoms if isinstance(atom, Fact)]
        words = [atom.value for atom in atoms if isinstance(atom, Literal) and isinstance(atom.value, str)]
        self.compared |= {(name, word) for name in names for word in words}

    def _refused(self, node: ast.expr) -> ConditionError:
        otherwise = "this has no meaning in a condition; use and, or, not, in and comparisons"
        return ConditionError(_REFUSED.get(type(self._atom(node)), otherwise), self._column(node))


def _joined(every: bool, tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        a, b = tests
        return (lambda facts: a(facts) and b(facts)) if every else (lambda facts: a(facts) or b(facts))
    if every:
        return lambda facts: all(test(facts) for test in tests)
    return lambda facts: any(test(facts) for test in tests)
