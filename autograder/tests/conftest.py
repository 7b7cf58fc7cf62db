"""Fixtures shared by the tests of the sandbox and of grading."""

import signal

from autograder.machine.threads import pin_threads

pin_threads()  # before numpy comes in with the imports below: who forks must have one thread
# A job in the background has SIGINT ignored, and so would the processes that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402

from autograder.grading.running.subprocess_grading import SERVERS, grading_servers  # noqa: E402
from autograder.sandbox.launcher import Launcher  # noqa: E402
from autograder.tests.grading.tiny import Tiny  # noqa: E402
from autograder.tests.sandbox.launchers import LAUNCHERS, Launchers  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def servers() -> Iterator[None]:
    """Gradings are forked, where they can be: a third of the time of a small one."""
    with grading_servers() as started:
        token = SERVERS.set(started)
        yield
        SERVERS.reset(token)


@pytest.fixture(scope="session")
def launchers() -> Iterator[Launchers]:
    """One launcher of each kind, started when it is first asked for."""
    pool = Launchers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_SECRET", "open sesame")  # no worker may see it
        yield pool
    pool.close()


@pytest.fixture(params=sorted(LAUNCHERS))
def launcher(request: pytest.FixtureRequest, launchers: Launchers) -> Launcher:
    """Every kind of launcher in turn: fork, spawn, and spawn the way Windows needs it."""
    return launchers[request.param]


@pytest.fixture
def fork(launchers: Launchers) -> Launcher:
    """The launcher that forks."""
    return launchers["fork"]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """An assignment to be filled by the test."""
    return Tiny(tmp_path / "course")
