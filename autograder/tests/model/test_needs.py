"""What submissions may do beyond computing, as assignment.toml says."""

import pytest

from autograder.model.assignment import load_assignment
from autograder.model.errors import ConfigError
from autograder.tests.grading.tiny import Tiny


def test_hidden_checks_and_ports_do_not_go_together(tiny: Tiny) -> None:
    """An assignment whose submissions may open sockets is refused as it is read, by its file."""
    toml = tiny.public / "assignment.toml"
    toml.write_text(toml.read_text().replace("processes = true", "loopback = 2"))
    assert load_assignment(tiny.public, tiny.private).isolation.loopback == 2
    hidden = tiny.checks("", hidden=True)
    with pytest.raises(ConfigError) as caught:
        load_assignment(tiny.public, tiny.private)
    for part in (str(toml), str(hidden), "move the check to", "or set loopback = 0"):
        assert part in str(caught.value)
    assert load_assignment(tiny.public).private is None  # a student's folder has no such check


@pytest.mark.parametrize("count", ["-1", "16", "true", "1.5"])
def test_a_number_of_ports_is_small(tiny: Tiny, count: str) -> None:
    """A worker gets at most as many ports as a block has."""
    toml = tiny.public / "assignment.toml"
    toml.write_text(toml.read_text().replace("processes = true", f"loopback = {count}"))
    with pytest.raises(ConfigError, match="loopback"):
        load_assignment(tiny.public)
