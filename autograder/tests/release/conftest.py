"""The small course, released once for all tests that only look at it or at a copy."""

from pathlib import Path

import pytest

from autograder.release import release_assignment
from autograder.tests.release.small import mean_of, small_course


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course after a release into build/; not to be changed."""
    root = small_course(tmp_path_factory.mktemp("small") / "course")
    result = release_assignment(mean_of(root), root, root / "build")
    assert sorted(result.changed) == [
        "assignments/mean/handout.md",
        "student_templates/mean/mean.py",
        "student_templates/mean/recognised_mistakes.json",
        "student_templates/mean/recorded_answers.json",
    ]
    return root
