"""A process of its own: run a notebook from top to bottom, as its reader would.

    python -m autograder.tests.report.kernel NOTEBOOK FOLDER

The kernel works in FOLDER. Modules that must not be needed cannot be imported there.
"""

import os
import sys
from pathlib import Path

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment] # slow, see nbgrader_steps.py

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

NEVER_IMPORTED = ("autograder", "nbgrader", "sgd", "momentum", "autodiff", "torch")


def main(notebook: Path, folder: Path) -> None:
    """Print the executed notebook; a cell that raises ends this with its traceback."""
    blocked = folder / "blocked"
    blocked.mkdir()
    for name in NEVER_IMPORTED:
        (blocked / f"{name}.py").write_text(f"raise ImportError('{name} must not be needed')\n")
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(content, timeout=600, resources={"metadata": {"path": str(folder)}})
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    client.execute(env=environment | {"PYTHONPATH": str(blocked)})
    sys.stdout.buffer.write(nbformat.writes(content).encode("utf-8"))  # type: ignore


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
