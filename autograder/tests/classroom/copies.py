"""Submissions of SGD written independently, and copies of them that are disguised."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ACCEPTED = ROOT / "reference" / "sgd" / "submissions" / "accepted"
MORE_COMMENTS = '''"""Our own work."""
# every line of it
'''


def reference() -> str:
    """The whole of our own solution."""
    return (ROOT / "reference" / "sgd" / "sgd.py").read_text(encoding="utf-8")


def by_classes() -> str:
    """Every function in other ways than the reference's, the algorithms by a class."""
    return _composed(
        "logaddexp", "tester_stops_at_nan", "class_based", "small_integers_as_indices",
        "estimate_by_take",
    )  # fmt: skip


def by_arrays() -> str:
    """A third way: models in one block, labels as integers; some functions are missing."""
    return _composed("models_in_one_block", "labels_as_integers")


def _composed(*names: str) -> str:
    texts = ((ACCEPTED / f"{name}.py").read_text(encoding="utf-8") for name in names)
    return "import numpy as np\n\n" + "\n\n".join(texts)


def renamed(source: str) -> str:
    """Every argument and local variable under another name."""
    tree = ast.parse(source)
    names = [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names += [node.id for node in found if isinstance(node.ctx, ast.Store)]
    new = {name: f"my_{number}" for number, name in enumerate(dict.fromkeys(names))}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.arg = new[node.arg]
        elif isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
    return ast.unparse(tree)


def moved(source: str) -> str:
    """The functions and classes in the reverse order."""
    tree = ast.parse(source)
    defined = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    tree.body = [*(n for n in tree.body if n not in defined), *defined[::-1]]
    return ast.unparse(tree)


def commented(source: str) -> str:
    """Other comments, docstrings and annotations, other line breaks and indentation."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = ast.Name("object", ast.Load())
            node.body.insert(0, ast.Expr(ast.Constant(f"What {node.name} does.")))
    lines = ast.unparse(tree).replace("    ", "  ").split("\n")
    return MORE_COMMENTS + "\n".join(f"{line}  # line {n}" for n, line in enumerate(lines))


def with_a_part_of(source: str, other: str, names: tuple[str, ...]) -> str:
    """These functions in the place of its own, or added, and their variables renamed."""
    theirs = [n for n in ast.parse(renamed(other)).body if getattr(n, "name", "") in names]
    assert len(theirs) == len(names)
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if getattr(node, "name", "") not in names] + theirs
    return ast.unparse(tree)
