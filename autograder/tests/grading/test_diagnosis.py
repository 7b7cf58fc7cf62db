"""Known mistakes are named: at home by their traces, for staff by running the programs."""

import shutil
from pathlib import Path

import pytest

from autograder.grading.mistakes.known_mistakes import (
    MISTAKES_FILE,
    KnownMistakes,
    recognisable,
    show_mistakes,
)
from autograder.model.course import find_assignment
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.release.mistakes import known_mistakes
from autograder.tests.grading.tiny import Tiny

RIGHT = """
    import numpy as np


    def scaled(x):
        return x / np.sqrt(np.sum(x * x))


    def unit():
        return 1.0
"""
WRONG = {
    "by_the_sum": ("The vector is divided by the sum of its entries.", "np.sum(x)"),
    "by_the_largest": ("The vector is divided by its largest entry.", "np.max(np.abs(x))"),
    "by_the_largest_again": ("The vector gets the largest entry 1.", "np.abs(x).max()"),
}
CHECK = """
    @check(part="1.1", points=2)
    def check_{name}(student, oracle, rng):
        \"\"\"The vector gets length 1.\"\"\"
        x = rng.standard_normal(9)
        x.setflags(write=False)
        expect.close(student.scaled(x), oracle.scaled(x), rtol=1e-9, why="nine terms")
"""
ORACLE = """
    def scaled(x):
        return np.array([float(e) for e in x]) / sum(float(e) ** 2 for e in x) ** 0.5
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownMistakes:
    """The mistakes of the course, found once."""
    course = _course(tmp_path_factory.mktemp("released"))
    return known_mistakes(find_assignment(course.root, "tiny"), course.root, Path("none"))


@pytest.fixture
def tiny(tmp_path: Path, known: KnownMistakes) -> Tiny:
    """The course as students get it, with the known mistakes."""
    course = _course(tmp_path)
    (course.public / MISTAKES_FILE).write_text(show_mistakes(known))
    return course


def _course(root: Path) -> Tiny:
    """An assignment with a visible check, a hidden one and three wrong programs."""
    course = Tiny(root)
    course.oracles(ORACLE)
    course.checks(CHECK.format(name="length"))
    course.checks(CHECK.format(name="length_of_others"), hidden=True, name="check_hidden.py")
    (course.private / "work.py").write_text(_text(RIGHT))
    for name, (title, _) in WRONG.items():
        path = course.private / "submissions" / "wrong" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'"""{title}\n\ncaught by: check_length\nmessage: is off\n"""\n\n\n{_program(name)}'
        )
    (course.root / "course.toml").write_text('name = "n"\nterm = "t"\nsecret_file = "secret"\n')
    return course


def _text(source: str) -> str:
    return "\n".join(row[4:] for row in source.splitlines()).strip() + "\n"


def _program(name: str) -> str:
    return f"def scaled(x):\n    return x / {WRONG[name][1]}\n"


def _student(body: str) -> str:
    return f"import numpy as np\n\n\n{body}\n"


def _outcome(course: Tiny, body: str, check: str = "check_length", **options: bool) -> Outcome:
    report = course.grade(_student(body), **options)
    return next(outcome for outcome in report.outcomes if outcome.check.id == check)


def test_a_visible_check_names_the_mistake_at_home(tiny: Tiny) -> None:
    """It is named however the submission is written, here with a loop."""
    body = """def scaled(x):
    total = 0.0
    for entry in x:
        total += entry
    return np.array([entry / total for entry in x])"""
    outcome = _outcome(tiny, body)
    assert outcome.verdict is Verdict.WRONG
    assert outcome.mistake == "the vector is divided by the sum of its entries"


def test_programs_with_the_same_answers_share_their_names(tiny: Tiny) -> None:
    """Both are named, because the answers do not show which of the two it is."""
    outcome = _outcome(tiny, "def scaled(x):\n    return x / max(abs(x))")
    assert outcome.mistake == (
        "the vector is divided by its largest entry\nthe vector gets the largest entry 1"
    )


@pytest.mark.parametrize("divisor", ["2.0", "np.sum(x) / 2", "len(x)", "np.sum(np.abs(x))"])
def test_another_mistake_is_none_of_the_known_ones(tiny: Tiny, divisor: str) -> None:
    """No mistake is named where the answers are those of none."""
    outcome = _outcome(tiny, f"def scaled(x):\n    return x / {divisor}")
    assert outcome.verdict is Verdict.WRONG and outcome.mistake == ""


def test_without_traces_the_verdict_is_the_same(tiny: Tiny) -> None:
    """An assignment without known mistakes is graded as well."""
    (tiny.public / MISTAKES_FILE).unlink()
    outcome = _outcome(tiny, _program("by_the_sum"))
    assert outcome.verdict is Verdict.WRONG and outcome.mistake == ""


def test_a_hidden_check_tells_staff_and_students_only_if_allowed(tiny: Tiny) -> None:
    """The programs run on the same inputs; course.toml decides whether students see the result."""
    slip = "the vector is divided by the sum of its entries"
    told = _outcome(tiny, _program("by_the_sum"), "check_length_of_others", hidden=True)
    assert (told.mistake, told.staff) == ("", f"recognised: {slip}")
    course = tiny.root / "course.toml"
    course.write_text(course.read_text() + "tell_hidden_mistakes = true\n")
    told = _outcome(tiny, _program("by_the_sum"), "check_length_of_others", hidden=True)
    assert told.mistake == slip


def test_inputs_that_only_staff_have_are_recognised_too(tiny: Tiny) -> None:
    """What is right at home and wrong elsewhere is compared on the secret inputs."""
    body = f"""def scaled(x):
    home = abs(float(x[0]) - HOME) < 1e-12
    return x / (np.sqrt(np.sum(x * x)) if home else np.sum(x))
HOME = {_first_public_entry()}"""
    at_home = _outcome(tiny, body)
    assert at_home.verdict is Verdict.PASSED
    outcome = _outcome(tiny, body, hidden=True)
    assert outcome.verdict is Verdict.WRONG
    assert "recognised: the vector is divided by the sum of its entries" in outcome.staff


def _first_public_entry() -> float:
    from autograder.grading.context.seeds import generator, public_seed

    return float(generator(public_seed("check_length")).standard_normal(9)[0])


def test_a_broken_program_does_not_spoil_the_verdict(tiny: Tiny) -> None:
    """The verdict stays, and staff see why no mistake could be looked for."""
    (tiny.private / "work.py").unlink()
    outcome = _outcome(tiny, _program("by_the_sum"), "check_length_of_others", hidden=True)
    assert outcome.verdict is Verdict.WRONG
    assert "no mistake could be looked for" in outcome.staff


def test_traces_are_kept_until_something_changes(tiny: Tiny, known: KnownMistakes) -> None:
    """Traces in the repository are used on every machine; a changed program makes new ones."""
    committed = tiny.public / MISTAKES_FILE
    marked = KnownMistakes(made_of=known.made_of, traces={})
    committed.write_text(show_mistakes(marked))
    assignment = find_assignment(tiny.root, "tiny")
    assert known_mistakes(assignment, tiny.root, committed) == marked
    path = tiny.private / "submissions" / "wrong" / "by_the_sum.py"
    path.write_text(path.read_text().replace("np.sum(x)", "sum(x)"))
    assert known_mistakes(assignment, tiny.root, committed).traces.keys() == {"check_length"}


def test_a_trace_holds_no_code_and_no_right_answer(tiny: Tiny, known: KnownMistakes) -> None:
    """What students get are clauses, hashes and projections of wrong answers."""
    text = show_mistakes(known)
    assert "np.sum" not in text and "def " not in text
    report = tiny.grade(_text(RIGHT), keep_answers=True, checks=("check_length",))
    right = [p for a in report.outcomes[0].answers.values() for p in a.fingerprint.projections if p]
    assert right and not any(repr(number) in text for number in right)


def test_what_a_check_can_recognise_is_listed(tiny: Tiny) -> None:
    """For staff also what only a hidden check catches; a program that says why not is left out."""
    assignment = find_assignment(tiny.root, "tiny")
    wrong = tiny.private / "submissions" / "wrong"
    for name, more in (("a", ""), ("b", "\nnot recognised: it says too little")):
        head = f"It is {name}.\n\ncaught by: check_length_of_others\nmessage: off{more}"
        (wrong / f"{name}.py").write_text(f'"""{head}\n"""\n')
    names = recognisable(assignment, tiny.root)
    assert "the vector is divided by the sum of its entries" in names["check_length"]
    assert names["check_length_of_others"] == ["it is a"]
    shutil.rmtree(tiny.private)
    at_home = recognisable(find_assignment(tiny.root, "tiny"), tiny.root)
    assert at_home.keys() == {"check_length"} and len(at_home["check_length"]) == 3
