"""The fixture `measurements`: data of the lab in a grading, however it was changed."""

import json
from typing import Any

import pytest

from autograder.grading.fixtures.lab_data import LabData
from autograder.model.assignment import load_assignment
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.submission.intake import Submission, take_in
from autograder.tests.grading.tiny import Tiny

MACHINE = {
    "system": "Linux",
    "processor": "CPU",
    "cores": 2,
    "memory_bytes": 8,
    "python": "3.11",
    "numpy": "2",
    "blas": "openblas",
    "blas_threads": 1,
}
ROWS = [{"B": B, "kind": "a", "seconds": [0.1, 0.2], "loss": 1.5} for B in (1, 10)]
UNITS = {"B": "examples", "seconds": "s", "loss": "nats"}
TIMES: Any = {"title": "A", "units": UNITS, "rows": ROWS}
GOOD: Any = {
    "format": "autograder lab 1",
    "assignment": "tiny",
    "files": {},
    "lab": "",
    "settings": {"data": "digits", "quick": False, "alpha": 0.5},
    "machine": MACHINE,
    "started": "now",
    "experiments": {"times": TIMES},
}
CHECK = '''
    @check(part="1.1", points=10)
    def check_lab(measurements):
        """The lab's data are whole."""
        measurements.complete({"times": [{"B": 1}, {"B": 10}]})
        measurements.described()
        measurements.repeated(at_least=2)
        expect.equal(measurements.row("times", B=10).number("loss"), 1.5)
        expect.equal([row.number("B") for row in measurements.rows("times")], [1, 10])
        expect.equal(measurements.number("alpha"), 0.5)
'''


def with_lab(tiny: Tiny, data: bytes | None) -> None:
    """An assignment with experiments, and these data handed in."""
    (tiny.public / "experiments.py").write_text("")
    tiny.checks(CHECK)
    tiny.hand_in("x = 1\n")
    if data is not None:
        tiny.hand_in(data, MEASUREMENTS_FILE)


def outcome(tiny: Tiny, data: bytes | None, **options: Any) -> Outcome:
    """Of the check, graded with these data."""
    with_lab(tiny, data)
    (found,) = tiny.grade(**options).outcomes
    return found


def lab_data(tiny: Tiny, **change: Any) -> LabData:
    """The fixture itself, of data with this change."""
    with_lab(tiny, json.dumps(GOOD | change).encode())
    assignment = load_assignment(tiny.public)
    return LabData(assignment, take_in(tiny.submission, assignment), [])


def times(**change: Any) -> dict[str, Any]:
    """The experiments, with this change of the only one."""
    return {"experiments": {"times": TIMES | change}}


def test_whole_data_pass_with_a_note_on_other_files(tiny: Tiny) -> None:
    """A comment written after the lab costs no point, but a note says so."""
    found = outcome(tiny, json.dumps(GOOD).encode())
    assert found.verdict is Verdict.PASSED
    assert found.note == "the lab was measured with other files than those handed in"
    hashes = take_in(tiny.submission, load_assignment(tiny.public)).code_hashes()
    same = outcome(tiny, json.dumps(GOOD | {"files": hashes}).encode())
    assert (same.verdict, same.note) == (Verdict.PASSED, "")


def test_without_data_it_says_what_to_run(tiny: Tiny) -> None:
    """The verdict of a missing file, which for a template is expected."""
    found = outcome(tiny, None)
    assert found.verdict is Verdict.NOT_FOUND and found.message
    assert found.message.what == "measurements.json is not in the submission"
    assert found.message.hint.startswith("run `autograder lab tiny` in the folder of work.py")


def test_data_change_no_secret_input(tiny: Tiny) -> None:
    """Seeds depend on the code alone, although the report has the file's hash."""
    with_lab(tiny, b"one")
    before = take_in(tiny.submission, load_assignment(tiny.public))
    with_lab(tiny, b"two")
    after = take_in(tiny.submission, load_assignment(tiny.public))
    assert before.digest() == after.digest() != Submission(module="", files={}).digest()
    assert before.hashes()[MEASUREMENTS_FILE] != after.hashes()[MEASUREMENTS_FILE]


def test_no_worker_gets_the_data(tiny: Tiny) -> None:
    """They are the grader's to read."""
    with_lab(tiny, b"{}")
    tiny.programs("import os\ndef names(student):\n    return sorted(os.listdir())\n")
    tiny.checks(
        '''
        @check(part="1.1", points=10)
        def check_folder(student):
            """What lies beside the submission."""
            expect.that("measurements.json" not in student.programs.names(), "there it is")
        '''
    )
    (found,) = tiny.grade().outcomes
    assert found.verdict is Verdict.PASSED, found.staff


@pytest.mark.parametrize("data", [b"", b"[" * 50_000, b'{"format": 1}', b"\xff\xfe", b"null"])
def test_a_broken_file_is_wrong_and_never_our_fault(tiny: Tiny, data: bytes) -> None:
    """Whatever the bytes are."""
    found = outcome(tiny, data)
    assert found.verdict is Verdict.WRONG and found.message
    assert found.message.what.startswith("measurements.json cannot be read: it is not what the lab")
    assert found.message.hint == "run `autograder lab tiny` --again"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"assignment": "sgd"}, "measurements.json is of another assignment"),
        ({"settings": {"quick": True}}, "the lab was run with --quick"),
        ({"settings": {}}, "the lab was run with --quick"),
        ({"experiments": {}}, "the experiment times was not measured"),
        (times(rows=ROWS[:1]), "times lacks the case B 10"),
        (
            times(failed=[{"case": {"B": 1}, "what": "ValueError", "line": "work.py, line 1"}]),
            "a case of times could not be measured: B 1 / work.py, line 1 ValueError",
        ),
        ({"machine": MACHINE | {"processor": ""}}, "the machine's processor is not told"),
        ({"machine": MACHINE | {"cores": 0}}, "the machine's cores is not told"),
        ({"machine": {}}, "the machine's system, processor, python, numpy, blas, cores, "),
        (times(units={"seconds": "s", "loss": "nats"}), "B in times has no unit"),
        (times(units=UNITS | {"loss": ""}), "loss in times has no unit"),
        (
            times(rows=[*ROWS, {"B": 3, "seconds": [0.1]}]),
            "times, B 3: seconds has 1 repeats, not 2",
        ),
        (times(rows=[*ROWS, {"B": 3}]), "times, B 3: seconds is None, not a list of numbers"),
        (times(rows=[*ROWS, {"seconds": [0.1, 0.0]}]), "seconds holds what is no time"),
        (times(rows=[*ROWS, {"seconds": 0.3}]), "seconds is 0.3, not a list of numbers"),
        (times(rows=[*ROWS, {"seconds": [0.1, True]}]), "not a list of numbers"),
        (times(rows=[ROWS[0], ROWS[1] | {"loss": None}]), "loss is None, not a number"),
        (times(rows=[ROWS[0], ROWS[1] | {"loss": [1.5]}]), "loss is [1.5], not a number"),
        (times(rows=[ROWS[0], ROWS[1] | {"loss": 10**400}]), "not a number"),
        ({"settings": {"quick": False, "alpha": "big"}}, "alpha is 'big', not a number"),
    ],
)
def test_what_is_not_as_it_must_be_is_named(tiny: Tiny, change: dict[str, Any], what: str) -> None:
    """The experiment, the case, the column; never as a fault of the grader."""
    found = outcome(tiny, json.dumps(GOOD | change).encode())
    assert found.verdict is Verdict.WRONG and found.message, found.staff
    assert what in " / ".join(found.message.lines())


def test_an_experiment_without_rows_has_none(tiny: Tiny) -> None:
    """Asked for all its rows, a check gets at least one."""
    with pytest.raises(StudentFault) as caught:
        lab_data(tiny, **times(rows=[])).rows("times")
    assert caught.value.message.what == "the experiment times has no rows"


def test_an_assignment_without_a_lab_ignores_the_file(tiny: Tiny) -> None:
    """It is no part of that submission."""
    tiny.hand_in("x = 1\n")
    tiny.hand_in("{}", MEASUREMENTS_FILE)
    assert list(take_in(tiny.submission, load_assignment(tiny.public)).files) == ["work.py"]


def test_very_many_columns_are_read_as_they_come(tiny: Tiny) -> None:
    """The work grows with the size of the file, not with its square; too many rows are refused."""
    columns = {f"c{n}": [0.1, 0.2] for n in range(80_000)}
    rows = [{"B": B, **columns} for B in (1, 10)]
    wide = GOOD | times(rows=rows, units=dict.fromkeys(columns, "s") | {"B": "1"})
    data = json.dumps(wide, separators=(",", ":")).encode()
    found = outcome(tiny, data)
    assert found.message and "loss is None, not a number" in found.message.what
    with pytest.raises(StudentFault) as caught:
        lab_data(tiny, **times(rows=[{}] * 30_000))
    assert "more than 20000 rows" in caught.value.message.what


def test_numbers_that_overflow_are_the_submissions(tiny: Tiny) -> None:
    """A check that computes with measured numbers and fails is WRONG, and names the file."""
    with_lab(tiny, json.dumps(GOOD | times(rows=[ROWS[0], ROWS[1] | {"loss": 5000.0}])).encode())
    tiny.checks(CHECK.replace("expect.equal(m", "10.0 ** (m").replace(", 1.5)", ")"))
    (found,) = tiny.grade().outcomes
    assert found.verdict is Verdict.WRONG, found.staff
    assert found.message and "what measurements.json holds cannot be used" in found.message.what


def test_an_experiment_of_a_part_that_is_off_is_not_asked_for(tiny: Tiny) -> None:
    """What a check judged before it passes, with a note; a wrong value before it is still WRONG."""
    rest = """\
        measurements.row("extra", B=1).number("loss")
    """
    with_lab(tiny, json.dumps(GOOD).encode())
    tiny.checks(CHECK.replace('{"times":', '{"extra": [{"B": 5}], "times":') + rest.strip("\n"))
    tiny.toml('[experiments]\nextra = ["2.1"]')
    course = 'name = "n"\nterm = "t"\nsecret_file = "s"\n'
    (tiny.root / "course.toml").write_text(course)
    (given,) = tiny.grade().outcomes
    assert given.verdict is Verdict.WRONG and given.message
    assert given.message.what == "the experiment extra was not measured"

    (tiny.root / "course.toml").write_text(course + '[parts_off]\ntiny = ["2"]\n')
    (off,) = tiny.grade().outcomes
    assert (off.verdict, off.score) == (Verdict.PASSED, 10)
    assert off.note.endswith("the experiment extra is of a part that is not given")
    tiny.hand_in(json.dumps(GOOD | {"settings": {"quick": True}}).encode(), MEASUREMENTS_FILE)
    (wrong,) = tiny.grade().outcomes
    assert wrong.verdict is Verdict.WRONG
