"""A small lab report, and the reports of this repository."""

import json
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[3]
REFERENCES = sorted(path.parent for path in REPOSITORY.glob("reference/*/report.ipynb"))

MODEL_ANSWER = "The mean of the squares is what I expected to see."
MODEL_CODE = "print('a line of the model answer')"
MARK_SCHEME = "- **R1a-figure**, 2 points: the mean is shown with its unit."

Cell = dict[str, Any]


def cell(kind: str, source: str, **metadata: Any) -> Cell:
    """A cell of that kind; nbgrader's part of its metadata is `nbgrader`."""
    made = {"cell_type": kind, "metadata": metadata, "source": source.splitlines(keepends=True)}
    made["id"] = str(metadata.get("nbgrader", {}).get("grade_id", "plain"))
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def locked(source: str) -> Cell:
    """A question."""
    marks = {"grade": False, "grade_id": "question", "locked": True, "solution": False}
    return cell("markdown", source, nbgrader=marks | {"schema_version": 3, "task": False})


def graded(kind: str, name: str, points: float, source: str) -> Cell:
    """A cell to be answered, about requirement R1a."""
    marks = {"grade": True, "grade_id": name, "locked": False, "solution": True, "points": points}
    marks |= {"schema_version": 3, "task": False}
    return cell(kind, source, nbgrader=marks, tags=["R1a"])


def cells() -> list[Cell]:
    """A question with its mark scheme, and two cells to answer it: 3 points."""
    question = "## Means (R1a, 3 points)\nThe result is the mean, right to rounding.\n"
    scheme = f"- **R1a-text**, 1 point: says so.\n{MARK_SCHEME}"
    return [
        locked(f"{question}=== BEGIN MARK SCHEME ===\n{scheme}\n=== END MARK SCHEME ==="),
        graded("markdown", "R1a-text", 1, answer("**Explanation:**", MODEL_ANSWER)),
        graded("code", "R1a-figure", 2, answer("rows = [1, 2]", MODEL_CODE)),
    ]


def answer(given: str, solution: str) -> str:
    """What is given, then a solution region."""
    return f"{given}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"


def notebook(cells: list[Cell]) -> str:
    """A notebook with these cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1) + "\n"


def write_report(root: Path, content: str | None = None) -> Path:
    """Put a report, by default the small one, into the reference of `mean` below `root`."""
    path = root / "reference" / "mean" / "report.ipynb"
    path.write_text(notebook(cells()) if content is None else content, encoding="utf-8")
    return path
