"""How many gradings a machine has room for, whether it is safe, and what happens to killed ones."""

import os
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest

from autograder.classroom.engine import slots as module
from autograder.classroom.engine.local import local_engine
from autograder.classroom.engine.out_folder import opened
from autograder.classroom.engine.safety import require_safe
from autograder.classroom.engine.slots import free_memory, physical_cores, slots_for
from autograder.classroom.engine.task import Task
from autograder.classroom.submissions import Status
from autograder.model.assignment import Budget, Limits
from autograder.model.course import find_assignment
from autograder.model.errors import UsageError
from autograder.model.units import parse_bytes
from autograder.sandbox.isolation import ACTIVE
from autograder.tests.classroom.made_up import ASSIGNMENT
from autograder.tests.classroom.tiny_class import RIGHT, TinyClass
from autograder.tests.grading.tiny import Tiny

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")
ALL = {"private uid": ACTIVE, "landlock": ACTIVE, "seccomp": ACTIVE}
A_GIGABYTE = msgspec.structs.replace(ASSIGNMENT, limits=Limits(memory="700 MB"))  # with 300 MB


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four physical cores, and the memory for three gradings of a gigabyte each."""
    monkeypatch.setattr(module, "physical_cores", lambda: [0, 2, 4, 6])
    monkeypatch.setattr(module, "allowed_cpus", lambda: 8.0)
    monkeypatch.setattr(module, "free_memory", lambda: parse_bytes("3.5 GB"))


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(
    ("asked", "cpus", "why"),
    [
        (None, [0, 2, 4], "3.5 GB of free memory, 1 GB for each"),
        (2, [0, 2], "--jobs"),
        (9, [0, 2, 4], "3.5 GB of free memory, 1 GB for each"),
    ],
)
def test_there_are_as_many_gradings_as_fit(asked: int | None, cpus: list[int], why: str) -> None:
    """Each on a core of its own; never more than there is memory for, whatever is asked."""
    found = slots_for(A_GIGABYTE, asked)
    assert found == (tuple(frozenset([cpu]) for cpu in cpus), why)


@pytest.mark.usefixtures("machine")
def test_there_is_always_room_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """And never more than the CPU time of a container allows."""
    monkeypatch.setattr(module, "allowed_cpus", lambda: 2.5)
    assert slots_for(A_GIGABYTE, None) == (
        (frozenset([0]), frozenset([2])),
        "the CPU time of 2.5 cores",
    )
    monkeypatch.setattr(module, "free_memory", lambda: 0)
    assert len(slots_for(A_GIGABYTE, None).each) == 1


def test_speed_up_budgets_get_the_machine_alone() -> None:
    """Unless the number of gradings is given: then they say that they are not measurable here."""
    faster = msgspec.structs.replace(A_GIGABYTE, budgets={"faster": Budget(speedup=1.5)})
    every = frozenset(os.sched_getaffinity(0)) if sys.platform == "linux" else frozenset([0])
    found = slots_for(faster, None)
    assert found.why == "speed-up budgets need the machine alone"
    assert len(found.each) == 1 and found.each[0] >= every
    assert slots_for(faster, 1).why != found.why


@on_linux
def test_threads_of_one_core_are_one_place(tmp_path: Path) -> None:
    """Where the system does not say which CPUs share a core, each is one."""
    cpus = sorted(os.sched_getaffinity(0))
    assert physical_cores(tmp_path) == cpus
    for cpu in cpus:
        topology = tmp_path / f"cpu{cpu}" / "topology"
        topology.mkdir(parents=True)
        (topology / "thread_siblings_list").write_text("0-99\n")
    assert physical_cores(tmp_path) == cpus[:1]


@pytest.mark.parametrize(
    ("most", "used"),
    [
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ],
)
def test_a_container_has_less_memory_than_its_machine(tmp_path: Path, most: str, used: str) -> None:
    """What it uses already does not count as free."""
    (tmp_path / "memory").mkdir()
    (tmp_path / most).write_text("5000\n")
    (tmp_path / used).write_text("2000\n")
    assert free_memory(tmp_path) == 3000
    (tmp_path / most).write_text("max\n")
    assert free_memory(tmp_path) > 10**6


@pytest.mark.parametrize(
    ("off", "landlock", "said"),
    [
        ("seccomp", 7, "no seccomp (not here)"),
        ("landlock", 0, "no landlock (not here)"),
        ("private uid", 5, "no private uid (not here), and Landlock 5 keeps no signals within"),
    ],
)
def test_a_machine_is_safe_only_with_these_layers(off: str, landlock: int, said: str) -> None:
    """The error says what is missing, and what to do; who trusts the submissions may go on."""
    layers = {**ALL, off: "not here"}
    with pytest.raises(UsageError) as refused:
        require_safe(layers, landlock, trusted=False)
    assert f"not run here: {said}. `autograder doctor` says how" in str(refused.value)
    require_safe(layers, landlock, trusted=True)


def test_signals_may_be_kept_within_by_either_layer() -> None:
    """A private uid, or Landlock from its sixth version on."""
    require_safe(ALL, 3, trusted=False)
    require_safe({**ALL, "private uid": "not root"}, 6, trusted=False)


@on_linux
def test_a_killed_grading_is_set_aside_and_the_next_one_is_graded(
    tiny: Tiny, tmp_path: Path
) -> None:
    """As when memory runs out; also where the process that forks gradings is killed."""
    course = TinyClass(tiny)
    course.hand_in(kim=RIGHT, slow="import time\ntime.sleep(600)\n" + RIGHT)
    tiny.toml(import_s=6000)
    assignment = find_assignment(tiny.root, "tiny")
    slots = slots_for(assignment, 1)
    with opened(tmp_path / "out", print) as out:
        with local_engine(assignment, slots.each, out) as engine:
            for depth in (2, 1):  # the grading, the process that has forked it
                engine.submit(task_of(course, "slow"))
                killed = child(depth)
                killed.kill()
                (graded,) = engine.results()
                assert (graded.id, graded.status) == ("slow", Status.SET_ASIDE)
            engine.submit(task_of(course, "kim"))
            assert [(each.id, each.score) for each in engine.results()] == [("kim", 2.0)]


def task_of(course: TinyClass, student: str) -> Task:
    """To grade what a student has handed in."""
    return Task(
        id=student,
        root=str(course.root),
        assignment="tiny",
        submission=str(course.handed_in / student),
        secret_file=str(course.root / "secret"),
    )


def child(depth: int) -> psutil.Process:
    """A descendant of this process, by the warm process of the class, once it has a worker."""
    warm = [p for p in psutil.Process().children() if "engine.warm" in " ".join(p.cmdline())]
    while not (warm and len(warm[0].children(recursive=True)) >= 3):
        time.sleep(0.01)
        warm = [p for p in psutil.Process().children() if "engine.warm" in " ".join(p.cmdline())]
    return warm[0].children()[0] if depth == 2 else warm[0]
