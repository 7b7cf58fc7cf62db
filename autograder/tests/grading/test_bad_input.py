"""Every way a submission can be bad gets its verdict and a clear message, and nothing is lost."""

import pytest

from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source, graded_once, text_of

# name -> body of the student's function, verdict, and what the message must contain
CALLS: dict[str, tuple[str, Verdict, tuple[str, ...]]] = {
    "right": ("return np.arange(3.0)", Verdict.PASSED, ()),
    "stub": (
        'raise NotImplementedError("part 1.1: the mean")',
        Verdict.NOT_IMPLEMENTED,
        ("stub() is not implemented yet (part 1.1: the mean)",),
    ),
    "crash": ("return [][1]", Verdict.CRASHED, ("crash() raised IndexError: list index",)),
    "none": ("pass", Verdict.WRONG, ("the result is None: nothing was returned", "return state")),
    "exits": ("sys.exit(1)", Verdict.CRASHED, ("SystemExit", "remove exit()")),
    "asks": ("return input('number? ')", Verdict.CRASHED, ("EOFError", "input() cannot be used")),
    "dies": ("os._exit(3)", Verdict.CRASHED, ("dies() ended its own process (exit status 3)",)),
    "hangs": (
        "while True:\n        pass",
        Verdict.TIME_LIMIT,
        ("hangs() did not finish within 2 s",),
    ),
    "deaf": (
        "os.kill(os.getpid(), signal.SIGSTOP)",
        Verdict.TIME_LIMIT,
        ("deaf() did not finish within 2 s",),
    ),
    "generator": (
        "yield 1",
        Verdict.WRONG,
        ("generator() returned a generator", "collect the values in a list"),
    ),
    "cyclic": (
        "a = []\n    a.append(a)\n    return a",
        Verdict.WRONG,
        ("cyclic() returned a value nested deeper than", "does it contain itself?"),
    ),
    "objects": ("return np.array([None])", Verdict.WRONG, ("an array of dtype object",)),
    "structured": ("return np.zeros(3, 'i4,f4')", Verdict.WRONG, ("an array of dtype [('f0'",)),
    "subclass": (
        "return np.ma.masked_array([1.0])",
        Verdict.WRONG,
        ("a MaskedArray (a subclass of ndarray)",),
    ),
    "digits": ("return 10 ** 1_000_000", Verdict.WRONG, ("an int of 3321929 bits",)),
    "large_int": ("return 10 ** 500", Verdict.WRONG, ("expected an array of shape (3,)",)),
    "surrogates": ("return 'a\\ud800'", Verdict.WRONG, ("a string that is not valid Unicode",)),
    "shape": ("return np.zeros((3, 1))", Verdict.WRONG, ("has shape (3, 1), expected (3,)",)),
    "dtype": ("return np.arange(3)", Verdict.WRONG, ("has dtype int64, expected float64",)),
    "nan": ("return np.array([0, np.nan, 2])", Verdict.WRONG, ("1 of 3 entries that are NaN",)),
    "memory": ("return np.ones(10**10 // 8)", Verdict.MEMORY_LIMIT, ("memory()",)),
    "grows": (
        "a = [bytearray(10**7) for _ in range(1000)]",
        Verdict.MEMORY_LIMIT,
        ("grows()",),
    ),
    "virtual": (
        "return np.broadcast_to(np.zeros(1), (10**10,))",
        Verdict.WRONG,
        ("an array of 80000 MB",),
    ),
    "prints": (
        "for _ in range(10**4):\n        print('x' * 10**5)",
        Verdict.CRASHED,
        ("prints() printed more than 1 MB",),
    ),
    "odd_print": ("print('\\ud800')\n    return np.arange(3.0)", Verdict.PASSED, ()),
    "thread": (
        "threading.Thread(target=time.sleep, args=(99,)).start()\n    return np.arange(3.0)",
        Verdict.PASSED,
        (),
    ),
    "diverged": (
        "return np.full(3, 1e308)",
        Verdict.WRONG,
        ("the result is off by",),
    ),
    "recursion": ("return recursion()", Verdict.CRASHED, ("RecursionError",)),
    "segfault": ("os.kill(os.getpid(), 11)", Verdict.CRASHED, ("Segmentation fault",)),
    "overflow": (
        "with np.errstate(over='raise'):\n        return np.exp(x + 1000)",
        Verdict.CRASHED,
        ("FloatingPointError: overflow", "no line may overflow, used or not"),
    ),
    "readonly": (
        "x.setflags(write=False)\n    x[0] = 1",  # half of the calls may write
        Verdict.CRASHED,
        ("ValueError: assignment destination is read-only", "the inputs are read-only"),
    ),
}
_IMPORTS = "import os, signal, sys, threading, time\nimport numpy as np\n\n\n"
_BODY = """\
x = np.arange(3.0)
x.setflags(write=False)
got = student.{name}(x)
expect.array(got, shape=(3,), dtype="float64")
expect.close(got, x, rtol=1e-12, why="copied")
"""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One grading with one check for each of CALLS, and functions that are not there."""
    tiny = Tiny(tmp_path_factory.mktemp("calls") / "course")
    tiny.toml(memory='"120 MB"')
    functions = [f"def {name}(x=None):\n    {body}\n\n\n" for name, (body, _, _) in CALLS.items()]
    functions.append("def signature(W, X):\n    return 1\n\n\ndef softmax(x):\n    return x\n")
    checks = [check_source(name, _BODY.format(name=name)) for name in CALLS]
    checks.append(check_source("signature", "student.signature(1, 2, gamma=3)"))
    checks.append(check_source("soft_max", "student.soft_max(1)"))
    tiny.checks("".join(checks))
    source = _IMPORTS + "".join(functions)
    return graded_once(tmp_path_factory, "calls", lambda: tiny.grade(source))


@pytest.mark.parametrize("name", CALLS)
def test_each_bad_call_has_its_verdict_and_message(calls: Report, name: str) -> None:
    """The verdict is the right one, the message says what happened, and points follow from it."""
    outcome = by_name(calls)[name]
    _, verdict, expected = CALLS[name]
    assert outcome.verdict is verdict, (text_of(outcome), outcome.staff)
    assert outcome.score == (1.0 if verdict is Verdict.PASSED else 0.0)
    for part in expected:
        assert part in text_of(outcome)


def test_one_bad_call_costs_no_other_check(calls: Report) -> None:
    """All checks are in the report, in their order, and nothing is a fault of the grader."""
    names = [outcome.check.id for outcome in calls.outcomes]
    assert names == [f"check_{name}" for name in [*CALLS, "signature", "soft_max"]]
    assert calls.exit_status == 1
    assert not calls.broken


def test_the_students_line_is_named(calls: Report) -> None:
    """A crash and a hang name the line of the student's file with its text, and no line of ours."""
    for name, text in {
        "crash": "return [][1]",
        "stub": "raise NotImplementedError",
        "hangs": "",
    }.items():
        (line,) = by_name(calls)[name].lines
        assert line.file == "work.py"
        assert line.function == name
        assert text in line.text


def test_what_was_printed_is_shown_cut(calls: Report) -> None:
    """The beginning of the prints is in the outcome of the check that did not pass."""
    assert by_name(calls)["prints"].output.startswith("xxx")
    assert len(by_name(calls)["prints"].output) <= 4000
    assert by_name(calls)["hangs"].output == ""


def test_a_wrong_signature_is_told_in_the_handouts_terms(calls: Report) -> None:
    """The student's signature and what does not fit are named."""
    text = text_of(by_name(calls)["signature"])
    assert "signature(W, X) cannot be called with the arguments of the handout" in text


def test_a_missing_function_names_the_nearest(calls: Report) -> None:
    """NOT_FOUND says which similar function there is."""
    outcome = by_name(calls)["soft_max"]
    assert outcome.verdict is Verdict.NOT_FOUND
    assert "work.py has no function soft_max" in text_of(outcome)
    assert "it defines softmax" in text_of(outcome)


FILES: dict[str, tuple[bytes | None, Verdict, tuple[str, ...]]] = {
    "syntax error": (b"x = 1\ndef f(:\n    pass\n", Verdict.CRASHED, ("SyntaxError",)),
    "training at import": (
        b"import time\nfor step in range(10**9):\n    time.sleep(0.01)\n",
        Verdict.TIME_LIMIT,
        ("importing work.py did not finish within 2 s",),
    ),
    "missing": (None, Verdict.NOT_FOUND, ("work.py is not in the submission", "found: nothing")),
}


@pytest.fixture
def one_check(tiny: Tiny) -> Tiny:
    """An assignment with one check of f, and one that needs it."""
    first = check_source("echo", "expect.equal(student.f(3), 3)")
    tiny.checks(first + check_source("again", "student.f(4)", needs="check_echo"))
    return tiny


@pytest.mark.parametrize("name", FILES)
def test_each_bad_file_has_its_verdict_and_message(one_check: Tiny, name: str) -> None:
    """Every check of a file that cannot be imported has that verdict; odd but valid files pass."""
    data, verdict, expected = FILES[name]
    report = one_check.grade(data)
    found = by_name(report)
    assert found["echo"].verdict is verdict, text_of(found["echo"])
    assert len(report.outcomes) == 2
    for part in expected:
        assert part in text_of(found["echo"])


def test_a_wrong_file_name_says_which_was_found(one_check: Tiny) -> None:
    """NOT_FOUND names the file that was probably meant, and what else was ignored."""
    one_check.hand_in("def f(x):\n    return x\n", "Work (1).py")
    one_check.hand_in("", "helper.py")
    report = one_check.grade()
    assert "found: Work (1).py" in text_of(by_name(report)["echo"])
    assert "name it work.py" in text_of(by_name(report)["echo"])
    assert report.ignored == ("Work (1).py", "helper.py")
    assert report.exit_status == 1


def test_what_cannot_be_read_is_refused_before_grading(one_check: Tiny) -> None:
    """A folder in place of the file ends the grading with a message, not with a report."""
    (one_check.submission / "work.py").mkdir()
    with pytest.raises(GraderError, match=r"work\.py is not a regular file"):
        one_check.grade()


def test_nothing_at_the_path_is_refused(one_check: Tiny) -> None:
    """A folder that does not exist is an error that says which file belongs there."""
    with pytest.raises(GraderError, match=r"there is no submission at .*holds work\.py"):
        one_check.grade(submission=one_check.root / "nowhere")


def test_the_module_itself_may_be_named(one_check: Tiny) -> None:
    """A single file of any name is graded as the module."""
    path = one_check.root / "mine.py"
    path.write_text("def f(x):\n    return x\n")
    assert one_check.grade(submission=path).exit_status == 0
