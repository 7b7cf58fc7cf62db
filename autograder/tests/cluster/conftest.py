"""The launchers of all clusters are started once."""

from collections.abc import Iterator

import pytest

from autograder.tests.cluster.ranks import STARTED


@pytest.fixture(scope="session", autouse=True)
def launchers() -> Iterator[None]:
    """They end with the session."""
    yield
    STARTED.close()
