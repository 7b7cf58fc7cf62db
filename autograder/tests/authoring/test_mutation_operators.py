"""Each kind of change that mutants are made of."""

import ast

import pytest

from autograder.authoring.proofs.mutation_operators import changes


def changed(source: str, operator: str = "") -> list[str]:
    """The statement `source` with each change in it, or with those of one operator."""
    found = []
    tree = ast.parse(source)
    for parent in list(ast.walk(tree)):
        for field, value in list(ast.iter_fields(parent)):
            many = isinstance(value, list)
            for place, child in enumerate(value if many else [value]):
                if isinstance(child, ast.AST):
                    for change in changes(child, parent, field):
                        if operator in ("", change.operator):
                            found.append(with_child(tree, parent, field, place, change.node))
    return found


def with_child(tree: ast.Module, parent: ast.AST, field: str, place: int, node: ast.AST) -> str:
    """The text of the tree with another node, which is then removed again."""
    value = getattr(parent, field)
    if isinstance(value, list):
        old, value[place] = value[place], node
        text = ast.unparse(tree)
        value[place] = old
    else:
        setattr(parent, field, node)
        text = ast.unparse(tree)
        setattr(parent, field, value)
    return text


@pytest.mark.parametrize(
    ("operator", "source", "expected"),
    [
        ("arithmetic", "a + b", ["a - b"]),
        ("arithmetic", "a // b", ["a / b"]),
        ("arithmetic", "a @ b", ["a * b"]),
        ("arithmetic", "a **= b", ["a *= b"]),
        ("operand", "a * b", ["a", "b"]),
        ("argument order", "a - b", ["b - a"]),
        ("argument order", "a + b", []),
        ("argument order", "f(a, b, c)", ["f(b, a, c)", "f(a, c, b)"]),
        ("comparison", "a == b", ["a != b"]),
        ("comparison", "a < b", ["a <= b", "a >= b"]),
        ("comparison", "a is not b", ["a is b"]),
        ("comparison", "a < b < c", []),
        ("boolean", "a and b", ["a or b"]),
        ("boolean", "f(keepdims=True)", ["f(keepdims=False)"]),
        ("negation", "not a", ["a"]),
        ("negation", "-a", ["a"]),
        ("condition", "a if b else c", [f"a if {b} else c" for b in ("False", "True", "not b")]),
        ("condition", "while a > b:\n    c", ["while False:\n    c"]),
        ("number", "3", ["4", "0", "-3"]),
        ("number", "0", ["1"]),
        ("number", "0.5", ["1.5", "0.0", "-0.5"]),
        ("number", "f(axis=1)", ["f(axis=2)", "f(axis=0)"]),
        ("dropped keyword", "f(a, axis=1, out=b)", ["f(a, out=b)", "f(a, axis=1)"]),
        ("bounds", "a[i:]", ["a[:]", "a[i + 1:]", "a[i - 1:]"]),
        ("bounds", "a[:j]", ["a[:]", "a[:j + 1]", "a[:j - 1]"]),
        ("bounds", "range(n)", ["range(n + 1)", "range(n - 1)"]),
        ("bounds", "range(0)", ["range(0 - 1)"]),
        ("dropped call", "x = a.copy()", ["x = a"]),
        ("dropped call", "x = f(a, b)", ["x = a"]),
        ("dropped call", "a.append(b)", []),
        ("other function", "np.argmax(min(a))", ["np.argmin(min(a))", "np.argmax(max(a))"]),
        ("transpose", "a.T", ["a"]),
        ("in place or not", "a += b", ["a = a + b"]),
        ("in place or not", "a = a - b", ["a -= b"]),
        ("in place or not", "a = b - a", []),
        ("assignment", "a /= b", ["a = b"]),
        ("deleted statement", "a = b", ["pass"]),
        ("deleted statement", "if a:\n    b", ["pass", "if a:\n    pass"]),
        ("returned nothing", "return a", ["return None"]),
        ("returned nothing", "return", []),
        ("jump", "break", ["continue"]),
        ("jump", "continue", ["break"]),
    ],
)  # fmt: skip
def test_an_operator_makes_these_changes(operator: str, source: str, expected: list[str]) -> None:
    """All of them, in this order, and no others."""
    assert changed(source, operator) == expected


def test_text_and_names_are_left_alone() -> None:
    """Strings and names are not changed."""
    assert changed("x = y") == changed("x = 'a 1'") == ["pass"]
