"""The shape of the code: layers, sizes, and what house rules forbid."""

import ast
import graphlib
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grimp
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import autograder

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ANSWERS = "What runs in a worker imports nothing that holds answers"  # a contract's name
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MOST_MODULES = 16
FOLDERS = ("autograder", "assignments", "reference", "ci")

Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def sources() -> Iterator[Path]:
    """Every Python file written by hand."""
    yield ROOT / "quickstart.py"
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every syntax node of them, with `file:line` for the message."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def test_imports_point_down_only() -> None:
    """import-linter's contracts in pyproject.toml hold, and every package has a layer."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_a_worker_that_imports_answers_is_reported(tmp_path: Path) -> None:
    """The contract bites: in a copy of the code, each forbidden import is found and named."""
    forbidden = {
        "worker/serve.py": "autograder.grading.context.student",
        "wire/codec.py": "autograder.submission.intake",
        "machine/libc.py": "autograder.sandbox.remote",
        "model/units.py": "autograder.release",
    }
    package = tmp_path / "autograder"
    shutil.copytree(ROOT / "autograder", package, ignore=shutil.ignore_patterns("tests"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, imported in forbidden.items():
        with (package / name).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    lint = "from importlinter.cli import lint_imports; lint_imports(no_cache=True)"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=tmp_path, capture_output=True, text=True
    )
    _, broken, explained = done.stdout.rpartition(f"{ANSWERS}\n")
    assert broken and f"{ANSWERS} BROKEN" in done.stdout
    for name, imported in forbidden.items():
        importer = f"autograder.{name.removesuffix('.py').replace('/', '.')}"
        assert f"{importer} -> {imported} " in explained


def test_no_module_imports_itself_through_others() -> None:
    """There is no import cycle: the modules can be put in an order."""
    graph = grimp.build_graph("autograder", exclude_type_checking_imports=True, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    graphlib.TopologicalSorter(imports).prepare()  # raises CycleError, which shows the cycle


def test_files_are_short() -> None:
    """A file holds one idea, in at most 300 lines; a check file holds one part, in any number; and
    quickstart.py, which is alone in a student's folder, cannot be divided."""
    lengths = {
        path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
        if path.parent.name != "checks" and path != ROOT / "quickstart.py"
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    """A function has at most 50 lines, its docstring included."""
    long = {
        f"{place} {node.name}": node.end_lineno - node.lineno + 1
        for place, node in nodes()
        if isinstance(node, Function)
        and node.end_lineno
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def framework() -> Iterator[Path]:
    """The modules of the framework, without its tests and without what `new` copies."""
    for path in sorted((ROOT / "autograder").rglob("*.py")):
        if not {"tests", "scaffold_files"} & set(path.parts):
            yield path


def test_folders_are_not_crowded() -> None:
    """A folder of modules has from 2 to 16 of them, so that each can be found."""
    modules = Counter(path.parent for path in framework() if path.name != "__init__.py")
    modules.pop(ROOT / "autograder")  # __main__.py stands alone
    assert {str(folder): n for folder, n in modules.items() if not 2 <= n <= MOST_MODULES} == {}


def test_no_two_classes_share_a_name() -> None:
    """A name says which class is meant, wherever it is read."""
    names = Counter(
        node.name
        for path in framework()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_nothing_is_caught_without_a_name() -> None:
    """A bare `except:` would hide a Ctrl-C as well as our own mistakes."""
    bare = [place for place, n in nodes() if isinstance(n, ast.ExceptHandler) and n.type is None]
    assert bare == []


def test_a_blanket_except_says_why() -> None:
    """`except Exception` either raises again after tidying, or says in a comment why it stands."""
    unexplained = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for line in unexplained_handlers(path.read_text(encoding="utf-8"))
    ]
    assert unexplained == []


def unexplained_handlers(source: str) -> Iterator[int]:
    """The lines of blanket handlers that neither raise again nor have a comment before the body."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name):
            last = node.body[-1]
            again = isinstance(last, ast.Raise) and last.exc is None
            head = "".join(lines[node.lineno - 1 : node.body[0].lineno - 1])
            if node.type.id in ("Exception", "BaseException") and not again and "#" not in head:
                yield node.lineno


def test_no_function_writes_a_global() -> None:
    """State is passed, not kept in modules."""
    assert [place for place, node in nodes() if isinstance(node, ast.Global)] == []


def test_every_test_states_its_property() -> None:
    """The docstring of a test is the sentence that it proves."""
    silent = [
        f"{place} {node.name}"
        for place, node in nodes()
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and place.startswith("autograder/tests")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_version_is_the_one_of_the_package() -> None:
    """`autograder --version` reads a constant, for speed; pyproject.toml says the same."""
    assert PROJECT["version"] == autograder.__version__


def test_everything_installed_is_pinned() -> None:
    """What the core and quickstart.py require has an exact version that fits each requirement."""
    lines = (ROOT / "ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(str(pin.specifier).startswith("==") for pin in pins)
    extras = PROJECT["optional-dependencies"]
    installed = [extras[name] for name in ("torch", "lab", "instructor", "similarity", "dev")]
    wanted = [Requirement(r) for r in sum(installed, PROJECT["dependencies"])]
    for requirement in wanted:
        versions = [p.specifier for p in pins if same_name(p, requirement)]
        assert versions, f"{requirement.name} is not pinned in ci/constraints.txt"
        for version in versions:
            assert requirement.specifier.contains(str(version).removeprefix("=="))


def same_name(one: Requirement, other: Requirement) -> bool:
    """Whether two requirements are about one project."""
    return canonicalize_name(one.name) == canonicalize_name(other.name)
