"""Arguments that could be written to in some calls, and are read-only in others."""

from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source

READS = "x = rng.standard_normal((40, 3))\nx.setflags(write=False)\n"
MANY = READS + "for _ in range(20):\n    student.f(x)\n    student.f([{'x': x.T}])\n"
SECRET = """
def f(x):
    x = x if hasattr(x, "flags") else x[0]["x"]
    if x.flags.writeable:
        x[-1] += 1
    return 1
"""
OPEN = "def f(x):\n    x = x if hasattr(x, 'flags') else x[0]['x']\n    x *= 2\n    return 1\n"
MEMORY = """
x = recipe("standard_normal", seed=3, shape=(1000, 50))
budgets.memory("room", student.f, inputs=lambda _: (x,), sizes={})
"""


def test_a_write_that_looks_whether_it_can_is_seen(tiny: Tiny) -> None:
    """A program that changes arrays only where nothing stops it is WRONG, at any depth."""
    tiny.checks(check_source("many", MANY))
    found = by_name(tiny.grade(SECRET))["many"]
    assert found.verdict is Verdict.WRONG and found.message
    assert found.message.what == "an array that f() is given is changed in place"
    assert by_name(tiny.grade("def f(x):\n    return 1\n"))["many"].verdict is Verdict.PASSED


def test_a_write_is_named_with_its_line_in_other_calls(tiny: Tiny) -> None:
    """Of eight calls some get read-only arrays, and say where they are written to."""
    tiny.checks("".join(check_source(f"c{n}", f"{READS}student.f(x)") for n in range(8)))
    outcomes = tiny.grade(OPEN).outcomes
    lines = [outcome.lines[-1].line for outcome in outcomes if outcome.lines]
    assert lines and set(lines) == {3}
    assert {outcome.verdict for outcome in outcomes} == {Verdict.CRASHED, Verdict.WRONG}


def test_calls_whose_memory_is_counted_get_arrays_that_can_be_written_to(tiny: Tiny) -> None:
    """numpy copies a read-only array in argmax, and those bytes are not the submission's."""
    tiny.toml('[budgets.room]\nmemory = "100*KiB"\n')
    tiny.checks(check_source("memory", MEMORY))
    frugal = "def f(x):\n    return int(x.argmax(axis=1)[0])\n"
    found = by_name(tiny.grade(frugal))["memory"]
    assert found.verdict is Verdict.PASSED, found
    writes = "def f(x):\n    if x.flags.writeable:\n        x += 1\n    return 1\n"
    found = by_name(tiny.grade(writes))["memory"]
    assert found.verdict is Verdict.WRONG, found
