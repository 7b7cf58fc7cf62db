"""How nbgrader treats lab reports: copied into the folder where they are graded.

`autograder release` makes student versions with it as well, so that both agree about what an
unanswered cell holds. A student's notebook is never run: what it shows was made on the student's
machine, and graders look at it.
"""

from nbgrader import preprocessors as steps

c = get_config()  # type: ignore[name-defined]  # noqa: F821

# A cell that still holds this is given no points, without anybody looking. Nothing is raised: the
# student runs the notebook from top to bottom from the first day.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
# The mark scheme stands with the question, in a locked cell that is worth nothing itself.
c.ClearMarkScheme.enforce_metadata = False

# nbgrader's own lists without ClearOutput and Execute: figures stay as they came
c.Autograde.sanitize_preprocessors = [
    steps.DeduplicateIds,
    steps.OverwriteKernelspec,
    steps.OverwriteCells,
    steps.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [steps.SaveAutoGrades, steps.CheckCellMetadata]
# Scripts in texts and outputs do not reach the browser of whoever grades.
c.HTMLExporter.sanitize_html = True
