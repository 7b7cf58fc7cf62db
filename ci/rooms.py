"""Draw the rooms of the framework in docs/architecture.md, from the code itself.

    python ci/rooms.py          rewrite the picture and the table of the page
    python ci/rooms.py --check  exit status 1 when they do not show the code as it is

An arrow says "imports". An import that follows from others is left out, so that the order of the
rooms can be seen. What a room is about is the docstring of its package.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
START, END = "<!-- generated: rooms -->\n", "<!-- end -->\n"
WORKER = "autograder.worker"

Graph = Mapping[str, frozenset[str]]  # a room and the rooms that it imports


def rooms_below(package: str, graph: grimp.ImportGraph) -> Graph:
    """The packages directly below `package`, and which imports which."""
    names = [name for name in graph.find_children(package) if graph.find_children(name)]
    rooms = sorted(name for name in names if not name.endswith(".tests"))
    return {
        room: frozenset(
            other
            for other in rooms
            if other != room
            and graph.direct_import_exists(importer=room, imported=other, as_packages=True)
        )
        for room in rooms
    }


def reached(room: str, rooms: Graph) -> frozenset[str]:
    """All that a room imports, through others too."""
    return rooms[room].union(*(reached(other, rooms) for other in rooms[room]))


def arrows(rooms: Graph) -> Iterator[tuple[str, str]]:
    """The imports that do not follow from other imports."""
    for room, imported in rooms.items():
        through_others = frozenset[str]().union(*(reached(other, rooms) for other in imported))
        yield from ((room, other) for other in sorted(imported - through_others))


def mermaid(rooms: Graph) -> Iterator[str]:
    """The picture; rooms whose code runs in the worker are coloured."""
    in_worker = reached(WORKER, rooms) if WORKER in rooms else frozenset()
    yield "```mermaid"
    yield "flowchart TD"
    for room in rooms:
        colour = ":::worker" if room == WORKER else ":::both" if room in in_worker else ""
        yield f"    {_short(room)}{colour}"
    yield from (f"    {_short(room)} --> {_short(other)}" for room, other in arrows(rooms))
    if in_worker:
        yield "    classDef worker fill:#f8d7c4,stroke:#a0522d"
        yield "    classDef both fill:#e7ecd0,stroke:#6b7a2a"
    yield "```"


def table(graph: grimp.ImportGraph) -> Iterator[str]:
    """A line for each room and the rooms in it, with what its package says of itself."""
    yield "| room | modules | is about |"
    yield "|---|--:|---|"
    packages = sorted(name for name in graph.modules if graph.find_children(name))
    for name in packages[1:]:
        if name.split(".")[1] != "tests":
            modules = sum(not graph.find_children(child) for child in graph.find_children(name))
            folder = name.removeprefix("autograder.").replace(".", "/")
            yield f"| `{folder}` | {modules} | {_about(name)} |"


def _about(package: str) -> str:
    source = ROOT / package.replace(".", "/") / "__init__.py"
    docstring = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())


def _short(room: str) -> str:
    return room.rpartition(".")[2]


def shown() -> str:
    """The generated part of the page."""
    graph = grimp.build_graph("autograder", exclude_type_checking_imports=True, cache_dir=None)
    parts = [
        *mermaid(rooms_below("autograder", graph)),
        "",
        "Inside `grading`:",
        "",
        *mermaid(rooms_below("autograder.grading", graph)),
        "",
        *table(graph),
    ]
    return "\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Rewrite the page, or compare it with the code."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    fresh = f"{before}{START}{shown()}{END}{after}"
    if arguments == ["--check"]:
        if page != fresh:
            print("docs/architecture.md does not show the code: run `python ci/rooms.py`")
        return int(page != fresh)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
