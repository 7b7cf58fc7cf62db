"""The explanation of a check on the terminal; the HTML report has the same passages."""

from autograder.grading.declaring.explanation import Explanation
from autograder.render.disclosure import one_line
from autograder.render.summary import title_of
from autograder.render.terminal.layout import Line, Tone


def lines_of(explanation: Explanation) -> list[Line]:
    """Title, place, and each passage below its label."""
    lines = [
        Line(title_of(explanation.check), Tone.STRONG),
        Line(f"{explanation.check.id}: {one_line(explanation.place)}", Tone.DIM),
    ]
    for passage in explanation.passages:
        lines += [Line(""), Line(passage.label, Tone.STRONG)]
        lines += [Line(one_line(text), indent=2) for text in passage.texts]
    return lines
