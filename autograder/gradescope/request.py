"""What is asked for when a submission is graded with the files of the autograder zip."""

from pathlib import Path

from autograder.gradescope.plan import Layout
from autograder.grading.context.request import GradingRequest


def server_request(
    layout: Layout,
    assignment: str,
    submission: Path,
    *,
    run_s: float | None = None,
    checks: tuple[str, ...] = (),
) -> GradingRequest:
    """The request of the driver, of the self-test of an image, and of `verify`.

    `checks`: only these and what they need, for must-fail programs.
    """
    return GradingRequest(
        root=layout.private,
        assignment=assignment,
        submission=submission,
        hidden=True,
        secret_file=layout.secret,
        run_s=run_s,
        checks=checks,
    )
