"""In which order checks run, and what their tracebacks show."""

import pytest

from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict
from autograder.render.html import page as html
from autograder.render.json_report import dumps
from autograder.tests.gradescope.samples import results_of
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of

DEEP = """
import json
import numpy as np

def helper(x):
    return np.linalg.inv(x * np.zeros((2, 2)))

def f(x):
    return helper(x)

class Lazy:
    def __array__(self, *options):
        raise ValueError("from inside " + "numpy")

def g(x):
    return np.asarray(Lazy())

def h(x):
    return json.loads("{" * 3)
"""


def test_visible_checks_run_before_hidden_ones(tiny: Tiny) -> None:
    """Checks with full messages are decided first, whatever the names of files and parts."""
    log = tiny.root / "order"

    def source(name: str, part: str, **options: object) -> str:
        return check_source(name, f"open({str(log)!r}, 'a').write('{name} ')", part, **options)

    tiny.checks(source("seen_late", "2.1") + source("seen", "1.2"), name="check_z.py")
    first = source("hid", "1.1") + source("hid_after", "1.1", needs="check_seen")
    tiny.checks(first, hidden=True, name="check_a.py")
    report = tiny.grade("", hidden=True)
    assert [o.verdict for o in report.outcomes] == [Verdict.PASSED] * 4
    ran = list(dict.fromkeys(log.read_text().split()))  # visible ones run with both seeds
    assert ran == ["seen_late", "seen", "hid", "hid_after"]
    assert [o.check.visible for o in report.outcomes] == [True, True, False, False]


def test_a_visible_check_may_not_need_a_hidden_one(tiny: Tiny) -> None:
    """A hidden check could not run before a visible one, and does not run at home."""
    tiny.checks(check_source("seen", "pass", needs="check_hid"))
    tiny.checks(check_source("hid", "pass"), hidden=True, name="check_hid.py")
    with pytest.raises(GraderError, match=r"check_seen is visible and needs 'check_hid', which"):
        tiny.grade("", hidden=True)


@pytest.mark.parametrize("hidden", [False, True])
def test_tracebacks_show_the_students_frames_alone(tiny: Tiny, hidden: bool) -> None:
    """A traceback has no line of numpy, the standard library or ours, and no path."""
    calls = "".join(check_source(f"of_{name}", f"student.{name}(1.0)") for name in "fgh")
    tiny.checks(calls, hidden=hidden)
    report = tiny.grade(DEEP, hidden=True)
    outcomes = by_name(report)
    assert {o.verdict for o in outcomes.values()} == {Verdict.CRASHED}
    assert [line.function for line in outcomes["of_f"].lines] == ["f", "helper"]
    assert [line.function for line in outcomes["of_g"].lines] == ["g", "__array__"]
    assert [line.function for line in outcomes["of_h"].lines] == ["h"]
    assert {line.file for o in outcomes.values() for line in o.lines} == {"work.py"}
    told = dumps(report, staff=False) + html.render(report) + str(results_of(report))
    for foreign in ("site-packages", "linalg.py", "decoder.py", "serve.py", str(tiny.root)):
        assert foreign not in told
    assert ("from inside numpy" in text_of(outcomes["of_g"])) and (
        ("from inside numpy" in told) is not hidden
    )
