"""A command that reads the source notebook on stdin and writes its student version to stdout.

    python -m autograder.release.lab_report.nbgrader_steps < reference/sgd/report.ipynb

`notebook.py` runs it in a process of its own, because importing nbgrader takes seconds, loads a web
server and changes the current folder.
"""

import sys
from pathlib import Path
from typing import Any

# jsonschema imports this if it can, for a format that no notebook uses; it compiles a grammar for
# three seconds.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

import nbformat  # noqa: E402
from nbgrader import preprocessors as steps  # noqa: E402
from traitlets.config.loader import PyFileConfigLoader  # noqa: E402

# Those of `nbgrader generate_assignment` that need no database, in its order
_STEPS = (
    steps.LockCells,
    steps.ClearSolutions,
    steps.ClearOutput,
    steps.CheckCellMetadata,
    steps.ComputeChecksums,
    steps.ClearHiddenTests,
    steps.ClearMarkScheme,
    steps.ComputeChecksums,
    steps.CheckCellMetadata,
)


def student_version(source: str) -> Any:
    """The student version of a notebook, as JSON. Exceptions of nbgrader are passed on."""
    folder = Path(__file__).parents[1]
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    notebook, resources = nbformat.reads(source, as_version=4), {}  # type: ignore
    for step in _STEPS:
        notebook, resources = step(config=config).preprocess(notebook, resources)
    return nbformat.writes(notebook)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    source = sys.stdin.buffer.read().decode("utf-8")
    sys.stdout.buffer.write(student_version(source).encode("utf-8"))
