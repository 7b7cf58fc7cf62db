"""A uid is leased until no process runs as it, also when grader or launcher died before."""

import os
import subprocess
import sys

import pytest

from autograder.model.assignment import Limits
from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox import uid_pool
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.sandbox.launcher import Launcher
from autograder.tests.sandbox.launchers import ForkLauncherElsewhere, call, worker
from autograder.tests.sandbox.test_remote import fault

if sys.platform != "win32":
    import fcntl

STATE = Isolation("fork").layers["private uid"]
needs_uids = pytest.mark.skipif(STATE != ACTIVE, reason=f"private uid: {STATE}")
LIMITS = Limits(memory="250 MB", call_s=20)
FAMILY = """
import os, time
def uid():
    return os.getuid()
def leave(children, megabytes, daemons=False):
    read, write = os.pipe()
    for _ in range(children):
        if os.fork():
            continue
        if daemons:
            os.setsid()
            if os.fork():
                os._exit(0)
        kept = bytes([1]) * (megabytes * 10**6)
        os.write(write, b"x")
        time.sleep(60)
    return sum(len(os.read(read, 1)) for _ in range(children))
def wait(*arguments):
    leave(*arguments)
    time.sleep(15)
"""


def is_free(uid: int) -> bool:
    """Whether the lock of this uid is free."""
    with open(f"/run/autograder-uids/{uid}", "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def descriptors_of(uid: int) -> list[int]:
    """This process's descriptors of the uid's lock file."""
    names = os.listdir("/proc/self/fd")
    lock = f"/run/autograder-uids/{uid}"
    return [int(n) for n in names if os.path.realpath(f"/proc/self/fd/{n}") == lock]


@needs_uids
def test_the_launcher_holds_the_lease_as_well() -> None:
    """With the grader's end of the lock gone, the uid is taken until its worker has ended."""
    launcher = ForkLauncherElsewhere()
    try:
        with worker(launcher, FAMILY) as remote:
            uid = call(remote, "uid")
            (lock,) = descriptors_of(uid)
            with open(os.devnull) as nothing:
                os.dup2(nothing.fileno(), lock)  # as when the kernel closes a dead grader's files
            assert not is_free(uid)
        assert is_free(uid)
    finally:
        launcher.close()


@needs_uids
def test_a_launcher_without_a_grader_ends_every_process_of_its_uids() -> None:
    """When the grader has died, the launcher ends them, daemons too, before it ends itself."""
    launcher = ForkLauncherElsewhere()
    remote = worker(launcher, FAMILY, LIMITS)
    with pytest.raises(GraderError, match="the launcher of workers has died"), remote as started:
        uid = call(started, "uid")
        assert call(started, "leave", 3, 1, True) == 3
        assert uid in uid_pool.uids_in_use()
        launcher.close()  # its socket closes, as by the grader's death
        assert uid not in uid_pool.uids_in_use()
    assert is_free(uid)


@needs_uids
def test_a_uid_that_something_runs_as_is_not_leased() -> None:
    """A process that runs as the uid keeps it from being leased, although its lock is free."""
    with uid_pool.UidPool().lease() as first:
        pass
    with subprocess.Popen(["sleep", "60"], user=first.uid) as left:
        with uid_pool.UidPool().lease() as second:
            pass
        uid_pool.kill_all_of(first.uid)
    assert second.uid != first.uid
    assert left.returncode == -9


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are not the launcher's")
@pytest.mark.parametrize(("children", "megabytes"), [(1, 400), (4, 100)])
@pytest.mark.parametrize("daemons", [False, True])
def test_memory_of_children_is_the_submissions(
    fork: Launcher, children: int, megabytes: int, daemons: bool
) -> None:
    """Together they reach the limit that none of them reaches by its own rlimit."""
    with worker(fork, FAMILY, LIMITS) as remote:
        found = fault(lambda: call(remote, "wait", children, megabytes, daemons))
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert "was stopped when its process had grown by" in found.message.what


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are not the launcher's")
def test_small_children_are_no_fault(fork: Launcher) -> None:
    """The memory that every process has from its start does not count."""
    with worker(fork, FAMILY, LIMITS) as remote, worker(fork, FAMILY, LIMITS) as beside:
        assert call(beside, "leave", 1, 200) == 1
        assert call(remote, "leave", 8, 10) == 8
        assert call(remote, "uid") == os.geteuid() or STATE == ACTIVE


REAP = """
import os, time
from autograder.machine import process_tree
process_tree.kill_tree = lambda pid: print("looked for what a dead process has started")
for _ in range(20):
    if os.fork() == 0:
        os._exit(0)
while len(process_tree.psutil.Process().children()) < 20 or any(
    child.status() != "zombie" for child in process_tree.psutil.Process().children()
):
    time.sleep(0.01)
process_tree.reap_orphans(keep=())
print(len(process_tree.psutil.Process().children()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no zombies")
def test_dead_daemons_are_only_reaped() -> None:
    """No descendants of dead processes are searched for: with thousands it would take a minute."""
    command = [sys.executable, "-c", REAP]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.stdout.splitlines() == ["0"], done.stderr


@needs_uids
def test_containers_lease_from_different_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers start at different uids, all of them within the range."""
    firsts = []
    for namespace in (0, 1, 4026531836):
        monkeypatch.setattr(uid_pool, "_namespace", lambda namespace=namespace: namespace)
        with uid_pool.UidPool().lease() as leased:
            firsts.append(leased.uid)
    assert len(set(firsts)) == 3
    assert all(map(uid_pool.is_leasable, firsts))
