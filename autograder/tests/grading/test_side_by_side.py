"""Graders that run on one machine at the same time leave each other alone."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.grading.context.request import GradingRequest
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.isolation import ACTIVE, Isolation

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux")
GRADERS = 8
LONGEST_S = 900.0
TOML = """title = "Beside"
order = 1
submit = ["work.py"]
parts = [{id = "1", title = "Beside", points = 1, hours = 1}]
[limits]
call_s = 100
check_s = 120
"""
# Each leaves when all of a lower number have: who is still there sees the others' ends.
CHECK = '''
import time
from pathlib import Path
from autograder.grading import check, expect

HERE = Path(__file__).parent

def wait_for(pattern, count):
    deadline = time.monotonic() + 600
    while len(list(HERE.glob(pattern))) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    expect.equal(len(list(HERE.glob(pattern))) >= count, True, what=pattern)

@check(part="1", points=1, isolation="processes")
def check_beside(student):
    """Its worker and the child of that live until the check ends them."""
    number, uid = student.number(), student.start()
    (HERE / f"uid-{uid}-{number}").touch()
    wait_for("uid-*", 8)
    wait_for("left-*", number)
    expect.equal(student.child_lives(), True, what="the child")
'''
WORK = """
import os

def number():
    return {number}

def start():
    global child
    child = os.fork()
    if child == 0:
        while True:
            os.read(os.pipe()[0], 1)
    return os.getuid()

def child_lives():
    return os.waitpid(child, os.WNOHANG) == (0, 0)
"""


def grade(root: Path, number: int, off: tuple[str, ...]) -> Outcome:
    """One of the graders; the others see when it has ended."""
    folder = root / f"submission {number}"
    folder.mkdir()
    (folder / "work.py").write_text(WORK.format(number=number))
    request = GradingRequest(
        root=root, assignment="beside", submission=folder, layers_off=off, hidden=False
    )
    (outcome,) = grade_in_subprocess(request, LONGEST_S).outcomes
    (root / "assignments" / "beside" / "checks" / f"left-{number}").touch()
    return outcome


@pytest.mark.parametrize("off", [(), ("private uid",)])
def test_eight_graders_do_not_disturb_each_other(off: tuple[str, ...], tmp_path: Path) -> None:
    """All pass although each ends its worker while others run; no two workers share a uid."""
    folder = tmp_path / "assignments" / "beside"
    (folder / "checks").mkdir(parents=True)
    oracles = tmp_path / "reference" / "beside" / "oracles.py"
    oracles.parent.mkdir(parents=True)
    oracles.touch()
    (folder / "assignment.toml").write_text(TOML)
    (folder / "checks" / "check_beside.py").write_text(CHECK)
    with ThreadPoolExecutor(GRADERS) as pool:
        outcomes = list(pool.map(lambda n: grade(tmp_path, n, off), range(GRADERS)))
    assert [o.verdict for o in outcomes] == [Verdict.PASSED] * GRADERS, outcomes
    private = Isolation("fork", off).layers["private uid"] == ACTIVE
    uids = {path.name.split("-")[1] for path in (folder / "checks").glob("uid-*")}
    assert len(uids) == (GRADERS if private else 1)
