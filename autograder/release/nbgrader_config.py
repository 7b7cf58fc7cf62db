"""How nbgrader treats lab reports: copied into the folder where they are graded.

`autograder release` uses it for student versions too, so that both agree about the content of an
unanswered cell. A student's notebook is never run: graders look at the output that was made on the
student's machine.
"""

from typing import Any

from nbgrader import preprocessors as steps
from nbgrader.nbgraderformat import MetadataValidator

c = get_config()  # type: ignore[name-defined]  # noqa: F821


class DropWidgets(steps.NbGraderPreprocessor):  # type: ignore[misc]
    """Drops the state of interactive widgets, which Colab writes in a form of its own.

    nbconvert could not show such a notebook. The pictures and texts in its outputs stay.
    """

    def preprocess(self, notebook: Any, resources: Any) -> Any:
        """The notebook, changed in place."""
        notebook.metadata.pop("widgets", None)
        return notebook, resources


class KeepOneOfEach(steps.NbGraderPreprocessor):  # type: ignore[misc]
    """Turns copies of a cell, except the last, and cells with broken marks into ordinary cells.

    Students copy cells to write more. nbgrader would stop at the first such notebook and would not
    grade those after it.
    """

    def preprocess(self, notebook: Any, resources: Any) -> Any:
        """The notebook, changed in place."""
        seen = set()
        for cell in reversed(notebook.cells):
            try:
                MetadataValidator().validate_cell(cell)
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
            except Exception:  # whatever a student's file holds there
                name = None
            if name is None or name in seen:
                cell.metadata.pop("nbgrader", None)
            seen.add(name)
        return notebook, resources


# A cell that still holds this automatically gets no points. It raises nothing, because the student
# runs the notebook from top to bottom from the first day.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
# The mark scheme stands with the question, in a locked cell that is worth nothing itself.
c.ClearMarkScheme.enforce_metadata = False

# nbgrader's own lists without ClearOutput and Execute: figures stay as they came.
c.Autograde.sanitize_preprocessors = [
    DropWidgets,
    KeepOneOfEach,
    steps.OverwriteKernelspec,
    steps.OverwriteCells,
    steps.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [steps.SaveAutoGrades, steps.CheckCellMetadata]
# Also where a notebook is shown that was not taken in before.
c.HTMLExporter.preprocessors = [DropWidgets]
# Scripts in texts and outputs do not reach the browsers of the graders.
c.HTMLExporter.sanitize_html = True
