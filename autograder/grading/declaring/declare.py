"""Read the declarations of checks from their source, importing nothing.

A broken check file must not make its checks vanish from a report, and a list of checks must not
cost an import of numpy. Hence decorator arguments are literals. Called by every command that needs
to know the checks of an assignment.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from autograder.model.assignment import Assignment
from autograder.model.check import ISOLATION, CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.syntax import parse
from autograder.model.toml import nearest

_END = r"^ *(?:$|(?:Why|Oracle):(?: |$))"  # of a paragraph: an empty line, or a label
_TITLE = re.compile(_END, re.MULTILINE)
_LABELLED = re.compile(rf"^ *(Why|Oracle):(?= |$)(.*?)(?={_END}|\Z)", re.MULTILINE | re.DOTALL)


def check_files(assignment: Assignment, hidden: bool) -> list[Path]:
    """The check files, visible ones first."""
    folders = [assignment.folder / "checks"]
    if hidden and assignment.private:
        folders.append(assignment.private / "checks")
    return [path for folder in folders for path in sorted(folder.glob("check_*.py"))]


def file_of(check: CheckDeclaration, assignment: Assignment) -> Path:
    """The file that declares a check. Raises GraderError for a hidden one where it is not here."""
    folder = assignment.folder if check.visible else assignment.private
    if folder is None:
        raise GraderError(f"{check.id} is hidden, and not here")
    return folder / "checks" / check.file


def check_sources(assignment: Assignment, hidden: bool) -> list[Path]:
    """The check files and, where there are any, the files of helpers that they import from."""
    return [*check_files(assignment, hidden), *assignment.expectations]


def declared_checks(assignment: Assignment, hidden: bool) -> tuple[CheckDeclaration, ...]:
    """All checks of the parts that are given, in the order in which they run: visible checks first,
    and needed checks before those that need them.

    Raises GraderError, with file and line, for a declaration that is not valid.
    """
    found: dict[str, CheckDeclaration] = {}
    for path in check_sources(assignment, hidden):
        for declaration in _in_file(path, assignment):
            if path in assignment.expectations:
                raise GraderError(f"{path.name}: {declaration.id} belongs in a check file")
            if declaration.id in found:
                raise GraderError(f"{path.name}: check {declaration.id} is declared twice")
            found[declaration.id] = declaration
    kept = {i: c for i, c in found.items() if c.part not in assignment.parts_off}
    for declaration in kept.values():
        _require_needs(declaration, found)
    return tuple(_needed_first(kept))


def checks_taking(fixture: str, assignment: Assignment, hidden: bool) -> tuple[str, ...]:
    """The ids of the checks, of parts that are given, that ask for this fixture."""
    given = {declaration.id for declaration in declared_checks(assignment, hidden)}
    trees = (parse(path.read_bytes()) for path in check_files(assignment, hidden))
    return tuple(
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name in given
        and any(argument.arg == fixture for argument in node.args.args)
    )


def with_needs(chosen: set[str], declared: tuple[CheckDeclaration, ...]) -> set[str]:
    """`chosen` and all checks they need, directly or not; `declared` has needed ones first."""
    wanted = set(chosen)
    for declaration in reversed(declared):
        if declaration.id in wanted:
            wanted.update(declaration.needs)
    return wanted & {declaration.id for declaration in declared}


class Excuses(NamedTuple):
    """Which of the values that a check receives it need not judge; for the proof of answers."""

    judged_by: tuple[str, ...]  # other checks
    unjudged: dict[str, str]  # a reason by pattern of alterations


def declared_excuses(assignment: Assignment) -> dict[str, Excuses]:
    """Those of every check that has any. Raises GraderError for what is not valid."""
    checks = {declaration.id: declaration for declaration in declared_checks(assignment, True)}
    found = {}
    for path in check_files(assignment, hidden=True):
        for node, decorator in _decorated(path):
            where = f"{path.name}:{node.lineno}: {node.name}"
            arguments = _literals(decorator, where)
            excuses = Excuses(_names(arguments, "judged_by", where), _unjudged(arguments, where))
            for name in excuses.judged_by:
                if name not in checks or name == node.name:
                    near = nearest(name, list(checks))
                    raise GraderError(f"{where}: judged_by {name!r} is no other check; {near}")
            if node.name in checks and any(excuses):
                found[node.name] = excuses
    return found


def _unjudged(arguments: dict[str, Any], where: str) -> dict[str, str]:
    reasons = arguments.get("unjudged", {})
    if not isinstance(reasons, dict) or not all(
        isinstance(text, str) and text.strip() for pair in reasons.items() for text in pair
    ):
        raise GraderError(f"{where}: unjudged must be a dict, from a pattern to its reason")
    return reasons


def _in_file(path: Path, assignment: Assignment) -> Iterator[CheckDeclaration]:
    for node, decorator in _decorated(path):
        yield _declaration(node, decorator, path, assignment)


def _decorated(path: Path) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    """The checks of a file, each with its `@check(...)`."""
    try:
        tree = parse(path.read_bytes(), str(path))
    except (SyntaxError, ValueError) as error:
        raise GraderError(f"check file {path} cannot be read: {error}") from None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            decorator = next(filter(None, map(_check_call, node.decorator_list)), None)
            if decorator is not None:
                yield node, decorator
            elif node.name.startswith("check_"):
                raise GraderError(f"{path.name}:{node.lineno}: {node.name} lacks @check(...)")


def _check_call(node: ast.expr) -> ast.Call | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check":
        return node
    return None


def _declaration(
    node: ast.FunctionDef, decorator: ast.Call, path: Path, assignment: Assignment
) -> CheckDeclaration:
    where = f"{path.name}:{node.lineno}: {node.name}"
    arguments = _literals(decorator, where)
    docstring = ast.get_docstring(node)
    if not docstring:
        raise GraderError(f"{where} has no docstring, which is the sentence the student reads")
    part = str(arguments["part"])
    _require_part(part, assignment, where)
    written = read_docstring(docstring)
    return CheckDeclaration(
        id=node.name,
        title=written.title,
        part=part,
        points=float(arguments["points"]),
        needs=_names(arguments, "needs", where),
        visible=assignment.folder in path.parents,
        optional=any(p.optional for p in assignment.parts if p.id == part),
        hint=str(arguments.get("hint", "")),
        file=path.name,
        why=written.why,
        oracle=written.oracle,
        requires=_names(arguments, "requires", where),
        isolation=_isolation(arguments, where),
    )


def _isolation(arguments: dict[str, Any], where: str) -> tuple[str, ...]:
    names = _names(arguments, "isolation", where)
    for name in names:
        if name not in ISOLATION:
            raise GraderError(f"{where}: no isolation {name!r}; {nearest(name, ISOLATION)}")
    return names


def _names(arguments: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = arguments.get(key, ())
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
        raise GraderError(f"{where}: {key} must be a text or a tuple of texts, not {value!r}")
    return names


def _literals(decorator: ast.Call, where: str) -> dict[str, Any]:
    try:
        arguments = {k.arg: ast.literal_eval(k.value) for k in decorator.keywords if k.arg}
    except ValueError:
        raise GraderError(f"{where}: the arguments of @check must be literals") from None
    if decorator.args or not {"part", "points"} <= set(arguments):
        raise GraderError(f"{where}: write @check(part=..., points=...), with keywords")
    return arguments


def _require_part(name: str, assignment: Assignment, where: str) -> None:
    known = [*(part.id for part in assignment.parts), *assignment.parts_off]
    if name not in known:
        raise GraderError(f"{where}: no part {name!r} in assignment.toml; {nearest(name, known)}")


def _require_needs(declaration: CheckDeclaration, found: dict[str, CheckDeclaration]) -> None:
    for name in declaration.needs:
        if name not in found:
            near = nearest(name, list(found))
            raise GraderError(f"{declaration.file}: {declaration.id} needs {name!r}; {near}")
        if declaration.visible and not found[name].visible:  # visible checks run before hidden ones
            raise GraderError(
                f"{declaration.file}: {declaration.id} is visible and needs {name!r}, which is"
                " hidden and not there at home: hide it as well, or need a visible check"
            )


def _needed_first(found: dict[str, CheckDeclaration]) -> list[CheckDeclaration]:
    """The topological order that changes the given one least. Raises GraderError for a cycle."""
    ordered: dict[str, CheckDeclaration] = {}

    def place(declaration: CheckDeclaration, above: tuple[str, ...]) -> None:
        if declaration.id in above:
            raise GraderError(f"checks need each other in a circle: {' -> '.join(above)}")
        for name in declaration.needs:
            if name in found and name not in ordered:
                place(found[name], (*above, declaration.id))
        ordered.setdefault(declaration.id, declaration)

    for declaration in found.values():
        place(declaration, ())
    return list(ordered.values())


class CheckText(NamedTuple):
    """The texts in the docstring of a check; empty where there is none."""

    title: str
    why: str
    oracle: str


def read_docstring(docstring: str) -> CheckText:
    """The title is the first paragraph; a labelled text goes on to the next label or empty line."""
    title = _TITLE.split(docstring.strip(), maxsplit=1)[0]
    texts = {label: " ".join(text.split()) for label, text in _LABELLED.findall(docstring)}
    return CheckText(" ".join(title.split()), texts.get("Why", ""), texts.get("Oracle", ""))
