"""The tables of a handout, made from assignment.toml and the visible checks.

Everything between two marks in handout.md is generated. Called by release, `verify` and `new`, and
by the table of scores in the README:

    <!-- generated: parts -->
    <!-- end -->
"""

import re
from collections.abc import Callable, Iterable

from autograder.grading.declaring.criteria import criteria_of
from autograder.grading.declaring.declare import check_files, declared_checks
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import ReleaseError
from autograder.model.requirements import HANDOUT, ids_in
from autograder.model.toml import require_known
from autograder.model.units import show_points

_BEGIN = re.compile(r"<!-- generated: *([\w ]+?) *-->")
_END = "<!-- end -->"


def stale_handout(assignment: Assignment) -> str:
    """The handout with the tables that it should have; "" where it has them, or does not exist.

    An assignment may be begun without a handout: only the student zip requires one.
    """
    path = assignment.folder / HANDOUT
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    filled = fill_tables(text, assignment)
    return filled if filled != text else ""


def write_tables(assignment: Assignment) -> bool:
    """Write the handout's tables again. Returns whether that changed the file."""
    filled = stale_handout(assignment)
    if filled:
        (assignment.folder / HANDOUT).write_text(filled, encoding="utf-8", newline="\n")
    return bool(filled)


def fill_tables(text: str, assignment: Assignment) -> str:
    """The handout with its tables. Raises ReleaseError for an unknown or unclosed table."""
    where = f"assignments/{assignment.id}/{HANDOUT}"
    return fill_regions(text, where, lambda name, place: _table(name, assignment, place))


def fill_regions(text: str, where: str, rows_of: Callable[[str, str], list[str]]) -> str:
    """A page in which everything between marks is written anew.

    `rows_of` returns the rows for a table's name and its place in the file `where`.
    Raises ReleaseError for a table that is not closed.
    """
    filled: list[str] = []
    table: str | None = None
    opened = 0
    for number, row in enumerate(text.split("\n"), start=1):
        begin = _BEGIN.fullmatch(row.strip())
        if begin and table is not None:
            raise ReleaseError(f"{where}, line {number}: the table of line {opened} has no {_END}")
        if begin:
            table, opened = begin[1], number
            filled += [row, "", *rows_of(table, f"{where}, line {number}"), ""]
        elif row.strip() == _END and table is not None:
            filled.append(row)
            table = None
        elif table is None:
            filled.append(row)
    if table is not None:
        raise ReleaseError(f"{where}, line {opened}: this table has no {_END}")
    return "\n".join(filled)


def _table(name: str, assignment: Assignment, where: str) -> list[str]:
    tables: dict[str, Callable[[Assignment], list[str]]] = {
        "parts": _parts,
        "budgets": _budgets,
        "checks": _checks,
    }
    require_known(name, tables, ReleaseError, f"{where}: no table {name!r}")
    return tables[name](assignment)


def _parts(assignment: Assignment) -> list[str]:
    rows = []
    for part in assignment.parts:
        title = f"{part.title} (optional)" if part.optional else part.title
        rows.append((part.id, title, show_points(part.points), f"{part.hours:g}"))
    extra = [part for part in assignment.parts if part.optional]
    core = [part for part in assignment.parts if not part.optional]
    for label, parts in (("all but the optional" if extra else "all", core), ("optional", extra)):
        if parts:
            points, hours = sum(p.points for p in parts), sum(p.hours for p in parts)
            note = ": extra credit" if parts is extra else ""
            rows.append(("", label + note, show_points(points), f"{hours:g}"))
    return markdown("| part | what | points | hours |", "|---|---|--:|--:|", rows)


def _budgets(assignment: Assignment) -> list[str]:
    off = _budgets_off(assignment) if assignment.parts_off else set()
    rows = [
        (f"`{name}`", budget.kind, budget.in_words(mark="`"))
        for name, budget in assignment.budgets.items()
        if name not in off
    ]
    return markdown("| budget | of | at most |", "|---|---|---|", rows)


def _budgets_off(assignment: Assignment) -> set[str]:
    """The budgets that only checks of parts which are not given measure."""
    whole = load_assignment(assignment.folder, assignment.private)
    hidden = assignment.private is not None
    files = {path.name: path for path in check_files(whole, hidden)}
    given, off = set[str](), set[str]()
    for check in declared_checks(whole, hidden):
        sentences = criteria_of(files[check.file], check.id, whole).budgets
        names = {sentence.partition(",")[0] for sentence in sentences}
        (off if check.part in assignment.parts_off else given).update(names)
    return off - given


def _checks(assignment: Assignment) -> list[str]:
    rows = [
        (check.part, check.title, ", ".join(ids_in(check.requires)), show_points(check.points))
        for check in declared_checks(assignment, hidden=False)
    ]
    return markdown("| part | visible check | requirements | points |", "|---|---|---|--:|", rows)


def markdown(head: str, rule: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A table from its head, the line below it, and rows whose cells may contain bars."""
    cells = ((cell.replace("|", "\\|") for cell in row) for row in rows)
    return [head, rule, *(f"| {' | '.join(row)} |" for row in cells)]
