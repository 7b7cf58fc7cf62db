"""Only the attacks on the channel are graded by it."""

from autograder.grading import check, expect


@check(part="2.1", points=2)
def check_peek(student):
    """A program of ours, beside the submission, finds what the probe finds."""
    expect.equal(student.programs.peek(), "contained", what="the program")
