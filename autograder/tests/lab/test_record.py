"""The reference's own measurements: `verify` notices when they are not its own any more."""

from pathlib import Path

from autograder.authoring.consistency import stale_lab
from autograder.model.assignment import Assignment
from autograder.tests.authoring.course import replace, tiny_of, write
from autograder.tests.lab.conftest import RunLab


def problems(course: Path) -> list[str]:
    """What is found, without what to do about it."""
    return [problem.partition(": run `")[0] for problem in stale_lab(tiny_of(course))]


def test_measurements_of_the_reference_are_asked_for(lab: RunLab, course: Path) -> None:
    """Whole, of its files, and of the experiments as they are."""
    assert problems(course) == ["the reference has no measurements.json"]
    reference = course / "reference" / "tiny"
    lab(submission=reference, out=reference / "measurements.json", only=("times",))
    assert problems(course) == ["measurements.json is not complete"]
    lab(submission=reference, out=reference / "measurements.json")
    assert problems(course) == []
    replace(course / "assignments" / "tiny" / "experiments.py", '"o-"', '"x-"')
    assert problems(course) == []
    replace(course / "assignments" / "tiny" / "experiments.py", "np.zeros(3)", "np.zeros(4)")
    replace(reference / "tiny.py", "float(x @ x)", "float(x.dot(x))")
    assert problems(course) == [
        "measurements.json is of another reference",
        "measurements.json is of other experiments",
    ]
    write(reference, "measurements.json", "{}")
    (problem,) = problems(course)
    assert problem.startswith("measurements.json of the reference: it is not what the lab writes")


def test_it_says_what_to_run(course: Path) -> None:
    """The command as it is typed in the course's folder."""
    (problem,) = stale_lab(tiny_of(course))
    out = "--out reference/tiny/measurements.json --plots none"
    assert problem.endswith(f": run `autograder lab tiny --submission reference/tiny {out}`")


def test_an_assignment_without_a_lab_needs_none(course: Path) -> None:
    """Nothing is asked of it."""
    (course / "assignments" / "tiny" / "experiments.py").unlink()
    assignment: Assignment = tiny_of(course)
    assert not assignment.has_lab and list(stale_lab(assignment)) == []
