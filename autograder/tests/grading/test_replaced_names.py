"""A submission that replaces what our code in its process uses: the check names the line."""

import pytest

from autograder.model.verdict import Verdict
from autograder.sandbox.faults import from_replaced
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of
from autograder.worker import originals

PROGRAMS = """
import contextlib

def _equal(a, b):
    return bool(np.array_equal(a, b))

def same(student):
    return _equal(student.f(1), [2])

@contextlib.contextmanager
def _seeded():
    np.random.bytes(1)
    yield

def drawn(student):
    with _seeded():
        return student.f(1)
"""
WORK = "import sys\nimport numpy as np\n\ndef f(x):\n    return [2]\n\n"


@pytest.fixture
def checked(tiny: Tiny) -> Tiny:
    """One check rests on np.array_equal, one on np.random.bytes, one on neither."""
    tiny.programs(PROGRAMS)
    tiny.checks(
        check_source("same", "expect.that(student.programs.same() is True, 'not the same')")
        + check_source("drawn", "expect.equal(student.programs.drawn(), [2])")
        + check_source("plain", "expect.equal(student.f(1), [2])")
    )
    return tiny


@pytest.mark.parametrize(
    ("line", "name", "rests"),
    [
        ("np.array_equal = lambda a, b: True", "numpy.array_equal", {"same"}),
        ("np.random.bytes = print", "numpy.random.bytes", {"drawn"}),
        ("sys.modules['programs']._equal = lambda a, b: True", "programs._equal", {"same"}),
        ("setattr(sys.modules['programs'], '_equal', print)", "programs._equal", {"same"}),
        ("np.frombuffer = np.array", "numpy.frombuffer", {"same", "drawn", "plain"}),
    ],
)
def test_checks_that_rest_on_a_replaced_name_are_wrong(
    checked: Tiny, line: str, name: str, rests: set[str]
) -> None:
    """The others are not."""
    outcomes = by_name(checked.grade(WORK + line + "\n"))
    wrong = {check for check, outcome in outcomes.items() if outcome.verdict is Verdict.WRONG}
    assert wrong == rests
    for check in rests:
        said = outcomes[check].message
        assert said is not None and said.what == f"{name} was replaced in line 7 of work.py"
        assert [place.line for place in outcomes[check].lines] == [7]


def test_a_name_that_is_put_back_was_replaced(checked: Tiny) -> None:
    """What counts is how it was after the import, and after the call."""
    back = "own, np.array_equal = np.array_equal, print\n\ndef f(x):\n    np.array_equal = own\n"
    outcomes = by_name(checked.grade(WORK + back + "    return [2]\n"))
    assert outcomes["same"].verdict is Verdict.WRONG
    while_called = "def f(x):\n    np.array_equal = lambda a, b: True\n    return [3]\n"
    outcomes = by_name(checked.grade(WORK + while_called.replace("np.", "sys.modules['numpy'].")))
    assert "numpy.array_equal was replaced in line 8" in text_of(outcomes["same"])


def test_the_code_of_a_function_of_ours_counts(checked: Tiny) -> None:
    """Not only what its name means."""
    line = "sys.modules['programs']._equal.__code__ = (lambda a, b: True).__code__\n"
    said = by_name(checked.grade(WORK + line))["same"].message
    assert said is not None and said.what == "_equal.__code__ was replaced in line 7 of work.py"


def test_what_no_check_rests_on_may_change(checked: Tiny) -> None:
    """Names of a library that our code does not use, and the student's own of the same name."""
    own = "np.allclose = lambda *args: True\narray_equal = sum = print\n"
    outcomes = by_name(checked.grade(WORK + own))
    assert {outcome.verdict for outcome in outcomes.values()} == {Verdict.PASSED}


def test_a_line_is_named_only_if_there_is_one() -> None:
    """The worker names what was replaced, and may name anything."""
    said = from_replaced("x." * 400 + "(", {"a.py": b"pass"}).message.what
    assert said == f"{('x.' * 400)[:100]} was replaced"
    assert (
        "in line 2 of" in from_replaced("np.sum", {"a.py": b"np.sum == 1\nnp.sum= 1"}).message.what
    )


def test_an_object_is_not_asked_what_it_is() -> None:
    """Its code would run: a name of torch that is out of date warns then, and tests turn that into
    an error."""

    class Asked:
        @property  # type: ignore[misc]
        def __class__(self) -> type:
            raise AssertionError("asked for its class")

    asked = Asked()
    assert originals._plain(asked) is asked and not originals._is_ours(asked)
