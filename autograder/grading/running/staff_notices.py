"""What staff must know about how a submission was graded; it never costs the student points.

`run.py` puts these notices into the report: where the grading runs is not the student's choice.
"""

from collections.abc import Mapping
from pathlib import Path

from autograder.model.course import course_in
from autograder.model.errors import ConfigError
from autograder.model.toml import nearest
from autograder.sandbox.isolation import ACTIVE


def missing_layers(root: Path, layers: Mapping[str, str]) -> tuple[str, ...]:
    """A notice for every layer of isolation that course.toml requires and that is not active.

    Raises ConfigError for the name of a layer that does not exist.
    """
    course, notices = course_in(root), []
    for name in course.isolation.require if course else ():
        if name not in layers:
            raise ConfigError(f"course.toml requires layer {name!r}; {nearest(name, list(layers))}")
        if layers[name] != ACTIVE:
            notices.append(f"REQUIRED ISOLATION IS MISSING: {name} ({layers[name]})")
    return tuple(notices)
